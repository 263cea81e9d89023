"""What was understood of a capture, in a few words: kind, who, when, scales, perspectives, tags, and what was not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from desktop_app.model.entries import EntryKind
from desktop_app.model.time import describe_recurrence, describe_short
from desktop_app.text.marks import SIGILS, MarkKind, marks_in, resolve
from desktop_app.ui.i18n import tr
from desktop_app.ui.widgets.capture_box.known import Known
from desktop_app.ui.widgets.capture_box.understanding import Understood
from desktop_app.ui.widgets.entry_cards import kind_name


@dataclass(frozen=True, slots=True)
class Piece:
    """One word or phrase of the line. ``role`` is ``muted``, ``strong``, ``faint`` or ``warning``; a perspective's
    piece has its mark before it and its question as ``note``."""

    text: str
    role: str = "muted"
    perspective: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """A date as it was typed and read: ``edtf`` or, where it cannot be read, the ``problem``; neither while asking."""

    typed: str = ""
    edtf: str = ""
    problem: str = ""
    horizon: bool = False


HINTS = ("#tag", "@person", "~scale", "^perspective", "!surprise", "=date", "“quote”", "> foresight")


def hint_pieces() -> list[Piece]:
    """The marks there are, for an empty box."""
    return [Piece(tr(hint), "faint") for hint in HINTS]


def pieces_of(understood: Understood, known: Known, when: When, now: datetime) -> list[Piece]:
    """What was understood, in the order it is read."""
    return [
        Piece(_kind(understood), "strong"),
        *_who(understood),
        *_when(understood, when, now),
        *(Piece(describe_recurrence(recurs)) for recurs in (understood.marked.recurs,) if recurs),
        *(Piece(known.scales.get(scale).short) for scale in understood.marked.scales),
        *(_perspective(known, term) for term in understood.marked.perspectives),
        *(Piece(f"#{tag}") for tag in understood.marked.tags),
    ]


def problems_of(text: str, understood: Understood, known: Known, when: When, typing: set[str]) -> list[Piece]:
    """What was not understood; a mark that is still being typed (one of ``typing``) is not told yet."""
    found = [Piece(_unknown(mark, known), "warning") for mark in understood.marked.unknown if mark not in typing]
    for unclear in understood.unclear:
        if not any(unclear.name in mark for mark in typing):
            names = tr(" or ").join(unclear.fitting[:3])
            found.append(Piece(tr("@{name} could be {names}", name=unclear.name, names=names), "warning"))
    if when.problem and when.typed == understood.marked.when and not any(when.typed in mark for mark in typing):
        found.append(Piece(tr("={typed} is no date", typed=when.typed), "warning", note=when.problem))
    return found


def marks_at(text: str, position: int) -> set[str]:
    """The marks, as typed, that the cursor touches."""
    return {text[mark.start : mark.end] for mark in marks_in(text) if mark.start < position <= mark.end}


def _kind(understood: Understood) -> str:
    name = kind_name(understood.marked.kind)
    return tr("{kind}, a surprise", kind=name) if understood.marked.surprise else name


def _who(understood: Understood) -> Iterator[Piece]:
    for name in (understood.speaker, *understood.also):
        if name:
            yield Piece(tr("{name} (new)", name=name) if name in understood.new else name)
    if understood.org:
        yield Piece(understood.org)


def _when(understood: Understood, when: When, now: datetime) -> Iterator[Piece]:
    typed = understood.marked.when
    if not typed:
        yield Piece(tr("now"))
    elif when.typed != typed or not (when.edtf or when.problem):
        yield Piece(f"{typed} …", "faint")
    elif when.edtf:
        words = describe_short(when.edtf, now)
        is_horizon = when.horizon and understood.marked.kind == EntryKind.FORESIGHT
        yield Piece(tr("by {when}", when=words.removeprefix("until ")) if is_horizon else words)


def _perspective(known: Known, term_id: str) -> Piece:
    term = known.perspectives.get(term_id)
    return Piece(term.short, perspective=term_id, note=term.question)


def _unknown(mark: str, known: Known) -> str:
    """One sentence about a mark that fits no term, or several."""
    kind = SIGILS[mark[0]]
    if kind is MarkKind.EVENT:
        return tr("{mark} is no mark: !surprise or !event", mark=mark)
    terms = known.scales if kind is MarkKind.SCALE else known.perspectives
    ids = tuple(term.id for term in terms)
    fitting = [name for name in ids if name.startswith(mark[1:].casefold())]
    if len(fitting) > 1 and resolve(mark[1:], ids) is None:
        return tr("{mark} could be {names}", mark=mark, names=tr(" or ").join(fitting))
    if kind is MarkKind.SCALE:
        return tr("{mark} is no time scale", mark=mark)
    return tr("{mark} is no perspective", mark=mark)
