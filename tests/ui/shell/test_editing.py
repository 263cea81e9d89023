"""Ctrl+Z: typing first, the notebook else."""

from PySide6.QtCore import Qt

CONTROL = Qt.KeyboardModifier.ControlModifier


def undone(window) -> list[str]:
    told = []
    window.operations.changed.connect(lambda changes: told.append(changes.label))
    return told


def test_a_line_with_typing_undoes_its_own(qtbot, window):
    told = undone(window)
    field = window.current_screen().field
    field.setFocus()
    qtbot.keyClicks(field, "words")
    qtbot.keyClick(field, Qt.Key.Key_Z, CONTROL)
    assert field.text() == ""
    assert told == []


def test_a_line_without_typing_leaves_it_to_the_notebook(qtbot, window):
    told = undone(window)
    field = window.current_screen().field
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Z, CONTROL)
    assert told == ["Save search"]
    assert window.status.text() == "Undid: save search"
    qtbot.keyClick(field, Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert window.status.text() == "Redid: save search"


def test_undo_until_there_is_nothing(qtbot, window):
    for _ in range(6):
        window.verbs.undo()
    assert window.status.text() == "There is nothing to undo."
    for _ in range(6):
        window.verbs.redo()
    assert window.status.text() == "There is nothing to redo."


def test_a_deleted_editor_is_forgotten(qtbot, window):
    screen = window.current_screen()
    screen.field.setFocus()
    screen.field.deleteLater()
    qtbot.wait(1)
    window.setFocus()
    assert window.editor_keys._watched is None
