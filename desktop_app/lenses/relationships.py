"""Relationships: people's ways across campaigns, how we listened and told, and who has been silent for long.

What counts, to be worked out by hand:

- A *conversation* is a note, a quote or an event that somebody speaks in, or a transcript in which they do.
- It was *listening* where its act is "listened" or "asked", or where nobody has said and it is a quote; *telling* where
  the act is "told". Help is neither, and what says nothing is counted apart.
- A *contact* is a day, up to today, with a conversation whose date lies within one day. The *rhythm* is the median of
  the days from one contact to the next, and needs three of them.
- To an organisation belongs what names it, and what its people say and ask.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import pairwise
from statistics import median

from desktop_app.model.entries import Act, EntryKind
from desktop_app.model.facts import EntryFacts, Figure, Scope
from desktop_app.model.memory import paused_collector
from desktop_app.model.people import Organisation, Person, Stage
from desktop_app.model.questions import Question
from desktop_app.model.relationships import (
    Reached,
    Relationship,
    Relationships,
    Rhythm,
    Share,
    Transcript,
    WayStep,
)
from desktop_app.model.time import OPEN_END, OPEN_START, BadDate, parse_edtf

TALK = "kind:note,quote,event"
NEEDED = 3
"""Contact days without which there is no rhythm."""

# Plain strings, as entries have them: members of an enumeration take longer to compare.
CONVERSATIONS = frozenset(map(str, (EntryKind.NOTE, EntryKind.QUOTE, EntryKind.EVENT)))
_RANKS = {str(stage): rank for rank, stage in enumerate(Stage)}

# How an entry counts by its act, or without one by its kind; and what finds the entries of each sort.
_SORTS: Mapping[str, str] = {
    str(Act.LISTENED): "listening",
    str(Act.ASKED): "listening",
    str(Act.TOLD): "telling",
    str(Act.HELPED): "helped",
    str(EntryKind.QUOTE): "listening",
    str(EntryKind.NOTE): "unsaid",
    str(EntryKind.EVENT): "unsaid",
}
_FOUND_BY = {
    "listening": "(act:listened,asked OR (kind:quote -has:act))",
    "telling": "act:told",
    "helped": "act:helped",
    "unsaid": "kind:note,event -has:act",
}


@dataclass(frozen=True, slots=True)
class Sources:
    """What the lens looks at beside the entries. ``people`` and ``organisations`` are in the order they are shown in;
    ``known`` are all entries that stand, in scope or not, by id."""

    people: Sequence[Person]
    organisations: Sequence[Organisation]
    transcripts: Sequence[Transcript]
    questions: Sequence[Question]
    known: Mapping[str, EntryFacts]


@paused_collector()
def relationships(
    scope: Scope, entries: Iterable[EntryFacts], sources: Sources, today: date, grain: str = "year"
) -> Relationships:
    """Everybody; with a query everybody whom one of these entries, transcripts or questions is of.

    Steps of stage are told whole: a query chooses people, it does not cut their ways. They are summed by ``grain``,
    ``year`` or ``quarter``.
    """
    whose = _heard(entries, sources)
    found = [
        _relationship(scope, subject, whose.get(subject.id, _NOBODY), today)
        for subject in _subjects(sources, whose)
        if not scope.query or subject.id in whose
    ]
    people = tuple(one for one in found if one.kind == "person")
    organisations = tuple(one for one in found if one.kind == "organisation")
    steps = [step for person in people for step in person.steps]
    return Relationships(scope, today.isoformat(), grain, people, organisations, reached(steps, grain))


def relationship(
    scope: Scope, entries: Iterable[EntryFacts], sources: Sources, item: str, today: date
) -> Relationship | None:
    """The one of an id, in scope or not; ``None`` where nobody has it."""
    whose = _heard(entries, sources)
    found = (subject for subject in _subjects(sources, whose) if subject.id == item)
    return next((_relationship(scope, subject, whose.get(item, _NOBODY), today) for subject in found), None)


# --- whose conversations they are -------------------------------------------------------------------------------------


@dataclass(slots=True)
class Heard:
    """What is somebody's. Of their conversations side by side the ids, the contact days (ordinals, 0 where the date
    says no day) and the sorts (of :data:`_FOUND_BY`; empty for transcripts, and for an act of a later Terrain).

    Kept flat, because going back to entries that lie scattered over all others takes long. ``elsewhere`` are people of
    an organisation who also speak in entries that name another one.
    """

    ids: list[str] = field(default_factory=list)
    days: list[int] = field(default_factory=list)
    sorts: list[str] = field(default_factory=list)
    transcripts: tuple[Transcript, ...] = ()
    questions: tuple[Question, ...] = ()
    elsewhere: frozenset[str] = frozenset()

    def add(self, item: str, day: int, sort: str) -> None:
        self.ids.append(item)
        self.days.append(day)
        self.sorts.append(sort)

    def add_all(self, other: "Heard") -> None:
        """The conversations of another one."""
        self.ids += other.ids
        self.days += other.days
        self.sorts += other.sorts


_NOBODY = Heard()


def _heard(entries: Iterable[EntryFacts], sources: Sources) -> Mapping[str, Heard]:
    """By the ids of people and of organisations."""
    org_of = {person.id: person.fields.org for person in sources.people}
    whose: defaultdict[str, Heard] = defaultdict(Heard)
    start = end = ""
    day = 0
    for entry in entries:
        speaker, named = entry.speaker or "", entry.org
        if not (speaker or named) or entry.kind not in CONVERSATIONS:
            continue
        # They come in the order of time, so that the same dates stand side by side.
        if entry.start != start or entry.end != end:
            start, end = entry.start, entry.end
            day = contact_day(start, end)
        sort = _SORTS.get(entry.act or entry.kind, "")
        if speaker:
            # Written out: it is done for nearly every entry there is.
            mine = whose[speaker]
            mine.ids.append(entry.id)
            mine.days.append(day)
            mine.sorts.append(sort)
        if named and named != (org := org_of.get(speaker)):
            whose[named].add(entry.id, day, sort)
            if org:
                whose[org].elsewhere |= {speaker}
    # What people say is their organisation's too; until here it had only what names it beside.
    for person, org in org_of.items():
        if org and person in whose:
            whose[org].add_all(whose[person])
    _hear_more(whose, sources, org_of)
    return whose


def _hear_more(whose: defaultdict[str, Heard], sources: Sources, org_of: Mapping[str, str | None]) -> None:
    """Adds transcripts and questions, whose organisations are those of their people."""
    for transcript in sources.transcripts:
        day = contact_day(transcript.start, transcript.end)
        for one in {*transcript.characters, *(org_of.get(person) for person in transcript.characters)}:
            if one:
                whose[one].transcripts += (transcript,)
                whose[one].add(transcript.id, day, "")
    for question in sources.questions:
        asker = question.fields.asker
        for one in (asker, org_of.get(asker) if asker else None):
            if one:
                whose[one].questions += (question,)


def contact_day(start: str, end: str) -> int:
    """The day that ``[start, end)`` lies within, as its proleptic ordinal; 0 where it is longer, open or missing."""
    if not start or start == OPEN_START:
        return 0
    ordinal, midnight = _day(start[:10])
    return ordinal if end <= midnight else 0


@lru_cache(maxsize=50_000)
def _day(day: str) -> tuple[int, str]:
    """A day's ordinal, and the moment at which it ends."""
    ordinal = date.fromisoformat(day).toordinal()
    following = OPEN_END if day == OPEN_END[:10] else f"{date.fromordinal(ordinal + 1).isoformat()}T00:00"
    return ordinal, following


