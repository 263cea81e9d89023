"""Questions and pieces of evidence as rows and words."""

from collections.abc import Iterable, Sequence

from desktop_app.model.briefs import Asked
from desktop_app.model.links import End, Relation
from desktop_app.model.metrics import Series
from desktop_app.model.numbers import figure
from desktop_app.model.questions import Amount, Option, Piece, Question
from desktop_app.model.time import describe
from desktop_app.ui.i18n import tr
from desktop_app.ui.lenses.why.telling import stretch_words
from desktop_app.ui.widgets import Row

OWN, ASKED = "own", "asked"
LONGEST = 300
"""Characters of a piece that are told."""


def rows(found: Sequence[Asked], whose: str, typed: str) -> list[Row]:
    """Questions under “open” and “answered”; ``whose``: all of them, our own, or those that were asked of us."""
    words = typed.casefold().split()
    fits = [
        one.question
        for one in found
        if (not whose or bool(one.question.fields.asker) == (whose == ASKED))
        and all(word in f"{one.question.fields.text} {one.question.asker_name}".casefold() for word in words)
    ]
    made: list[Row] = []
    for name, part in (
        (tr("Open"), [one for one in fits if one.is_open]),
        (tr("Answered"), [one for one in fits if not one.is_open]),
    ):
        if part:
            made.append(Row(f"section:{name}", name, kind="section"))
            made.extend(_row(one) for one in part)
    return made


def _row(question: Question) -> Row:
    counts = tr(
        "{for_} for · {against} against · {undecided} undecided",
        for_=question.supporting,
        against=question.contradicting,
        undecided=question.undecided,
    )
    meta = " · ".join(part for part in (question.asker_name, counts) if part)
    return Row(question.id, question.fields.text, meta)


def state_words(question: Question) -> str:
    fields = question.fields
    parts = [
        tr("Open") if question.is_open else tr("Answered {date}", date=describe(fields.answered)),
        tr("asked by {name}", name=question.asker_name) if question.asker_name else tr("our own"),
        describe(fields.asked) if fields.asked else "",
        tr("to be asked: {name}", name=question.whom_name) if question.whom_name else "",
    ]
    return " · ".join(part for part in parts if part)


def piece_rows(pieces: Iterable[Piece], relation: str) -> list[Row]:
    return [Row(one.link, _words(one), _about(one)) for one in pieces if one.relation == relation]


def piece_words(piece: Piece) -> str:
    """A piece in one line, for where there is room."""
    return f"{_words(piece, full=True)} – {_about(piece)}"


def _words(piece: Piece, *, full: bool = False) -> str:
    """As in every other list the title of an entry, or its first line; ``full`` are its own words. Of a coding always
    the words that it lies on."""
    if piece.kind == "series":
        return f"{piece.heading}: {figure(piece.then, piece.unit)}"
    said = (piece.text or piece.heading) if full or piece.kind == "coding" else (piece.heading or piece.text)
    words = " ".join((said or tr("(no words)")).split())[:LONGEST]
    is_quote = piece.kind == "coding" or piece.entry_kind == "quote"
    return f"“{words}”" if is_quote and not words.startswith(("“", '"')) else words


def _about(piece: Piece) -> str:
    """Who said it, what it is, when and on which basis; of numbers whether they were restated."""
    parts = [piece.speaker, tr(piece.entry_kind or piece.kind)]
    if piece.kind == "series":
        parts.append(stretch_words(piece.start, piece.end))
        if piece.is_restated:
            parts.append(tr("restated: now {value}", value=figure(piece.now, piece.unit)))
    elif piece.occurred:
        parts.append(describe(piece.occurred))
    parts.append(tr(piece.basis) if piece.basis else "")
    if piece.confidence is not None:
        parts.append(tr("{percent} % sure", percent=round(piece.confidence * 100)))
    if piece.outcome is not None:
        parts.append(tr(piece.outcome.result))
    return " · ".join(part for part in parts if part)


def stretch_figure(series: Series, end: End) -> str:
    """What a stretch of a series comes to, as it stood when it was taken."""
    return _total_words(series.label, end.start, end.end, end.then, series.unit)


def amount_words(amount: Amount, name: str) -> str:
    """The total of a stretch of the series of that name."""
    return _total_words(name, amount.start, amount.end, amount.value, amount.unit)


def _total_words(name: str, start: str, end: str, value: float | None, unit: str) -> str:
    when = stretch_words(start, end)
    if value is None:
        return tr("{name}, {when}: there is no total", name=name, when=when)
    return tr("{name}, {when}: {value}", name=name, when=when, value=figure(value, unit))


def option_words(option: Option, total: float | None, ratio: float | None) -> str:
    gained, spent = option.gained, option.spent
    return tr(
        "{name}: gained {gained}, spent {spent}; gained − spent {total}, gained / spent {ratio}",
        name=option.name,
        gained=figure(gained.value, gained.unit) if gained else "–",
        spent=figure(spent.value, spent.unit) if spent else "–",
        total=figure(total, gained.unit if gained else ""),
        ratio=figure(ratio, ""),
    )


SIDES = (
    (Relation.SUPPORTS, "For", "1"),
    (Relation.CONTRADICTS, "Against", "2"),
    (Relation.MENTIONS, "Undecided", "3"),
)
