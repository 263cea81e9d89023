"""Fuzzy matching: what is meant comes first, what does not fit does not come."""

import pytest

from desktop_app.ui.widgets.fuzzy import score


@pytest.mark.parametrize(
    ("wanted", "text"), [("und", "Undo"), ("rsi", "Rebuild the search index"), ("index", "Rebuild the search index")]
)
def test_letters_in_order_fit(wanted, text):
    assert score(wanted, text) > 0


@pytest.mark.parametrize(("wanted", "text"), [("xyz", "Undo"), ("odnu", "Undo"), ("und zz", "Undo")])
def test_other_letters_do_not(wanted, text):
    assert score(wanted, text) == 0


def test_beginnings_come_first():
    texts = ["Bring it back", "Zebra crossing", "Browse", "A browser"]
    best = sorted(texts, key=lambda text: -score("br", text))
    assert best[0] == "Bring it back" or best[0] == "Browse"
    assert score("br", "Browse") > score("br", "A browser") > score("br", "Zebra crossing")


def test_nothing_typed_fits_everything():
    assert score("", "anything") > 0
