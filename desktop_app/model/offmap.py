"""Random events: surprises, what they touched, how often they come, and ways that left the expected order of stages."""

import re
from dataclasses import dataclass

from desktop_app.model.errors import Invalid
from desktop_app.model.facts import Figure, Scope
from desktop_app.model.links import Link
from desktop_app.model.samples import days, iso

UNIT_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
"""Days of each unit in which a reach is given."""
MOST_DAYS = 2 * UNIT_DAYS["year"]
_REACH = re.compile(r"(\d{1,4})\s*(day|week|month|year)s?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reach:
    """How long after a surprise one looks for what it touched: whole days, from 1 to :data:`MOST_DAYS`."""

    days: int = 14

    def __post_init__(self) -> None:
        if not 1 <= self.days <= MOST_DAYS:
            raise Invalid(message=f"A surprise is looked at for 1 day to 2 years after it, not {self.days} days.")

    @classmethod
    def read(cls, text: str) -> "Reach":
        """``14 days``, ``2 weeks``, ``3 months`` (of 30 days), ``1 year`` (365 days); raises :class:`Invalid`."""
        found = _REACH.fullmatch(text.strip())
        if found is None:
            raise Invalid(message=f"“{text}” is no length of time; write it like “14 days”, “6 weeks” or “1 year”.")
        return cls(int(found[1]) * UNIT_DAYS[found[2].lower()])


@dataclass(frozen=True, slots=True)
class Surprise:
    """An entry that is marked as a surprise; ``start`` and ``end`` as in :class:`EntryFacts`, empty without a date."""

    id: str
    kind: str
    heading: str
    occurred: str
    start: str
    end: str
    scales: tuple[str, ...]
    perspectives: tuple[str, ...]
    series: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """How many surprises have a term (its id and its short name; both empty: none)."""

    term: str
    name: str
    count: int
    query: str


def last_day(end: str) -> str:
    """The last day of a stretch that ends before ``end`` (ISO 8601), as an ISO date."""
    return iso(days(end) - 1 / 1440)[:10]


# --- what a surprise touched ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Spoke:
    """Somebody who speaks in ``count`` of the entries that a surprise touched."""

    id: str
    name: str
    count: int
    query: str


@dataclass(frozen=True, slots=True)
class Around:
    """A series over the whole points ``[start, end)`` (ISO 8601): its total (or mean, or ratio), and of a ratio the
    totals it divides. ``points`` counts them. ``value`` is ``None`` where the points do not cover the stretch.
    ``query`` finds the entries of these days."""

    start: str
    end: str
    points: int
    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    query: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """A series as it stood before a surprise and from it on, over as many points each; no judgement is made."""

    series: str
    name: str
    unit: str
    grain: str
    reading: str
    """``total``, ``mean`` or ``ratio``."""
    before: Around | None
    after: Around | None


@dataclass(frozen=True, slots=True)
class Tie:
    """A link of a surprise; ``query`` finds the other end, empty where that is nothing to be found."""

    link: Link
    query: str


@dataclass(frozen=True, slots=True)
class TouchedEntry:
    id: str
    heading: str
    occurred: str
    scales: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Touched:
    """What came after a surprise, within a reach; that it came after does not say that it came of it.

    ``entries`` counts other entries that begin in ``[start, end)``; without a date its value is ``None``. ``found``
    are the same, by time; ``people`` those who speak in them, by name; ``ties`` the surprise's links in the order
    they were made; ``metrics`` the series that it pins or is linked to.
    """

    surprise: str
    start: str
    end: str
    entries: Figure
    found: tuple[TouchedEntry, ...]
    people: tuple[Spoke, ...]
    ties: tuple[Tie, ...]
    metrics: tuple[Moved, ...]


# --- how often --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PerTime:
    """Surprises in ``days`` days on average, with the bounds of its 95 % interval."""

    days: float
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Waiting:
    """Days from one surprise to the next, start to start; ``None`` below two surprises."""

    median: Figure
    shortest: Figure
    longest: Figure


@dataclass(frozen=True, slots=True)
class Rate:
    """How often surprises began in ``[start, end)``, ISO 8601, ``days`` long; both empty where nothing has a date.

    ``asked``: the stretch is the query's own, else it reaches from the first dated entry to the last, or today;
    what is no surprise and lasts longer than a year does not count where anything else has a date.
    ``per_year`` and ``per_month`` (30 days) are ``None`` for a stretch without a length.
    """

    start: str
    end: str
    days: float
    asked: bool
    count: Figure
    per_year: PerTime | None
    per_month: PerTime | None
    waiting: Waiting


# --- ways through the stages ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Step:
    """A stage somebody reached; ``date`` is EDTF; ``entry`` shows it, ``query`` finds that entry (else empty)."""

    stage: str
    date: str
    entry: str | None
    query: str


@dataclass(frozen=True, slots=True)
class Move:
    """From one step to the next: ``next`` to the direct successor, ``skip`` over stages, ``return`` to an earlier
    one, ``repeat`` of the same. ``again``: it comes back to a stage that had been left."""

    source: str
    target: str
    kind: str
    again: bool


@dataclass(frozen=True, slots=True)
class Path:
    """Somebody's way as it went. ``kinds`` of ``skip``, ``return``, ``loop``, ``repeat``; ``query`` finds them."""

    person: str
    name: str
    steps: tuple[Step, ...]
    moves: tuple[Move, ...]
    kinds: tuple[str, ...]
    query: str


@dataclass(frozen=True, slots=True)
class Person:
    """A person, to be named behind a figure."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Crowd:
    """People by name, and the query that finds them; empty where they are more than a query can name (1,400)."""

    people: tuple[Person, ...]
    query: str

    @property
    def count(self) -> int:
        return len(self.people)


@dataclass(frozen=True, slots=True)
class Transition:
    """How often people went from one stage to another, and who did; ``kind`` as of a :class:`Move`."""

    source: str
    target: str
    kind: str
    times: int
    who: Crowd


@dataclass(frozen=True, slots=True)
class OffMap:
    """The register of surprises (by time, undated ones last), how often they come, and ways off the expected order.

    ``marked`` counts the surprises; ``unmarked`` the entries of the perspective ``random-events`` that are not marked
    as one. ``paths`` are ways with a move that is not to the direct successor, by name; ``straight`` people all of
    whose moves are; ``single`` those of whom only one step is noted.
    """

    scope: Scope
    surprises: tuple[Surprise, ...]
    marked: Figure
    undated: Figure
    unmarked: Figure
    unmarked_entries: tuple[Surprise, ...]
    by_scale: tuple[Counted, ...]
    by_perspective: tuple[Counted, ...]
    rate: Rate
    stages: tuple[str, ...]
    paths: tuple[Path, ...]
    off_map: Figure
    straight: Crowd
    single: Crowd
    transitions: tuple[Transition, ...]
