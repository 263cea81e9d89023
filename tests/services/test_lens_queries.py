"""All lenses over one rich notebook: each query that a lens gives finds exactly what stands beside it."""

import random
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from desktop_app.model.calibration import Calibration
from desktop_app.model.code_lens import CodeCell, CodeCount
from desktop_app.model.entries import EntryDraft, Outcome
from desktop_app.model.facts import Figure, Scope
from desktop_app.model.foresight import Score, Statement
from desktop_app.model.links import End, LinkFields, Relation
from desktop_app.model.offmap import Crowd, Step, Tie, Waiting
from desktop_app.model.offmap import Path as Way
from desktop_app.model.people import PersonFields, StageStep
from desktop_app.model.questions import Amount, Option, QuestionDraft
from desktop_app.model.relationships import Campaign, Reached, Share, WayMoment, WayStep
from desktop_app.model.vocabulary import Term
from desktop_app.model.ways import GROUPED_BY, SeriesTie, Voices
from desktop_app.model.why import AskedAbout, Effect, Ledger, Reason
from desktop_app.services import Identity, Notebook, open_notebook
from tests.services.interviews import code, interview

QUERIES = (
    "",
    "price",
    "price OR tag:rent",
    '(price kind:quote) OR -has:perspective OR "new shop"',
    "in:2026-03 tag:rent,shop",
    "from:2025 to:2026-06",
    'scale:"their own"',
    "speaker:Ines",
    "is:conflicting OR kind:foresight",
    "kind:foresight is:resolved",
    "is:surprise perspective:random-events",
    "kind:note,quote,event,foresight has:date",
    "nowhere",
)
BODIES = ("the price again", "rent went up", "a new shop", "it will rain", "why?", "سلام 🙂 price")
DATES = (
    "2026-03-14", "2026-03-14T10:20", "2026-03", "2026-Q1", "2026-21", "2024/2026", "2023/..", "../2025", "2025-03~",
    "202X", "2026-03-XX", "0001", "9999-12-31", "2026-02/2026-04", "", "2026-11-20", "2027",
)  # fmt: skip
SCALES = ("moment", "day", "week", "year", "generation", "fortnight")
PERSPECTIVES = ("holistic", "random-events", "cunning-intelligence", "aspirational-rationality", "value-rationality")
SPEAKERS = ("", "", "Ines Vidal", "Ines", 'Tomas "Tom" Okoro', "\u202eOmar", "Gone Away")
ODD = ("their own", 'a "b"', "a,b", "Ünlaut", "-week", "(x)", "OR")
STAGES = ("stranger", "prospect", "customer", "loyal client", "advocate")

Reads = dict[str, Callable[[Notebook, str], Iterator[object]]]


def _tempo(notebook: Notebook, query: str) -> Iterator[object]:
    yield notebook.tempo.read(query, at="2026-03")
    yield notebook.tempo.read(query, from_="2026-02", to="2026-05", at="2026-03-14T10:20")


def _foresight(notebook: Notebook, query: str) -> Iterator[object]:
    yield notebook.foresight.read(query)
    yield notebook.foresight.read(query, partly_half=True)
    yield notebook.foresight.indicators(query)


def _offmap(notebook: Notebook, query: str) -> Iterator[object]:
    found = notebook.offmap.read(query)
    yield found
    yield notebook.offmap.all_touched(found)
    yield notebook.offmap.all_touched(found, scales=("year", "their own"))


def _relationships(notebook: Notebook, query: str) -> Iterator[object]:
    found = notebook.relationships.read(query, grain="quarter")
    yield found
    for one in (*found.people, *found.organisations):
        yield notebook.relationships.way(one.id, query)


def _why(notebook: Notebook, query: str) -> Iterator[object]:
    yield notebook.why.read(query)


def _ways(notebook: Notebook, query: str) -> Iterator[object]:
    for way, groupings in GROUPED_BY.items():
        for by in groupings:
            yield notebook.ways.read(way, query, by=by)


def _codes(notebook: Notebook, query: str) -> Iterator[object]:
    yield notebook.code_lens.read(query)
    yield notebook.code_lens.together(query, "near", 200)


def _questions(notebook: Notebook, query: str) -> Iterator[object]:
    yield notebook.briefs.read(query)
    for question in notebook.questions.list()[:2]:
        yield notebook.briefs.study(question.id)


def _totals(notebook: Notebook, query: str) -> Iterator[object]:
    pair = [("Orders", "Visits")]
    visits = notebook.metrics.resolve("Visits")
    options = [Option(name, Amount(5, "€"), Amount(300, "", visits, "2026-02-01", "2026-03-01")) for name in "ab"]
    yield notebook.totals.read(query, over=pair, options=options)
    yield notebook.totals.read(query, over=pair, from_="2026-02", to="2026-04")


