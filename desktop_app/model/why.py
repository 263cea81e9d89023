"""Why: places where series changed with the reasons that people gave for them, and effects with their stated causes.

A place is a place to ask, never a finding; a reason is one only because a person has linked it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.model.dismissals import Dismissal
from desktop_app.model.entries import Basis
from desktop_app.model.facts import Figure, Scope
from desktop_app.model.links import End, Relation
from desktop_app.model.metrics import Point, Series
from desktop_app.model.places import Place

BASES = (*map(str, Basis), "")
"""How a reason is known, strongest first; the last is that nobody has said."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What one link says: an entry (its id) relates to ``target``. ``link`` is the link's id."""

    link: str
    entry: str
    relation: str
    target: End


@dataclass(frozen=True, slots=True)
class Standing:
    """The figure of a stretch today, and the import from which on it has stood so.

    ``since`` is the UTC moment of that import in ISO 8601, ``file`` its file, or several of one second; both are empty
    where nothing was restated or no import says it.
    """

    now: float | None = None
    since: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """An entry that somebody has linked to a stretch of a series, or to another thing that came about.

    ``relation`` is what the link says. ``occurred`` is EDTF; ``speaker`` and ``org`` are names. ``start`` and ``end``
    are the stretch that it is linked to, ``then`` its figure when that was linked and ``standing`` the one of today;
    all empty for a thing. ``against`` names the other reasons beside it (ids of entries) that one of the two
    contradicts. ``query`` finds the entry.
    """

    link: str
    entry: str
    kind: str
    relation: str
    basis: str
    heading: str
    speaker: str
    org: str
    occurred: str
    query: str
    start: str = ""
    end: str = ""
    then: float | None = None
    standing: Standing = Standing()
    against: tuple[str, ...] = ()

    @property
    def is_cause(self) -> bool:
        """Whether it says why; the others speak for it, against it, or mention it."""
        return self.relation == Relation.EXPLAINS

    @property
    def is_restated(self) -> bool:
        """Whether the stretch has another figure now than when it was linked, as far as both are known."""
        return self.then is not None and self.standing.now is not None and self.then != self.standing.now


@dataclass(frozen=True, slots=True)
class Side:
    """A ratio's totals over ``[start, end)``, and the one divided by the other (``None`` without a divisor)."""

    start: str
    end: str
    numerator: float | None
    denominator: float | None
    value: float | None


@dataclass(frozen=True, slots=True)
class Totals:
    """The totals that a ratio divides, over as many points right before a place as from it on. Names and units are
    those of the two series."""

    numerator: str
    numerator_unit: str
    denominator: str
    denominator_unit: str
    before: Side
    after: Side


@dataclass(frozen=True, slots=True)
class AskedAbout:
    """A question noted at a place: its id, its words, the name of whom to ask."""

    id: str
    text: str
    whom: str
    is_open: bool
    query: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """Reasons for one thing, told before guessed. Figures count entries that explain, each once.

    ``by_basis`` has one for each of :data:`BASES` that occurs. ``query`` finds the entries of all reasons.
    """

    reasons: tuple[Reason, ...]
    causes: Figure
    by_basis: Mapping[str, Figure]
    query: str

    def _said(self, basis: Basis) -> int:
        found = self.by_basis.get(basis)
        return int(found.value or 0) if found else 0

    @property
    def told(self) -> int:
        return self._said(Basis.TOLD)

    @property
    def guessed(self) -> int:
        return self._said(Basis.GUESSED)

    @property
    def is_told_against_guessed(self) -> bool:
        """Whether a customer gave one reason and we guessed another."""
        return bool(self.told and self.guessed)

    @property
    def is_competing(self) -> bool:
        """Whether more than one entry says why."""
        return (self.causes.value or 0) > 1

    @property
    def is_disputed(self) -> bool:
        """Whether a reason contradicts another one, or the thing itself."""
        return any(reason.against or reason.relation == Relation.CONTRADICTS for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class WhyPlace:
    """A place of a series with its ledger.

    ``totals`` are there for a ratio. ``elsewhere`` counts entries that explain it but are not found by the lens's
    query. ``about`` counts entries of its days that nobody has linked to it.
    """

    series: Series
    place: Place
    ledger: Ledger
    elsewhere: Figure
    about: Figure
    totals: Totals | None = None
    dismissal: Dismissal | None = None
    questions: tuple[AskedAbout, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether no entry looked at says why, and nobody that there is nothing to ask."""
        return self.dismissal is None and not self.ledger.causes.value

    @property
    def key(self) -> tuple[str, str]:
        """What tells places apart: the series' id, and when it changed."""
        return self.series.id, self.place.at


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step of somebody's way that an entry shows."""

    person: str
    name: str
    stage: str


@dataclass(frozen=True, slots=True)
class Effect:
    """Something that entries are said to explain.

    ``kind`` is ``series`` (a stretch of one), ``step`` (an entry that shows a step of somebody's way), or the kind of
    the thing (``entry``, ``person``, …), of an entry with ``entry_kind``. ``start`` and ``end`` bound it in time, empty
    where it has none. ``query`` of the ledger finds the causes, ``target_query`` the thing itself where a search can.
    """

    kind: str
    id: str
    label: str
    start: str
    end: str
    ledger: Ledger
    target_query: str = ""
    entry_kind: str = ""
    steps: tuple[ShownStep, ...] = ()


@dataclass(frozen=True, slots=True)
class Why:
    """``places``: open ones first, then those with reasons, then dismissed ones, each in order of time.

    ``series`` are those that were looked at; ``without_totals`` those that were not, because they are ratios of which
    nobody has said what they divide. ``effects`` are in order of time.
    """

    scope: Scope
    series: tuple[Series, ...]
    without_totals: tuple[Series, ...]
    places: tuple[WhyPlace, ...]
    effects: tuple[Effect, ...]

    @property
    def open(self) -> tuple[WhyPlace, ...]:
        return tuple(place for place in self.places if place.is_open)

    @property
    def dismissed(self) -> tuple[WhyPlace, ...]:
        return tuple(place for place in self.places if place.dismissal is not None)

    @property
    def reasoned(self) -> tuple[WhyPlace, ...]:
        return tuple(place for place in self.places if place.dismissal is None and not place.is_open)


@dataclass(frozen=True, slots=True)
class SeriesLine:
    """A series with all its points, and for a ratio those of the totals that it divides; for drawing."""

    series: Series
    points: tuple[Point, ...]
    totals: tuple[tuple[Series, tuple[Point, ...]], ...] = ()
