"""Ways: what is read through cunning, aspiration and value, in people's own words, and where it meets the metrics."""

from dataclasses import dataclass

from desktop_app.model.entries import Entry
from desktop_app.model.facts import EntryFacts, Figure, Scope
from desktop_app.model.vocabulary import Term

PERSPECTIVES = {
    "cunning": "cunning-intelligence",
    "aspiration": "aspirational-rationality",
    "value": "value-rationality",
}
"""The readings there are, each with the perspective whose entries it reads."""
GROUPED_BY = {"cunning": ("tag",), "aspiration": ("person",), "value": ("person", "tag")}
"""What the entries of each reading can be put together by; the first unless told otherwise."""
PINNED = "pinned"
"""What stands for the relation where an entry only pins a series."""


@dataclass(frozen=True, slots=True)
class Voice:
    """An entry as it is read. ``stage`` is the speaker's at that time (the newest for an undated entry), or empty."""

    entry: EntryFacts
    stage: str = ""

    @property
    def who(self) -> str:
        """Who said it, else who saw it and wrote it down."""
        return self.entry.speaker_name or self.entry.author


@dataclass(frozen=True, slots=True)
class Voices:
    """Entries counted. ``people`` are those who speak in them, ``places`` their organisations, or the channels of
    entries without one; each figure's query finds the entries that it was counted in. More places than a query can
    name have no figure.
    """

    entries: Figure
    quotes: Figure
    people: Figure
    places: Figure

    @property
    def others(self) -> int:
        """How many are no quotes."""
        return int(self.entries.value or 0) - int(self.quotes.value or 0)


@dataclass(frozen=True, slots=True)
class WayGroup:
    """The entries of one practice (tag) or person; ``id`` and ``name`` are empty for those without.

    Quotes come first, then notes, events and foresights, each in order of time, undated ones last. ``first`` and
    ``last`` are the first and the last quote of those with a date, where there are two at least.
    """

    id: str
    name: str
    voices: tuple[Voice, ...]
    counted: Voices
    first: Voice | None = None
    last: Voice | None = None


@dataclass(frozen=True, slots=True)
class SeriesTie:
    """What joins an entry to a stretch ``[start, end)`` of a series: a link's relation, or :data:`PINNED`.

    With ``via`` the entry contradicts that one, which is joined to the stretch by ``via_relation``. ``then`` is the
    figure that the link keeps; a pin keeps none, and its stretch is the time of the entry, or empty.
    ``query`` finds the entry, and ``via``.
    """

    relation: str
    series: str
    start: str
    end: str
    query: str
    then: float | None = None
    via: EntryFacts | None = None
    via_relation: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """An entry with what joins it to metrics."""

    voice: Voice
    ties: tuple[SeriesTie, ...]


@dataclass(frozen=True, slots=True)
class Ways:
    """A reading: ``groups`` by name, those without a tag or a person last.

    ``against`` are entries that somebody has said contradict a stretch of a series, or an entry that explains or
    supports one; ``disagreeing`` counts them. ``beside`` are entries that are joined to a series in another way:
    something to read, never a finding. No number decides about either.
    """

    scope: Scope
    way: str
    by: str
    perspective: Term
    counted: Voices
    groups: tuple[WayGroup, ...]
    against: tuple[Beside, ...]
    disagreeing: Figure
    beside: tuple[Beside, ...]
    joined: Figure


@dataclass(frozen=True, slots=True)
class Standing:
    """The figure of a stretch; of a ratio with the totals that it divides, without which it is not told."""

    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None


@dataclass(frozen=True, slots=True)
class TieFigures:
    """A tie with its series' figure when it was made and now, over ``[start, end)``: of a pin the points that the
    entry's time touches. ``parts`` are name and unit of a ratio's totals, empty where it is none or they are unknown.
    """

    tie: SeriesTie
    label: str
    unit: str
    start: str
    end: str
    then: Standing
    now: Standing
    parts: tuple[tuple[str, str], ...] = ()
    is_ratio: bool = False

    @property
    def is_restated(self) -> bool:
        """Whether the figure is another one now, as far as both are known."""
        return self.then.value is not None and self.now.value is not None and self.then.value != self.now.value


@dataclass(frozen=True, slots=True)
class Told:
    """A voice with all its words, and the figures of its ties."""

    voice: Voice
    words: Entry
    ties: tuple[TieFigures, ...] = ()
