"""Memos: dated texts about anything."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from desktop_app.model.errors import Invalid

ABOUT_KINDS = ("code", "coding", "document", "entry", "person", "organisation", "question", "notebook")
"""What a memo can be about; ``notebook`` is the project as a whole."""


@dataclass(frozen=True, slots=True)
class About:
    """One thing that a memo is about, by kind and id."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class MemoFields:
    """``body`` is Markdown. ``settles`` are codings about whose difference this memo says the last word."""

    body: str
    title: str = ""
    about: tuple[About, ...] = ()
    settles: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "body": self.body,
            "about": [{"kind": thing.kind, "id": thing.id} for thing in self.about],
            "settles": sorted(self.settles),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            body=data["body"],
            title=data.get("title", ""),
            about=tuple(About(thing["kind"], thing["id"]) for thing in data.get("about", ())),
            settles=tuple(data.get("settles", ())),
        )

    def checked(self) -> Self:
        """Canonical form; raises :class:`Invalid` without words or about something no memo can be about."""
        for thing in self.about:
            if thing.kind not in ABOUT_KINDS:
                raise Invalid(message=f"A memo cannot be about a {thing.kind}; use one of {', '.join(ABOUT_KINDS)}.")
        if not self.body.strip() and not self.title.strip():
            raise Invalid(message="A memo needs some words; write something first.")
        if "\0" in self.body or "\0" in self.title:
            raise Invalid(message="A memo cannot hold NUL characters; leave them out.")
        return replace(
            self,
            title=" ".join(self.title.split()),
            body=self.body.replace("\r\n", "\n").replace("\r", "\n").strip("\n"),
            about=tuple(dict.fromkeys(self.about)),
        )


@dataclass(frozen=True, slots=True)
class Memo:
    """A memo as it stands; ``about`` comes with the names of the things, ``created`` and ``edited`` in UTC."""

    id: str
    fields: MemoFields
    created: str
    edited: str
    author: str
    names: tuple[str, ...] = ()
    trashed: bool = False

    @property
    def heading(self) -> str:
        """The title, or the first line of the body."""
        return self.fields.title or next((line.strip() for line in self.fields.body.splitlines() if line.strip()), "")
