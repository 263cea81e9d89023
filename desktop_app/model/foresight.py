"""Foresight: what was said about the future, how it is decided, and how sure one was against what came true."""

from dataclasses import dataclass
from enum import StrEnum

from desktop_app.model.calibration import Calibration
from desktop_app.model.entries import Check, Outcome
from desktop_app.model.facts import Figure, Scope
from desktop_app.model.places import Place

FEW = 10
"""Below so many scored foresights the figures say little yet."""
DAYS = 90
"""How long after a change something is looked for that it foretold, unless another time is chosen."""


class State(StrEnum):
    """``due``: not resolved though the horizon has ended; ``open``: not resolved, the horizon to come or none."""

    DUE = "due"
    OPEN = "open"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class Statement:
    """One foresight. ``who`` foresaw it: the speaker's name, else the author. ``ends``: when the horizon ends
    (``YYYY-MM-DDTHH:MM``, exclusive), empty without an end; ``query`` finds it alone."""

    id: str
    heading: str
    who: str
    created: str
    horizon: str
    ends: str
    confidence: float | None
    state: State
    outcome: Outcome | None
    check: Check | None
    query: str


@dataclass(frozen=True, slots=True)
class Score:
    """How far confidences came true, for the foresights that ``scored`` finds. ``bins``: the query of each bin of
    ``calibration``, in order."""

    calibration: Calibration
    scored: str
    bins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScoreGroup:
    """The foresights of one person, perspective or scale: all of them, and the score of those that can be scored.

    ``id`` is empty for what has none (no perspective yet), and for a person who is only known as an author.
    """

    id: str
    name: str
    foresights: Figure
    score: Score


@dataclass(frozen=True, slots=True)
class Foresight:
    """``statements``: due ones first by the end of their horizon, then open ones, then resolved ones, newest first.

    Each foresight counts once: in ``score``, or in ``partly`` (resolved with a confidence, neither yes nor no),
    ``unsure`` (resolved, without a confidence) or ``unresolved``; with ``partly_half`` the partly ones are in ``score``
    too. ``due``, ``open`` and ``resolved`` count the states. People stand in the order of their names, perspectives and
    scales in that of their vocabularies; a foresight counts in each of its perspectives and scales.
    """

    scope: Scope
    now: str
    partly_half: bool
    statements: tuple[Statement, ...]
    due: Figure
    open: Figure
    resolved: Figure
    score: Score
    partly: Figure
    unsure: Figure
    unresolved: Figure
    by_person: tuple[ScoreGroup, ...]
    by_perspective: tuple[ScoreGroup, ...]
    by_scale: tuple[ScoreGroup, ...]


# --- checks -----------------------------------------------------------------------------------------------------------


class Verdict(StrEnum):
    HOLDS = "holds"
    FAILS = "fails"
    UNSAID = "unsaid"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a check says now: ``value`` over the period (the total; of a ratio ``numerator / denominator``; else the
    mean, with ``points``), in the series' unit.

    ``covered`` of the period's ``length``, in days, have points that lie wholly inside it. Nothing is said
    (``unsaid``) until points cover all of it, once each.
    """

    entry: str
    check: Check
    name: str
    unit: str
    additive: bool
    verdict: Verdict
    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    points: int = 0
    covered: float = 0.0
    length: float | None = None


# --- foresights and indicators ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Indicator:
    """A series as indicator, with the places where it changed, in order of time, and the stretch its points cover."""

    series: str
    name: str
    unit: str
    start: str
    end: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Silent:
    """A change of a series that foretold nothing: in ``[start, end)`` after it the notebook holds no event, no resolved
    foresight, and no entry with that series that began.

    ``query`` shows the time around the change, beside the series.
    """

    series: str
    name: str
    unit: str
    place: Place
    start: str
    end: str
    query: str


@dataclass(frozen=True, slots=True)
class Indicators:
    """``unshown``: foresights that came true though no series that stands for them changed in between; ``unwatched``:
    that came true and for which no series stands at all; ``late``: that were written down after they were decided, so
    that nothing could show them. ``silent``: changes that foretold nothing
    within ``days``; ``waiting``: changes whose time is not over. ``series`` counts the series that were looked at,
    ``changes`` their places.
    """

    scope: Scope
    days: int
    series: int
    changes: int
    waiting: int
    unshown: Figure
    unwatched: Figure
    late: Figure
    unshown_ids: tuple[str, ...]
    unwatched_ids: tuple[str, ...]
    silent: tuple[Silent, ...]
