"""The page of what was exchanged: what came in and went out, newest first, and the chosen one beside it."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop_app.model.exchange import Exchange
from desktop_app.ui.exchange.page import Page
from desktop_app.ui.exchange.past.exchange_view import ExchangeView
from desktop_app.ui.exchange.past.telling import past_rows
from desktop_app.ui.exchange.undoing import next_undoable, undo_change
from desktop_app.ui.i18n import tr
from desktop_app.ui.ops import ChangeOp
from desktop_app.ui.widgets import (
    EmptyState,
    InlineMessage,
    ListBeside,
    ListCard,
    ListPane,
    RowList,
    ScreenContext,
    ScrollPage,
    TourStep,
    add_shortcuts,
)

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook


@dataclass(frozen=True, slots=True)
class Past:
    """All exchanges, newest first, and the number of the change that undo would take back."""

    exchanges: tuple[Exchange, ...] = ()
    undoable: int | None = None


def read_past(notebook: "Notebook") -> Past:
    return Past(tuple(notebook.merging.history()), next_undoable(notebook))


class PastPage(Page):
    """What was exchanged stays known, even where it was taken back."""

    page_id = "past"
    title = "History"

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._past = Past()
        self.view: ExchangeView | None = None
        self.left = ListPane(self.appearance, tr("A file, or who"), (), self, narrowest=250)
        self.list = RowList(self.appearance, tr("What was exchanged"), self.left)
        self.card = ListCard(self.list, tr("Nothing fits."), self.left)
        self.page = ScrollPage(tr("The chosen exchange"), self)
        self.message = InlineMessage(self.appearance, self.page)
        self.nothing = EmptyState(
            self.appearance,
            tr("Nothing was exchanged yet"),
            tr("Copies that come in and go out are listed here: whose they were, when, what came of them."),
            tr("Copy out"),
            self,
            perspective="multi-temporal",
        )
        self.stack = QStackedWidget(self)
        self._build()

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.left.column.addWidget(self.card, 1)
        self.page.setMinimumWidth(360)
        self.page.body.addWidget(self.message)
        self.beside = ListBeside(self, self.left, self.left.filter, self.list, self.page, share=38)
        self.stack.addWidget(self.beside)
        self.stack.addWidget(self.nothing)
        outer.addWidget(self.stack)
        self.left.filter.settled.connect(lambda _: self._fill())
        self.list.row_chosen.connect(lambda _: self._show_chosen())
        self.list.row_opened.connect(lambda _: self.page.area.setFocus())
        self.list.left_upwards.connect(self.left.filter.setFocus)
        self.nothing.step_requested.connect(lambda: self.page_requested.emit("outgoing"))
        add_shortcuts(self.beside, (("U", self.undo),))

    # --- reading -----------------------------------------------------------------------------------------------------

    def concerned_by(self, _changes: object) -> bool:
        """Always: every change alters what can be undone."""
        return True

    def read_if_stale(self) -> None:
        """A copy that went out is no change of the notebook, so nobody tells of it."""
        self._stale = True
        super().read_if_stale()

    def read(self) -> None:
        self.operations.read(tr("Read exchanges"), read_past, self._show, key="exchange.past")

    def _show(self, past: Past) -> None:
        self._past = past
        self.stack.setCurrentIndex(0 if past.exchanges else 1)
        self._fill()

    def _fill(self) -> None:
        rows = past_rows(self._past.exchanges, self.left.filter.text())
        self.list.set_rows(rows)
        self.card.tell(found=bool(rows))
        if not self.list.current_id() and rows:
            self.list.choose_first()
        else:
            self._show_chosen()

    def _exchange(self) -> Exchange | None:
        chosen = self.list.current_id()
        return next((one for one in self._past.exchanges if str(one.number) == chosen), None)

    def _show_chosen(self) -> None:
        exchange = self._exchange()
        if exchange is None:
            self.beside.put(None)
            self.view = None
            return
        may_undo = exchange.change is not None and exchange.change == self._past.undoable and not exchange.undone
        if self.view is not None and (self.view.exchange, self.view.may_undo) == (exchange, may_undo):
            return
        view = ExchangeView(exchange, may_undo, self.page.sheet)
        view.undo_button.clicked.connect(self.undo)
        self.beside.put(view)
        self.view = view

    # --- taking back -------------------------------------------------------------------------------------------------

    def undo(self) -> None:
        """Takes back the chosen merge, where nothing was done since."""
        exchange = self._exchange()
        if exchange is not None and exchange.change is not None and not exchange.undone:
            undo = partial(undo_change, change=exchange.change)
            self.operations.submit(ChangeOp(tr("Undo"), undo, self._undone, self.message.say_error))

    def _undone(self, _changes: object) -> None:
        self.message.dismiss()
        self.mark_stale()
        self.list.setFocus()

    def focus_first(self) -> None:
        if self.stack.currentIndex():
            self.nothing.button.setFocus()
        else:
            self.list.setFocus()

    def begin_tour(self) -> None:
        self.operations.read(tr("Read exchanges"), read_past, self._tour_choose)

    def _tour_choose(self, past: Past) -> None:
        """What can be undone."""
        self.list.choose(next((str(one.number) for one in past.exchanges if one.change == past.undoable), ""))

    def tour_steps(self) -> list[TourStep]:
        return [("undone", self._tour_undo)]

    def _tour_undo(self) -> None:
        """Takes back the merge, and what was worked apart before, so that the next round begins as this one did."""
        self.undo()
        self.operations.submit(ChangeOp(tr("Undo"), lambda notebook: notebook.history.undo()))

    def end_tour(self) -> None:
        """The newest is chosen again when it is read next."""
        self._show(Past())
