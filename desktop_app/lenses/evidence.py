"""Evidence: how much of it each question has, on which side, and over which perspectives and time scales."""

from collections.abc import Collection, Mapping, Sequence
from itertools import product

from desktop_app.model.briefs import Asked, Return, Side
from desktop_app.model.entries import Basis
from desktop_app.model.facts import ENTRIES, EntryFacts, Figure, Scope
from desktop_app.model.links import Relation
from desktop_app.model.questions import Option, Piece, Question
from desktop_app.model.vocabulary import Term

Gathered = Mapping[str, Collection[str]]
"""The ids of what was gathered, by relation."""


def asked(
    scope: Scope,
    questions: Sequence[Question],
    gathered: Mapping[str, Gathered],
    entries: Mapping[str, EntryFacts],
    perspectives: Sequence[Term],
    scales: Sequence[Term],
) -> tuple[Asked, ...]:
    """Each question with its evidence counted; ``gathered`` by the question's id, ``entries`` those of the scope."""
    known = {term.id for term in perspectives}, {term.id for term in scales}
    cells = len(perspectives) * len(scales)
    return tuple(_asked(scope, one, gathered.get(one.id, {}), entries, known, cells) for one in questions)


def _asked(
    scope: Scope,
    question: Question,
    gathered: Gathered,
    entries: Mapping[str, EntryFacts],
    known: tuple[Collection[str], Collection[str]],
    cells: int,
) -> Asked:
    sides = {relation: {one for one in gathered.get(relation, ()) if one in entries} for relation in Relation}
    for_, against = sides[Relation.SUPPORTS], sides[Relation.CONTRADICTS]
    every = for_ | against | sides[Relation.MENTIONS]
    item = question.id

    def figure(found: Collection[str], *parts: str) -> Figure:
        return Figure(len(found), scope.narrowed(ENTRIES, f"question:{item}", *parts))

    filled = {
        cell
        for one in every
        for cell in product(entries[one].perspectives, entries[one].scales)
        if cell[0] in known[0] and cell[1] in known[1]
    }
    return Asked(
        question,
        Side(question.supporting, figure(for_, f"supports:{item}")),
        Side(question.contradicting, figure(against, f"contradicts:{item}")),
        Side(question.undecided, figure(every - for_ - against, f"-supports:{item}", f"-contradicts:{item}")),
        figure(every),
        len(filled),
        cells,
    )


_BASES = ("", *Basis)
_SIDES = (Relation.SUPPORTS, Relation.CONTRADICTS, Relation.MENTIONS)


def in_order(pieces: Sequence[Piece]) -> list[Piece]:
    """Evidence as a brief tells it: for, against, undecided; in each what somebody said first, then by basis, told
    before guessed and those without one last, then by time."""
    return sorted(pieces, key=_place)


def _place(piece: Piece) -> tuple[int, bool, int, bool, str, str]:
    side = _SIDES.index(Relation(piece.relation)) if piece.relation else len(_SIDES)
    said = piece.kind == "coding" or piece.entry_kind == "quote"
    basis = _BASES.index(piece.basis) if piece.basis in _BASES[1:] else len(_BASES)
    return side, not said, basis, not piece.start, piece.start, piece.link


def returns(options: Sequence[Option]) -> tuple[Return, ...]:
    """Each option by total (gained − spent) and by ratio (gained / spent), where both amounts are of one unit."""
    made = []
    for option in options:
        gained, spent = option.gained, option.spent
        if gained is None or spent is None or gained.value is None or spent.value is None or gained.unit != spent.unit:
            made.append(Return(option, None, None))
        else:
            ratio = gained.value / spent.value if spent.value else None
            made.append(Return(option, gained.value - spent.value, ratio))
    return tuple(made)
