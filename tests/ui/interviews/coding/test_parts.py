"""What the coding page is made of, without the page: recent codes, filters, words."""

from dataclasses import replace
from datetime import UTC, datetime

from desktop_app.model.coding import CodeFields, Coding, tree
from desktop_app.model.documents import Text
from desktop_app.ui.interviews.codebook.finding import find_codes, find_named, is_named
from desktop_app.ui.interviews.coding.filtering import Looking
from desktop_app.ui.interviews.coding.panel import definition_words
from desktop_app.ui.interviews.coding.recent import RecentCodes
from desktop_app.ui.interviews.coding.telling import head_words, hover_lines, unseen_words
from desktop_app.ui.interviews.telling import clock_words, length_words

FIELDS = {
    "p": CodeFields("Price talk"),
    "o": CodeFields("opaque", parent="p"),
    "f": CodeFields("fair", parent="p"),
    "b": CodeFields("Becoming"),
    "e": CodeFields("Épicerie"),
}
CODES = tree(FIELDS, {"o": 3})
BY_ID = {code.id: code for code in CODES}
NOW = datetime(2026, 3, 14, 12, 0)


def coding(item: str, code: str, coder: str = "me", start: int = 0, end: int = 9, **more: object) -> Coding:
    at = datetime(2026, 3, 14, 9, 0, tzinfo=UTC).isoformat()
    return replace(Coding(item, "document", "d", code, start, end, coder, at=at), **more)


def test_three_letters_find_a_code_by_its_path_whatever_their_accents():
    assert find_codes(CODES, "opa")[0].id == "o"
    assert find_codes(CODES, "pri opa")[0].id == "o"
    assert find_codes(CODES, "epi")[0].id == "e"
    assert find_codes(CODES, "zzz") == []
    assert [code.id for code in find_codes(CODES, "")] == [code.id for code in CODES]


def test_a_code_is_known_by_name_or_path_whatever_its_case():
    assert find_named(CODES, "price talk / OPAQUE").id == "o"
    assert find_named(CODES, "fair").id == "f"
    assert find_named(CODES, "fai") is None
    assert is_named(CODES, " Opaque ")
    assert not is_named(CODES, "opaq")


def test_codes_keep_their_keys_until_they_are_the_oldest():
    recent = RecentCodes()
    for number in range(9):
        recent.use(f"c{number}")
    recent.use("c0")
    recent.use("new")
    assert recent.code(1) == "c0"
    assert recent.code(2) == "new"
    recent.keep(["c0", "new"])
    assert recent.numbers == {"c0": 1, "new": 2}
    assert recent.code(3) == ""


def test_what_the_author_coded_last_is_on_the_first_keys():
    recent = RecentCodes()
    recent.begin([coding("1", "o", at="2026-01-01"), coding("2", "f", at="2026-01-02"), coding("3", "b", "M.")], "me")
    assert (recent.code(1), recent.code(2), recent.code(3)) == ("f", "o", "")


def test_a_filter_takes_codes_with_all_below_them():
    shown = Looking(author="me", codes=frozenset({"p"})).shown(BY_ID)
    assert shown(coding("1", "o"))
    assert not shown(coding("1", "b"))
    assert Looking(author="me").shown(BY_ID) is None
    assert Looking(author="me", speakers=frozenset({"You"})).shown(BY_ID) is None


def test_blind_sees_the_author_only_whoever_is_hidden():
    looking = Looking(author="me", blind=True, hidden=frozenset({"me"}))
    assert looking.sees_coder("me")
    assert not looking.sees_coder("M.")


def test_the_hover_tells_who_coded_the_same_words_otherwise():
    here = [coding("2", "f", "M."), coding("1", "o", weight=70)]
    assert hover_lines(here, BY_ID, "me", NOW) == [
        ("Price talk / opaque", "you, today · weight 70 · M. coded the same words “fair”")
    ]
    other = [coding("1", "o"), coding("2", "o", "M."), coding("3", "b", "M.", end=4)]
    told = hover_lines(other, BY_ID, "me", NOW)
    assert told == [("Price talk / opaque", "you, today · M. too"), ("Becoming", "M., today")]


def test_the_hover_tells_which_file_brought_a_coding_and_who_wrote_it_for_its_coder():
    here = [replace(coding("1", "o", "M."), author="Mara", source="team.terrain")]
    assert hover_lines(here, BY_ID, "me", NOW) == [
        ("Price talk / opaque", "M., today · written down by Mara · came with “team.terrain”")
    ]
    assert hover_lines([replace(coding("1", "o"), author="me")], BY_ID, "me", NOW)[0][1] == "you, today"


def test_the_head_counts_words_where_there_is_no_length():
    text = Text("entry", "e", "A remark", "four words are here", "v")
    assert head_words(text, None, {"me": 0}, "me") == "4 words · nothing coded yet"
    assert head_words(text, None, {"me": 1, "M.": 2}, "me") == "4 words · 1 coding by you, 2 by M."


def test_a_definition_says_when_and_when_not():
    code = replace(
        BY_ID["o"], fields=CodeFields("opaque", None, "Too late.", "Use when they did not see it.", "“dear”")
    )
    assert definition_words(code) == "Too late.\nUse when they did not see it.\nNot for “dear”"


def test_lengths_and_clocks():
    assert [length_words(ms) for ms in (None, 20_000, 41 * 60_000, 72 * 60_000)] == [
        "",
        "1 min",
        "41 min",
        "1 h 12 min",
    ]
    assert [clock_words(ms) for ms in (None, 77_000, 3_723_000)] == ["", "01:17", "1:02:03"]


def test_the_head_says_what_is_not_shown():
    assert unseen_words(Looking("me")) == ""
    assert "only your own" in unseen_words(Looking("me", blind=True, hidden=frozenset({"M."})))
    assert unseen_words(Looking("me", hidden=frozenset({"Zoe", "M."}))) == "not shown: M., Zoe"
