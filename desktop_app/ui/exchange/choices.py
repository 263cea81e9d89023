"""One of several ways, each with a sentence that says what it means."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from desktop_app.ui.widgets import FaintLabel, SectionLabel

INDENT = 24
"""Pixels from the mark of a way to its words."""


class Choices(QWidget):
    """``ways`` are triples of id, words and what it means. ``chosen(id)`` when a person has chosen."""

    chosen = Signal(str)

    def __init__(self, title: str, ways: Sequence[tuple[str, str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(SectionLabel(title, self))
        self.setAccessibleName(title)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QRadioButton] = {}
        for way, words, meaning in ways:
            button = QRadioButton(words, self)
            button.setAccessibleDescription(meaning)
            button.clicked.connect(lambda _=False, way=way: self.chosen.emit(way))
            self._group.addButton(button)
            self.buttons[way] = button
            column.addWidget(button)
            if meaning:
                told = FaintLabel(meaning, self, wrap=True)
                told.setContentsMargins(INDENT, 0, 0, 2)
                column.addWidget(told)
        self.buttons[ways[0][0]].setChecked(True)

    def value(self) -> str:
        return next(way for way, button in self.buttons.items() if button.isChecked())
