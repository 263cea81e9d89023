"""What the index holds of a thing: plain values, made by the services from what a notebook holds."""

from collections.abc import Iterator
from dataclasses import dataclass

PARTS = ("document", "coding")
"""Types that are parts of a longer text, so that there may be very many of them beside the things written down."""


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One thing to be found, or one of several parts of it: ``id`` is the thing's, ``[at, until)`` the part's code
    points in its text, both -1 for the whole. All parts of an id are replaced together; ids are unique across types.

    ``type`` is ``entry``, ``person``, ``series``, ``document`` (a paragraph of one, or with ``at`` -1 what is said of
    it as a whole), ``coding``, ``code`` or ``memo``; ``body`` is plain text, without Markdown; ``perspectives``,
    ``scales``, ``kind``, ``basis``, ``consent`` and ``stage`` are ids. ``people`` are names (a pseudonym is one) that
    ``person:`` finds, ``speakers`` those who said it. ``start`` and ``end`` are as ``model.time`` gives them, empty
    without a date; ``added`` and ``edited`` local moments in ISO 8601; ``due`` is the end of the horizon of an open
    foresight. ``codes`` are the paths of codes applied to it, from the top code down, ``coders`` who applied them.

    ``has`` and ``states`` need to name only what cannot be seen from the other fields: has ``attachment``, ``link``,
    ``metric``, ``outcome``, ``memo``; states ``surprise``, ``open``, ``resolved``, ``edited``, ``review``,
    ``conflicting``.
    """

    id: str
    type: str
    title: str = ""
    body: str = ""
    kind: str = ""
    tags: tuple[str, ...] = ()
    perspectives: tuple[str, ...] = ()
    scales: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    basis: str = ""
    channel: str = ""
    consent: str = ""
    stage: str = ""
    has: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    start: str = ""
    end: str = ""
    added: str = ""
    edited: str = ""
    due: str = ""
    codes: tuple[tuple[str, ...], ...] = ()
    coders: tuple[str, ...] = ()
    at: int = -1
    until: int = -1

    @property
    def traits(self) -> frozenset[str]:
        """Everything ``has:`` can find it by."""
        seen = {
            "title": self.title,
            "date": self.start,
            "speaker": self.speakers,
            "tag": self.tags,
            "scale": self.scales,
            "perspective": self.perspectives,
            "surprise": "surprise" in self.states,
            "coding": self.codes and self.type != "coding",
        }
        return self.has | {name for name, value in seen.items() if value}

    def names(self) -> Iterator[str]:
        """Names beside the text that a plain word finds it by.

        Not who speaks in a part of a text: their name would find half of every interview.
        """
        yield from dict.fromkeys(name for path in self.codes for name in path)
        if self.type in PARTS:
            return
        yield from self.tags
        yield from dict.fromkeys((*self.speakers, *self.people))
        yield from self.organisations
        if self.channel:
            yield self.channel