READS: Reads = {
    "coverage": lambda notebook, query: iter([notebook.coverage.read(query)]),
    "tempo": _tempo,
    "foresight": _foresight,
    "offmap": _offmap,
    "relationships": _relationships,
    "why": _why,
    "ways": _ways,
    "codes": _codes,
    "questions": _questions,
    "totals": _totals,
}


@pytest.fixture
def rich(notebook: Notebook, tmp_path: Path) -> Notebook:
    chance = random.Random(7)
    for vocabulary in ("scale", "perspective"):
        notebook.vocabulary.add_term(vocabulary, Term("fortnight", "Fortnight", "fortnight", "What?"))
    _series(notebook, tmp_path)
    written = [_entry(notebook, chance, number) for number in range(160)]
    _odd_terms(notebook, written)
    _people(notebook, chance, written)
    for number in range(40):
        pair = [End("entry", item) for item in chance.sample(written, 2)]
        notebook.links.add(LinkFields(pair[0], ("explains", "contradicts", "mentions")[number % 3], pair[1]))
    series = notebook.metrics.list()[0].id
    for item in written[::20]:
        notebook.links.add(
            LinkFields(End("entry", item), "explains", End("series", series, "2026-02-01", "2026-04-01"))
        )
    talk = interview(notebook, tmp_path)
    notebook.documents.match_speaker(talk, "Ines Vidal", notebook.relationships.named("person", "Ines Vidal"))
    code(notebook, talk, "The price was opaque", "Paying")
    code(notebook, talk, "took me seriously", "Being heard")
    for number in range(6):
        asked = notebook.questions.add(QuestionDraft(text=f"Why {number}?", asker="Ines Vidal", asked="2026-03-02"))
        if number % 2:
            notebook.questions.answer(asked.result, "Because of the price")
        for place, item in enumerate(chance.sample(written, 8)):
            relation = ("supports", "contradicts", "mentions")[place % 3]
            notebook.questions.gather(asked.result, End("entry", item), Relation(relation))
    notebook.entries.trash(written[16::17])
    notebook.people.trash(notebook.relationships.named("person", "Gone Away"))
    _conflict(notebook, tmp_path, written[1])
    return notebook


def _series(notebook: Notebook, folder: Path) -> None:
    rows = "".join(
        f"2026-{month:02}-{day:02},{900 if month > 3 else 100 + day % 3},{day}\n"
        for month in range(1, 7)
        for day in range(1, 29)
    )
    (folder / "visits.csv").write_text(f"Date,Visits,Orders\n{rows}", encoding="utf-8")
    notebook.metrics.import_files([folder / "visits.csv"], backup=False)


def _entry(notebook: Notebook, chance: random.Random, number: int) -> str:
    kind = chance.choice(("note", "quote", "event", "foresight"))
    when = chance.choice(DATES)
    more: dict[str, Any] = {}
    if kind == "foresight":
        more["confidence"] = chance.choice((None, 0.0, 0.1, 0.3, 0.7, 0.95, 1.0))
        more["horizon"] = chance.choice(("", "2026-06", "2027", "2026/..", "2020"))
        if result := chance.choice(("", "yes", "no", "partly")):
            more["outcome"] = Outcome(result, chance.choice(("2026-04-05", "2026", "")))
    if chance.random() < 0.2:
        more["series"] = (chance.choice(notebook.metrics.list()).id,)
    return notebook.entries.add(
        EntryDraft(
            title=f"Number {number}",
            body=chance.choice(BODIES),
            kind=kind,
            when=when,
            scales=tuple(chance.sample(SCALES, chance.randint(0, 2))),
            perspectives=tuple(chance.sample((*PERSPECTIVES, "fortnight"), chance.randint(0, 2))),
            tags=tuple(chance.sample(("rent", "shop", "rent/high"), chance.randint(0, 2))),
            speaker=chance.choice(SPEAKERS),
            org=chance.choice(("", "", "The Mill", 'A "mill"')),
            act=chance.choice(("", "", "listened", "told", "asked", "helped")),
            surprise=kind != "foresight" and chance.random() < 0.2,
            recurs="every year" if when and ".." not in when and number % 3 == 0 else "",
            **more,
        )
    ).result


def _odd_terms(notebook: Notebook, written: list[str]) -> None:
    """Terms as another program may have written them."""
    with notebook._context.change("Bring in") as recorder:
        for item, term in zip(written, ODD, strict=False):
            now = notebook._file.journal.fields(item)
            recorder.record("entry", item, {**now, "scales": [term, "week"], "perspectives": [term], "surprise": True})


