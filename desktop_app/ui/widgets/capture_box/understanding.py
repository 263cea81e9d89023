"""From the text of a capture to the entry it makes. Pure: the same text and the same names give the same draft."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop_app.model.entries import EntryDraft, EntryKind
from desktop_app.model.errors import Ambiguous
from desktop_app.model.time import parse_when
from desktop_app.text.marks import Marked, parse_marks
from desktop_app.ui.widgets.capture_box.known import Known


@dataclass(frozen=True, slots=True)
class Unclear:
    """A name that fits several people."""

    name: str
    fitting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Understood:
    """A capture as it was understood. ``new`` are the names among speaker and ``also`` that nobody here has yet.

    The first person is the speaker; ``also`` are further ones, who stay in the text by name.
    """

    marked: Marked
    speaker: str = ""
    org: str = ""
    also: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    unclear: tuple[Unclear, ...] = ()


def understand(text: str, known: Known) -> Understood:
    """Takes the marks out of ``text`` and finds the people and organisations they name."""
    marked = parse_marks(
        text, scales=[term.id for term in known.scales], perspectives=[term.id for term in known.perspectives]
    )
    people: list[str] = []
    orgs: list[str] = []
    new: list[str] = []
    unclear: list[Unclear] = []
    for typed in marked.people:
        person, org = _fitting(typed, known.people), _fitting(typed, known.organisations)
        if len(person) == 1:
            people.append(person[0])
        elif len(person) > 1:
            unclear.append(Unclear(typed, tuple(person)))
        elif len(org) == 1 and not orgs:
            orgs.append(org[0])
        else:
            people.append(typed)
            new.append(typed)
    return Understood(
        marked,
        speaker=people[0] if people else "",
        org=orgs[0] if orgs else "",
        also=tuple(dict.fromkeys(name for name in people[1:] if name != people[0])),
        new=tuple(new),
        unclear=tuple(unclear),
    )


def draft_of(understood: Understood, now: datetime, *, day_first: bool, attach: Sequence[str] = ()) -> EntryDraft:
    """The entry to write down. Raises :class:`Ambiguous` for a name that fits several people, and :class:`BadDate`."""
    for unclear in understood.unclear:
        raise Ambiguous(
            name=unclear.name, count=len(unclear.fitting), what="person", examples=", ".join(unclear.fitting)
        )
    marked = understood.marked
    horizon = is_horizon(marked, now, day_first=day_first)
    return EntryDraft(
        body=_body(understood),
        kind=marked.kind,
        when=marked.when if marked.when and not horizon else None,
        horizon=marked.when if horizon else None,
        recurs=marked.recurs or None,
        tags=marked.tags,
        scales=marked.scales,
        perspectives=marked.perspectives,
        speaker=understood.speaker or None,
        org=understood.org or None,
        surprise=marked.surprise or None,
        attach=tuple(attach),
    )


def is_horizon(marked: Marked, now: datetime, *, day_first: bool) -> bool:
    """Whether the date of a foresight says until when it will come true: one that is not over yet does.

    Raises :class:`BadDate`.
    """
    if marked.kind != EntryKind.FORESIGHT or not marked.when:
        return False
    return parse_when(marked.when, now, dayfirst=day_first).end > now.isoformat(timespec="minutes")


def _body(understood: Understood) -> str:
    """The words; people that no field of the entry holds are named below them, where they are not in them yet."""
    body = understood.marked.body
    left = [name for name in understood.also if name.casefold() not in body.casefold()]
    return f"{body}\n\nAlso: {', '.join(left)}".strip() if left else body


def _fitting(typed: str, names: Sequence[str]) -> list[str]:
    """The name itself, else those that begin with what was typed, else those with a word that does."""
    wanted = " ".join(typed.casefold().split())
    folded = [(name, name.casefold()) for name in names]
    exact = [name for name, text in folded if text == wanted]
    begins = [name for name, text in folded if text.startswith(wanted)]
    inside = [name for name, text in folded if any(word == wanted for word in text.split())]
    return exact or begins or inside
