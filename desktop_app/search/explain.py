"""One sentence in plain English for every query: what it finds, with nothing left out and nothing nested wrongly.

A query is told as a noun (what kind of thing), then a clause for each condition. Conditions on words share one "with";
alternatives of one sort share their opening ("with a form of “onboarding” or of “price”").
"""

from collections.abc import Sequence
from itertools import islice
from typing import assert_never

from desktop_app.model.queries import (
    HAS_VALUES,
    ID_FIELDS,
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
)
from desktop_app.model.shapes import is_id
from desktop_app.model.time import OPEN_END, OPEN_START, describe
from desktop_app.search.names import QueryVocabulary
from desktop_app.text.tokens import tokens

_KINDS = {
    "note": "notes",
    "quote": "quotes",
    "event": "events",
    "foresight": "foresights",
    "document": "paragraphs of documents",
    "coding": "codings",
    "memo": "memos",
    "code": "codes",
    "person": "people",
    "question": "questions",
    "series": "series of numbers",
}
_STATES = {
    "surprise": "that came as a surprise",
    "open": "still open",
    "resolved": "that were resolved",
    "due": "past their horizon and not resolved",
    "edited": "changed after they were written",
    "untagged": "without a tag",
    "undated": "without a date",
    "review": "waiting for a person since their text was corrected",
    "conflicting": "with conflicts to be settled",
    "answered": "answered",
    "unanswered": "not answered yet",
}
_OUTCOMES = {"yes": "that came about", "partly": "that came about in part", "no": "that did not come about"}
_RELATIONS = {
    "linked": "linked to",
    "explains": "explaining",
    "supports": "supporting",
    "contradicts": "contradicting",
}
_MOST_NAMED = 4
_DATE_OPENINGS = {
    "in": "of",
    "on": "of",
    "added": "written down in",
    "edited": "last edited in",
    "due": "due in",
    "resolved": "resolved in",
}


def explain(query: Query, vocab: QueryVocabulary) -> str:
    """The sentence, with a capital letter and a full stop."""
    sentence = _Teller(vocab).sentence(query)
    return f"{sentence[0].upper()}{sentence[1:]}."


