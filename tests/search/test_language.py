"""Reading queries: trees, canonical prints, explanations and every refusal with its suggestion."""

import string

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop_app.model.queries import (
    HAS_VALUES,
    ID_FIELDS,
    IS_VALUES,
    And,
    Everything,
    Fuzzy,
    Has,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Understood,
    Within,
    Words,
)
from desktop_app.model.time import parse_when
from desktop_app.search import QueryError, joined, metric_names, print_query, understand
from tests.search.library import BAKER, BAKERY, HARBOUR, NOW, VOCAB


def read(text: str) -> Understood:
    return understand(text, now=NOW, vocab=VOCAB)


def refusal(text: str) -> QueryError:
    with pytest.raises(QueryError) as caught:
        read(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", Everything()),
        ("   ", Everything()),
        ("price", Words("price")),
        ("price bill", And((Words("price"), Words("bill")))),
        ("price AND bill", And((Words("price"), Words("bill")))),
        ("price OR bill", Or((Words("price"), Words("bill")))),
        ("price|bill || cost", Or((Words("price"), Words("bill"), Words("cost")))),
        ("a price OR bill b", And((Words("a"), Or((Words("price"), Words("bill"))), Words("b")))),
        ("(a b) OR c", Or((And((Words("a"), Words("b"))), Words("c")))),
        ("((a))", Words("a")),
        ("(a (b c))", And((Words("a"), Words("b"), Words("c")))),
        ("NOT a", Not(Words("a"))),
        ("-a", Not(Words("a"))),
        ("NOT -a", Words("a")),
        ("-(a OR b)", Not(Or((Words("a"), Words("b"))))),
        ("a OR -b", Or((Words("a"), Not(Words("b"))))),
        ("or and not", And((Words("or"), Words("and"), Words("not")))),
        ('"two  words"', Phrase("two words")),
        ("“two words”", Phrase("two words")),
        ('"two words"~5', Phrase("two words", 5)),
        ('"two words"~0', Phrase("two words")),
        ("pric*", Prefix("pric")),
        ("kafé~", Fuzzy("kafé")),
        ("kind:quote,event", Has("kind", ("quote", "event"))),
        ("KIND:Quote", Has("kind", ("quote",))),
        ("kind:quote,quote", Has("kind", ("quote",))),
        ("perspective:cunning", Has("perspective", ("cunning-intelligence",))),
        ('perspective:"Random events"', Has("perspective", ("random-events",))),
        ("scale:q", Has("scale", ("quarter",))),
        ("stage:loyal", Has("stage", ("loyal client",))),
        ("tag:#pricing/discounts", Has("tag", ("pricing/discounts",))),
        ('tag:"price page"', Has("tag", ("price-page",))),
        ("#pricing", Has("tag", ("pricing",))),
        ('person:"Ines Vidal",Tom*', Has("person", ("Ines Vidal", "Tom*"))),
        ("-tag:x", Not(Has("tag", ("x",)))),
        ('author:"Mara  Lind"', Has("author", ("Mara Lind",))),
        ("author:—", Has("author", ("—",))),
        ("act:l,helped", Has("act", ("listened", "helped"))),
        ("outcome:Yes,p", Has("outcome", ("yes", "partly"))),
        ("confidence:70%,0.70", Has("confidence", ("0.7",))),
        ("confidence:60%..0.8", Has("confidence", ("0.6..0.8",))),
        ("confidence:.9..,..20%", Has("confidence", ("0.9..", "..0.2"))),
        ("confidence:0..1.0", Has("confidence", ("0..1",))),
        ("confidence:0.5..0.5", Has("confidence", ("0.5",))),
        ("confidence:0.30000000000000004", Has("confidence", ("0.30000000000000004",))),
        (f"id:{HARBOUR.upper()}", Has("id", (HARBOUR,))),
        ("id:0harbour", Has("id", (HARBOUR,))),
        ("linked:0harbour00", Has("linked", (HARBOUR,))),
        (f"-explains:{BAKER}", Not(Has("explains", (BAKER,)))),
        (f"speaker:{BAKER},ines", Has("speaker", (BAKER, "ines"))),
        ("question:leave*", Has("question", ("leave*",))),
        ("due:2026-Q3", Within("due", "2026-Q3", "2026-35", "2026-07-01T00:00", "2026-10-01T00:00")),
        ("resolved:2026", Within("resolved", "2026", "2026", "2026-01-01T00:00", "2027-01-01T00:00")),
        ("from:2026-Q3", Within("from", "2026-Q3", "2026-35", "2026-07-01T00:00", "2026-10-01T00:00")),
        ('in:"last month"', Within("in", "last month", "2026-10", "2026-10-01T00:00", "2026-11-01T00:00")),
    ],
)
def test_tree(text: str, tree: Query) -> None:
    assert read(text).query == tree
    assert read(read(text).text).query == tree


