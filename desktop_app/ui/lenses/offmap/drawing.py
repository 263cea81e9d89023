"""The drawing of random events, part under part: when surprises came, how often, and ways as they went."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from desktop_app.model.numbers import plain
from desktop_app.model.offmap import Counted, OffMap, PerTime, Surprise, Transition, last_day
from desktop_app.model.samples import days
from desktop_app.model.tempo import beginning, minute_of
from desktop_app.model.time import OPEN_END, OPEN_START, describe
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.lenses.drawing import Drawing, Look, Spot, write_text
from desktop_app.ui.lenses.offmap.ladder import Ladder
from desktop_app.ui.lenses.offmap.part import Part
from desktop_app.ui.widgets.time_axis import TimeAxis

LINE = 24
GAP = 28
MARK = 5.0
BIN = 22
"""Pixels in which surprises share one mark."""
BESIDE = 8
"""Pixels from the edge of these, within which no mark with a number stands: numbers would run into each other."""
STRIP = 64
TILE, TILE_HEIGHT, TILE_GAP = 168, 66, 10
INSET = 6
NAMED = 6
"""People named in a line; more are counted."""


class OffMapDrawing(Drawing):
    def __init__(self, found: OffMap) -> None:
        self._parts: list[Part] = [
            Heading(_marked(found), found.marked.query if found.surprises else ""),
            Strip(found),
            Tiles(found),
            Chips(found),
        ]
        if found.paths or found.transitions:
            self._parts += [Heading(tr("Ways as they went")), Ladder(found), Transitions(found.transitions)]

    def arrange(self, width: float, look: Look) -> float:
        top = 0.0
        for part in self._parts:
            top = part.arrange(top, width, look)
        self.spots = [spot for part in self._parts for spot in part.spots]
        return top

    def paint(self, painter: QPainter, look: Look) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for part in self._parts:
            painter.save()
            part.paint(painter, look)
            painter.restore()


def _marked(found: OffMap) -> str:
    return count_text(len(found.surprises), "{number} surprise", "{number} surprises")


class Heading(Part):
    """A line above others; a figure where it has a query."""

    def __init__(self, words: str, query: str = "") -> None:
        self._words, self._query = words, query
        self._rect = QRectF()
        self.spots = []

    def arrange(self, top: float, width: float, look: Look) -> float:
        above = GAP if top else 0
        self._rect = QRectF(0, top + above, width, LINE)
        if self._query:
            wide = min(look.width(self._words, look.sizes.body, bold=True) + 2 * INSET, width)
            self.spots = [Spot(QRectF(1, self._rect.top() + 1, wide, LINE - 2), self._words, self._query, "marked")]
            self._rect.setLeft(INSET + 1)
        return self._rect.bottom() + 6

    def paint(self, painter: QPainter, look: Look) -> None:
        write_text(painter, look, self._rect, self._words, bold=True)


# --- when -------------------------------------------------------------------------------------------------------------


class Strip(Part):
    """Surprises on an axis of time, each where it began; those near each other share a mark that says how many."""

    def __init__(self, found: OffMap) -> None:
        self._scope = found.scope
        self._dated = [one for one in found.surprises if one.start > OPEN_START]
        self._axis = TimeAxis()
        self._marks: list[tuple[QPointF, int]] = []
        self._spans: list[tuple[float, float]] = []
        self._top = 0.0
        self.spots = []

    def arrange(self, top: float, width: float, look: Look) -> float:
        self._top = top
        self.spots, self._marks, self._spans = [], [], []
        if not self._dated:
            return top
        self._axis.left, self._axis.right = 12.0, width - 12.0
        starts = [days(one.start) for one in self._dated]
        spare = max((starts[-1] - starts[0]) * 0.02, 1.0)
        self._axis.show(starts[0] - spare, starts[-1] + spare)
        together: defaultdict[int, list[Surprise]] = defaultdict(list)
        for one, start in zip(self._dated, starts, strict=True):
            x = self._axis.x(start)
            together[int(x // BIN)].append(one)
            if one.end < OPEN_END and self._axis.x(days(one.end)) - x > MARK:
                self._spans.append((x, self._axis.x(days(one.end))))
        for at in sorted(together):
            these = together[at]
            x = sum(self._axis.x(days(one.start)) for one in these) / len(these)
            if len(these) > 1:
                x = min(max(x, at * BIN + BESIDE), (at + 1) * BIN - BESIDE)
            place = QPointF(x, top + 22)
            self._marks.append((place, len(these)))
            rect = QRectF(x - BIN / 2, top + 2, BIN, 32)
            within = beginning(minute_of(these[0].start), minute_of(these[-1].start) + 1)
            self.spots.append(Spot(rect, _told(these), self._scope.narrowed("is:surprise", *within), ("when", at)))
        return top + STRIP

    def paint(self, painter: QPainter, look: Look) -> None:
        if not self._dated:
            return
        theme, line = look.theme, self._top + 22
        painter.setPen(QPen(theme.color("line_strong"), 1))
        painter.drawLine(QPointF(self._axis.left, line), QPointF(self._axis.right, line))
        for tick in self._axis.ticks(96):
            x = self._axis.x(tick.day)
            if not self._axis.left <= x <= self._axis.right:
                continue
            painter.setPen(QPen(theme.color("line_strong"), 1))
            painter.drawLine(QPointF(x, line - 3), QPointF(x, line + 14))
            room = QRectF(x + 4, line + 8, 90, 18)
            if room.left() + look.width(tick.label, look.sizes.tiny) <= self._axis.right + 12:
                write_text(painter, look, room, tick.label, size=look.sizes.tiny, role="muted")
        own = theme.perspective_color("random-events")
        painter.setPen(QPen(theme.perspective_color("random-events", 0.45), 4))
        for first, last in self._spans:
            painter.drawLine(QPointF(first, line), QPointF(min(last, self._axis.right), line))
        for place, count in self._marks:
            painter.setPen(QPen(theme.color("ground"), 1))
            painter.setBrush(own)
            size = MARK + min(count - 1, 3)
            corners = [QPointF(0, -size), QPointF(size, 0), QPointF(0, size), QPointF(-size, 0)]
            painter.drawPolygon(QPolygonF([place + corner for corner in corners]))
            if count > 1:
                room = QRectF(place.x() - 20, place.y() - 24, 40, 14)
                centre = Qt.AlignmentFlag.AlignHCenter
                write_text(painter, look, room, f"{count}", size=look.sizes.tiny, role="muted_strong", align=centre)


def _told(these: Sequence[Surprise]) -> str:
    first = these[0]
    if len(these) == 1:
        return tr("{when}: {what}", when=describe(first.occurred), what=first.heading)
    return tr(
        "{count} from {first} to {last}",
        count=count_text(len(these), "{number} surprise", "{number} surprises"),
        first=describe(first.start[:10]),
        last=describe(these[-1].start[:10]),
    )


# --- how often --------------------------------------------------------------------------------------------------------


class Tiles(Part):
    """Figures side by side, as many as there is room for: a number and what it counts, and the line that says of
    what."""

    def __init__(self, found: OffMap) -> None:
        self._rate = found.rate
        self._tiles = _tiles(found)
        self._line = QRectF()
        self.spots = []

    def arrange(self, top: float, width: float, look: Look) -> float:
        self.spots = []
        self._line = QRectF(0, top, width, LINE)
        columns = max(int((width + TILE_GAP) // (TILE + TILE_GAP)), 1)
        wide = (width + TILE_GAP) / columns - TILE_GAP
        below = self._line.bottom() + 8
        for at, (number, words, query) in enumerate(self._tiles):
            row, column = divmod(at, columns)
            rect = QRectF(column * (wide + TILE_GAP), below + row * (TILE_HEIGHT + TILE_GAP), wide, TILE_HEIGHT)
            self.spots.append(Spot(rect, tr("{number} {words}", number=number, words=words), query, ("rate", at)))
        return (self.spots[-1].rect.bottom() if self.spots else self._line.bottom()) + 1

    def paint(self, painter: QPainter, look: Look) -> None:
        write_text(painter, look, self._line, self._stretch(), size=look.sizes.small, role="muted")
        for spot, (number, words, _) in zip(self.spots, self._tiles, strict=True):
            painter.setBrush(look.theme.color("surface"))
            painter.setPen(QPen(look.theme.color("line"), 1))
            painter.drawRoundedRect(spot.rect.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
            room = spot.rect.adjusted(12, 9, -8, 0)
            room.setHeight(24)
            write_text(painter, look, room, number, bold=True)
            room.translate(0, 25)
            write_text(painter, look, room, words, size=look.sizes.small, role="muted")

    def _stretch(self) -> str:
        rate = self._rate
        if not rate.start:
            return tr("Without a date nothing can be said about how often surprises come.")
        template = (
            tr("How often, from {first} to {last}: the stretch that the search asks for, as far as it has passed.")
            if rate.asked
            else tr("How often, from {first} to {last}: from the first to the last entry dated to a year or closer.")
        )
        return template.format(first=describe(rate.start[:10]), last=describe(last_day(rate.end)))


def _tiles(found: OffMap) -> list[tuple[str, str, str]]:
    rate = found.rate
    query = rate.count.query
    tiles = [(f"{rate.count.value:g}", tr("began in this stretch"), query)]
    for words, per in ((tr("a year"), rate.per_year), (tr("in 30 days"), rate.per_month)):
        if per is not None:
            tiles.append((f"{_number(per.value)} {words}", _interval(per), query))
    for words, figure in (
        (tr("median wait for the next"), rate.waiting.median),
        (tr("shortest wait"), rate.waiting.shortest),
        (tr("longest wait"), rate.waiting.longest),
    ):
        if figure.value is not None:
            tiles.append((_days(figure.value), words, figure.query))
    return tiles


def _interval(per: PerTime) -> str:
    return tr("95 %: {low} to {high}", low=_number(per.low), high=_number(per.high))


def _number(value: float) -> str:
    """With two digits that mean something, or three."""
    return f"{value:.2g}" if 0.001 <= value < 1 else plain(value, 2 if value < 10 else 1 if value < 100 else 0)


def _days(length: float) -> str:
    number = plain(length, 1)
    return tr("{number} day", number=number) if number == "1" else tr("{number} days", number=number)


class Chips(Part):
    """How many surprises have each scale and each perspective."""

    def __init__(self, found: OffMap) -> None:
        apart = (
            Counted(
                "undated",
                tr("without a date"),
                len([one for one in found.surprises if not one.start]),
                found.undated.query,
            ),
            Counted("unmarked", tr("random, but not marked"), len(found.unmarked_entries), found.unmarked.query),
        )
        self._rows = (
            (tr("By scale"), found.by_scale),
            (tr("By perspective"), found.by_perspective),
            (tr("Apart"), tuple(one for one in apart if one.count)),
        )
        self._heads: list[tuple[QRectF, str]] = []
        self._texts: list[str] = []
        self.spots = []

    def arrange(self, top: float, width: float, look: Look) -> float:
        self.spots, self._texts, self._heads = [], [], []
        size = look.sizes.small
        indent = max(look.width(words, size) for words, _ in self._rows) + 16
        y = top
        for words, counts in self._rows:
            if not counts:
                continue
            y += 10
            self._heads.append((QRectF(0, y, indent - 8, LINE), words))
            x = indent
            for one in counts:
                name = one.name or tr("none")
                text = f"{name}  {one.count:,}"
                wide = look.width(text, size) + 16
                if x + wide > width and x > indent:
                    x, y = indent, y + LINE + 4
                said = tr(
                    "{name}: {count}", name=name, count=count_text(one.count, "{number} entry", "{number} entries")
                )
                self.spots.append(Spot(QRectF(x, y, min(wide, width - x), LINE), said, one.query, (words, one.term)))
                self._texts.append(text)
                x += wide + 6
            y += LINE
        return y

    def paint(self, painter: QPainter, look: Look) -> None:
        for rect, words in self._heads:
            write_text(painter, look, rect, words, size=look.sizes.small, role="muted")
        for spot, text in zip(self.spots, self._texts, strict=True):
            painter.setBrush(look.theme.color("surface"))
            painter.setPen(QPen(look.theme.color("line"), 1))
            painter.drawRoundedRect(spot.rect.adjusted(0.5, 0.5, -0.5, -0.5), 11, 11)
            middle = Qt.AlignmentFlag.AlignHCenter
            write_text(painter, look, spot.rect, text, size=look.sizes.small, align=middle)


# --- who went from where to where -------------------------------------------------------------------------------------

SIGNS: dict[str, Callable[[], str]] = {
    "next": lambda: "",
    "skip": lambda: tr("skips"),
    "return": lambda: tr("returns"),
    "repeat": lambda: tr("stays"),
}


class Transitions(Part):
    """Every step from stage to stage that somebody made, with who did, in the order of the stages."""

    def __init__(self, found: Sequence[Transition]) -> None:
        self._found = found
        self._head = QRectF()
        self._columns = (0.0, 0.0, 0.0)
        self.spots = []

    def arrange(self, top: float, width: float, look: Look) -> float:
        self._head = QRectF(0, top + GAP, width, LINE)
        y = self._head.bottom() + 2
        size = look.sizes.small
        step = max((look.width(_pair(one), size) for one in self._found), default=0.0) + 20
        sign = max((look.width(SIGNS[one.kind](), size) for one in self._found), default=0.0) + 16
        times = max((look.width(_times(one), size) for one in self._found), default=0.0) + 20
        self._columns = (min(step, width * 0.4), sign, times)
        self.spots = []
        for one in self._found:
            words = tr("{pair}: {times}, {who}", pair=_pair(one), times=_times(one), who=_who(one))
            self.spots.append(Spot(QRectF(0, y, width, LINE), words, one.who.query, (one.source, one.target)))
            y += LINE
        return y + 1

    def paint(self, painter: QPainter, look: Look) -> None:
        write_text(painter, look, self._head, tr("From stage to stage"), size=look.sizes.small, role="muted")
        size = look.sizes.small
        for spot, one in zip(self.spots, self._found, strict=True):
            x = spot.rect.left()
            texts = (_pair(one), "text"), (SIGNS[one.kind](), "muted"), (_times(one), "muted")
            for wide, (text, role) in zip(self._columns, texts, strict=True):
                room = QRectF(x, spot.rect.top(), wide - 8, LINE)
                write_text(painter, look, room, text, size=size, role=role)
                x += wide
            room = QRectF(x, spot.rect.top(), max(spot.rect.right() - x, 0), LINE)
            write_text(painter, look, room, _who(one), size=size)


def _pair(one: Transition) -> str:
    return f"{tr(one.source)} → {tr(one.target)}"


def _times(one: Transition) -> str:
    return tr("once") if one.times == 1 else tr("{number} times", number=f"{one.times:,}")


def _who(one: Transition) -> str:
    names = [person.name for person in one.who.people]
    if len(names) > NAMED:
        return tr("{names} and {count} more", names=", ".join(names[:NAMED]), count=f"{len(names) - NAMED:,}")
    return ", ".join(names)
