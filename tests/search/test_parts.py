"""Things that stand in the index in several parts, and the codes that are applied to them."""

from collections.abc import Callable

import pytest

from desktop_app.model.errors import Interrupted
from desktop_app.search import Position, SearchDocument, understand
from desktop_app.search import index as index_module
from tests.search.library import NOW, VOCAB, Library, entry

Make = Callable[..., Library]


def paragraph(key: str, at: int, body: str, **values: object) -> SearchDocument:
    return SearchDocument(key, "document", body=body, at=at, until=at + len(body), **values)  # type: ignore[arg-type]


def coding(key: str, body: str, *path: str, **values: object) -> SearchDocument:
    return SearchDocument(key, "coding", body=body, codes=(path,), at=3, until=9, **values)  # type: ignore[arg-type]


def places(library: Library, query: str) -> list[tuple[str, int, int]]:
    return [(hit.id, hit.at, hit.until) for hit in library.search(query, limit=100).hits]


def test_all_parts_of_a_thing_are_replaced_together(library: Make) -> None:
    made = library(paragraph("d", 0, "price"), paragraph("d", 20, "price again"), paragraph("e", 0, "price"))
    assert sorted(places(made, "price")) == [("d", 0, 5), ("d", 20, 31), ("e", 0, 5)]
    made.index.update([paragraph("d", 4, "price")], [], Position(1))
    assert sorted(places(made, "price")) == [("d", 4, 9), ("e", 0, 5)]
    made.index.update([], ["d"], Position(2))
    assert places(made, "price") == [("e", 0, 5)]


def test_a_large_update_notes_its_position_last(library: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_module, "FULL", 3)
    made = library(entry("a", "old"), *(paragraph("d", at, "old") for at in range(5)))

    def stopped() -> list[SearchDocument]:
        for at in range(5):
            yield paragraph("d", at, "new")
        raise Interrupted(what="Indexing")

    with pytest.raises(Interrupted):
        made.index.update(stopped(), ["a", "d"], Position(7))
    assert made.index.position() == Position(0)
    made.index.update((paragraph("d", at, "newer") for at in range(7)), ["a", "d"], Position(7))
    assert made.index.position() == Position(7)
    assert len(places(made, "newer")) == 7
    assert places(made, "old OR new") == []
    assert made.index.documents() == 7


def test_a_code_is_found_by_name_path_and_from_above(library: Make) -> None:
    made = library(
        coding("1", "x", "Price talk", "opaque"), coding("2", "x", "Bills", "opaque"), coding("3", "x", "Price talk")
    )
    assert made.ids('code:"price talk"') == {"1", "3"}
    assert made.ids("code:opaque") == {"1", "2"}
    assert made.ids('code:"Bills / opaque"') == made.ids("code:Bills/Opaque") == {"2"}
    assert made.ids("code:opaque,bills") == {"1", "2"}
    assert made.ids("code:price") == made.ids('code:"opaque / price talk"') == set()
    assert made.ids("code:price*") == {"1", "3"}
    assert made.ids("opaque") == {"1", "2"}


def test_deep_paths_may_be_named_by_any_part(library: Make) -> None:
    made = library(coding("1", "x", "A", "B/C", "D"))
    for query in ("code:a", "code:a/b/c", 'code:"b / c"', "code:b/c/d", "code:d", '-code:c code:"A / B/C / D"'):
        assert made.ids(query) == {"1"}, query
    assert made.ids("code:a/d") == set()


def test_coders_are_found_as_people_are(library: Make) -> None:
    made = library(coding("1", "x", "A", coders=("Mara Tolland",)), coding("2", "x", "A", coders=("M.",)))
    assert made.ids("coder:mara") == made.ids('coder:"tolland mara"') == {"1"}
    assert made.ids("coder:m") == {"2"}
    assert made.ids("coder:m*") == {"1", "2"}


def test_kinds_are_types_where_a_thing_has_no_kind(library: Make) -> None:
    made = library(
        entry("n", "x", kind="note"), paragraph("d", 0, "x"), coding("c", "x", "A"), SearchDocument("m", "memo")
    )
    assert made.ids("kind:coding,memo") == {"c", "m"}
    assert made.ids("kind:document") == {"d"}
    assert made.ids("-kind:note x") == {"d", "c"}


def test_dates_and_traits_alone_leave_the_parts_out(library: Make) -> None:
    when = {"start": "2026-03-14T00:00", "end": "2026-03-15T00:00", "speakers": ("Ana",)}
    made = library(
        entry("n", "x", **when),
        paragraph("d", 0, "x", **when),
        coding("c", "x", "A", states=frozenset({"review"}), has=frozenset({"memo"}), **when),
    )
    for query in ("", "in:2026-03", "has:speaker", "has:date -y", "-kind:coding"):
        assert made.ids(query) == {"n"}, query
    for query in ("x in:2026-03", "speaker:ana", "person:ana"):
        assert made.ids(query) == {"n", "d", "c"}, query
    for query in ("is:review", "has:memo", "coder:m OR code:a", "is:surprise,review"):
        assert made.ids(query) == {"c"}, query


def test_parts_of_texts_never_come_before_an_entry_for_being_short(library: Make) -> None:
    words = " ".join(f"w{number}" for number in range(60))
    made = library(
        paragraph("d", 0, "price", start="2026-05-01"),
        coding("c", "price", "Other", start="2026-05-01"),
        entry("e", f"price {words}", start="2024-01-01"),
    )
    assert made.order("price")[0] == "e"
    assert made.order("price", sort="occurred")[2] == "e"


def test_a_word_said_weighs_more_than_the_name_of_a_code(library: Make) -> None:
    made = library(
        coding("named", "x", "Price", start="2026-05-01"),
        coding("both", "price", "Price", start="2025-05-01"),
        entry("e", "price " + " ".join(f"w{number}" for number in range(200)), start="2024-01-01"),
    )
    assert made.order("price") == ["both", "e", "named"]


def test_every_are_entries_alone(library: Make) -> None:
    made = library(paragraph("d", 0, "price", start="2026-05-01"), entry("e", "price"))
    assert made.search("price", every=10).every == ("e",)
    assert made.search("price", every=1).every == ("e",)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ('code:"Price talk" coder:M', "Everything coded with “Price talk” or a code below coded by “M”."),
        ("kind:coding,memo is:review", "Codings and memos waiting for a person since their text was corrected."),
        ("kind:document price", "Paragraphs of documents with a form of “price”."),
        ("has:memo,coding", "Everything with a memo about it or a coding."),
    ],
)
def test_what_is_asked_is_said(query: str, sentence: str) -> None:
    assert understand(query, now=NOW, vocab=VOCAB).explanation == sentence
