"""While coding blind no page shows anything of what others coded."""

from collections.abc import Iterator

import pytest

from desktop_app.ui.interviews import InterviewsScreen
from desktop_app.ui.widgets import ScreenContext
from tests.ui.conftest import seen
from tests.ui.interviews.study import clock, ids

__all__ = ["clock", "ids"]


@pytest.fixture
def screen(qtbot, ids: dict[str, str], context: ScreenContext) -> Iterator[InterviewsScreen]:
    context.settings.set("blind", True)
    made = seen(qtbot, InterviewsScreen(context))
    yield made
    if "coding" in made.pages:
        made.page("coding")._compare.stop()


def see(screen: InterviewsScreen, context: ScreenContext, page: str) -> None:
    """Ends coding blind, and comes back to a page."""
    context.settings.set("blind", False)
    screen.go_to("memos")
    screen.go_to(page)


def test_documents_count_the_authors_codings(screen, context, ids):
    page = screen.page("documents")
    assert [sum(one.codings.values()) for one in page._documents] == [5, 1]
    assert "M." not in page.view.page.document.codings
    see(screen, context, "documents")
    assert [sum(one.codings.values()) for one in page._documents] == [8, 3]


def test_the_codebook_counts_and_quotes_the_authors_codings(screen, context, ids):
    screen.go_to("codebook")
    page = screen.page("codebook")
    counts = {code.label: code.count for code in page._codes}
    assert (counts["Price talk / fair"], counts["Price talk / opaque"]) == (1, 1)
    fair = next(code.id for code in page._codes if code.label == "Price talk / fair")
    page.open_code(fair)
    assert "M." not in {quote.coding.coder for quote in page.view.page.quotes}
    see(screen, context, "codebook")
    assert "M." in {quote.coding.coder for quote in page.view.page.quotes}


def test_quotes_are_the_authors_own(screen, context, ids):
    screen.go_to("quotes")
    page = screen.page("quotes")
    assert len(page._found.quotes) == 6
    assert "M." not in {quote.coding.coder for quote in page._found.quotes} | set(page._found.choices.coders)
    see(screen, context, "quotes")
    assert "M." in {quote.coding.coder for quote in page._found.quotes}


def test_matrices_count_the_authors_codings(screen, context, ids):
    screen.go_to("matrices")
    page = screen.page("matrices")
    page.controls.across.setCurrentIndex(page.controls.across.findData("coder"))
    assert "M." not in {label for _, label in page._laid.matrix.columns}
    see(screen, context, "matrices")
    assert "M." in {label for _, label in page._laid.matrix.columns}


def test_agreement_says_why_it_shows_nothing(screen, context, ids):
    screen.go_to("agreement")
    page = screen.page("agreement")
    assert page.nobody.isVisible()
    assert "blind" in page.nobody.heading.text()
    page.show_workbench()
    assert page.nobody.isVisible()
    assert page._standing is None
    see(screen, context, "agreement")
    assert not page.nobody.isVisible()
    assert len(page._standing.differences) > 0


def test_figures_from_before_go_when_coding_blind_begins(screen, context, ids):
    context.settings.set("blind", False)
    screen.go_to("agreement")
    page = screen.page("agreement")
    assert page.table.rows()
    context.settings.set("blind", True)
    screen.go_to("memos")
    screen.go_to("agreement")
    assert page.nobody.isVisible()
    assert page._compared is None


def test_the_text_follows_what_preferences_say(screen, context, ids):
    screen.open_document(ids["cafe"])
    page = screen.page("coding")
    assert "M." not in {coding.coder for coding in page.desk.visible()}
    see(screen, context, "coding")
    assert "M." in {coding.coder for coding in page.desk.visible()}
