"""The page of matrices: choose what stands across, look at a cell, read what stands behind it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.model.coding import Quote
from desktop_app.model.matrices import Cell
from desktop_app.ui.i18n import tr
from desktop_app.ui.interviews.matrices.asking import CODES, MOST_QUOTES, TIME, Laid, filled, read_behind, read_matrix
from desktop_app.ui.interviews.matrices.controls import Controls
from desktop_app.ui.interviews.matrices.grid import MatrixGrid
from desktop_app.ui.interviews.matrices.time_chart import TimeChart
from desktop_app.ui.interviews.page import Page
from desktop_app.ui.interviews.quotes.filter_bar import FilterBar
from desktop_app.ui.interviews.quotes.filtering import Kind, filter_of
from desktop_app.ui.interviews.quotes.quote_list import QuoteList
from desktop_app.ui.interviews.quotes.telling import quote_card
from desktop_app.ui.ops import ReadOp
from desktop_app.ui.theme import SPACE_M
from desktop_app.ui.widgets import (
    Card,
    EmptyState,
    InlineMessage,
    LinkButton,
    MutedLabel,
    ScreenContext,
    TourStep,
    add_shortcuts,
    focus_next,
)
from desktop_app.ui.widgets.saving import saver_of

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook

KINDS = (Kind.CODE, Kind.DOCUMENT, Kind.SPEAKER, Kind.ATTRIBUTE, Kind.CODER)


class MatricesPage(Page):
    """Which codes come together, and where, by whom and when."""

    page_id = "matrices"
    title = "Matrices"
    kinds = ("coding", "code", "document", "entry", "person", "variable", "import", "series")

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._laid: Laid | None = None
        self._author = ""
        hint = tr("Of everything that was coded; name codes, documents, speakers… to look at only these")
        self.bar = FilterBar(self.appearance, hint, self, kinds=KINDS)
        self.controls = Controls(self)
        self.message = InlineMessage(self.appearance, self)
        self.chart = TimeChart(self.appearance, self)
        self.grid = MatrixGrid(self.appearance, tr("Matrix"), self)
        self.note = MutedLabel("", self, wrap=True)
        self.behind = QuoteList(self.appearance, tr("Quotes behind the cell"), self, ticking=False)
        self.about_cell = MutedLabel("", self)
        self.copy_button = LinkButton(tr("Copy"), self)
        self.save_button = LinkButton(tr("Save as…"), self)
        self.nothing = EmptyState(
            self.appearance,
            tr("Nothing to lay side by side yet"),
            tr("Once texts are coded, you see here which codes come together, and where, by whom and when."),
            tr("Choose a document to code"),
            self,
        )
        self.stack = QStackedWidget(self)
        self.saver = saver_of(self, self.message)
        self._build()
        self._connect()

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        work = QWidget(self)
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_M)
        column.addWidget(self.bar)
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        row.addWidget(self.controls, 1)
        row.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignTop)
        self.copy_button.setToolTip(tr("Copy") + "  Ctrl+C")
        self.save_button.setToolTip(tr("Save as CSV or Excel") + "  Ctrl+S")
        column.addLayout(row)
        column.addWidget(self.message)
        split = QSplitter(Qt.Orientation.Vertical, work)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(12)
        card = Card(split, margin=6, spacing=4)
        card.body.addWidget(self.chart)
        card.body.addWidget(self.grid, 1)
        split.addWidget(card)
        split.addWidget(self._build_behind(split))
        split.setSizes([380, 260])
        column.addWidget(split, 1)
        column.addWidget(self.note)
        self.stack.addWidget(work)
        self.stack.addWidget(self.nothing)
        outer.addWidget(self.stack)

    def _build_behind(self, parent: QWidget) -> QWidget:
        sheet = QWidget(parent)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.about_cell)
        column.addWidget(self.behind, 1)
        return sheet

    def _connect(self) -> None:
        self.bar.changed.connect(self.read)
        self.bar.left_downwards.connect(self.grid.setFocus)
        self.controls.changed.connect(self.read)
        self.controls.shown_changed.connect(self._fill)
        self.grid.cell_chosen.connect(self._look_behind)
        self.grid.cell_opened.connect(self._enter_behind)
        self.behind.card_opened.connect(self.open_coding_requested)
        self.behind.left_upwards.connect(self.grid.setFocus)
        self.nothing.step_requested.connect(lambda: self.page_requested.emit("documents"))
        self.copy_button.clicked.connect(self.copy)
        self.save_button.clicked.connect(self.save)
        keys: tuple[tuple[str, Callable[[], None]], ...] = (
            ("/", self.bar.focus_line),
            ("F6", self._next_pane),
            ("Ctrl+C", self.copy),
            ("Ctrl+S", self.save),
        )
        add_shortcuts(self, keys)

    # --- reading -----------------------------------------------------------------------------------------------------

    def read(self) -> None:
        blind = self.blind
        asked = self.controls.asked(filter_of(self.bar.parts(), deep=self.bar.deep.isChecked()))
        self.operations.submit(
            ReadOp(
                tr("Read a matrix"),
                lambda notebook: read_matrix(notebook, asked, blind=blind),
                self._show,
                self.message.say_error,
                key="interviews.matrix",
            )
        )

    def _show(self, laid: Laid) -> None:
        if self.bar.set_choices(laid.choices):
            self.read()
            return
        self.message.dismiss()
        self._laid, self._author = laid, laid.choices.author
        self.controls.show_choices(laid)
        self.stack.setCurrentIndex(0 if laid.choices.codings else 1)
        self._fill()

    def _fill(self) -> None:
        if self._laid is None:
            return
        matrix = self._laid.matrix
        over_time = self._laid.over_time
        # Over time an empty period says as much as a full one.
        hides = self.controls.filled.isChecked()
        self.grid.set_matrix(filled(matrix, columns_too=over_time is None) if hides else matrix)
        nothing = "" if self.grid.matrix().rows else tr("Nothing falls into this matrix; ask for it in another way.")
        self.note.setText(" ".join(part for part in (nothing, matrix.note) if part))
        self.note.setVisible(bool(self.note.text()))
        self.chart.setVisible(over_time is not None)
        self._draw_chart()

    def _draw_chart(self) -> None:
        over_time = self._laid.over_time if self._laid else None
        if over_time is not None:
            row = self.grid.chosen_row()
            self.chart.show_counts(over_time, row[0] if row else "", row[1] if row else tr("All codes"))

    # --- behind a cell -----------------------------------------------------------------------------------------------

    def _look_behind(self, cell: Cell | None, words: str) -> None:
        codings = cell.codings if cell is not None else ()
        more = len(codings) - MOST_QUOTES
        self.about_cell.setText(
            words + (tr("  ·  the first {number} are shown", number=f"{MOST_QUOTES:,}") if more > 0 else "")
        )
        self._draw_chart()
        self.operations.read(
            tr("Read quotes"),
            lambda notebook: read_behind(notebook, codings),
            self._show_behind,
            key="interviews.behind",
        )

    def _show_behind(self, quotes: tuple[Quote, ...]) -> None:
        self.behind.set_cards([quote_card(quote, self._author) for quote in quotes])

    def _enter_behind(self) -> None:
        if self.behind.cards():
            self.behind.setFocus()
            self.behind.choose_first()

    def _next_pane(self) -> None:
        focus_next((self.bar.line, self.grid, self.behind))

    # --- out ---------------------------------------------------------------------------------------------------------

    def copy(self) -> None:
        """Copies the matrix with its totals."""
        if self.grid.matrix().rows:
            QGuiApplication.clipboard().setText(self.grid.as_text())
            self.status_message.emit(tr("The matrix was copied."))

    def save(self) -> None:
        """Saves the matrix as it is shown, as CSV or Excel."""
        if self.grid.matrix().rows:
            self.saver.ask(tr("Matrix"), (("CSV", ".csv"), ("Excel", ".xlsx")), self.file_maker())

    def file_maker(self) -> "Callable[[Notebook, str], bytes]":
        over_time = self._laid.over_time if self._laid else None
        # A file has the first days of periods: they sort and can be counted with.
        matrix = over_time.matrix if over_time else self.grid.matrix()
        title = self.controls.across.currentText()

        def make(notebook: "Notebook", suffix: str) -> bytes:
            if suffix == ".xlsx":
                return notebook.matrices.xlsx([(title, matrix)])
            return notebook.matrices.csv(matrix)

        return make

    # --- focus -------------------------------------------------------------------------------------------------------

    def focus_first(self) -> None:
        if self.stack.currentIndex():
            self.nothing.button.setFocus()
        else:
            self.grid.setFocus()

    def tour_steps(self) -> list[TourStep]:
        return [
            ("speakers", lambda: self._tour("speaker")),
            ("time", lambda: self._tour(TIME)),
            ("codes", lambda: self._tour(CODES)),
        ]

    def _tour(self, across: str) -> None:
        self.controls.across.setCurrentIndex(self.controls.across.findData(across))