def test_several_stretches_are_alternatives() -> None:
    tree = read("in:2025,2026").query
    assert isinstance(tree, Or)
    assert [part.edtf for part in tree.parts if isinstance(part, Within)] == ["2025", "2026"]
    assert read(print_query(tree)).query == tree


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("call at 10:30 sharp", ["call", "at", "10:30", "sharp"]),
        ("note: bring beans", ["note", "bring", "beans"]),
        ("see https://x.example/a?b=(c).", ["see", "https://x.example/a?b=(c)"]),
        ("(https://x.example/a)", ["https://x.example/a"]),
        ("ratio 3:1, or so…", ["ratio", "3:1", "or", "so"]),
        ("bread , butter – jam", ["bread", "butter", "jam"]),
        ("state-of-the-art don't", ["state-of-the-art", "don't"]),
    ],
)
def test_ordinary_text_is_words(text: str, words: list[str]) -> None:
    query = read(text).query
    parts = query.parts if isinstance(query, And) else (query,)
    assert [part.text for part in parts if isinstance(part, Words)] == words
    assert len(parts) == len(words)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Everything, newest first."),
        (
            "kind:quote,event in:2025-Q4 onboarding OR price",
            "Quotes and events of October to December 2025 with a form of “onboarding” or of “price”.",
        ),
        ("price", "Everything with a form of “price”."),
        ("price bill", "Everything with a form of “price” and a form of “bill”."),
        ('"too dear"', "Everything with the phrase “too dear”."),
        ('"dear"', "Everything with exactly “dear”."),
        ('"too dear"~1', "Everything with the words “too dear” at most 1 word apart."),
        ("pric*", "Everything with a word that begins with “pric”."),
        ("a* OR b*", "Everything with a word that begins with “a” or “b”."),
        ("prise~", "Everything with a word spelt like “prise”."),
        ("price OR bill*", "Everything with a form of “price” or a word that begins with “bill”."),
        ("10/12", "Everything with the text “10/12”."),
        ("price -bill", "Everything with a form of “price” without a form of “bill”."),
        ("-a -b", "Everything without a form of “a” and without a form of “b”."),
        ("-(a OR b)", "Everything without a form of “a” or of “b”."),
        ("-(a b)", "Everything not (with a form of “a” and a form of “b”)."),
        ("-tag:x", "Everything not tagged #x."),
        ("-(tag:x OR is:open)", "Everything neither tagged #x nor still open."),
        (
            "(kind:quote price) OR (kind:event -bill)",
            "Everything either (of kind quote with a form of “price”) or (of kind event without a form of “bill”).",
        ),
        ("kind:note perspective:cunning,holistic", "Notes seen as Cunning or Holistic."),
        ("kind:foresight is:due,open", "Foresights past their horizon and not resolved or still open."),
        ("scale:week,month", "Everything moving by the week or month."),
        ("tag:a,b", "Everything tagged #a or #b."),
        ('speaker:"Ines Vidal"', "Everything said by “Ines Vidal”."),
        ("person:ines", "Everything about or by “ines”."),
        ('org:"Café Norte"', "Everything from “Café Norte”."),
        ("channel:e-mail", "Everything heard through “e-mail”."),
        ("basis:told,observed", "Everything with basis told or observed."),
        ("consent:named", "Everything with consent named."),
        ("stage:customer,advocate", "Everything said by a customer or an advocate."),
        ("stage:advocate", "Everything said by an advocate."),
        ("has:attachment", "Everything with an attachment."),
        ("-has:tag", "Everything without a tag."),
        ("in:2025", "Everything of 2025."),
        ("in:2025-10/2025-12", "Everything of October to December 2025."),
        ("on:2025-12-14", "Everything of 14 December 2025."),
        ("in:2023/..", "Everything since 2023."),
        ("in:../..", "Everything of any time."),
        ("from:2026-Q3", "Everything from July 2026 on."),
        ("to:2026-Q3", "Everything up to September 2026."),
        ("from:2026-Q3 to:2026-11", "Everything from July 2026 to November 2026."),
        ("added:today", "Everything written down on 22 November 2026."),
        ('added:"last week"', "Everything written down from 9 to 15 November 2026."),
        ("edited:2026", "Everything last edited in 2026."),
        ('author:"Mara Lind",Tom', "Everything written down by “Mara Lind” or “Tom”."),
        ("kind:quote act:asked,told", "Quotes in which we asked or told."),
        ("kind:foresight outcome:yes,no", "Foresights that came about or that did not come about."),
        ("confidence:0.7,0.9..", "Everything with a confidence of 0.7 or 0.9 or more."),
        ("confidence:..0.2,0.4..0.5", "Everything with a confidence of 0.2 or less or 0.4 to 0.5."),
        ("kind:foresight due:2026-Q3", "Foresights due in July to September 2026."),
        ("due:2026-07-01", "Everything due on 1 July 2026."),
        ("resolved:2026/..", "Everything resolved since 2026."),
        ("kind:question is:unanswered", "Questions not answered yet."),
        ("kind:question,series is:answered", "Questions and series of numbers answered."),
        ("question:leave", "Everything as evidence of a question with “leave”."),
        (f"question:{HARBOUR}", "Everything as evidence of the question “The harbour closed”."),
        (f"id:{HARBOUR},{BAKERY}", "Everything being “The harbour closed” or “Bakery”."),
        (f"id:{'9' * 26}", "Everything being 99999999…."),
        (f"kind:note linked:{HARBOUR}", "Notes linked to “The harbour closed”."),
        (f"explains:{HARBOUR}", "Everything explaining “The harbour closed”."),
        (f"supports:{HARBOUR}", "Everything supporting “The harbour closed”."),
        (f"-contradicts:{HARBOUR}", "Everything not contradicting “The harbour closed”."),
        (f"speaker:{BAKER}", "Everything said by “Ines Vidal”."),
        (f"person:{BAKER}", "Everything about or by “Ines Vidal”."),
        (f"org:{BAKERY}", "Everything from “Bakery”."),
        ("has:act", "Everything with what we did in the conversation."),
        ("-has:recurrence", "Everything without a recurrence."),
        ('price metric:"Trials started"', "Everything with a form of “price”, beside the series “Trials started”."),
    ],
)
def test_explanation(text: str, sentence: str) -> None:
    assert read(text).explanation == sentence


