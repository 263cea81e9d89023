"""The frame of screens that are a list and, beside it, the page of the chosen item.

Refuses to read: what is in the list and on the page is the subclass's.
"""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from desktop_app.ui.widgets.empty import EmptyState
from desktop_app.ui.widgets.fields import SearchField
from desktop_app.ui.widgets.labels import FaintLabel
from desktop_app.ui.widgets.list_beside import ListBeside, ListCard
from desktop_app.ui.widgets.row_list import Row, RowList
from desktop_app.ui.widgets.screen import Screen, ScreenContext
from desktop_app.ui.widgets.scroll_page import ScrollPage
from desktop_app.ui.widgets.tabs import tab_bar

Kind = TypeVar("Kind", bound=str)


class ListAndPage(Screen, Generic[Kind]):
    """A filter, a tab for each kind of item, the list, the page, and a word where there is nothing at all.

    Subclasses set ``tab_kinds``, one for each tab; they build the parts in the order in which Tab goes through them:
    :meth:`build_filter`, :meth:`build_tabs`, :meth:`build_list` and :meth:`build_page`, then :meth:`build_frame` around
    them, then :meth:`connect_frame`. They write :meth:`_fill` and :meth:`_choose`.
    """

    tab_kinds: tuple[Kind, ...] = ()
    filter: SearchField
    tabs: QTabBar
    list: RowList
    card: ListCard
    none_fits: FaintLabel
    page: ScrollPage
    beside: ListBeside
    nothing: EmptyState
    stack: QStackedWidget

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._chosen: tuple[Kind, str] | None = None

    # --- parts -------------------------------------------------------------------------------------------------------

    def build_filter(self, hint: str, parent: QWidget) -> SearchField:
        self.filter = SearchField(self.appearance, hint, parent)
        return self.filter

    def build_tabs(self, name: str, texts: Sequence[str], parent: QWidget) -> QTabBar:
        self.tabs = tab_bar(name, texts, parent)
        self.tabs.setUsesScrollButtons(False)
        return self.tabs

    def build_list(self, name: str, none_fits: str, parent: QWidget) -> ListCard:
        """The list on its card; ``none_fits`` is said where the filter leaves no row."""
        self.list = RowList(self.appearance, name, parent)
        self.card = ListCard(self.list, none_fits, parent)
        self.none_fits = self.card.none_fits
        return self.card

    def build_page(self, name: str) -> ScrollPage:
        self.page = ScrollPage(name, self)
        self.page.setMinimumWidth(400)
        return self.page

    def build_frame(self, left: QWidget, page: ScrollPage, nothing: EmptyState) -> QStackedWidget:
        """List and page side by side, or ``nothing`` in the place of both."""
        self.beside = ListBeside(self, left, self.filter, self.list, page, share=34, reading=self._reading)
        self.nothing = nothing
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.beside)
        self.stack.addWidget(nothing)
        return self.stack

    def connect_frame(self) -> None:
        self.filter.settled.connect(lambda _: self._fill())
        self.tabs.currentChanged.connect(lambda _: self._switch())
        self.list.row_chosen.connect(self._choose)
        self.list.row_opened.connect(lambda _: self._enter_page())
        self.list.left_upwards.connect(self.filter.setFocus)

    @property
    def kind(self) -> Kind:
        """What the list shows: the kind of the tab in front."""
        return self.tab_kinds[self.tabs.currentIndex()]

    # --- focus -------------------------------------------------------------------------------------------------------

    def focus_first(self) -> None:
        if self.stack.currentIndex():
            self.nothing.button.setFocus()
        else:
            self.list.setFocus()

    def _reading(self) -> QWidget:
        """What has the focus while the page is read."""
        return self.page.area

    def _enter_page(self) -> None:
        self._reading().setFocus(Qt.FocusReason.ShortcutFocusReason)

    # --- the list ----------------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        """Shows the rows of the tab in front that fit the filter, by :meth:`_show_rows`."""
        raise NotImplementedError

    def _choose(self, item: str) -> None:
        """Reads the page of the row that was chosen."""
        raise NotImplementedError

    def _show_rows(self, rows: Sequence[Row]) -> None:
        self.list.set_rows(rows)
        self.list.setAccessibleName(self.tabs.tabText(self.tabs.currentIndex()))
        self.card.tell(found=bool(rows))

    def _switch(self) -> None:
        """The other list shows the first of its own."""
        if self._chosen and self._chosen[0] != self.kind:
            self._chosen = None
        self._fill()

    # --- the page ----------------------------------------------------------------------------------------------------

    def _put(self, widget: QWidget | None) -> None:
        """Shows ``widget`` on the page in the place of what was there."""
        self.beside.put(widget)

    def _scroll_to(self, widget: QWidget, part: QRect) -> None:
        self.page.scroll_to(widget, part)
