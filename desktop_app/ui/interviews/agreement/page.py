"""The page of agreement: the figures of several coders, and the workbench where their differences are settled."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.model.agreement import Difference, Unit
from desktop_app.model.coding import TargetKind
from desktop_app.model.errors import Interrupted, KnownError
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.interviews.agreement.explained import figures_of, method_words
from desktop_app.ui.interviews.agreement.figures_table import FiguresTable
from desktop_app.ui.interviews.agreement.reads import Compared, Setup, Standing, compare, read_standing
from desktop_app.ui.interviews.agreement.rows import rows_of
from desktop_app.ui.interviews.agreement.setup_bar import SetupBar
from desktop_app.ui.interviews.agreement.workbench import Workbench
from desktop_app.ui.interviews.page import Page
from desktop_app.ui.ops import ChangeOp, LongOp, ReadOp
from desktop_app.ui.theme import SPACE_M
from desktop_app.ui.widgets import (
    Card,
    EmptyState,
    InlineMessage,
    LinkButton,
    MutedLabel,
    ProgressStrip,
    ScreenContext,
    TourStep,
    add_buttons,
    add_shortcuts,
    tab_bar,
)
from desktop_app.ui.widgets.saving import saver_of

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook

FIGURES, WORKBENCH = 0, 1
COMPARING = "Compare coders"


class AgreementPage(Page):
    """How far coders agree, and where they do not."""

    page_id = "agreement"
    title = "Agreement"
    kinds = ("coding", "code", "document", "entry", "memo")

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._standing: Standing | None = None
        self._compared: Compared | None = None
        self._open_rows: set[str] = set()
        self.setup = SetupBar(self.appearance, self)
        self.tabs = tab_bar(tr("Figures or differences"), (tr("Figures"), tr("Differences")), self)
        self.message = InlineMessage(self.appearance, self)
        self.strip = ProgressStrip(self)
        self.table = FiguresTable(self.appearance, tr("Agreement"), self)
        self.notes = MutedLabel("", self, wrap=True)
        self.explanation = MutedLabel("", self, wrap=True)
        self.again = LinkButton(tr("Compare again"), self)
        self.copy_button = LinkButton(tr("Copy"), self)
        self.save_button = LinkButton(tr("Save as CSV…"), self)
        self.verbs = QWidget(self)
        self.workbench = Workbench(self.appearance, self)
        self.nobody = EmptyState(self.appearance, "", "", "", self)
        self.pages = QStackedWidget(self)
        self.stack = QStackedWidget(self)
        self.saver = saver_of(self, self.message)
        self._build()
        self._connect()

    # --- parts -------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._build_verbs()
        work = QWidget(self)
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_M)
        column.addWidget(self.setup)
        self.tabs.setTabToolTip(FIGURES, tr("Figures") + "  F")
        self.tabs.setTabToolTip(WORKBENCH, tr("Differences") + "  D")
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        row.addWidget(self.tabs)
        row.addStretch(1)
        row.addWidget(self.strip, 2)
        row.addWidget(self.verbs)
        column.addLayout(row)
        column.addWidget(self.message)
        column.addWidget(self.pages, 1)
        self.pages.addWidget(self._build_figures())
        self.pages.addWidget(self.workbench)
        self.stack.addWidget(work)
        self.stack.addWidget(self.nobody)
        outer.addWidget(self.stack)

    def _build_verbs(self) -> None:
        row = QHBoxLayout(self.verbs)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_M)
        add_buttons(row, ((self.again, "F5"), (self.copy_button, "Ctrl+C"), (self.save_button, "Ctrl+S")))

    def _build_figures(self) -> QWidget:
        sheet = QWidget(self)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_M)
        card = Card(sheet, margin=6, spacing=0)
        self.table.setProperty("role", "bare")
        card.body.addWidget(self.table)
        column.addWidget(card, 1)
        # Two lines of room, so that the table does not move when another head is explained.
        self.explanation.setMinimumHeight(2 * round(self.appearance.sizes.small * 1.5) + 4)
        self.explanation.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.explanation)
        column.addWidget(self.notes)
        return sheet

    def _connect(self) -> None:
        self.setup.changed.connect(self.read)
        self.tabs.currentChanged.connect(self._tab_chosen)
        self.table.row_toggled.connect(self._toggle_row)
        self.table.explained.connect(self.explanation.setText)
        self.strip.stop_requested.connect(lambda: self.operations.stop(tr(COMPARING)))
        self.again.clicked.connect(self.read)
        self.copy_button.clicked.connect(self.copy)
        self.save_button.clicked.connect(self.save)
        self.workbench.settled.connect(self.settle)
        self.workbench.reopened.connect(self.unsettle)
        self.workbench.spot_requested.connect(self.open_spot)
        self.workbench.memo_requested.connect(self.open_memo_requested)
        self.workbench.progress_told.connect(self._tell_tab)
        keys: tuple[tuple[str, Callable[[], None]], ...] = (
            ("F", self.show_figures),
            ("D", self.show_workbench),
            ("/", self.setup.bar.focus_line),
            ("F5", self.read),
            ("Ctrl+C", self.copy),
            ("Ctrl+S", self.save),
        )
        add_shortcuts(self, keys)

    # --- what others ask of it ---------------------------------------------------------------------------------------

    def show_differences(self, document: str = "") -> None:
        """The workbench, with the differences of one document, or of all."""
        self._go(WORKBENCH)
        self.setup.show_document(document)
        self.mark_stale()

    def do(self, verb: str) -> None:
        """Does a verb of the page, or one of the workbench where that is open; else it is opened first."""
        if hasattr(self, verb):
            if verb in ("copy", "save"):
                self.show_figures()
            super().do(verb)
        elif self.pages.currentIndex() == WORKBENCH:
            getattr(self.workbench, verb)()
        else:
            self.show_workbench()

    def show_figures(self) -> None:
        self._go(FIGURES)

    def show_workbench(self) -> None:
        self._go(WORKBENCH)

    # --- reading -----------------------------------------------------------------------------------------------------

    def read(self) -> None:
        if self.blind:
            self._hide_others()
            return
        asked = self.setup.setup()
        self.operations.submit(
            ReadOp(
                tr("Read differences"),
                lambda notebook: read_standing(notebook, asked),
                self._show_standing,
                self._failed,
                key="interviews.agreement",
            )
        )
        if self.pages.currentIndex() == FIGURES:
            self._compare(asked)
        else:
            self._compared = None

    def _hide_others(self) -> None:
        """Nothing of the others, not even from before."""
        self.operations.stop(tr(COMPARING))
        self._standing = self._compared = None
        self._say_empty(blind=True)
        self.stack.setCurrentIndex(1)
        self.workbench.set_differences((), {}, "")

    def _say_empty(self, *, blind: bool) -> None:
        if blind:
            heading = tr("You are coding blind")
            words = tr(
                "As long as you do, nothing of what others coded is shown. F on the page of coding ends it: then you "
                "see how far you agree and where you differ."
            )
        else:
            heading = tr("Agreement needs two coders")
            words = tr(
                "When a second person has coded one of your documents, here or in a copy that comes back, you see how "
                "far you agree and where you differ."
            )
        self.nobody.set_texts(heading, words)

    def _compare(self, asked: Setup) -> None:
        if self.blind:
            return
        self.operations.stop(tr(COMPARING))
        self.strip.begin(tr("Comparing coders"))
        self.operations.submit(
            LongOp(
                tr(COMPARING),
                lambda notebook, progress, should_stop: compare(notebook, asked, progress, should_stop),
                self._show_figures,
                self._failed,
                self.strip.progress,
                lane="background",
                key="interviews.compare",
            )
        )

    def _show_standing(self, standing: Standing) -> None:
        if self.setup.show_choices(standing):
            self.read()
            return
        if self.blind:
            return
        self._standing = standing
        self._say_empty(blind=False)
        self.stack.setCurrentIndex(0 if len(standing.coders) > 1 else 1)
        self.workbench.set_differences(standing.differences, standing.codes, standing.choices.author)
        self._show_rows()

    def _show_figures(self, compared: Compared) -> None:
        self.strip.finish()
        if self.blind:
            return
        self._compared = compared
        report = compared.report
        self.notes.setText(" ".join((method_words(report), *report.notes)) if report.codes else " ".join(report.notes))
        self._show_rows()

    def _show_rows(self) -> None:
        if self._compared is None or self._standing is None:
            return
        report = self._compared.report
        rows = rows_of(report, self._standing.codes, self._compared.titles, self._open_rows)
        self.table.set_rows(rows, figures_of(Unit(report.unit), len(report.coders)), Unit(report.unit))

    def _failed(self, error: KnownError) -> None:
        self.strip.finish()
        if isinstance(error, Interrupted):
            self.message.say(tr("Stopped. What stands here is from before."), action=tr("Compare again"),
                             on_action=self.read)  # fmt: skip
        else:
            self.message.say_error(error)

    def _toggle_row(self, row: str) -> None:
        self._open_rows ^= {row}
        self._show_rows()

    def _tell_tab(self, words: str) -> None:
        self.tabs.setTabText(WORKBENCH, tr("Differences") + (f"  ·  {words}" if words else ""))

    # --- the workbench -----------------------------------------------------------------------------------------------

    def settle(self, difference: Difference, code: str | None, memo: str) -> None:
        """Writes the last word about a place; one undo takes it back."""
        self._change(tr("Settle difference"), lambda notebook: notebook.agreement.settle(difference, code, memo=memo))

    def unsettle(self, difference: Difference) -> None:
        self._change(tr("Open difference again"), lambda notebook: notebook.agreement.unsettle(difference))

    def _change(self, label: str, call: "Callable[[Notebook], object]") -> None:
        self.operations.submit(ChangeOp(label, call, on_error=self._not_changed))  # type: ignore[arg-type]

    def _not_changed(self, error: KnownError) -> None:
        self.message.say_error(error)
        self.read()

    def open_spot(self, difference: Difference) -> None:
        if difference.target_kind == TargetKind.DOCUMENT:
            self.open_document_requested.emit(difference.target, difference.start)
        else:
            self.open_coding_requested.emit(difference.codings[0])

    # --- out ---------------------------------------------------------------------------------------------------------

    def copy(self) -> None:
        """Copies the table as it is shown."""
        if self._compared is not None and self.pages.currentIndex() == FIGURES:
            QGuiApplication.clipboard().setText(self.table.as_text())
            rows = len(self.table.rows())
            self.status_message.emit(count_text(rows, "{number} row copied.", "{number} rows copied."))

    def save(self) -> None:
        """Saves all figures, those of each document too, as CSV."""
        if self._compared is not None:
            self.saver.ask(tr("Agreement"), (("CSV", ".csv"),), self.csv_maker())

    def csv_maker(self) -> "Callable[[Notebook, str], bytes]":
        assert self._compared is not None
        report = replace(self._compared.report)
        return lambda notebook, _suffix: notebook.agreement.csv(report)

    # --- focus -------------------------------------------------------------------------------------------------------

    def _go(self, tab: int) -> None:
        self.tabs.setCurrentIndex(tab)

    def _tab_chosen(self, tab: int) -> None:
        self.pages.setCurrentIndex(tab)
        self.verbs.setVisible(tab == FIGURES)
        self.setup.show_units(shown=tab == FIGURES)
        if tab == FIGURES and self._compared is None:
            self._compare(self.setup.setup())
        if not self.tabs.hasFocus():
            self.focus_first()

    def focus_first(self) -> None:
        if self.stack.currentIndex():
            self.setFocus()
        elif self.pages.currentIndex() == WORKBENCH:
            self.workbench.focus_first()
        else:
            self.table.setFocus()

    def tour_steps(self) -> list[TourStep]:
        return [
            ("differences", lambda: self._go(WORKBENCH)),
            ("documents", self._tour_documents),
            ("figures", self._tour_documents),
        ]

    def _tour_documents(self) -> None:
        """Opens the first row, and closes it the next time."""
        self._go(FIGURES)
        first = next((row.id for row in self.table.rows() if row.opens), "")
        if first:
            self._toggle_row(first)
