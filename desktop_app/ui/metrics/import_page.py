"""The report of one import: how its file was read, its tables, totals checked, and what was skipped and why."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.model.metrics import ImportedFile, ParsedTable, Skipped, TotalCheck
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.metrics.reads import ImportPage
from desktop_app.ui.metrics.telling import check_words, counts_words, file_facts, import_facts, table_facts
from desktop_app.ui.theme import SPACE_M, Appearance
from desktop_app.ui.widgets import (
    FlowLayout,
    HairLine,
    LinkButton,
    MutedLabel,
    StrongLabel,
    TextLabel,
    TitleLabel,
)

T = TypeVar("T")

SHOWN_SERIES = 8
SHOWN_LINES = 4


class ImportView(QWidget):
    """Requests: ``series_requested(str)``, ``original_requested()``, ``removal_requested()``."""

    series_requested = Signal(str)
    original_requested = Signal()
    removal_requested = Signal()

    def __init__(self, appearance: Appearance, page: ImportPage, counted: ImportedFile | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance, self.page = appearance, page
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE_M)
        self._column.addWidget(TitleLabel(page.record.file, self, wrap=True))
        self._column.addWidget(MutedLabel(import_facts(page.record), self, wrap=True))
        self._column.addWidget(MutedLabel(file_facts(page.report.parsed), self, wrap=True))
        self._column.addSpacing(4)
        words = counts_words(counted) if counted else _kept(page)
        self.counts = TextLabel(words, self, wrap=True)
        self._column.addWidget(self.counts)
        self._build_verbs()
        for place, table in enumerate(page.report.parsed.tables):
            self._build_table(place, table)
        self._column.addStretch(1)

    def _build_verbs(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(SPACE_M)
        self.save_button = QPushButton(tr("Save the original as…"), self)
        self.save_button.clicked.connect(self.original_requested)
        self.remove_button = QPushButton(tr("Take back this import"), self)
        self.remove_button.setToolTip(tr("Its points go; Ctrl+Z brings them back"))
        self.remove_button.clicked.connect(self.removal_requested)
        row.addWidget(self.save_button)
        row.addWidget(self.remove_button)
        row.addStretch()
        self._column.addLayout(row)

    # --- tables ------------------------------------------------------------------------------------------------------

    def _build_table(self, place: int, table: ParsedTable) -> None:
        self._column.addSpacing(4)
        self._column.addWidget(HairLine(self))
        self._column.addSpacing(4)
        self._column.addWidget(StrongLabel(table.title or tr("Table"), self, wrap=True))
        self._column.addWidget(MutedLabel(table_facts(table), self, wrap=True))
        self._build_series(place, table)
        if table.totals:
            self._fold(table.totals, self._check_line, "{number} more total", "{number} more totals")
        if table.skipped:
            self._fold(table.skipped, self._skipped_line, "{number} more skipped", "{number} more skipped")

    def _build_series(self, place: int, table: ParsedTable) -> None:
        ids = [self.page.report.series[place, number] for number in range(len(table.series))]
        known = [self.page.series[item] for item in ids if item in self.page.series]
        if not known:
            return
        holder = QWidget(self)
        flow = FlowLayout(holder, spacing=4)
        plain = len({item.name for item in known}) == len(known)
        for item in known[:SHOWN_SERIES]:
            name = item.name if plain else " · ".join([item.name, *(value for _, value in item.dimensions)])
            link = LinkButton(name, holder)
            link.setProperty("small", True)
            link.clicked.connect(lambda _=False, series=item.id: self.series_requested.emit(series))
            flow.addWidget(link)
        if len(known) > SHOWN_SERIES:
            rest = count_text(len(known) - SHOWN_SERIES, "and {number} more", "and {number} more")
            label = MutedLabel(rest, holder)
            label.setContentsMargins(4, 4, 0, 0)
            flow.addWidget(label)
        self._column.addWidget(holder)

    def _check_line(self, check: TotalCheck) -> QWidget:
        return self._line("check" if check.agrees else "warning", check_words(check), warn=not check.agrees)

    def _skipped_line(self, skipped: Skipped) -> QWidget:
        return self._line("info", tr("line {line}: {reason}", line=f"{skipped.line:,}", reason=skipped.reason))

    def _line(self, icon: str, text: str, *, warn: bool = False) -> QWidget:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_M)
        picture = QLabel(line)
        role = "warning" if warn else "accent" if icon == "check" else "muted"

        def draw() -> None:
            picture.setPixmap(self._appearance.pixmap(icon, 16, role, picture.devicePixelRatioF()))

        self._appearance.changed.connect(draw)
        draw()
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(MutedLabel(text, line, wrap=True), 1)
        return line

    def _fold(self, things: Sequence[T], make: Callable[[T], QWidget], one: str, many: str) -> None:
        """The first few lines; the rest unfolds in place."""
        column = QVBoxLayout()
        column.setSpacing(2)
        for thing in things[:SHOWN_LINES]:
            column.addWidget(make(thing))
        rest = things[SHOWN_LINES:]
        if rest:
            more = LinkButton(count_text(len(rest), one, many), self)
            more.setProperty("small", True)

            def unfold() -> None:
                more.hide()
                for thing in rest:
                    column.addWidget(make(thing))

            more.clicked.connect(unfold)
            column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addLayout(column)


def _kept(page: ImportPage) -> str:
    points = count_text(page.record.points, "{number} point", "{number} points")
    return tr("{points} of {series} series.", points=points, series=f"{page.record.series:,}")
