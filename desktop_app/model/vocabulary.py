"""The two vocabularies, time scales and perspectives, as ordered terms.

The built-in terms lie in ``resources/vocabulary/*.toml``; a notebook may add terms of its own. A term that came with
somebody else's notebook and is unknown here is kept and shown by its id: nothing is dropped for being unknown.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

VocabularyName = Literal["perspective", "scale"]


@dataclass(frozen=True, slots=True)
class Term:
    """One term. ``mark`` names its shape on screen (perspectives only); ``own`` marks a notebook's own term.

    ``question_at`` is a perspective's question with ``{when}`` in it, ``when`` what a scale puts there (“this year”).
    """

    id: str
    name: str
    short: str
    question: str
    description: str = ""
    mark: str = ""
    own: bool = False
    known: bool = True
    question_at: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Terms of one kind in their given order."""

    name: VocabularyName
    terms: tuple[Term, ...]

    @classmethod
    def from_toml(cls, name: VocabularyName, document: Mapping[str, object]) -> "Vocabulary":
        """Terms of a parsed ``[[term]]`` document; raises ``KeyError`` or ``TypeError`` on a malformed one."""
        rows = document["term"]
        assert isinstance(rows, list)
        return cls(
            name,
            tuple(
                Term(
                    id=row["id"],
                    name=row["name"],
                    short=row.get("short", row["name"]),
                    question=row["question"],
                    description=row.get("description", ""),
                    mark=row.get("mark", ""),
                    question_at=row.get("question_at", ""),
                    when=row.get("when", ""),
                )
                for row in rows
            ),
        )

    def with_terms(self, own: Iterable[Term]) -> "Vocabulary":
        """The same vocabulary with a notebook's own terms after the built-in ones; built-in ids win."""
        known = {term.id for term in self.terms}
        return Vocabulary(self.name, self.terms + tuple(term for term in own if term.id not in known))

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms)

    def __contains__(self, term_id: object) -> bool:
        return any(term.id == term_id for term in self.terms)

    def get(self, term_id: str) -> Term:
        """The term, or a stand-in that shows the id where nobody here has defined it."""
        for term in self.terms:
            if term.id == term_id:
                return term
        return Term(id=term_id, name=term_id, short=term_id, question="", known=False)

    def order(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Ids without repeats in the vocabulary's order, unknown ones last by name."""
        rank = {term.id: number for number, term in enumerate(self.terms)}
        return tuple(sorted(set(ids), key=lambda term_id: (rank.get(term_id, len(rank)), term_id)))


def question_at(perspective: Term, scale: Term) -> str:
    """What a perspective asks at a time scale: “What happened this year that was on nobody’s map?”. Of terms that
    nobody has written such words for, the perspective's own question with the scale behind it."""
    if perspective.question_at and scale.when:
        return perspective.question_at.format(when=scale.when)
    asked = perspective.question or perspective.name
    return f"{asked} ({scale.short})"
