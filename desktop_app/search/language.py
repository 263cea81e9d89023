"""The query language: a typed query becomes a tree, its canonical print and one sentence, or a :class:`QueryError`.

Words are joined by AND. ``OR`` joins its two neighbours and binds tighter than the joining, as in web search, so that
``kind:quote price OR invoice`` asks for quotes with either word; parentheses say otherwise. Nothing is misread in
silence: what the grammar has no place for is an error that names the nearest right query.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from difflib import get_close_matches
from itertools import islice
from re import findall, finditer, fullmatch, sub

from desktop_app.model.entries import tag
from desktop_app.model.errors import Invalid
from desktop_app.model.queries import (
    DATE_FIELDS,
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
    print_values,
)
from desktop_app.model.time import BadDate, parse_when
from desktop_app.search.errors import QueryError
from desktop_app.search.explain import explain
from desktop_app.search.lexer import Mark, Token, Value, lex, tidy
from desktop_app.search.names import QueryVocabulary, meant
from desktop_app.search.printing import print_query

_DEEPEST = 30
_LONGEST = 4000
_LONGEST_OF_IDS = 40_000
_IN_LIST = r",[0-9a-z]{26}(?=[,\s)]|$)"
"""Ids of a list after its first one."""
_REPAIRS = 5


def understand(text: str, *, now: datetime, vocab: QueryVocabulary) -> Understood:
    """A query as understood. ``now`` is the local time that relative dates count from. Raises :class:`QueryError`."""
    try:
        query = _read(text, now, vocab)
    except QueryError as error:
        raise _with_sound_suggestion(error, now, vocab) from None
    return Understood(query, print_query(query), explain(query, vocab))


def joined(texts: Iterable[str], *, now: datetime, vocab: QueryVocabulary) -> str:
    """The canonical print of all these queries at once: empty ones left out, equal parts told once.

    Raises :class:`QueryError` like :func:`understand`, also where together they are longer than a query may be.
    """
    parts = [part for text in texts for part in _conditions(understand(text, now=now, vocab=vocab).query)]
    query = _joined(list(dict.fromkeys(parts))) if parts else Everything()
    return understand(print_query(query), now=now, vocab=vocab).text


def _conditions(query: Query) -> tuple[Query, ...]:
    if isinstance(query, Everything):
        return ()
    return query.parts if isinstance(query, And) else (query,)


def metric_names(query: Query) -> tuple[str, ...]:
    """The series that ``metric:`` names, by id or name."""
    parts = query.parts if isinstance(query, And) else (query,)
    return tuple(name for part in parts if isinstance(part, Has) and part.field == "metric" for name in part.values)


def _read(text: str, now: datetime, vocab: QueryVocabulary) -> Query:
    # Hundreds of ids are read and found as quickly as one word; as many words are not.
    if len(text) > _LONGEST and (len(text) > _LONGEST_OF_IDS or len(sub(_IN_LIST, "", text)) > _LONGEST):
        raise QueryError(f"This query is longer than {_LONGEST} characters; shorten it.", 0, len(text))
    return _Parser(text, lex(text), now, vocab).read()


def _with_sound_suggestion(error: QueryError, now: datetime, vocab: QueryVocabulary) -> QueryError:
    """The same error with a suggestion that can itself be read: further errors in it are mended in turn."""
    suggestion = error.suggestion
    for _ in range(_REPAIRS):
        if not suggestion:
            break
        try:
            _read(suggestion, now, vocab)
        except QueryError as further:
            suggestion = further.suggestion
        else:
            return QueryError(str(error), error.start, error.end, suggestion)
    return QueryError(str(error), error.start, error.end)


class _Parser:
    def __init__(self, text: str, tokens: Sequence[Token], now: datetime, vocab: QueryVocabulary) -> None:
        self.text = text
        self.tokens = tokens
        self.at = 0
        self.depth = 0
        self.now = now
        self.vocab = vocab

    # --- the grammar --------------------------------------------------------------------------------------------------

    def read(self) -> Query:
        if not self.tokens:
            if self.text.strip():
                raise self._error("There are no words in this query to search for.", 0, len(self.text), "")
            return Everything()
        query = self._joined()
        if token := self._next():
            raise self._error("This parenthesis closes nothing; leave it out.", token.start, token.end, "")
        return query

    def _joined(self) -> Query:
        """Alternatives one after another: all of them."""
        parts = [self._alternatives()]
        while (token := self._next()) and token.mark != Mark.CLOSE:
            if token.mark == Mark.AND:
                self.at += 1
                self._expect_part(token)
            parts.append(self._alternatives())
        return _joined(parts)

    def _alternatives(self) -> Query:
        first = self._next()
        parts = [self._part()]
        while (token := self._next()) and token.mark == Mark.OR:
            self.at += 1
            self._expect_part(token)
            parts.append(self._part())
        if len(parts) > 1 and first:
            self._refuse_metric(parts, first, "stand between alternatives")
        return _either(parts)

    def _part(self) -> Query:
        token = self._next()
        assert token is not None
        self.at += 1
        if token.mark in (Mark.OR, Mark.AND):
            message = f"There is nothing before this {self._typed(token)}; put a word on either side of it."
            raise self._error(message, token.start, token.end, "")
        if token.mark == Mark.NOT:
            return self._negated(token)
        if token.mark == Mark.OPEN:
            return self._group(token)
        if token.mark == Mark.CLOSE:
            raise self._error("This parenthesis closes nothing; leave it out.", token.start, token.end, "")
        return self._leaf(token)

    def _negated(self, token: Token) -> Query:
        self._expect_part(token)
        self._deeper(token)
        part = self._part()
        self.depth -= 1
        self._refuse_metric([part], token, "be excluded")
        return part.part if isinstance(part, Not) else Not(part)

    def _group(self, opening: Token) -> Query:
        following = self._next()
        if following and following.mark == Mark.CLOSE:
            message = "There is nothing between these parentheses; leave them out."
            raise self._error(message, opening.start, following.end, "")
        if not following:
            message = "A parenthesis is opened here and not closed; go on typing, or leave it out."
            raise self._error(message, opening.start, opening.end, "")
        self._deeper(opening)
        query = self._joined()
        self.depth -= 1
        if not self._next():
            message = "A parenthesis is opened here and not closed; add another one where the group ends."
            suggestion = f"{self.text.rstrip()})"
            raise QueryError(message, opening.start, opening.end, suggestion)
        self.at += 1
        return query

    def _leaf(self, token: Token) -> Query:
        match token.mark:
            case Mark.WORD:
                return Words(token.text)
            case Mark.PHRASE:
                return Phrase(token.text, token.slop)
            case Mark.PREFIX:
                return Prefix(token.text)
            case Mark.FUZZY:
                return Fuzzy(token.text)
            case _:
                return self._dated(token) if token.text in DATE_FIELDS else self._valued(token)

    # --- fields -------------------------------------------------------------------------------------------------------

    def _dated(self, token: Token) -> Query:
        if len(token.values) > 1 and token.text in ("from", "to"):
            start, end = token.values[0].end, token.end
            raise self._error(f"“{token.text}:” takes one date.", start, end, "")
        return _either([self._stretch(token, value) for value in token.values])

    def _stretch(self, token: Token, value: Value) -> Query:
        try:
            when = parse_when(value.text, self.now)
        except BadDate as error:
            raise self._bad_date(value, error) from None
        return Within(token.text, value.text, when.edtf, when.start, when.end)

    def _bad_date(self, value: Value, error: BadDate) -> QueryError:
        """The error, suggesting the date with the words after it, spelt right, or cut to what is right in it."""
        for candidate, end in (*_longer(self.text, value), *((text, value.end) for text in _respelt(value.text))):
            try:
                parse_when(candidate, self.now)
            except BadDate:
                continue
            suggestion = tidy(self.text[: value.start] + print_values([candidate]) + self.text[end:])
            message = f"“{error.parts['text']}” is not a date that can be read: {error.parts['why']}."
            return QueryError(message, value.start, value.end, suggestion)
        return QueryError(str(error), value.start, value.end)

    def _valued(self, token: Token) -> Query:
        values = dict.fromkeys(self._value(token.text, value) for value in token.values)
        return Has(token.text, tuple(values))

    def _value(self, field: str, value: Value) -> str:
        if field != "tag":
            found = meant(field, value.text, self.vocab)
            if found.refusal:
                instead = print_values([found.value]) if found.value else None
                raise self._error(found.refusal, value.start, value.end, instead)
            return found.value
        try:
            return tag(value.text)
        except Invalid as error:
            raise self._error(str(error), value.start, value.end, None) from None

    # --- errors -------------------------------------------------------------------------------------------------------

    def _next(self) -> Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _typed(self, token: Token) -> str:
        return self.text[token.start : token.end]

    def _error(self, message: str, start: int, end: int, instead: str | None) -> QueryError:
        """An error; ``instead`` stands for ``[start, end)`` in the suggestion; None leaves it without one."""
        suggestion = "" if instead is None else tidy(self.text[:start] + instead + self.text[end:])
        return QueryError(message, start, end, suggestion)

    def _expect_part(self, operator: Token) -> None:
        token = self._next()
        if token is None or token.mark in (Mark.CLOSE, Mark.OR, Mark.AND):
            message = f"Something is missing after this {self._typed(operator)}."
            raise self._error(message, operator.start, operator.end, "")

    def _deeper(self, token: Token) -> None:
        self.depth += 1
        if self.depth > _DEEPEST:
            message = f"This query is nested more than {_DEEPEST} levels deep; make it flatter."
            raise QueryError(message, token.start, token.end)

    def _refuse_metric(self, parts: Sequence[Query], first: Token, what: str) -> None:
        if not any(isinstance(leaf, Has) and leaf.field == "metric" for part in parts for leaf in leaves(part)):
            return
        end = self.tokens[self.at - 1].end
        message = f"“metric:” only chooses the series shown beside the hits, so it cannot {what}; put it on its own."
        raise self._error(message, first.start, end, None)


def leaves(query: Query) -> Iterator[Query]:
    """Every part of a query that has no parts itself."""
    match query:
        case And(parts) | Or(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part):
            yield from leaves(part)
        case _:
            yield query


def _joined(parts: Sequence[Query]) -> Query:
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, And) else (part,))]
    return flat[0] if len(flat) == 1 else And(tuple(flat))


def _either(parts: Sequence[Query]) -> Query:
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, Or) else (part,))]
    return flat[0] if len(flat) == 1 else Or(tuple(flat))


def _longer(text: str, value: Value) -> Iterator[tuple[str, int]]:
    """A value without quotes together with the next words, and where these end, for ``from:last monday``."""
    if text[value.start] in '"“':
        return
    for following in islice(finditer(r"[^\s()\"“”|]+", text[value.end :]), 3):
        end = value.end + following.end()
        yield " ".join(text[value.start : end].split()), end


def _respelt(text: str) -> Iterator[str]:
    """Dates near a broken one: words spelt right, a part out of range brought back into it, or left out."""
    words = findall(r"[^\W\d_]+", text.lower())
    spelt = text.lower()
    for word in words:
        if near := get_close_matches(word, _DATE_WORDS, 1, 0.7):
            spelt = sub(rf"\b{word}\b", near[0], spelt)
    yield spelt
    if match := fullmatch(r"(\d{4})\D+(?:[qQ]\D*)?(\d+)(?:\D.*)?", text.strip()):
        year, part = match[1], int(match[2])
        yield f"{year}-Q{min(max(part, 1), 4)}" if "q" in text.lower() else f"{year}-{min(max(part, 1), 12):02}"
    if match := fullmatch(r"(\d{4}-\d\d)-\d+", text.strip()):
        yield match[1]
    if years := findall(r"\b\d{4}\b", text):
        yield years[0]


_DATE_WORDS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday",
    "last", "this", "next", "week", "month", "quarter", "year", "spring", "summer", "autumn", "winter", "since",
    "until", "days", "weeks", "months", "years", "ago",
)  # fmt: skip
