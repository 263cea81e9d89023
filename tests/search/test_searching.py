"""What queries find in a real index, in which order, and what is suggested when they find nothing."""

from collections.abc import Callable

import pytest

from desktop_app.search import Position, SearchDocument, search, suggestion, understand
from tests.search.library import BAKER, BAKERY, HARBOUR, NOW, VOCAB, Library, entry

Make = Callable[..., Library]


def test_words_are_stemmed_and_folded(library: Make) -> None:
    made = library(
        entry("a", "They changed the prices."),
        entry("b", "Pricing was the reason."),
        entry("c", "CAFÉ owners, naïve or not"),
        entry("d", "nothing here", title="The price page"),
    )
    assert made.ids("price") == {"a", "b", "d"}
    assert made.ids("PRICED") == {"a", "b", "d"}
    assert made.ids("cafe naive") == {"c"}
    assert made.ids("owner") == {"c"}
    assert made.ids("café price") == set()


def test_stemming_follows_the_language_of_the_notebook(library: Make) -> None:
    german = library(entry("a", "Die Häuser am Hafen"), language="de")
    other = library(entry("a", "Die Häuser am Hafen"), language="th")
    assert german.ids("Haus") == {"a"}
    assert other.ids("Haus") == set()
    assert other.ids("häuser") == {"a"}


def test_a_stem_that_is_another_words_stem_keeps_them_apart(library: Make) -> None:
    # Snowball's stem of "early" is "earli", of "earlier" it is "earlier".
    made = library(entry("a", "early"), entry("b", "earli"))
    assert "a" in made.ids("early")
    assert made.ids('"early"') == {"a"}


def test_phrases_are_not_stemmed_and_stay_within_a_field(library: Make) -> None:
    made = library(
        entry("a", "the price of coffee rose"),
        entry("b", "coffee, and the price of it"),
        entry("c", "the prices of coffee rose"),
        entry("d", "coffee again", title="The price of"),
    )
    assert made.ids('"price of coffee"') == {"a"}
    assert made.ids('"price"') == {"a", "b", "d"}
    assert made.ids('"Price, of: COFFEE!"') == {"a"}
    assert made.ids('"coffee price"') == set()


def test_phrases_after_deletions(library: Make) -> None:
    made = library(*(entry(str(number), f"the price number{number}") for number in range(12)))
    assert made.search("the price").total == made.search('"price"').total == made.search('"the"').total == 12
    made.index.update([], [str(number) for number in range(1, 12, 2)], Position(1))
    assert made.ids('"the price"') == {"0", "2", "4", "6", "8", "10"}
    assert made.ids('"price the"~9') == {"0", "2", "4", "6", "8", "10"}
    assert made.ids('"price number4"') == {"4"}
    assert made.ids('"price number3"') == set()


def test_near(library: Make) -> None:
    made = library(
        entry("a", "the invoice came three long weeks after the order"),
        entry("b", "an order, then the invoice"),
        entry("c", "invoice only"),
        entry("d", "very good and very very bad"),
        entry("e", "very bad"),
    )
    assert made.ids('"invoice order"~6') == {"a", "b"}
    assert made.ids('"invoice order"~5') == {"b"}
    assert made.ids('"invoice order"~2') == {"b"}
    assert made.ids('"invoice order"~1') == set()
    assert made.ids('"very very bad"~1') == {"d"}


def test_prefixes_of_every_length(library: Make) -> None:
    made = library(entry("a", "Preisliste"), entry("b", "pr"), entry("c", "p"), entry("d", "press Ärger"))
    assert made.ids("p*") == {"a", "b", "c", "d"}
    assert made.ids("PR*") == {"a", "b", "d"}
    assert made.ids("pre*") == {"a", "d"}
    assert made.ids("preis*") == {"a"}
    assert made.ids("arg*") == {"d"}
    assert made.ids("x*") == set()


def test_fuzzy_is_one_edit_anywhere(library: Make) -> None:
    made = library(entry("a", "invoice"), entry("b", "invoices"), entry("c", "invite"), entry("d", "envoice"))
    assert made.ids("invoce~") == {"a"}
    assert made.ids("invoice~") == {"a", "b", "d"}


