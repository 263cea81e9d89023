"""What interviews say of an entry, on its page in Browse: the codings of its words, the memos about it, and the verbs
that lead there."""

import pytest
from PySide6.QtCore import Qt

from desktop_app.model.entries import EntryDraft
from desktop_app.model.memos import About, MemoFields
from desktop_app.ui.browse import BrowseScreen
from desktop_app.ui.browse.page import MOST_CODINGS
from desktop_app.ui.widgets import FaintLabel, SmallLink
from desktop_app.ui.widgets.memo_line import MemoLine

WORDS = "We left when the invoice stopped making sense."


@pytest.fixture
def full(qtbot, ids: dict[str, str], screen: BrowseScreen) -> BrowseScreen:
    screen.open_entry(ids["invoice"])
    return screen


@pytest.fixture
def places(full: BrowseScreen) -> list[tuple[str, str, int]]:
    asked: list[tuple[str, str, int]] = []
    full.open_place_requested.connect(lambda *place: asked.append(place))
    return asked


def links(screen: BrowseScreen) -> list[str]:
    return [link.accessibleName() for link in screen.reader.page.findChildren(SmallLink)]


def faint(screen: BrowseScreen) -> list[str]:
    """What is said faintly of its codings and memos."""
    told = [label.text() for label in screen.reader.page.findChildren(FaintLabel)]
    return [text for text in told if not text.startswith("Written by")]


def link(screen: BrowseScreen, name: str) -> SmallLink:
    return next(found for found in screen.reader.page.findChildren(SmallLink) if found.accessibleName() == name)


def code(screen: BrowseScreen, notebook, target: str, path: str, coder: str = "", end: int = len(WORDS)) -> str:
    """Codes an entry's first words as another program would."""
    coding = notebook.codings.add(target, 0, end, path, target_kind="entry", coder=coder).result
    screen.mark_stale()
    return str(coding)


def test_an_entry_of_which_nothing_is_made_says_nothing_of_it(full: BrowseScreen) -> None:
    assert "coded" not in faint(full)
    assert "memo" not in faint(full)
    assert not links(full)


def test_codings_of_an_entry_are_listed_by_code_and_coder_and_open_there(
    full: BrowseScreen, ids: dict[str, str], notebook, places
) -> None:
    own = code(full, notebook, ids["invoice"], "Price talk / R&D")
    other = code(full, notebook, ids["invoice"], "Leaving", coder="M.", end=7)
    assert links(full) == ["Leaving", "Price talk / R&D"]
    assert sorted(faint(full)) == ["", "M.", "coded", "you"]
    assert link(full, "Price talk / R&D").text() == "Price talk / R&&D"
    assert link(full, "Leaving").toolTip() == "“We left”"
    link(full, "Price talk / R&D").click()
    link(full, "Leaving").click()
    assert places == [("coding", own, -1), ("coding", other, -1)]


def test_codings_of_a_code_in_the_trash_are_gone(full: BrowseScreen, ids: dict[str, str], notebook) -> None:
    code(full, notebook, ids["invoice"], "Leaving", end=7)
    notebook.codes.trash("Leaving")
    full.mark_stale()
    assert links(full) == []


def test_nothing_of_others_is_listed_while_working_blind(full: BrowseScreen, ids: dict[str, str], notebook) -> None:
    code(full, notebook, ids["invoice"], "Price talk")
    code(full, notebook, ids["invoice"], "Leaving", coder="M.", end=7)
    assert len(links(full)) == 2
    full.hide()
    full.settings.set("blind", True)
    full.show()
    assert links(full) == ["Price talk"]
    full.hide()
    full.settings.set("blind", False)
    full.show()
    assert len(links(full)) == 2


def test_of_many_codings_the_first_are_listed_and_the_rest_counted(
    full: BrowseScreen, ids: dict[str, str], notebook, places
) -> None:
    for number in range(MOST_CODINGS + 3):
        code(full, notebook, ids["invoice"], f"Code {number:02d}", end=number + 2)
    assert len(links(full)) == MOST_CODINGS + 1
    link(full, "3 more codings").click()
    assert places == [("entry_text", ids["invoice"], -1)]


