"""The page of memos: the list, and beside it the chosen memo, read or written in place."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop_app.model.changes import Changes
from desktop_app.model.errors import KnownError
from desktop_app.model.memos import About, MemoFields
from desktop_app.ui.i18n import tr
from desktop_app.ui.interviews.memos.memo_form import MemoForm
from desktop_app.ui.interviews.memos.memo_view import MemoView
from desktop_app.ui.interviews.memos.reads import (
    Listed,
    MemoPage,
    Memos,
    NewMemo,
    memo_rows,
    read_memo,
    read_memos,
    read_new,
    surface,
)
from desktop_app.ui.interviews.page import Page
from desktop_app.ui.ops import ChangeOp, ReadOp
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


class MemosPage(Page):
    """What was noted about codes, codings, documents, people and the project."""

    page_id = "memos"
    title = "Memos"
    kinds = ("memo", "code", "coding", "document", "entry", "person", "organisation", "notebook")

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._memos: tuple[Listed, ...] = ()
        self._author = ""
        self._chosen = ""
        self.view: MemoView | None = None
        self.form: MemoForm | None = None
        self._form_of = self._surface = ""
        verbs = (("plus", tr("New memo about the project"), "N", self.new_memo),)
        hint = tr("Words of a memo, or what it is about")
        self.left = ListPane(self.appearance, hint, verbs, self, narrowest=250)
        self.filter = self.left.filter
        self.list = RowList(self.appearance, tr("Memos"), self.left)
        self.card = ListCard(self.list, tr("No memo fits."), self.left)
        self.none_fits = self.card.none_fits
        self.page = ScrollPage(tr("The chosen memo"), self)
        self.message = InlineMessage(self.appearance, self.page)
        self.nothing = EmptyState(
            self.appearance,
            tr("No memos yet"),
            tr(
                "A memo is a thought about a code, a coding, a document, a person or the whole project, with its date. "
                "M writes one while coding; here you write about the project."
            ),
            tr("Write a memo"),
            self,
        )
        self.stack = QStackedWidget(self)
        self._build()
        self._connect()

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.left.column.addWidget(self.card, 1)
        self.page.setMinimumWidth(360)
        self.page.body.addWidget(self.message)
        self.beside = ListBeside(self, self.left, self.filter, self.list, self.page, share=36)
        self.stack.addWidget(self.beside)
        self.stack.addWidget(self.nothing)
        outer.addWidget(self.stack)

    def _connect(self) -> None:
        self.filter.settled.connect(lambda _: self._fill())
        self.list.row_chosen.connect(self._choose)
        self.list.row_opened.connect(lambda _: self.page.area.setFocus())
        self.list.left_upwards.connect(self.filter.setFocus)
        self.nothing.step_requested.connect(self.new_memo)
        keys: tuple[tuple[str, Callable[[], None]], ...] = (
            ("N", self.new_memo),
            ("E", self.edit),
            ("Del", self.trash),
        )
        add_shortcuts(self, keys)

    # --- what others ask of it ---------------------------------------------------------------------------------------

    def open_memo(self, memo: str) -> None:
        self._finish()
        self.filter.clear()
        self._chosen = memo
        self.list.choose_quietly(memo)
        self.stack.setCurrentIndex(0)
        self._read_chosen()

    def new_memo(self, kind: str = "", item: str = "") -> None:
        """Begins a memo about a thing; about the project where no kind is given."""
        self._finish()
        self.stack.setCurrentIndex(0)
        self.operations.submit(
            ReadOp(
                tr("Read what a memo is about"),
                lambda notebook: read_new(notebook, kind, item),
                self._begin_new,
                self.message.say_error,
                # Of its own: the list, which chooses its first row, may only now be read.
                key="interviews.memo.new",
            )
        )

    # --- the list ----------------------------------------------------------------------------------------------------

    def read(self) -> None:
        self.operations.read(
            tr("Read memos"),
            read_memos,
            self._show,
            key="interviews.memos",
        )
        if self._chosen and self.form is None:
            self._read_chosen()

    def _show(self, memos: Memos) -> None:
        self._memos, self._author = memos.listed, memos.author
        if not any(one.memo.id == self._chosen for one in self._memos):
            self._chosen = ""
        self.stack.setCurrentIndex(0 if self._memos or self.form is not None else 1)
        self._fill()

    def _fill(self) -> None:
        rows = memo_rows(self._memos, self.filter.text())
        self.list.set_rows(rows)
        self.card.tell(found=bool(rows))
        if self._chosen:
            self.list.choose_quietly(self._chosen)
        elif rows and self.form is None:
            self.list.choose(rows[0].id)
        elif self.form is None:
            self._put(None)

    def _choose(self, memo: str) -> None:
        if memo != self._chosen:
            self._finish()
            self._chosen = memo
            self._read_chosen()

    # --- the chosen memo ---------------------------------------------------------------------------------------------

    def _read_chosen(self) -> None:
        memo = self._chosen
        self.operations.submit(
            ReadOp(
                tr("Read a memo"),
                lambda notebook: read_memo(notebook, memo),
                self._show_memo,
                self.message.say_error,
                key="interviews.memo",
            )
        )

    def _show_memo(self, page: MemoPage) -> None:
        if self.form is not None or page.memo.id != self._chosen:
            return
        self.message.dismiss()
        view = MemoView(self.appearance, page, self._author, self.page.sheet)
        view.edit_requested.connect(self.edit)
        view.trash_requested.connect(self.trash)
        view.settle_requested.connect(lambda: self.open_place_requested.emit("conflict", page.memo.id, -1))
        view.thing_requested.connect(self._open_thing)
        view.words.blob_wanted.connect(self._read_blob)
        self._put(view)
        self.view = view

    def _read_blob(self, blob: str) -> None:
        view = self.view

        def give(data: bytes) -> None:
            if view is not None and view is self.view:
                view.words.provide_blob(blob, data)

        self.operations.read(tr("Read a picture"), lambda notebook: notebook.entries.attachment(blob), give)

    def _put(self, widget: QWidget | None) -> None:
        self.beside.put(widget)
        self.view = None
        if widget is not None:
            self.page.to_top()

    def _open_thing(self, about: About) -> None:
        match about.kind:
            case "code":
                self.open_code_requested.emit(about.id)
            case "coding":
                self.open_coding_requested.emit(about.id)
            case "document":
                self.open_document_requested.emit(about.id, -1)
            case "entry":
                self.open_entry_requested.emit(about.id)
            case "person" | "organisation":
                self.open_place_requested.emit(about.kind, about.id, -1)

    # --- writing in place --------------------------------------------------------------------------------------------

    def edit(self) -> None:
        if self.view is not None and self.form is None:
            page = self.view.page
            self._put_form(page.memo.id, page.memo.fields, page.memo.names, page.draft)

    def _begin_new(self, new: NewMemo) -> None:
        self._put_form("", MemoFields("", about=new.about), new.names, new.draft)

    def _put_form(self, memo: str, fields: MemoFields, names: tuple[str, ...], draft: dict[str, Any] | None) -> None:
        form = MemoForm(self.appearance, fields, names, draft, self.page.sheet)
        self._put(form)
        self.form, self._form_of, self._surface = form, memo, surface(memo, fields.about)
        form.saved.connect(self._save)
        form.left.connect(self._leave)
        form.typed.connect(self._keep)
        form.focus_first()

    def _save(self, fields: MemoFields) -> None:
        memo, name = self._form_of, self._surface

        def call(notebook: "Notebook") -> Changes[str]:
            if memo:
                return notebook.memos.edit(memo, fields, draft_of=name)
            return notebook.memos.add(fields, draft_of=name)

        self.operations.submit(ChangeOp(tr("Save memo"), call, self._saved, self._not_saved))

    def _saved(self, changes: Changes[str] | None) -> None:
        self._end_form()
        if changes is not None:
            self._chosen = changes.result
        # What was saved as it was is no change, and nothing would be announced.
        self.mark_stale()
        self.list.setFocus()

    def _not_saved(self, error: KnownError) -> None:
        if self.form is not None:
            self.form.show_error(error)

    def _leave(self) -> None:
        self._finish()
        self._put(None)
        self.mark_stale()
        self.list.setFocus()

    def _finish(self) -> None:
        """Leaves the form; what was typed is kept and is there when it is edited again."""
        if self.form is not None:
            self._keep(self.form.values())
            self._end_form()

    def _end_form(self) -> None:
        if self.form is not None:
            self.form.stop_keeping()
        self.form, self._form_of = None, ""

    def _keep(self, values: dict[str, Any]) -> None:
        name = self._surface

        def keep(notebook: "Notebook") -> None:
            if values:
                notebook.drafts.save(name, values)
            else:
                notebook.drafts.discard(name)

        self.operations.submit(ChangeOp(tr("Keep a draft"), keep))

    def trash(self) -> None:
        """Moves the chosen memo to the trash; undo brings it back."""
        memo = self._chosen
        if memo and self.form is None:
            self._chosen = ""
            self.operations.submit(
                ChangeOp(
                    tr("Move memo to trash"), lambda notebook: notebook.memos.trash(memo), None, self.message.say_error
                )
            )

    # --- focus -------------------------------------------------------------------------------------------------------

    def hideEvent(self, event: QHideEvent) -> None:
        if self.form is not None:
            self._keep(self.form.values())
            self.form.stop_keeping()
        super().hideEvent(event)

    def focus_first(self) -> None:
        if self.form is not None:
            self.form.focus_first()
        elif self.stack.currentIndex():
            self.nothing.button.setFocus()
        else:
            self.list.setFocus()

    def tour_steps(self) -> list[TourStep]:
        return [("edit", self.edit), ("read", self._leave)]
