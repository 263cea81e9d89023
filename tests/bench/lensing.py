"""Each lens over a hundred thousand entries after the data is read, beside one plain pass over the same entries.

A lens has 300 ms. How long reading takes is told and not bounded.
"""

import gc
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path

from desktop_app.lenses.codes_seen import by_term, by_time, codes_seen, codes_together
from desktop_app.lenses.coverage import coverage
from desktop_app.lenses.evidence import asked, returns
from desktop_app.lenses.foresight import foresight, indicators
from desktop_app.lenses.offmap import found_by, off_map
from desktop_app.lenses.prompts import prompt_of
from desktop_app.lenses.relationships import Sources, relationships
from desktop_app.lenses.tempo import lanes
from desktop_app.lenses.totals import ratio_of, speaking_of
from desktop_app.lenses.ways import Sources as Reading
from desktop_app.lenses.ways import ways
from desktop_app.lenses.why import Known, Watched, why
from desktop_app.model.facts import Figure as Counted
from desktop_app.model.facts import Scope
from desktop_app.model.foresight import DAYS, Indicator
from desktop_app.model.matrices import Relation
from desktop_app.model.metrics import Grain
from desktop_app.model.prompts import Prompt, PromptKind
from desktop_app.model.tempo import NO_SCALE, extent
from desktop_app.model.ways import GROUPED_BY, PERSPECTIVES
from desktop_app.model.why import Standing
from desktop_app.services import Notebook, open_notebook
from desktop_app.services.totals import _Entries
from tests.bench.figures import Figure, in_turns
from tests.bench.study import TODAY, Study, study

ENTRIES = 100_000
BOUND_MS = 300
ROUNDS = 5
NAME = "lens_"
_NOW = f"{TODAY}T09:00"
_SCOPE = Scope("", "Everything.", ENTRIES)
Lens = Callable[[Study], object]


def _value_for(field: str, item: str, name: str) -> str:
    return f"{field}:{item or name}"


def _tempo(made: Study) -> object:
    parts = {NO_SCALE: "-has:scale", **{term.id: f"scale:{term.id}" for term in made.scales}}
    rows = lanes(_SCOPE, made.entries, made.scales, parts, "none")
    return extent(rows)


def _why(made: Study) -> object:
    watched = [Watched(one, made.places[one.id], {}) for one in made.series]
    known = Known(made.statements, made.dismissals, {}, lambda end: Standing(end.then), lambda end: None)
    return why(_SCOPE, made.entries, made.entries, watched, [], known)


def _foresight(made: Study) -> object:
    return foresight(_SCOPE, made.entries, _NOW, _value_for, made.perspectives, made.scales)


def _indicators(made: Study) -> object:
    series = [Indicator(one.id, one.name, "", one.start, one.end, made.places[one.id]) for one in made.series]
    linked: dict[str, list[str]] = {}
    for statement in made.statements:
        if statement.target.kind == "series":
            linked.setdefault(statement.entry, []).append(statement.target.id)
    entries = made.entries
    return indicators(_SCOPE, entries, entries, series, linked, lambda utc: utc[:16], _value_for, _NOW, DAYS)


def _offmap(made: Study) -> object:
    people = [(person.id, person.fields) for person in made.people]
    return off_map(_SCOPE, made.entries, people, made.scales, made.perspectives, until=_NOW)


def _relationships(made: Study) -> object:
    sources = Sources(made.people, made.organisations, [], made.questions, made.known)
    return relationships(_SCOPE, made.entries, sources, TODAY)


def _ways(name: str) -> Lens:
    def read(made: Study) -> object:
        perspective = next(term for term in made.perspectives if term.id == PERSPECTIVES[name])
        links = [(one.entry, one.relation, one.target) for one in made.statements]
        people = {person.id: person.fields for person in made.people}
        sources = Reading(people, made.known, links, _value_for)
        return ways(_SCOPE, made.entries, name, GROUPED_BY[name][0], perspective, sources)

    return read


def _codes(made: Study) -> object:
    grids = [
        by_time(made.codings, made.codes, Grain.MONTH),
        by_term(made.codings, made.codes, made.known, "perspective", made.perspectives),
        by_term(made.codings, made.codes, made.known, "scale", made.scales),
    ]
    return codes_seen(_SCOPE, made.codings, made.codes, grids, Grain.MONTH, every=True)


def _together(made: Study) -> object:
    return codes_together(_SCOPE, made.codings, made.codes, {}, Relation.OVERLAP, every=True)


def _questions(made: Study) -> object:
    told = asked(_SCOPE, made.questions, made.gathered, made.known, made.perspectives, made.scales)
    return told, [returns(one.fields.options) for one in made.questions]


