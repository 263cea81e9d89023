"""Splitting a typed query into tokens with their places. Decides what a colon, a dash, a star or a tilde means there.

It knows which fields exist, not what their values mean. Whatever it cannot place is a :class:`QueryError`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from desktop_app.model.queries import DATE_FIELDS, FIELDS, writable
from desktop_app.search.errors import QueryError
from desktop_app.text.tokens import tokens

FIELD_NAMES = (*FIELDS, *DATE_FIELDS)


class Mark(StrEnum):
    """What a token is."""

    OPEN = "("
    CLOSE = ")"
    OR = "OR"
    AND = "AND"
    NOT = "NOT"
    WORD = "word"
    PHRASE = "phrase"
    PREFIX = "prefix"
    FUZZY = "fuzzy"
    FIELD = "field"


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a field as typed, without its quotes."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Token:
    """A token at ``[start, end)``. ``text`` is the word, the phrase or the field's name; ``slop`` that of a phrase."""

    mark: Mark
    start: int
    end: int
    text: str = ""
    slop: int = 0
    values: tuple[Value, ...] = ()


_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://(?=\w)[^\s\"“”]+")
_FIELD = re.compile(r"([^\W\d_][\w-]*):")
_CHUNK = re.compile(r"[^\s()\"“”|]+")
_BARE_VALUE = re.compile(r"[^\s,()\"“”|]+")
_SLOP = re.compile(r"~(\d{0,3})(?!\d)")
_TAG = re.compile(r"#(?=[^\W\d_])")
_EDGE = ",.;:!?…'‘’`"
_STOPS = re.compile(rf"[{re.escape(_EDGE)}–—]+")
_QUOTES = {'"': '"', "“": "”", "”": "”"}
_ANY_TEXT = (*DATE_FIELDS, "author", "confidence")
"""Fields whose values need no letter or digit: a confidence may be mistyped, and nobody has to be called by letters."""
_OPERATORS = {"OR": Mark.OR, "AND": Mark.AND, "NOT": Mark.NOT}


def searchable(text: str) -> bool:
    """Whether there is anything in a text that an index could hold."""
    return next(iter(tokens(text)), None) is not None


def lex(text: str) -> list[Token]:
    """The tokens of a query in order; raises :class:`QueryError` at the first thing that cannot be read."""
    return list(_Lexer(text).tokens())