@pytest.mark.parametrize(
    ("text", "suggestion", "part", "hint"),
    [
        ("kund:quote", "kind:quote", "kund:quote", "did you mean “kind:”"),
        ("perspektive:cunning", "perspective:cunning", "perspektive:cunning", "did you mean “perspective:”"),
        ("foo:bar", '"foo:bar"', "foo:bar", "quotation marks"),
        ("kind:qoute", "kind:quote", "qoute", "did you mean “quote”"),
        ("kind:quote,xxxxxxxx", "", "xxxxxxxx", "note, quote, event, foresight, document"),
        ("scale:m", "scale:moment", "m", "moment or month"),
        ("perspective:holistc", "perspective:holistic", "holistc", "holistic"),
        ("basis:tolt", "basis:told", "tolt", "told"),
        ("consent:nammed", "consent:named", "nammed", "named"),
        ("stage:custmer", "stage:customer", "custmer", "customer"),
        ("has:attachmnt", "has:attachment", "attachmnt", "attachment"),
        ("is:opn", "is:open", "opn", "open"),
        ("outcome:xxxx", "", "xxxx", "yes, partly or no"),
        ("outcome:partially", "outcome:partly", "partially", "did you mean “partly”"),
        ("act:helpd", "act:helped", "helpd", "helped"),
        ("confidence:70", "confidence:0.7", "70", "between 0 and 1"),
        ("confidence:60..80", "confidence:0.6..0.8", "60..80", "between 0 and 1"),
        ("confidence:170%", "", "170%", "between 0 and 1"),
        ("confidence:0.8..0.6", "confidence:0.6..0.8", "0.8..0.6", "ends before it begins"),
        ("confidence:0.6-0.8", "confidence:0.6..0.8", "0.6-0.8", "two dots"),
        ("confidence:..", "", "..", "no confidence"),
        ("confidence:high", "", "high", "0.7, 70% or 0.6..0.8"),
        ("confidence:0,7", "", "7", "between 0 and 1"),
        ("id:0harb", f"id:{HARBOUR}", "0harb", "first 8 characters"),
        ("id:0bakery000", f"id:{BAKERY}", "0bakery000", "write more of it"),
        ("linked:0nothing0", "", "0nothing0", "Nothing here has an id"),
        ('id:"the harbour"', "", '"the harbour"', "is no id"),
        ("kind:qu", "kind:question", "qu", "question or quote"),
        ("due:2026-13", "due:2026-12", "2026-13", "no month 13"),
        ("autor:Mara", "author:Mara", "autor:Mara", "did you mean “author:”"),
        ("explain:0harbour", "explains:0harbour", "explain:0harbour", "did you mean “explains:”"),
        ("in:2026-13", "in:2026-12", "2026-13", "no month 13"),
        ("in:2026-Q7", "in:2026-Q4", "2026-Q7", "not a date"),
        ("in:2026-02-31", "in:2026-02", "2026-02-31", "no day 31"),
        ('from:"last mondey"', 'from:"last monday"', '"last mondey"', "not a date"),
        ("from:last monday x", 'from:"last monday" x', "last", "not a date"),
        ("from:2024,2025", "from:2024", ",2025", "one date"),
        ("in:blargh", "", "blargh", "Write it like"),
        ("tag:", "", "tag:", "a tag and those below it"),
        ("price tag:", "price", "tag:", "a tag and those below it"),
        ("kind: quote", "kind:quote", "kind:", "note, quote, event or foresight"),
        ("tag:a,", "tag:a", ",", "another value"),
        ("kind:quote, event", "kind:quote,event", ",", "another value"),
        ("a OR", "a", "OR", "missing after this OR"),
        ("OR a", "a", "OR", "nothing before this OR"),
        ("a OR OR b", "a OR b", "OR", "missing after this OR"),
        ("(a OR) b", "(a) b", "OR", "missing after this OR"),
        ("AND a", "a", "AND", "nothing before this AND"),
        ("NOT", "", "NOT", "missing after this NOT"),
        ("a NOT", "a", "NOT", "missing after this NOT"),
        ("a - b", "a b", "-", "excludes nothing"),
        ("-", "", "-", "excludes nothing"),
        ("(a", "(a)", "(", "not closed"),
        ("a)", "a", ")", "closes nothing"),
        ("((a) b", "((a) b)", "(", "not closed"),
        ("() a", "a", "()", "nothing between"),
        ("a (", "a", "(", "not closed"),
        ('"abc', '"abc"', '"abc', "not closed"),
        ('tag:"abc', 'tag:"abc"', '"abc', "not closed"),
        ('a "', "a", '"', "not closed"),
        ('"" a', "a", '""', "nothing to search for"),
        ('"a b"~', '"a b"~5', '"a b"~', "number is missing"),
        ('"a b"*', '"a b"', "*", "cannot follow a phrase"),
        ("pr*ce", "pr*", "pr*ce", "end of a word"),
        ("*ing", "ing", "*ing", "end of a word"),
        ("fuzzy~2", "fuzzy~", "fuzzy~2", "no number"),
        ("* a", "a", "*", "no letters or digits"),
        ("a & b", "a b", "&", "no letters or digits"),
        ("...", "", "...", "no words"),
        ("metric:x OR a", "", "metric:x OR a", "stand between alternatives"),
        ("-metric:x", "", "-metric:x", "be excluded"),
        ("kund:qoute (a", "kind:quote (a)", "kund:qoute", "kind"),
        ("a" * 5000, "", "a" * 5000, "longer than"),
        ("(" * 60 + "a" + ")" * 60, "", "(", "nested"),
        ("-" * 60 + "a", "", "-", "nested"),
    ],
)
def test_refusal(text: str, suggestion: str, part: str, hint: str) -> None:
    error = refusal(text)
    assert error.parts["suggestion"] == error.suggestion == suggestion
    assert text[error.start : error.end] == part
    assert hint in str(error)
    assert str(error)[-1] in ".?"
    if suggestion:
        read(suggestion)


