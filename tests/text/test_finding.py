import pytest

from desktop_app.text.finding import (
    BrokenExpression,
    EmptySearch,
    SlowExpression,
    TooManyPlaces,
    expression_finder,
    line_test,
    word_finder,
)


def words(query: str, text: str) -> list[str]:
    def line(span: tuple[int, int]) -> tuple[int, int]:
        end = text.find("\n", span[0])
        return text.rfind("\n", 0, span[0]) + 1, len(text) if end < 0 else end

    return [text[start:end] for start, end in word_finder(query)(text, "A", line)]


def test_words_are_found_whole_and_folded() -> None:
    assert words("price", "The Price, prices and PRICE.") == ["Price", "PRICE"]
    assert words("etage", "À l’étage 🙂 étage") == ["étage", "étage"]


def test_all_words_must_stand_in_one_unit() -> None:
    assert words("price opaque", "The price was fair.\nOpaque price.\nSo opaque.") == ["Opaque", "price"]


def test_phrases_beginnings_and_alternatives() -> None:
    assert words('"the price"', "the price, price the") == ["the price"]
    assert words("opaq*", "opaque, opacity, Opaqueness") == ["opaque", "Opaqueness"]
    assert words("price OR cost", "cost and price") == ["cost", "price"]
    assert words('"the pri*"', "the price the cost") == ["the price"]


def test_scripts_without_spaces() -> None:
    assert words("値段", "この値段は高い。値段") == ["値段", "値段"]
    assert words("高", "高い値段、最高") == ["高", "高"]


@pytest.mark.parametrize("query", ["", "  ", "— !", '""', "OR"])
def test_nothing_to_look_for(query: str) -> None:
    if query == "OR":
        assert words(query, "one or two") == ["or"]
    else:
        with pytest.raises(EmptySearch, match="type a word"):
            word_finder(query)


def fits(expression: str, text: str) -> list[str]:
    return [text[start:end] for start, end in expression_finder(expression)(text, "A", lambda span: span)]


def test_expressions() -> None:
    assert fits(r"^q\d+", "Q1 one\nq22 two q3") == ["Q1", "q22"]
    assert fits("x*", "axxb") == ["xx"]


def test_expressions_that_cannot_be_used() -> None:
    with pytest.raises(BrokenExpression, match="no regular expression"):
        expression_finder("(")
    with pytest.raises(BrokenExpression, match="longer"):
        expression_finder("a" * 2000)
    with pytest.raises(EmptySearch):
        expression_finder(" ")
    with pytest.raises(TooManyPlaces, match="20,000 places of “A”"):
        fits("a", "a" * 20_001)


def test_an_expression_that_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.text.finding.SECONDS", 0.05)
    with pytest.raises(SlowExpression, match="takes too long on “A”"):
        fits(r"(a|aa)+[bc]", "a" * 100 + "d")


def test_many_texts_together_have_a_bound_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.text.finding.ALTOGETHER", 0.01)
    find = expression_finder(r"(a|aa)+[bc]")
    with pytest.raises(SlowExpression, match="on “B”"):
        find("a" * 100 + "d", "B", lambda span: span)


def test_lines_that_hold_words() -> None:
    assert line_test("price again")("2. The Price, again")
    assert not line_test("again")("The Price")
    assert line_test(r"^question \d", regex=True)("Question 3: what then")
    with pytest.raises(EmptySearch):
        line_test(" — ")
