"""The documents page: the list, beside it the chosen document; files come in by choosing, dropping or pasting."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.model.changes import Changes
from desktop_app.model.documents import Document
from desktop_app.model.errors import Interrupted, KnownError
from desktop_app.ui.i18n import tr
from desktop_app.ui.interviews.documents.document_view import DocumentView
from desktop_app.ui.interviews.documents.import_view import ImportView
from desktop_app.ui.interviews.documents.importing import Importer, Looked
from desktop_app.ui.interviews.documents.listing import document_rows
from desktop_app.ui.interviews.documents.pasting import PasteForm
from desktop_app.ui.interviews.documents.reads import DocumentPage, read_document, read_documents, save_document
from desktop_app.ui.interviews.documents.report import ImportReport
from desktop_app.ui.interviews.page import Page
from desktop_app.ui.ops import ChangeOp, ReadOp
from desktop_app.ui.widgets import (
    EmptyState,
    InlineMessage,
    LinkButton,
    ListBeside,
    ListCard,
    ListPane,
    ProgressStrip,
    RowList,
    ScreenContext,
    ScrollPage,
    TourStep,
)
from desktop_app.ui.widgets.capture_box.files import files_in

if TYPE_CHECKING:
    from desktop_app.services.documents import Intake
    from desktop_app.services.notebooks import Notebook


class DocumentsPage(Page):
    """What can be coded. Enter opens a document for coding."""

    page_id = "documents"
    title = "Documents"
    kinds = ("document", "coding", "person", "memo", "notebook")

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._documents: tuple[Document, ...] = ()
        self._chosen = ""
        self.view: DocumentView | None = None
        self.report: ImportReport | None = None
        self.importer = Importer(self.operations, self)
        self.setAcceptDrops(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.strip = ProgressStrip(self)
        self.message = InlineMessage(self.appearance, self)
        self.stack = QStackedWidget(self)
        column.addWidget(self.message)
        column.addWidget(self.strip)
        column.addWidget(self.stack, 1)
        self.nothing = self._build_nothing()
        self.importing = ImportView(self.appearance, self)
        self.pasting = PasteForm(self.appearance, self)
        self._home = self._build_home()
        for widget in (self._home, self.nothing, self.importing, self.pasting):
            self.stack.addWidget(widget)
        self._connect()

    # --- parts -------------------------------------------------------------------------------------------------------

    def _build_nothing(self) -> QWidget:
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        self.empty = EmptyState(
            self.appearance,
            tr("No interviews yet"),
            tr(
                "Transcripts and texts come in as files of any kind: Word, PDF, captions of Zoom and Teams, Otter, f4,"
                " a column of survey answers. Choose some, or drop files and folders here."
            ),
            tr("Choose files…"),
            holder,
        )
        column.addWidget(self.empty, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        folder = LinkButton(tr("Choose a folder…"), holder)
        folder.clicked.connect(self.importer.choose_folder)
        paste = LinkButton(tr("Paste a text"), holder)
        paste.clicked.connect(lambda _=False: self.add_text())
        row.addWidget(folder)
        row.addSpacing(16)
        row.addWidget(paste)
        row.addStretch(1)
        self.empty.add_row(row)
        return holder

    def _build_home(self) -> ListBeside:
        verbs = (
            ("import", tr("Import files"), "I", self.import_documents),
            ("open", tr("Import a folder"), "", self.importer.choose_folder),
            ("plus", tr("Paste a text"), "N", self.add_text),
        )
        left = ListPane(self.appearance, tr("Title or speaker"), verbs, self, narrowest=280)
        self.filter = left.filter
        self.list = RowList(self.appearance, tr("Documents"), left)
        self.card = ListCard(self.list, tr("No document fits."), left)
        self.none_fits = self.card.none_fits
        left.column.addWidget(self.card, 1)
        self.page = ScrollPage(tr("The chosen document"), self)
        return ListBeside(self, left, self.filter, self.list, self.page, share=40)

    def _connect(self) -> None:
        self.empty.step_requested.connect(self.importer.choose_files)
        self.filter.settled.connect(lambda _: self._fill())
        self.list.row_chosen.connect(self._choose)
        self.list.row_opened.connect(lambda item: self.open_document_requested.emit(item, -1))
        self.list.doubleClicked.connect(lambda _: self.open_document_requested.emit(self.list.current_id(), -1))
        self.list.left_upwards.connect(self.filter.setFocus)
        importer, importing = self.importer, self.importing
        importer.began.connect(self._begin)
        importer.progressed.connect(self.strip.progress)
        importer.ended.connect(self.strip.finish)
        importer.looked.connect(self._show_looked)
        importer.looked_again.connect(importing.show_again)
        importer.imported.connect(self._show_report)
        importer.failed.connect(self._import_failed)
        self.strip.stop_requested.connect(importer.stop)
        importing.import_wanted.connect(importer.take)
        importing.look_wanted.connect(importer.look_again)
        importing.look_all_wanted.connect(importer.look_all_again)
        importing.left.connect(self._go_home)
        self.pasting.saved.connect(self._add)
        self.pasting.left.connect(self._go_home)

    # --- page --------------------------------------------------------------------------------------------------------

    def read(self) -> None:
        blind = self.blind
        self.operations.read(
            tr("Read documents"),
            lambda notebook: read_documents(notebook, blind=blind),
            self._show_documents,
            key="documents",
        )
        if self._chosen:
            self._read_page(self._chosen)

    def focus_first(self) -> None:
        shown = self.stack.currentWidget()
        if shown is self.nothing:
            self.empty.button.setFocus()
        elif shown is self.importing:
            self.importing.list.setFocus()
        elif shown is self.pasting:
            self.pasting.begin()
        else:
            self.list.setFocus()

    def do(self, verb: str) -> None:
        """Does a verb; those about the chosen document only while it is seen."""
        if self._at_rest or verb in ("import_documents", "add_text"):
            super().do(verb)

    @property
    def _at_rest(self) -> bool:
        return self.stack.currentWidget() is self._home

    def keyPressEvent(self, event: QKeyEvent) -> None:
        verbs: dict[int, Callable[[], None]] = {
            Qt.Key.Key_E: self.edit,
            Qt.Key.Key_Delete: self.trash,
            Qt.Key.Key_I: self.import_documents,
            Qt.Key.Key_N: self.add_text,
            Qt.Key.Key_M: self.write_memo,
        }
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste()
        elif not event.modifiers() and event.key() in verbs and self._offers(event.key()):
            verbs[event.key()]()
        elif event.key() == Qt.Key.Key_Escape and self.report is not None:
            self._go_home()
        else:
            super().keyPressEvent(event)

    def _offers(self, key: int) -> bool:
        """Where there are no documents yet, only the ways to bring some in."""
        nothing = self.stack.currentWidget() is self.nothing
        return self._at_rest or (nothing and key in (Qt.Key.Key_I, Qt.Key.Key_N))

    # --- the list ----------------------------------------------------------------------------------------------------

    def _show_documents(self, documents: tuple[Document, ...]) -> None:
        self._documents = documents
        if self.stack.currentWidget() in (self._home, self.nothing):
            self.stack.setCurrentWidget(self._home if documents else self.nothing)
        self._fill()

    def _fill(self) -> None:
        rows = document_rows(self._documents, self.filter.text())
        self.list.set_rows(rows)
        self.card.tell(found=bool(rows))
        if self._chosen and self.list.choose_quietly(self._chosen):
            return
        if rows and (not self._chosen or all(one.id != self._chosen for one in self._documents)):
            self.list.choose_first()
        elif not self._documents:
            self._chosen = ""
            self._put(None)

    def _choose(self, item: str) -> None:
        if item == self._chosen:
            return
        if self.view is not None and not self.view.may_leave():
            self.list.choose_quietly(self._chosen)
            return
        self._chosen = item
        self._read_page(item)

    def _read_page(self, item: str) -> None:
        blind = self.blind
        self.operations.submit(
            ReadOp(
                tr("Read document"),
                lambda notebook: read_document(notebook, item, blind=blind),
                self._show_page,
                self.message.say_error,
                key="documents.page",
            )
        )

    def _show_page(self, page: DocumentPage) -> None:
        shown = self.view
        if page.document.id != self._chosen:
            return
        if shown is not None and shown.form is not None and shown.page.document.id == page.document.id:
            return
        if page.document.trashed:
            self._chosen = ""
            self._fill()
            return
        same = self.view is not None and self.view.page.document.id == page.document.id
        at = self.page.area.verticalScrollBar().value()
        view = DocumentView(self.appearance, page, self.page.sheet)
        item = page.document.id
        view.open_wanted.connect(lambda: self.open_document_requested.emit(item, -1))
        view.trash_wanted.connect(self.trash)
        view.memo_wanted.connect(self.write_memo)
        view.memo_opened.connect(self.open_memo_requested)
        view.settle_requested.connect(lambda: self.open_place_requested.emit("conflict", item, -1))
        view.edited.connect(self._save)
        view.speakers.matched.connect(self._match)
        view.speakers.renamed.connect(self._rename_speaker)
        self._put(view)
        self.page.area.verticalScrollBar().setValue(at if same else 0)

    def _put(self, view: DocumentView | None) -> None:
        self._home.put(view)
        self.view = view

    # --- what is done with a document --------------------------------------------------------------------------------

    def open_document(self, document: str) -> None:
        """Chooses a document in the list."""
        self.filter.clear()
        self._chosen = document
        self._go_home()
        self.list.choose_quietly(document)
        self._read_page(document)

    def edit(self) -> None:
        if self.view is not None:
            self.view.begin_edit()

    def trash(self) -> None:
        item = self._chosen
        if item and (self.view is None or self.view.form is None):
            self._change(tr("Move document to trash"), lambda notebook: notebook.documents.trash(item))

    def write_memo(self) -> None:
        if self._chosen:
            self.new_memo_requested.emit("document", self._chosen)

    def _save(self, values: dict[str, Any]) -> None:
        view, item = self.view, self._chosen
        if view is None:
            return
        self.operations.submit(
            ChangeOp(
                tr("Edit document"),
                lambda notebook: save_document(notebook, item, values),
                lambda _: self._saved(),
                view.show_error,
            )
        )

    def _saved(self) -> None:
        if self.view is not None:
            self.view.end_edit()

    def _match(self, speaker: str, person: str) -> None:
        item = self._chosen
        self._change(tr("Match speaker"), lambda notebook: notebook.documents.match_speaker(item, speaker, person))

    def _rename_speaker(self, speaker: str, name: str) -> None:
        item = self._chosen
        self._change(tr("Rename speaker"), lambda notebook: notebook.documents.rename_speaker(item, speaker, name))

    def _change(self, label: str, call: "Callable[[Notebook], Changes[str]]") -> None:
        self.operations.submit(ChangeOp(label, call, on_error=self.message.say_error))

    # --- coming in ---------------------------------------------------------------------------------------------------

    def import_documents(self) -> None:
        self.importer.choose_files()

    def add_text(self, text: str = "") -> None:
        """Begins a document of pasted or typed words."""
        self.stack.setCurrentWidget(self.pasting)
        self.pasting.begin(text)

    def _add(self, title: str, text: str) -> None:
        self.operations.submit(
            ChangeOp(
                tr("Add document"),
                lambda notebook: notebook.documents.add(title, text),
                self._added,
                self.pasting.show_error,
            )
        )

    def _added(self, changes: Changes[str] | None) -> None:
        self.pasting.clear()
        if changes is not None:
            self.open_document(changes.result)

    def _begin(self, title: str) -> None:
        self.message.dismiss()
        self.strip.begin(title)

    def _show_looked(self, looked: Looked) -> None:
        if not looked.files:
            self.message.say(" ".join(one.reason for one in looked.rejected), "warning")
            return
        self.stack.setCurrentWidget(self.importing)
        self.importing.show_looked(looked)

    def _show_report(self, intake: "Intake") -> None:
        self._drop_report()
        self.report = ImportReport(intake, self)
        self.report.left.connect(self._go_home)
        self.report.opened.connect(lambda item: self.open_document_requested.emit(item, -1))
        self.stack.addWidget(self.report)
        self.stack.setCurrentWidget(self.report)
        if intake.documents:
            self._chosen = intake.documents[0].id
            self.report.open_button.setFocus()

    def _drop_report(self) -> None:
        if self.report is not None:
            self.stack.removeWidget(self.report)
            self.report.deleteLater()
            self.report = None

    def _import_failed(self, error: KnownError) -> None:
        if isinstance(error, Interrupted):
            self.message.say(str(error))
        else:
            self.message.say_error(error)

    def _go_home(self) -> None:
        self._drop_report()
        self.stack.setCurrentWidget(self._home if self._documents else self.nothing)
        self.read()
        self.focus_first()

    def _paste(self) -> None:
        data = QApplication.clipboard().mimeData()
        if files := files_in(data):
            self.importer.look([Path(name) for name in files])
        elif data.hasText() and data.text().strip():
            self.add_text(data.text())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if files_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.importer.look([Path(name) for name in files_in(event.mimeData())])

    def tour_steps(self) -> list[TourStep]:
        return [("paste", self.add_text), ("list", self._go_home)]
