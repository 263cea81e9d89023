"""Codes over time beside a metric: a bar for each period, and below it, on the same stretch, the series with its own
scale. Two scales never share one panel: what moves together there is no reason."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop_app.model.samples import bucket_end, days
from desktop_app.ui.i18n import tr
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets.time_axis import TimeAxis

if TYPE_CHECKING:
    from desktop_app.services.matrices import CodesOverTime
    from desktop_app.services.metrics import SeriesStretch

HEAD = 20
"""Room above a panel for what it shows."""
FOOT = 20
"""Room for the labels of time."""
LOW, HIGH = 116, 196
"""Heights without and with a series."""


class TimeChart(QWidget):
    """Paints what :meth:`show_counts` was given; it cannot be chosen, the grid below is."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._label = ""
        self._bars: list[tuple[float, float, float]] = []
        self._series: SeriesStretch | None = None
        self.setFixedHeight(LOW)
        appearance.changed.connect(self.update)

    def show_counts(self, over_time: "CodesOverTime", row: str, label: str) -> None:
        """Codings of a code by period (all codes together where ``row`` is empty), and the first of the series."""
        matrix = over_time.matrix
        values = (
            matrix.column_totals if not row else {column: matrix.value(row, column) for column, _ in matrix.columns}
        )
        self._bars = []
        for column, _ in matrix.columns:
            start = days(column)
            self._bars.append((start, float(bucket_end(int(start), over_time.grain)), values.get(column, 0.0)))
        self._label = label
        self._series = over_time.series[0] if over_time.series else None
        self.setFixedHeight(HIGH if self._series else LOW)
        self.setAccessibleName(self._told())
        self.update()

    def _told(self) -> str:
        words = ", ".join(f"{value:g}" for _, _, value in self._bars)
        told = tr("{label} by period: {values}", label=self._label, values=words)
        return f"{told}. {series_words(self._series)}" if self._series else told

    # --- painting ----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._bars:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPixelSize(self._appearance.sizes.tiny)
        painter.setFont(font)
        axis = TimeAxis(self._bars[0][0], self._bars[-1][1], 0.0, float(self.width()))
        room = self.height() - FOOT
        upper = QRectF(0, 0, self.width(), room / 2 if self._series else room)
        self._paint_bars(painter, axis, upper)
        if self._series:
            self._paint_series(painter, axis, QRectF(0, upper.bottom(), self.width(), room - upper.height()))
        self._paint_ticks(painter, axis)
        painter.end()

    def _head(self, painter: QPainter, panel: QRectF, words: str) -> QRectF:
        painter.setPen(self._appearance.theme.color("muted"))
        head = QRectF(panel.left(), panel.top(), panel.width(), HEAD)
        painter.drawText(head, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        inner = panel.adjusted(0, HEAD, 0, -4)
        painter.setPen(QPen(self._appearance.theme.color("line"), 1))
        painter.drawLine(inner.bottomLeft(), inner.bottomRight())
        return inner

    def _paint_bars(self, painter: QPainter, axis: TimeAxis, panel: QRectF) -> None:
        inner = self._head(painter, panel, self._label)
        most = max((value for _, _, value in self._bars), default=0.0) or 1.0
        theme = self._appearance.theme
        for start, end, value in self._bars:
            if not value:
                continue
            left, right = axis.x(start) + 1, axis.x(end) - 1
            height = max((inner.height() - HEAD / 2) * value / most, 2.0)
            box = QRectF(left, inner.bottom() - height, max(right - left, 2.0), height)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent", 0.55))
            painter.drawRect(box)
            painter.setPen(theme.color("text"))
            if box.width() > 16:
                above = QRectF(box.left(), box.top() - HEAD + 4, box.width(), HEAD - 4)
                painter.drawText(above, Qt.AlignmentFlag.AlignCenter, f"{value:g}")

    def _paint_series(self, painter: QPainter, axis: TimeAxis, panel: QRectF) -> None:
        assert self._series is not None
        inner = self._head(painter, panel, series_words(self._series))
        places = _middles(self._series)
        if not places:
            return
        low, high = min(0.0, *(value for _, value in places)), max(value for _, value in places)
        span = (high - low) or 1.0
        painter.setPen(QPen(self._appearance.theme.color("accent"), 1.75))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        points = [QPointF(axis.x(day), inner.bottom() - inner.height() * (value - low) / span) for day, value in places]
        painter.drawPolyline(points)
        painter.setBrush(self._appearance.theme.color("accent"))
        for point in points if len(points) <= 60 else ():
            painter.drawEllipse(point, 2, 2)

    def _paint_ticks(self, painter: QPainter, axis: TimeAxis) -> None:
        painter.setPen(self._appearance.theme.color("muted"))
        top = self.height() - FOOT
        for tick in axis.ticks():
            place = QRectF(axis.x(tick.day), top, 120, FOOT)
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, tick.label)


def _middles(series: "SeriesStretch") -> Sequence[tuple[float, float]]:
    return [((days(point.start) + days(point.end)) / 2, point.value) for point in series.points]


def series_words(series: "SeriesStretch") -> str:
    """What the series is and what it comes to here; a ratio only with the totals that it divides."""
    words = f"{series.series.label} · {series.series.source}"
    if not series.points:
        return f"{words} · " + tr("no points in this stretch")
    if series.numerator is not None and series.denominator is not None:
        return f"{words} · {series.numerator:,g} ÷ {series.denominator:,g}"
    value = series.value
    return f"{words} · {value:,g}" if value is not None else words
