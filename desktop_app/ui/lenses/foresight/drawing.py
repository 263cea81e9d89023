"""The drawing of the foresight lens: the diagram beside its figures, then statements, tables and indicators."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from desktop_app.model.facts import Figure
from desktop_app.model.foresight import Foresight, Indicators, Reading, ScoreGroup, Silent, State, Statement
from desktop_app.model.numbers import MISSING
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.lenses.drawing import Drawing, Look
from desktop_app.ui.lenses.foresight import telling
from desktop_app.ui.lenses.foresight.blocks import Block, Line, Lines, Table, TableRow, Title, is_seen
from desktop_app.ui.lenses.foresight.diagram import Diagram
from desktop_app.ui.lenses.foresight.figures import Figures

MOST = 200
"""Rows of a list; the rest is in Browse, one key away."""
SHARE, WIDEST, GAP = 0.45, 532.0, 12
NAMES: dict[State | None, str] = {None: "All", State.DUE: "Due", State.OPEN: "Open", State.RESOLVED: "Resolved"}


class Beside(Block):
    """Two parts side by side, or one below the other where there is no room."""

    NARROW = 700

    def __init__(self, left: Block, right: Block) -> None:
        self._parts = left, right
        self._at = [(0.0, 0.0), (0.0, 0.0)]

    def arrange(self, width: float, look: Look) -> float:
        left, right = self._parts
        if width < self.NARROW:
            first = left.arrange(width, look)
            self._at[1] = 0.0, first
            height = first + right.arrange(width, look)
        else:
            first = left.arrange(min(width * SHARE, WIDEST), look)
            across = min(width * SHARE, WIDEST) + GAP
            self._at[1] = across, 24.0
            height = max(first, 24 + right.arrange(width - across, look))
        self.spots = tuple(
            replace(spot, rect=spot.rect.translated(x, y))
            for part, (x, y) in zip(self._parts, self._at, strict=True)
            for spot in part.spots
        )
        return height

    def paint(self, painter: QPainter, look: Look) -> None:
        for part, (x, y) in zip(self._parts, self._at, strict=True):
            painter.save()
            painter.translate(x, y)
            part.paint(painter, look)
            painter.restore()


class ForesightDrawing(Drawing):
    """``shown`` keeps the statements of one state. A file goes without statements (``listed``): the CSV has them."""

    def __init__(
        self,
        found: Foresight,
        readings: Mapping[str, Reading] | None = None,
        indicators: Indicators | None = None,
        shown: State | None = None,
        *,
        listed: bool = True,
    ) -> None:
        self._blocks: list[Block] = [Beside(Diagram(found.score), Figures(found))]
        if listed:
            self._blocks += _statements(found, readings or {}, shown)
        self._blocks += _tables(found)
        if indicators is not None:
            self._blocks += _indicators(found, indicators)
        self._tops: list[float] = []
        self._heights: list[float] = []
        self._width = 0.0

    def arrange(self, width: float, look: Look) -> float:
        self._width, top, spots = width, 0.0, []
        self._tops, self._heights = [], []
        for block in self._blocks:
            height = block.arrange(width, look)
            spots += [replace(spot, rect=spot.rect.translated(0, top)) for spot in block.spots]
            self._tops.append(top)
            self._heights.append(height)
            top += height
        self.spots = tuple(spots)
        return top + 8

    def paint(self, painter: QPainter, look: Look) -> None:
        for block, top, height in zip(self._blocks, self._tops, self._heights, strict=True):
            if is_seen(painter, QRectF(0, top, self._width, height)):
                painter.save()
                painter.translate(0, top)
                block.paint(painter, look)
                painter.restore()


# --- statements -------------------------------------------------------------------------------------------------------


def _statements(found: Foresight, readings: Mapping[str, Reading], shown: State | None) -> Iterator[Block]:
    counts: tuple[tuple[State, Figure], ...] = (
        (State.DUE, found.due),
        (State.OPEN, found.open),
        (State.RESOLVED, found.resolved),
    )
    told = " · ".join(f"{tr(NAMES[state])} {figure.value:g}" for state, figure in counts)
    heading = tr("Statements") if shown is None else tr("Statements: {state}", state=tr(NAMES[shown]).lower())
    yield Title(heading, tr("{told}. F shows those of one state.", told=told))
    listed = [one for one in found.statements if shown in (None, one.state)]
    lines = [_statement(one, readings.get(one.id)) for one in listed[:MOST]]
    if len(listed) > MOST:
        rest = count_text(len(listed) - MOST, "{number} more", "{number} more")
        query = found.scope.narrowed("kind:foresight") if shown is None else dict(counts)[shown].query
        lines.append(Line(rest, tr("Enter shows all of them in Browse"), "", query, ("more", "statements")))
    yield Lines(lines)


def _statement(one: Statement, reading: Reading | None) -> Line:
    aside = telling.state_words(one)
    return Line(one.heading, telling.statement_meta(one, reading), aside, one.query, one, one.state is State.DUE)


# --- tables -----------------------------------------------------------------------------------------------------------


def _tables(found: Foresight) -> Iterator[Block]:
    heads = (tr("foresights"), tr("scored"), tr("came true"), tr("base rate"), tr("Brier score"), tr("skill"))
    tables: Sequence[tuple[str, tuple[ScoreGroup, ...], str]] = (
        (tr("Who foresaw it"), found.by_person, tr("nobody named")),
        (tr("Perspective"), found.by_perspective, tr("no perspective yet")),
        (tr("Time scale"), found.by_scale, tr("no scale yet")),
    )
    yield Title(
        tr("By person, perspective and time scale"),
        tr("By name, never by score. A foresight counts in each of its perspectives and scales."),
    )
    for name, groups, none in tables:
        if groups:
            rows = [_row(group, none, (name, group.id, group.name)) for group in groups]
            yield Table((name, *heads), rows)


def _row(group: ScoreGroup, none: str, key: object) -> TableRow:
    made = group.score.calibration
    cells = (
        group.name or none,
        f"{group.foresights.value:g}",
        str(made.n),
        telling.counted(made.hits) if made.n else MISSING,
        MISSING if made.base_rate is None else telling.percent(made.base_rate),
        telling.number(made.brier),
        telling.number(made.skill),
    )
    name = group.name or none
    told = tr("{name}: {count}", name=name, count=telling.foresights(group.foresights.value))
    if not made.n:
        return TableRow(
            cells, ((len(cells), tr("{told}, none of them scored", told=told), group.foresights.query, key),)
        )
    scored = (len(cells) - 2, telling.score_words(name, made), group.score.scored, (key, "scored"))
    return TableRow(cells, ((2, told, group.foresights.query, key), scored))


# --- indicators -------------------------------------------------------------------------------------------------------


def _indicators(found: Foresight, indicators: Indicators) -> Iterator[Block]:
    yield Title(
        tr("What no indicator showed"),
        tr(
            "Foresights that came true. A series stands for one that checks or pins it or is linked to it; it showed it"
            " where it changed beyond its usual swing between the writing down and the resolving."
        ),
    )
    by_id = {one.id: one for one in found.statements}
    figures = (
        (indicators.unshown, tr("came true though no series that stands for them changed"), "unshown"),
        (indicators.unwatched, tr("came true and no series stands for them"), "unwatched"),
        (indicators.late, tr("were written down after they were decided"), "late"),
    )
    lines = [_figure_line(figure, words, name) for figure, words, name in figures]
    lines += [_statement(by_id[item], None) for item in indicators.unshown_ids[:MOST] if item in by_id]
    yield Lines(lines)
    silent = indicators.silent
    changes = count_text(indicators.changes, "{number} change", "{number} changes")
    series = count_text(indicators.series, "{number} series", "{number} series")
    yield Title(
        tr("Changes that foretold nothing"),
        tr(
            "{silent} of {changes} of {series}: within {days} days after it, no event, no resolved foresight and no"
            " entry with the series began. Of {waiting} the time is not over. A place to ask, not a finding.",
            silent=len(silent),
            changes=changes,
            series=series,
            days=indicators.days,
            waiting=indicators.waiting,
        ),
    )
    yield Lines([_change(one) for one in silent[:MOST]])


def _figure_line(figure: Figure, words: str, name: str) -> Line:
    return Line(
        f"{telling.foresights(figure.value)} {words}",
        "",
        "",
        figure.query if figure.value else "",
        ("indicators", name),
    )


def _change(one: Silent) -> Line:
    return Line(telling.change_words(one), telling.window_words(one), "", one.query, one)
