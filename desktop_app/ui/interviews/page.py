"""What every page of the Interviews screen is: a screen within the screen, shown under a tab.

Pages do not know each other: they ask by signal, and the screen takes the request to the page that answers it.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.ui.widgets import ScreenContext
from desktop_app.ui.widgets.paged import TabPage


class Page(TabPage):
    """Requests beside those of every page: ``open_document_requested(id, code point)`` (-1: where it was left),
    ``open_coding_requested(id)``, ``open_memo_requested(id)``, ``open_code_requested(id)``,
    ``quotes_requested(code id)``, ``differences_requested(document id)`` (empty: of all).
    """

    open_document_requested = Signal(str, int)
    open_coding_requested = Signal(str)
    open_memo_requested = Signal(str)
    open_code_requested = Signal(str)
    quotes_requested = Signal(str)
    differences_requested = Signal(str)

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._read_blind = self.blind

    @property
    def blind(self) -> bool:
        """Whether coding is done blind: then nothing of other coders is shown on any page."""
        return self.settings.flag("blind")

    def read_if_stale(self) -> None:
        """Whoever has begun to code blind meanwhile, or has ended it, sees what belongs to that."""
        self._stale = self._stale or self._read_blind != self.blind
        self._read_blind = self.blind
        super().read_if_stale()
