"""Readings of cunning, aspiration and value worked out by hand, and against slow and literal counting."""

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.lenses.ways import MOST_PLACES, Sources, ways
from desktop_app.model.facts import EntryFacts, Scope
from desktop_app.model.links import End
from desktop_app.model.people import PersonFields, StageStep, stage_at
from desktop_app.model.time import parse_edtf
from desktop_app.model.vocabulary import Term
from desktop_app.model.ways import PINNED, Ways

CUNNING = Term("cunning-intelligence", "Cunning intelligence", "Cunning", "What do they do?")
ALL = Scope("", "Everything.", 0)
INES = PersonFields(
    "Ines Vidal", org="mill", stages=(StageStep("prospect", "2026-02"), StageStep("customer", "2026-05"))
)
NAMES = {"ines": "Ines Vidal", "tomas": "Tomas Okoro"}


def said(item, kind="quote", occurred="2026-03-01", speaker="ines", **more):
    when = parse_edtf(occurred) if occurred else None
    start, end = (when.start, when.end) if when else ("", "")
    more = {"perspectives": ("cunning-intelligence",), "speaker_name": NAMES.get(speaker or "", ""), **more}
    return EntryFacts(item, kind, f"About {item}", occurred, start, end, speaker=speaker, author="Ada", **more)


def look(*entries: EntryFacts, by="tag", links=(), scope=ALL) -> Ways:
    def value_for(field: str, item: str, name: str) -> str:
        return f"{field}:{name or item}"

    known = {entry.id: entry for entry in entries}
    return ways(scope, entries, "cunning", by, CUNNING, Sources({"ines": INES}, known, links, value_for))


def ids(voices):
    return [voice.entry.id for voice in voices]


def test_practices_are_the_top_levels_of_tags_and_an_entry_stands_in_each_of_its_own():
    found = look(
        said("a", tags=("Onboarding/call", "onboarding/form", "pricing")),
        said("b", tags=("onboarding",)),
        said("c"),
        said("elsewhere", perspectives=("holistic",)),
    )
    assert [(group.name, ids(group.voices)) for group in found.groups] == [
        ("onboarding", ["a", "b"]),
        ("pricing", ["a"]),
        ("", ["c"]),
    ]
    assert found.counted.entries.value == 3
    assert found.groups[0].counted.entries.query == "perspective:cunning-intelligence tag:onboarding"
    assert found.groups[2].counted.entries.query == "perspective:cunning-intelligence is:untagged"


def test_the_spelling_of_a_practice_is_the_one_used_most():
    found = look(said("a", tags=("Café",)), said("b", tags=("cafe/x",)), said("c", tags=("cafe",)))
    assert [group.name for group in found.groups] == ["cafe"]


def test_quotes_come_first_and_each_kind_in_order_of_time_with_undated_ones_last():
    found = look(
        said("undated", occurred=""),
        said("note", "note", "2020"),
        said("late", occurred="2026-05"),
        said("early", occurred="2026-01"),
        said("event", "event", "2019"),
    )
    assert ids(found.groups[0].voices) == ["early", "late", "undated", "note", "event"]


def test_people_stand_by_name_and_nobody_last_with_their_first_and_last_quote():
    found = look(
        said("t", speaker="tomas"),
        said("nobody", speaker=None),
        said("gone", speaker="gone"),
        said("second", occurred="2026-04"),
        said("first", occurred="2026-02-10"),
        said("note", "note", "2019"),
        said("undated", occurred=""),
        by="person",
    )
    assert [(group.id, group.name) for group in found.groups] == [
        ("ines", "Ines Vidal"),
        ("tomas", "Tomas Okoro"),
        ("", ""),
    ]
    ines, tomas, nobody = found.groups
    assert (ines.first.entry.id, ines.last.entry.id) == ("first", "second")
    assert (tomas.first, tomas.last) == (None, None)
    assert ids(nobody.voices) == ["nobody", "gone"]
    assert nobody.counted.entries.query.endswith("-has:speaker")
    assert nobody.counted.people.value == 0


def test_a_voice_has_the_stage_of_its_time():
    found = look(
        *(said(when or "undated", occurred=when) for when in ("2026-01", "2026-03", "2026-06", "")), by="person"
    )
    assert [voice.stage for voice in found.groups[0].voices] == ["", "prospect", "customer", "customer"]
    assert stage_at((StageStep("advocate", "no date that can be read"),), "2020") == "advocate"


