from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.model.entries import Check, EntryDraft, EntryFields, Outcome
from desktop_app.model.errors import Ambiguous, Invalid, NotFound
from desktop_app.model.ids import new_id
from desktop_app.model.people import OrganisationFields, PersonFields
from desktop_app.model.time import BadDate
from desktop_app.services import Identity, Notebook, open_notebook


def add(notebook: Notebook, body: str = "Something", **given: object) -> str:
    return notebook.entries.add(EntryDraft(body=body, **given)).result  # type: ignore[arg-type]


def test_what_was_given_is_what_is_kept(notebook: Notebook) -> None:
    made = notebook.entries.add(
        EntryDraft(
            body="It felt like a friend.",
            kind="quote",
            title="A friend",
            when="last Tuesday",
            scales=("week", "mon"),
            perspectives=("aspir", "Cunning"),
            tags=("#pricing/discounts", "first week"),
            speaker="Ines Vidal",
            org="Café Norte",
            channel="phone",
            basis="told",
            consent="named",
        )
    )
    entry = notebook.entries.get(made.result[:7])
    fields = entry.fields
    assert (fields.kind, fields.title, fields.occurred) == ("quote", "A friend", "2026-11-17")
    assert (entry.start, entry.end) == ("2026-11-17T00:00", "2026-11-18T00:00")
    assert fields.scales == ("month", "week")
    assert fields.perspectives == ("aspirational-rationality", "cunning-intelligence")
    assert fields.tags == ("first-week", "pricing/discounts")
    assert (entry.speaker_name, entry.org_name) == ("Ines Vidal", "Café Norte")
    assert (entry.author, entry.revisions) == ("Ada", 1)
    assert {kind: len(ids) for kind, ids in made.touched.items()} == {"entry": 1, "person": 1, "organisation": 1}
    assert made.label == "Write quote"


