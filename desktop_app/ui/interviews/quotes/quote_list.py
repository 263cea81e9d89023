"""Quotes with what stands around them, as a list that stays quick with thousands of them.

Used wherever coded or found stretches are shown: quotes, the codings behind a cell, what a search would code. Refuses
to read or to sort: whoever fills it has done that.
"""

from collections.abc import Collection, Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QListView, QWidget

from desktop_app.ui.i18n import tr
from desktop_app.ui.interviews.quotes.quote_card import TICKED_ROLE, QuoteCard
from desktop_app.ui.interviews.quotes.quote_delegate import QuoteDelegate
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets.item_delegate import Index
from desktop_app.ui.widgets.item_list import ItemList, ItemModel

BATCH = 120
"""Cards that are measured in one go; the rest follow when the window has nothing else to do."""


class _Cards(ItemModel[QuoteCard]):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.ticked: set[str] = set()

    def words(self, item: QuoteCard) -> str:
        return item.text or item.heading

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        ticked = index.isValid() and self.items[index.row()].id in self.ticked
        if role == TICKED_ROLE:
            return ticked
        if role == Qt.ItemDataRole.AccessibleTextRole and ticked:
            return f"{tr('chosen')}. {self.items[index.row()].spoken}"
        return super().data(index, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and not self.items[index.row()].id:
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)


class QuoteList(ItemList[QuoteCard]):
    """``card_chosen(id)`` when the current card changes, ``card_opened(id)`` on Enter or a double click,
    ``ticks_changed()`` when other cards are ticked, ``left_upwards()`` on Up in the first card.

    With ``ticking`` Space ticks a card, Shift and the arrows tick those they pass, Ctrl+A ticks all or none.
    """

    card_chosen = Signal(str)
    card_opened = Signal(str)
    ticks_changed = Signal()
    left_upwards = Signal()

    def __init__(
        self, appearance: Appearance, name: str, parent: QWidget | None = None, *, ticking: bool = True
    ) -> None:
        super().__init__(appearance, name, parent)
        self._cards = _Cards(self)
        self._ticking = ticking
        self._delegate = QuoteDelegate(appearance, self, ticking=ticking)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(BATCH)
        self.show_with(self._cards, self._delegate)
        self.doubleClicked.connect(lambda index: self.card_opened.emit(self._cards.items[index.row()].id))

    # --- cards -------------------------------------------------------------------------------------------------------

    def set_cards(self, cards: Sequence[QuoteCard], *, ticked: Iterable[str] | None = None) -> None:
        """Shows these cards; what was chosen and ticked stays so, unless ``ticked`` says otherwise."""
        kept, at = self.current_id(), self.verticalScrollBar().value()
        ids = {card.id for card in cards}
        wanted = self._cards.ticked if ticked is None else set(ticked)
        self._cards.ticked = wanted & ids
        with self.quietly():
            self._cards.replace(cards)
            if kept and kept in ids:
                self._lay_out_whole()
                self.choose(kept)
                self.verticalScrollBar().setValue(at)
        self.ticks_changed.emit()

    def _lay_out_whole(self) -> None:
        """At once, so that the list can stand where it stood; most heights are known from before."""
        self.setLayoutMode(QListView.LayoutMode.SinglePass)
        self.doItemsLayout()
        self.setLayoutMode(QListView.LayoutMode.Batched)

    def cards(self) -> tuple[QuoteCard, ...]:
        return self.items()

    def tell_chosen(self, item_id: str) -> None:
        self.card_chosen.emit(item_id)

    def go_to(self, at: int) -> None:
        index = self._cards.index(at, 0)
        if at >= BATCH and not self.visualRect(index).isValid():
            self._lay_out_whole()  # what is not laid out yet cannot be scrolled to
        self.setCurrentIndex(index)
        if at and not self._cards.items[at - 1].id:
            self.scrollTo(self._cards.index(at - 1, 0))
        self.scrollTo(index)

    # --- ticks -------------------------------------------------------------------------------------------------------

    def ticked(self) -> list[str]:
        """Ticked cards in the order of the list."""
        return [card.id for card in self._cards.items if card.id in self._cards.ticked]

    def meant(self) -> list[str]:
        """The ticked cards, or the current one where none is ticked."""
        current = self.current_id()
        return self.ticked() or ([current] if current else [])

    def tick(self, cards: Collection[str], *, on: bool = True) -> None:
        before = set(self._cards.ticked)
        self._cards.ticked = before | set(cards) if on else before - set(cards)
        if before != self._cards.ticked:
            self.viewport().update()
            self.ticks_changed.emit()

    def tick_all(self) -> None:
        """Ticks every card, or none where all are ticked."""
        every = {card.id for card in self._cards.items if card.id}
        self.tick(every, on=not every <= self._cards.ticked)

    def _toggle(self, card: str) -> None:
        if card and self._ticking:
            self.tick([card], on=card not in self._cards.ticked)

    # --- events ------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers()
        current = self.current_id()
        shift = modifiers == Qt.KeyboardModifier.ShiftModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current:
            self.card_opened.emit(current)
        elif key == Qt.Key.Key_Space and not modifiers and self._ticking:
            self._toggle(current)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and shift and self._ticking:
            self._extend(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_A and modifiers == Qt.KeyboardModifier.ControlModifier and self._ticking:
            self.tick_all()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not modifiers:
            self._step(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def _next(self, step: int) -> int | None:
        """The card above or below the current one, headings passed over."""
        at = self.currentIndex().row() + step
        while 0 <= at < len(self._cards.items):
            if self._cards.items[at].id:
                return at
            at += step
        return None

    def _step(self, step: int) -> None:
        at = self._next(step)
        if at is not None:
            self.go_to(at)
        elif step < 0:
            self.left_upwards.emit()

    def _extend(self, step: int) -> None:
        at = self._next(step)
        passed = [self.current_id()] + ([self._cards.items[at].id] if at is not None else [])
        self.tick([card for card in passed if card])
        if at is not None:
            self.go_to(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        index = self.indexAt(place)
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            on_box = self._delegate.is_tick_box(place - self.visualRect(index).topLeft())
            if on_box or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._toggle(self._cards.items[index.row()].id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._delegate.forget()
        super().resizeEvent(event)

    def _dress(self) -> None:
        self._delegate.dress()
        self.scheduleDelayedItemsLayout()
