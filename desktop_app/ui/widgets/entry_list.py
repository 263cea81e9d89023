"""A list of entry cards: thousands of rows, painted, driven by the keyboard."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets.entry_cards import EntryCard
from desktop_app.ui.widgets.entry_delegate import EntryDelegate
from desktop_app.ui.widgets.item_list import ItemList, ItemModel


class _Cards(ItemModel[EntryCard]):
    def words(self, item: EntryCard) -> str:
        return item.heading

    def append(self, cards: Sequence[EntryCard]) -> None:
        if cards:
            first = len(self.items)
            self.beginInsertRows(QModelIndex(), first, first + len(cards) - 1)
            self.items.extend(cards)
            self.endInsertRows()


class EntryList(ItemList[EntryCard]):
    """Cards to choose from. ``entry_chosen`` when the current card changes, ``entry_opened`` on Enter or a double
    click, ``entry_hovered`` (an empty string when the pointer leaves), ``more_wanted`` near the end.
    """

    entry_chosen = Signal(str)
    entry_opened = Signal(str)
    entry_hovered = Signal(str)
    more_wanted = Signal()

    def __init__(self, appearance: Appearance, name: str, parent: QWidget | None = None) -> None:
        super().__init__(appearance, name, parent)
        self._cards = _Cards(self)
        self._hovered = ""
        self._delegate = EntryDelegate(appearance, self)
        self.show_with(self._cards, self._delegate)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.doubleClicked.connect(lambda _: self.entry_opened.emit(self.current_id()))

    # --- cards ------------------------------------------------------------------------------------------------------

    def set_cards(self, cards: Sequence[EntryCard]) -> None:
        """Shows these cards; the chosen one stays chosen, without a signal, where it is still there."""
        self.fill(cards)

    def append_cards(self, cards: Sequence[EntryCard]) -> None:
        self._cards.append(cards)

    def cards(self) -> tuple[EntryCard, ...]:
        return self.items()

    def tell_chosen(self, item_id: str) -> None:
        self.entry_chosen.emit(item_id)

    def light(self, entry_id: str) -> None:
        """Shows a card as if the pointer were on it, scrolled into view; an empty id shows none."""
        self._delegate.lit = entry_id
        for row, card in enumerate(self._cards.items):
            if card.id == entry_id:
                self.scrollTo(self._cards.index(row, 0))
        self.viewport().update()

    def lit(self) -> str:
        return self._delegate.lit

    # --- events -----------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_id():
            self.entry_opened.emit(self.current_id())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        self._hover(self._cards.items[index.row()].id if index.isValid() else "")

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover("")
        return super().viewportEvent(event)

    def _hover(self, entry_id: str) -> None:
        if entry_id != self._hovered:
            self._hovered = entry_id
            self.entry_hovered.emit(entry_id)

    def _scrolled(self, value: int) -> None:
        bar = self.verticalScrollBar()
        if bar.maximum() and value >= bar.maximum() - self.height():
            self.more_wanted.emit()
