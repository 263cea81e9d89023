"""Paints the lanes and combs of tempo; places and colours come with what is painted, nothing is kept.

Nothing is clipped by the painter: SVG files would not hold to it.
"""

from collections.abc import Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from desktop_app.model.facts import EntryFacts
from desktop_app.model.metrics import Grain
from desktop_app.model.samples import LENGTHS, bucket_end, bucket_start, days
from desktop_app.model.tempo import Again, SeriesTempo
from desktop_app.ui.i18n import tr
from desktop_app.ui.lenses.drawing import Look, mixed, write_text
from desktop_app.ui.lenses.tempo.groups import BAR_SHOWN, SINGLE, Group, when
from desktop_app.ui.lenses.tempo.telling import SAMPLED, unseen_words
from desktop_app.ui.theme import paint_mark
from desktop_app.ui.theme.marks import mark_path
from desktop_app.ui.widgets.fading import fading
from desktop_app.ui.widgets.time_axis import stretch_name

if TYPE_CHECKING:
    from desktop_app.ui.lenses.tempo.drawing import LaneBox, SeriesBox, TempoDrawing

BAR = 16.0
MARK = 11.0
MARK_AGAIN = 7.5
HATCH = 9.0
TOOTH = 12.0
CLOSEST_TEETH = 3.0
"""Pixels between teeth below which a comb is a band."""
LEAST_WORDS = 44.0
"""Room from which a mark has its words beside it."""
OPACITY = 0.24


def paint_tempo(painter: QPainter, look: Look, drawing: "TempoDrawing") -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_ground(painter, look, drawing)
    for box in drawing.lanes:
        _Lane(painter, look, drawing, box).paint()
    for series in drawing.series:
        _paint_series(painter, look, drawing, series)
    _paint_axis(painter, look, drawing)
    _paint_time(painter, look, drawing)


def _paint_ground(painter: QPainter, look: Look, drawing: "TempoDrawing") -> None:
    """The plot, and the chosen time behind everything."""
    if not drawing.lanes:
        return
    box = drawing.lanes[0].box.united(drawing.lanes[-1].box)
    painter.setBrush(look.theme.color("surface"))
    painter.setPen(QPen(look.theme.color("line"), 1))
    painter.drawRoundedRect(box.adjusted(-0.5, -0.5, 0.5, 0.5), 6, 6)
    band = _time_band(drawing)
    if band is not None:
        painter.fillRect(QRectF(band.left(), box.top(), band.width(), box.height()), look.theme.color("highlight"))


def _time_band(drawing: "TempoDrawing") -> QRectF | None:
    """From where to where the chosen time runs, two pixels at least; ``None`` where it is out of view."""
    if drawing.at is None:
        return None
    axis, (start, end) = drawing.axis, drawing.at
    if end <= axis.start or start >= axis.end:
        return None
    left, right = drawing.held(axis.x(start)), drawing.held(axis.x(end))
    return QRectF(left, 0, max(right - left, 2.0), 1)


def _paint_time(painter: QPainter, look: Look, drawing: "TempoDrawing") -> None:
    """The edges of the chosen time and its name above."""
    band = _time_band(drawing)
    if band is None or drawing.at is None or not drawing.lanes:
        return
    top, bottom = drawing.lanes[0].box.top(), drawing.axis_y
    painter.setPen(QPen(look.theme.color("muted"), 1))
    for x in dict.fromkeys((band.left(), band.right())):
        painter.drawLine(QPointF(x, top - 4), QPointF(x, bottom))
    name = stretch_name(*drawing.at)
    width = look.width(name, look.sizes.small) + 8
    left = min(max(band.center().x() - width / 2, 0.0), drawing.axis.right - width)
    write_text(painter, look, QRectF(left, 0, width, top - 5), name, size=look.sizes.small, role="muted_strong",
               align=Qt.AlignmentFlag.AlignHCenter)  # fmt: skip


def _paint_axis(painter: QPainter, look: Look, drawing: "TempoDrawing") -> None:
    axis, y = drawing.axis, drawing.axis_y
    for tick in axis.ticks(look.width("September 2025", look.sizes.tiny) + 10):
        x = axis.x(tick.day)
        painter.setPen(QPen(look.theme.color("line_strong"), 1))
        painter.drawLine(QPointF(x, y + 1), QPointF(x, y + 5))
        width = look.width(tick.label, look.sizes.tiny) + 2
        if x + 2 + width <= axis.right + 36:
            write_text(painter, look, QRectF(x + 2, y + 5, width, 18), tick.label, size=look.sizes.tiny, role="faint")


# --- lanes ------------------------------------------------------------------------------------------------------------


