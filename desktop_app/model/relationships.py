"""Relationships: people's and organisations' ways across campaigns, and how we have listened and told."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.model.facts import Figure, Scope

STEP_GRAINS = ("year", "quarter")


class Lane(StrEnum):
    """Where a moment of somebody's way is drawn; each stands in one lane alone."""

    STEP = "step"
    CONVERSATION = "conversation"
    QUOTE = "quote"
    QUESTION = "question"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Transcript:
    """A document in which matched people speak: the characters of their turns by person id, and ``total``, those of
    all turns that name a speaker. ``start`` and ``end`` bound ``occurred`` as for entries."""

    id: str
    title: str
    occurred: str
    start: str
    end: str
    characters: Mapping[str, int]
    total: int


@dataclass(frozen=True, slots=True)
class Share:
    """``part`` of ``of``, and the query that finds the part. Parts are entries, or characters of transcripts."""

    part: int
    of: int
    query: str

    @property
    def share(self) -> float | None:
        """From 0 to 1; ``None`` where there is nothing to divide."""
        return self.part / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often somebody is talked with. ``contacts`` finds the conversations on ``days`` distinct days up to today,
    ``last_contact`` those of the ``last`` of them (ISO date, empty without one).

    ``days_between`` is the median number of days from one contact day to the next (``None`` below three contact days),
    ``silent`` how many days have gone since the last. ``left_out`` counts the conversations whose date is coarser than
    a day, or missing, or later than today.
    """

    days: int
    last: str
    days_between: float | None
    silent: int | None
    contacts: Figure
    last_contact: Figure
    left_out: Figure

    @property
    def is_beyond(self) -> bool:
        """Whether the silence is longer than their own rhythm."""
        return self.days_between is not None and self.silent is not None and self.silent > self.days_between


@dataclass(frozen=True, slots=True)
class WayStep:
    """A person reached ``stage`` at ``date`` (EDTF, bounded by ``start`` and ``end``; both empty where it cannot be
    read). ``entry`` shows it, or ``None``; ``query`` finds that entry, and nothing without one. ``back`` says that the
    step before was further along."""

    person: str
    name: str
    stage: str
    date: str
    start: str
    end: str
    entry: str | None
    query: str
    back: bool = False


@dataclass(frozen=True, slots=True)
class Relationship:
    """A person or an organisation as they stand. ``kind`` is ``person`` or ``organisation``; of an organisation
    everything is that of its people together, and it has no stage of its own.

    ``conversations`` are the entries they speak in and the transcripts; ``listening`` and ``telling`` are shares of
    the entries that say which of both it was, ``unsaid`` those that do not. ``spoken`` are their characters in
    transcripts, of those of everybody there.
    """

    id: str
    kind: str
    name: str
    org: str | None
    org_name: str
    stage: str
    conversations: Figure
    listening: Share
    telling: Share
    helped: Figure
    unsaid: Figure
    spoken: Share
    rhythm: Rhythm
    asked: Figure
    unanswered: Figure
    steps: tuple[WayStep, ...]


@dataclass(frozen=True, slots=True)
class Reached:
    """Who reached a stage in a period: ``steps`` by name, ``people`` how many they are; ``people_query`` finds them
    and ``entries`` counts and finds the entries that show it. ``back`` counts the people who came from further along.

    ``period`` is EDTF (``2026``, ``2026-33``), empty for steps whose date is coarser than that or cannot be read.
    """

    period: str
    stage: str
    people: int
    back: int
    steps: tuple[WayStep, ...]
    people_query: str
    entries: Figure


@dataclass(frozen=True, slots=True)
class Relationships:
    """Everybody in scope, by name, people and organisations apart. ``reached`` is in the order of time, then of
    stages, and holds no empty one; ``grain`` is ``year`` or ``quarter``, ``today`` an ISO date."""

    scope: Scope
    today: str
    grain: str
    people: tuple[Relationship, ...]
    organisations: tuple[Relationship, ...]
    reached: tuple[Reached, ...]

    @property
    def beyond(self) -> tuple[Relationship, ...]:
        """The people who have not been talked with for longer than their own rhythm, by name."""
        return tuple(person for person in self.people if person.rhythm.is_beyond)


@dataclass(frozen=True, slots=True)
class WayMoment:
    """One thing on somebody's way. ``kind`` is that of the thing (``entry``, ``document``, ``question``, ``person``
    for a step that no entry shows) and ``id`` its id; ``who`` is the person where the way is an organisation's.

    ``detail`` is the kind of an entry, the stage of a step, ``open`` or ``answered`` of a question. ``until`` is the
    start of a question's answer, empty while it is open. Without a date ``start`` and ``end`` are empty.
    """

    lane: Lane
    kind: str
    id: str
    heading: str
    occurred: str
    start: str
    end: str
    query: str
    who: str = ""
    detail: str = ""
    until: str = ""
    back: bool = False


@dataclass(frozen=True, slots=True)
class Campaign:
    """A planned event that overlaps the way: what went on meanwhile, never a cause."""

    id: str
    name: str
    start: str
    end: str
    query: str


@dataclass(frozen=True, slots=True)
class Way:
    """Somebody's way in the order of time, undated moments first. ``campaigns`` are planned events in the order of
    their beginnings."""

    scope: Scope
    today: str
    relationship: Relationship
    moments: tuple[WayMoment, ...]
    campaigns: tuple[Campaign, ...]
