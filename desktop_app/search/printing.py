"""The canonical print of a query: what it prints parses to the same tree."""

from typing import assert_never

from desktop_app.model.queries import (
    And,
    Everything,
    Fuzzy,
    Has,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Within,
    Words,
    print_values,
)


def print_query(query: Query) -> str:
    """A query as text: alternatives in parentheses inside more, ``-`` for NOT, values quoted at need."""
    match query:
        case Everything():
            return ""
        case Words(text):
            return text
        case Phrase(text, slop):
            return f'"{text}"~{slop}' if slop else f'"{text}"'
        case Prefix(text):
            return f"{text}*"
        case Fuzzy(text):
            return f"{text}~"
        case Has(field, values):
            return f"{field}:{print_values(values)}"
        case Within(field, text):
            return f"{field}:{print_values([text])}"
        case Not(part):
            return f"-{_part(part)}"
        case And(parts):
            return " ".join(_part(part) if isinstance(part, Or) else print_query(part) for part in parts)
        case Or(parts):
            return " OR ".join(_part(part) for part in parts)
        case _ as never:
            assert_never(never)


def _part(query: Query) -> str:
    text = print_query(query)
    return f"({text})" if isinstance(query, And | Or) else text
