"""Paints the chart from its view: the chosen stretch, curves with their figures, tracks, the axis, the read-out.

Holds fonts and colours, no state of its own; everything it draws comes with the :class:`ChartView`.
"""

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from desktop_app.model.metrics import Grain
from desktop_app.model.numbers import figure
from desktop_app.model.samples import Envelope, columns
from desktop_app.ui.browse.chart_layout import SIDE, ChartLayout, CurveRow, TrackRow
from desktop_app.ui.browse.curves import Curve, Role
from desktop_app.ui.browse.tracks import Group, Placed, TrackView
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.theme import Appearance, paint_mark
from desktop_app.ui.widgets.fading import fading
from desktop_app.ui.widgets.time_axis import TimeAxis, stretch_name

PIECE = 64
BAR = 8.0
MARK = 11.0
BEYOND = 28.0
"""Beside the plot, for the number of hits before and after the view."""
GRAIN_NAMES = {
    Grain.HOUR: "by hour",
    Grain.DAY: "by day",
    Grain.WEEK: "by week",
    Grain.MONTH: "by month",
    Grain.QUARTER: "by quarter",
    Grain.YEAR: "by year",
}


@dataclass(slots=True)
class ChartView:
    """What is to be seen now. ``stretch`` in days; ``note`` stands at its top; ``cursor`` is the pointer's x."""

    axis: TimeAxis
    layout: ChartLayout
    adjacent: dict[str, bool] = field(default_factory=dict)
    tracks: dict[str, TrackView] = field(default_factory=dict)
    stretch: tuple[float, float] | None = None
    note: str = ""
    cursor: float | None = None
    lit: frozenset[str] = frozenset()
    chosen: str = ""
    group: Group | None = None
    focused: bool = False
    pen_down: bool = False