def test_without_a_date_it_happened_now_and_an_empty_one_means_none(notebook: Notebook) -> None:
    assert notebook.entries.get(add(notebook)).fields.occurred == "2026-11-22T14:30"
    assert notebook.entries.get(add(notebook, when="")).fields.occurred == ""


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"kind": "qoute"}, "no kind"),
        ({"scales": ("wek",)}, "did you mean “week”"),
        ({"perspectives": ("x",)}, "use one of holistic"),
        ({"basis": "heard"}, "told, observed"),
        ({"confidence": 70.0, "kind": "foresight"}, "between 0 and 1"),
        ({"tags": ("a,b",)}, "is no tag"),
        ({"attach": ("/nowhere/at.all",)}, "cannot be attached"),
        ({"body": "   "}, "needs some words"),
        ({"when": "sometime"}, "sometime"),
        ({"act": "lectured"}, "use one of listened, told, asked, helped"),
        ({"recurs": "now and then"}, "“now and then” does not say how often it comes again"),
        ({"recurs": "yearly", "when": ""}, "say when it happened the first time"),
        ({"recurs": "yearly", "when": "since 2023"}, "needs a date with a beginning and an end"),
        ({"recurs": "yearly", "when": "until 2023"}, "needs a date with a beginning and an end"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_kept(notebook: Notebook, given: dict[str, object], told: str) -> None:
    with pytest.raises((Invalid, BadDate), match=told):
        add(notebook, **{"body": "x", "speaker": "Somebody New", **given})  # type: ignore[arg-type]
    assert notebook.entries.counts().total == 0
    assert notebook.people.list() == []


def test_an_edit_changes_what_is_given_and_nothing_else(notebook: Notebook) -> None:
    entry = add(notebook, tags=("a", "b"), speaker="Ines", channel="phone")
    notebook.entries.edit(entry, EntryDraft(tags=(), title="New"))
    fields = notebook.entries.get(entry).fields
    assert (fields.tags, fields.title, fields.channel, fields.body) == ((), "New", "phone", "Something")
    assert fields.speaker is not None
    notebook.entries.edit(entry, EntryDraft(speaker=""))
    assert notebook.entries.get(entry).fields.speaker is None


def test_what_was_done_and_what_comes_again_are_kept_as_typed_once(notebook: Notebook) -> None:
    entry = add(notebook, when="March 2025", act="listened", recurs="every other month, 5 times")
    fields = notebook.entries.get(entry).fields
    assert (fields.act, fields.recurs) == ("listened", "R5/P2M")
    assert fields.checked() == fields
    with pytest.raises(Invalid, match="say R5/P2M"):
        replace(fields, recurs="r5/p2m").checked()
    notebook.entries.edit(entry, EntryDraft(title="New"))
    assert notebook.entries.get(entry).fields.recurs == "R5/P2M"
    with pytest.raises(Invalid, match="the first time"):
        notebook.entries.edit(entry, EntryDraft(when=""))
    notebook.entries.edit(entry, EntryDraft(when="", recurs="", act=""))
    fields = notebook.entries.get(entry).fields
    assert (fields.act, fields.recurs, fields.occurred) == ("", "", "")
    assert notebook.entries.get(add(notebook, recurs="weekly")).fields.occurred == "2026-11-22T14:30"


def test_an_entry_of_an_earlier_terrain_is_not_told_as_changed_in_what_that_did_not_know(notebook: Notebook) -> None:
    entry = add(notebook)
    old = {k: v for k, v in notebook._file.journal.fields(entry).items() if k not in ("act", "recurs")}
    item = new_id()
    with notebook._context.change("Written long ago") as recorder:
        recorder.record("entry", item, old, new=True)
    fields = notebook.entries.get(item).fields
    assert (fields.act, fields.recurs) == ("", "")
    notebook.entries.edit(item, EntryDraft(title="New"))
    notebook.entries.attach_bytes(item, "a.txt", "text/plain", b"a")
    assert [info.changed for info in notebook.history.of(item)][:2] == [("attachments",), ("title",)]
    notebook.entries.edit(item, EntryDraft(act="told"))
    assert notebook.history.of(item)[0].changed == ("act",)
    notebook.entries.edit(item, EntryDraft(act=""))
    assert notebook.entries.get(item).fields.act == ""


def test_an_edit_carries_fields_of_a_later_terrain_along(notebook: Notebook) -> None:
    entry = add(notebook)
    with notebook._context.change("From the future") as recorder:
        recorder.record("entry", entry, {**notebook._file.journal.fields(entry), "mood": "calm"})
    notebook.entries.edit(entry, EntryDraft(title="New"))
    assert notebook._file.journal.fields(entry)["mood"] == "calm"


def test_people_are_found_again_whatever_the_case(notebook: Notebook) -> None:
    one = notebook.entries.get(add(notebook, speaker="Ines Vidal"))
    two = notebook.entries.get(add(notebook, speaker="ines  VIDAL", org="Café Norte"))
    assert one.fields.speaker == two.fields.speaker
    person = notebook.people.list()[0]
    assert (person.fields.name, person.org_name, person.entries) == ("Ines Vidal", "Café Norte", 2)


def test_where_somebody_works_now_does_not_change_where_they_worked_then(notebook: Notebook) -> None:
    entry = add(notebook, speaker="Ines", org="Café Norte")
    person = notebook.people.list()[0]
    other = notebook.people.add_organisation(OrganisationFields("Pilot House")).result
    notebook.people.edit(person.id, PersonFields("Ines", org=other))
    assert notebook.entries.get(entry).org_name == "Café Norte"
    assert notebook.entries.get(add(notebook, speaker="Ines")).org_name == "Pilot House"


def test_two_of_one_name_are_told_apart_by_organisation(notebook: Notebook) -> None:
    ids = [
        notebook.people.add(PersonFields("Con", org=notebook.people.add_organisation(OrganisationFields(org)).result))
        for org in ("A", "B")
    ]
    with pytest.raises(Ambiguous):
        add(notebook, speaker="Con")
    assert notebook.entries.get(add(notebook, speaker="Con", org="b")).fields.speaker == ids[1].result


def test_the_words_of_somebody_in_the_trash_stay_theirs(notebook: Notebook) -> None:
    entry = add(notebook, speaker="Ines")
    notebook.people.trash(notebook.people.list()[0].id)
    assert notebook.people.list() == []
    assert notebook.entries.get(entry).speaker_name == "Ines"


def test_trash_and_back(notebook: Notebook) -> None:
    one, two = add(notebook, "one"), add(notebook, "two")
    assert notebook.entries.trash([one[:8], two]).result == 2
    assert notebook.entries.trash([one]).result == 0
    assert {entry.id for entry in notebook.entries.trashed()} == {one, two}
    assert notebook.entries.recent() == []
    notebook.entries.restore([one])
    assert [entry.id for entry in notebook.entries.recent()] == [one]
    with pytest.raises(NotFound):
        notebook.entries.trash([two, "zzzz"])


def test_files_are_kept_inside_and_once(notebook: Notebook, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_bytes(b"on paper")
    entry = add(notebook, attach=(str(tmp_path / "note.txt"),))
    (tmp_path / "note.txt").unlink()
    file = notebook.entries.get(entry).fields.attachments[0]
    assert (file.name, file.media_type, file.size) == ("note.txt", "text/plain", 8)
    assert notebook.entries.attachment(file.blob) == b"on paper"
    assert notebook.entries.attach_bytes(entry, "again.txt", "text/plain", b"on paper").result == file.blob
    notebook.entries.edit(entry, EntryDraft(detach=("note.txt",)))
    assert [file.name for file in notebook.entries.get(entry).fields.attachments] == ["again.txt"]


def test_an_earlier_version_can_be_brought_back(notebook: Notebook) -> None:
    entry = add(notebook, "first")
    notebook.entries.edit(entry, EntryDraft(body="second"))
    oldest = notebook.history.of(entry)[-1]
    notebook.entries.bring_back(entry, oldest.id)
    assert notebook.entries.get(entry).fields.body == "first"
    assert [info.label for info in notebook.history.of(entry)] == ["Bring back a version", "Edit note", "Write note"]
    with pytest.raises(Invalid):
        notebook.entries.bring_back(entry, "0" * 64)


def test_a_foresight_is_resolved(notebook: Notebook) -> None:
    entry = add(notebook, kind="foresight", horizon="2027-Q1", confidence=0.7)
    assert notebook.entries.get(entry).fields.horizon == "2027-33"
    notebook.entries.edit(entry, EntryDraft(outcome=Outcome("no", note="It rained")))
    assert notebook.entries.get(entry).fields.outcome == Outcome("no", "2026-11-22", "It rained")
    with pytest.raises(NotFound):
        notebook.entries.edit(entry, EntryDraft(check=Check("Trials", ">=", 5, "2027")))


def test_this_day_in_earlier_years(notebook: Notebook) -> None:
    wanted = [add(notebook, day, when=day) for day in ("2025-11-22", "2025-11-25", "2024-11-19T10:00")]
    for day in ("2025-11-26", "2026-11-22", "2025", "2025-11"):
        add(notebook, day, when=day)
    found = notebook.entries.on_this_day(date(2026, 11, 22))
    assert [entry.id for entry in found] == wanted
    assert notebook.entries.on_this_day(date(2028, 2, 29)) == []


def test_tags_are_counted_with_those_below_them(notebook: Notebook) -> None:
    add(notebook, tags=("pricing/discounts", "supply"))
    add(notebook, tags=("Pricing",))
    add(notebook, tags=("pricing/discounts/spring", "pricing"))
    counts = {found.tag: found.count for found in notebook.entries.tags()}
    assert counts == {"pricing": 3, "pricing/discounts": 2, "pricing/discounts/spring": 1, "supply": 1}


def test_saving_forgets_the_draft_it_came_from(notebook: Notebook) -> None:
    notebook.drafts.save("capture", {"text": "half a sen"})
    with pytest.raises(Invalid):
        notebook.entries.add(EntryDraft(body=""), draft_of="capture")
    assert notebook.drafts.load("capture") == {"text": "half a sen"}
    notebook.entries.add(EntryDraft(body="half a sentence"), draft_of="capture")
    assert notebook.drafts.load("capture") is None


WORDS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))


