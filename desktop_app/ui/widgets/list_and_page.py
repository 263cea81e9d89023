"""The frame of screens that are a list and, beside it, the page of the chosen item.

Refuses to read: what is in the list and on the page is the subclass's.
"""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from desktop_app.ui.widgets.cards import Card
from desktop_app.ui.widgets.empty import EmptyState
from desktop_app.ui.widgets.fields import SearchField
from desktop_app.ui.widgets.labels import FaintLabel
from desktop_app.ui.widgets.row_list import Row, RowList
from desktop_app.ui.widgets.screen import Screen, ScreenContext
from desktop_app.ui.widgets.scroll_page import ScrollPage
from desktop_app.ui.widgets.shortcuts import add_shortcuts

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
    none_fits: FaintLabel
    page: ScrollPage
    split: QSplitter
    nothing: EmptyState
    stack: QStackedWidget

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._chosen: tuple[Kind, str] | None = None
        self._place = QVBoxLayout()

    # --- parts -------------------------------------------------------------------------------------------------------

    def build_filter(self, hint: str, parent: QWidget) -> SearchField:
        self.filter = SearchField(self.appearance, hint, parent)
        return self.filter

    def build_tabs(self, name: str, texts: Sequence[str], parent: QWidget) -> QTabBar:
        self.tabs = QTabBar(parent)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setAccessibleName(name)
        for text in texts:
            self.tabs.addTab(text)
        return self.tabs

    def build_list(self, name: str, none_fits: str, parent: QWidget) -> Card:
        """The list on its card; ``none_fits`` is said where the filter leaves no row."""
        card = Card(parent, margin=6, spacing=0)
        self.list = RowList(self.appearance, name, card)
        card.body.addWidget(self.list)
        self.none_fits = FaintLabel(none_fits, card)
        self.none_fits.setContentsMargins(12, 8, 12, 8)
        card.body.addWidget(self.none_fits, 1, Qt.AlignmentFlag.AlignTop)
        return card

    def build_page(self, name: str) -> ScrollPage:
        self.page = ScrollPage(name, self)
        self.page.setMinimumWidth(400)
        self.page.body.addLayout(self._place, 1)
        return self.page

    def build_frame(self, left: QWidget, page: ScrollPage, nothing: EmptyState) -> QStackedWidget:
        """List and page side by side, or ``nothing`` in the place of both."""
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(16)
        self.split.addWidget(left)
        self.split.addWidget(page)
        self.split.setStretchFactor(0, 34)
        self.split.setStretchFactor(1, 66)
        self.split.setSizes([340, 660])
        self.nothing = nothing
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.split)
        self.stack.addWidget(nothing)
        return self.stack

    def connect_frame(self) -> None:
        self.filter.settled.connect(lambda _: self._fill())
        self.filter.returnPressed.connect(self._enter_list)
        self.tabs.currentChanged.connect(lambda _: self._switch())
        self.list.row_chosen.connect(self._choose)
        self.list.row_opened.connect(lambda _: self._enter_page())
        self.list.left_upwards.connect(self.filter.setFocus)
        add_shortcuts(self, (("/", self._focus_filter), ("F6", self._next_pane)))

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

    def _focus_filter(self) -> None:
        self.filter.setFocus()
        self.filter.selectAll()

    def _next_pane(self) -> None:
        panes: list[QWidget] = [self.filter, self.list, self._reading()]
        here = next((at for at, pane in enumerate(panes) if pane.hasFocus()), -1)
        panes[(here + 1) % len(panes)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _reading(self) -> QWidget:
        """What has the focus while the page is read."""
        return self.page.area

    def _enter_page(self) -> None:
        self._reading().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _enter_list(self) -> None:
        self.filter.settle_now()
        self.list.setFocus()
        if not self.list.current_id():
            self.list.choose_first()

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
        self.list.setVisible(bool(rows))
        self.none_fits.setVisible(not rows)

    def _switch(self) -> None:
        """The other list shows the first of its own."""
        if self._chosen and self._chosen[0] != self.kind:
            self._chosen = None
        self._fill()

    # --- the page ----------------------------------------------------------------------------------------------------

    def _put(self, widget: QWidget | None) -> None:
        """Shows ``widget`` on the page in the place of what was there."""
        while (item := self._place.takeAt(0)) is not None:
            if old := item.widget():
                if old.isAncestorOf(self.focusWidget()):
                    self.list.setFocus()
                old.hide()
                old.deleteLater()
        if widget is not None:
            self._place.addWidget(widget)

    def _scroll_to(self, widget: QWidget, part: QRect) -> None:
        self.page.scroll_to(widget, part)
