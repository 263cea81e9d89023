"""The Lenses screen: its tabs, and the query that holds for all of them."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_app.ui.i18n import tr
from desktop_app.ui.lenses.page import LensPage
from desktop_app.ui.lenses.pages import PAGES
from desktop_app.ui.widgets import ScreenContext
from desktop_app.ui.widgets.paged import PagedScreen, PageEntry


class LensesScreen(PagedScreen[LensPage[Any]]):
    """What the notebook shows when it is looked at in another way than entry by entry."""

    screen_id = "lenses"
    title = "Lenses"

    def __init__(
        self,
        context: ScreenContext,
        parent: QWidget | None = None,
        *,
        entries: Sequence[PageEntry[LensPage[Any]]] = PAGES,
    ) -> None:
        self._query = ""
        super().__init__(context, entries, tr("Lenses"), parent)

    def connect_page(self, page: LensPage[Any]) -> None:
        page.set_query(self._query)
        page.scope_changed.connect(self._scope_changed)

    def _scope_changed(self, query: str) -> None:
        """What narrows one lens narrows the others too, once it has been understood."""
        if query != self._query:
            self._query = query
            for page in self.pages.values():
                page.set_query(query)

    # --- what others ask of it ---------------------------------------------------------------------------------------

    def open_question(self, item: str) -> None:
        """Shows one question on the page of questions."""
        page: Any = self.go_to("questions")
        page.open_question(item)
