"""A seeded notebook for the lenses, made in memory: what each of them is handed after the data is read."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from sys import intern

from desktop_app.model.coding import Code, CodeFields
from desktop_app.model.dismissals import Dismissal, DismissalFields
from desktop_app.model.entries import Basis, Check, EntryKind, Outcome, Result
from desktop_app.model.facts import EntryFacts
from desktop_app.model.links import End, Relation
from desktop_app.model.matrices import PlacedCoding
from desktop_app.model.metrics import Grain, Point, Series
from desktop_app.model.people import Organisation, OrganisationFields, Person, PersonFields, Stage, StageStep
from desktop_app.model.places import Place, PlaceKind
from desktop_app.model.questions import Amount, Option, Question, QuestionFields
from desktop_app.model.vocabulary import Term
from desktop_app.model.why import Statement

SEED = 20261123
TODAY = date(2026, 11, 22)
SURPRISES, PEOPLE, ORGANISATIONS, LINKS, SERIES, PLACES, QUESTIONS, CODES, CODINGS = (
    3_000, 5_000, 500, 20_000, 20, 40, 400, 60, 10_000,
)  # fmt: skip
"""How many there are, in all; of places that many to a series."""
FORESIGHTS = 0.05
"""Of all entries."""
_DAYS = 4_300
_ACTS = ("", "listened", "told", "asked", "helped")
_TAGS = ("pricing", "pricing/discounts", "onboarding", "port", "port/strike", "school", "trust", "channel/ads")


@dataclass(frozen=True)
class Study:
    """Everything by itself; ``entries`` are ordered by ``start``."""

    entries: tuple[EntryFacts, ...]
    people: list[Person]
    organisations: list[Organisation]
    series: list[Series]
    points: dict[str, tuple[Point, ...]]
    places: dict[str, tuple[Place, ...]]
    statements: list[Statement]
    dismissals: list[Dismissal]
    questions: list[Question]
    gathered: dict[str, dict[str, list[str]]]
    codes: list[Code]
    codings: list[PlacedCoding]
    perspectives: Sequence[Term]
    scales: Sequence[Term]

    @cached_property
    def known(self) -> dict[str, EntryFacts]:
        return {entry.id: entry for entry in self.entries}


def study(count: int, perspectives: Sequence[Term], scales: Sequence[Term]) -> Study:
    """So many entries over twelve years, made in their order as the reader does, with all that was said of them."""
    chance = random.Random(SEED)
    days = [(date(2015, 2, 1) + timedelta(number)).isoformat() for number in range(_DAYS)]
    organisations = [
        Organisation(f"org{number:023}", OrganisationFields(f"House {number}")) for number in range(ORGANISATIONS)
    ]
    people = [_person(chance, number, days, organisations) for number in range(PEOPLE)]
    series = [_series(number) for number in range(SERIES)]
    entries = tuple(_entries(chance, count, days, people, series, (perspectives, scales)))
    codes = [
        Code(f"code{number:022}", CodeFields(f"Code {number}"), (f"Code {number}",), "") for number in range(CODES)
    ]
    statements = list(_statements(chance, entries, series, days))
    questions = [_question(chance, number, people, days) for number in range(QUESTIONS)]
    return Study(
        entries,
        people,
        organisations,
        series,
        {one.id: tuple(_points(chance, days)) for one in series},
        {one.id: tuple(_places(chance, days)) for one in series},
        statements,
        [
            Dismissal(f"dismissal{at:017}", DismissalFields(one.id, days[at], days[at + 1]), "", "")
            for at, one in enumerate(series)
        ],
        questions,
        {one.id: _gathered(chance, entries) for one in questions},
        codes,
        [_coding(chance, number, entries, codes) for number in range(CODINGS)],
        perspectives,
        scales,
    )


def _labels(chance: random.Random, terms: Sequence[Term]) -> Callable[[], tuple[str, ...]]:
    """Draws none to two of the terms; equal ones are one object, as they are when they have been read."""
    kept: dict[tuple[str, ...], tuple[str, ...]] = {}
    names = [term.id for term in terms]

    def draw() -> tuple[str, ...]:
        drawn = tuple(sorted(chance.sample(names, chance.randrange(3))))
        return kept.setdefault(drawn, drawn)

    return draw


def _entries(
    chance: random.Random,
    count: int,
    days: Sequence[str],
    people: Sequence[Person],
    series: Sequence[Series],
    terms: tuple[Sequence[Term], Sequence[Term]],
) -> Iterator[EntryFacts]:
    perspectives, scales = (_labels(chance, one) for one in terms)
    surprising = set(chance.sample(range(count), min(SURPRISES, count // 10)))
    spoken = [kind.value for kind in EntryKind if kind != EntryKind.FORESIGHT]
    # What has been read are plain strings: to hash a member of an enumeration takes ten times as long.
    bases = ["", *(basis.value for basis in Basis)]
    for number, at in enumerate(sorted(chance.choices(range(_DAYS - 1), k=count))):
        speaker = chance.choice(people) if chance.random() < 0.6 else None
        foresight = number not in surprising and chance.random() < FORESIGHTS
        horizon, confidence, check, outcome = (
            _foreseen(chance, days, at, series) if foresight else ("", None, None, None)
        )
        yield EntryFacts(
            id=f"{chance.getrandbits(128):032x}",
            kind="event" if number in surprising else "foresight" if foresight else chance.choice(spoken),
            heading=f"Entry {number}",
            occurred=days[at],
            start=intern(f"{days[at]}T00:00"),
            end=intern(f"{days[at + 1]}T00:00"),
            scales=scales(),
            perspectives=perspectives(),
            tags=(chance.choice(_TAGS),),
            speaker=speaker.id if speaker else None,
            org=speaker.fields.org if speaker else None,
            speaker_name=speaker.fields.name if speaker else "",
            channel="visit",
            basis=chance.choice(bases),
            surprise=number in surprising,
            author=chance.choice(("Ada", "Ben", "Cleo")),
            created=f"{days[at]}T10:00:00Z",
            edited=f"{days[at]}T10:00:00Z",
            series=(chance.choice(series).id,) if chance.random() < 0.1 else (),
            act=chance.choice(_ACTS) if speaker else "",
            recurs="P1Y" if chance.random() < 0.005 else "",
            horizon=horizon,
            confidence=confidence,
            check=check,
            outcome=outcome,
        )


def _foreseen(
    chance: random.Random, days: Sequence[str], at: int, series: Sequence[Series]
) -> tuple[str, float, Check | None, Outcome | None]:
    """Horizon, confidence, check and outcome."""
    horizon = days[min(at + chance.randrange(10, 400), _DAYS - 1)]
    check = Check(chance.choice(series).id, ">=", 100.0, horizon) if chance.random() < 0.3 else None
    outcome = Outcome(chance.choice(list(Result)).value, horizon) if chance.random() < 0.8 else None
    return horizon, chance.randrange(21) / 20, check, outcome


def _person(chance: random.Random, number: int, days: Sequence[str], organisations: Sequence[Organisation]) -> Person:
    stages = [stage.value for stage in chance.choices(list(Stage), k=chance.randrange(5))]
    dates = sorted(chance.sample(days, len(stages)))
    steps = tuple(StageStep(stage, day) for stage, day in zip(stages, dates, strict=True))
    org = chance.choice(organisations)
    return Person(f"person{number:020}", PersonFields(f"Person {number}", org=org.id, stages=steps), org.fields.name)


def _series(number: int) -> Series:
    return Series(
        f"series{number:020}", f"Metric {number}", "Bench", "count", Grain.DAY, additive=True,
        start="2015-02-01", end="2026-11-01", points=_DAYS,
    )  # fmt: skip


def _points(chance: random.Random, days: Sequence[str]) -> Iterator[Point]:
    for start, end in pairwise(days):
        yield Point(start, end, float(chance.randrange(1, 500)))


def _places(chance: random.Random, days: Sequence[str]) -> Iterator[Place]:
    for at in sorted(chance.sample(range(10, _DAYS - 10), PLACES)):
        kind = chance.choice(list(PlaceKind))
        yield Place(kind, days[at], days[at - 7], days[at + 8], 100.0, 150.0, 10.0, 5.0)


def _statements(
    chance: random.Random, entries: Sequence[EntryFacts], series: Sequence[Series], days: Sequence[str]
) -> Iterator[Statement]:
    """Half of all links are to stretches of series, half between entries."""
    relations = [relation.value for relation in Relation]
    for number in range(LINKS):
        entry, relation = chance.choice(entries).id, chance.choice(relations)
        at = chance.randrange(_DAYS - 8)
        target = (
            End("series", chance.choice(series).id, days[at], days[at + 7], 700.0)
            if number % 2
            else End("entry", chance.choice(entries).id)
        )
        yield Statement(f"link{number:022}", entry, relation, target)


def _question(chance: random.Random, number: int, people: Sequence[Person], days: Sequence[str]) -> Question:
    asked = chance.choice(days)
    options = tuple(Option(name, Amount(chance.random(), "EUR"), Amount(chance.random(), "EUR")) for name in "ab")
    asker = chance.choice(people).id if number % 2 else None
    fields = QuestionFields(f"Question {number}?", asker=asker, asked=asked, options=options)
    return Question(f"question{number:018}", fields, "", "", "Ada", f"{asked}T00:00", f"{asked}T23:59")


def _gathered(chance: random.Random, entries: Sequence[EntryFacts]) -> dict[str, list[str]]:
    relations = (Relation.SUPPORTS, Relation.CONTRADICTS, Relation.MENTIONS)
    return {relation.value: [chance.choice(entries).id for _ in range(20)] for relation in relations}


def _coding(chance: random.Random, number: int, entries: Sequence[EntryFacts], codes: Sequence[Code]) -> PlacedCoding:
    """Half of them in sixty long documents, half in entries."""
    start, length = chance.randrange(40_000), chance.randrange(20, 400)
    entry = chance.choice(entries)
    target, when = (entry.id, entry.start) if number % 2 else (f"document{number % 60:018}", "2024-05-01")
    start = start if number % 2 == 0 else start % 300
    return PlacedCoding(f"coding{number:020}", target, start, start + length, chance.choice(codes).id, "Ada", when=when)
