"""What every lens begins with: the entries that a query finds, as light facts."""

from collections.abc import Iterable, Sequence

from desktop_app.model.facts import EntryFacts, Scope
from desktop_app.model.queries import Or
from desktop_app.services.context import Context
from desktop_app.services.search import Search


class LensScope:
    """Reads for all lenses of one notebook. What was read last is kept until something changes."""

    def __init__(self, context: Context, search: Search) -> None:
        self._file = context.file
        self.search = search
        self._read: tuple[object, tuple[EntryFacts, ...]] | None = None

    def read(self, query: str = "") -> tuple[Scope, tuple[EntryFacts, ...]]:
        """The entries that a query finds, ordered by when they began, undated ones first.

        Raises :class:`~desktop_app.search.errors.QueryError` for a query that cannot be understood.
        """
        understood = self.search.understand(query)
        ids = self.search.entry_ids(query)
        entries = self.every()
        if ids is not None:
            wanted = set(ids)
            entries = tuple(entry for entry in entries if entry.id in wanted)
        explanation = understood.explanation if understood.text else "Everything."
        return Scope(understood.text, explanation, len(entries), isinstance(understood.query, Or)), entries

    def every(self) -> tuple[EntryFacts, ...]:
        """All entries that are not in the trash."""
        now = (self._file.outbox.position(), self._file.database.data_version())
        if self._read is None or self._read[0] != now:
            self._read = now, tuple(self._file.entries.facts())
        return self._read[1]

    def table(self, header: Sequence[str], rows: Iterable[Sequence[str | int | float | None]]) -> bytes:
        """A lens's figures as CSV (UTF-8, formulas made harmless)."""
        from desktop_app.exchange.grids import write_csv

        return write_csv(list(header), [list(row) for row in rows])
