"""Questions seen as a whole: how their evidence is spread, and the brief that one of them becomes."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop_app.model.coverage import Coverage
from desktop_app.model.facts import Figure, Scope
from desktop_app.model.links import Relation
from desktop_app.model.questions import Option, Piece, Question

SIDES = {Relation.SUPPORTS: "for", Relation.CONTRADICTS: "against", Relation.MENTIONS: "undecided"}
"""What a side of the evidence is called, by the relation that makes it."""

Renderer = Callable[[str], bytes]
"""Makes a PDF of a page of HTML."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a question's evidence: all its ``pieces``, and those ``entries`` among them that a query finds."""

    pieces: int
    entries: Figure


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its evidence counted. An entry is for or against where a link says so, also where another one
    leaves it undecided. ``filled`` of ``cells`` perspectives at time scales hold an entry that is evidence."""

    question: Question
    supporting: Side
    contradicting: Side
    undecided: Side
    entries: Figure
    filled: int
    cells: int

    @property
    def blind_spots(self) -> int:
        return self.cells - self.filled


@dataclass(frozen=True, slots=True)
class Questions:
    """Every question, open ones first, with the evidence that ``scope`` finds."""

    scope: Scope
    questions: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """What a ratio divides, as it stands now: each total with the label of its series."""

    above: float | None
    above_label: str
    below: float | None
    below_label: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A piece of evidence under its number in the brief. ``where`` is the place it stands in, ``channel`` where it was
    heard, ``totals`` are those of a ratio. The relation of the piece is empty for what is only referred to."""

    number: int
    piece: Piece
    where: str = ""
    channel: str = ""
    totals: Totals | None = None


@dataclass(frozen=True, slots=True)
class Return:
    """An option by total and by ratio: gained less spent, and gained for each one spent. ``None``: it cannot be said,
    as an amount is missing, the units differ, or nothing was spent."""

    option: Option
    total: float | None
    ratio: float | None


@dataclass(frozen=True, slots=True)
class Studied:
    """One question as its page shows it: its evidence by time, what its entries cover, and its options."""

    question: Question
    pieces: tuple[Piece, ...]
    coverage: Coverage
    returns: tuple[Return, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """What a brief says. Names of people who did not allow theirs are gone from all of its words.

    ``note`` and ``answer`` are Markdown in which ``⟦3⟧`` refers to the claim of that number. ``left_out`` counts the
    evidence whose words were withdrawn; ``open_questions`` were asked in what was gathered.
    """

    question: Question
    note: str
    answer: str
    claims: tuple[Claim, ...]
    left_out: int
    coverage: Coverage
    returns: tuple[Return, ...]
    open_questions: tuple[str, ...]

    def of(self, relation: str) -> tuple[Claim, ...]:
        return tuple(claim for claim in self.claims if claim.piece.relation == relation)
