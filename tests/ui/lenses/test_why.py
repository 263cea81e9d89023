"""The page of why: chosen by keys, written at in two keys, drawn with its places, saved."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_app.model.entries import EntryDraft
from desktop_app.model.links import End, LinkFields
from desktop_app.services import Notebook
from desktop_app.ui.lenses.canvas import look_of
from desktop_app.ui.lenses.drawing import drawing_bytes
from desktop_app.ui.lenses.pictures import DRAWINGS
from desktop_app.ui.lenses.why import WhyPage
from desktop_app.ui.lenses.why.forms import DismissForm, LinkForm, QuestionForm, ReasonForm
from desktop_app.ui.lenses.why.views import EffectView, PlaceView
from desktop_app.ui.widgets import ScreenContext
from tests.ui.conftest import seen


@pytest.fixture
def clock() -> Callable[[], datetime]:
    return lambda: datetime(2026, 11, 22, 14, 30)


@pytest.fixture
def trials(notebook: Notebook, tmp_path: Path) -> str:
    """Daily trials, 31, from 8 December 2025 on 22, from 9 March 2026 on 40."""
    swing = (0, 2, -1, 1, -2)
    levels = [31] * 98 + [22] * 91 + [40] * 60
    rows = "".join(
        f"{date(2025, 9, 1) + timedelta(day)},{level + swing[day * day % 5]}\n" for day, level in enumerate(levels)
    )
    path = tmp_path / "trials.csv"
    path.write_text(f"Date,Trials started\n{rows}", encoding="utf-8")
    notebook.metrics.import_files([path])
    return notebook.metrics.list()[0].id


@pytest.fixture
def page(qtbot, trials: str, context: ScreenContext) -> WhyPage:
    return seen(qtbot, WhyPage(context))


def view(page: WhyPage) -> PlaceView:
    assert isinstance(page.view, PlaceView)
    return page.view


def sections(page: WhyPage) -> list[str]:
    return [row.heading for row in page.list.rows() if row.kind == "section"]


def test_open_places_come_first_and_are_told_in_plain_words(page: WhyPage, trials: str) -> None:
    assert sections(page) == ["Nobody has said why · 2"]
    assert page.list.current_id() == f"place {trials} 2025-12-08"
    drawing = view(page).drawing
    assert [spot.words for spot in drawing.spots] == [
        "1. Trials started changed about 8 December 2025: 31 a day before, 22 a day after. nobody has said why",
        "2. Trials started changed about 9 March 2026: 22 a day before, 40 a day after. nobody has said why",
    ]
    assert [spot.query for spot in drawing.spots] == ["", ""]


def test_a_reason_is_written_by_two_keys(qtbot, page: WhyPage, notebook: Notebook) -> None:
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_R)
    form = view(page).form
    assert isinstance(form, ReasonForm)
    text = form.fields["text"]
    assert text.hasFocus()
    QTest.keyClicks(text, "The form was broken")
    form.fields["basis"].setCurrentIndex(0)  # type: ignore[union-attr]
    form.fields["speaker"].setText("Ines Vidal")  # type: ignore[union-attr]
    qtbot.keyClick(text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert sections(page) == ["Nobody has said why · 1", "With reasons · 1", "What is explained · 1"]
    assert view(page).form is None
    (card,) = view(page).cards
    assert (card.reason.basis, card.reason.speaker, card.reason.heading) == (
        "told",
        "Ines Vidal",
        "The form was broken",
    )
    assert page.list.hasFocus()
    assert notebook.drafts.surfaces() == []
    with qtbot.waitSignal(page.open_entry_requested) as opened:
        card.link.click()
    assert opened.args == [card.reason.entry]
    with qtbot.waitSignal(page.search_requested) as asked:
        page.open_spot(view(page).drawing.spots[0])
    assert notebook.search.matches(asked.args[0]) == [("entry", card.reason.entry)]


def test_what_is_typed_is_kept_and_comes_back(qtbot, page: WhyPage, notebook: Notebook, trials: str) -> None:
    page.write_reason()
    form = view(page).form
    assert form is not None
    QTest.keyClicks(form.fields["text"], "Perhaps the price")
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert view(page).form is None
    assert notebook.drafts.surfaces() == [f"why:reason:{trials}:2025-12-08"]
    qtbot.keyClick(page, Qt.Key.Key_R)
    again = view(page).form
    assert again is not None
    assert again.values()["text"] == "Perhaps the price"
    # Something else is written meanwhile: what is being typed stays.
    place = view(page).place
    notebook.entries.add(EntryDraft(body="Then", when="2025-12-08"))
    page.mark_stale()
    assert view(page).form is not again
    kept = view(page).form
    assert kept is not None
    assert kept.values() == again.values()
    assert view(page).place.about.value == 1
    assert view(page).place.key == place.key


def test_an_empty_reason_is_refused_in_place(qtbot, page: WhyPage, notebook: Notebook) -> None:
    page.write_reason()
    form = view(page).form
    assert form is not None
    form.save()
    assert not form.message.isHidden()
    assert notebook.entries.counts().total == 0
    QTest.keyClicks(form.fields["text"], "Because")
    form.save()
    form.save()
    assert notebook.entries.counts().total == 1


def test_an_entry_is_linked_by_its_words(qtbot, page: WhyPage, notebook: Notebook) -> None:
    for text in ("It rained", "It rained"):
        notebook.entries.add(EntryDraft(body=text, when="2025-12-08"))
    page.mark_stale()
    qtbot.keyClick(page, Qt.Key.Key_L)
    form = view(page).form
    assert isinstance(form, LinkForm)
    QTest.keyClicks(form.fields["typed"], "rain")
    qtbot.waitUntil(lambda: len(form.popup.offers()) == 2)
    qtbot.keyClick(form.fields["typed"], Qt.Key.Key_Return)
    (card,) = view(page).cards
    assert card.reason.heading == "It rained"
    assert view(page).place.about.value == 1
    assert notebook.drafts.surfaces() == []


def test_whom_to_ask_is_noted(qtbot, page: WhyPage, notebook: Notebook) -> None:
    qtbot.keyClick(page, Qt.Key.Key_A)
    form = view(page).form
    assert isinstance(form, QuestionForm)
    assert form.values() == {"whom": "", "text": "Why did Trials started change about 8 December 2025?"}
    QTest.keyClicks(form.fields["whom"], "Ben Ost")
    qtbot.keyClick(form.fields["whom"], Qt.Key.Key_Return)
    (question,) = notebook.questions.list()
    assert (question.whom_name, question.undecided) == ("Ben Ost", 1)
    assert "to ask: Ben Ost" in page.list.rows()[1].meta
    assert view(page).place.is_open


def test_a_place_is_dismissed_by_two_keys_and_asked_about_again(qtbot, page: WhyPage, trials: str) -> None:
    qtbot.keyClick(page, Qt.Key.Key_D)
    form = view(page).form
    assert isinstance(form, DismissForm)
    qtbot.keyClick(form.fields["note"], Qt.Key.Key_Return)
    assert sections(page) == ["Nobody has said why · 1", "Dismissed · 1"]
    assert page.list.current_id() == f"place {trials} 2025-12-08"
    assert page.dismiss_button.isHidden()
    qtbot.keyClick(page, Qt.Key.Key_D)
    assert view(page).form is None
    qtbot.keyClick(page, Qt.Key.Key_U)
    assert sections(page) == ["Nobody has said why · 2"]
    assert page.back_button.isHidden()


def test_numbers_in_the_drawing_lead_to_places(qtbot, page: WhyPage, trials: str) -> None:
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_F6)
    canvas = view(page).canvas
    assert canvas.hasFocus()
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert page.list.current_id() == f"place {trials} 2026-03-09"
    assert view(page).place.place.at == "2026-03-09"
    assert view(page).canvas.hasFocus()
    qtbot.keyClick(view(page).canvas, Qt.Key.Key_Left)
    assert view(page).place.place.at == "2025-12-08"


def test_effects_are_shown_with_their_causes(qtbot, page: WhyPage, notebook: Notebook) -> None:
    cause = notebook.entries.add(EntryDraft(body="The printer failed", basis="told")).result
    effect = notebook.entries.add(EntryDraft(body="The launch was late", kind="event", when="2025-05")).result
    notebook.links.add(LinkFields(End("entry", cause), "explains", End("entry", effect)))
    page.mark_stale()
    page.list.choose(page.list.rows()[-1].id)
    assert isinstance(page.view, EffectView)
    assert [card.reason.entry for card in page.view.cards] == [cause]
    assert page.verbs[0].isHidden()
    qtbot.keyClick(page, Qt.Key.Key_R)
    assert page.drawing() is None
    page.pane.filter.setText("printer")
    page.pane.filter.settle_now()
    assert [row.heading for row in page.list.rows()] == ["What is explained · 1", "The launch was late"]
    page.pane.filter.setText("nothing like it")
    page.pane.filter.settle_now()
    assert page.list.rows() == ()
    assert not page.card.none_fits.isHidden()


@pytest.mark.parametrize("width", [300, 760, 1200])
def test_spots_stay_in_the_drawing(page: WhyPage, width: int) -> None:
    drawing = page.drawing()
    assert drawing is not None
    height = drawing.arrange(width, look_of(page.appearance, page))
    for spot in drawing.spots:
        assert 0 <= spot.rect.top() < spot.rect.bottom() <= height, spot.words
        assert -1 <= spot.rect.left() < spot.rect.right() <= width + 1, spot.words


def test_it_is_saved_as_a_picture_and_as_a_table(page: WhyPage, notebook: Notebook, trials: str) -> None:
    drawing = page.drawing()
    assert drawing is not None
    assert page.result is not None
    look = look_of(page.appearance, page)
    assert b"<svg" in drawing_bytes(drawing, ".svg", look, "Why")
    assert drawing_bytes(drawing, ".png", look, "Why").startswith(b"\x89PNG")
    assert page.table(notebook, page.result).count(b"\n") == 3
    _, made = DRAWINGS["why"]((page.result, notebook.why.line(trials)))
    assert len(made.spots) == 0
    assert b"<svg" in drawing_bytes(made, ".svg", look, "Why")
    assert len(made.spots) == 2


def test_a_page_without_places_explains_itself(qtbot, context: ScreenContext) -> None:
    page = seen(qtbot, WhyPage(context))
    assert page.stack.currentIndex() == 1
    for key in (Qt.Key.Key_R, Qt.Key.Key_L, Qt.Key.Key_A, Qt.Key.Key_D, Qt.Key.Key_U):
        qtbot.keyClick(page, key)
    with qtbot.waitSignal(page.capture_requested):
        page.nothing.button.click()


def test_a_search_narrows_which_entries_are_reasons(page: WhyPage, notebook: Notebook) -> None:
    place = view(page).place
    notebook.why.reason(place.series.id, place.place.start, place.place.end, "Told me so", "told")
    page.set_query("basis:guessed")
    page.read_if_stale()
    assert sections(page) == ["Nobody has said why · 2"]
    assert view(page).place.elsewhere.value == 1
    page.set_query("colour:red")
    page.read_if_stale()
    assert not page.message.isHidden()
