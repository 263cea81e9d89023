"""The coverage lens over a notebook."""

from collections.abc import Iterable

from desktop_app.lenses.coverage import coverage
from desktop_app.model.coverage import Coverage
from desktop_app.model.facts import EntryFacts
from desktop_app.model.vocabulary import Term, Vocabulary
from desktop_app.services.context import Context
from desktop_app.services.lens_scope import LensScope


class CoverageLens:
    def __init__(self, context: Context, scope: LensScope) -> None:
        self._context = context
        self._scope = scope

    def read(self, query: str = "") -> Coverage:
        """What the entries of a query cover; terms that came with an exchange have their row and column too."""
        scope, entries = self._scope.read(query)
        return coverage(
            scope,
            entries,
            terms_of(self._context.vocabulary("perspective"), entries, "perspectives"),
            terms_of(self._context.vocabulary("scale"), entries, "scales"),
        )

    def csv(self, found: Coverage) -> bytes:
        """One row for each cell: perspective, scale, count, query."""
        rows = ((cell.perspective, cell.scale, cell.count, cell.query) for cell in found.cells)
        return self._scope.table(("perspective", "scale", "count", "query"), rows)


def terms_of(vocabulary: Vocabulary, entries: Iterable[EntryFacts], field: str) -> list[Term]:
    """The terms of a vocabulary, and after them those that entries have and it does not know."""
    used = {label for entry in entries for label in getattr(entry, field)}
    return [*vocabulary, *(vocabulary.get(label) for label in sorted(used) if label not in vocabulary)]