def _people(notebook: Notebook, chance: random.Random, written: list[str]) -> None:
    """Two of one name, an organisation of theirs, and ways in every order."""
    mill = next(one.id for one in notebook.people.organisations() if one.fields.name == "The Mill")
    for person in notebook.people.list():
        notebook.people.edit(person.id, PersonFields(person.fields.name, org=mill))
        for stage in chance.choices(STAGES, k=4):
            shown = chance.choice((None, chance.choice(written)))
            notebook.people.add_stage(
                person.id, StageStep(stage, chance.choice(("2025", "2026-02", "2026-05-01")), shown)
            )
    notebook.people.add(PersonFields("Tomas Okoro", stages=(StageStep("customer", "2026"),)))
    twin = notebook.people.add(PersonFields("Ines", org=mill)).result
    with notebook._context.change("Bring in") as recorder:
        for item in written[30:34]:
            recorder.record("entry", item, {**notebook._file.journal.fields(item), "speaker": twin})


def _conflict(notebook: Notebook, folder: Path, entry: str) -> None:
    notebook.maintenance.backup(folder / "ben.terrain")
    with open_notebook(folder / "ben.terrain", identity=Identity("Ben", "two"), now=notebook._context.now) as ben:
        ben.entries.edit(entry, EntryDraft(when="2026-05-02", kind="quote", scales=("day",)))
    notebook.entries.edit(entry, EntryDraft(when="2026-02-02", kind="event"))
    notebook.merging.merge(folder / "ben.terrain")
    assert notebook.conflicts.count()


# --- what stands beside a query ---------------------------------------------------------------------------------------

Said = tuple[str, int | set[str] | None, object]
"""A query, how many things it is to find or which (``None``: not told), and where it stands."""


def said(value: object) -> Iterator[Said]:
    """Every query in a result, at any depth, with what is told of it."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for part in value:
            yield from said(part)
    elif is_dataclass(value) and not isinstance(value, type):
        yield from _own(value)
        for slot in () if isinstance(value, Waiting | Voices) else fields(value):
            yield from said(getattr(value, slot.name))


def _own(one: Any) -> Iterator[Said]:
    match one:
        case Scope():
            return
        case Score():
            yield one.scored, one.calibration.n, one
            for query, made in zip(one.bins, one.calibration.bins, strict=True):
                yield query, set(made.ids), made
        case Calibration():
            return
        case Statement() | Campaign():
            yield one.query, {one.id}, one
        case WayMoment():
            yield one.query, set() if one.kind == "person" else {one.id}, one
        case WayStep():
            yield one.query, {one.entry} if one.entry else set(), one
        case Step():
            if one.query:
                yield one.query, {one.entry or ""}, one
        case Way():
            yield one.query, {one.person}, one
        case Reason():
            yield one.query, {one.entry}, one
        case Ledger():
            yield one.query, {reason.entry for reason in one.reasons}, one
        case AskedAbout():
            yield one.query, {one.id}, one
        case Effect() if one.target_query:
            yield one.target_query, {one.id}, one
        case Voices():
            yield one.entries.query, int(one.entries.value or 0), one
            yield one.quotes.query, int(one.quotes.value or 0), one
            yield from ((figure.query, None, one) for figure in (one.people, one.places) if figure.value is not None)
        case SeriesTie():
            yield one.query, None, one
        case CodeCount() | CodeCell():
            yield one.query, one.codings, one
        case Crowd():
            yield one.query, {person.id for person in one.people}, one
        case Share():
            yield one.query, None, one
        case Waiting():  # lengths, not numbers of entries
            yield from ((figure.query, None, one) for figure in (one.median, one.shortest, one.longest))
        case Tie():
            yield from [(one.query, {one.link.other.id}, one)] if one.query else ()
        case Reached():
            yield one.people_query, {step.person for step in one.steps}, one
        case _:
            if hasattr(one, "query"):
                told = getattr(one, "value" if isinstance(one, Figure) else "count", None)
                yield one.query, None if told is None else int(told), one


@pytest.mark.parametrize("lens", READS)
def test_every_query_of_a_lens_finds_what_stands_beside_it(rich: Notebook, lens: str) -> None:
    found: dict[str, set[str]] = {}
    wrong: list[tuple[object, ...]] = []
    for asked in QUERIES:
        for result in READS[lens](rich, asked):
            for query, told, where in said(result):
                if query not in found:
                    found[query] = {item for _, item in rich.search.matches(query)}
                    if not query or rich.search.understand(query).text != query:
                        wrong.append((asked, "not canonical", query, rich.search.understand(query).text, where))
                if told is not None and (found[query] if isinstance(told, set) else len(found[query])) != told:
                    wrong.append((asked, "finds others", query, told, len(found[query]), where))
    assert not wrong, "\n".join(str(one)[:600] for one in wrong[:20]) + f"\n{len(wrong)} in all"
    assert len(found) > 5