def test_a_place_is_an_organisation_else_that_of_the_speaker_else_a_channel():
    found = look(
        said("own", org="port", org_name="The Port", channel="phone"),
        said("speakers", org_name="The Mill"),
        said("channel", speaker="tomas", channel="Phone"),
        said("again", speaker="tomas", channel="phone"),
        said("nowhere", speaker="tomas"),
        said("no word", speaker="tomas", channel="–"),
    )
    counted = found.counted
    assert (counted.places.value, counted.people.value) == (3, 2)
    assert counted.places.query == ("perspective:cunning-intelligence (org:The Mill OR org:The Port OR channel:Phone)")


def test_more_places_than_a_query_names_have_no_figure():
    found = look(*(said(str(number), speaker="tomas", channel=f"c{number}") for number in range(MOST_PLACES + 1)))
    assert (found.counted.places.value, found.counted.places.query) == (None, "")


def test_only_links_say_that_something_disagrees():
    stretch = End("series", "trials", "2026-03-01", "2026-04-01", 214.0)
    found = look(
        said("against"),
        said("denies"),
        said("denied"),
        said("reason", "note", perspectives=("holistic",)),
        said("beside", series=("visits",)),
        said("speaks"),
        said("other", series=()),
        links=[
            ("against", "contradicts", stretch),
            ("denies", "contradicts", End("entry", "reason")),
            ("reason", "contradicts", End("entry", "denied")),
            ("other", "contradicts", End("entry", "beside")),
            ("other", "contradicts", End("entry", "not here")),
            ("reason", "explains", stretch),
            ("reason", "mentions", stretch),
            ("speaks", "supports", stretch),
            ("not here", "contradicts", stretch),
        ],
    )
    against = {one.voice.entry.id: one.ties for one in found.against}
    assert set(against) == {"against", "denies", "denied"}
    assert [(tie.via, tie.then, tie.query) for tie in against["against"]] == [(None, 214.0, "id:against")]
    for item in ("denies", "denied"):
        (tie,) = against[item]
        assert (tie.via.id, tie.via_relation, tie.query) == ("reason", "explains", f"id:{item},reason")
    assert (found.disagreeing.value, found.disagreeing.query) == (3, "id:against,denies,denied")
    beside = {one.voice.entry.id: one.ties for one in found.beside}
    assert {item: [tie.relation for tie in ties] for item, ties in beside.items()} == {
        "beside": [PINNED],
        "speaks": ["supports"],
    }
    assert (beside["beside"][0].start, beside["beside"][0].end) == ("2026-03-01T00:00", "2026-03-02T00:00")


def test_a_query_stands_before_every_part():
    found = look(said("a", tags=("rent",)), scope=Scope("in:2026", "In 2026.", 1))
    counted = found.groups[0].counted
    assert counted.quotes.query == "in:2026 perspective:cunning-intelligence tag:rent kind:quote"


def test_nothing_gives_no_groups():
    found = look()
    assert (found.groups, found.against, found.beside, found.counted.entries.value) == ((), (), (), 0)


_ENTRY = st.builds(
    lambda number, kind, speaker, tags, when: said(str(number), kind, when, speaker, tags=tags),
    st.integers(0, 999),
    st.sampled_from(("quote", "note", "event", "foresight")),
    st.sampled_from((None, "ines", "tomas", "gone")),
    st.sets(st.sampled_from(("rent", "Rent/late", "door", "door/card")), max_size=3).map(tuple),
    st.sampled_from(("", "2026", "2026-03", "2025-12-31")),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(_ENTRY, max_size=12, unique_by=lambda entry: entry.id))
def test_groups_hold_what_counting_one_by_one_finds(entries):
    for group in look(*entries).groups:
        if group.id:
            own = {one.id for one in entries if any(tag.lower().split("/")[0] == group.id for tag in one.tags)}
        else:
            own = {one.id for one in entries if not one.tags}
        assert set(ids(group.voices)) == own
        assert len(group.voices) == len(own) == group.counted.entries.value
        assert group.counted.quotes.value == sum(voice.entry.kind == "quote" for voice in group.voices)
    people = look(*entries, by="person").groups
    assert sorted(item for group in people for item in ids(group.voices)) == sorted(one.id for one in entries)