class _Lane:
    def __init__(self, painter: QPainter, look: Look, drawing: "TempoDrawing", box: "LaneBox") -> None:
        self.painter, self.look, self.drawing, self.box = painter, look, drawing, box
        self.lane, self.view = box.standing.lane, box.standing.view
        self.middle = box.box.center().y()

    def paint(self) -> None:
        unseen = unseen_words(self.lane.scale, self.drawing.found.series)
        self._label(unseen)
        if unseen:
            self._hatch()
        painter, box = self.painter, self.box.box
        painter.setPen(QPen(self.look.theme.color("line"), 1))
        painter.drawLine(QPointF(box.left(), box.bottom()), QPointF(box.right(), box.bottom()))
        groups = self.box.standing.groups
        for again in self.box.again:
            self._again(again)
        self._bars(groups)
        for group, after in zip_longest(groups, groups[1:]):
            self._group(group, after)
        self._beyond()

    def _label(self, unseen: str) -> None:
        """The scale's name, and below it in words what the hatch says."""
        rect = QRectF(self.box.label.left(), self.box.label.top(), self.box.label.width() - 26, self.box.label.height())
        sizes = self.look.sizes
        if not unseen:
            role = "text" if self.lane.entries else "muted"
            write_text(self.painter, self.look, rect, tr(self.lane.name), size=sizes.small + 1, role=role)
            return
        line = sizes.small * 1.35
        first = QRectF(rect.left(), rect.center().y() - line, rect.width(), line)
        second = QRectF(rect.left(), rect.center().y(), rect.width() + 16, line)
        write_text(self.painter, self.look, first, tr(self.lane.name), size=sizes.small + 1)
        write_text(self.painter, self.look, second, unseen, size=sizes.tiny, role="faint")

    def _hatch(self) -> None:
        """Thin slanting lines: no series that is shown sees movements of this scale."""
        box = self.box.box
        self.painter.setPen(QPen(mixed(self.look.theme.color("line"), self.look.theme.color("surface"), 0.75), 1))
        lines = []
        x = box.left()
        while x + box.height() <= box.right():
            lines.append(QLineF(x, box.bottom(), x + box.height(), box.top()))
            x += HATCH
        self.painter.drawLines(lines)

    # --- entries ------------------------------------------------------------------------------------------------------

    def _bars(self, groups: Sequence[Group]) -> None:
        """The stretches of entries that stand alone, and in one grey those of all that stand together."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(self.look.theme.color("muted", OPACITY * 0.7))
        for span in self.box.standing.spans:
            left, right = self.drawing.span_of(*span)
            if right - left >= BAR_SHOWN:
                self.painter.drawRoundedRect(self._held_bar(left, right), 4, 4)
        for group in groups:
            if group.count == 1:
                self._entry_bar(self.lane.entries[group.first])

    def _entry_bar(self, entry: EntryFacts) -> None:
        left, right = self.drawing.span_of(entry.start, entry.end)
        if right - left < BAR_SHOWN:
            return
        axis, rect = self.drawing.axis, self._held_bar(left, right)
        occurred = when(entry)
        fuzzy_start = occurred is not None and (occurred.start_fuzzy or occurred.is_open_start)
        fuzzy_end = occurred is not None and (occurred.end_fuzzy or occurred.is_open_end)
        own, surface = self.look.theme.perspective_color(_perspective(entry)), self.look.theme.color("surface")
        # Opaque: tints that lie over one another would grow too dark for words.
        color = mixed(own, surface, OPACITY)
        brush = fading(
            rect,
            color,
            start=fuzzy_start and (left >= axis.left - 1 or entry.start < "0002"),
            end=fuzzy_end and (right <= axis.right + 1 or entry.end > "9999-12"),
        )
        solid = isinstance(brush, QColor)
        self.painter.setPen(QPen(mixed(own, surface, 0.45), 0.8) if solid else Qt.PenStyle.NoPen)
        self.painter.setBrush(brush if isinstance(brush, QColor) else QBrush(brush))
        self.painter.drawRoundedRect(rect, 4, 4)

    def _held_bar(self, left: float, right: float) -> QRectF:
        left, right = self.drawing.held(left), self.drawing.held(right)
        return QRectF(left, self.middle - BAR / 2, max(right - left, 1.0), BAR)

    def _group(self, group: Group, after: Group | None) -> None:
        if group.count > 1:
            self._bubble(group)
            return
        entry = self.lane.entries[group.first]
        paint_mark(self.painter, QPointF(group.x, self.middle), MARK, _perspective(entry), self.look.theme)
        left = group.x + SINGLE + 4
        right = self.drawing.axis.right - 4 if after is None else after.x - after.half - 4
        if right - left >= LEAST_WORDS:
            rect = QRectF(left, self.middle - BAR / 2, min(right - left, 260.0), BAR)
            write_text(self.painter, self.look, rect, entry.heading, size=self.look.sizes.tiny, role="text")

    def _bubble(self, group: Group) -> None:
        theme, text = self.look.theme, f"{group.count:,}"
        width = max(self.look.width(text, self.look.sizes.tiny) + 10, 18.0)
        left = min(max(group.x - width / 2, self.drawing.axis.left), self.drawing.axis.right - width)
        rect = QRectF(left, self.middle - 9, width, 18)
        self.painter.setPen(QPen(theme.color("line_strong"), 1.2))
        self.painter.setBrush(theme.color("surface"))
        self.painter.drawRoundedRect(rect, 9, 9)
        write_text(self.painter, self.look, rect, text, size=self.look.sizes.tiny, align=Qt.AlignmentFlag.AlignHCenter)

    def _beyond(self) -> None:
        """How many ended before the view and begin after it, beside the plot."""
        box, tiny = self.box.box, self.look.sizes.tiny
        if self.view.ended:
            rect = QRectF(box.left() - 40, box.top(), 36, box.height())
            text = f"‹{_short(self.view.ended)}"
            write_text(self.painter, self.look, rect, text, size=tiny, role="faint", align=Qt.AlignmentFlag.AlignRight)
        if self.view.later:
            rect = QRectF(box.right() + 4, box.top(), 36, box.height())
            write_text(self.painter, self.look, rect, f"{_short(self.view.later)}›", size=tiny, role="faint")

    # --- what comes again ---------------------------------------------------------------------------------------------

    def _again(self, again: Again) -> None:
        """Small hollow marks below, joined to the entry by a hairline; a dotted line where they stand too close."""
        entry = self.lane.entries[again.place]
        color = self.look.theme.perspective_color(_perspective(entry), 0.75)
        begin, low = self.drawing.held(self.drawing.axis.x(days(entry.start))), again_y(self.box.box)
        end = self.drawing.dense_line(again)[1]
        if again.times:
            end = self.drawing.held(self.drawing.again_x(*again.times[-1]))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.setPen(QPen(color, 1.0, Qt.PenStyle.DotLine if again.dense else Qt.PenStyle.SolidLine))
        self.painter.drawPolyline([QPointF(begin, self.middle), QPointF(begin, low), QPointF(end, low)])
        self.painter.setPen(QPen(color, 1.2))
        self.painter.setBrush(self.look.theme.color("surface"))
        for one, _, _, x in self.box.free:
            if one is again:
                self.painter.drawPath(mark_path(_perspective(entry), QPointF(x, low), MARK_AGAIN))


def again_y(box: QRectF) -> float:
    """How high in a lane occurrences stand: below what has been written down."""
    return box.center().y() + 11.5


def _perspective(entry: EntryFacts) -> str:
    return entry.perspectives[0] if entry.perspectives else ""


def _short(count: int) -> str:
    """A count in a narrow place; the tooltip says it in full."""
    return f"{count}" if count < 10_000 else f"{count // 1000}k"


# --- series -----------------------------------------------------------------------------------------------------------


def _paint_series(painter: QPainter, look: Look, drawing: "TempoDrawing", row: "SeriesBox") -> None:
    """A comb with one tooth for each sample's beginning, and in words what it can and cannot show."""
    series, label = row.tempo.series, row.label
    line = look.sizes.small * 1.45
    first = QRectF(label.left(), label.top() + 2, label.width(), line)
    write_text(painter, look, first, series.label, size=look.sizes.small, bold=True)
    second = QRectF(label.left(), label.top() + 2 + line, label.width() + 10, line)
    write_text(painter, look, second, tr(SAMPLED[series.grain]), size=look.sizes.tiny, role="faint")
    _paint_comb(painter, look, drawing, row)
    for at, words in enumerate(row.words):
        below = QRectF(row.box.left(), row.box.top() + 6 + TOOTH + 4 + at * line, row.box.width() + 36, line)
        write_text(painter, look, below, words, size=look.sizes.tiny, role="muted")


