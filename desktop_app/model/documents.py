"""Documents: texts to be coded, and the turns of those that are transcripts."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from desktop_app.model.attributes import Value
from desktop_app.model.errors import Invalid


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker said in one go: the code points ``[start, end)`` of the text.

    ``speaker`` is the name as the file has it, empty where it names nobody. ``begins`` and ``ends`` are milliseconds
    into the recording, ``None`` where the file does not say. Turns of a document are in the order of the text and do
    not overlap; what lies between two of them is a newline or belongs to nobody.
    """

    start: int
    end: int
    speaker: str = ""
    begins: int | None = None
    ends: int | None = None


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """A document as a file gave it: LF newlines, Unicode untouched, turns beside the text and never inside it.

    ``format`` is the id of the reader (``docx``, ``zoom-vtt``, ``answers``, …); ``notices`` are sentences about what
    could not be taken over; ``attributes`` are names and raw values as the file has them; ``occurred`` is EDTF, where
    the file says when the conversation was.
    """

    title: str
    text: str
    turns: tuple[Turn, ...] = ()
    format: str = ""
    notices: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    occurred: str = ""

    @property
    def speakers(self) -> tuple[str, ...]:
        """Names of those who speak, in the order of their first words."""
        return tuple(dict.fromkeys(turn.speaker for turn in self.turns if turn.speaker))


@dataclass(frozen=True, slots=True)
class Content:
    """A text and its turns, which change together: SHA-256 of both blobs (no turns: empty), length in code points.

    What lists show of the turns stands here too: who speaks, in the order of their first words, how many turns there
    are, and the milliseconds at which the last of them ends, as far as the times tell.
    """

    blob: str
    turns: str = ""
    characters: int = 0
    speakers: tuple[str, ...] = ()
    count: int = 0
    milliseconds: int | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "blob": self.blob,
            "turns": self.turns,
            "characters": self.characters,
            "speakers": list(self.speakers),
            "count": self.count,
            "milliseconds": self.milliseconds,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            blob=data["blob"],
            turns=data.get("turns", ""),
            characters=data["characters"],
            speakers=tuple(data.get("speakers", ())),
            count=data.get("count", 0),
            milliseconds=data.get("milliseconds"),
        )


@dataclass(frozen=True, slots=True)
class Origin:
    """The file a document came from, kept as a blob (empty where it was made by hand)."""

    file: str = ""
    format: str = ""
    blob: str = ""


@dataclass(frozen=True, slots=True)
class DocumentFields:
    """Everything a document's record holds. ``people`` maps a speaker's name in the text to a person's id;
    ``attributes`` a variable's id to its value."""

    title: str
    content: Content
    people: Mapping[str, str] = field(default_factory=dict)
    attributes: Mapping[str, Value] = field(default_factory=dict)
    occurred: str = ""
    note: str = ""
    origin: Origin = Origin()

    def to_json(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "content": self.content.to_json(),
            "people": dict(self.people),
            "attributes": dict(self.attributes),
            "occurred": self.occurred,
            "note": self.note,
            "origin": {"file": self.origin.file, "format": self.origin.format, "blob": self.origin.blob},
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        origin = data.get("origin", {})
        return cls(
            title=data["title"],
            content=Content.from_json(data["content"]),
            people=dict(data.get("people", {})),
            attributes=dict(data.get("attributes", {})),
            occurred=data.get("occurred", ""),
            note=data.get("note", ""),
            origin=Origin(origin.get("file", ""), origin.get("format", ""), origin.get("blob", "")),
        )

    def checked(self) -> Self:
        """Canonical form; raises :class:`Invalid` without a title."""
        title = " ".join(self.title.split())
        if not title:
            raise Invalid(message="A document needs a title; type one.")
        return replace(self, title=title)


@dataclass(frozen=True, slots=True)
class Document:
    """A document as a list shows it; the text is read apart.

    ``start`` and ``end`` bound ``occurred`` as for entries. ``codings`` counts those by coder, ``review`` those that
    wait for a person.
    """

    id: str
    fields: DocumentFields
    start: str = ""
    end: str = ""
    created: str = ""
    edited: str = ""
    author: str = ""
    head: str = ""
    codings: Mapping[str, int] = field(default_factory=dict)
    review: int = 0
    trashed: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """What is coded: the text of a document or the body of an entry, with its turns.

    ``version`` is the SHA-256 of the UTF-8 text in hex; codings remember which version they were placed on.
    """

    kind: str
    id: str
    title: str
    text: str = field(repr=False)
    version: str
    turns: tuple[Turn, ...] = field(default=(), repr=False)
    people: Mapping[str, str] = field(default_factory=dict)
