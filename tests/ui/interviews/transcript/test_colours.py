"""Colours: words stay readable on every code's colour, and its mark is seen, in both themes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.ui.interviews.transcript.colours import CHOSEN, FADED, TINT, mark, tint
from desktop_app.ui.theme import load_theme
from desktop_app.ui.theme.themes import contrast

COLOUR = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")


@pytest.mark.parametrize("name", ["light", "dark"])
@given(below=COLOUR, above=COLOUR, shares=st.tuples(*[st.sampled_from((TINT, CHOSEN, FADED))] * 2))
def test_text_is_readable_on_any_two_tints(name, below, above, shares):
    theme = load_theme(name)
    assert contrast(theme.text, tint(theme, (below, shares[0]), (above, shares[1]))) >= 4.5


@pytest.mark.parametrize("name", ["light", "dark"])
@given(colour=COLOUR)
def test_a_stripe_stands_out_from_the_surface(name, colour):
    theme = load_theme(name)
    assert contrast(theme.surface, mark(theme, colour)) >= 3


def test_a_colour_that_is_seen_anyway_is_left_alone():
    theme = load_theme("light")
    assert mark(theme, "#0A7D35") == "#0A7D35"
