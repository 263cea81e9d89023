"""Editing an entry: what counts as changed, which fields are shown, keys, drafts."""

from datetime import datetime

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QImage

from desktop_app.model.entries import Check, Entry, EntryFields, Outcome
from desktop_app.model.errors import Invalid
from desktop_app.model.metrics import Grain, Series
from desktop_app.model.time import BadRecurrence
from desktop_app.services.context import built_in
from desktop_app.ui.browse.drafting import changes_between, draft_of, number, read_back
from desktop_app.ui.browse.editor import Editor
from desktop_app.ui.browse.reads import Choices
from desktop_app.ui.theme import Appearance

CHOICES = Choices(
    perspectives=built_in("perspective"),
    scales=built_in("scale"),
    tags=("onboarding", "pricing/invoice"),
    people=("Ines Vidal", "Tomasz Wielgo"),
    organisations=("Café Norte",),
    channels=("phone",),
    series=(Series("s1", "Views", "GA4", "count", Grain.DAY, True, dimensions=(("Page", "About, us"),)),),
)
FIELDS = EntryFields(
    kind="foresight",
    title="Invoices will win",
    body="Line one.\n\nA\u00a0narrow space stays.",
    occurred="2025-36",
    scales=("quarter", "aeon"),
    perspectives=("broad-foresight",),
    tags=("pricing/invoice",),
    speaker="p1",
    channel="phone",
    basis="guessed",
    series=("s1",),
    horizon="2026-06-30",
    confidence=0.725,
    check=Check("s1", ">=", 1200.0, "2026-33"),
    outcome=Outcome("yes", "2026-06-30", "Seven by invoice."),
)


def entry(fields: EntryFields = FIELDS) -> Entry:
    return Entry("e1", fields, "", "", "", "", "me", "head", speaker_name="Ines Vidal" if fields.speaker else "")


@pytest.fixture
def editor(qtbot, look: Appearance) -> Editor:
    return shown(qtbot, Editor(look, entry(), CHOICES))


def shown(qtbot, made: Editor) -> Editor:
    qtbot.addWidget(made)
    made.resize(600, 900)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.focus_text()
    return made


def test_an_entry_that_was_only_looked_at_has_no_changes(editor: Editor) -> None:
    assert editor.changes() == {}


def test_every_field_comes_back_as_it_was(editor: Editor) -> None:
    values = editor.values()
    assert values["body"] == FIELDS.body  # the narrow space too
    assert values["when"] == "2025-Q4"
    assert values["scales"] == ["quarter", "aeon"]  # unknown terms are kept
    assert values["series"] == ["Views · Page: About, us"]
    assert values["check"] == ["Views · Page: About, us", ">=", 1200.0, "2026-Q1"]
    assert values["outcome"] == ["yes", "Seven by invoice.", "2026-06-30"]