@given(st.builds(EntryFields, body=WORDS.filter(str.strip), title=WORDS, channel=WORDS))
def test_fields_survive_json(fields: EntryFields) -> None:
    assert EntryFields.from_json(fields.to_json()) == fields
    assert fields.checked().checked() == fields.checked()


def test_an_edit_builds_on_what_another_program_has_just_written(notebook: Notebook) -> None:
    entry = add(notebook)
    with open_notebook(notebook.path, identity=Identity("Ben", "two")) as other:
        other.entries.edit(entry, EntryDraft(channel="phone"))
        notebook.entries.edit(entry, EntryDraft(title="New"))
        other.entries.edit(entry, EntryDraft(tags=("a",)))
    fields = notebook.entries.get(entry).fields
    assert (fields.title, fields.channel, fields.tags) == ("New", "phone", ("a",))


def test_an_open_beginning_and_the_first_year_do_not_keep_this_day_from_being_shown(notebook: Notebook) -> None:
    add(notebook, "since ever", when="until 2023")
    add(notebook, "long ago", when="0001-01-05")
    last_year = add(notebook, "a year ago", when="2025-01-02")
    assert [entry.id for entry in notebook.entries.on_this_day(date(2026, 1, 2))] == [last_year]


@pytest.mark.parametrize("name", ["/dev/zero", "~nobodyofthatname/x.txt", "a\0b", ""])
def test_what_is_no_file_is_not_attached(notebook: Notebook, name: str) -> None:
    with pytest.raises(Invalid, match="cannot be attached"):
        add(notebook, attach=(name,))


def test_a_tag_holds_no_control_mark(notebook: Notebook) -> None:
    with pytest.raises(Invalid, match="is no tag"):
        add(notebook, tags=("a\0b",))
