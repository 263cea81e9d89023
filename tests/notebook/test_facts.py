"""The facts that lenses work on are those of the entries."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.model.entries import Attachment, Check, Entry, EntryFields, Outcome
from desktop_app.model.facts import EntryFacts
from desktop_app.model.ids import new_id
from desktop_app.model.people import OrganisationFields, PersonFields
from desktop_app.notebook.facts import LONGEST_HEADING
from desktop_app.notebook.file import NotebookFile
from tests.notebook.writing import rewrite, write

SERIES = "s" * 26
TEXT = st.text("ab \t\n\x0b\u2028\u00a0\u3000é🧭", max_size=12)
LABELS = st.sets(st.sampled_from(["a", "b/c", "é", "Z"])).map(lambda found: tuple(sorted(found)))
FIELDS = st.builds(
    EntryFields,
    kind=st.sampled_from(["note", "quote", "event", "foresight"]),
    title=st.one_of(st.just(""), TEXT),
    body=st.one_of(TEXT, TEXT.map(lambda text: "\n \u2003" * 500 + text), TEXT.map(lambda text: text + "x" * 280)),
    occurred=st.sampled_from(["", "2026-03", "2026-03-14T10:20", "../2020", "2024/..", "[2020,2022]", "2023/", "9999"]),
    scales=LABELS,
    perspectives=LABELS,
    tags=LABELS,
    series=LABELS,
    channel=st.sampled_from(["", "phone"]),
    basis=st.sampled_from(["", "told"]),
    surprise=st.booleans(),
    attachments=st.sampled_from(
        [(), (Attachment("b.pdf", "0" * 64, "x/y", 3), Attachment("a.pdf", "1" * 64, "x/y", 3))]
    ),
    horizon=st.sampled_from(["", "2026-06"]),
    confidence=st.sampled_from([None, 0.0, 0.7, 1.0]),
    check=st.sampled_from([None, Check(SERIES, ">=", 3.0, "2026-05")]),
    outcome=st.sampled_from([None, Outcome("yes", "2026-06-01", "it did")]),
    act=st.sampled_from(["", "listened"]),
    recurs=st.sampled_from(["", "R5/P1M"]),
)


def of(entry: Entry) -> EntryFacts:
    """An entry's facts, by hand."""
    names = {name for name in EntryFacts.__slots__ if name in EntryFields.__slots__}
    plain = ("id", "heading", "start", "end", "speaker_name", "org_name", "author", "created", "edited")
    return EntryFacts(
        **{name: getattr(entry.fields, name) for name in names}, **{name: getattr(entry, name) for name in plain}
    )


def agree(file: NotebookFile, ids: list[str]) -> None:
    kept = sorted((entry for entry in file.entries.many(ids) if not entry.trashed), key=lambda one: (one.start, one.id))
    assert file.entries.facts() == [of(entry) for entry in kept]


def trash(file: NotebookFile, kind: str, item: str) -> None:
    with file.journal.change("Trash") as recorder:
        file.journal.trash(recorder, kind, item, trashed=True)


def made(file: NotebookFile, kind: str, fields: PersonFields | OrganisationFields) -> str:
    item = new_id()
    with file.journal.change("Make") as recorder:
        recorder.record(kind, item, fields.to_json(), new=True)
    return item


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(st.lists(st.tuples(FIELDS, st.booleans(), st.booleans()), max_size=4))
def test_facts_are_those_of_the_entries(file: NotebookFile, entries: list[tuple[EntryFields, bool, bool]]) -> None:
    before = {facts.id for facts in file.entries.facts()}
    ids = list(before)
    for fields, trashed, edited in entries:
        item = write(file, **{name: getattr(fields, name) for name in EntryFields.__slots__})
        ids.append(item)
        if edited:
            rewrite(file, item, channel="fair", tags=["x"])
        if trashed:
            trash(file, "entry", item)
    agree(file, ids)


def test_people_and_organisations_are_named_wherever_they_are_now(file: NotebookFile) -> None:
    mill = made(file, "organisation", OrganisationFields("Mill"))
    port = made(file, "organisation", OrganisationFields("Port"))
    ada = made(file, "person", PersonFields("Ada", org=mill))
    ben = made(file, "person", PersonFields("Ben", org=port))
    ids = [write(file, "x", speaker=speaker, org=org) for speaker in (None, ada, ben) for org in (None, mill, port)]
    agree(file, ids)
    trash(file, "person", ben)
    trash(file, "organisation", port)
    agree(file, ids)
    told = {(facts.speaker_name, facts.org_name) for facts in file.entries.facts()}
    assert {("Ada", "Mill"), ("Ben", "Port"), ("", "Port")} <= told


def test_an_item_in_conflict_and_one_of_an_earlier_terrain_are_read(file: NotebookFile) -> None:
    one, other = write(file, "one"), write(file, "other", act="told")
    old = {name: value for name, value in file.journal.fields(other).items() if name not in ("act", "recurs")}
    with file.journal.change("As it was") as recorder:
        recorder.record("entry", other, old)
    rewrite(file, one, conflicts={"title": [{"value": "A", "revision": "r"}, {"value": "B", "revision": "q"}]})
    agree(file, [one, other])


def test_a_long_line_is_cut(file: NotebookFile) -> None:
    whole, long = "x" * LONGEST_HEADING, "y" * 100_000
    ids = [write(file, whole), write(file, long, occurred="2026")]
    first, second = file.entries.facts()
    assert first.heading == whole
    assert second.heading == "y" * (LONGEST_HEADING - 1) + "…"
    assert replace(second, heading=long) == of(file.entries.get(ids[1]))


def test_what_has_no_words_goes_by_its_first_attachment(file: NotebookFile) -> None:
    files = (Attachment("plan.pdf", "0" * 64, "application/pdf", 3), Attachment("a.pdf", "1" * 64, "x/y", 3))
    ids = [write(file, " \n", attachments=files), write(file, "words", title=" ", attachments=files)]
    agree(file, ids)
    assert [facts.heading for facts in file.entries.facts()] == ["plan.pdf", "plan.pdf"]
