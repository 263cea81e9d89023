"""What the index holds of a thing: plain values, made by the services from entries, people and series."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One thing to be found. Equal ids replace each other; ids are unique across types.

    ``type`` is ``entry``, ``person`` or ``series``; ``body`` is plain text, without Markdown; ``perspectives``,
    ``scales``, ``kind``, ``basis``, ``consent`` and ``stage`` are ids. ``people`` are names (a pseudonym is one) that
    ``person:`` finds, ``speakers`` those who said it. ``start`` and ``end`` are as ``model.time`` gives them, empty
    without a date; ``added`` and ``edited`` local moments in ISO 8601; ``due`` is the end of the horizon of an open
    foresight.

    ``has`` and ``states`` need to name only what cannot be seen from the other fields: has ``attachment``, ``link``,
    ``metric``, ``outcome``; states ``surprise``, ``open``, ``resolved``, ``edited``.
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
        }
        return self.has | {name for name, value in seen.items() if value}

    def names(self) -> Iterator[str]:
        """Names beside the text that a plain word finds it by."""
        yield from self.tags
        yield from dict.fromkeys((*self.speakers, *self.people))
        yield from self.organisations
        if self.channel:
            yield self.channel
