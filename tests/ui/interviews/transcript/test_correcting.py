"""Correcting: the text is edited in place, nothing else of it changes, and it can be given up."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from desktop_app.ui.interviews.transcript import TranscriptView
from tests.ui.interviews.transcript.conftest import CODES, coding, text_of


def type_at(view: TranscriptView, position: int, words: str, removed: int = 0) -> None:
    """Edits as a person would, at a place counted in code points."""
    now = view._now()
    cursor = view.textCursor()
    cursor.setPosition(now.to_utf16(position))
    cursor.setPosition(now.to_utf16(position + removed), QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText(words)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.text(st.sampled_from("abc \n\r\u2028\u2029\x0c\0😀\u00a0\ufeff\ufffeש"), max_size=30),
    typed=st.text(st.sampled_from("xy \n😀é"), max_size=6),
    data=st.data(),
)
def test_what_was_not_edited_is_unchanged(qtbot, look, words, typed, data):
    start = data.draw(st.integers(0, len(words)))
    end = data.draw(st.integers(start, len(words)))
    view = TranscriptView(look)
    qtbot.addWidget(view)
    view.set_text(text_of(words))
    view.set_correcting(True)
    type_at(view, start, typed, end - start)
    assert view.corrected_text() == words[:start] + typed + words[end:]
    while view.document().isUndoAvailable():
        view.undo()
    assert view.corrected_text() == words


def test_reading_cannot_change_the_text(view, text):
    QTest.keyClicks(view, "xyz")
    view.undo()
    data = QMimeData()
    data.setText("pasted")
    view.insertFromMimeData(data)
    assert view.corrected_text() == text.text


def test_codings_follow_for_the_eye(view, text):
    view.set_correcting(True)
    type_at(view, 0, "👍 Well: ")
    moved = text.text.index("The invoice") + len("👍 Well: ")
    assert [found.id for found in view.codings_at(moved)] == ["invoice"]
    assert view.codings_at(moved - 1) == []
    assert view.turn_at(moved) is text.turns[3]
    type_at(view, moved, "", 4)
    assert [found.id for found in view.codings_at(moved)] == ["invoice"]


def test_a_correction_given_up_leaves_everything_as_it_was(view, text):
    view.set_correcting(True)
    assert not view.is_modified()
    QTest.keyClicks(view, "xyz")
    assert view.is_modified()
    view.set_correcting(False)
    assert view.corrected_text() == text.text
    assert [found.id for found in view.codings_at(text.text.index("The invoice"))] == ["invoice"]
    assert not view.is_correcting()
    view.undo()
    assert view.corrected_text() == text.text


def test_the_corrected_text_takes_the_place_of_the_old_one_where_it_stands(shown):
    words = "\n".join(f"Line {number} of many." for number in range(500))
    view = shown(text_of(words))
    view.scroll_to(words.index("Line 300 "))
    top = view.firstVisibleBlock().blockNumber()
    view.set_correcting(True)
    type_at(view, view.selection()[0], "New ")
    view.set_text(text_of(view.corrected_text()))
    assert not view.is_correcting()
    assert abs(view.firstVisibleBlock().blockNumber() - top) <= 1
    assert view.selection()[0] == words.index("Line 300 ") + 4


def test_correcting_looks_different_and_shows_no_chosen_coding(view):
    view.choose("invoice")
    reading = view.grab().toImage()
    view.set_correcting(True)
    assert view.chosen() is None
    assert view._hint.isVisible()
    assert view.grab().toImage() != reading


def test_lines_stay_in_their_column_while_typing(view):
    view.set_correcting(True)
    QTest.keyClicks(view, "abc")
    layout = view.document().begin().layout()
    view.viewport().repaint()
    assert layout.lineAt(0).x() == view._columns.text


def test_pasting_brings_plain_lines(shown):
    view = shown(text_of("a\rb"), [coding("c", "help", 0, 1)])
    view.set_codings([], CODES)
    view.set_correcting(True)
    data = QMimeData()
    data.setText("x\r\ny\u2029z\0\ue000")
    view.insertFromMimeData(data)
    assert view.corrected_text() == "x\ny\nza\rb"


def test_tab_is_no_character_and_chooses_nothing_while_correcting(view, text):
    view.set_correcting(True)
    QTest.keyClick(view, Qt.Key.Key_Tab)
    assert view.corrected_text() == text.text
    assert view.chosen() is None


def test_a_turn_made_longer_is_still_that_turn(view, text):
    view.set_correcting(True)
    type_at(view, text.turns[0].end, " Really, what was it?")
    assert view.turn_at(text.turns[0].end + 10) is text.turns[0]


def test_words_that_are_corrected_are_not_veiled(view):
    view.set_correcting(True)
    plain = view.grab().toImage()
    view.set_filter(None, frozenset({"Ines Vidal"}))
    assert view.grab().toImage() == plain
    view.set_correcting(False)
    faded = view.grab().toImage()
    view.set_filter(None, None)
    assert view.grab().toImage() != faded