# --- one relationship -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Subject:
    """Whom a relationship is with, ``finder`` the part of a query that finds the entries it is in."""

    id: str
    kind: str
    name: str
    people: tuple[str, ...]
    finder: str
    org: str | None = None
    org_name: str = ""
    steps: tuple[WayStep, ...] = ()

    def found(self, kinds: str, ids: Sequence[str]) -> str:
        """The query for these things; with none of them one that finds nothing, as nothing has the subject's id and
        another kind."""
        return f"kind:{kinds} id:{','.join(ids) if ids else self.id}"


def _subjects(sources: Sources, whose: Mapping[str, Heard]) -> Iterator[_Subject]:
    """People, then organisations, each in their order."""
    members: defaultdict[str, list[str]] = defaultdict(list)
    for person in sources.people:
        fields = person.fields
        members[fields.org or ""].append(person.id)
        steps = tuple(steps_of(person, sources.known))
        finder = f"speaker:{person.id}"
        yield _Subject(person.id, "person", fields.name, (person.id,), finder, fields.org, person.org_name, steps)
    for one in sources.organisations:
        # By its id are found the entries that name it, and those of its people that name none.
        elsewhere = sorted(whose.get(one.id, _NOBODY).elsewhere)
        finder = f"(org:{one.id} OR speaker:{','.join(elsewhere)})" if elsewhere else f"org:{one.id}"
        yield _Subject(one.id, "organisation", one.fields.name, tuple(members[one.id]), finder)


def _relationship(scope: Scope, subject: _Subject, mine: Heard, today: date) -> Relationship:
    said = scope.narrowed(TALK, subject.finder)
    listened, told = mine.sorts.count("listening"), mine.sorts.count("telling")
    # Entries are found by whose they are; that would find a transcript by its words, so that it needs its id.
    all_said = Figure(len(mine.ids), subject.found(_ANY, mine.ids) if mine.transcripts else said)
    asked = _asked(subject, mine.questions)
    unanswered = [question for question in mine.questions if question.is_open]
    return Relationship(
        subject.id,
        subject.kind,
        subject.name,
        subject.org,
        subject.org_name,
        subject.steps[-1].stage if subject.steps else "",
        all_said,
        Share(listened, listened + told, f"{said} {_FOUND_BY['listening']}"),
        Share(told, listened + told, f"{said} {_FOUND_BY['telling']}"),
        Figure(mine.sorts.count("helped"), f"{said} {_FOUND_BY['helped']}"),
        Figure(mine.sorts.count("unsaid"), f"{said} {_FOUND_BY['unsaid']}"),
        _spoken(subject, mine),
        _rhythm(subject, mine, all_said, today.toordinal()),
        asked,
        _asked(subject, unanswered) if len(unanswered) < len(mine.questions) else asked,
        subject.steps,
    )


