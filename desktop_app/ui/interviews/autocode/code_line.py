"""A line in which a code is found or made."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.model.coding import Code
from desktop_app.ui.i18n import tr
from desktop_app.ui.interviews.codebook.finding import find_codes, is_named
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets import CompletionPopup, Offer

MOST_OFFERS = 8


class CodeLine(QLineEdit):
    """``code_changed()`` another code is meant."""

    code_changed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._codes: Sequence[Code] = ()
        self.setPlaceholderText(tr("find or make a code…"))
        self.setAccessibleName(tr("Code to apply"))
        self._popup = CompletionPopup(appearance, self, preselect=False)
        self._popup.wanted.connect(self._offer)
        self.textChanged.connect(lambda _: self.code_changed.emit())

    def set_codes(self, codes: Sequence[Code]) -> None:
        self._codes = codes

    def code(self) -> str:
        """The path that is typed."""
        return " ".join(self.text().split())

    def is_new(self) -> bool:
        """Whether a code has to be made for what is typed."""
        return bool(self.code()) and not is_named(self._codes, self.code())

    def _offer(self, typed: str, position: int) -> None:
        found = find_codes(self._codes, typed)[:MOST_OFFERS]
        self._popup.offer([Offer(code.label, 0, len(typed)) for code in found], typed, position)