class _Teller:
    def __init__(self, vocab: QueryVocabulary) -> None:
        self.vocab = vocab

    def sentence(self, query: Query) -> str:
        if isinstance(query, Everything):
            return "everything, newest first"
        parts = list(query.parts) if isinstance(query, And) else [query]
        shown = [part for part in parts if isinstance(part, Has) and part.field == "metric"]
        rest = [part for part in parts if part not in shown]
        kind = next((part for part in rest if isinstance(part, Has) and part.field == "kind"), None)
        noun = _list([_KINDS.get(value, value) for value in kind.values], "and") if kind else "everything"
        clauses = self.clauses([part for part in rest if part is not kind])
        sentence = f"{noun} {clauses}".rstrip()
        if shown:
            names = _list([_quoted(name) for part in shown for name in part.values], "and")
            sentence += f", beside the series {names}"
        return sentence

    def clauses(self, parts: Sequence[Query]) -> str:
        """All of these, as one clause: dates first, then fields, then words, then what is excluded."""
        dates = [part for part in parts if isinstance(part, Within)]
        fields = [part for part in parts if isinstance(part, Has)]
        texts = [part for part in parts if _is_text(part)]
        denied = [part for part in parts if isinstance(part, Not)]
        others = [part for part in parts if part not in (*dates, *fields, *texts, *denied)]
        told = [*_dates(dates), *(self.clause(part) for part in fields)]
        if texts:
            told.append("with " + _list([self.words(part) for part in texts], "and"))
        told += [self.clause(part) for part in others]
        without = [part.part for part in denied if _is_text(part.part)]
        if without:
            told.append("without " + _list([self.words(part) for part in without], "and without"))
        told += [self.clause(part) for part in denied if not _is_text(part.part)]
        return _sequence(told)

    def clause(self, query: Query) -> str:
        """One condition as words that follow a noun."""
        match query:
            case Everything():
                return "of any kind"
            case Has(field, values):
                return self.field(field, values)
            case Within():
                return _date(query)
            case Not(part):
                return self.denial(part)
            case And(parts):
                return f"({self.clauses(parts)})"
            case Or(parts):
                return self.alternatives(parts)
            case Words() | Phrase() | Prefix() | Fuzzy():
                return f"with {self.words(query)}"
            case _ as never:
                assert_never(never)

    def alternatives(self, parts: Sequence[Query]) -> str:
        texts = [part for part in parts if _is_text(part)]
        if len(texts) == len(parts):
            return f"with {self.words(Or(tuple(parts)))}"
        return f"either {_list([self.clause(part) for part in parts], 'or')}"

    def denial(self, part: Query) -> str:
        if _is_text(part):
            return f"without {self.words(part)}"
        if isinstance(part, Has) and part.field == "has":
            return f"without {_list([HAS_VALUES.get(value, value) for value in part.values], 'or')}"
        if isinstance(part, Or):
            return f"neither {_list([self.clause(inner) for inner in part.parts], 'nor')}"
        return f"not {self.clause(part)}"

    def words(self, query: Query) -> str:
        """A condition on words as a thing that something is "with"."""
        match query:
            case Words(text):
                return f"a form of {_quoted(text)}" if _is_one_word(text) else f"the text {_quoted(text)}"
            case Phrase(text, 0):
                return f"the phrase {_quoted(text)}" if " " in text else f"exactly {_quoted(text)}"
            case Phrase(text, slop):
                return f"the words {_quoted(text)} at most {slop} {'word' if slop == 1 else 'words'} apart"
            case Prefix(text):
                return f"a word that begins with {_quoted(text)}"
            case Fuzzy(text):
                return f"a word spelt like {_quoted(text)}"
            case Or(parts):
                return self.either_words(parts)
            case _:
                return self.clause(query)

    def either_words(self, parts: Sequence[Query]) -> str:
        told = [self.words(part) for part in parts]
        for opening in ("a form of ", "a word that begins with ", "a word spelt like "):
            if all(isinstance(part, Words | Prefix | Fuzzy) for part in parts) and all(
                text.startswith(opening) for text in told
            ):
                short = [text.removeprefix(opening) for text in told]
                joint = " or of " if opening == "a form of " else " or "
                return opening + joint.join([", ".join(short[:-1]), short[-1]])
        return _list(told, "or")

    def field(self, field: str, values: Sequence[str]) -> str:
        names = self.names(field, values)
        match field:
            case "kind":
                return f"of kind {_list(names, 'or')}"
            case "perspective":
                return f"seen as {_list(names, 'or')}"
            case "scale":
                return f"moving by the {_list(names, 'or')}"
            case "tag":
                return f"tagged {_list([f'#{value}' for value in values], 'or')}"
            case "speaker":
                return f"said by {_list(names, 'or')}"
            case "person":
                return f"about or by {_list(names, 'or')}"
            case "org":
                return f"from {_list(names, 'or')}"
            case "channel":
                return f"heard through {_list(names, 'or')}"
            case "code":
                return f"coded with {_list(names, 'or')} or a code below"
            case "coder":
                return f"coded by {_list(names, 'or')}"
            case "stage":
                return f"said by {_list([_with_article(name) for name in names], 'or')}"
            case "has":
                return f"with {_list([HAS_VALUES.get(value, value) for value in values], 'or')}"
            case "is":
                return _list([_STATES.get(value, value) for value in values], "or")
            case "author":
                return f"written down by {_list(names, 'or')}"
            case "act":
                return f"in which we {_list(names, 'or')}"
            case "outcome":
                return _list([_OUTCOMES.get(value, value) for value in values], "or")
            case "confidence":
                return f"with a confidence of {_list([_confidence(value) for value in values], 'or')}"
            case "id":
                return f"being {_list(names, 'or')}"
            case "question":
                return f"as evidence of {_list(names, 'or')}"
            case "linked" | "explains" | "supports" | "contradicts":
                return f"{_RELATIONS[field]} {_list(names, 'or')}"
            case _:
                return f"with {field} {_list(names, 'or')}"

    def names(self, field: str, values: Sequence[str]) -> list[str]:
        """What the values are called; of many things only the first, and how many more there are."""
        if field in ID_FIELDS and len(values) > _MOST_NAMED:
            shown = [self.name(field, value) for value in values[: _MOST_NAMED - 1]]
            return [*shown, f"{len(values) - len(shown)} others"]
        return [self.name(field, value) for value in values]

    def name(self, field: str, value: str) -> str:
        if field in ID_FIELDS and is_id(value):
            name = self.vocab.name_of(value)
            told = _quoted(name) if name else f"{value[:8]}…"
            return f"the question {told}" if field == "question" else told
        if field == "question":
            return f"a question with {_quoted(value)}"
        if field == "perspective":
            return self.vocab.perspectives.get(value).short
        if field == "scale":
            return self.vocab.scales.get(value).short
        if self.vocab.closed(field) is not None:
            return value
        return _quoted(value)


