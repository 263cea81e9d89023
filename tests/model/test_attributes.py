import pytest

from desktop_app.model.attributes import VariableFields, VariableType, guessed_type, shown
from desktop_app.model.errors import Invalid


@pytest.mark.parametrize(
    ("values", "guess"),
    [
        (["1", "-20", ""], "integer"),
        (["1", "0.50", "41.14961"], "number"),
        (["1.200", "35.000"], "text"),
        (["1.200", "0.125"], "number"),
        (["1,5", "2"], "text"),
        (["007", "12"], "text"),
        (["+49", "12"], "text"),
        (["12345678901234567890"], "text"),
        (["0.1234567890123456"], "text"),
        (["Yes", "no"], "boolean"),
        (["2026-03-14", "2025-02-28"], "date"),
        (["2026-02-30"], "text"),
        (["20260314", "x"], "text"),
        (["", " "], "text"),
        ([], "text"),
    ],
)
def test_a_guess_loses_nothing(values: list[str], guess: str) -> None:
    found = guessed_type(values)
    assert found == VariableType(guess)
    fields = VariableFields("A", found)
    for text in filter(str.strip, values):
        value = fields.value(text)
        again = fields.value(shown(value))
        assert again == value
        if found in (VariableType.TEXT, VariableType.INTEGER, VariableType.DATE):
            assert shown(value) == text


@pytest.mark.parametrize(
    ("type_", "typed", "value"),
    [
        ("integer", " 12 ", 12),
        ("integer", "3.0", 3),
        ("integer", "12345678901234567", 12345678901234567),
        ("number", "3,5", 3.5),
        ("boolean", "YES", True),
        ("date", "2026-03-14", "2026-03-14"),
        ("text", " a b ", "a b"),
    ],
)
def test_values_as_typed(type_: str, typed: str, value: object) -> None:
    assert VariableFields("A", type_).value(typed) == value


@pytest.mark.parametrize(
    ("type_", "typed"),
    [("integer", "3.5"), ("integer", "x"), ("number", "nan"), ("number", "inf"), ("boolean", "maybe"), ("date", "May")],
)
def test_values_that_are_none(type_: str, typed: str) -> None:
    with pytest.raises(Invalid, match="for A; write"):
        VariableFields("A", type_).value(typed)


def test_only_the_choices() -> None:
    fields = VariableFields(" Wave ", choices=("first", " second ", "")).checked()
    assert (fields.name, fields.choices) == ("Wave", ("first", "second"))
    with pytest.raises(Invalid, match="use one of first, second"):
        fields.value("third")


def test_numbers_are_shown_whole() -> None:
    assert [shown(value) for value in (1234567.5, 3.0, 0.1, True, None, 12)] == [
        "1234567.5",
        "3",
        "0.1",
        "yes",
        "",
        "12",
    ]
