"""The Metrics screen: series and imports at the left, the chosen one at the right, files dropped anywhere."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.model.entries import Entry
from desktop_app.model.errors import Invalid, KnownError, NotFound
from desktop_app.model.metrics import ImportedFile
from desktop_app.ui.i18n import count_text, error_sentence, tr
from desktop_app.ui.metrics.import_page import ImportView
from desktop_app.ui.metrics.importing import Importer, save_original
from desktop_app.ui.metrics.listing import fold_of, import_rows, series_rows
from desktop_app.ui.metrics.reads import (
    ChartData,
    Earlier,
    ImportPage,
    SeriesPage,
    Shelf,
    read_chart,
    read_earlier,
    read_entries,
    read_import,
    read_series,
    read_shelf,
)
from desktop_app.ui.metrics.series_page import SeriesView
from desktop_app.ui.ops import ChangeOp, ReadOp
from desktop_app.ui.theme import SPACE_M, SPACE_XL
from desktop_app.ui.widgets import (
    EmptyState,
    FaintLabel,
    IconButton,
    InlineMessage,
    ListAndPage,
    PrimaryButton,
    ProgressStrip,
    ScreenContext,
    TourStep,
)
from desktop_app.ui.widgets.dropped import files_in

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook

Kind = Literal["series", "import"]
KINDS: tuple[Kind, ...] = ("series", "import")
TOUR_LOOKS = 6
"""How many series the tour opens to find one that was restated."""


class MetricsScreen(ListAndPage[Kind]):
    """Numbers, with what people said about them."""

    screen_id = "metrics"
    title = "Metrics"
    kinds = ("import", "series", "entry", "link")
    tab_kinds = KINDS

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setAcceptDrops(True)
        self._shelf = Shelf((), ())
        self._loaded = False
        self._opened: set[str] = set()
        self._counted: dict[str, ImportedFile] = {}
        self.view: SeriesView | ImportView | None = None
        self.importer = Importer(self.operations, self)
        self._build()
        self._connect()

    # --- parts -------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SPACE_XL, 20, SPACE_XL, SPACE_XL)
        outer.setSpacing(12)
        self.message = InlineMessage(self.appearance, self)
        outer.addWidget(self.message)
        self.strip = ProgressStrip(self)
        outer.addWidget(self.strip)
        left, page = self._build_left(), self.build_page(tr("The chosen series or import"))
        nothing = EmptyState(
            self.appearance,
            tr("No numbers yet"),
            tr(
                "Drop an export here: Google Analytics 4, Search Console, Google Ads, Plausible, or any table with a "
                "date column. Files, zips and folders are read as they came; nothing has to be cleaned first."
            ),
            tr("Import files…"),
            self,
            perspective="multi-temporal",
        )
        outer.addWidget(self.build_frame(left, page, nothing), 1)

    def _build_left(self) -> QWidget:
        left = QWidget(self)
        left.setMinimumWidth(260)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        top = QHBoxLayout()
        top.setSpacing(SPACE_M)
        self.import_button = PrimaryButton(tr("Import…"), left)
        self.folder_button = IconButton(self.appearance, "open", tr("Import a folder"), left, size=18)
        top.addWidget(self.import_button)
        top.addWidget(self.folder_button)
        top.addWidget(FaintLabel(tr("or drop files anywhere here"), left))
        top.addStretch()
        column.addLayout(top)
        column.addWidget(self.build_filter(tr("Name, source or unit"), left))
        column.addWidget(self.build_tabs(tr("Series or imports"), (tr("Series"), tr("Imports")), left))
        column.addWidget(self.build_list(tr("Series"), tr("Nothing fits."), left), 1)
        return left

    def _connect(self) -> None:
        self.connect_frame()
        self.import_button.clicked.connect(self.importer.choose_files)
        self.folder_button.clicked.connect(self.importer.choose_folder)
        self.nothing.step_requested.connect(self.importer.choose_files)
        self.list.fold_toggled.connect(self._toggle)
        self.importer.began.connect(self._begin_import)
        self.importer.progressed.connect(self.strip.progress)
        self.importer.imported.connect(self._show_imported)
        self.importer.failed.connect(self._import_failed)
        self.importer.stopped.connect(lambda: self.message.say(tr("The import was stopped; nothing was changed.")))
        self.importer.ended.connect(self.strip.finish)
        self.strip.stop_requested.connect(self.importer.stop)

    # --- what others ask of it ---------------------------------------------------------------------------------------

    def open_series(self, series_id: str) -> None:
        self._open("series", series_id)

    def open_import(self, import_id: str) -> None:
        self._open("import", import_id)

    def import_files(self) -> None:
        """Asks which files to import."""
        self.importer.choose_files()

    def import_paths(self, paths: list[Path]) -> None:
        """Imports files, zips and folders, as if they had been dropped."""
        self.importer.start(paths)

    # --- screen ------------------------------------------------------------------------------------------------------

    def read(self) -> None:
        self.operations.read(tr("Read metrics"), read_shelf, self._show_shelf, key="metrics")
        if self._chosen:
            self._read_page(*self._chosen)

    def _reading(self) -> QWidget:
        chart = self.view.chart if isinstance(self.view, SeriesView) else None
        return chart or super()._reading()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            from PySide6.QtWidgets import QApplication

            self.importer.start(files_in(QApplication.clipboard().mimeData()))
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if files_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.importer.start(files_in(event.mimeData()))

    # --- the lists ---------------------------------------------------------------------------------------------------

    def _show_shelf(self, shelf: Shelf) -> None:
        self._shelf, self._loaded = shelf, True
        self.stack.setCurrentIndex(0 if shelf.imports or shelf.series else 1)
        self.tabs.setTabText(0, tr("Series {count}", count=f"{len(shelf.series):,}"))
        self.tabs.setTabText(1, tr("Imports {count}", count=f"{len(shelf.imports):,}"))
        self._fill()

    def _fill(self) -> None:
        wanted = self.filter.text()
        chosen = self._chosen[1] if self._chosen else ""
        if self.kind == "series":
            rows = series_rows(self._shelf.series, wanted, self._opened)
        else:
            rows = import_rows(self._shelf.imports, wanted, datetime.now())
        self._show_rows(rows)
        if chosen and self._exists(chosen):
            self.list.choose_quietly(chosen)
        elif not self._loaded:
            return
        elif rows:
            self._chosen = None
            self.list.choose_first()
        elif not wanted:
            self._chosen = None
            self._put_view(None)

    def _exists(self, item: str) -> bool:
        known = self._shelf.series if self.kind == "series" else self._shelf.imports
        return any(one.id == item for one in known)

    def _toggle(self, fold: str) -> None:
        self._opened ^= {fold}
        self._fill()
        self.list.choose_quietly(fold)

    def _choose(self, item: str) -> None:
        row = self.list.current()
        if row is None or row.kind != "item" or self._chosen == (self.kind, item):
            return
        self._chosen = (self.kind, item)
        self._read_page(self.kind, item)

    def _open(self, kind: Kind, item: str) -> None:
        self._chosen = (kind, item)
        found = self._shelf.find(item) if kind == "series" else None
        if found and fold_of(found):
            self._opened.add(fold_of(found))
        if self.filter.text():
            self.filter.clear()
        if self.tabs.currentIndex() != KINDS.index(kind):
            self.tabs.setCurrentIndex(KINDS.index(kind))
        elif self._shelf.series:
            self._fill()
        self._read_page(kind, item)

    # --- the page ----------------------------------------------------------------------------------------------------

    def _read_page(self, kind: Kind, item: str) -> None:
        call: Callable[[Notebook], Any] = (
            (lambda notebook: read_series(notebook, item))
            if kind == "series"
            else (lambda notebook: read_import(notebook, item))
        )
        done = self._show_series if kind == "series" else self._show_import
        self.operations.submit(ReadOp(tr("Read metrics"), call, done, self._page_failed, key="metrics.page"))

    def _show_series(self, page: SeriesPage) -> None:
        if self._chosen != ("series", page.series.id):
            return
        view = SeriesView(self.appearance, self.operations, page, self.page.sheet)
        view.entry_requested.connect(self.open_entry_requested)
        view.series_requested.connect(self.open_series)
        view.earlier_wanted.connect(self._read_earlier)
        view.settings_changed.connect(self._edit_series)
        view.card_seen.connect(self._scroll_to)
        self._put_view(view)
        if view.is_drawn:
            self.operations.read(
                tr("Draw series"), lambda notebook: read_chart(notebook, page), self._show_chart, key="metrics.chart"
            )
        item = page.series.id
        self.operations.read(
            tr("Read entries"),
            lambda notebook: (item, read_entries(notebook, item)),
            self._show_entries,
            key="metrics.entries",
        )

    def _show_chart(self, data: ChartData) -> None:
        if isinstance(self.view, SeriesView) and self.view.page.series.id == data.series_id:
            self.view.show_chart(data)

    def _show_entries(self, answer: tuple[str, list[Entry]]) -> None:
        item, entries = answer
        if isinstance(self.view, SeriesView) and self.view.page.series.id == item:
            self.view.show_entries(entries)

    def _read_earlier(self, moment: str) -> None:
        view = self.view
        if not isinstance(view, SeriesView) or not moment:
            return
        item = view.page.series.id
        self.operations.submit(
            ReadOp(
                tr("Read what it said then"),
                lambda notebook: read_earlier(notebook, item, moment),
                self._show_earlier,
                self.message.say_error,
                key="metrics.earlier",
            )
        )

    def _show_earlier(self, earlier: Earlier) -> None:
        if isinstance(self.view, SeriesView) and self.view.moment == earlier.moment:
            self.view.show_earlier(earlier)

    def _show_import(self, page: ImportPage) -> None:
        if self._chosen != ("import", page.record.id):
            return
        view = ImportView(self.appearance, page, self._counted.get(page.record.id), self.page.sheet)
        view.series_requested.connect(self.open_series)
        view.original_requested.connect(self._choose_place)
        view.removal_requested.connect(self._take_back)
        self._put_view(view)

    def _put_view(self, view: SeriesView | ImportView | None) -> None:
        same = _id_of(self.view) == _id_of(view)
        at = self.page.area.verticalScrollBar().value()
        self.view = view
        self._put(view)
        self.page.area.verticalScrollBar().setValue(at if same else 0)

    def _page_failed(self, error: KnownError) -> None:
        """Where it was taken back meanwhile, the list knows what is left."""
        self._put_view(None)
        if isinstance(error, NotFound):
            self._chosen = None
            self._fill()
        else:
            self.message.say_error(error)

    # --- changes -----------------------------------------------------------------------------------------------------

    def _begin_import(self, title: str) -> None:
        self.message.dismiss()
        self.strip.begin(title)

    def _show_imported(self, files: list[ImportedFile]) -> None:
        self._counted.update((file.import_id, file) for file in files)
        if files:
            self._loaded = False
            self.filter.clear()
            self.tabs.setCurrentIndex(KINDS.index("import"))
            self._chosen = ("import", files[-1].import_id)
            self.read()
        if len(files) > 1:
            added = sum(file.added for file in files)
            told = count_text(added, "{number} point added", "{number} points added")
            self.message.say(tr("{count} files imported, {told}.", count=len(files), told=told))

    def _import_failed(self, error: KnownError) -> None:
        self.message.say(f"{error_sentence(error)} {tr('Nothing was imported.')}", "error")

    def _edit_series(self, given: dict[str, Any]) -> None:
        if self._chosen is None:
            return
        item = self._chosen[1]
        self.operations.submit(
            ChangeOp(
                tr("Edit series"),
                lambda notebook: notebook.metrics.edit_series(item, **given),
                on_error=self.message.say_error,
            )
        )

    def _take_back(self) -> None:
        if self._chosen is None:
            return
        item = self._chosen[1]
        self._chosen = None
        self.operations.submit(
            ChangeOp(
                tr("Remove import"),
                lambda notebook: notebook.metrics.remove_import(item),
                on_error=self.message.say_error,
            )
        )

    def _choose_place(self) -> None:
        if not isinstance(self.view, ImportView):
            return
        record = self.view.page.record
        dialog = QFileDialog(self, tr("Save {name}", name=record.file))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(Path(record.file).name)
        dialog.fileSelected.connect(lambda name: self.save_original(record.id, Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save_original(self, import_id: str, target: Path) -> None:
        """Writes the bytes of an import as they came."""

        def save(notebook: "Notebook") -> Path:
            try:
                return save_original(notebook.metrics.original(import_id), target)
            except OSError as error:
                message = tr("{path} could not be written ({reason}); choose another place.", path=target,
                             reason=error.strerror or error)  # fmt: skip
                raise Invalid(message=message) from error

        self.operations.submit(ReadOp(tr("Save the original"), save, self._saved_original, self.message.say_error))

    def _saved_original(self, path: Path) -> None:
        self.status_message.emit(tr("Saved {name}", name=path.name))

    # --- the tour ----------------------------------------------------------------------------------------------------

    def tour_steps(self) -> list[TourStep]:
        return [("ratio", self._tour_ratio), ("then", self._tour_restated), ("import", self._tour_import)]

    def _tour_ratio(self) -> None:
        known = {item.id for item in self._shelf.series}
        ratios = [
            item
            for item in self._shelf.series
            if item.unit == "ratio" and item.numerator in known and item.denominator in known and not item.dimensions
        ]
        if ratios:
            self.open_series(max(ratios, key=lambda item: item.points).id)

    def _tour_restated(self) -> None:
        """A series of a source that was imported twice, as the first of the imports had it."""
        sources = [record.source for record in self._shelf.imports]
        twice = [item for item in self._shelf.series if sources.count(item.source) > 1 and not fold_of(item)]
        for item in reversed(twice[-TOUR_LOOKS:]):
            self.open_series(item.id)
            self.operations.wait_until_idle()
            if isinstance(self.view, SeriesView) and self.view.moments.texts():
                self.view.moments.chip_clicked.emit(0)
                return

    def _tour_import(self) -> None:
        checked = [record for record in self._shelf.imports if "ads" in record.profile]
        if self._shelf.imports:
            self.open_import((checked or list(self._shelf.imports))[0].id)


def _id_of(view: SeriesView | ImportView | None) -> str:
    if view is None:
        return ""
    return view.page.series.id if isinstance(view, SeriesView) else view.page.record.id
