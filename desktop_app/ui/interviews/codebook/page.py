"""The codebook page: the tree at the left, the chosen code at the right, read, edited, moved, merged or split."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop_app.model.changes import Changes
from desktop_app.model.coding import Code, CodeFields
from desktop_app.model.errors import KnownError
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.interviews.codebook.code_line import CodeLine
from desktop_app.ui.interviews.codebook.code_list import CodeList, found_rows, tree_rows
from desktop_app.ui.interviews.codebook.code_view import CodeView
from desktop_app.ui.interviews.codebook.files import CodebookFiles
from desktop_app.ui.interviews.codebook.finding import find_codes
from desktop_app.ui.interviews.codebook.form import CodeForm
from desktop_app.ui.interviews.codebook.menus import pop_up
from desktop_app.ui.interviews.codebook.reads import MOST_SPLIT, CodePage, own_quotes, read_code, read_codes
from desktop_app.ui.interviews.codebook.splitting import SplitView
from desktop_app.ui.interviews.codebook.walking import place_after
from desktop_app.ui.interviews.page import Page
from desktop_app.ui.ops import ChangeOp, ReadOp
from desktop_app.ui.widgets import (
    Card,
    EmptyState,
    InlineMessage,
    KeyHint,
    ListBeside,
    ListPane,
    ScreenContext,
    ScrollPage,
    TourStep,
)

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook


class CodebookPage(Page):
    """Letters are verbs while the tree has the focus; Ctrl with the arrows moves the chosen code."""

    page_id = "codebook"
    title = "Codebook"
    kinds = ("code", "coding", "memo", "notebook")

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._codes: tuple[Code, ...] = ()
        self._closed: frozenset[str] = frozenset()
        self._chosen = ""
        self._editing = ""
        self.view: CodeView | None = None
        self.form: CodeForm | None = None
        self.line: CodeLine | None = None
        self.split: SplitView | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.message = InlineMessage(self.appearance, self)
        column.addWidget(self.message)
        self.files = CodebookFiles(self.operations, self.message, self)
        self.stack = QStackedWidget(self)
        column.addWidget(self.stack, 1)
        self.nothing = EmptyState(
            self.appearance,
            tr("No codes yet"),
            tr("Codes come as you code: select words in a text and name what they say. Or write the codebook first."),
            tr("Make a code"),
            self,
            perspective="cunning",
        )
        self.beside = self._build_frame()
        self.stack.addWidget(self.beside)
        self.stack.addWidget(self.nothing)
        self._connect()

    # --- parts -------------------------------------------------------------------------------------------------------

    def _build_frame(self) -> ListBeside:
        verbs = (
            ("plus", tr("New code"), "N", self.add_code),
            ("import", tr("Import a codebook (QDC, CSV)"), "", self.import_codebook),
            ("copy", tr("Export the codebook (QDC, CSV)"), "", self.export_codebook),
        )
        left = ListPane(self.appearance, tr("Name of a code"), verbs, self, narrowest=270)
        self.filter = left.filter
        card = Card(left, margin=8, spacing=0)
        self.list = CodeList(self.appearance, tr("Codebook"), card, moves=True)
        card.body.addWidget(self.list)
        left.column.addWidget(card, 1)
        hint = KeyHint(tr("Ctrl+arrows move · N new · E edit · G merge · S split · Del trash"), left)
        hint.setWordWrap(True)
        left.column.addWidget(hint)
        self.page = ScrollPage(tr("The chosen code"), self)
        return ListBeside(self, left, self.filter, self.list, self.page, share=36)

    def _connect(self) -> None:
        self.nothing.step_requested.connect(self.add_code)
        self.filter.textChanged.connect(lambda _: self._fill())
        self.list.code_chosen.connect(self._choose)
        self.list.code_opened.connect(lambda _: self.edit())
        self.list.fold_wanted.connect(self._fold)
        self.list.dropped.connect(self._dropped)
        self.list.menu_wanted.connect(self._show_menu)

    # --- page --------------------------------------------------------------------------------------------------------

    def read(self) -> None:
        blind = self.blind
        self.operations.read(
            tr("Read codebook"), lambda notebook: read_codes(notebook, blind=blind), self._show_codes, key="codebook"
        )
        if self._chosen:
            self._read_page(self._chosen)

    def focus_first(self) -> None:
        if self.form is not None:
            self.form.focus_first()
        elif self.split is not None:
            self.split.focus_first()
        elif self.stack.currentIndex():
            self.nothing.button.setFocus()
        else:
            self.list.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        arrows = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)
        verbs = {
            Qt.Key.Key_N: "new",
            Qt.Key.Key_E: "edit",
            Qt.Key.Key_M: "memo",
            Qt.Key.Key_Q: "quotes",
            Qt.Key.Key_G: "merge",
            Qt.Key.Key_S: "split",
            Qt.Key.Key_Delete: "trash",
        }
        key = Qt.Key(event.key())
        if control and key in arrows and self.list.hasFocus():
            self._move_by_key(key)
        elif not event.modifiers() and key in verbs and self._at_rest:
            self._do(verbs[key])
        else:
            super().keyPressEvent(event)

    @property
    def _at_rest(self) -> bool:
        return self.form is None and self.split is None and self.line is None

    def tour_steps(self) -> list[TourStep]:
        return [("edit", self.edit), ("read", self._leave)]

    # --- the tree ----------------------------------------------------------------------------------------------------

    def _show_codes(self, codes: tuple[Code, ...]) -> None:
        self._codes = codes
        self.stack.setCurrentIndex(0 if codes or self.form is not None else 1)
        self._fill()

    def _fill(self) -> None:
        typed = self.filter.text().strip()
        found = find_codes(self._codes, typed)
        self.list.set_rows(found_rows(found) if typed else tree_rows(self._codes, closed=self._closed))
        if self._chosen and self.list.choose_quietly(self._chosen):
            return
        known = any(code.id == self._chosen for code in self._codes)
        if self._at_rest and not known:
            self._chosen = ""
            self._put(None)
            self.list.step(1)

    def _fold(self, code: str, is_open: bool) -> None:
        self._closed = self._closed - {code} if is_open else self._closed | {code}
        self._fill()

    def _choose(self, code: str) -> None:
        if code != self._chosen and self._may_leave():
            self._chosen = code
            self._read_page(code)

    def open_code(self, code: str) -> None:
        """Shows a code."""
        if not self._may_leave():
            return
        self.filter.clear()
        self._closed = frozenset()
        self._chosen = code
        self._fill()
        self.list.choose_quietly(code)
        self._read_page(code)

    def _read_page(self, code: str) -> None:
        blind = self.blind
        self.operations.submit(
            ReadOp(
                tr("Read code"),
                lambda notebook: read_code(notebook, code, blind=blind),
                self._show_page,
                self.message.say_error,
                key="codebook.page",
            )
        )

    def _show_page(self, page: CodePage) -> None:
        if page.code.id != self._chosen or not self._at_rest:
            return
        same = self.view is not None and self.view.page.code.id == page.code.id
        at = self.page.area.verticalScrollBar().value()
        view = CodeView(self.appearance, page, self.page.sheet)
        view.verb_wanted.connect(self._do)
        view.coding_opened.connect(self.open_coding_requested)
        view.memo_opened.connect(self.open_memo_requested)
        view.settle_requested.connect(lambda: self.open_place_requested.emit("conflict", page.code.id, -1))
        self._put(view)
        self.view = view
        self.page.area.verticalScrollBar().setValue(at if same else 0)

    def _put(self, widget: QWidget | None) -> None:
        self.beside.put(widget)
        self.view = self.form = self.line = self.split = None
        if widget is not None:
            # At once: keys that come before the layout is done are the new widget's.
            widget.show()

    def _show_menu(self, _code: str, at: QPoint) -> None:
        def do(verb: str) -> Callable[[], None]:
            return lambda: self._do(verb)

        rows = (
            (tr("Edit"), "E", do("edit")),
            (tr("New code below"), "", do("below")),
            (tr("Move to…"), tr("Ctrl+arrows"), do("move")),
            (tr("Merge into…"), "G", do("merge")),
            (tr("Split…"), "S", do("split")),
            None,
            (tr("Quotes"), "Q", do("quotes")),
            (tr("Memo…"), "M", do("memo")),
            (tr("Move to the trash"), tr("Del"), do("trash")),
        )
        pop_up(self, at, rows)

    # --- verbs -------------------------------------------------------------------------------------------------------

    def _do(self, verb: str) -> None:
        verbs: dict[str, Callable[[], None]] = {
            "new": self.add_code,
            "below": self.add_below,
            "edit": self.edit,
            "memo": self.write_memo,
            "quotes": self.show_quotes,
            "move": self.ask_place,
            "merge": self.ask_merge,
            "split": self.begin_split,
            "trash": self.trash,
        }
        if verb == "new" or self._chosen:
            verbs[verb]()

    def write_memo(self) -> None:
        if self._chosen:
            self.new_memo_requested.emit("code", self._chosen)

    def show_quotes(self) -> None:
        if self._chosen:
            self.quotes_requested.emit(self._chosen)

    def _code(self) -> Code | None:
        return next((code for code in self._codes if code.id == self._chosen), None)

    def add_code(self) -> None:
        self._begin_form("", CodeFields(""))

    def import_codebook(self) -> None:
        self.files.choose_import()

    def export_codebook(self) -> None:
        self.files.choose_export()

    def add_below(self) -> None:
        self._begin_form("", CodeFields("", parent=self._chosen or None))

    def edit(self) -> None:
        code = self._code()
        if code is not None:
            self._begin_form(code.id, code.fields)

    def _begin_form(self, item: str, fields: CodeFields) -> None:
        if not self._may_leave():
            return
        self.stack.setCurrentIndex(0)
        below = self._below(item)
        self._editing = item
        form = CodeForm(
            self.appearance, fields, [code for code in self._codes if code.id not in below], self.page.sheet
        )
        form.saved.connect(self._save)
        form.left.connect(self._leave)
        self._put(form)
        self.form = form
        self.page.to_top()
        form.focus_first()

    def _below(self, item: str) -> set[str]:
        """A code and all that stand under it."""
        path = next((code.path for code in self._codes if code.id == item), None)
        return {code.id for code in self._codes if path and code.path[: len(path)] == path}

    def _save(self, fields: CodeFields) -> None:
        item, form = self._editing, self.form
        if form is None:
            return

        def call(notebook: "Notebook") -> Changes[str]:
            return notebook.codes.edit(item, fields) if item else notebook.codes.add(fields)

        self.operations.submit(ChangeOp(tr("Save code"), call, self._saved, form.show_error))

    def _saved(self, changes: Changes[str] | None) -> None:
        if changes is not None:
            self._chosen = changes.result
        self._leave()

    def _leave(self) -> None:
        self._put(None)
        self.read()
        self.list.setFocus()

    def _may_leave(self) -> bool:
        """A form with something typed in it stays until it is saved or left by Escape."""
        if self.form is not None and self.form.is_modified():
            self.form.message.say(tr("Save this first, or leave it with Esc."), "warning")
            self.list.choose_quietly(self._chosen)
            self.form.focus_first()
            return False
        if self.split is not None and self.split.begun:
            self.split.message.say(tr("Split this first, or leave it with Esc."), "warning")
            self.list.choose_quietly(self._chosen)
            return False
        if not self._at_rest:
            self._put(None)
        return True

    # --- moving and merging ------------------------------------------------------------------------------------------

    def _move_by_key(self, key: Qt.Key) -> None:
        code = self._code()
        steps = {
            Qt.Key.Key_Left: "out",
            Qt.Key.Key_Right: "in",
            Qt.Key.Key_Up: "up",
            Qt.Key.Key_Down: "down",
        }
        found = place_after(self._codes, code, steps[key]) if code is not None else None
        if code is not None and found is not None:
            self._move(code.id, found[0])

    def _move(self, code: str, parent: str | None) -> None:
        self._change(tr("Move code"), lambda notebook: notebook.codes.move(code, parent))

    def _dropped(self, code: str, onto: str) -> None:
        if onto not in self._below(code):
            self._chosen = code
            self._move(code, onto or None)

    def ask_place(self) -> None:
        """Asks in a line where the code is to stand."""
        below = self._below(self._chosen)
        codes = [code for code in self._codes if code.id not in below]
        self._ask(tr("Move under"), codes, self._move_to, empty=tr("at the top"))

    def _move_to(self, code: Code | None) -> None:
        self._end_line()
        self._move(self._chosen, code.id if code else None)

    def ask_merge(self) -> None:
        """Asks in a line which code takes over the codings."""
        self._ask(tr("Merge into"), [code for code in self._codes if code.id != self._chosen], self._merge_into)

    def _merge_into(self, code: Code) -> None:
        gone, into = self._chosen, code.id
        self._end_line()

        def merged(changes: Changes[int] | None) -> None:
            if changes is not None:
                self._chosen = into
                moved = count_text(changes.result, "{number} coding", "{number} codings")
                self.message.say(tr("Merged into “{code}”: {moved}. Ctrl+Z undoes it.", code=code.label, moved=moved))

        self.operations.submit(
            ChangeOp(
                tr("Merge codes"),
                lambda notebook: notebook.codes.merge([gone], into),
                merged,
                self.message.say_error,
            )
        )

    def _ask(self, question: str, codes: Sequence[Code], answered: Callable[[Any], None], *, empty: str = "") -> None:
        if self.view is None:
            return
        self._end_line()
        self.line = CodeLine(self.appearance, question, codes, self.view, empty=empty)
        self.line.answered.connect(answered)
        self.line.left.connect(self._leave_line)
        self.view.place.addWidget(self.line)
        self.line.field.setFocus()

    def _leave_line(self) -> None:
        self._end_line()
        self.list.setFocus()

    def _end_line(self) -> None:
        if self.line is not None:
            self.line.hide()
            self.line.deleteLater()
            self.line = None
            self.list.setFocus()

    def trash(self) -> None:
        item = self._chosen
        if item and self._at_rest:
            self._change(tr("Move code to trash"), lambda notebook: notebook.codes.trash(item))

    # --- splitting ---------------------------------------------------------------------------------------------------

    def begin_split(self) -> None:
        """Reads the quotes of the code, to be given to new codes."""
        item, blind = self._chosen, self.blind
        self.operations.read(
            tr("Read quotes"),
            lambda notebook: (item, own_quotes(notebook, item, MOST_SPLIT, blind=blind)),
            self._show_split,
            key="codebook.split",
        )

    def _show_split(self, answer: tuple[str, list[Any]]) -> None:
        item, quotes = answer
        code = self._code()
        if code is None or code.id != item or not quotes or not self._may_leave():
            return
        split = SplitView(self.appearance, code.fields.name, quotes, self.page.sheet)
        split.split_wanted.connect(self._split)
        split.left.connect(self._leave)
        self._put(split)
        self.split = split
        split.focus_first()

    def _split(self, names: list[str], choice: dict[str, str]) -> None:
        item, split = self._chosen, self.split
        if split is not None:
            self.operations.submit(
                ChangeOp(
                    tr("Split code"),
                    lambda notebook: notebook.codes.split(item, names, choice),
                    lambda _: self._leave(),
                    split.show_error,
                )
            )

    def _change(self, label: str, call: "Callable[[Notebook], Changes[Any]]") -> None:
        def refuse(error: KnownError) -> None:
            self.message.say_error(error)
            self.read()

        self.operations.submit(ChangeOp(label, call, on_error=refuse))