class ChartPainter:
    """Draws a :class:`ChartView` with the appearance's colours and sizes."""

    def __init__(self, appearance: Appearance, font: QFont) -> None:
        self._theme = appearance.theme
        self.name_font = QFont(font)
        self.name_font.setPixelSize(appearance.sizes.small + 1)
        self.name_font.setWeight(QFont.Weight.DemiBold)
        self.small = QFont(font)
        self.small.setPixelSize(appearance.sizes.small)
        self.tiny = QFont(font)
        self.tiny.setPixelSize(appearance.sizes.tiny)

    def paint_still(self, painter: QPainter, view: ChartView) -> None:
        """All that stays while only the pointer moves."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if view.stretch:
            self._stretch(painter, view, view.stretch)
        for row in view.layout.curves:
            self._curve_row(painter, view, row)
        for track in view.layout.tracks:
            self._track_row(painter, view, track)
        self._axis(painter, view)
        if view.stretch:
            self._note(painter, view, view.stretch)

    def paint_live(self, painter: QPainter, view: ChartView) -> None:
        """What follows the pointer: values under it, and what the marker there is."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if view.cursor is not None:
            self._cursor(painter, view, view.cursor)
        if view.group:
            self._read_out(painter, view, view.group)

    # --- the chosen stretch ------------------------------------------------------------------------------------------

    def band(self, view: ChartView, stretch: tuple[float, float]) -> QRectF:
        """The chosen stretch in pixels, as far as it is in view."""
        plot = view.layout.plot
        left = min(max(view.axis.x(stretch[0]), plot.left()), plot.right())
        right = min(max(view.axis.x(stretch[1]), plot.left()), plot.right())
        return QRectF(left, plot.top() - 18, right - left, plot.height() + 22)

    def close_box(self, view: ChartView, stretch: tuple[float, float]) -> QRectF:
        """Where the × of the stretch is: in its upper right corner, or right of a narrow one."""
        band = self.band(view, stretch)
        x = band.right() - 18 if band.width() >= 40 else band.right() + 2
        return QRectF(min(x, view.layout.plot.right() - 16), band.top() + 2, 16, 16)

    def _stretch(self, painter: QPainter, view: ChartView, stretch: tuple[float, float]) -> None:
        band = self.band(view, stretch)
        if band.width() <= 0:
            return
        painter.fillRect(band, self._theme.color("highlight"))
        strong = view.focused or view.pen_down
        painter.setPen(QPen(self._theme.color("muted", 0.9 if strong else 0.35), 1))
        for edge, day in ((band.left(), stretch[0]), (band.right(), stretch[1])):
            if view.axis.start < day < view.axis.end:
                painter.drawLine(QPointF(edge, band.top()), QPointF(edge, band.bottom()))
                grip = QRectF(edge - 2, band.center().y() - 9, 4, 18)
                painter.save()
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._theme.color("muted", 1.0 if strong else 0.6))
                painter.drawRoundedRect(grip, 2, 2)
                painter.restore()

    def _note(self, painter: QPainter, view: ChartView, stretch: tuple[float, float]) -> None:
        band, plot = self.band(view, stretch), view.layout.plot
        close = self.close_box(view, stretch)
        painter.setPen(QPen(self._theme.color("muted_strong"), 1.4))
        for a, b in ((QPointF(5, 5), QPointF(11, 11)), (QPointF(11, 5), QPointF(5, 11))):
            painter.drawLine(close.topLeft() + a, close.topLeft() + b)
        painter.setFont(self.tiny)
        metrics = QFontMetricsF(self.tiny)
        text = view.note or stretch_name(*stretch)
        width = metrics.horizontalAdvance(text)
        inside = close.left() - band.left() - 8 if close.left() < band.right() else 0
        if width <= inside:
            place = QRectF(band.left() + 6, band.top() + 1, width + 2, 18)
        elif max(band.right(), close.right()) + 6 + width < plot.right():
            place = QRectF(max(band.right(), close.right()) + 6, band.top() + 1, width + 2, 18)
        else:
            place = QRectF(max(band.left() - 6 - width, plot.left()), band.top() + 1, width + 2, 18)
        self._halo(painter, place, text, "muted_strong")

    # --- curves ------------------------------------------------------------------------------------------------------

    def _curve_row(self, painter: QPainter, view: ChartView, row: CurveRow) -> None:
        box = row.box
        self._label(painter, view, row)
        painter.setPen(QPen(self._theme.color("line"), 1))
        painter.drawLine(QPointF(box.left(), box.bottom()), QPointF(box.right(), box.bottom()))
        if not row.curve.drawable:
            painter.setFont(self.tiny)
            painter.setPen(self._theme.color("faint"))
            text = tr("Not drawn: the two totals that it divides are not in this notebook.")
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
            return
        envelope = row.curve.envelope(view.axis.days_per_pixel)
        scale = Scale.of(envelope, view.axis, box)
        ratio = row.curve.role == Role.RATIO
        pen = QPen(self._theme.color("ratio" if ratio else "accent"), 1.3 if ratio else 1.7)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.save()
        painter.setClipRect(box.adjusted(0, -4, 1, 2))
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for piece in curve_lines(envelope, view.axis, scale):
            if piece.size() > 1:
                painter.drawPolyline(piece)
            else:
                painter.drawPoint(piece.first())
        painter.restore()

    def _label(self, painter: QPainter, view: ChartView, row: CurveRow) -> None:
        left = QRectF(SIDE + 2, row.box.top() - 8, row.box.left() - SIDE - 12, 40)
        metrics = QFontMetricsF(self.name_font)
        painter.setFont(self.name_font)
        painter.setPen(self._theme.color("text"))
        name = metrics.elidedText(row.curve.series.label, Qt.TextElideMode.ElideRight, left.width())
        painter.drawText(left, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, name)
        painter.setFont(self.tiny)
        painter.setPen(self._theme.color("muted"))
        below = left.adjusted(0, metrics.height() + 1, 8, 0)
        tiny = QFontMetricsF(self.tiny)
        whole = figure_text(view, row.curve)
        if tiny.horizontalAdvance(whole) > left.width() + 6:
            whole = whole.rsplit(", ", 1)[0]
        text = tiny.elidedText(whole, Qt.TextElideMode.ElideRight, left.width() + 6)
        painter.drawText(below, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, text)

    # --- tracks ------------------------------------------------------------------------------------------------------

    def _track_row(self, painter: QPainter, view: ChartView, row: TrackRow) -> None:
        box, middle = row.box, row.box.center().y()
        shown = view.tracks.get(row.track.scale, TrackView())
        painter.setFont(self.tiny)
        painter.setPen(self._theme.color("muted"))
        label = QRectF(SIDE, box.top(), box.left() - SIDE - BEYOND, box.height())
        painter.drawText(label, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, row.track.name)
        painter.setPen(QPen(self._theme.color("line"), 1))
        painter.drawLine(QPointF(box.left(), middle), QPointF(box.right(), middle))
        painter.save()
        painter.setClipRect(box.adjusted(-12, -4, 12, 4))
        for item in shown.spans:
            self._span(painter, view, item, middle)
        for group in shown.groups:
            self._group(painter, view, group, middle)
        painter.restore()
        self._beyond(painter, row, shown)

    def _span(self, painter: QPainter, view: ChartView, item: Placed, middle: float) -> None:
        left, right = view.axis.x(item.start), view.axis.x(item.end)
        low, high = view.axis.left - 4, view.axis.right + 4
        box = QRectF(QPointF(max(left, low), middle - BAR / 2), QPointF(min(right, high), middle + BAR / 2))
        lit = item.mark.id in view.lit or item.mark.id == view.chosen
        quiet = bool(view.lit) and not lit
        opacity = 0.62 if lit else 0.14 if quiet else 0.30
        color = self._theme.perspective_color(first_perspective(item), opacity)
        painter.setPen(Qt.PenStyle.NoPen)
        brush = fading(box, color, start=item.start_fuzzy and left >= low, end=item.end_fuzzy and right <= high)
        if isinstance(brush, QColor):
            # Hides the track's line, which would show through.
            painter.setBrush(self._theme.color("surface"))
            painter.drawRoundedRect(box, BAR / 2, BAR / 2)
        painter.setBrush(brush)
        painter.drawRoundedRect(box, BAR / 2, BAR / 2)

    def _group(self, painter: QPainter, view: ChartView, group: Group, middle: float) -> None:
        ids = {item.mark.id for item in group.items}
        lit = bool(ids & view.lit) or view.chosen in ids
        if len(group.items) > 1:
            self._bubble(painter, group, middle, lit)
            return
        centre = QPointF(group.x, middle)
        if lit:
            painter.setPen(QPen(self._theme.color("accent"), 1.5))
            painter.setBrush(self._theme.color("surface"))
            painter.drawEllipse(centre, MARK * 0.86, MARK * 0.86)
        quiet = bool(view.lit) and not lit
        paint_mark(painter, centre, MARK, first_perspective(group.items[0]), self._theme, 0.35 if quiet else 1.0)

    def _bubble(self, painter: QPainter, group: Group, middle: float, lit: bool) -> None:
        text = f"{len(group.items):,}"
        painter.setFont(self.tiny)
        width = max(QFontMetricsF(self.tiny).horizontalAdvance(text) + 9, 16)
        box = QRectF(group.x - width / 2, middle - 8, width, 16)
        same = {first_perspective(item) for item in group.items}
        edge = self._theme.perspective_color(same.pop()) if len(same) == 1 else self._theme.color("line_strong")
        painter.setPen(QPen(self._theme.color("accent") if lit else edge, 1.5 if lit else 1))
        painter.setBrush(self._theme.color("accent_ground" if lit else "surface"))
        painter.drawRoundedRect(box, 8, 8)
        painter.setPen(self._theme.color("accent" if lit else "text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _beyond(self, painter: QPainter, row: TrackRow, shown: TrackView) -> None:
        """How many hits lie further left and right, at the edges of the track."""
        before, after = shown.before, shown.after
        painter.setFont(self.tiny)
        painter.setPen(self._theme.color("faint"))
        middle = Qt.AlignmentFlag.AlignVCenter
        if before:
            place = QRectF(row.box.left() - BEYOND, row.box.top(), BEYOND - 4, row.box.height())
            painter.drawText(place, middle | Qt.AlignmentFlag.AlignRight, f"‹{before}")
        if after:
            place = QRectF(row.box.right() + 4, row.box.top(), BEYOND, row.box.height())
            painter.drawText(place, middle | Qt.AlignmentFlag.AlignLeft, f"{after}›")

    # --- the axis, the cursor, the read-out --------------------------------------------------------------------------

    def _axis(self, painter: QPainter, view: ChartView) -> None:
        painter.setFont(self.tiny)
        metrics = QFontMetricsF(self.tiny)
        y = view.layout.axis_y
        for tick in view.axis.ticks(metrics.horizontalAdvance("September 2025") + 10):
            x = view.axis.x(tick.day)
            painter.setPen(QPen(self._theme.color("line_strong"), 1))
            painter.drawLine(QPointF(x, y + 1), QPointF(x, y + 5))
            painter.setPen(self._theme.color("faint"))
            width = metrics.horizontalAdvance(tick.label)
            if x + width + 2 <= view.layout.plot.right() + SIDE:
                painter.drawText(QPointF(x + 2, y + 8 + metrics.ascent()), tick.label)

    def _cursor(self, painter: QPainter, view: ChartView, x: float) -> None:
        plot = view.layout.plot
        painter.setPen(QPen(self._theme.color("muted", 0.5), 1))
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
        day = view.axis.day(x)
        named = ""
        for row in view.layout.curves:
            named = self._value_at(painter, view, row, day) or named
        text = named or stretch_name(*_day_of(day))
        metrics = QFontMetricsF(self.tiny)
        width = metrics.horizontalAdvance(text) + 12
        left = min(max(x - width / 2, plot.left()), plot.right() - width)
        pill = QRectF(left, view.layout.axis_y + 4, width, 18)
        painter.setPen(QPen(self._theme.color("line"), 1))
        painter.setBrush(self._theme.color("surface"))
        painter.drawRoundedRect(pill, 6, 6)
        painter.setFont(self.tiny)
        painter.setPen(self._theme.color("text"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)

    def _value_at(self, painter: QPainter, view: ChartView, row: CurveRow, day: float) -> str:
        """The value under the cursor as a dot and a figure; gives back the name of the stretch that it covers."""
        if not row.curve.drawable:
            return ""
        samples = row.curve.at(row.curve.grain(view.axis.days_per_pixel))
        index = samples.at(day)
        if index is None:
            return ""
        scale = Scale.of(row.curve.envelope(view.axis.days_per_pixel), view.axis, row.box)
        start, end, value = samples.starts[index], samples.ends[index], samples.values[index]
        x = min(max(view.axis.x((start + end) / 2), row.box.left()), row.box.right())
        y = scale.y(value)
        ratio = row.curve.role == Role.RATIO
        painter.setPen(QPen(self._theme.color("surface"), 1.5))
        painter.setBrush(self._theme.color("muted" if ratio else "accent"))
        painter.drawEllipse(QPointF(x, y), 3.5, 3.5)
        painter.setFont(self.tiny)
        text = figure(value, row.curve.series.unit)
        width = QFontMetricsF(self.tiny).horizontalAdvance(text)
        place = x + 8 if x + 10 + width < row.box.right() else x - 8 - width
        self._halo(painter, QRectF(place, y - 15, width + 2, 14), text, "text")
        return stretch_name(start, end)

    def _read_out(self, painter: QPainter, view: ChartView, group: Group) -> None:
        """A small card beside the marker under the pointer: what it is, when, or how many there are."""
        row = next((row for row in view.layout.tracks if group in view.tracks[row.track.scale].groups), None)
        if row is None:
            return
        first, second = read_out_lines(group)
        name, small = QFontMetricsF(self.name_font), QFontMetricsF(self.tiny)
        first = name.elidedText(first, Qt.TextElideMode.ElideRight, 330)
        width = max(name.horizontalAdvance(first), small.horizontalAdvance(second)) + 24
        plot = view.layout.plot
        left = min(max(group.x - width / 2, plot.left()), plot.right() - width)
        card = QRectF(left, row.box.top() - 52, width, 46)
        painter.setPen(QPen(self._theme.color("line_strong"), 1))
        painter.setBrush(self._theme.color("surface"))
        painter.drawRoundedRect(card, 8, 8)
        painter.setFont(self.name_font)
        painter.setPen(self._theme.color("text"))
        text = card.adjusted(12, 6, -8, -6)
        painter.drawText(text, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, first)
        painter.setFont(self.tiny)
        painter.setPen(self._theme.color("muted"))
        painter.drawText(text, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, second)

    def _halo(self, painter: QPainter, box: QRectF, text: str, role: str) -> None:
        """Text with a thin edge of the ground around it, so that it can be read on top of lines."""
        metrics = QFontMetricsF(painter.font())
        path = QPainterPath()
        base = QPointF(box.left(), box.center().y() + (metrics.ascent() - metrics.descent()) / 2)
        path.addText(base, painter.font(), text)
        edge = QPen(self._theme.color("surface", 0.9), 3)
        edge.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(path, edge)
        painter.setPen(self._theme.color(role))
        painter.drawText(base, text)


@dataclass(frozen=True, slots=True)
class Scale:
    """Values to pixels in a row. It begins at zero, unless that would flatten the curve into a line."""

    low: float
    high: float
    box: QRectF

    @classmethod
    def of(cls, envelope: Envelope, axis: TimeAxis, box: QRectF) -> "Scale":
        low, high = envelope.bounds(axis.start, axis.end) or (0.0, 1.0)
        base = min(low, 0.0) if low <= high * 0.55 else low - (high - low) * 0.6
        return cls(base, high if high > base else base + 1.0, box)

    def y(self, value: float) -> float:
        room = self.box.height() - 6
        return self.box.bottom() - 2 - (value - self.low) / (self.high - self.low) * room


def curve_lines(envelope: Envelope, axis: TimeAxis, scale: Scale) -> list[QPolygonF]:
    """The curve through the middles of its points, in pieces: broken where points are missing, flat for a single one.

    A piece has at most :data:`PIECE` points, as Qt takes seconds to stroke one path of thousands.
    """
    rows = columns(envelope, axis.x, axis.start, axis.end)
    if len(envelope.starts) == 1 and rows:
        y = scale.y(envelope.first[0])
        return [QPolygonF([QPointF(axis.x(envelope.starts[0]), y), QPointF(axis.x(envelope.ends[0]), y)])]
    # Neighbours count as unbroken up to a point and a half apart, and an hour for the clock's change.
    gap = (envelope.longest * 1.6 + 1 / 24) / axis.days_per_pixel
    pieces: list[list[QPointF]] = []
    before = -gap
    for x, first, low, high, last in rows:
        broken = not pieces or x - before > gap
        if broken or len(pieces[-1]) >= PIECE:
            pieces.append([] if broken else [pieces[-1][-1]])
        values = (first,) if low == high else (first, low, high, last)
        pieces[-1].extend(QPointF(x, scale.y(value)) for value in values)
        before = x
    return [QPolygonF(piece) for piece in pieces]


def first_perspective(item: Placed) -> str:
    return item.mark.perspectives[0] if item.mark.perspectives else ""


def figure_text(view: ChartView, curve: Curve) -> str:
    """The line under a curve's name: its figure over the chosen stretch and over the view."""
    unit = curve.series.unit
    shown = figure(curve.figure(view.axis.start, view.axis.end), unit)
    chosen = figure(curve.figure(*view.stretch), unit) if view.stretch else ""
    if curve.role == Role.RATIO:
        where = tr("of the two above") if view.adjacent.get(curve.series.id) else tr("of its totals")
        return tr("{value}, {where}", value=chosen or shown, where=where) if curve.drawable else tr("a ratio")
    if curve.role == Role.LEVEL:
        return tr("{value} on average", value=chosen or shown)
    if chosen:
        return tr("{part} of {whole}", part=chosen, whole=shown)
    grain = curve.grain(view.axis.days_per_pixel)
    if grain != curve.series.grain and grain in GRAIN_NAMES:
        return tr("{value} total, {grain}", value=shown, grain=tr(GRAIN_NAMES[grain]))
    return tr("{value} total", value=shown)


def read_out_lines(group: Group) -> tuple[str, str]:
    """Two lines on a marker, or on several that stand together."""
    from desktop_app.model.time import describe

    if len(group.items) == 1:
        mark = group.items[0].mark
        return mark.heading, f"{tr(mark.kind.capitalize())} · {describe(mark.occurred)}"
    first, last = min(item.start for item in group.items), max(item.start for item in group.items)
    title = count_text(len(group.items), "{number} entry", "{number} entries")
    when = stretch_name(*_day_of(first)) if last - first < 1 else stretch_name(float(int(first)), float(int(last) + 1))
    return title, tr("{when} · click to look closer", when=when)


def _day_of(day: float) -> tuple[float, float]:
    return float(int(day)), float(int(day) + 1)