_ANY = "note,quote,event,document"


def _spoken(subject: _Subject, mine: Heard) -> Share:
    if not mine.transcripts:
        return Share(0, 0, subject.found("document", ()))
    theirs = sum(one.characters.get(person, 0) for one in mine.transcripts for person in subject.people)
    query = subject.found("document", [one.id for one in mine.transcripts])
    return Share(theirs, sum(one.total for one in mine.transcripts), query)


def _asked(subject: _Subject, questions: Sequence[Question]) -> Figure:
    return Figure(len(questions), subject.found("question", [question.id for question in questions]))


def _rhythm(subject: _Subject, mine: Heard, all_said: Figure, today: int) -> Rhythm:
    known = sorted(set(mine.days))
    days = known[bisect_right(known, 0) : bisect_right(known, today)]

    def figure(wanted: Container[int]) -> Figure:
        found = [at for at, day in enumerate(mine.days) if day in wanted]
        return Figure(len(found), subject.found(_ANY, [mine.ids[at] for at in found]))

    nothing = Figure(0, subject.found(_ANY, ()))
    contacts, left_out = all_said, nothing
    if len(days) < len(known):
        contacts = figure(frozenset(days))
        left_out = figure(frozenset(known).difference(days))
    if not days:
        return Rhythm(0, "", None, None, contacts, nothing, left_out)
    last = days[-1]
    return Rhythm(
        len(days),
        date.fromordinal(last).isoformat(),
        float(median([later - earlier for earlier, later in pairwise(days)])) if len(days) >= NEEDED else None,
        today - last,
        contacts,
        figure((last,)),
        left_out,
    )


# --- steps ------------------------------------------------------------------------------------------------------------


def steps_of(person: Person, known: Mapping[str, EntryFacts]) -> Iterator[WayStep]:
    """Somebody's steps in the order of time. An entry that no longer stands shows nothing."""
    before = -1
    dated = [(bounds(step.date), step) for step in person.fields.stages]
    for (start, end), step in sorted(dated, key=lambda one: one[0][0]):
        rank = _RANKS.get(step.stage, -1)
        entry = step.entry if step.entry in known else None
        yield WayStep(
            person.id,
            person.fields.name,
            step.stage,
            step.date,
            start,
            end,
            entry,
            f"id:{entry}" if entry else f"{TALK} id:{person.id}",
            -1 < rank < before,
        )
        before = rank


@lru_cache(maxsize=20_000)
def bounds(edtf: str) -> tuple[str, str]:
    """Start and end of a date; both empty without one, or with one of a later Terrain."""
    try:
        when = parse_edtf(edtf)
    except BadDate:
        return "", ""
    return when.start, when.end


def reached(steps: Sequence[WayStep], grain: str) -> tuple[Reached, ...]:
    """Steps by period and stage, in the order of both; those of no one period come last. Each keeps the order of
    ``steps``, which are by name."""
    found: defaultdict[tuple[str, str], list[WayStep]] = defaultdict(list)
    for step in steps:
        found[_period(step, grain), step.stage].append(step)

    def place(key: tuple[str, str]) -> tuple[bool, str, int, str]:
        period, stage = key
        return not period, period, _RANKS.get(stage, len(_RANKS)), stage

    return tuple(_reached(*key, found[key]) for key in sorted(found, key=place))


def _reached(period: str, stage: str, steps: Sequence[WayStep]) -> Reached:
    people = dict.fromkeys(step.person for step in steps)
    shown = dict.fromkeys(step.entry for step in steps if step.entry)
    nothing = f"{TALK} id:{next(iter(people))}"
    return Reached(
        period,
        stage,
        len(people),
        len({step.person for step in steps if step.back}),
        tuple(steps),
        f"kind:person id:{','.join(people)}",
        Figure(len(shown), f"id:{','.join(shown)}" if shown else nothing),
    )


def _period(step: WayStep, grain: str) -> str:
    """The year or quarter that a step's date lies within, as EDTF; empty where it lies within none."""
    if not step.start or step.start == OPEN_START:
        return ""
    year, quarter = int(step.start[:4]), (int(step.start[5:7]) - 1) // 3
    until = f"{year:04}-{3 * quarter + 4:02}" if grain == "quarter" and quarter < 3 else f"{year + 1:04}-01"
    name = f"{year:04}-{33 + quarter}" if grain == "quarter" else f"{year:04}"
    return name if step.end <= f"{until}-01T00:00" else ""
