"""A form is saved and left by keys, whichever of its fields has the focus."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout
from pytestqt.qtbot import QtBot

from desktop_app.ui.widgets import Form


class TwoFields(Form):
    def __init__(self) -> None:
        super().__init__()
        self.saves = 0
        column = QVBoxLayout(self)
        self.line, self.text = QLineEdit(self), QPlainTextEdit(self)
        column.addWidget(self.line)
        column.addWidget(self.text)

    def save(self) -> None:
        self.saves += 1


@pytest.fixture
def form(qtbot: QtBot) -> TwoFields:
    form = TwoFields()
    qtbot.addWidget(form)
    form.show()
    return form


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_with_control_saves_and_alone_does_not(form: TwoFields, qtbot: QtBot, key: Qt.Key) -> None:
    qtbot.keyClick(form.line, key)
    qtbot.keyClick(form.text, key)
    assert form.saves == 0
    qtbot.keyClick(form.line, key, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(form.text, key, Qt.KeyboardModifier.ControlModifier)
    assert form.saves == 2


def test_escape_leaves(form: TwoFields, qtbot: QtBot) -> None:
    with qtbot.waitSignal(form.left, timeout=0):
        qtbot.keyClick(form.text, Qt.Key.Key_Escape)
    assert form.saves == 0
