"""What every page of the Interviews screen is: a screen within the screen, shown under a tab.

Pages do not know each other: they ask by signal, and the screen takes the request to the page that answers it.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.ui.i18n import tr
from desktop_app.ui.widgets import Screen, ScreenContext


class Page(Screen):
    """Subclasses set ``page_id``, ``title`` and ``kinds`` and write :meth:`read` and :meth:`focus_first`.

    Reading when stale and seen, ``operations``, ``appearance``, ``tour_steps()`` and ``status_message`` are those of
    every screen. A page has no outer margin: the screen gives it one.

    Requests: ``open_document_requested(id, code point)`` (-1: where it was left), ``open_coding_requested(id)``,
    ``open_memo_requested(id)``, ``open_code_requested(id)``, ``quotes_requested(code id)``,
    ``differences_requested(document id)`` (empty: of all), ``page_requested(page id)``, and of :class:`Screen`
    ``open_entry_requested(id)``, ``new_memo_requested(kind, id)``, and ``open_place_requested`` for what is not in
    Interviews.
    """

    page_id = ""

    open_document_requested = Signal(str, int)
    open_coding_requested = Signal(str)
    open_memo_requested = Signal(str)
    open_code_requested = Signal(str)
    quotes_requested = Signal(str)
    differences_requested = Signal(str)
    page_requested = Signal(str)

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setAccessibleName(tr(self.title))
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

    def do(self, verb: str) -> None:
        """Does one of the page's verbs by the name of its method, as the palette asks for it."""
        getattr(self, verb)()

    def begin_tour(self) -> None:
        """Shows something worth a picture; called before the first picture of the page is taken."""