def test_boolean_operators(library: Make) -> None:
    made = library(entry("a", "price coffee"), entry("b", "price tea"), entry("c", "tea"), entry("d", "water"))
    assert made.ids("price tea") == {"b"}
    assert made.ids("price OR tea") == {"a", "b", "c"}
    assert made.ids("tea -price") == {"c"}
    assert made.ids("-price") == {"c", "d"}
    assert made.ids("-(price OR tea)") == {"d"}
    assert made.ids("(price coffee) OR water") == {"a", "d"}
    assert made.ids("") == {"a", "b", "c", "d"}
    assert made.ids("-nosuchword") == {"a", "b", "c", "d"}


@pytest.mark.parametrize(
    ("text", "queries"),
    [
        ("東京の珈琲店で値段を聞いた", ["東京", "珈琲店", "値段", "京", "た", '"東京の珈琲"', "値*", "東京の珈琲店"]),
        ("价格太贵了，客户走了", ["价格", "客户", "贵", "了", '"客户走了"', "太贵"]),
        ("커피 가격이 올랐다", ["가격", "커피", "올랐", "가", "가*"]),
        ("ลูกค้าบอกว่าราคาแพง", ["ราคา", "ลูกค้า", "แพง", "ราคาแพง"]),
        ("カフェ「ノルテ」のオーナー", ["オーナー", "ノルテ", "カフェ"]),
        ("Цены выросли вдвое", ["цены", "ВЫРОСЛИ", "выр*"]),
        ("mixed 東京 words", ["東京 words", '"東京 words"', "mixed"]),
    ],
)
def test_every_script_is_found(library: Make, text: str, queries: list[str]) -> None:
    made = library(entry("a", text), entry("b", "something else 北海道 других 제주 อื่น"))
    for query in queries:
        assert made.ids(query) == {"a"}, query


def test_characters_apart_are_not_a_word(library: Make) -> None:
    assert library(entry("a", "東海と北京")).ids("東京") == set()


FULL = entry(
    "full",
    "She paid by invoice.",
    title="A visit",
    kind="quote",
    tags=("Pricing/Discounts", "visits"),
    perspectives=("cunning-intelligence",),
    scales=("week", "month"),
    speakers=("Ines Vidal",),
    people=("The Baker",),
    organisations=("Café Norte",),
    basis="told",
    channel="At the counter",
    consent="named",
    stage="loyal client",
    has=frozenset({"attachment", "link", "metric", "outcome"}),
    states=frozenset({"surprise", "open", "edited"}),
    start="2025-12-03T00:00",
    end="2025-12-12T00:00",
    added="2025-12-20T09:30",
    edited="2026-01-05T10:00",
    due="2026-06-01T00:00",
    resolved=("2026-02-01T00:00", "2026-03-01T00:00"),
    confidence=0.7,
    author='Mara "M" Lind',
    act="listened",
    outcome="partly",
    things=(
        ("speaker", BAKER),
        ("person", BAKER),
        ("org", BAKERY),
        ("code", HARBOUR),
        ("linked", HARBOUR),
        ("linked", BAKERY),
        ("explains", HARBOUR),
    ),
)
BARE = entry("bare", "nothing", added="2026-11-01T09:30", due="2027-06-01T00:00")


