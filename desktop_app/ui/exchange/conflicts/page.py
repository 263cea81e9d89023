"""The page of conflicts: what waits, and beside it the chosen conflict with its values."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.model.changes import Changes
from desktop_app.model.errors import KnownError
from desktop_app.model.exchange import Conflict
from desktop_app.model.merging import RULES
from desktop_app.ui.exchange.conflicts.conflict_view import MOST_KEYS, ConflictView
from desktop_app.ui.exchange.conflicts.reads import Waiting, conflict_rows, key_of, read_waiting
from desktop_app.ui.exchange.page import Page
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.ops import ChangeOp
from desktop_app.ui.widgets import (
    EmptyState,
    FaintLabel,
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


class ConflictsPage(Page):
    """Nobody's value is gone until somebody has said which one stands."""

    page_id = "conflicts"
    title = "Conflicts"
    kinds = tuple(RULES)

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._waiting = Waiting((), {})
        self._wanted = ""
        self._drafts: dict[str, str] = {}
        self._settling = ""
        self._label = tr("Settle a conflict")
        self.operations.bug.connect(self._broke)
        self.view: ConflictView | None = None
        self.left = ListPane(self.appearance, tr("Words, a field, or who"), (), self, narrowest=250)
        self.list = RowList(self.appearance, tr("Conflicts"), self.left)
        self.card = ListCard(self.list, tr("No conflict fits."), self.left)
        self.told = FaintLabel("", self.left)
        self.page = ScrollPage(tr("The chosen conflict"), self)
        self.message = InlineMessage(self.appearance, self.page)
        self.nothing = EmptyState(
            self.appearance,
            tr("Nothing waits for you"),
            tr(
                "Where two people change the same thing apart from each other, both values are kept and stand here "
                "side by side, with who and when, until somebody settles it."
            ),
            tr("Bring in a notebook"),
            self,
            perspective="value-rationality",
        )
        self.stack = QStackedWidget(self)
        self._build()
        self._connect()

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.left.column.addWidget(self.told)
        self.left.column.addWidget(self.card, 1)
        self.page.setMinimumWidth(400)
        self.page.body.addWidget(self.message)
        self.beside = ListBeside(self, self.left, self.left.filter, self.list, self.page, share=32)
        self.stack.addWidget(self.beside)
        self.stack.addWidget(self.nothing)
        outer.addWidget(self.stack)

    def _connect(self) -> None:
        self.left.filter.settled.connect(lambda _: self._fill())
        self.list.row_chosen.connect(lambda _: self._show_chosen())
        self.list.row_opened.connect(lambda _: self._enter())
        self.list.left_upwards.connect(self.left.filter.setFocus)
        self.nothing.step_requested.connect(lambda: self.page_requested.emit("incoming"))
        keys: list[tuple[str, Callable[[], None]]] = [
            ("N", self.next_conflict),
            ("P", self.previous_conflict),
            ("E", self.edit),
            ("O", self.open),
        ]
        keys += [(str(number), partial(self.take, number)) for number in range(1, MOST_KEYS + 1)]
        add_shortcuts(self.beside, keys)

    # --- what others ask of it ---------------------------------------------------------------------------------------

    def open_item(self, item: str) -> None:
        """Shows the first conflict of an item, as soon as it has been read; any where no item is named."""
        self._wanted = item
        self.left.filter.clear()
        self.mark_stale()

    # --- the list ----------------------------------------------------------------------------------------------------

    def read(self) -> None:
        self.operations.read(tr("Read conflicts"), read_waiting, self._show, key="exchange.conflicts")

    def _show(self, waiting: Waiting) -> None:
        self._waiting = waiting
        if self._settling not in map(key_of, waiting.conflicts):
            self._settling = ""
        number = len(waiting.conflicts)
        self.told.setText(count_text(number, "{number} waits to be settled", "{number} wait to be settled"))
        self.stack.setCurrentIndex(0 if waiting.conflicts else 1)
        if not waiting.conflicts and self._focus_is_inside():
            self.nothing.button.setFocus()
        self._fill()

    def _focus_is_inside(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and (focused is self or self.isAncestorOf(focused))

    def _fill(self) -> None:
        before = [row.id for row in self.list.rows()]
        chosen = self.list.current_id()
        rows = conflict_rows(self._waiting.conflicts, self.left.filter.text())
        self.list.set_rows(rows)
        self.card.tell(found=bool(rows))
        wanted = next((key_of(one) for one in self._waiting.conflicts if one.item == self._wanted), "")
        self._wanted = ""
        if wanted and wanted != self.list.current_id():
            self.list.choose(wanted)
        elif not self.list.current_id() and rows:
            self.list.choose(_following(before, chosen, [row.id for row in rows]))
        else:
            self._show_chosen()

    def _conflict(self) -> Conflict | None:
        chosen = self.list.current_id()
        return next((one for one in self._waiting.conflicts if key_of(one) == chosen), None)

    # --- the chosen conflict -----------------------------------------------------------------------------------------

    def _show_chosen(self) -> None:
        conflict = self._conflict()
        if self.view is not None and self.view.conflict == conflict:
            return
        self._keep()
        if conflict is None:
            self.beside.put(None)
            self.view = None
            return
        view = ConflictView(
            self.appearance, conflict, self._waiting.names, self._drafts.get(key_of(conflict)), self.page.sheet
        )
        view.taken.connect(partial(self._settle, conflict))
        view.typed.connect(partial(self._settle_with, conflict))
        view.open_requested.connect(self.open)
        self.beside.put(view)
        self.page.to_top()
        self.view = view

    def _keep(self) -> None:
        """What was typed for a conflict is there again when it is gone on with."""
        if self.view is not None:
            self.view.leave()
            if self.view.draft is not None:
                self._drafts[key_of(self.view.conflict)] = self.view.draft

    def _enter(self) -> None:
        if self.view is not None:
            self.view.buttons[0].setFocus()

    def next_conflict(self) -> None:
        self._step(+1)

    def previous_conflict(self) -> None:
        self._step(-1)

    def _step(self, by: int) -> None:
        rows = self.list.rows()
        if rows:
            at = self.list.currentIndex().row()
            self.list.choose(rows[(at + by) % len(rows)].id)

    def take(self, number: int) -> None:
        """Settles the conflict with the value of this number; not while a value is being typed."""
        if self.view is not None and not _is_typing():
            self.view.take(number)

    def take_first(self) -> None:
        self.take(1)

    def take_second(self) -> None:
        self.take(2)

    def edit(self) -> None:
        if self.view is not None:
            self.view.edit()

    def open(self) -> None:
        """The item itself, where it is read."""
        conflict = self._conflict()
        if conflict is not None:
            self.item_requested.emit(conflict.kind, conflict.item)

    # --- settling ----------------------------------------------------------------------------------------------------

    def _settle(self, conflict: Conflict, revision: str) -> None:
        self._submit(conflict, lambda notebook: notebook.conflicts.settle(conflict.item, conflict.field, revision))

    def _settle_with(self, conflict: Conflict, value: str) -> None:
        self._submit(conflict, lambda notebook: notebook.conflicts.settle_with(conflict.item, conflict.field, value))

    def _submit(self, conflict: Conflict, call: "Callable[[Notebook], Changes[str]]") -> None:
        if self._settling:
            # A key that repeats would be taken for the next conflict.
            return
        self._settling = key_of(conflict)

        def done(_changes: Changes[str] | None) -> None:
            self._drafts.pop(key_of(conflict), None)
            self.message.dismiss()
            self.list.setFocus()
            self.mark_stale()

        self.operations.submit(ChangeOp(self._label, call, done, self._refused))

    def _broke(self, label: str, _report: str) -> None:
        if label == self._label:
            self._settling = ""

    def _refused(self, error: KnownError) -> None:
        self._settling = ""
        self.message.say_error(error)

    # --- screen ------------------------------------------------------------------------------------------------------

    def focus_first(self) -> None:
        if self.stack.currentIndex():
            self.nothing.button.setFocus()
        else:
            self.list.setFocus()

    def tour_steps(self) -> list[TourStep]:
        return [("edit", self.edit)]


def _is_typing() -> bool:
    return isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit)


def _following(before: list[str], settled: str, now: list[str]) -> str:
    """What came after ``settled`` and is still there, else the last that is."""
    at = before.index(settled) if settled in before else 0
    return next((key for key in before[at:] if key in now), now[-1] if settled in before else now[0])
