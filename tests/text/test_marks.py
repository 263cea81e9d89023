"""The inline marks of capture: what they give, what they leave alone, what is completed."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.config.resources import resource_path
from desktop_app.text.marks import (
    EVENT_WORDS,
    SIGILS,
    Completion,
    Marked,
    MarkKind,
    apply_completion,
    completion_at,
    marks_in,
    parse_marks,
    resolve,
)

SCALES = ("moment", "day", "week", "month", "quarter", "year", "decade", "generation")
PERSPECTIVES = (
    "holistic", "multi-temporal", "broad-foresight", "random-events", "cunning-intelligence",
    "aspirational-rationality", "value-rationality",
)  # fmt: skip


def parse(text: str) -> Marked:
    return parse_marks(text, scales=SCALES, perspectives=PERSPECTIVES)


def test_a_field_note() -> None:
    assert parse("Beans late #supply/port ~week ^random =yesterday") == Marked(
        body="Beans late",
        kind="note",
        tags=("supply/port",),
        scales=("week",),
        perspectives=("random-events",),
        when="yesterday",
    )


def test_a_surprise_is_an_event() -> None:
    marked = parse("Port strike !surprise ~w")
    assert (marked.kind, marked.surprise, marked.body) == ("event", True, "Port strike")
    assert marked.scales == ("week",)
    planned = parse("Launch !event")
    assert (planned.kind, planned.surprise) == ("event", False)


@pytest.mark.parametrize(
    ("text", "body", "people"),
    [
        ('"We left." @ines', "We left.", ("ines",)),
        ("“We left.” @ines", "We left.", ("ines",)),
        ("„Wir gingen.“ @[Ines Vidal]", "Wir gingen.", ("Ines Vidal",)),
        ('@"Ines Vidal" "We left."', "We left.", ("Ines Vidal",)),
        ("“We left.” She sounded tired. @ines", "“We left.” She sounded tired.", ("ines",)),
        ('"We left," he said, "for good."', '"We left," he said, "for good."', ()),
    ],
)
def test_a_quote_begins_with_quotation_marks(text: str, body: str, people: tuple[str, ...]) -> None:
    marked = parse(text)
    assert (marked.kind, marked.body, marked.people) == ("quote", body, people)


def test_a_foresight_begins_with_an_angle() -> None:
    marked = parse("> Invoices will win\n> before cards do ~year\n\nBecause of the mill.")
    assert marked.kind == "foresight"
    assert marked.body == "Invoices will win\nbefore cards do\n\nBecause of the mill."


@pytest.mark.parametrize("text", ['"5 inch pipe', "a > b", "5 > 4", 'He said "no".', '""', ""])
def test_what_is_neither_quote_nor_foresight(text: str) -> None:
    assert parse(text).kind == "note"
    assert parse(text).body == text


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Met @ines about #pricing changes", "Met ines about pricing changes"),
        ("Talked with @ines #pricing", "Talked with ines"),
        ("Talked with @ines.", "Talked with ines."),
        ("They left #pricing.", "They left."),
        ("@ines said so", "ines said so"),
        ("The port =yesterday closed", "The port closed"),
        ("First\n#a #b ~day\nsecond", "First\nsecond"),
        ("- one #a\n  - two #b\n", "- one\n  - two"),
        ("  - ~day indented", "  - indented"),
        ("a (see #pricing) b", "a (see pricing) b"),
        ("a, ~week, b", "a,, b"),
        ("# Title\n\ntext #tag", "# Title\n\ntext"),
        ("#a", ""),
    ],
)
def test_body(text: str, body: str) -> None:
    assert parse(text).body == body


@pytest.mark.parametrize(
    "text",
    [
        "C# and F#",
        "issue #1 and #2026",
        "# Heading",
        "## Heading",
        "https://x.example/#top and www.x.example/@me",
        "[words](#anchor)",
        "write to a@b.example",
        "`#code @x ~week`",
        "```\n#code\n@x ~week\n",
        "~~struck~~ and ~10 % and 2^n and x^2",
        "a = b, a == b, => and x=1",
        r"\#no \@no",
        "wow! no!yes 'twas!",
        "@ # ! ~ ^ =",
    ],
)
def test_left_alone(text: str) -> None:
    marked = parse(text)
    assert marked.body == text.strip()
    assert (marked.tags, marked.people, marked.scales, marked.when, marked.unknown) == ((), (), (), "", ())
    assert marks_in(text) == []


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("#日本語 #हिन्दी #ราคา #café", ("日本語", "हिन्दी", "ราคา", "café")),
        ("#a/b/ #x-y_z, #a.", ("a/b", "x-y_z", "a")),
        ("#same #same", ("same",)),
        ("(#in) “#quoted”", ("in", "quoted")),
    ],
)
def test_tags(text: str, tags: tuple[str, ...]) -> None:
    assert parse(text).tags == tags


def test_unknown_and_unclear_terms_stay_and_are_told() -> None:
    marked = parse("Something ~wek ^zzz ~m !wow ~day")
    assert marked.body == "Something ~wek ^zzz ~m !wow"
    assert marked.unknown == ("~wek", "^zzz", "~m", "!wow")
    assert marked.scales == ("day",)


def test_dates_as_typed() -> None:
    assert parse("x =[last tuesday]").when == "last tuesday"
    assert parse("x =2019?").when == "2019?"
    assert parse("x =2023/..").when == "2023/.."
    assert parse("x =2026-Q1.").when == "2026-Q1"
    assert parse("x =today =yesterday").when == "yesterday"


def test_a_rhythm_is_no_date_and_leaves_that_to_another_mark() -> None:
    marked = parse("Fair =[14 March] =[every 2 weeks, 5 times]")
    assert (marked.body, marked.when, marked.recurs) == ("Fair", "14 March", "R5/P2W")
    marked = parse("Fair =yearly")
    assert (marked.body, marked.when, marked.recurs) == ("Fair", "", "P1Y")
    marked = parse("Fair =[every monday] =P1M =weekly")
    assert (marked.when, marked.recurs) == ("every monday", "P1W")


def test_resolve_prefers_the_whole_word() -> None:
    assert resolve("day", ("day", "daylight")) == "day"
    assert resolve("DAYL", ("day", "daylight")) == "daylight"
    assert resolve("da", ("day", "daylight")) is None


def test_spans_for_colouring() -> None:
    text = '"Ça va" @"Ines Vidal" #prix 👍 ~week'
    spans = marks_in(text)
    assert [text[mark.start : mark.end] for mark in spans] == ['"Ça va"', '@"Ines Vidal"', "#prix", "~week"]
    assert [mark.kind for mark in spans] == [MarkKind.QUOTE, MarkKind.PERSON, MarkKind.TAG, MarkKind.SCALE]


# --- completion -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("#", "", (MarkKind.TAG, "", 0, 1)),
        ("Met @in", " today", (MarkKind.PERSON, "in", 4, 7)),
        ("Met @in", "es today", (MarkKind.PERSON, "in", 4, 9)),
        ('@"Ines V', "", (MarkKind.PERSON, "Ines V", 0, 8)),
        ('@"Ines V', 'idal" x', (MarkKind.PERSON, "Ines V", 0, 13)),
        ("x ^ho", "", (MarkKind.PERSPECTIVE, "ho", 2, 5)),
        ("x =[last tu", "", (MarkKind.WHEN, "last tu", 2, 11)),
        ("#a/b", "", (MarkKind.TAG, "a/b", 0, 4)),
        ("a@b", "", None),
        ("plain", "", None),
        ("#tag ", "", None),
        ("#tag\n", "", None),
        ('@"Ines" ', "", None),
        ("`#x", "`", None),
        ("# Heading", "", None),
        ("", "#x", None),
    ],
)
def test_completion_at(before: str, after: str, expected: tuple[object, ...] | None) -> None:
    found = completion_at(before + after, len(before))
    assert found == (None if expected is None else Completion(*expected))


@pytest.mark.parametrize(
    ("before", "after", "value", "text", "position"),
    [
        ("#pr", "", "pricing", "#pricing ", 9),
        ("Met @in", "es today", "Ines Vidal", 'Met @"Ines Vidal" today', 18),
        ("Met @in", ".", "Zoé", "Met @Zoé.", 8),
        ("@[Ines", "", 'Ines "Nini" Vidal', '@[Ines "Nini" Vidal] ', 21),
        ("=", "", "last tuesday", "=[last tuesday] ", 16),
        ("=la", "", "2026-Q1", "=2026-Q1 ", 9),
        ("👍 ^h", "", "holistic", "👍 ^holistic ", 12),
    ],
)
def test_apply_completion(before: str, after: str, value: str, text: str, position: int) -> None:
    completion = completion_at(before + after, len(before))
    assert completion is not None
    assert apply_completion(before + after, completion, value) == (text, position)
    assert value in {mark.value for mark in marks_in(text)}


@pytest.mark.parametrize("piece", ['"@[a"b] ', "#a ", "`", "](", " ", '@"', "=[", "> ", "```\n"])
def test_a_pasted_megabyte_is_read(piece: str) -> None:
    text = '"' + piece * (200_000 // len(piece))
    parse(text)
    completion_at(text, len(text))


# --- whatever is typed ------------------------------------------------------------------------------------------------

pieces = st.lists(
    st.sampled_from(["#a", "@b", '@"c d"', "~week", "^h", "!s", "=[x y]", "word", "“q”", '"', ">", "\n", " ", ".", "`",
                     "```", "(", "[", "]", "日本", "e\u0301", "\ue000", "with"]),
    max_size=20,
).map("".join)  # fmt: skip
typed = pieces | pieces.map(lambda text: text.replace("#", " #").replace("@", " @")) | st.text()


@given(typed)
def test_spans_lie_in_the_text_and_apart(text: str) -> None:
    spans = [mark for mark in marks_in(text) if mark.kind not in {MarkKind.QUOTE, MarkKind.FORESIGHT}]
    for mark in spans:
        assert 0 <= mark.start < mark.end <= len(text)
        assert mark.value
    assert all(first.end <= second.start for first, second in pairwise(spans))


@given(typed)
def test_no_word_beside_the_marks_is_lost(text: str) -> None:
    marked = parse(text)
    kept = list(text)
    for mark in marks_in(text):
        if mark.kind not in {MarkKind.QUOTE, MarkKind.FORESIGHT}:
            kept[mark.start : mark.end] = " " * (mark.end - mark.start)
    for character in set("".join(kept)):
        if character.isalnum():
            assert marked.body.count(character) >= kept.count(character)


@given(typed, st.integers(0, 40))
def test_completion_holds_the_cursor(text: str, position: int) -> None:
    position = min(position, len(text))
    found = completion_at(text, position)
    if found is not None:
        assert found.start < position <= found.end <= len(text)
        completed, cursor = apply_completion(text, found, "value")
        assert completed.startswith(text[: found.start])
        assert completed.endswith(text[found.end :])
        assert found.start < cursor <= len(completed)


def test_the_manual_names_every_mark() -> None:
    page = resource_path("manual", "writing.md").read_text(encoding="utf-8")
    table = page.partition("## Marks")[2].partition("##")[0]
    first_cells = [row.strip("|").split("|")[0] for row in table.splitlines() if row.startswith("| `")]
    named = " ".join(first_cells)
    assert all(f"`{sigil}" in named for sigil in SIGILS)
    assert all(f"`!{word}`" in named for word in EVENT_WORDS)
