"""Exchanges in words."""

from dataclasses import replace

from desktop_app.model.exchange import LeftOut, Manifest, Outcome
from desktop_app.model.merging import RULES
from desktop_app.ui.exchange.telling import (
    KINDS,
    MOST_LETTERS,
    OUTCOMES,
    at_words,
    counts_words,
    field_word,
    kinds_words,
    left_out_words,
    manifest_words,
    short,
    value_words,
)
from tests.ui.exchange.fakes import MANIFEST


def test_every_outcome_and_every_kind_of_item_has_its_words():
    assert set(OUTCOMES) == set(Outcome)
    assert set(KINDS) == set(RULES)
    assert len({sign for sign, _, _ in OUTCOMES.values()}) == len(OUTCOMES)


def test_a_manifest_says_who_when_what():
    told = manifest_words(MANIFEST)
    assert "Carla Munk made this copy of “Harbour Lane Coffee” on Carla’s laptop, 20 November 2026" in told
    assert "what “tag:pricing” finds, with its history: 14 entries, 2 people, 31 codings." in told
    assert "pseudonyms" not in told
    bare = Manifest("n", "N", "", "", "", "not a date", history="heads", redacted=True)
    assert manifest_words(bare).endswith("It holds everything, as it stood, people with pseudonyms.")
    assert "does not say who" in manifest_words(None)


def test_counts_leave_out_what_is_zero():
    assert counts_words({Outcome.NEW: 3, Outcome.IDENTICAL: 1200, Outcome.MERGED: 0}) == "3 new, 1,200 identical"
    assert counts_words(dict.fromkeys(Outcome, 0)) == "nothing in it"
    assert kinds_words({"entry": 1, "code": 2, "unheard-of": 4}) == "1 entry, 2 codes, 4 unheard-of"


def test_values_are_read_as_people_read_them():
    ines, region = "1" * 26, "2" * 26
    names = {ines: "Ines Vidal", region: "Region"}
    assert value_words("speaker", ines, names) == "Ines Vidal"
    assert value_words("speaker", "3" * 26, names) == "something that is not named here"
    assert value_words("tags", ["start", "body"], names) == "start\nbody"
    assert value_words("outcome", {"result": "yes", "note": "", "resolved": "2026-01"}, names) == (
        "result: yes, resolved: January 2026"
    )
    assert value_words("content", {"blob": "f" * 64, "characters": 1200, "speakers": ["I", "R"]}, names) == (
        "1,200 characters, spoken by I, R"
    )
    assert value_words("content", {"blob": "f" * 64}, {"f" * 64: "Its words."}) == "Its words."
    assert value_words("tags", ["a", "b"], names) == "a\nb"
    assert value_words("occurred", "2026-33", names) == "Q1 2026"
    assert value_words("occurred", "no date at all", names) == "no date at all"
    assert value_words("surprise", True, names) == "yes"
    assert value_words("attachments", [{"name": "a.png", "blob": "f" * 64, "size": 3}], names) == "a.png, size: 3"
    assert value_words("attributes", {region: "north"}, names) == "Region: north"
    assert value_words("note", None, names) == ""
    assert value_words("confidence", 0.25, names) == "0.25"


def test_fields_are_called_as_people_call_them():
    assert field_word("entry", "body") == "text"
    assert field_word("code", "parent") == "place in the tree"
    assert field_word("document", "people/Ines") == "speakers and people: Ines"


def test_a_broken_moment_stays_as_it_is():
    assert at_words("yesterday") == "yesterday"
    assert at_words("") == ""
    for odd in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "9999-12-31T23:59:59Z"):
        assert at_words(odd)


def test_what_is_left_out_is_counted_as_people_count():
    assert left_out_words(LeftOut("entries", 1, "they said so")) == "1 entry, because they said so"
    assert left_out_words(LeftOut("entries", 1200, "they said so")) == "1,200 entries, because they said so"
    assert left_out_words(LeftOut("odd things", 1, "they said so")) == "1 odd things, because they said so"


def test_words_of_others_are_cut():
    assert short("a  b\nc") == "a b c"
    assert len(short("x" * 10_000_000)) == MOST_LETTERS
    huge = replace(MANIFEST, title="t" * 10_000_000, items={f"kind{number}": 1 for number in range(100_000)})
    assert len(manifest_words(huge)) < 1000