def test_no_value_outside_a_list_is_guessed_for_open_fields() -> None:
    assert read("tag:unheard person:nobody org:none channel:x speaker:y metric:z")


def test_every_fixed_value_can_be_asked_for() -> None:
    for value in HAS_VALUES:
        assert read(f"has:{value}").query == Has("has", (value,))
    for value in IS_VALUES:
        assert read(f"is:{value}").query == Has("is", (value,))


def test_hundreds_of_ids_are_one_query_and_are_not_all_told() -> None:
    ids = [HARBOUR, *(f"{number:026}" for number in range(499))]
    understood = read(f"id:{','.join(ids)}")
    assert understood.query == Has("id", tuple(ids))
    assert understood.explanation == "Everything being “The harbour closed”, 00000000…, 00000000… or 497 others."
    assert read(understood.text).query == understood.query
    assert refusal("a " * 2500 + understood.text)


@pytest.mark.parametrize(
    ("queries", "together"),
    [
        ((), ""),
        (("", "  "), ""),
        (("price", ""), "price"),
        (("price OR bill", "tag:x"), "(price OR bill) tag:x"),
        (("a (b OR c)", "b OR c", "a"), "a (b OR c)"),
        (("(kind:note a) OR b", "-x"), "((kind:note a) OR b) -x"),
        (("kind:Quote tag:x", "tag:x scale:week"), "kind:quote tag:x scale:week"),
        (("in:2025,2026", "id:0harbour"), f"(in:2025 OR in:2026) id:{HARBOUR}"),
        (("-(a b)", "metric:x"), "-(a b) metric:x"),
    ],
)
def test_queries_joined_find_what_each_of_them_finds(queries: tuple[str, ...], together: str) -> None:
    assert joined(queries, now=NOW, vocab=VOCAB) == together
    assert read(together).text == together


