"""The page of attributes: documents and people in rows, what is known of them in columns."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.model.attributes import Subject, Variable, VariableFields
from desktop_app.model.changes import Changes
from desktop_app.model.errors import KnownError
from desktop_app.text.tokens import fold
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.interviews.attributes.grid import AttributeGrid
from desktop_app.ui.interviews.attributes.import_view import ImportView
from desktop_app.ui.interviews.attributes.reads import Cases, read_cases
from desktop_app.ui.interviews.attributes.variable_form import VariableForm
from desktop_app.ui.interviews.page import Page
from desktop_app.ui.ops import ChangeOp, ReadOp
from desktop_app.ui.theme import SPACE_M
from desktop_app.ui.widgets import (
    Card,
    EmptyState,
    InlineMessage,
    KeyHint,
    LinkButton,
    ScreenContext,
    SearchField,
    TourStep,
    add_buttons,
    add_shortcuts,
    focus_next,
    tab_bar,
)
from desktop_app.ui.widgets.saving import saver_of

if TYPE_CHECKING:
    from desktop_app.services.attributes import AttributeReport
    from desktop_app.services.notebooks import Notebook

SUBJECTS = (Subject.DOCUMENT, Subject.PERSON)


class AttributesPage(Page):
    """What documents and people carry: role, city, years in the trade."""

    page_id = "attributes"
    title = "Attributes"
    kinds = ("document", "person", "variable")

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._cases: Cases | None = None
        self._go_to = ""
        self.tabs = tab_bar(tr("Documents or people"), (tr("Documents"), tr("People")), self)
        self.filter = SearchField(self.appearance, tr("Name"), self)
        self.add_button = LinkButton(tr("Add an attribute"), self)
        self.edit_button = LinkButton(tr("Edit this attribute"), self)
        self.import_button = LinkButton(tr("Import…"), self)
        self.save_button = LinkButton(tr("Save as…"), self)
        self.form = VariableForm(self.appearance, self)
        self.importing = ImportView(self)
        self.message = InlineMessage(self.appearance, self)
        self.grid = AttributeGrid(self.appearance, tr("Attributes"), self)
        self.nothing = EmptyState(self.appearance, "", "", "", self)
        self.stack = QStackedWidget(self)
        self.saver = saver_of(self, self.message)
        self._build()
        self._connect()

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(SPACE_M)
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        row.addWidget(self.tabs)
        self.filter.setMinimumWidth(120)
        self.filter.setMaximumWidth(220)
        row.addWidget(self.filter, 1)
        row.addStretch(1)
        buttons = (
            (self.edit_button, "Ctrl+E"),
            (self.add_button, "Ctrl+Shift+A"),
            (self.import_button, ""),
            (self.save_button, "Ctrl+S"),
        )
        add_buttons(row, buttons)
        outer.addLayout(row)
        for widget in (self.form, self.importing, self.message):
            outer.addWidget(widget)
        sheet = QWidget(self)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 0)
        card = Card(sheet, margin=6, spacing=0)
        card.body.addWidget(self.grid)
        column.addWidget(card, 1)
        hint = tr("Typing or F2 edits · Enter down · Tab right · Del clears · Ctrl+C, Ctrl+V blocks · F6 next pane")
        column.addWidget(KeyHint(hint, sheet, wrap=True))
        self.stack.addWidget(sheet)
        self.stack.addWidget(self.nothing)
        outer.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(lambda _: self._switch())
        self.filter.settled.connect(lambda _: self._fill())
        self.filter.returnPressed.connect(self.grid.setFocus)
        self.add_button.clicked.connect(self.add)
        self.edit_button.clicked.connect(self.edit)
        self.import_button.clicked.connect(self.choose_file)
        self.save_button.clicked.connect(self.save)
        self.form.saved.connect(self._save_variable)
        self.form.trashed.connect(self._trash_variable)
        self.form.left.connect(self._leave_form)
        self.importing.key_chosen.connect(lambda key: self.look_at(self.importing.path, key))
        self.importing.confirmed.connect(self._import)
        self.importing.left.connect(self._leave_import)
        self.grid.typed.connect(self._set_one)
        self.grid.given.connect(self._set_many)
        self.grid.refused.connect(lambda sentence: self.message.say(sentence, "warning"))
        self.nothing.step_requested.connect(self._step)
        keys: tuple[tuple[str, Callable[[], None]], ...] = (
            ("Ctrl+Shift+A", self.add),
            ("Ctrl+E", self.edit),
            ("Ctrl+S", self.save),
            ("F6", self._next_pane),
        )
        add_shortcuts(self, keys)

    @property
    def subject(self) -> str:
        """Whose attributes are in front."""
        return SUBJECTS[self.tabs.currentIndex()]

    # --- reading -----------------------------------------------------------------------------------------------------

    def read(self) -> None:
        subject = self.subject
        self.operations.submit(
            ReadOp(
                tr("Read attributes"),
                lambda notebook: read_cases(notebook, subject),
                self._show,
                self.message.say_error,
                key="interviews.attributes",
            )
        )

    def _show(self, cases: Cases) -> None:
        self._cases = cases
        self._fill()

    def _fill(self) -> None:
        cases = self._cases
        if cases is None or cases.subject != self.subject:
            return
        wanted = fold(self.filter.text()).split()
        items = [item for item in cases.items if all(word in fold(item[1]) for word in wanted)]
        self.grid.set_cases(items, cases)
        if self._go_to:
            self.grid.go_to_variable(self._go_to)
            self._go_to = ""
        self.edit_button.setEnabled(bool(cases.variables))
        self.save_button.setEnabled(bool(cases.items))
        self._tell_empty(cases)

    def _tell_empty(self, cases: Cases) -> None:
        people = cases.subject == Subject.PERSON
        if not cases.items:
            heading = tr("Nobody here yet") if people else tr("No documents yet")
            step = "" if people else tr("Take in documents")
            words = tr("People come in as speakers are matched, or on the page of people.")
            self.nothing.set_texts(heading, words if people else tr("Take in interviews first."), step)
        elif not cases.variables:
            self.nothing.set_texts(
                tr("No attributes yet"),
                tr("Role, city, years in the trade: what you know of each, to compare them by. Or import a table."),
                tr("Add an attribute"),
            )
        self.stack.setCurrentIndex(0 if cases.items and cases.variables else 1)

    def _step(self) -> None:
        if self._cases is not None and self._cases.items:
            self.add()
        else:
            self.page_requested.emit("documents")

    def _switch(self) -> None:
        self._leave_form()
        self._leave_import()
        self.message.dismiss()
        self.read()

    # --- values ------------------------------------------------------------------------------------------------------

    def _set_one(self, item: str, variable: str, text: str) -> None:
        subject = self.subject
        self.message.dismiss()
        self._change(tr("Set a value"), lambda notebook: notebook.attributes.set(subject, [item], variable, text))

    def _set_many(self, cells: list[tuple[str, str, str]], words: str) -> None:
        subject = self.subject
        self.message.dismiss()
        self._change(words, lambda notebook: notebook.attributes.set_cells(subject, cells, label=words))

    def _change(self, label: str, call: "Callable[[Notebook], Changes[int]]") -> None:
        self.operations.submit(ChangeOp(label, call, None, self._not_changed))

    def _not_changed(self, error: KnownError) -> None:
        self.message.say_error(error)
        self.read()

    # --- variables ---------------------------------------------------------------------------------------------------

    def add(self) -> None:
        """Begins a new attribute of documents or people, whichever is in front."""
        self._leave_import()
        self.form.begin(self.subject, None)

    def edit(self) -> None:
        """Changes the attribute of the column that is current."""
        variable = self._current_variable()
        if variable is not None:
            self._leave_import()
            self.form.begin(self.subject, variable)

    def _current_variable(self) -> Variable | None:
        wanted = self.grid.current_variable()
        variables = self._cases.variables if self._cases else ()
        return next((one for one in variables if one.id == wanted), None)

    def _save_variable(self, fields: VariableFields) -> None:
        variable = self.form.variable

        def call(notebook: "Notebook") -> Changes[str]:
            return notebook.attributes.edit(variable.id, fields) if variable else notebook.attributes.add(fields)

        self.operations.submit(ChangeOp(tr("Save attribute"), call, self._saved_variable, self.form.show_error))

    def _saved_variable(self, changes: Changes[str] | None) -> None:
        self._go_to = changes.result if changes else ""
        self._leave_form()

    def _trash_variable(self) -> None:
        variable = self.form.variable
        if variable is not None:
            self._leave_form()
            self.operations.submit(
                ChangeOp(
                    tr("Move attribute to trash"),
                    lambda notebook: notebook.attributes.trash(variable.id),
                    None,
                    self.message.say_error,
                )
            )

    def _leave_form(self) -> None:
        if self.form.isVisible():
            self.form.hide()
            self.focus_first()

    # --- files -------------------------------------------------------------------------------------------------------

    def choose_file(self) -> None:
        dialog = QFileDialog(self, tr("Import attributes"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("Tables") + " (*.csv *.tsv *.xlsx)"])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.look_at(Path(name)))
        dialog.open()

    def look_at(self, path: Path, key: str = "") -> None:
        """Shows what importing a table would do; nothing is changed yet."""
        self._leave_form()
        subject = self.subject
        self.operations.submit(
            ReadOp(
                tr("Read {name}", name=path.name),
                lambda notebook: (path, notebook.attributes.read_file(path, subject, key)),
                self._show_report,
                self.message.say_error,
                key="interviews.attributes.file",
            )
        )

    def _show_report(self, found: "tuple[Path, AttributeReport]") -> None:
        self.message.dismiss()
        self.importing.show_report(*found)

    def _import(self) -> None:
        subject, path, key = self.subject, self.importing.path, self.importing.key.currentText()
        self.operations.submit(
            ChangeOp(
                tr("Import attributes"),
                lambda notebook: notebook.attributes.import_file(path, subject, key),
                self._imported,
                self.message.say_error,
            )
        )

    def _imported(self, changes: "Changes[AttributeReport] | None") -> None:
        self._leave_import()
        if changes is not None:
            report = changes.result
            values = count_text(report.values, "{number} value set.", "{number} values set.")
            self.message.say(values, details="\n".join(report.notices))
        self.read()

    def _leave_import(self) -> None:
        if self.importing.isVisible():
            self.importing.hide()
            self.focus_first()

    def save(self) -> None:
        """Saves all values of documents or people as CSV or Excel."""
        if self._cases is not None and self._cases.items:
            self.saver.ask(tr("Attributes"), (("CSV", ".csv"), ("Excel", ".xlsx")), self.file_maker())

    def file_maker(self) -> "Callable[[Notebook, str], bytes]":
        subject = self.subject
        return lambda notebook, suffix: notebook.attributes.export(subject, suffix.removeprefix("."))

    # --- focus -------------------------------------------------------------------------------------------------------

    def _next_pane(self) -> None:
        focus_next((self.tabs, self.filter, self.grid))

    def focus_first(self) -> None:
        if self.stack.currentIndex():
            self.nothing.button.setFocus()
        else:
            self.grid.setFocus()

    def tour_steps(self) -> list[TourStep]:
        return [("edit", self.edit)]