def _paint_comb(painter: QPainter, look: Look, drawing: "TempoDrawing", row: "SeriesBox") -> None:
    series, axis, base = row.tempo.series, drawing.axis, row.box.top() + 6 + TOOTH
    color = look.theme.color("accent")
    painter.setPen(QPen(look.theme.color("line"), 1))
    painter.drawLine(QPointF(axis.left, base), QPointF(axis.right, base))
    if not series.start or not series.end:
        return
    left, right = drawing.span_of(series.start, series.end)
    if right < axis.left or left > axis.right:
        return
    rect = QRectF(drawing.held(left), base - TOOTH, max(drawing.held(right) - drawing.held(left), 1.0), TOOTH)
    pitch = LENGTHS.get(series.grain, 0.0) / axis.days_per_pixel
    painter.setPen(QPen(color, 1.2))
    painter.drawLine(QPointF(rect.left(), base), QPointF(rect.right(), base))
    if pitch < CLOSEST_TEETH:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.theme.color("accent", 0.28))
        painter.drawRect(rect)
        return
    painter.drawLines(
        [QLineF(x, base - TOOTH, x, base) for x in map(axis.x, _teeth(row.tempo, axis.start, axis.end))
         if rect.left() - 0.5 <= x <= rect.right() + 0.5]
    )  # fmt: skip


def _teeth(tempo: SeriesTempo, low: float, high: float) -> list[float]:
    """Where samples begin between two days, and where the last one ends."""
    first, last = max(days(tempo.series.start), low), min(days(tempo.series.end), high)
    grain = tempo.series.grain
    if grain == Grain.HOUR:
        hour = int(first * 24)
        return [at / 24 for at in range(hour, int(last * 24) + 2)]
    day, made = bucket_start(max(first, 1.0), grain), []
    while day <= last:
        made.append(float(day))
        day = bucket_end(day, grain)
    return [*made, float(day)]
