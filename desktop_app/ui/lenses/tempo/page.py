"""The page of tempo: lanes on one time axis, the sampling of metrics below them, and what was going on beside them."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QMenu, QWidget

from desktop_app.model.tempo import DAY, Active, Tempo, stamp_of
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.lenses.canvas import CanvasArea
from desktop_app.ui.lenses.drawing import Drawing, Spot
from desktop_app.ui.lenses.page import LensPage
from desktop_app.ui.lenses.tempo.around import AroundCard
from desktop_app.ui.lenses.tempo.canvas import STEP, TempoCanvas
from desktop_app.ui.lenses.tempo.drawing import TempoDrawing, TempoKey
from desktop_app.ui.theme import SPACE_L
from desktop_app.ui.widgets import EmptyState, ScreenContext
from desktop_app.ui.widgets.time_axis import stretch_name

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook

BESIDE_FROM = 1060
"""Width of the page from which the list stands beside the lanes, else below them."""
BESIDE, BELOW = 300, 140
MOST_CHOICES = 60
"""Series offered in the menu; further ones are named in the query by ``metric:``."""


class TempoPage(LensPage[Tempo]):
    """What moves at which speed, and what a metric's sampling passes over."""

    page_id = "tempo"
    title = "Tempo"

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        self._series: tuple[str, ...] | None = None
        self._time: tuple[float, float] | None = None
        self._scale = ""
        super().__init__(context, parent)
        self.canvas = TempoCanvas(self.appearance, tr("Lanes of time scales"), self)
        self.area = CanvasArea(self.canvas, self.sheet)
        self.around = AroundCard(self.appearance, self.sheet)
        self.row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.row.setSpacing(SPACE_L)
        self.row.addWidget(self.area, 1)
        self.row.addWidget(self.around)
        self.body.addLayout(self.row, 1)
        self.series_button = self.foot.add_link(tr("series"), "S", self.choose_series)
        self.canvas.spot_chosen.connect(self._tell_spot)
        self.canvas.spot_opened.connect(self.open_spot)
        self.canvas.time_chosen.connect(self._choose_day)
        self.canvas.zoomed.connect(self._forget_spot)
        self.canvas.left_upwards.connect(self.narrow.begin)
        self.around.entry_opened.connect(self.open_entry_requested)
        self.around.query_opened.connect(self.open_query)

    def keys(self) -> list[tuple[str, Callable[[], None]]]:
        return [
            ("+", self.look_closer),
            ("=", self.look_closer),
            ("-", self.step_back),
            ("0", self.show_all),
            (",", self.earlier),
            (".", self.later),
            ("S", self.choose_series),
        ]

    def make_empty(self) -> EmptyState:
        return EmptyState(
            self.appearance,
            tr("Nothing with a date yet"),
            tr(
                "Here entries stand on lanes, one for each speed at which things move, from a moment to a generation. "
                "Write one and say when it was, and how fast it moves: ~week."
            ),
            tr("Write an entry"),
            self,
        )

    def first_step(self) -> None:
        self.capture_requested.emit("~week ", tr("What has been going on this week?"))

    # --- reading and showing -----------------------------------------------------------------------------------------

    def look(self, notebook: "Notebook", query: str) -> Tempo:
        known = {one.id for one in notebook.metrics.list()} if self._series is not None else set()
        chosen = None if self._series is None else [one for one in self._series if one in known]
        return notebook.tempo.read(query, series=chosen)

    def table(self, notebook: "Notebook", result: Tempo) -> bytes:
        return notebook.tempo.csv(result)

    def is_empty(self, result: Tempo) -> bool:
        return result.is_empty

    def drawing(self) -> Drawing | None:
        if self.result is None or self.canvas.lanes is None:
            return None
        made = TempoDrawing(self.result, self._time)
        made.axis.show(self.canvas.lanes.axis.start, self.canvas.lanes.axis.end)
        return made

    def show_result(self, result: Tempo) -> None:
        before = self.canvas.lanes
        drawing = TempoDrawing(result, self._time)
        if before is not None and before.is_zoomed and before.found.scope.query == result.scope.query:
            drawing.axis.show(before.axis.start, before.axis.end)
        self._fit(drawing)
        self.canvas.show_drawing(drawing)
        self.series_button.setVisible(bool(result.choices))
        parts = [count_text(result.scope.total, "{number} entry", "{number} entries")]
        if result.undated.value:
            parts.append(count_text(int(result.undated.value), "{number} without a date", "{number} without a date"))
        words = tr("What moves at which speed: a number counts the entries that begin there.")
        self.tell_scope(f"{words} {', '.join(parts)}.", result.scope)
        self._read_around()

    def _fit(self, drawing: TempoDrawing) -> None:
        drawing.room = float(self.area.viewport().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = event.size().width() >= BESIDE_FROM
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self.row.setDirection(way)
        self.around.setFixedSize(16_777_215, 16_777_215)
        self.around.setMinimumSize(0, 0)
        if beside:
            self.around.setFixedWidth(BESIDE)
        else:
            self.around.setFixedHeight(BELOW)
        self.row.activate()
        if self.canvas.lanes is not None:
            self._fit(self.canvas.lanes)
            self.canvas.show_drawing(self.canvas.lanes)

    # --- what is chosen ----------------------------------------------------------------------------------------------

    def _tell_spot(self, spot: Spot | None) -> None:
        self.tell_spot(spot)
        lanes = self.canvas.lanes
        found = lanes.entry_at(spot) if lanes is not None and spot is not None else None
        if found is not None:
            scale, (start, end) = found
            self._choose_time((start / DAY, end / DAY), scale)

    def _forget_spot(self) -> None:
        """What is told of a mark that stands no longer there after zooming."""
        if self.canvas.chosen is None:
            self.tell_spot(None)

    def open_spot(self, spot: Spot) -> None:
        """One entry is opened; of several, their list; a lane's name shows all of the lane."""
        key = spot.key
        if isinstance(key, TempoKey) and key.kind in ("entry", "again"):
            self.open_entry_requested.emit(key.entry)
        else:
            super().open_spot(spot)

    def _choose_day(self, day: float) -> None:
        """The hour or the day at a place, by what can be told apart at this zoom."""
        lanes = self.canvas.lanes
        if lanes is not None:
            unit = 1 / 24 if lanes.axis.span <= 3 else 1.0
            start = day // unit * unit
            self._choose_time((start, start + unit), "")

    def _choose_time(self, time: tuple[float, float], scale: str) -> None:
        if (time, scale) == (self._time, self._scale):
            return
        self._time, self._scale = time, scale
        lanes = self.canvas.lanes
        if lanes is not None:
            lanes.at = time
            self.canvas.update()
        self._read_around()

    def _stamps(self) -> tuple[str, str] | None:
        if self._time is None:
            return None
        return stamp_of(round(self._time[0] * DAY)), stamp_of(round(self._time[1] * DAY))

    def _read_around(self) -> None:
        found, stamps, scale = self.result, self._stamps(), self._scale
        if found is None or stamps is None:
            self.around.tell(None, "")
            return
        self.operations.read(
            tr("What was going on then"),
            lambda notebook: notebook.tempo.active(found, *stamps, scale),
            self._tell_around,
            key="lenses.tempo.around",
        )

    def _tell_around(self, active: Active) -> None:
        if self._time is not None and (active.start, active.end) == self._stamps():
            self.around.tell(active, stretch_name(*self._time))

    # --- verbs -------------------------------------------------------------------------------------------------------

    def look_closer(self) -> None:
        self.canvas.zoom(STEP)

    def step_back(self) -> None:
        self.canvas.zoom(1 / STEP)

    def show_all(self) -> None:
        self.canvas.show_all()

    def earlier(self) -> None:
        self._step(-1)

    def later(self) -> None:
        self._step(1)

    def _step(self, units: int) -> None:
        """Chooses the unit of time before or after the chosen one: an hour, a day, a month or a year, by the zoom."""
        lanes = self.canvas.lanes
        if lanes is None:
            return
        axis = lanes.axis
        here = self._time[0] if self._time and axis.start <= self._time[0] < axis.end else None
        start = axis.snap((axis.start + axis.end) / 2) if here is None else axis.step(here, units)
        self._choose_time((start, axis.step(start, 1)), "")
        if not axis.start <= start < axis.end:
            self.canvas.pan(units * axis.span / 8)

    def choose_series(self) -> None:
        """A menu of series; those that are ticked have their comb below the lanes."""
        if self.result is None or not self.result.choices:
            return
        menu = QMenu(self)
        shown = [one.series.id for one in self.result.series]
        for series in self.result.choices[:MOST_CHOICES]:
            action = menu.addAction(series.label)
            action.setCheckable(True)
            action.setChecked(series.id in shown)
            action.toggled.connect(partial(self._lay_beside, series.id))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.series_button.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _lay_beside(self, series: str, shown: bool) -> None:
        if self.result is not None:
            others = tuple(one.series.id for one in self.result.series if one.series.id != series)
            self._series = (*others, series) if shown else others
            self.read()

    def focus_first(self) -> None:
        if self.stack.currentIndex():
            self.nothing.button.setFocus()
        else:
            self.canvas.setFocus()

    def begin_tour(self) -> None:
        """A mark with slower things around it."""
        lanes = self.canvas.lanes
        if lanes is not None:
            entries = [
                spot for spot in self.canvas.spots() if isinstance(spot.key, TempoKey) and spot.key.kind == "entry"
            ]
            middle = (lanes.axis.left + lanes.axis.right) / 2
            near = min(entries, key=lambda spot: abs(spot.rect.center().x() - middle), default=None)
            if near is not None:
                self.canvas.choose_key(near.key)
