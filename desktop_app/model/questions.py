"""Questions: what somebody asked us, and what we are working on ourselves. Each stays open until it is answered.

Evidence is not kept in a question: it is what links to it, ``supports`` for it, ``contradicts`` against it, and
``mentions`` where nobody has decided yet.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from desktop_app.model.errors import Invalid


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