def test_only_what_was_changed_is_saved(qtbot, editor: Editor) -> None:
    qtbot.keyClicks(editor.body, " More.")
    editor._inputs["scales"]._buttons["year"].click()
    with qtbot.waitSignal(editor.saved) as told:
        qtbot.keyClick(editor.body, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    before = {"body": FIELDS.body, "scales": ["quarter", "aeon"]}
    assert told.args == [{"body": FIELDS.body + " More.", "scales": ["quarter", "year", "aeon"], "before": before}]


def test_escape_leaves_with_what_was_typed(qtbot, editor: Editor) -> None:
    qtbot.keyClicks(editor.body, "!")
    with qtbot.waitSignal(editor.left) as told:
        qtbot.keyClick(editor.body, Qt.Key.Key_Escape)
    assert told.args == [{"body": FIELDS.body + "!", "before": {"body": FIELDS.body}}]
    assert not editor._keep.isActive()


def test_what_is_typed_is_kept_twice_a_second(qtbot, editor: Editor) -> None:
    editor.title.setCursorPosition(len(editor.title.text()))
    with qtbot.waitSignal(editor.draft_changed) as told:
        qtbot.keyClicks(editor.title, "?")
    assert told.args == [{"title": "Invoices will win?", "before": {"title": "Invoices will win"}}]


def test_a_kept_draft_comes_back_over_the_saved_text(qtbot, look: Appearance) -> None:
    draft = {"body": "Half a sentence", "tags": ["onboarding"]}
    editor = shown(qtbot, Editor(look, entry(), CHOICES, draft))
    assert editor.changes() == draft


def test_only_fields_of_the_kind_are_shown(qtbot, look: Appearance) -> None:
    editor = shown(qtbot, Editor(look, entry(EntryFields(kind="note", body="words")), CHOICES))
    assert not editor._inputs["confidence"].isVisible()
    assert not editor._inputs["surprise"].isVisible()
    editor._inputs["kind"]._buttons["foresight"].click()
    assert editor._inputs["confidence"].isVisible()
    editor._inputs["kind"]._buttons["event"].click()
    assert editor._inputs["surprise"].isVisible()
    assert not editor._inputs["confidence"].isVisible()
    editor._inputs["kind"]._buttons["event"].click()
    assert editor.values()["kind"] == "event"  # an entry always has a kind


def test_dates_ask_to_be_understood_and_show_the_answer(qtbot, editor: Editor) -> None:
    editor._inputs["when"].set_value("3 to 11 December 2025")
    with qtbot.waitSignal(
        editor.understanding_wanted,
        check_params_cb=lambda name, text: (name, text) == ("when", "3 to 11 December 2025"),
    ):
        pass
    editor.show_understood("when", "3 to 11 December 2025", "3–11 December 2025", problem=False)
    assert editor._inputs["when"].understood.text() == "3–11 December 2025"
    editor.show_understood("when", "something older", "wrong", problem=True)
    assert editor._inputs["when"].understood.text() == "3–11 December 2025"


def test_what_was_done_and_what_comes_again_are_edited_by_keyboard(qtbot, look: Appearance) -> None:
    editor = shown(qtbot, Editor(look, entry(EntryFields(body="Fair", occurred="2025-09", recurs="P2Y")), CHOICES))
    assert (editor.values()["recurs"], editor.values()["act"]) == ("every 2 years", "")
    assert editor.changes() == {}
    line = editor._inputs["recurs"].line
    line.setFocus()
    line.selectAll()
    asked = {"check_params_cb": lambda *told: told == ("recurs", "every month")}
    with qtbot.waitSignal(editor.understanding_wanted, **asked):
        qtbot.keyClicks(line, "every m")
        qtbot.waitUntil(lambda: bool(editor._inputs["recurs"].popup.offers()))
        qtbot.keyClick(line, Qt.Key.Key_Down)
        qtbot.keyClick(line, Qt.Key.Key_Return)
    button = editor._inputs["act"]._buttons["listened"]
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert editor.changes() == {"recurs": "every month", "act": "listened"}
    draft = draft_of(editor.changes())
    assert (draft.recurs, draft.act) == ("every month", "listened")
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert editor.values()["act"] == ""


def test_fields_of_time_are_read_back() -> None:
    now = datetime(2026, 11, 22, 15, 30)
    assert read_back("when", "last month", now) == "October 2026"
    assert read_back("recurs", "monthly, 5 times", now) == "every month, 5 times"
    assert (read_back("recurs", "", now), read_back("when", "", now)) == ("", "")
    with pytest.raises(BadRecurrence):
        read_back("recurs", "last month", now)


def test_files_and_images_are_handed_on_and_text_is_inserted(qtbot, editor: Editor) -> None:
    given: list[object] = []
    editor.files_given.connect(given.append)
    editor.image_given.connect(given.append)
    files, image, text = QMimeData(), QMimeData(), QMimeData()
    files.setUrls([QUrl.fromLocalFile("/tmp/strike.txt")])
    image.setImageData(QImage(2, 2, QImage.Format.Format_RGB32))
    text.setText(" pasted")
    for data in (files, image, text):
        assert editor.body.canInsertFromMimeData(data)
        editor.body.insertFromMimeData(data)
    assert given[0] == ["/tmp/strike.txt"]
    assert isinstance(given[1], QImage)
    assert editor.body.text().endswith(" pasted")


def test_sets_are_compared_without_their_order() -> None:
    assert changes_between({"tags": ["a", "b"]}, {"tags": ["b", "a"]}) == {}
    assert changes_between({"tags": ["a"], "title": "x"}, {"tags": [], "title": "x"}) == {"tags": []}


def test_a_draft_says_what_is_cleared() -> None:
    draft = draft_of({"confidence": None, "check": None, "outcome": None, "tags": [], "title": ""})
    assert draft.confidence == -1.0
    assert draft.check == Check("", "=", 0.0, "")
    assert draft.outcome == Outcome("")
    assert draft.tags == ()
    assert draft.title == ""
    assert draft.body is None


@pytest.mark.parametrize(
    ("text", "value"), [("1,200", 1200), ("16.9 %", 0.169), ("0.5", 0.5), (620.0, 620), ("1 200", 1200)]
)
def test_limits_are_read_as_people_write_them(text: object, value: float) -> None:
    assert number(text) == pytest.approx(value)


def test_a_limit_that_is_no_number_is_refused() -> None:
    with pytest.raises(Invalid, match="not a number"):
        draft_of({"check": ["Trials", ">=", "many", "2026"]})
