"""The chart: one line over time, or a ratio under the two totals it divides. Loads pyqtgraph: import it late.

Wheel (with Ctrl, or when the chart has the focus) and drag move through time, keys too; the heights fit what is seen.
The lines above each plot tell the total of what is seen, or of the point under the pointer.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.model.metrics import Grain, Series
from desktop_app.model.numbers import figure
from desktop_app.model.samples import LENGTHS, grain_for
from desktop_app.ui.i18n import tr
from desktop_app.ui.metrics.lines import Drawn, Line
from desktop_app.ui.metrics.telling import grain_name
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets import MutedLabel, StrongLabel
from desktop_app.ui.widgets.time_axis import TimeAxis, stretch_name

AXIS_WIDTH = 64
ALONE, TOTAL, RATIO = 260, 104, 150
"""Heights in pixels: of one line alone, of a total above a ratio, of the ratio."""
SMOOTH = 20_000
"""Points up to which lines are smoothed."""
APART = 5.0
"""Pixels between two points at least, where they may be gathered."""
AROUND = 21
"""Points shown on both sides of what differs."""
ZOOM = 1.5
STEP = 0.2


class _Days(pg.AxisItem):  # type: ignore[misc]
    """Time along the bottom, labelled as everywhere in Terrain."""

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        axis = TimeAxis(left=0.0, right=max(size, 1.0))
        axis.show(low, high)
        ticks = axis.ticks()
        self._names = {tick.day: tick.label for tick in ticks}
        return [(1.0, [tick.day for tick in ticks])]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        return [self._names.get(value, "") for value in values]


class _Figures(pg.AxisItem):  # type: ignore[misc]
    """Values in the unit of the series."""

    def __init__(self, unit: str) -> None:
        super().__init__("left")
        self._unit = unit

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        return [figure(value, self._unit) for value in values]


class Plot(pg.PlotWidget):  # type: ignore[misc]
    """One line. The scene's own menu and buttons are off."""

    def __init__(self, appearance: Appearance, series: Series, drawn: Drawn, *, last: bool) -> None:
        self._bottom = _Days("bottom")
        self._left = _Figures(series.unit)
        super().__init__(axisItems={"bottom": self._bottom, "left": self._left}, background=None, enableMenu=False)
        self._appearance = appearance
        self.series, self.drawn, self.grain = series, drawn, series.grain
        self._earlier: Drawn | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hideButtons()
        self.plotItem.setContentsMargins(0, 4, 0, 0)
        self._left.setWidth(AXIS_WIDTH)
        self._bottom.setHeight(24 if last else 8)
        self._bottom.setStyle(showValues=last)
        box = self.getViewBox()
        box.setMouseEnabled(x=True, y=False)
        box.setDefaultPadding(0)
        self._then = pg.PlotDataItem(connect="finite")
        self._now = pg.PlotDataItem(connect="finite")
        self._point = pg.ScatterPlotItem(size=8)
        self._cursor = pg.InfiniteLine(angle=90, movable=False)
        for item in (self._then, self._now, self._cursor, self._point):
            self.addItem(item, ignoreBounds=True)
        for item in (self._then, self._now):
            item.opts["antialias"] = len(drawn.own) < SMOOTH
            # After the item is in its view: before, these two have nothing to clip to and a million points crawl.
            item.setDownsampling(auto=True, method="peak")
            item.setClipToView(True)
        self._cursor.hide()
        self._draw()
        self.dress()

    @property
    def line(self) -> Line:
        """What is drawn: the series at its own grain, or gathered."""
        return self.drawn.at(self.grain)

    def _draw(self) -> None:
        if self.series.grain == Grain.RANGE or len(self.line) == 1:
            edges = np.column_stack((self.line.starts, self.line.ends)).ravel()
            self._now.setData(edges, np.repeat(self.line.values, 2), connect="pairs")
        else:
            self._now.setData(self.line.x, self.line.y)
        earlier = self._earlier.at(self.grain) if self._earlier else None
        self._then.setData(*((earlier.x, earlier.y) if earlier else ([], [])))

    def show_then(self, earlier: Drawn | None) -> None:
        """Draws an earlier statement under the line, or nothing."""
        self._earlier = earlier
        self._draw()
        self.fit()

    def dress(self) -> None:
        """Takes the colours of the theme."""
        theme = self._appearance.theme
        self.setBackground(theme.color("surface"))
        main = theme.color("ratio" if self.series.unit == "ratio" else "accent")
        # A wider pen makes Qt stroke every line by itself, which is seen with very many.
        self._now.setPen(pg.mkPen(main, width=1.5 if len(self.drawn.own) < SMOOTH else 1))
        self._then.setPen(pg.mkPen(theme.color("muted"), width=1.4, style=Qt.PenStyle.DashLine))
        self._point.setBrush(pg.mkBrush(main))
        self._point.setPen(pg.mkPen(theme.color("surface"), width=1.5))
        self._cursor.setPen(pg.mkPen(theme.color("line_strong")))
        font = QFont(self.font())
        font.setPixelSize(self._appearance.sizes.tiny)
        for axis in (self._left, self._bottom):
            axis.setPen(pg.mkPen(theme.color("line")))
            axis.setTextPen(pg.mkPen(theme.color("muted")))
            axis.setTickPen(pg.mkPen(theme.color("line")))
            axis.setStyle(tickFont=font, tickLength=-4 if axis is self._bottom else 0)
        self._left.setGrid(110)
        self._left.setStyle(tickTextOffset=8)

    def fit(self) -> None:
        """Fits the grain and the height to what is seen: from zero, where zero means nothing."""
        low, high = self.getViewBox().viewRange()[0]
        grain = grain_for(self.series.grain, (high - low) / max(self.getViewBox().width(), 1.0), APART)
        if grain != self.grain:
            self.grain = grain
            self.point_at(None)
            self._draw()
        seen = [self.line, self._earlier.at(grain)] if self._earlier else [self.line]
        known = [reach for line in seen if (reach := line.reach(low, high))]
        if not known:
            return
        least, most = min(pair[0] for pair in known), max(pair[1] for pair in known)
        bottom = 0.0 if least >= 0 and self.series.unit != "position" else least
        room = (most - bottom) * 0.08 or abs(most) * 0.1 or 1.0
        self.getViewBox().setYRange(bottom - (0 if bottom == 0 else room), most + room, padding=0)

    def point_at(self, index: int | None) -> None:
        """Marks one point, or none."""
        if index is None:
            self._point.setData([], [])
            self._cursor.hide()
            return
        middle = (self.line.starts[index] + self.line.ends[index]) / 2
        self._point.setData([middle], [self.line.values[index]])
        self._cursor.setPos(middle)
        self._cursor.show()


