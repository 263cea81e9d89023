"""Redaction: what is replaced in a copy so that nobody can be told from it, and what a person has to look at."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.model.exchange import LeftOut

SOMEONE = "someone"
"""What stands for the name of a speaker who wants to be anonymous."""


@dataclass(frozen=True, slots=True)
class Suspect:
    """Something left in a redacted text that may say who somebody is: the code points ``[start, end)`` of it.

    ``kind`` is ``name``, ``mail``, ``phone``, ``account`` (of a bank, a card), ``address`` (of a page with a user's
    name in it) or ``handle``; ``context`` is what stands around it, in one line.
    """

    kind: str
    text: str
    start: int
    end: int
    context: str


@dataclass(frozen=True, slots=True)
class Replacement:
    """One person (``item`` is their id) and how often their name is replaced; ``where`` names the kinds of places.

    ``shared`` are words that others of the notebook are called by too, so that nobody can tell for certain who is meant
    where they stand alone.
    """

    name: str
    pseudonym: str
    item: str
    count: int
    where: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RedactionPreview:
    """What a redacted copy would replace, and what is left in it to be looked at.

    ``withdrawn`` and ``anonymous`` count the items that stay here, or go without their speaker, by consent.
    """

    replacements: Sequence[Replacement]
    suspects: Sequence[Suspect]
    withdrawn: int = 0
    anonymous: int = 0
    left_out: Sequence[LeftOut] = ()
