"""Rhythm, shares and steps against figures worked out by hand, and against slow and literal counting."""

import itertools
from datetime import date, timedelta
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.lenses.relationship_way import way
from desktop_app.lenses.relationships import Sources, contact_day, relationship, relationships
from desktop_app.model.facts import EntryFacts, Scope
from desktop_app.model.people import Organisation, OrganisationFields, Person, PersonFields, StageStep
from desktop_app.model.questions import Question, QuestionFields
from desktop_app.model.relationships import Lane, Transcript
from desktop_app.model.time import parse_edtf

TODAY = date(2026, 11, 22)
ALL = Scope("", "Everything.", 0)
MILL = Organisation("mill", OrganisationFields("The Mill"))
INES = Person("ines", PersonFields("Ines Vidal", org="mill"), "The Mill")
TOMAS = Person("tomas", PersonFields("Tomas Okoro"))


def said(item, kind="note", occurred="2026-03-01", speaker="ines", **more):
    when = parse_edtf(occurred) if occurred else None
    start, end = (when.start, when.end) if when else ("", "")
    return EntryFacts(item, kind, f"About {item}", occurred, start, end, speaker=speaker, **more)


def stepping(*steps, item="ines", name="Ines Vidal"):
    return Person(item, PersonFields(name, stages=tuple(StageStep(*step) for step in steps)))


def sources(*people, organisations=(), transcripts=(), questions=(), known=()):
    return Sources(people or (INES, TOMAS), organisations, transcripts, questions, {one.id: one for one in known})


def look(entries, given=None, today=TODAY, scope=ALL, grain="year"):
    return relationships(scope, entries, given or sources(), today, grain)


def ines(entries, given=None, today=TODAY):
    return look(entries, given, today).people[0]


# --- rhythm -----------------------------------------------------------------------------------------------------------


def test_the_rhythm_is_the_median_of_the_days_between_contacts():
    entries = [said(str(day), occurred=f"2026-10-{day:02}") for day in (1, 3, 4, 24)]
    rhythm = ines(entries).rhythm
    assert (rhythm.days, rhythm.last, rhythm.days_between, rhythm.silent) == (4, "2026-10-24", 2.0, 29)
    assert rhythm.is_beyond


def test_two_contacts_are_no_rhythm_yet_and_several_on_one_day_are_one():
    entries = [
        said(item, occurred=day) for item, day in (("a", "2026-10-01"), ("b", "2026-10-01T09:30"), ("c", "2026-10-05"))
    ]
    rhythm = ines(entries).rhythm
    assert (rhythm.days, rhythm.days_between, rhythm.silent, rhythm.is_beyond) == (2, None, 48, False)
    assert rhythm.contacts.value == 3
    assert rhythm.last_contact.query == "kind:note,quote,event,document id:c"


def test_a_silence_as_long_as_the_rhythm_is_not_beyond_it():
    entries = [said(day, occurred=f"2026-11-{day}") for day in ("02", "12", "18")]
    # Gaps of 10 and 6 days.
    for today, beyond in ((date(2026, 11, 26), False), (date(2026, 11, 27), True)):
        rhythm = ines(entries, today=today).rhythm
        assert (rhythm.days_between, rhythm.is_beyond) == (8.0, beyond)


def test_coarse_missing_and_later_dates_are_left_out_and_counted():
    entries = [said("a"), said("b", occurred="2026-03"), said("c", occurred=""), said("d", occurred="2026-12-24")]
    rhythm = ines(entries).rhythm
    assert (rhythm.days, rhythm.last, rhythm.left_out.value) == (1, "2026-03-01", 3)
    assert rhythm.left_out.query == "kind:note,quote,event,document id:b,c,d"
    assert rhythm.contacts.query == "kind:note,quote,event,document id:a"


@pytest.mark.parametrize(
    ("occurred", "day"),
    [
        ("2026-03-14", "2026-03-14"),
        ("2026-03-14T23:59", "2026-03-14"),
        ("2026-03-14T09:00/2026-03-14T11:00", "2026-03-14"),
        ("2026-03-14/2026-03-15", ""),
        ("2026-03", ""),
        ("../2026-03-14", ""),
        ("2026-03-14/..", ""),
        ("9999-12-31", "9999-12-31"),
        ("2024-02-29~", "2024-02-29"),
    ],
)
def test_what_lies_within_one_day_is_a_contact(occurred, day):
    when = parse_edtf(occurred)
    assert contact_day(when.start, when.end) == (date.fromisoformat(day).toordinal() if day else 0)


# --- listening and telling --------------------------------------------------------------------------------------------


