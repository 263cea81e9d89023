"""A list of entry cards: thousands of rows, painted, driven by the keyboard."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QListView, QWidget

from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets.entry_cards import EntryCard
from desktop_app.ui.widgets.entry_delegate import CARD_ROLE, EntryDelegate

Index = QModelIndex | QPersistentModelIndex


class EntryCardModel(QAbstractListModel):
    """Cards in order, one row each."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.cards: list[EntryCard] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self.cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        card = self.cards[index.row()]
        if role == CARD_ROLE:
            return card
        if role == Qt.ItemDataRole.DisplayRole:
            return card.heading
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return card.spoken
        return None

    def replace(self, cards: Sequence[EntryCard]) -> None:
        self.beginResetModel()
        self.cards = list(cards)
        self.endResetModel()

    def append(self, cards: Sequence[EntryCard]) -> None:
        if cards:
            first = len(self.cards)
            self.beginInsertRows(QModelIndex(), first, first + len(cards) - 1)
            self.cards.extend(cards)
            self.endInsertRows()


class EntryList(QListView):
    """Cards to choose from. ``entry_chosen`` when the current card changes, ``entry_opened`` on Enter or a double
    click, ``entry_hovered`` (an empty string when the pointer leaves), ``more_wanted`` near the end.
    """

    entry_chosen = Signal(str)
    entry_opened = Signal(str)
    entry_hovered = Signal(str)
    more_wanted = Signal()

    def __init__(self, appearance: Appearance, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bare")
        self.setAccessibleName(name)
        self._cards = EntryCardModel(self)
        self._hovered = ""
        self._quiet = False
        self.setModel(self._cards)
        self._delegate = EntryDelegate(appearance, self)
        self.setItemDelegate(self._delegate)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.verticalScrollBar().setSingleStep(24)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.selectionModel().currentChanged.connect(self._current_changed)
        self.doubleClicked.connect(lambda _: self.entry_opened.emit(self.current_id()))
        appearance.changed.connect(self.doItemsLayout)

    # --- cards ------------------------------------------------------------------------------------------------------

    def set_cards(self, cards: Sequence[EntryCard]) -> None:
        """Shows these cards; the chosen one stays chosen, without a signal, where it is still there."""
        kept = self.current_id()
        at = self.verticalScrollBar().value()
        self._quiet = True
        try:
            self._cards.replace(cards)
            if kept and self.choose(kept):
                self.verticalScrollBar().setValue(at)
        finally:
            self._quiet = False

    def append_cards(self, cards: Sequence[EntryCard]) -> None:
        self._cards.append(cards)

    def cards(self) -> Sequence[EntryCard]:
        return tuple(self._cards.cards)

    def current_card(self) -> EntryCard | None:
        index = self.currentIndex()
        return self._cards.cards[index.row()] if index.isValid() else None

    def current_id(self) -> str:
        card = self.current_card()
        return card.id if card else ""

    def choose(self, entry_id: str) -> bool:
        """Makes the card of that id the current one and scrolls to it; false where there is none."""
        for row, card in enumerate(self._cards.cards):
            if card.id == entry_id:
                index = self._cards.index(row, 0)
                self.setCurrentIndex(index)
                self.scrollTo(index)
                return True
        return False

    def light(self, entry_id: str) -> None:
        """Shows a card as if the pointer were on it, scrolled into view; an empty id shows none."""
        self._delegate.lit = entry_id
        for row, card in enumerate(self._cards.cards):
            if card.id == entry_id:
                self.scrollTo(self._cards.index(row, 0))
        self.viewport().update()

    def lit(self) -> str:
        return self._delegate.lit

    def choose_first(self) -> None:
        if self._cards.cards:
            self.setCurrentIndex(self._cards.index(0, 0))

    # --- events -----------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_id():
            self.entry_opened.emit(self.current_id())
            return
        if event.text().isprintable() and event.text().strip():
            # Letters are the screen's shortcuts (E edits), not a search by first letter.
            event.ignore()
            return
        super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        self._hover(self._cards.cards[index.row()].id if index.isValid() else "")

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover("")
        return super().viewportEvent(event)

    def _hover(self, entry_id: str) -> None:
        if entry_id != self._hovered:
            self._hovered = entry_id
            self.entry_hovered.emit(entry_id)

    def _current_changed(self, current: QModelIndex) -> None:
        if current.isValid() and not self._quiet:
            self.entry_chosen.emit(self._cards.cards[current.row()].id)

    def _scrolled(self, value: int) -> None:
        bar = self.verticalScrollBar()
        if bar.maximum() and value >= bar.maximum() - self.height():
            self.more_wanted.emit()