def _totals(made: Study) -> object:
    """Ten ratios of neighbouring series over the last two years, each with the entries that speak of it."""
    entries, ratios = _Entries(made.entries), []
    start, end = "2024-11-01", "2026-11-01"
    for above, below in zip(made.series[::2], made.series[1::2], strict=True):
        pair = {above.id, below.id}
        linked = [(one.entry, one.target) for one in made.statements if one.target.id in pair]
        about = speaking_of(entries.about(pair, {entry for entry, _ in linked}), pair, linked, start, end)
        upper, lower = ((one, made.points[one.id]) for one in (above, below))
        ratios.append(ratio_of(upper, lower, start, end, Counted(len(about), found_by(about))))
    return ratios


def _prompt(made: Study) -> object:
    """The draw alone: what is offered comes out of the other lenses."""
    offered = [Prompt(PromptKind.QUESTION, one.id, one.fields.text) for one in made.questions]
    offered += [Prompt(PromptKind.SILENCE, one.id, one.fields.name, days=400) for one in made.people]
    return prompt_of("bench", TODAY.isoformat(), offered)


LENSES: dict[str, tuple[str, Lens]] = {
    "coverage": (
        "perspective × scale, and by months",
        lambda made: coverage(_SCOPE, made.entries, made.perspectives, made.scales),
    ),
    "tempo": ("lanes of all scales", _tempo),
    "why": ("ledgers of places and effects", _why),
    "foresight": ("statements and calibration", _foresight),
    "indicators": ("foresights against changes of series", _indicators),
    "offmap": ("register, rate and ways through the stages", _offmap),
    "relationships": ("everybody, and steps of stage", _relationships),
    **{f"ways_{name}": (f"the reading of {name}", _ways(name)) for name in PERSPECTIVES},
    "totals": ("ten ratios of two years, with the entries that speak of them", _totals),
    "codes": ("codes over time, by perspective and by scale", _codes),
    "codes_together": ("codes that overlap, and their graph", _together),
    "questions": ("evidence and options of all questions", _questions),
    "prompt": ("the draw of the day", _prompt),
}


def plain_pass(made: Study) -> object:
    """The least that any lens does: look at each entry once."""
    return Counter(entry.kind for entry in made.entries)


def figures(notebook: Notebook, folder: Path) -> Iterator[Figure]:
    """Every lens, then the reading; ``notebook`` says which perspectives and scales there are."""
    perspectives, scales = (tuple(notebook._context.vocabulary(name)) for name in ("perspective", "scale"))
    made = study(ENTRIES, perspectives, scales)
    assert len(made.known) == ENTRIES
    for name, (what, lens) in LENSES.items():
        lens(made)  # the first time loads what a lens is made of
        gc.collect()
        pairs = [(lambda lens=lens: lens(made), lambda: plain_pass(made)) for _ in range(ROUNDS)]
        value, floor = in_turns(pairs)
        yield Figure(
            f"{NAME}{name}",
            value * 1000,
            "ms",
            floor * 1000,
            f"{ENTRIES:,} entries: {what}",
            "one plain pass over them",
        )
    yield _reading(notebook.path, folder)


def beyond(found: Iterable[Figure]) -> list[str]:
    """Names of the lenses that are beyond their bound."""
    return [figure.name for figure in found if figure.name.startswith(NAME) and figure.value > BOUND_MS]


# --- reading ----------------------------------------------------------------------------------------------------------


def _reading(source: Path, folder: Path) -> Figure:
    """The facts of all entries from the file, beside fetching the same rows."""
    path = folder / "many.terrain"
    shutil.copyfile(source, path)
    _multiply(path)
    with open_notebook(path) as many, closing(sqlite3.connect(path)) as rows:

        def fetched() -> object:
            return [rows.execute(f"SELECT * FROM {table}").fetchall() for table in ("item", "entry", "entry_label")]

        count = len(many._file.entries.facts())
        pairs = [(many._file.entries.facts, fetched) for _ in range(3)]
        value, floor = in_turns(pairs)
    path.unlink()
    return Figure(
        "lens reading", value * 1000, "ms", floor * 1000, f"facts of {count:,} entries read", "the same rows fetched"
    )


def _multiply(path: Path) -> None:
    """The rows of entries again under other ids, until there are as many as the lenses look at."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        (there,) = connection.execute("SELECT count(*) FROM entry").fetchone()
        connection.execute("BEGIN")
        for table, key, of_entries in (
            ("item", "id", " WHERE kind = 'entry'"),
            ("entry", "id", ""),
            ("entry_label", "entry", ""),
        ):
            columns = [name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")]
            rows = connection.execute(f"SELECT {', '.join(columns)} FROM {table}{of_entries}").fetchall()
            at = columns.index(key)
            marks = ", ".join("?" * len(columns))
            for again in range(1, ENTRIES // there):
                connection.executemany(
                    f"INSERT INTO {table} VALUES ({marks})",
                    ((*row[:at], f"{again:02}{row[at]}", *row[at + 1 :]) for row in rows),
                )
        connection.execute("COMMIT")