class Chart(QWidget):
    """The plots of a series one below the other, sharing their time. It takes the focus: Left and Right walk through
    the points, + and - zoom, Shift+Left and Shift+Right move, 0 shows everything.

    ``told(str)`` the stretch of the point that is read out, or the one that is seen, in words;
    ``focus_changed(bool)``.
    """

    told = Signal(str)
    focus_changed = Signal(bool)

    def __init__(
        self, appearance: Appearance, lines: Sequence[tuple[Series, Drawn]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._index: int | None = None
        self.plots: list[Plot] = []
        self._figures: list[StrongLabel | MutedLabel] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Chart of {name}", name=lines[-1][0].label))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for number, (series, drawn) in enumerate(lines):
            last = number == len(lines) - 1
            column.addLayout(self._make_heading(series, alone=len(lines) == 1))
            plot = Plot(appearance, series, drawn, last=last)
            height = ALONE if len(lines) == 1 else RATIO if last else TOTAL
            plot.setFixedHeight(height)
            plot.scene().sigMouseMoved.connect(lambda at, plot=plot: self._hover(plot, at))
            plot.viewport().installEventFilter(self)
            column.addWidget(plot)
            if number:
                plot.setXLink(self.plots[0])
            self.plots.append(plot)
            column.addSpacing(0 if last else 6)
        box = self.plots[0].getViewBox()
        box.sigXRangeChanged.connect(lambda *_: self._range_changed())
        box.sigResized.connect(lambda *_: self._range_changed())
        appearance.changed.connect(self._dress)
        self.show_all()

    def _make_heading(self, series: Series, *, alone: bool) -> QHBoxLayout:
        """The name and the figure; of one series alone the name stands above already."""
        row = QHBoxLayout()
        row.setSpacing(10)
        label: StrongLabel | MutedLabel = StrongLabel("", self) if alone else MutedLabel("", self)
        if not alone:
            row.addWidget(StrongLabel(series.name, self))
        row.addWidget(label)
        row.addStretch()
        self._figures.append(label)
        return row

    # --- time --------------------------------------------------------------------------------------------------------

    @property
    def main(self) -> Plot:
        return self.plots[-1]

    def bounds(self) -> tuple[float, float]:
        """The stretch that holds all points, with a little room."""
        known = [plot.drawn.own for plot in self.plots if len(plot.drawn.own)]
        first, last = min(line.starts[0] for line in known), max(line.ends[-1] for line in known)
        room = max((last - first) * 0.01, 0.5)
        return float(first - room), float(last + room)

    def show_all(self) -> None:
        self._show(*self.bounds())

    def view(self) -> tuple[float, float]:
        low, high = self.plots[0].getViewBox().viewRange()[0]
        return float(low), float(high)

    def zoom(self, factor: float, at: float | None = None) -> None:
        low, high = self.view()
        middle = (low + high) / 2 if at is None else at
        self._show(middle - (middle - low) / factor, middle + (high - middle) / factor)

    def move(self, share: float) -> None:  # type: ignore[override]
        low, high = self.view()
        by = (high - low) * share
        self._show(low + by, high + by)

    def _show(self, low: float, high: float) -> None:
        first, last = self.bounds()
        span = min(max(high - low, 1 / 24), last - first)
        low = min(max(low, first), last - span)
        self.plots[0].setXRange(low, low + span, padding=0)

    def _range_changed(self) -> None:
        grain = self.main.grain
        for plot in self.plots:
            plot.fit()
        if grain != self.main.grain:
            self._index = None
        if self._index is None:
            self._tell_view()

    # --- what is told ------------------------------------------------------------------------------------------------

    def show_then(self, earlier: Drawn | None, start: float = 0.0, end: float = 0.0) -> None:
        """Draws what the series said once under what it says now, and shows the stretch where they differ."""
        self.main.show_then(earlier)
        if end > start:
            room = max((end - start) * 0.6, AROUND * LENGTHS.get(self.main.series.grain, 1.0))
            self._show(start - room, end + room)

    def _tell_view(self) -> None:
        low, high = self.view()
        sums = [plot.drawn.own.total(low, high) for plot in self.plots]
        for number, (plot, label) in enumerate(zip(self.plots, self._figures, strict=True)):
            label.setText(self._words(plot, sums, low, high, ratio=number == 2))
        self.told.emit(self.view_words())

    def view_words(self) -> str:
        """The stretch that is seen, and by what it is drawn where that is not its own grain."""
        low, high = self.view()
        own = self.main.drawn.own
        part = own.inside(low, high)
        if part.stop <= part.start:
            return ""
        words = stretch_name(float(own.starts[part.start]), float(own.ends[part.stop - 1]))
        grain = self.main.grain
        drawn = self.main.drawn.gathered.get(grain) if grain != self.main.series.grain else None
        return tr("{stretch}, drawn {grain}", stretch=words, grain=grain_name(grain)) if drawn else words

    def _words(self, plot: Plot, sums: Sequence[float | None], low: float, high: float, *, ratio: bool) -> str:
        """The figure of what is seen: a sum, a ratio from its totals, or a mean."""
        unit = plot.series.unit
        total = sums[self.plots.index(plot)]
        if total is None:
            return ""
        if ratio:
            above, below = sums[1], sums[0]
            if above is None or not below:
                return ""
            names = tr("{above} ÷ {below}", above=figure(above, self.plots[1].series.unit),
                       below=figure(below, self.plots[0].series.unit))  # fmt: skip
            return f"{figure(above / below, unit)}  =  {names}"
        if plot.series.additive:
            return tr("{figure} in all", figure=figure(total, unit))
        part = plot.drawn.own.inside(low, high)
        return tr("mean {figure}", figure=figure(total / (part.stop - part.start), unit))

    def _hover(self, plot: Plot, at: QPointF) -> None:
        box = plot.getViewBox()
        if box.sceneBoundingRect().contains(at):
            self.point_at(plot.line.nearest(box.mapSceneToView(at).x()))

    def point_at(self, index: int | None) -> None:
        """Reads out one point of the series, in every plot that has one there; ``None`` tells of the whole again."""
        self._index = index
        if index is None:
            for plot in self.plots:
                plot.point_at(None)
            self._tell_view()
            return
        line = self.main.line
        start, end = float(line.starts[index]), float(line.ends[index])
        for plot, label in zip(self.plots, self._figures, strict=True):
            there = plot.line.nearest((start + end) / 2)
            fits = there is not None and plot.line.starts[there] == start
            plot.point_at(there if fits else None)
            value = float(plot.line.values[there]) if fits and there is not None else None
            label.setText(figure(value, plot.series.unit))
        self.told.emit(stretch_name(start, end))

    # --- events ------------------------------------------------------------------------------------------------------

    def _dress(self) -> None:
        for plot in self.plots:
            plot.dress()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            sign = 1 if key == Qt.Key.Key_Right else -1
            self.move(sign * STEP) if shift else self._walk(sign)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(ZOOM)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / ZOOM)
        elif key in (Qt.Key.Key_0, Qt.Key.Key_Home):
            self.show_all()
        elif key == Qt.Key.Key_Escape and self._index is not None:
            self.point_at(None)
        else:
            super().keyPressEvent(event)

    def _walk(self, step: int) -> None:
        line = self.main.line
        low, high = self.view()
        if self._index is None:
            index = line.nearest(low if step > 0 else high)
        else:
            index = min(max(self._index + step, 0), len(line) - 1)
        self.point_at(index)
        if index is not None:
            middle = float(line.starts[index] + line.ends[index]) / 2
            if not low <= middle <= high:
                self._show(middle - (high - low) / 2, middle + (high - low) / 2)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.focus_changed.emit(True)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.focus_changed.emit(False)
        super().focusOutEvent(event)

    def leaveEvent(self, event: Any) -> None:
        self.point_at(None)
        super().leaveEvent(event)

    def eventFilter(self, watched: Any, event: Any) -> bool:
        """A wheel that only passes by scrolls the page; a click takes the focus."""
        if isinstance(event, QWheelEvent):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier or self.hasFocus():
                plot = next(plot for plot in self.plots if plot.viewport() is watched)
                at = plot.getViewBox().mapSceneToView(plot.mapToScene(event.position().toPoint())).x()
                self.zoom(ZOOM ** (event.angleDelta().y() / 120), at)
                return True
            event.ignore()
            return True
        if isinstance(event, QMouseEvent) and event.type() == QMouseEvent.Type.MouseButtonPress:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        return False
