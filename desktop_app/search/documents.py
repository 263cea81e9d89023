"""What the index holds of a thing: plain values, made by the services from what a notebook holds."""

from collections.abc import Iterator
from dataclasses import dataclass

PARTS = ("document", "coding")
"""Types that are parts of a longer text, so that there may be very many of them beside the things written down."""

BESIDE = (*PARTS, "question")
"""Types that a query about dates or traits alone passes over: it is about what was written down."""


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One thing to be found, or one of several parts of it: ``id`` is the thing's, ``[at, until)`` the part's code
    points in its text, both -1 for the whole. All parts of an id are replaced together; ids are unique across types.

    ``type`` is ``entry``, ``person``, ``series``, ``document`` (a paragraph of one, or with ``at`` -1 what is said of
    it as a whole), ``coding``, ``code``, ``memo`` or ``question``; ``body`` is plain text, without Markdown;
    ``perspectives``, ``scales``, ``kind``, ``basis``, ``consent``, ``stage``, ``act`` and ``outcome`` are ids.
    ``people`` are names (a pseudonym is one) that ``person:`` finds, ``speakers`` those who said it, ``author`` who
    wrote it down. ``start`` and ``end`` are as ``model.time`` gives them, empty without a date; ``added`` and
    ``edited`` local moments in ISO 8601; ``due`` is the end of a foresight's horizon, empty where it has none,
    ``resolved`` start and end of the date of its outcome; ``confidence`` lies between 0 and 1. ``codes`` are the paths
    of codes applied to it, from the top code down, ``coders`` who applied them. ``things`` are the ids that a field of
    ``model.queries.ID_FIELDS`` (but ``id``) finds it by, each with that field.

    ``has`` and ``states`` need to name only what cannot be seen from the other fields: has ``attachment``, ``link``,
    ``metric``, ``outcome``, ``memo``, ``recurrence``; states ``surprise``, ``open``, ``resolved``, ``edited``,
    ``review``, ``conflicting``, ``answered``, ``unanswered``.
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
    resolved: tuple[str, str] = ("", "")
    confidence: float | None = None
    author: str = ""
    act: str = ""
    outcome: str = ""
    things: tuple[tuple[str, str], ...] = ()
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
            "act": self.act,
            "basis": self.basis,
            "confidence": self.confidence is not None,
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
