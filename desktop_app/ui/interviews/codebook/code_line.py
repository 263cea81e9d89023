"""A line in which a code is named, completed from the codebook; for moving, merging and being put under another."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop_app.model.coding import Code
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.interviews.codebook.finding import find_codes, find_named
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets import CompletionPopup, FaintLabel, LinkButton, Offer

MOST_OFFERS = 8


class CodeField(QLineEdit):
    """``code()`` the code that is named, or ``None``. Offers fit anywhere in the path."""

    def __init__(self, appearance: Appearance, codes: Sequence[Code], parent: QWidget) -> None:
        super().__init__(parent)
        self._codes = tuple(codes)
        self.popup = CompletionPopup(appearance, self)
        self.popup.wanted.connect(self._offer)

    def code(self) -> Code | None:
        return find_named(self._codes, self.text()) if self.text().strip() else None

    def _offer(self, typed: str, position: int) -> None:
        found = find_codes(self._codes, typed)[:MOST_OFFERS] if typed.strip() else []
        self.popup.offer(
            [
                Offer(code.label, 0, len(typed), note=count_text(code.count, "{number} coding", "{number} codings"))
                for code in found
                if code.label != typed
            ],
            typed,
            position,
        )


class CodeLine(QWidget):
    """A question and a field. ``answered(Code)`` (``None``: left empty, where that is allowed); ``left()`` Escape."""

    answered = Signal(object)
    left = Signal()

    def __init__(
        self, appearance: Appearance, question: str, codes: Sequence[Code], parent: QWidget, *, empty: str = ""
    ) -> None:
        super().__init__(parent)
        self._empty = bool(empty)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(12)
        row.addWidget(FaintLabel(question, self))
        self.field = CodeField(appearance, codes, self)
        self.field.setPlaceholderText(empty or tr("name of a code"))
        self.field.setAccessibleName(question)
        self.field.returnPressed.connect(self.answer)
        row.addWidget(self.field, 1)
        leave = LinkButton(tr("Leave"), self)
        leave.setProperty("small", True)
        leave.clicked.connect(self.left)
        row.addWidget(leave)

    def answer(self) -> None:
        code = self.field.code()
        if code is not None or (self._empty and not self.field.text().strip()):
            self.answered.emit(code)
        else:
            self.field.setProperty("problem", True)
            self.field.style().unpolish(self.field)
            self.field.style().polish(self.field)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
