"""The lens of codes over a notebook."""

from collections.abc import Iterable, Sequence

from desktop_app.lenses.codes_seen import by_term, by_time, codes_seen, codes_together
from desktop_app.lenses.cooccurrence import NEAR
from desktop_app.model.code_lens import CodeCell, CodeCount, CodesSeen, CodesTogether
from desktop_app.model.coding import CodingFilter
from desktop_app.model.errors import Invalid
from desktop_app.model.facts import Scope
from desktop_app.model.matrices import PlacedCoding, Relation
from desktop_app.model.metrics import Grain
from desktop_app.model.vocabulary import Term
from desktop_app.services.codes import Codes
from desktop_app.services.context import Context
from desktop_app.services.lens_scope import LensScope
from desktop_app.services.matrices import Matrices, Placed

BY = ("time", "perspective", "scale")
FOUND_IN = ("coding", "entry", "document")


class CodeLens:
    """A coding counts where a query finds the coding itself, or the entry or document (any part of it) it lies in.

    ``coders`` keeps to what they coded; without any everybody's codings count.
    """

    def __init__(self, context: Context, scope: LensScope, codes: Codes, matrices: Matrices) -> None:
        self._context = context
        self._file = context.file
        self._scope = scope
        self._codes = codes
        self._matrices = matrices
        self._read: tuple[object, Placed] | None = None

    def read(
        self,
        query: str = "",
        by: Sequence[str] = BY,
        grain: str = Grain.MONTH,
        *,
        coders: Sequence[str] = (),
        most: int = 0,
    ) -> CodesSeen:
        """Codes over ``time`` (in periods of ``grain``, the last ``most`` of them; 0: all), by ``perspective`` and by
        ``scale``.

        Raises :class:`~desktop_app.search.errors.QueryError` for a query that cannot be understood, :class:`Invalid`
        for a grain that has no periods or too many of them.
        """
        if grain not in set(Grain):
            raise Invalid(message=f"“{grain}” is no grain; use one of day, week, month, quarter, year.")
        scope, codings = self._within(query, coders)
        codes = self._codes.list()
        entries = {entry.id: entry for entry in self._scope.every()}
        grids = []
        for one in by:
            if one == "time":
                grids.append(by_time(codings, codes, Grain(grain), most))
            elif one in BY:
                grids.append(by_term(codings, codes, entries, one, self._terms(one)))
            else:
                raise Invalid(message=f"“{one}” is nothing to lay codes against; use {', '.join(BY)}.")
        every = not (scope.query or coders)
        return codes_seen(scope, codings, codes, grids, Grain(grain), every=every)

    def together(
        self,
        query: str = "",
        relation: str = Relation.OVERLAP,
        distance: int = NEAR,
        least: int = 1,
        *,
        coders: Sequence[str] = (),
    ) -> CodesTogether:
        """Which codes come together, as pairs and as a graph of those that do so ``least`` times; raises like
        :meth:`read`, and :class:`Invalid` for a distance below 0."""
        if distance < 0:
            raise Invalid(message=f"A distance of {distance} cannot be; give the characters between two codings.")
        scope, codings = self._within(query, coders)
        turns = self._placed(coders).turns
        every = not (scope.query or coders)
        return codes_together(
            scope, codings, self._codes.list(), turns, Relation(relation), distance, least, every=every
        )

    def csv(self, found: CodesSeen | CodesTogether) -> bytes:
        """One row for each figure: by, code, column, count, codings behind it, query; the codes themselves first."""
        paths = {code.code: code.path for code in found.codes}
        rows: list[Sequence[str | int]] = [
            ("code", code.path, "", code.codings, code.codings, code.query) for code in found.codes
        ]
        if isinstance(found, CodesTogether):
            rows += _rows(str(found.relation), found.codes, paths, found.cells)
        else:
            for grid in found.grids:
                rows += _rows(grid.by, found.codes, dict(grid.columns), grid.cells)
        return self._scope.table(("by", "code", "column", "count", "codings", "query"), rows)

    # --- what goes in -------------------------------------------------------------------------------------------------

    def _within(self, query: str, coders: Sequence[str]) -> tuple[Scope, list[PlacedCoding]]:
        understood = self._scope.search.understand(query)
        codings = self._placed(coders).codings
        if understood.text:
            things = self._scope.search.matches(query)
            found = {item for kind, item in things if kind in FOUND_IN}
            codings = [coding for coding in codings if coding.id in found or coding.target in found]
        known = {code.id for code in self._codes.list()}
        # A coding may have come by exchange without its code: then nothing can be said of it.
        codings = [coding for coding in codings if coding.code in known]
        explanation = understood.explanation if understood.text else "Everything."
        return Scope(understood.text, explanation, len(codings)), codings

    def _placed(self, coders: Sequence[str]) -> Placed:
        """All codings, or those of some coders. What was read last is kept until something changes."""
        key = (self._file.outbox.position(), self._file.database.data_version(), tuple(coders))
        if self._read is None or self._read[0] != key:
            self._read = key, self._matrices.placed(CodingFilter(coders=tuple(coders)))
        return self._read[1]

    def _terms(self, by: str) -> list[Term]:
        vocabulary = self._context.vocabulary("perspective" if by == "perspective" else "scale")
        every = self._scope.every()
        used = {label for entry in every for label in (entry.perspectives if by == "perspective" else entry.scales)}
        return [*vocabulary, *(vocabulary.get(label) for label in sorted(used) if label not in vocabulary)]


def _rows(
    by: str, codes: Iterable[CodeCount], columns: dict[str, str], cells: Iterable[CodeCell]
) -> list[tuple[str, str, str, int, int, str]]:
    names = {code.code: code.path for code in codes}
    return [(by, names[cell.row], columns[cell.column], cell.count, cell.codings, cell.query) for cell in cells]