@pytest.mark.parametrize(
    "query",
    [
        "kind:quote",
        "kind:note,quote",
        "tag:pricing",
        "tag:PRICING/discounts",
        "tag:visits,other",
        "tag:pri*",
        "perspective:cunning",
        "scale:month",
        "scale:year,week",
        "person:ines",
        "person:VIDAL",
        'person:"Ines Vidal"',
        'person:"vidal ines"',
        'person:"ines vi*"',
        "person:In*",
        "person:baker",
        "speaker:ines",
        "org:norte",
        'org:"cafe norte"',
        "basis:told",
        "channel:counter",
        'channel:"at the counter"',
        "consent:named",
        "stage:loyal",
        *(f"has:{trait}" for trait in ("attachment", "speaker", "date", "title", "link", "metric", "outcome")),
        *(f"has:{trait}" for trait in ("surprise", "scale", "perspective", "tag", "act", "basis", "confidence")),
        'author:"mara m lind"',
        "act:listened,told",
        "outcome:partly",
        "confidence:0.7",
        "confidence:70%",
        "confidence:0.7..0.8",
        "confidence:..0.7",
        "confidence:0..1",
        f"speaker:{BAKER}",
        f"person:{BAKER}",
        f"org:{BAKERY}",
        f"code:{HARBOUR}",
        f"linked:{BAKERY}",
        f"explains:{HARBOUR}",
        "is:surprise",
        "is:open",
        "is:edited",
        "is:due",
        "discounts",
        "ines norte counter",
        "metric:whatever invoice",
    ],
)
def test_fields(library: Make, query: str) -> None:
    made = library(FULL, BARE)
    assert made.ids(query) == {"full"}
    if "metric:" not in query and ":" in query:
        assert made.ids(f"-{query}") == {"bare"}


def test_fields_do_not_reach_into_each_other(library: Make) -> None:
    made = library(FULL, BARE)
    for query in (
        "speaker:baker",
        "org:ines",
        "tag:discounts",
        "tag:pric",
        "basis:guessed",
        "is:resolved",
        "kind:note",
        "author:mara",
        'author:"Mara M*"',
        "confidence:0.71..",
        "confidence:..0.69",
        f"speaker:{HARBOUR}",
        f"speaker:{BAKER[:-1]}*",
        f"explains:{BAKERY}",
        f"supports:{HARBOUR}",
    ):
        assert made.ids(query) == set(), query
    assert made.ids("is:untagged is:undated") == {"bare"}
    assert made.ids("tag:*") == {"full"}
    assert made.ids("metric:x") == {"full", "bare"}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("in:2025-12", True),
        ("in:2025-12-03", True),
        ("in:2025-12-11", True),
        ("in:2025-12-12", False),
        ("in:2025-12-02", False),
        ("on:2025-12-07", True),
        ("in:2025-Q4", True),
        ("in:2024,2025", True),
        ("in:2024", False),
        ("in:../..", True),
        ("in:2025/..", True),
        ("from:2025-12-11", True),
        ("from:2025-12-12", False),
        ("from:2020", True),
        ("to:2025-12-03", True),
        ("to:2025-12-02", False),
        ("to:2025", True),
        ("from:2025-12-05 to:2025-12-06", True),
        ("added:2025-12-20", True),
        ("added:2025-12-21", False),
        ("edited:2026-01", True),
        ("edited:2025", False),
        ("due:2026-05", True),
        ("due:2026-05-31", True),
        ("due:2026-06", False),
        ("due:2026-05-01/2026-05-30", False),
        ("due:../..", True),
        ("resolved:2026-02-28", True),
        ("resolved:2026-03", False),
        ("resolved:2026-01", False),
        ("resolved:2026", True),
    ],
)
def test_dates(library: Make, query: str, found: bool) -> None:
    made = library(FULL, entry("undated", "no date"))
    assert made.ids(query) == ({"full"} if found else set())


def test_a_confidence_is_found_as_it_is_kept(library: Make) -> None:
    shares = [0.0, 5e-324, 0.1, 0.1 + 0.2, 0.3, 0.7, 0.7000000000000001, 1.0]
    made = library(*(entry(str(place), confidence=share) for place, share in enumerate(shares)), entry("none"))
    for place, share in enumerate(shares):
        if share != 5e-324:
            assert made.ids(f"confidence:{share!r}") == {str(place)}
    assert made.ids("confidence:0.3..0.7") == {"3", "4", "5"}
    assert made.ids("confidence:..0.1") == {"0", "1", "2"}
    assert made.ids("confidence:0..1") == made.ids("has:confidence") == set("01234567")
    assert made.ids("-confidence:0.7..") == {"0", "1", "2", "3", "4", "none"}


