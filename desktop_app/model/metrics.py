"""Metrics: series, points, imports, and what a reader found in a metric file.

A number is never invented: a point keeps the stretch ``[start, end)`` its file stated, and a value that covers a whole
report stays one point of grain ``range``. Ratios know the totals they divide where the file tells.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from desktop_app.model.ids import derived_id


class Grain(StrEnum):
    """How long each point lasts; ``range`` is one point for the whole stretch of a report."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Point:
    """One value over ``[start, end)``; both are ISO 8601 dates, or local date-times ``YYYY-MM-DDTHH:MM`` for hours."""

    start: str
    end: str
    value: float


# One import asks for each of its thousands of ids several times.
_series_id = lru_cache(maxsize=16_384)(derived_id)


@dataclass(frozen=True, slots=True)
class SeriesKey:
    """What makes two columns of two files the same series."""

    source: str
    account: str
    name: str
    dimensions: tuple[tuple[str, str], ...]
    unit: str
    grain: str

    @property
    def id(self) -> str:
        flat = [part for pair in self.dimensions for part in pair]
        return _series_id("series", self.source, self.account, self.name, self.unit, self.grain, *flat)


@dataclass(frozen=True, slots=True)
class Series:
    """One metric over time.

    ``unit``: ``count``, ``ratio`` (a fraction, 0.0238 for 2.38 %), ``seconds``, ``position``, an ISO 4217 code, or what
    the file said. ``additive``: whether values may be summed over time. ``numerator``, ``denominator``: series ids
    of a ratio's totals. ``start`` and ``end`` bound its current points (``end`` exclusive); ``points`` counts them.
    """

    id: str
    name: str
    source: str
    unit: str
    grain: Grain
    additive: bool
    account: str = ""
    dimensions: tuple[tuple[str, str], ...] = ()
    numerator: str | None = None
    denominator: str | None = None
    start: str = ""
    end: str = ""
    points: int = 0

    @property
    def label(self) -> str:
        """Name with its dimensions: ``Views · Page title: About``."""
        return " · ".join([self.name, *(f"{name}: {value}" for name, value in self.dimensions)])


@dataclass(frozen=True, slots=True)
class SeriesPoints:
    """A series with the points of one stretch of time, oldest first."""

    series: Series
    points: tuple[Point, ...]


# --- what a reader of exchange/metrics hands on ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ParsedSeries:
    """One column (or one row's cell) of a table as a series. ``numerator``/``denominator`` name sibling series."""

    name: str
    unit: str
    grain: Grain
    additive: bool
    points: tuple[Point, ...]
    dimensions: tuple[tuple[str, str], ...] = ()
    numerator: str = ""
    denominator: str = ""


@dataclass(frozen=True, slots=True)
class TotalCheck:
    """A totals row that was dropped, checked against the rows it sums. ``agrees`` allows for the printed rounding."""

    name: str
    stated: float
    summed: float
    agrees: bool


@dataclass(frozen=True, slots=True)
class Skipped:
    """A line (1-based, in the decoded file) that gave no point, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class ParsedTable:
    """One table of a file over ``[start, end)`` (empty when unknown); ``rows`` counts data rows."""

    title: str
    start: str
    end: str
    grain: Grain
    rows: int
    series: tuple[ParsedSeries, ...] = ()
    totals: tuple[TotalCheck, ...] = ()
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """One metric export as read: ``file`` is its name, ``parts`` the original bytes by name (several for a folder).

    ``delimiter`` is the character itself. ``timezone`` is the zone its dates are in where known (IANA name or ``UTC``).
    """

    file: str
    profile: str
    source: str
    encoding: str
    delimiter: str
    tables: tuple[ParsedTable, ...]
    parts: Mapping[str, bytes] = field(repr=False)
    account: str = ""
    timezone: str = ""


# --- what was done with it ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """The report of one file of an import: what was read, and how many points were new, restated or already there.

    ``import_id`` is empty on a dry run. ``series`` gives the series id for each ``(table index, series index)``.
    """

    parsed: ParsedFile
    series: Mapping[tuple[int, int], str]
    added: int
    restated: int
    unchanged: int
    import_id: str = ""


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """An import as the notebook keeps it. ``report`` is the JSON object of its tables as the command line prints it."""

    id: str
    file: str
    profile: str
    source: str
    imported: str
    author: str
    points: int
    series: int
    report: Mapping[str, object] = field(repr=False)