class _Lexer:
    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0

    def tokens(self) -> Iterator[Token]:
        text = self.text
        while self.place < len(text):
            start, sign = self.place, text[self.place]
            if sign.isspace():
                self.place += 1
            elif sign in "()":
                self.place += 1
                yield Token(Mark(sign), start, self.place)
            elif sign == "|":
                self.place += 2 if text.startswith("||", start) else 1
                yield Token(Mark.OR, start, self.place)
            elif sign in _QUOTES:
                yield self._phrase()
            elif sign == "-":
                yield self._minus()
            elif stops := _STOPS.match(text, start):
                self.place = stops.end()
            else:
                yield self._chunk()

    def _error(self, message: str, start: int, end: int, instead: str | None = None) -> QueryError:
        """An error; ``instead`` stands for ``[start, end)`` in the suggestion, None leaves it without one."""
        suggestion = "" if instead is None else tidy(self.text[:start] + instead + self.text[end:])
        return QueryError(message, start, end, suggestion)

    def _quoted(self) -> str:
        """The text in quotes at this place, spaces tidied; moves past the closing quote."""
        start = self.place
        closing = _QUOTES[self.text[start]]
        ends = [at for at in (self.text.find(sign, start + 1) for sign in {closing, '"'}) if at >= 0]
        if not ends:
            raise self._error(
                "A quotation mark is opened here and not closed; add another one where the phrase ends.",
                start,
                len(self.text),
                self.text[start:].rstrip() + closing if searchable(self.text[start:]) else "",
            )
        self.place = min(ends) + 1
        return writable(self.text[start + 1 : self.place - 1])

    def _phrase(self) -> Token:
        start = self.place
        phrase = self._quoted()
        if not searchable(phrase):
            raise self._error("There is nothing to search for between these quotation marks.", start, self.place, "")
        slop = 0
        if near := _SLOP.match(self.text, self.place):
            if not near[1]:
                self.place = near.end()
                message = "A number is missing after ~: how many words may lie between, as in “~5”."
                raise self._error(message, start, self.place, self.text[start : near.start()] + "~5")
            slop, self.place = int(near[1]), near.end()
        elif self.text.startswith("*", self.place):
            message = "A * cannot follow a phrase; it stands at the end of a single word."
            raise self._error(message, self.place, self.place + 1, "")
        return Token(Mark.PHRASE, start, self.place, phrase, slop)

    def _minus(self) -> Token:
        start = self.place
        self.place += 1
        after = self.text[self.place : self.place + 1]
        if not after or after.isspace() or after in ")|":
            message = "This - excludes nothing; put it right before what shall not be found, or leave it out."
            raise self._error(message, start, self.place, "")
        return Token(Mark.NOT, start, self.place)

    def _chunk(self) -> Token:
        if address := _ADDRESS.match(self.text, self.place):
            return self._address(address)
        if _TAG.match(self.text, self.place):
            return self._field("tag", self.place, self.place + 1)
        if (name := _FIELD.match(self.text, self.place)) and (token := self._named(name)):
            return token
        return self._word()

    def _address(self, match: re.Match[str]) -> Token:
        """An address up to the next space, without a closing parenthesis or a point that belongs to the query."""
        address = match[0]
        while address.endswith(tuple(_EDGE)) or (address.endswith(")") and address.count(")") > address.count("(")):
            address = address[:-1]
        start = self.place
        self.place += len(address)
        token = Token(Mark.WORD, start, self.place, address)
        while self.text[self.place : self.place + 1] and self.text[self.place] in _EDGE:
            self.place += 1
        return token

    def _named(self, match: re.Match[str]) -> Token | None:
        """A field, or None where the colon is one of ordinary text (``note: bring``, ``Re:``)."""
        name, start, colon = match[1].lower(), match.start(), match.end()
        if name in FIELD_NAMES:
            return self._field(name, start, colon)
        empty = colon == len(self.text) or self.text[colon].isspace() or self.text[colon] in ")|"
        near = get_close_matches(name, FIELD_NAMES, 1, 0.72 if empty else 0.6)
        if empty and not near:
            return None
        chunk = _CHUNK.match(self.text, colon)
        end = chunk.end() if chunk else colon
        if near:
            instead = near[0] + ":" + self.text[colon:end]
            raise self._error(f"There is no field “{match[1]}:”; did you mean “{near[0]}:”?", start, end, instead)
        message = f"There is no field “{match[1]}:”; to search for these words, put them in quotation marks."
        raise self._error(message, start, end, f'"{self.text[start:end].rstrip(_EDGE)}"')

    def _field(self, name: str, start: int, values_start: int) -> Token:
        self.place = values_start
        values = [self._value(name, start)]
        while self.text.startswith(",", self.place):
            self.place += 1
            values.append(self._value(name, start))
        return Token(Mark.FIELD, start, self.place, name, values=tuple(values))

    def _value(self, name: str, start: int) -> Value:
        at = self.place
        if self.text[at : at + 1] in _QUOTES and at < len(self.text):
            text = self._quoted()
        else:
            bare = _BARE_VALUE.match(self.text, at)
            text = bare[0] if bare else ""
            self.place = bare.end() if bare else at
        if not text or not (searchable(text) or name in _ANY_TEXT or text == "*"):
            raise self._no_value(name, start, at)
        return Value(text, at, self.place)

    def _no_value(self, name: str, start: int, at: int) -> QueryError:
        what = {**FIELDS, **DATE_FIELDS}[name]
        if at > 0 and self.text[at - 1] == ",":
            after = self.text[self.place :].lstrip()
            joined = bool(_BARE_VALUE.match(after)) and self.text[at - 1 :].startswith((", ", ",\t"))
            instead = "," + after if joined else self.text[self.place :]
            suggestion = tidy(self.text[: at - 1] + instead)
            return QueryError("After the comma another value is missing.", at - 1, self.place, suggestion)
        rest = self.text[self.place :].lstrip()
        spaced = self.place == at and rest != self.text[at:] and (_BARE_VALUE.match(rest) or rest[:1] in _QUOTES)
        suggestion = tidy(self.text[:at] + rest) if spaced and rest else tidy(self.text[:start] + rest)
        return QueryError(f"Something is missing after “{name}:” ({what}).", start, max(at, self.place), suggestion)

    def _word(self) -> Token:
        chunk = _CHUNK.match(self.text, self.place)
        assert chunk is not None
        start, self.place = chunk.start(), chunk.end()
        typed = chunk[0]
        if typed in _OPERATORS:
            return Token(_OPERATORS[typed], start, self.place)
        word = typed.rstrip(_EDGE)
        if word in _OPERATORS:
            return Token(Mark.WORD, start, self.place, typed)
        if not searchable(word):
            raise self._error(f"“{typed}” has no letters or digits to search for.", start, self.place, "")
        if "*" in word:
            return self._prefix(word, start)
        if "~" in word:
            return self._fuzzy(word, start)
        return Token(Mark.WORD, start, self.place, word)

    def _prefix(self, word: str, start: int) -> Token:
        stem = word[:-1]
        if word.index("*") < len(word) - 1:
            kept = word[: word.index("*") + 1] if searchable(word[: word.index("*")]) else word.replace("*", "")
            raise self._error("A * can stand only at the end of a word, as in “pric*”.", start, self.place, kept)
        if len(list(tokens(stem))) > 1 and not _is_one_run(stem):
            raise self._error("A * can follow only a single word.", start, self.place, stem)
        return Token(Mark.PREFIX, start, self.place, stem)

    def _fuzzy(self, word: str, start: int) -> Token:
        stem = word[:-1]
        if word.index("~") < len(word) - 1:
            kept = word[: word.index("~") + 1] if searchable(word[: word.index("~")]) else word.replace("~", "")
            message = "A ~ stands at the end of a word and takes no number there, as in “pricing~”."
            raise self._error(message, start, self.place, kept)
        if len(list(tokens(stem))) > 1:
            raise self._error("A ~ can follow only a single word.", start, self.place, stem)
        return Token(Mark.FUZZY, start, self.place, stem)


def _is_one_run(text: str) -> bool:
    """Whether the letters of a text stand together: Chinese or Thai words are several tokens without a gap."""
    return all(sign.isalnum() or not sign.isascii() for sign in text)


def tidy(text: str) -> str:
    """A query without the spaces that taking a part out of it leaves."""
    return re.sub(r"(?<=\() +| +(?=\))", "", re.sub(r"\s+", " ", text)).strip()
