"""What every painted list is: one column, driven by the keyboard, its choice kept when it is filled again.

Refuses to sort or filter: whoever fills a list has done that. What the items look like is the delegate's.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QWidget

from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets.item_delegate import ITEM_ROLE, Index, ItemDelegate


class Item(Protocol):
    """``spoken`` is the item as a screen reader says it."""

    @property
    def id(self) -> str: ...

    @property
    def spoken(self) -> str: ...


ItemT = TypeVar("ItemT", bound=Item)


class ItemModel(QAbstractListModel, Generic[ItemT]):
    """Items in order, one row each."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.items: list[ItemT] = []

    def words(self, item: ItemT) -> str:
        """What stands for the item as plain text."""
        raise NotImplementedError

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        item = self.items[index.row()]
        if role == ITEM_ROLE:
            return item
        if role == Qt.ItemDataRole.DisplayRole:
            return self.words(item)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return item.spoken
        return None

    def replace(self, items: Sequence[ItemT]) -> None:
        self.beginResetModel()
        self.items = list(items)
        self.endResetModel()


class ItemList(QListView, Generic[ItemT]):
    """Subclasses call :meth:`show_with` once, and write :meth:`tell_chosen`, which is not called while the list is
    filled or :meth:`choose_quietly` chooses.
    """

    def __init__(self, appearance: Appearance, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._quiet = False
        self.setProperty("role", "bare")
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.verticalScrollBar().setSingleStep(24)

    def show_with(self, model: ItemModel[ItemT], delegate: ItemDelegate) -> None:
        self._model = model
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.selectionModel().currentChanged.connect(self._current_changed)
        self._appearance.changed.connect(self._dress)

    def tell_chosen(self, item_id: str) -> None:
        """Another item has become the current one."""
        raise NotImplementedError

    def may_be_chosen(self, item: ItemT) -> bool:
        """Whether it can become the current one; headings cannot."""
        return bool(item.id)

    # --- items -------------------------------------------------------------------------------------------------------

    def fill(self, items: Sequence[ItemT]) -> None:
        """Shows these items; the chosen one stays chosen, without a signal, where it is still there."""
        kept = self.current_id()
        at = self.verticalScrollBar().value()
        with self.quietly():
            self._model.replace(items)
            if kept and self.choose(kept):
                self.verticalScrollBar().setValue(at)

    def items(self) -> tuple[ItemT, ...]:
        return tuple(self._model.items)

    def current(self) -> ItemT | None:
        index = self.currentIndex()
        return self._model.items[index.row()] if index.isValid() else None

    def current_id(self) -> str:
        item = self.current()
        return item.id if item else ""

    def choose(self, item_id: str) -> bool:
        """Makes that item the current one and scrolls to it; false where there is none."""
        for at, item in enumerate(self._model.items):
            if item.id == item_id and self.may_be_chosen(item):
                self.go_to(at)
                return True
        return False

    def choose_quietly(self, item_id: str) -> bool:
        """As :meth:`choose`, without a signal."""
        with self.quietly():
            return self.choose(item_id)

    def choose_first(self) -> None:
        first = next((item.id for item in self._model.items if self.may_be_chosen(item)), "")
        self.choose(first)

    def go_to(self, at: int) -> None:
        index = self._model.index(at, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    @contextmanager
    def quietly(self) -> Iterator[None]:
        before, self._quiet = self._quiet, True
        try:
            yield
        finally:
            self._quiet = before

    # --- events ------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isprintable() and event.text().strip():
            # Letters are the screen's shortcuts (E edits), not a search by first letter.
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _current_changed(self, current: QModelIndex) -> None:
        if current.isValid() and not self._quiet:
            self.tell_chosen(self._model.items[current.row()].id)

    def _dress(self) -> None:
        """Another theme or another size of the letters."""
        self.doItemsLayout()