def test_memos_about_an_entry_are_listed_and_open_there(
    full: BrowseScreen, ids: dict[str, str], notebook, places
) -> None:
    about = (About("entry", ids["invoice"]),)
    titled = notebook.memos.add(MemoFields("It is the not knowing.", "Price and invoice", about)).result
    notebook.memos.add(MemoFields("## Who else left\n\nAsk.", about=about))
    full.mark_stale()
    lines = full.reader.page.findChildren(MemoLine)
    assert [line.link.accessibleName() for line in lines] == ["Price and invoice", "Who else left"]
    assert lines[0].told.text() == "you, today"
    lines[0].link.click()
    assert places == [("memo", titled, -1)]
    notebook.memos.trash(titled)
    full.mark_stale()
    assert len(full.reader.page.findChildren(MemoLine)) == 1


def test_m_begins_a_memo_and_c_codes_the_words_from_the_list_and_from_the_entry(
    qtbot, full: BrowseScreen, ids: dict[str, str], places
) -> None:
    memos: list[tuple[str, str]] = []
    full.new_memo_requested.connect(lambda *about: memos.append(about))
    for widget in (full.list, full.reader.reading_area):
        widget.setFocus()
        qtbot.keyClick(widget, Qt.Key.Key_M)
        qtbot.keyClick(widget, Qt.Key.Key_C)
    assert memos == [("entry", ids["invoice"])] * 2
    assert places == [("entry_text", ids["invoice"], -1)] * 2


def test_letters_that_are_typed_into_an_edit_do_neither(qtbot, full: BrowseScreen, ids: dict[str, str], places) -> None:
    memos: list[tuple[str, str]] = []
    full.new_memo_requested.connect(lambda *about: memos.append(about))
    full.edit_entry()
    qtbot.keyClicks(full.reader.editor.body, "mc")
    full.write_memo()
    full.code_entry()
    assert (memos, places) == ([], [])


def test_what_cannot_be_coded_says_why(qtbot, full: BrowseScreen, ids: dict[str, str], notebook, places) -> None:
    said: list[str] = []
    full.status_message.connect(said.append)
    notebook.entries.trash([ids["invoice"]])
    full.reader.refresh()
    full.code_entry()
    assert said == ["This entry is in the trash; bring it back before coding it."]
    picture = notebook.entries.add(EntryDraft(title="The door", kind="note")).result
    full.open_entry(picture)
    full.code_entry()
    assert said[1:] == ["This entry has no text to be coded; E writes some."]
    assert places == []


def test_an_entry_to_be_edited_is_edited_as_soon_as_it_has_been_read(
    full: BrowseScreen, ids: dict[str, str], monkeypatch
) -> None:
    """Reads take a while in the window; until then what was shown before is not what is edited."""
    waiting: list[object] = []
    at_once = full.operations.submit
    monkeypatch.setattr(full.operations, "submit", waiting.append)
    full.edit_entry(ids["strike"])
    assert not full.reader.editing
    monkeypatch.setattr(full.operations, "submit", at_once)
    for operation in waiting:
        at_once(operation)
    assert full.reader.editor.entry_id == ids["strike"]


def test_an_entry_that_is_being_read_is_not_replaced_by_the_one_before(
    full: BrowseScreen, ids: dict[str, str], monkeypatch
) -> None:
    at_once = full.operations.submit
    held: list[object] = []

    def slow(operation) -> None:
        held.append(operation) if operation.key == "browse.entry" else at_once(operation)

    monkeypatch.setattr(full.operations, "submit", slow)
    full.open_entry(ids["strike"])
    full.mark_stale()
    for operation in held:
        at_once(operation)
    assert full.reader.wanted_id == full.reader.entry_id == ids["strike"]


def test_a_long_name_of_what_was_found_is_read_whole_or_cut_at_its_end(full: BrowseScreen, notebook) -> None:
    line = "What she cannot bear is not knowing, opaque as it is, " + "und 都这么说" * 40
    memo = notebook.memos.add(MemoFields(line)).result
    notebook.search.catch_up()
    full.search_for("opaque")
    assert full.list.choose(memo)
    heading = full.reader.empty.heading
    assert heading.text().startswith("What she cannot bear")
    assert heading.text().endswith("…")
    assert heading.width() <= full.reader.width()
    assert heading.height() > 2 * heading.fontMetrics().height()
