"""Help while typing: the field parts as chips, taking one out, and what may come next at a place."""

import re
from collections.abc import Callable, Iterable, Iterator

from desktop_app.model.queries import DATE_FIELDS, FIELDS, ID_FIELDS, Chip, Completion, print_values
from desktop_app.model.shapes import is_id
from desktop_app.search.errors import QueryError
from desktop_app.search.lexer import FIELD_NAMES, Mark, Token, lex, tidy
from desktop_app.search.names import QueryVocabulary
from desktop_app.text.tokens import fold

_LIMIT = 12
_MOST_NAMED = 4
_BEGUN = re.compile(
    r"-?(?:(?P<name>[^\W\d_][\w-]*):(?P<given>(?:\"[^\"]*\",|[^\s,()\"]+,)*)(?P<value>\"[^\"]*|[^\s,()\"]*)"
    r"|#(?P<tag>[^\s()\"]*)"
    r"|(?P<word>[^\W\d_][\w-]*))$"
)
_DATE_EXAMPLES = {
    "today": "the day it is",
    "yesterday": "the day before",
    "this week": "from Monday to Sunday",
    "last week": "the seven days before this week",
    "this month": "the month it is",
    "last month": "the month before",
    "this quarter": "the quarter it is",
    "last quarter": "the quarter before",
    "this year": "the year it is",
    "last year": "the year before",
}


def chips(text: str, name_of: Callable[[str], str] = lambda item: "") -> list[Chip]:
    """The field parts of a query that can be taken out one by one: none inside parentheses or beside an OR.

    A query that cannot be read has none. ``name_of`` is what the thing of an id is called, or empty.
    """
    try:
        tokens = lex(text)
    except QueryError:
        return []
    return list(_chips(text, tokens, name_of))


def _chips(text: str, tokens: list[Token], name_of: Callable[[str], str]) -> Iterator[Chip]:
    depth = 0
    marks = [token.mark for token in tokens]
    for at, token in enumerate(tokens):
        depth += {Mark.OPEN: 1, Mark.CLOSE: -1}.get(token.mark, 0)
        if token.mark != Mark.FIELD or depth:
            continue
        first = at
        while first and marks[first - 1] == Mark.NOT:
            first -= 1
        around = {*marks[max(first - 1, 0) : first], *marks[at + 1 : at + 2]}
        if around & {Mark.OR, Mark.AND}:
            continue
        start = tokens[first].start
        denied = (at - first) % 2 == 1
        label = f"{'not ' if denied else ''}{token.text}: {', '.join(_labels(token, name_of))}"
        yield Chip(text[start : token.end], start, token.end, label)


def _labels(token: Token, name_of: Callable[[str], str]) -> Iterator[str]:
    """What the values of a field are called; of many ids only the first, and how many more there are."""
    values = [value.text for value in token.values]
    named = values
    if token.text in ID_FIELDS and any(map(is_id, values)):
        named = values if len(values) <= _MOST_NAMED else values[: _MOST_NAMED - 1]
    for value in named:
        yield (name_of(value) or f"{value[:8]}…") if token.text in ID_FIELDS and is_id(value) else value
    if len(named) < len(values):
        yield f"+{len(values) - len(named)}"


def without(text: str, chip: Chip) -> str:
    """The query with a chip's part taken out."""
    return tidy(f"{text[: chip.start]} {text[chip.end :]}")


def complete(text: str, position: int, vocab: QueryVocabulary) -> list[Completion]:
    """What may stand at the cursor (``position`` in code points), the likeliest first, at most twelve.

    Field names for a word that begins like one, values after a colon or a comma, dates for a date field.
    """
    begun = _BEGUN.search(_line(text, position))
    if begun is None:
        return []
    if begun["word"] is not None:
        return _names(begun["word"], position)
    if begun["tag"] is not None:
        return _values("tag", begun["tag"], (), position, vocab)
    name = begun["name"].lower()
    if name in DATE_FIELDS:
        return _dates(begun["value"], position)
    if name not in FIELDS:
        return []
    given = re.findall(r'"([^"]*)",|([^\s,()"]+),', begun["given"])
    return _values(name, begun["value"], [quoted or bare for quoted, bare in given], position, vocab)


def _line(text: str, position: int) -> str:
    """The query up to the cursor, from where its last token may begin."""
    before = text[:position].translate({ord("“"): '"', ord("”"): '"'})
    return before if len(before) < 400 else before[-400:]


def _names(word: str, position: int) -> list[Completion]:
    meanings = {**FIELDS, **DATE_FIELDS}
    return [
        Completion(f"{name}:", position - len(word), position, meanings[name])
        for name in FIELD_NAMES
        if name.startswith(word.lower())
    ]


def _dates(typed: str, position: int) -> list[Completion]:
    start = position - len(typed)
    wanted = fold(typed.lstrip('"'))
    return [
        Completion(print_values([example]), start, position, note)
        for example, note in _DATE_EXAMPLES.items()
        if example.startswith(wanted)
    ][:_LIMIT]


def _values(field: str, typed: str, given: Iterable[str], position: int, vocab: QueryVocabulary) -> list[Completion]:
    start = position - len(typed)
    wanted = fold(typed.lstrip('"'))
    notes = vocab.closed(field)
    note = FIELDS[field]
    used = {fold(value) for value in given}
    names = [name for name in vocab.known(field) if fold(name) not in used]
    first = [name for name in names if fold(name).startswith(wanted)]
    inside = [name for name in names if name not in first and _word_begins(fold(name), wanted)]
    return [
        Completion(print_values([name]), start, position, notes[name] if notes else note)
        for name in (first + inside)[:_LIMIT]
    ]


def _word_begins(name: str, wanted: str) -> bool:
    return any(part.startswith(wanted) for part in re.split(r"[\s/-]+", name))