def test_listening_telling_help_and_what_says_nothing():
    entries = [
        said("a", act="listened"),
        said("b", act="asked", kind="event"),
        said("c", kind="quote"),
        said("d", act="told"),
        said("e", act="told", kind="quote"),
        said("f", act="helped", kind="quote"),
        said("g"),
        said("h", kind="event"),
        said("i", kind="foresight", act="told"),
    ]
    one = ines(entries)
    assert (one.listening.part, one.listening.of, one.listening.share) == (3, 5, 0.6)
    assert (one.telling.part, one.telling.of, one.telling.share) == (2, 5, 0.4)
    assert (one.helped.value, one.unsaid.value, one.conversations.value) == (1, 2, 8)


def test_an_act_of_a_later_terrain_is_a_conversation_of_no_sort():
    one = ines([said("a", act="sang")])
    assert (one.conversations.value, one.unsaid.value, one.listening.of) == (1, 0, 0)


def test_with_nothing_to_divide_there_is_no_share():
    one = ines([])
    assert one.listening.share is one.telling.share is one.spoken.share is None
    assert (one.rhythm.silent, one.rhythm.days_between, one.rhythm.last) == (None, None, "")


def test_transcripts_are_conversations_and_their_characters_are_divided():
    talk = Transcript("t", "Talk", "2026-05-05", "2026-05-05T00:00", "2026-05-06T00:00", {"ines": 30, "tomas": 50}, 120)
    found = look([said("a")], sources(transcripts=[talk], organisations=[MILL]))
    one, other = found.people
    assert (one.spoken.part, one.spoken.of, one.spoken.share) == (30, 120, 0.25)
    assert (one.conversations.value, one.rhythm.days, one.rhythm.last) == (2, 2, "2026-05-05")
    assert one.conversations.query == "kind:note,quote,event,document id:a,t"
    assert (other.spoken.part, other.conversations.value) == (50, 1)
    assert (found.organisations[0].spoken.part, found.organisations[0].conversations.value) == (30, 2)


# --- organisations ----------------------------------------------------------------------------------------------------


def test_an_organisation_has_what_names_it_and_what_its_people_say_each_once():
    entries = [
        said("a"),
        said("b", org="mill"),
        said("c", speaker=None, org="mill"),
        said("d", speaker="tomas", org="mill"),
        said("e", org="other"),
        said("f", speaker="tomas"),
    ]
    mill = look(entries, sources(organisations=[MILL])).organisations[0]
    assert mill.conversations.value == 5
    assert mill.conversations.query == "kind:note,quote,event (org:mill OR speaker:ines)"
    assert mill.stage == ""
    assert mill.steps == ()


# --- steps ------------------------------------------------------------------------------------------------------------


def test_steps_are_summed_by_year_and_name_who_and_which_entry():
    one = stepping(("customer", "2026-02-01", "a"), ("loyal client", "2026-08", None), ("customer", "2027", "gone"))
    two = stepping(("customer", "2026-02-20", None), item="tomas", name="Tomas Okoro")
    found = look([], sources(one, two, known=[said("a")])).reached
    told = [(each.period, each.stage, each.people, each.back, each.entries.value) for each in found]
    assert told == [
        ("2026", "customer", 2, 0, 1),
        ("2026", "loyal client", 1, 0, 0),
        ("2027", "customer", 1, 1, 0),
    ]
    assert [step.name for step in found[0].steps] == ["Ines Vidal", "Tomas Okoro"]
    assert found[0].people_query == "kind:person id:ines,tomas"
    assert found[0].entries.query == "id:a"
    assert found[2].steps[0].entry is None  # what lies in the trash shows nothing


def test_a_step_that_lies_within_no_quarter_is_of_none():
    one = stepping(("prospect", "2025-12-31"), ("customer", "2026"), ("advocate", "2026-34"), ("customer", "2026/2027"))
    by_quarter = look([], sources(one), grain="quarter").reached
    assert [(each.period, each.stage) for each in by_quarter] == [
        ("2025-36", "prospect"),
        ("2026-34", "advocate"),
        ("", "customer"),
    ]
    assert by_quarter[2].people == 1
    assert len(by_quarter[2].steps) == 2


def test_steps_of_a_later_terrain_are_told_and_lead_nowhere_back():
    one = stepping(("advocate", "2025-01-01"), ("friend", "not a date"), ("customer", "2026-01-01"))
    steps = ines([], sources(one)).steps
    assert [(step.stage, step.start[:10], step.back) for step in steps] == [
        ("friend", "", False),
        ("advocate", "2025-01-01", False),
        ("customer", "2026-01-01", True),
    ]


# --- scope ------------------------------------------------------------------------------------------------------------


