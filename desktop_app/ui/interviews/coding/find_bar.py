"""Finding words in the text in front."""

import re

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.ui.i18n import tr
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets import IconButton, MutedLabel, SearchField

MOST_COUNTED = 2000
"""Places beyond which they are not counted any further."""


class FindBar(QWidget):
    """``found(start, end)`` a place to be shown, in code points; ``left()`` Escape. Case does not matter."""

    found = Signal(int, int)
    left = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = ""
        self._places: list[tuple[int, int]] = []
        self._at = -1
        self._from = 0
        self._words = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.field = SearchField(appearance, tr("find in this text"), self)
        self.field.setMaximumWidth(360)
        self.count = MutedLabel("", self)
        row.addWidget(self.field, 1)
        row.addWidget(self.count)
        for icon, words, key, step in (
            ("chevron-up", tr("The one before"), "Shift+Enter", self.previous),
            ("chevron-down", tr("The next one"), "Enter", self.next),
            ("close", tr("Close"), "Esc", self.left.emit),
        ):
            button = IconButton(appearance, icon, words, self, shortcut=key, size=16)
            button.clicked.connect(lambda _=False, step=step: step())
            row.addWidget(button)
        row.addStretch(1)
        self.field.settled.connect(lambda _: self._settled())
        self.field.installEventFilter(self)
        self.hide()

    def set_text(self, text: str) -> None:
        self._text = text
        self._places, self._at = [], -1
        if self.isVisible():
            self._look()

    def begin(self, position: int) -> None:
        """Shows the bar; the first place to be shown is the next after ``position``."""
        self._from = position
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _settled(self) -> None:
        if self.field.text() != self._words:
            self._look()

    def _look(self) -> None:
        words = self._words = self.field.text()
        self._places = []
        if words:
            for match in re.finditer(re.escape(words), self._text, re.IGNORECASE):
                self._places.append(match.span())
                if len(self._places) == MOST_COUNTED:
                    break
        self._at = next((at for at, place in enumerate(self._places) if place[0] >= self._from), 0) - 1
        self.field.set_problem(bool(words) and not self._places)
        self._tell()
        if self._places:
            self.next()

    @property
    def has_found(self) -> bool:
        """Whether there are places to go to, be the bar shown or not."""
        return bool(self._places)

    def next(self) -> None:
        self._step(+1)

    def previous(self) -> None:
        self._step(-1)

    def _step(self, by: int) -> None:
        if self._places:
            self._at = (self._at + by) % len(self._places)
            self._tell()
            self.found.emit(*self._places[self._at])

    def _tell(self) -> None:
        if not self.field.text():
            self.count.setText("")
        elif not self._places:
            self.count.setText(tr("nowhere"))
        else:
            more = "+" if len(self._places) == MOST_COUNTED else ""
            self.count.setText(
                tr("{at} of {count}", at=f"{max(self._at, 0) + 1:,}", count=f"{len(self._places):,}{more}")
            )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.field.text() != self._words:
                self.field.settle_now()
            elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.previous()
            else:
                self.next()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            return False
        return True
