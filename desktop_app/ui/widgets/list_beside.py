"""A filter over a list, and beside them the page of what is chosen: the parts of all screens and pages of that kind."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets.buttons import IconButton
from desktop_app.ui.widgets.cards import Card
from desktop_app.ui.widgets.fields import SearchField
from desktop_app.ui.widgets.item_list import ItemList
from desktop_app.ui.widgets.labels import FaintLabel
from desktop_app.ui.widgets.scroll_page import ScrollPage
from desktop_app.ui.widgets.shortcuts import add_shortcuts, focus_next

Verb = tuple[str, str, str, Callable[[], object]]
"""Icon, words, key (or nothing) and what is called."""


class ListCard(Card):
    """A list on its card; ``none_fits`` is said in its place where a filter leaves nothing."""

    def __init__(self, shown: ItemList[Any], none_fits: str, parent: QWidget) -> None:
        super().__init__(parent, margin=6, spacing=0)
        self._shown = shown
        self.body.addWidget(shown)
        self.none_fits = FaintLabel(none_fits, self)
        self.none_fits.setContentsMargins(12, 8, 12, 8)
        self.body.addWidget(self.none_fits, 1, Qt.AlignmentFlag.AlignTop)

    def tell(self, *, found: bool) -> None:
        self._shown.setVisible(found)
        self.none_fits.setVisible(not found)


class ListPane(QWidget):
    """A filter with buttons beside it; what is added to ``column`` stands below them. ``narrowest`` is in pixels."""

    def __init__(
        self, appearance: Appearance, hint: str, verbs: Sequence[Verb], parent: QWidget, *, narrowest: int
    ) -> None:
        super().__init__(parent)
        self.setMinimumWidth(narrowest)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)
        top = QHBoxLayout()
        top.setSpacing(4)
        self.filter = SearchField(appearance, hint, self)
        top.addWidget(self.filter)
        for icon, words, key, act in verbs:
            button = IconButton(appearance, icon, words, self, shortcut=key, size=18)
            button.clicked.connect(lambda _=False, act=act: act())
            top.addWidget(button)
        self.column.addLayout(top)


class ListBeside(QSplitter):
    """``left`` with the filter and the list, ``share`` of hundred wide, and ``page``.

    / goes to the filter (or ``filter_key``, where / has another meaning), Enter there to the list, F6 from the filter
    to the list to what is read and round; that is the page, unless ``reading`` says otherwise.
    """

    def __init__(
        self,
        screen: QWidget,
        left: QWidget,
        filter_: SearchField,
        shown: ItemList[Any],
        page: ScrollPage,
        *,
        share: int,
        reading: Callable[[], QWidget] | None = None,
        filter_key: str = "/",
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, screen)
        self._screen, self._filter, self._list = screen, filter_, shown
        self._reading = reading or (lambda: page.area)
        self._place = QVBoxLayout()
        page.body.addLayout(self._place, 1)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(16)
        for at, (part, width) in enumerate(((left, share), (page, 100 - share))):
            self.addWidget(part)
            self.setStretchFactor(at, width)
        self.setSizes([10 * share, 1000 - 10 * share])
        filter_.returnPressed.connect(self.enter_list)
        add_shortcuts(screen, ((filter_key, filter_.begin), ("F6", self.next_pane)))

    def put(self, widget: QWidget | None) -> None:
        """Shows ``widget`` on the page in the place of what was there; the list takes over its focus."""
        while (item := self._place.takeAt(0)) is not None:
            if old := item.widget():
                if old.isAncestorOf(self._screen.focusWidget()):
                    self._list.setFocus()
                old.hide()
                old.deleteLater()
        if widget is not None:
            self._place.addWidget(widget)

    def enter_list(self) -> None:
        self._filter.settle_now()
        self._list.setFocus()
        if not self._list.current_id():
            self._list.choose_first()

    def next_pane(self) -> None:
        focus_next((self._filter, self._list, self._reading()))