def test_a_query_leaves_out_people_without_anything_in_scope():
    scope = Scope("tag:price", "Of price.", 1)
    found = look([said("a")], scope=scope, given=sources(organisations=[MILL]))
    assert [one.name for one in found.people] == ["Ines Vidal"]
    assert [one.name for one in found.organisations] == ["The Mill"]
    assert found.people[0].listening.query.startswith("tag:price kind:note,quote,event speaker:ines ")
    assert [one.name for one in look([said("a")]).people] == ["Ines Vidal", "Tomas Okoro"]


def test_the_silent_stand_by_name_whatever_the_length_of_their_silence():
    entries = [said(f"i{day}", occurred=f"2026-10-0{day}") for day in (1, 2, 3)]
    entries += [said(f"t{day}", occurred=f"2025-10-0{day}", speaker="tomas") for day in (1, 2, 3)]
    assert [one.name for one in look(entries).beyond] == ["Ines Vidal", "Tomas Okoro"]


# --- the way ----------------------------------------------------------------------------------------------------------


def test_a_way_is_in_the_order_of_time_with_each_thing_in_one_lane():
    person = stepping(("prospect", "2026-01-01", "a"), ("customer", "2026-04-01"))
    entries = [
        said("a", occurred="2026-01-01"),
        said("b", kind="quote", occurred="2026-02-01"),
        said("c", kind="quote", act="helped", occurred="2026-03-01"),
        said("late", occurred=""),
    ]
    fair = said("fair", kind="event", occurred="2026-02", speaker=None)
    shock = said("shock", kind="event", occurred="2026-02-03", speaker=None, surprise=True)
    before = said("before", kind="event", occurred="2025-02", speaker=None)
    asked = Question(
        "q",
        QuestionFields("Why so dear?", asker="ines", asked="2026-02-02", answered="2026-05-01"),
        "",
        "",
        "",
        "2026-02-02T00:00",
        "2026-02-03T00:00",
    )
    given = sources(person, questions=[asked], known=[*entries, fair, shock, before])
    one = relationship(ALL, entries, given, "ines", TODAY)
    found = way(ALL, entries, given, one, TODAY.isoformat())
    assert [(moment.lane, moment.id) for moment in found.moments] == [
        (Lane.CONVERSATION, "late"),
        (Lane.STEP, "a"),
        (Lane.CONVERSATION, "a"),
        (Lane.QUOTE, "b"),
        (Lane.QUESTION, "q"),
        (Lane.HELP, "c"),
        (Lane.STEP, "ines"),
    ]
    assert found.moments[4].until == "2026-05-01T00:00"
    assert [campaign.id for campaign in found.campaigns] == ["fair"]


def test_nobody_of_that_id_has_no_relationship():
    assert relationship(ALL, [], sources(), "nobody", TODAY) is None


# --- literally --------------------------------------------------------------------------------------------------------

ENTRIES = st.lists(
    st.tuples(
        st.sampled_from(["note", "quote", "event", "foresight"]),
        st.sampled_from(["", "2026-10", "2026-12-01"])
        | st.integers(0, 40).map(lambda n: (TODAY - timedelta(n)).isoformat()),
        st.sampled_from(["ines", "tomas", None]),
        st.sampled_from(["", "listened", "asked", "told", "helped"]),
        st.sampled_from([None, "mill", "other"]),
    ),
    max_size=25,
)


@given(ENTRIES)
@settings(max_examples=60)
def test_the_lens_counts_as_a_person_would(rows):
    entries = [
        said(str(at), kind=kind, occurred=occurred, speaker=speaker, act=act, org=org)
        for at, (kind, occurred, speaker, act, org) in enumerate(rows)
    ]
    found = look(entries, sources(organisations=[MILL]))
    talk = [one for one in entries if one.kind != "foresight"]
    theirs = {
        "ines": [one for one in talk if one.speaker == "ines"],
        "tomas": [one for one in talk if one.speaker == "tomas"],
        "mill": [one for one in talk if one.org == "mill" or one.speaker == "ines"],
    }
    for one in (*found.people, *found.organisations):
        mine = theirs[one.id]
        listening = [e for e in mine if e.act in ("listened", "asked") or (not e.act and e.kind == "quote")]
        telling = [e for e in mine if e.act == "told"]
        days = sorted({e.occurred for e in mine if len(e.occurred) == 10 and e.occurred <= TODAY.isoformat()})
        gaps = [(date.fromisoformat(b) - date.fromisoformat(a)).days for a, b in itertools.pairwise(days)]
        assert one.conversations.value == len(mine)
        assert (one.listening.part, one.telling.part) == (len(listening), len(telling))
        assert one.listening.of == one.telling.of == len(listening) + len(telling)
        assert one.rhythm.days == len(days)
        assert one.rhythm.days_between == (median(gaps) if len(days) > 2 else None)
        assert one.rhythm.contacts.value + one.rhythm.left_out.value == len(mine)