def test_ids_find_whole_things(library: Make) -> None:
    document = SearchDocument(HARBOUR, "document", title="Interview", body="note")
    parts = [SearchDocument(HARBOUR, "document", body="price", at=at, until=at + 5) for at in (0, 7)]
    coding = SearchDocument(BAKER, "coding", body="price", at=0, until=5)
    made = library(document, *parts, coding, entry(BAKERY), entry("9" * 26))
    found = [(hit.id, hit.at) for hit in made.search(f"id:{HARBOUR},{BAKER},{BAKERY},{'8' * 26}").hits]
    assert sorted(found) == [(BAKERY, -1), (BAKER, 0), (HARBOUR, -1)]
    assert made.ids(f"-id:{BAKERY}") == {"9" * 26}
    made.index.update([], [BAKERY], Position(1))
    assert made.ids(f"id:{BAKERY}") == set()


def question(key: str, text: str, **values: object) -> SearchDocument:
    return SearchDocument(key, "question", title=text, **values)  # type: ignore[arg-type]


def test_evidence_of_a_question_with_every_word(library: Make) -> None:
    made = library(
        question(HARBOUR, "Why is the price up?"),
        question(BAKERY, "Is the harbour down?"),
        entry("a", things=(("question", HARBOUR),)),
        entry("b", things=(("question", BAKERY),)),
        entry("both", things=(("question", HARBOUR), ("question", BAKERY))),
        SearchDocument("c", "coding", body="x", things=(("question", HARBOUR),)),
        SearchDocument("s", "series", title="x", things=(("question", BAKERY),)),
    )
    assert made.ids("question:price") == made.ids(f"question:{HARBOUR}") == {"a", "both", "c"}
    assert made.ids('question:"up price"') == {"a", "both", "c"}
    assert made.ids("question:the") == {"a", "b", "both", "c", "s"}
    assert made.ids('question:"price down"') == set()
    assert made.ids("question:pri*,harb*") == {"a", "b", "both", "c", "s"}
    assert made.ids(f"question:{HARBOUR} question:{BAKERY}") == {"both"}
    assert made.ids("-question:price") == {"b"}


def test_questions_stay_out_of_what_asks_for_dates_and_traits_alone(library: Make) -> None:
    day = {"start": "2026-03-01T00:00", "end": "2026-03-02T00:00", "added": "2026-03-01"}
    made = library(
        question("q", "Why?", states=frozenset({"unanswered"}), people=("Ines Vidal",), **day), entry("a", "x", **day)
    )
    for query in ("in:2026-03", "has:date", "added:2026-03", "-price", ""):
        assert made.ids(query) == {"a"}
    for query in ("is:unanswered", "kind:question in:2026-03", "person:ines", "why", "is:unanswered in:2026"):
        assert made.ids(query) == {"q"}


def test_a_day_without_a_time_counts(library: Make) -> None:
    made = library(entry("a", added="2026-11-01"))
    assert made.ids("added:2026-11-01") == {"a"}
    assert made.ids("added:2026-10-31") == set()


def test_phrases_far_into_a_long_text(library: Make) -> None:
    made = library(entry("a", "filler " * 70_000 + "the price rose"))
    assert made.ids('"price rose"') == {"a"}
    assert made.ids('"rose price"') == set()


def test_a_stretch_narrows_what_is_found(library: Make) -> None:
    made = library(FULL, BARE)
    assert made.search("", stretch=("2025-12-01T00:00", "2026-01-01T00:00")).total == 1
    assert made.search("", stretch=("2026-01-01T00:00", "2026-02-01T00:00")).total == 0


def test_people_and_series_are_found_too(library: Make) -> None:
    made = library(
        entry("e", "Ines said so", speakers=("Ines Vidal",)),
        SearchDocument("p", "person", title="Ines Vidal", people=("Ines Vidal",), organisations=("Café Norte",)),
        SearchDocument("s", "series", title="Trials started"),
    )
    assert made.ids("ines") == {"e", "p"}
    assert made.ids("person:ines") == {"e", "p"}
    assert made.ids("speaker:ines") == {"e"}
    assert {(hit.id, hit.type) for hit in made.search("trials OR ines").hits} == {
        ("e", "entry"),
        ("p", "person"),
        ("s", "series"),
    }
    assert made.ids("") == made.ids("-nothing") == {"e"}, "everything is every entry"
    assert made.ids("is:untagged") == {"e"}