def _many(beginning: str) -> str:
    return " ".join(f"{beginning}{number}" for number in range(600))


def test_what_cannot_be_read_cannot_be_joined() -> None:
    for queries in (("price", "kind:qoute"), ("metric:x", "a OR"), (_many("a"), _many("b"))):
        with pytest.raises(QueryError):
            joined(queries, now=NOW, vocab=VOCAB)


def test_metric_names() -> None:
    assert metric_names(read('price metric:"Trials started",abc').query) == ("Trials started", "abc")
    assert metric_names(read("metric:abc").query) == ("abc",)
    assert metric_names(read("price").query) == ()


# --- print and parse ------------------------------------------------------------------------------------------------

_word = st.text(string.ascii_lowercase + "éüß東京한", min_size=1, max_size=8).filter(lambda text: text.isalnum())
_dates = st.sampled_from(["2025", "2026-Q3", "last monday", "2023/..", "2025-03~", "yesterday", "14 March 2026"])


def _within(field: str, text: str) -> Within:
    when = parse_when(text, NOW)
    return Within(field, text, when.edtf, when.start, when.end)


_leaf = st.one_of(
    _word.map(Words),
    st.builds(Phrase, st.lists(_word, min_size=1, max_size=3).map(" ".join), st.integers(0, 9)),
    _word.filter(str.isascii).map(Prefix),
    _word.filter(str.isascii).map(Fuzzy),
    st.builds(Has, st.just("kind"), st.just(("quote", "event"))),
    st.builds(Has, st.just("stage"), st.just(("loyal client",))),
    st.builds(
        Has,
        st.sampled_from(["person", "org", "channel"]),
        st.lists(st.lists(_word, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=3, unique=True).map(tuple),
    ),
    st.builds(_within, st.sampled_from(["from", "to", "in", "on", "added", "edited", "due", "resolved"]), _dates),
    st.builds(Has, st.sampled_from(ID_FIELDS), st.permutations([HARBOUR, BAKERY, "1" * 26]).map(tuple)),
    st.builds(Has, st.just("confidence"), st.floats(0, 1).map(lambda share: (repr(share + 0.0).removesuffix(".0"),))),
    st.builds(Has, st.just("author"), st.just(("Mara Lind", "Tom*"))),
)


def _several(kind: type[And] | type[Or], parts: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    plain = parts.filter(lambda part: not isinstance(part, kind))
    return st.lists(plain, min_size=2, max_size=4).map(lambda chosen: kind(tuple(chosen)))


_trees = st.recursive(
    _leaf,
    lambda parts: st.one_of(
        _several(And, parts), _several(Or, parts), parts.filter(lambda part: not isinstance(part, Not)).map(Not)
    ),
    max_leaves=8,
)


@given(_trees)
@settings(max_examples=150, deadline=None)
def test_what_is_printed_parses_to_the_same_tree(tree: Query) -> None:
    understood = read(print_query(tree))
    assert understood.query == tree
    assert understood.text == print_query(tree)


_SIGNS = 'price OR AND NOT - ( ) " “ ” * ~ ~5 : , | # . &'
_NAMES = "kind: quote tag: id: due: author: confidence: 0.2 .. % 0harbour in: 2025 2026-13 東京 10:30 a:// metric: x:"
_pieces = st.sampled_from([*_SIGNS.split(), *_NAMES.split(), " ", "  ", "\n"])


@given(st.one_of(st.text(max_size=40), st.lists(_pieces, max_size=12).map("".join)))
@settings(max_examples=300, deadline=None)
@example('“a"b”')
@example("a~ *")
@example("tag:“x”y")
@example("in:2025,")
@example("\ud800")
@example("x:" * 300)
def test_any_text_is_understood_or_refused_with_a_sound_suggestion(text: str) -> None:
    outcome = _outcome(text)
    if isinstance(outcome, QueryError):
        assert 0 <= outcome.start <= outcome.end <= len(text)
        assert not outcome.suggestion or read(outcome.suggestion)
        return
    assert outcome.explanation.endswith(".")
    again = read(outcome.text)
    assert again.query == outcome.query
    assert again.text == outcome.text


def _outcome(text: str) -> Understood | QueryError:
    try:
        return read(text)
    except QueryError as error:
        return error
