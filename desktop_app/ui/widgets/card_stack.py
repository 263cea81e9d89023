"""Cards at their full height on a page that scrolls as a whole."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets.entry_cards import EntryCard
from desktop_app.ui.widgets.entry_list import EntryList


class CardStack(EntryList):
    """Cards at their full height: the page scrolls, not the list. A click or Enter opens; arrows only choose.

    ``card_seen(QRect)`` the chosen card's place in the list, for the page to scroll to.
    """

    card_seen = Signal(QRect)

    def __init__(self, appearance: Appearance, name: str, parent: QWidget) -> None:
        super().__init__(appearance, name, parent)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.entry_chosen.connect(lambda _: self.card_seen.emit(self.visualRect(self.currentIndex())))
        appearance.changed.connect(self._fit)

    def show_cards(self, cards: Sequence[EntryCard]) -> None:
        if tuple(cards) != self.cards():
            self.set_cards(cards)
        self._fit()

    def _fit(self) -> None:
        option = QStyleOptionViewItem()
        model = self.model()
        rows = (model.index(row, 0, QModelIndex()) for row in range(model.rowCount()))
        self.setFixedHeight(sum(self.itemDelegate().sizeHint(option, row).height() for row in rows))

    def scrollTo(self, index: object, hint: object = None) -> None:
        """Nothing to scroll here."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.indexAt(event.position().toPoint()).isValid():
            self.entry_opened.emit(self.current_id())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.current_id() and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.choose_first()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Of several lists only the one with the focus has a chosen card."""
        super().focusOutEvent(event)
        self.clearSelection()
        self.setCurrentIndex(QModelIndex())
