"""Completion: by keyboard alone, in code points, late answers ignored."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desktop_app.ui.widgets import CompletionPopup, Offer


@pytest.fixture(params=[QLineEdit, QPlainTextEdit])
def editor(request, qtbot):
    window = QWidget()
    window.resize(500, 400)
    qtbot.addWidget(window)
    made = request.param(window)
    QVBoxLayout(window).addWidget(made)
    window.show()
    window.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    yield made  # noqa: PT022  the window must live as long as the test


def text_of(editor) -> str:
    return editor.text() if isinstance(editor, QLineEdit) else editor.toPlainText()


def typed(qtbot, editor, popup, text) -> list:
    with qtbot.waitSignal(popup.wanted) as told:
        qtbot.keyClicks(editor, text)
    return told.args


def test_typing_asks_and_tab_accepts(qtbot, look, editor):
    popup = CompletionPopup(look, editor)
    text, position = typed(qtbot, editor, popup, "#pri")
    assert (text, position) == ("#pri", 4)
    popup.offer([Offer("#pricing", 0, 4), Offer("#prize", 0, 4)], text, position)
    assert popup.isVisible()
    qtbot.keyClick(editor, Qt.Key.Key_Down)
    with qtbot.waitSignal(popup.accepted):
        qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert text_of(editor) == "#prize"
    assert not popup.isVisible()


def test_positions_count_code_points(qtbot, look, editor):
    popup = CompletionPopup(look, editor)
    editor.insert("🙂🙂 ") if isinstance(editor, QLineEdit) else editor.insertPlainText("🙂🙂 ")
    text, position = typed(qtbot, editor, popup, "#p")
    assert (text, position) == ("🙂🙂 #p", 5)
    popup.offer([Offer("#pricing", 3, 5)], text, position)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert text_of(editor) == "🙂🙂 #pricing"


def test_an_answer_for_another_text_is_ignored(qtbot, look, editor):
    popup = CompletionPopup(look, editor)
    text, position = typed(qtbot, editor, popup, "#p")
    qtbot.keyClicks(editor, "x")
    popup.offer([Offer("#pricing", 0, 2)], text, position)
    assert not popup.isVisible()
    assert popup.offers() == ()


def test_escape_closes_and_changes_nothing(qtbot, look, editor):
    popup = CompletionPopup(look, editor)
    text, position = typed(qtbot, editor, popup, "#p")
    popup.offer([Offer("#pricing", 0, 2)], text, position)
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert text_of(editor) == "#p"


def test_without_preselection_enter_stays_with_the_editor(qtbot, look, editor):
    popup = CompletionPopup(look, editor, preselect=False)
    text, position = typed(qtbot, editor, popup, "pri")
    popup.offer([Offer("pricing", 0, 3)], text, position)
    with qtbot.assertNotEmitted(popup.accepted):
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    text, position = popup.state()
    popup.offer([Offer("pricing", 0, 3)], text, position)
    qtbot.keyClick(editor, Qt.Key.Key_Down)
    with qtbot.waitSignal(popup.accepted):
        qtbot.keyClick(editor, Qt.Key.Key_Return)


def test_control_space_asks(qtbot, look, editor):
    popup = CompletionPopup(look, editor)
    with qtbot.waitSignal(popup.wanted):
        qtbot.keyClick(editor, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)


def test_the_popup_stays_inside_the_window(qtbot, look, editor):
    popup = CompletionPopup(look, editor)
    text, position = typed(qtbot, editor, popup, "#")
    popup.offer([Offer(f"#tag{number}", 0, 1, note="9 entries") for number in range(40)], text, position)
    assert editor.window().rect().contains(popup.geometry())


def test_typing_offered_text_by_completion_does_not_ask_again(qtbot, look, editor):
    popup = CompletionPopup(look, editor)
    text, position = typed(qtbot, editor, popup, "#p")
    popup.offer([Offer("#pricing ", 0, 2)], text, position)
    with qtbot.assertNotEmitted(popup.wanted, wait=30):
        qtbot.keyClick(editor, Qt.Key.Key_Tab)
