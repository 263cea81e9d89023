"""Agreement between coders: what is compared, and the figures that come of it."""

from dataclasses import dataclass
from enum import StrEnum

from desktop_app.model.coding import Coding


class Unit(StrEnum):
    """What is compared: each character, each distinct segment, or the units and gaps of the whole continuum."""

    CHARACTER = "character"
    SEGMENT = "segment"
    CONTINUUM = "continuum"


@dataclass(frozen=True, slots=True)
class Applied:
    """A code that a coder has applied to the code points ``[start, end)`` of ``target``, a document's or entry's id."""

    target: str
    code: str
    coder: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Coefficients:
    """The figures of one row. What is undefined is ``None``, never 0 or 1.

    ``n`` counts the units that two coders or more gave a value (characters, segments; of a continuum its length in
    characters). ``percent`` is 0–100. ``prevalence`` is 0–1, the share of all values that say "the code is here" (for
    categories: "any code is here"). ``interval`` is the 95 % bootstrap interval of ``krippendorff_alpha``;
    ``interval_of`` names what was drawn for it: ``documents``, or of a single document its ``characters``,
    ``segments``, ``stretches`` or ``units``.

    With three coders or more ``cohen_kappa``, ``scott_pi`` and ``holsti`` (and ``percent`` of segments) are means over
    the pairs of coders for whom they are defined; ``percent``, ``brennan_prediger``, ``gwet_ac1`` (as Gwet, 2014,
    extends them), ``fleiss_kappa`` and ``krippendorff_alpha`` are of all coders at once. The last three are of the
    continuum alone, where ``krippendorff_alpha`` is ``u_alpha``.
    """

    n: int = 0
    percent: float | None = None
    cohen_kappa: float | None = None
    scott_pi: float | None = None
    brennan_prediger: float | None = None
    gwet_ac1: float | None = None
    fleiss_kappa: float | None = None
    krippendorff_alpha: float | None = None
    prevalence: float | None = None
    interval: tuple[float, float] | None = None
    interval_of: str = ""
    holsti: float | None = None
    u_alpha: float | None = None
    u_alpha_binary: float | None = None
    cu_alpha: float | None = None


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """Agreement on one code, over all documents and in each, in the order of :attr:`Agreement.documents`."""

    code: str
    coefficients: Coefficients
    by_document: tuple[tuple[str, Coefficients], ...] = ()


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement of ``coders`` in one unit over the ``documents`` that at least two of them have coded.

    ``pooled`` sums the counts of all codes. ``overall`` is of categories (one variable whose value is the code) where
    ``method`` is ``categories``, and the same as ``pooled`` where it is ``pooled``; so are the rows of
    ``by_document``. ``notes`` are sentences about what was left out and why.
    """

    coders: tuple[str, ...]
    unit: Unit
    documents: tuple[str, ...]
    codes: tuple[CodeAgreement, ...]
    by_document: tuple[tuple[str, Coefficients], ...]
    overall: Coefficients
    method: str
    pooled: Coefficients
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A stretch ``[start, end)`` of ``target`` to which ``coders_with`` have applied ``code`` and ``coders_without``
    have not, though they coded that document. ``codings`` are the ids of those that reach into the stretch."""

    target: str
    code: str
    start: int
    end: int
    coders_with: tuple[str, ...]
    coders_without: tuple[str, ...]
    codings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A disagreement as the workbench shows it: ``text`` is the stretch ``[start, end)`` of ``document`` (its title).

    ``said`` is what each coder who coded that text has applied there: codings that reach into the stretch, of any code.
    ``rivals`` are the codings of other codes over these very words, that only those ``without`` have. ``settled_by``
    are the consensus codings and memos (kind and id) that have said the last word, ``agreed`` the codes they gave.
    """

    target_kind: str
    target: str
    document: str
    code: str
    path: tuple[str, ...]
    colour: str
    start: int
    end: int
    text: str
    before: str
    after: str
    speaker: str
    begins: int | None
    coders_with: tuple[str, ...]
    coders_without: tuple[str, ...]
    codings: tuple[str, ...]
    rivals: tuple[str, ...] = ()
    said: tuple[tuple[str, tuple[Coding, ...]], ...] = ()
    settled_by: tuple[tuple[str, str], ...] = ()
    agreed: tuple[str, ...] = ()

    @property
    def settled(self) -> bool:
        return bool(self.settled_by)
