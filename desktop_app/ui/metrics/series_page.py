"""One series as it is read: its facts, its chart, what it said then, who speaks of it, and how it is to be read."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.model.entries import Entry
from desktop_app.model.metrics import Grain
from desktop_app.model.numbers import figure
from desktop_app.model.samples import days
from desktop_app.model.time import describe
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.metrics.reads import ChartData, Earlier, SeriesPage
from desktop_app.ui.metrics.telling import earlier_words, figure_words, period, series_facts
from desktop_app.ui.ops import Operations
from desktop_app.ui.theme import SPACE_M, Appearance
from desktop_app.ui.widgets import (
    CardStack,
    ChipRow,
    DateLine,
    FaintLabel,
    HeadingLabel,
    LinkButton,
    MutedLabel,
    SectionLabel,
    TextLabel,
    TitleLabel,
    card_of_entry,
)

if TYPE_CHECKING:
    from desktop_app.ui.metrics.plots import Chart

WAITING = 330
"""Height kept for the chart while it is loaded."""


class SeriesView(QWidget):
    """Requests: ``entry_requested(str)``, ``series_requested(str)``, ``earlier_wanted(str)`` a date as typed,
    ``settings_changed(dict)`` for ``metrics.edit_series``, ``card_seen(QWidget, QRect)`` for scrolling."""

    entry_requested = Signal(str)
    series_requested = Signal(str)
    earlier_wanted = Signal(str)
    settings_changed = Signal(dict)
    card_seen = Signal(object, QRect)

    def __init__(self, appearance: Appearance, operations: Operations, page: SeriesPage, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance, self._operations, self.page = appearance, operations, page
        self.chart: Chart | None = None
        self._moments: tuple[Earlier, ...] = ()
        self.moment = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE_M)
        self._build_head()
        self._build_then()
        self._build_entries()
        self._build_settings()
        self._column.addStretch(1)

    # --- parts -------------------------------------------------------------------------------------------------------

    @property
    def is_drawn(self) -> bool:
        """Whether there is a line: not for one value, nor for a ratio whose totals are not known."""
        return self.page.series.points > 1 and not self.lacks_totals

    @property
    def lacks_totals(self) -> bool:
        return self.page.series.unit == "ratio" and not self.page.totals

    def _build_head(self) -> None:
        series = self.page.series
        self._column.addWidget(TitleLabel(series.name, self, wrap=True))
        for name, value in series.dimensions:
            self._column.addWidget(TextLabel(f"{name}: {value}", self, wrap=True))
        self._column.addWidget(MutedLabel(series_facts(series), self, wrap=True))
        if self.lacks_totals:
            text = tr("A ratio is drawn only under the two totals it divides, and they are not known. Name them below.")
            self._column.addSpacing(4)
            self._column.addWidget(TextLabel(text, self, wrap=True))
        elif not self.is_drawn:
            self._build_figure()
        self._column.addSpacing(4)
        self.place = QVBoxLayout()
        self.place.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self.place)
        if self.is_drawn:
            self.waiting = MutedLabel(tr("Drawing…"), self)
            self.waiting.setMinimumHeight(WAITING)
            self.waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self.place.addWidget(self.waiting)
            row = QHBoxLayout()
            # It wraps, so that beside the hint it never asks for more width than a small window has.
            self.under = FaintLabel("", self, wrap=True)
            row.addWidget(self.under, 1)
            self.hint = FaintLabel("", self)
            row.addWidget(self.hint, 0, Qt.AlignmentFlag.AlignTop)
            self._column.addLayout(row)

    def _build_figure(self) -> None:
        """One value for a whole stretch: said, not drawn; a ratio with its totals above it."""
        series, value = self.page.series, self.page.figure
        if value.numerator is not None and self.page.totals:
            below, above = self.page.totals
            for total, amount in ((below, value.denominator), (above, value.numerator)):
                link = LinkButton(f"{total.name}  {figure(amount, total.unit)}", self)
                link.clicked.connect(lambda _=False, item=total.id: self.series_requested.emit(item))
                self._column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        shown = figure(value.value, series.unit) if series.points == 1 else figure_words(series, value)
        self._column.addWidget(HeadingLabel(shown, self))
        if series.grain == Grain.RANGE and series.points == 1:
            told = tr("One value for {period}.", period=period(series.start, series.end))
            self._column.addWidget(MutedLabel(told, self))

    def _build_then(self) -> None:
        self._then = _Section(tr("What it said then"), self)
        self.told_then = MutedLabel("", self._then, wrap=True)
        self.moments = ChipRow(self._appearance, self._then, removable=False)
        self.moments.chip_clicked.connect(self._choose_moment)
        self.date = DateLine(self._operations, tr("As of"), tr("as of a date, such as last Tuesday"), self._then)
        self.date.line.setMaximumWidth(260)
        self.date.understood.connect(self._want)
        self._then.body.addWidget(self.moments)
        self._then.body.addWidget(self.date)
        self._then.body.addWidget(self.told_then)
        self._then.setVisible(self.page.series.points > 0)
        self.told_then.hide()
        self.moments.hide()
        self._column.addWidget(self._then)

    def _build_entries(self) -> None:
        self._entries = _Section(tr("Who speaks of it"), self)
        self.stack = CardStack(self._appearance, tr("Entries that speak of it"), self._entries)
        self.stack.entry_opened.connect(self.entry_requested)
        self.stack.card_seen.connect(lambda part: self.card_seen.emit(self.stack, part))
        self.nobody = MutedLabel(
            tr("No entry yet. Pin the series beside an entry, link one of its stretches, or check a foresight by it."),
            self._entries,
            wrap=True,
        )
        self.nobody.hide()
        self._entries.body.addWidget(self.stack)
        self._entries.body.addWidget(self.nobody)
        self.stack.show_cards([])
        self._column.addWidget(self._entries)

    def _build_settings(self) -> None:
        section = _Section(tr("How it is read"), self)
        series = self.page.series
        self.additive = QCheckBox(tr("Its values add up over time"), section)
        self.additive.setChecked(series.additive)
        self.additive.clicked.connect(lambda on: self.settings_changed.emit({"additive": bool(on)}))
        section.body.addWidget(self.additive)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(2, 1)
        self.numerator = self._make_choice(series.numerator, section)
        self.denominator = self._make_choice(series.denominator, section)
        for row, (name, label, box) in enumerate(
            (("numerator", tr("It divides"), self.numerator), ("denominator", tr("by"), self.denominator))
        ):
            grid.addWidget(FaintLabel(label, section), row, 0)
            grid.addWidget(box, row, 1)
            box.setAccessibleName(label)
            box.activated.connect(
                lambda _, name=name, box=box: self.settings_changed.emit({name: str(box.currentData())})
            )
        self._choices = QWidget(section)
        self._choices.setLayout(grid)
        grid.setContentsMargins(0, 0, 0, 0)
        asked = series.unit == "ratio" or not series.additive or bool(series.numerator)
        self._choices.setVisible(asked and bool(self.page.choices))
        section.body.addWidget(self._choices)
        self._column.addWidget(section)

    def _make_choice(self, chosen: str | None, parent: QWidget) -> QComboBox:
        box = QComboBox(parent)
        box.setMinimumWidth(240)
        box.addItem(tr("not known"), "")
        for series in self.page.choices:
            box.addItem(series.name, series.id)
        box.setCurrentIndex(max(box.findData(chosen or ""), 0))
        return box

    # --- what comes later --------------------------------------------------------------------------------------------

    def show_chart(self, data: ChartData) -> None:
        """Puts the chart where it was waited for."""
        from desktop_app.ui.metrics.plots import Chart

        if not self.is_drawn or self.chart is not None:
            return
        self.place.removeWidget(self.waiting)
        self.waiting.hide()
        self.waiting.deleteLater()
        self.chart = Chart(self._appearance, data.lines, self)
        self.chart.told.connect(self.under.setText)
        self.chart.focus_changed.connect(self._show_hint)
        self.place.addWidget(self.chart)
        self.under.setText(self.chart.view_words())
        self._show_hint(False)
        self._moments = data.earlier
        self.moments.set_texts([_chip(earlier) for earlier in data.earlier])

    def _show_hint(self, focused: bool) -> None:
        keys = tr("← → read out · Shift moves · + − zoom · 0 shows all")
        self.hint.setText(keys if focused else tr("drag moves · Ctrl+wheel zooms · F6 for keys"))

    def _choose_moment(self, number: int) -> None:
        """A second click on the same moment lets it go."""
        moment = self._moments[number].moment
        self.date.clear_quietly()
        self._want("" if moment == self.moment else moment)

    def _want(self, moment: str) -> None:
        self.moment = moment
        if not moment:
            self.hide_earlier()
        self.earlier_wanted.emit(moment)

    def show_earlier(self, earlier: Earlier) -> None:
        self.told_then.setText(earlier_words(earlier))
        self.told_then.show()
        if self.chart is not None:
            stretch = (days(earlier.start), days(earlier.end)) if earlier.start else (0.0, 0.0)
            self.chart.show_then(earlier.drawn if len(earlier.drawn.own) else None, *stretch)

    def hide_earlier(self) -> None:
        self.told_then.hide()
        if self.chart is not None:
            self.chart.show_then(None)
            self.chart.show_all()

    def show_entries(self, entries: Sequence[Entry]) -> None:
        self.stack.show_cards([card_of_entry(entry) for entry in entries])
        self.stack.setVisible(bool(entries))
        self.nobody.setVisible(not entries)


class _Section(QWidget):
    """A small heading over ``body``."""

    def __init__(self, heading: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 12, 0, 0)
        self.body.setSpacing(SPACE_M)
        self.body.addWidget(SectionLabel(heading, self))


def _chip(earlier: Earlier) -> str:
    count = count_text(earlier.different, "{number} point differs", "{number} points differ")
    return f"{describe(earlier.moment)} · {count}"