def test_the_better_fit_comes_first(library: Make) -> None:
    filler = " ".join(f"word{number}" for number in range(150))
    made = library(
        entry("once", f"price {filler}"),
        entry("often", f"price price price price {filler[:300]}"),
        entry("title", filler, title="The price"),
        entry("short", "price, said she"),
        *(entry(f"other{number}", filler) for number in range(20)),
    )
    order = made.order("price")
    assert order[-1] == "once"
    scores = [hit.score for hit in made.search("price").hits]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[-1] > 0


def test_rare_words_weigh_more(library: Make) -> None:
    common = [entry(f"c{number}", "price and more words here") for number in range(20)]
    made = library(
        *common, entry("rare", "saffron and more words here"), entry("both", "price saffron more words here")
    )
    assert made.order("price OR saffron")[:2] == ["both", "rare"]


def test_equally_good_ones_are_newest_first(library: Make) -> None:
    made = library(
        *(
            entry(key, "price", start=f"{year}-01-01T00:00", end=f"{year}-01-02T00:00", added="2020-01-01T00:00")
            for key, year in (("a", 2023), ("b", 2026), ("c", 2024))
        ),
        entry("undated", "price", added="2025-01-01T00:00"),
    )
    expected = ["b", "undated", "c", "a"]
    assert made.order("price") == expected
    assert made.order("", sort="occurred") == expected
    assert list(made.search("price", every=3).every) == expected[:3]


def test_pages_fit_together(library: Make) -> None:
    made = library(
        *(entry(f"{number:03}", "price " * (number % 5 + 1), added=f"20{number:02}-01-01") for number in range(60))
    )
    whole = made.order("price", limit=60)
    pages = [key for offset in range(0, 60, 7) for key in made.order("price", limit=7, offset=offset)]
    assert len(set(whole)) == 60
    assert pages == whole
    assert made.search("price", limit=0).total == 60
    assert made.order("price", offset=100) == []


def test_a_long_query_is_still_ranked(library: Make) -> None:
    words = [f"w{number}" for number in range(40)]
    made = library(*(entry(f"{number:02}", " ".join(words[: number + 1])) for number in range(40)))
    assert made.search(" OR ".join(words), limit=100).total == 40


def test_suggestion(library: Make) -> None:
    made = library(entry("a", "the invoice"), entry("b", "onboarding with invoice"), entry("c", "involve"))

    def suggested(text: str) -> str:
        return suggestion(made.index, understand(text, now=NOW, vocab=VOCAB).query, now=NOW)

    assert suggested("invoce") == "invoice"
    assert suggested("onbaording invoice") == "onboarding invoice"
    assert suggested("kind:quote invoce") == ""
    assert suggested("invoice") == ""
    assert suggested("zzzzzz") == ""
    assert suggested("invoce -onboarding") == "invoice -onboarding"


def test_is_due_follows_the_clock(library: Make) -> None:
    is_open = frozenset({"open"})
    made = library(
        entry("a", "x", due="2026-11-22T15:00", states=is_open),
        entry("b", "x", due="2026-11-22T15:01", states=is_open),
        entry("c", "x", due="2026-11-22T15:00"),
    )
    tree = understand("is:due", now=NOW, vocab=VOCAB).query
    assert [hit.id for hit in search(made.index, tree, now=NOW).hits] == ["a"]


def test_odd_text_does_no_harm(library: Make) -> None:
    made = library(
        entry("a", "x" * 100_000 + " lone \ud800 surrogate", tags=("\ud800",), speakers=("\ud800",)), entry("b")
    )
    assert made.ids("surrogate") == {"a"}
    assert made.ids("x" * 3000) == {"a"}
    assert made.ids("") == {"a", "b"}