def _is_text(query: Query) -> bool:
    return isinstance(query, Words | Phrase | Prefix | Fuzzy) or (
        isinstance(query, Or) and all(_is_text(part) for part in query.parts)
    )


def _is_one_word(text: str) -> bool:
    return len(list(islice(tokens(text), 2))) == 1


def _dates(parts: Sequence[Within]) -> list[str]:
    """A clause for each date field, a beginning and an end together as one."""
    if [part.field for part in parts] == ["from", "to"] and parts[0].start != OPEN_START and parts[1].end != OPEN_END:
        return [f"from {_side(parts[0].edtf, last=False)} to {_side(parts[1].edtf, last=True)}"]
    return [_date(part) for part in parts]


def _date(part: Within) -> str:
    """A date field in words; ``from`` and ``to`` name only the side that counts."""
    if part.field == "from":
        return "of any time" if part.start == OPEN_START else f"from {_side(part.edtf, last=False)} on"
    if part.field == "to":
        return "of any time" if part.end == OPEN_END else f"up to {_side(part.edtf, last=True)}"
    words = _stretch(part.edtf)
    opening = _DATE_OPENINGS[part.field]
    if words.startswith(("since ", "until ", "from ", "any time")):
        return words if opening == "of" and not words.startswith("any") else f"{opening.removesuffix(' in')} {words}"
    if opening != "of" and part.edtf[10:] == "" and len(part.edtf) == 10:
        opening = opening.removesuffix("in") + "on"
    if opening != "of" and "/" in part.edtf:
        opening = opening.removesuffix("in") + "from"
    return f"{opening} {words}"


def _stretch(edtf: str) -> str:
    """Words for a stretch after "of": a quarter by its months, as nobody has to count them."""
    words = f"{_QUARTERS[edtf[5:]][0]} to {_QUARTERS[edtf[5:]][1]} {edtf[:4]}" if _is_quarter(edtf) else describe(edtf)
    return words.replace("–", " to ") if edtf.count("/") == 1 and " – " not in words else words


def _side(edtf: str, last: bool) -> str:
    """Words for the first or the last of a stretch, a quarter being its first or last month."""
    side = edtf.split("/")[-1 if last else 0]
    return f"{_QUARTERS[side[5:]][last]} {side[:4]}" if _is_quarter(side) else describe(side)


_QUARTERS = {
    "33": ("January", "March"),
    "34": ("April", "June"),
    "35": ("July", "September"),
    "36": ("October", "December"),
}


def _is_quarter(edtf: str) -> bool:
    return len(edtf) == 7 and edtf[5:] in _QUARTERS


def _confidence(value: str) -> str:
    low, dots, high = value.partition("..")
    if not dots:
        return value
    return f"{low} to {high}" if low and high else f"{low} or more" if low else f"{high} or less"


def _with_article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _quoted(text: str) -> str:
    return f"“{text}”"


def _list(items: Sequence[str], joint: str) -> str:
    """``a``, ``a or b``, ``a, b or c``."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {joint} {items[-1]}"


def _sequence(clauses: Sequence[str]) -> str:
    """Clauses one after another; a comma keeps longer ones apart."""
    return (", " if len(clauses) > 2 else " ").join(clauses)
