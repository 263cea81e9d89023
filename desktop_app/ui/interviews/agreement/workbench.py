"""The workbench: every place where coders differ, one after the other, each settled by a key."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QProgressBar, QSplitter, QVBoxLayout, QWidget

from desktop_app.model.agreement import Difference
from desktop_app.model.coding import Code
from desktop_app.ui.i18n import tr
from desktop_app.ui.interviews.agreement.difference_view import DifferenceView
from desktop_app.ui.interviews.agreement.differing import difference_card, key_of
from desktop_app.ui.interviews.quotes.quote_card import QuoteCard
from desktop_app.ui.interviews.quotes.quote_list import QuoteList
from desktop_app.ui.theme import SPACE_M, Appearance
from desktop_app.ui.widgets import KeyHint, MutedLabel, ScrollPage, add_shortcuts


class Workbench(QWidget):
    """``settled(Difference, code or None, memo)`` the last word about a place, ``reopened(Difference)`` to be taken
    back; ``spot_requested(Difference)``, ``memo_requested(id)``; ``progress_told(str)`` how much is settled."""

    settled = Signal(object, object, str)
    reopened = Signal(object)
    spot_requested = Signal(object)
    memo_requested = Signal(str)
    progress_told = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._all: tuple[Difference, ...] = ()
        self._codes: Mapping[str, Code] = {}
        self._author = ""
        self._last = ""
        self._typed: dict[str, str] = {}
        self.view: DifferenceView | None = None
        self.count = MutedLabel("", self)
        self.bar = QProgressBar(self)
        self.with_settled = QCheckBox(tr("Show settled ones") + "  S", self)
        self.list = QuoteList(appearance, tr("Places where coders differ"), self, ticking=False)
        self.page = ScrollPage(tr("What each coder says"), self)
        self._place = QVBoxLayout()
        self._build()
        self._connect()

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(SPACE_M)
        top = QHBoxLayout()
        top.setSpacing(12)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(160)
        top.addWidget(self.count)
        top.addWidget(self.bar)
        top.addStretch(1)
        top.addWidget(self.with_settled)
        outer.addLayout(top)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(16)
        self.page.body.addLayout(self._place)
        split.addWidget(self.list)
        split.addWidget(self.page)
        split.setSizes([460, 540])
        outer.addWidget(split, 1)
        hint = tr(
            "J K next and previous · 1–9 agree on that code · 0 not this code · M memo · U open again · Enter text"
        )
        outer.addWidget(KeyHint(hint, self, wrap=True))

    def _connect(self) -> None:
        self.list.card_chosen.connect(lambda _: self._show_chosen())
        self.list.card_opened.connect(lambda _: self.open_spot())
        self.with_settled.toggled.connect(lambda _: self._fill())
        keys: list[tuple[str, Callable[[], None]]] = [
            ("J", partial(self.step, +1)),
            ("K", partial(self.step, -1)),
            ("M", self.begin_memo),
            ("U", self.reopen),
            ("S", self.toggle_settled),
            ("0", self.agree_on_none),
        ]
        keys += [(str(number), partial(self.agree, number)) for number in range(1, 10)]
        add_shortcuts(self, keys)

    # --- what is shown -----------------------------------------------------------------------------------------------

    def set_differences(self, differences: Sequence[Difference], codes: Mapping[str, Code], author: str) -> None:
        self._all, self._codes, self._author = tuple(differences), codes, author
        self._fill()

    def current(self) -> Difference | None:
        wanted = self.list.current_id()
        return next((one for one in self._all if key_of(one) == wanted), None)

    def _fill(self) -> None:
        done = sum(one.settled for one in self._all)
        self._tell_progress(done)
        shown = [one for one in self._all if self.with_settled.isChecked() or not one.settled]
        here, at = self.list.current_id(), self.list.currentIndex().row()
        self.list.set_cards(self._cards(shown))
        if self.list.current_id() != here or not here:
            self._choose_near(at)
        self._show_chosen()

    def _cards(self, shown: Sequence[Difference]) -> list[QuoteCard]:
        cards: list[QuoteCard] = []
        document = ""
        for one in shown:
            if one.target != document:
                document = one.target
                cards.append(QuoteCard("", one.document))
            cards.append(difference_card(one, self._author))
        return cards

    def _choose_near(self, row: int) -> None:
        """What has taken the place of the one that was settled, else the one before it."""
        cards = self.list.cards()
        after = [card.id for card in cards[max(row, 0) :] if card.id]
        before = [card.id for card in cards[: max(row, 0)] if card.id]
        if after or before:
            self.list.choose(after[0] if after else before[-1])

    def _tell_progress(self, done: int) -> None:
        total = len(self._all)
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)
        self.bar.setVisible(bool(total))
        self.bar.setAccessibleName(tr("Settled"))
        words = tr("{done} of {all} settled", done=f"{done:,}", all=f"{total:,}") if total else ""
        self.count.setText(words)
        self.progress_told.emit(words)

    def _show_chosen(self) -> None:
        one = self.current()
        if self.view is not None and one == self.view.difference:
            return
        self._keep_typed()
        had_focus = self.view is not None and self.view.isAncestorOf(self.focusWidget())
        while (item := self._place.takeAt(0)) is not None:
            if old := item.widget():
                old.hide()
                old.deleteLater()
        self.view = None
        if one is None:
            done = bool(self._all)
            words = tr("Everything is settled. S shows what was agreed.") if done else ""
            self._place.addWidget(MutedLabel(words, self.page.sheet, wrap=True))
        else:
            self.view = view = DifferenceView(self._appearance, one, self._codes, self._author, self.page.sheet)
            view.agreed.connect(self._agree_on)
            view.memo_given.connect(self._settle_by_memo)
            view.reopened.connect(self.reopen)
            view.open_requested.connect(self.open_spot)
            view.memo_requested.connect(self.memo_requested)
            self._place.addWidget(view)
            if typed := self._typed.get(key_of(one)):
                view.memo.setPlainText(typed)
                view.memo.show()
            self.page.to_top()
        if had_focus:
            self.list.setFocus()

    def _keep_typed(self) -> None:
        """What was typed about a place is there again when it is shown again, until the place is settled."""
        if self.view is None:
            return
        key = key_of(self.view.difference)
        self._typed[key] = self.view.memo.toPlainText().strip()
        if any(one.settled and key_of(one) == key for one in self._all):
            del self._typed[key]

    # --- verbs -------------------------------------------------------------------------------------------------------

    def step(self, by: int) -> None:
        """To the next place or the one before."""
        ids = [card.id for card in self.list.cards() if card.id]
        if ids:
            here = self.list.current_id()
            at = ids.index(here) + by if here in ids else 0
            self.list.choose(ids[min(max(at, 0), len(ids) - 1)])

    def agree(self, number: int) -> None:
        """Settles the place by the choice with this number; 0: that the code does not stand there."""
        if self.view is None:
            return
        if number == 0:
            self._agree_on("")
            return
        choice = next((choice for choice in self.view.choices if choice.number == number), None)
        if choice is not None:
            self._agree_on(choice.code)

    def agree_on_none(self) -> None:
        """Settles the place by a memo that says that no code stands there."""
        self.agree(0)

    def toggle_settled(self) -> None:
        """Shows the places that are settled too, or no longer."""
        self.with_settled.toggle()

    def _agree_on(self, code: str) -> None:
        self._settle(code or None, "")

    def _settle_by_memo(self, words: str) -> None:
        self._settle(None, words)

    def _settle(self, code: str | None, words: str) -> None:
        one = self.current()
        if one is None:
            return
        self._last = key_of(one)
        self.settled.emit(one, code, words)
        if self.current() == one:
            # The answer comes a moment later; the next key is about the next place.
            self.step(+1)

    def begin_memo(self) -> None:
        if self.view is not None:
            self.view.begin_memo()

    def reopen(self) -> None:
        """Opens the place again, or the one that was settled last where this one is not."""
        one = self.current()
        if one is None or not one.settled:
            one = next((other for other in self._all if key_of(other) == self._last and other.settled), None)
        if one is not None:
            self.reopened.emit(one)

    def open_spot(self) -> None:
        one = self.current()
        if one is not None:
            self.spot_requested.emit(one)

    def focus_first(self) -> None:
        self.list.setFocus()
