"""The Exchange screen: its tabs, and the requests that go from one page to another."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop_app.ui.exchange.page import Page
from desktop_app.ui.exchange.pages import PAGES
from desktop_app.ui.i18n import tr
from desktop_app.ui.widgets import ScreenContext
from desktop_app.ui.widgets.paged import PagedScreen, PageEntry

SELF_OPENED = ("person", "organisation", "document", "code", "coding", "memo")
"""Kinds of items that have a place of their own; entries have theirs in Browse."""


class ExchangeScreen(PagedScreen[Page]):
    """What comes in, what goes out, and what waits for a person."""

    screen_id = "exchange"
    title = "Exchange"

    def __init__(
        self, context: ScreenContext, parent: QWidget | None = None, *, entries: Sequence[PageEntry[Page]] = PAGES
    ) -> None:
        super().__init__(context, entries, tr("Pages of exchange"), parent)

    def connect_page(self, page: Page) -> None:
        page.conflict_requested.connect(self.open_conflict)
        page.item_requested.connect(self._open_item)

    def _open_item(self, kind: str, item: str) -> None:
        if kind == "entry":
            self.open_entry_requested.emit(item)
        elif kind in SELF_OPENED:
            self.open_place_requested.emit(kind, item, -1)

    # --- what others ask of it ---------------------------------------------------------------------------------------

    def open_conflict(self, item: str = "") -> None:
        """Shows what waits to be settled, that of ``item`` first."""
        self.ask("conflicts", "open_item", item)
        self.current.focus_first()

    def choose_copies(self) -> None:
        """Asks which copies to bring in."""
        self.ask("incoming", "choose_files")

    def copy_out(self) -> None:
        self.go_to_page("outgoing")

    def bring_in(self, paths: list[Path]) -> None:
        """Looks at files, as if they had been dropped here."""
        self.ask("incoming", "take_paths", paths)
