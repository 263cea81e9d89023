"""Questions: what somebody asked us, and what we are working on ourselves. Each stays open until it is answered.

Evidence is not kept in a question: it is what links to it, ``supports`` for it, ``contradicts`` against it, and
``mentions`` where nobody has decided yet.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any, Self

from desktop_app.model.entries import Outcome
from desktop_app.model.errors import Invalid
from desktop_app.model.links import Relation

EVIDENCE_KINDS = ("entry", "coding", "document", "memo", "series")
"""What can be gathered for a question; of a series a stretch of it."""

EVIDENCE_RELATIONS = (Relation.SUPPORTS, Relation.CONTRADICTS, Relation.MENTIONS)
"""How it can speak: for, against, and where nobody has decided yet."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A total of an option: ``value`` in ``unit``, as typed, or as the stretch ``[start, end)`` of ``series`` summed to
    when it was taken (ISO 8601 dates)."""

    value: float | None
    unit: str = ""
    series: str | None = None
    start: str = ""
    end: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "value": self.value,
            "unit": self.unit,
            "series": self.series,
            "start": self.start,
            "end": self.end,
        }


@dataclass(frozen=True, slots=True)
class Option:
    """One way to decide a question: what it brings in and what it takes."""

    name: str
    gained: Amount | None = None
    spent: Amount | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "gained": self.gained.to_json() if self.gained else None,
            "spent": self.spent.to_json() if self.spent else None,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            data["name"],
            Amount(**data["gained"]) if data.get("gained") else None,
            Amount(**data["spent"]) if data.get("spent") else None,
        )


@dataclass(frozen=True, slots=True)
class QuestionFields:
    """``text`` is the question in one line; ``note`` and ``answer`` are Markdown.

    ``asker`` is the person who asked it of us (``None``: it is our own), ``whom`` the person to ask, ``entry`` the
    entry in which it was asked. ``asked`` and ``answered`` are EDTF; without ``answered`` the question is open.
    ``answer_entry`` is the entry that answers it.
    """

    text: str
    note: str = ""
    asker: str | None = None
    whom: str | None = None
    entry: str | None = None
    asked: str = ""
    answer: str = ""
    answered: str = ""
    answer_entry: str | None = None
    options: tuple[Option, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "note": self.note,
            "asker": self.asker,
            "whom": self.whom,
            "entry": self.entry,
            "asked": self.asked,
            "answer": self.answer,
            "answered": self.answered,
            "answer_entry": self.answer_entry,
            "options": [option.to_json() for option in self.options],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            text=data["text"],
            note=data.get("note", ""),
            asker=data.get("asker"),
            whom=data.get("whom"),
            entry=data.get("entry"),
            asked=data.get("asked", ""),
            answer=data.get("answer", ""),
            answered=data.get("answered", ""),
            answer_entry=data.get("answer_entry"),
            options=tuple(Option.from_json(option) for option in data.get("options", ())),
        )

    def checked(self) -> Self:
        """Canonical form; raises :class:`Invalid` without words, or for options without a name or of one name."""
        text = " ".join(self.text.split())
        if not text:
            raise Invalid(message="A question needs words; write what is asked.")
        if any("\0" in words for words in (text, self.note, self.answer)):
            raise Invalid(message="A question cannot hold NUL characters; leave them out.")
        options = tuple(replace(option, name=" ".join(option.name.split())) for option in self.options)
        names = [option.name.casefold() for option in options]
        if not all(names) or len(set(names)) < len(names):
            raise Invalid(message="Each option needs a name of its own; give every one another name.")
        amounts = [amount for option in options for amount in (option.gained, option.spent) if amount is not None]
        if not all(amount.value is None or isfinite(amount.value) for amount in amounts):
            raise Invalid(message="An amount of an option has to be a finite number; type another one.")
        return replace(self, text=text, note=_lines(self.note), answer=_lines(self.answer), options=options)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it stands. ``start`` and ``end`` bound ``asked``; ``supporting``, ``contradicting`` and
    ``undecided`` count its evidence; ``created`` and ``edited`` are UTC moments in ISO 8601."""

    id: str
    fields: QuestionFields
    created: str
    edited: str
    author: str
    start: str = ""
    end: str = ""
    asker_name: str = ""
    whom_name: str = ""
    supporting: int = 0
    contradicting: int = 0
    undecided: int = 0
    trashed: bool = False

    @property
    def is_open(self) -> bool:
        return not self.fields.answered

    @property
    def evidence(self) -> int:
        return self.supporting + self.contradicting + self.undecided


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    """What a person gives for a new question, or changes on one: names instead of ids, dates as typed.

    ``None`` means "not given", an empty text clears. An unknown name of ``asker`` or ``whom`` makes a person; ``entry``
    is an id or its unique beginning.
    """

    text: str | None = None
    note: str | None = None
    asker: str | None = None
    whom: str | None = None
    entry: str | None = None
    asked: str | None = None
    answer: str | None = None
    options: tuple[Option, ...] | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence: a thing that ``link`` relates to a question, with what is needed to weigh it.

    ``kind`` and ``id`` are those of the thing, ``heading`` what it is called. ``text`` are its words as plain text: an
    entry's body, a coding's quote, a memo; empty for a document as a whole and for a series. ``entry_kind`` is that of
    an entry. ``speaker`` is whoever said it, ``person`` their id where known. ``start`` and ``end`` bound ``occurred``
    (EDTF). Of a coding ``target`` is the id of what it stands in, and basis, perspectives and scales are those of
    an entry that it codes.

    Of a stretch ``[start, end)`` of a series there are its ``unit``, the total ``then``, as it stood when it was
    gathered, and the one of ``now`` (``None``: there is none to give). Of a foresight there are its horizon (EDTF),
    confidence (0–1) and outcome.
    """

    link: str
    relation: str
    kind: str
    id: str
    heading: str
    text: str = ""
    entry_kind: str = ""
    speaker: str = ""
    person: str | None = None
    occurred: str = ""
    start: str = ""
    end: str = ""
    target: str = ""
    basis: str = ""
    perspectives: tuple[str, ...] = ()
    scales: tuple[str, ...] = ()
    unit: str = ""
    then: float | None = None
    now: float | None = None
    horizon: str = ""
    confidence: float | None = None
    outcome: Outcome | None = None

    @property
    def is_restated(self) -> bool:
        """Whether the stretch of a series has another total now than when it was gathered, as far as both are known."""
        return self.then is not None and self.now is not None and self.then != self.now
