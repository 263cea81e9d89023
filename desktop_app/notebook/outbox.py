"""The outbox: which items the search index has not read since they changed.

It is written by the transaction that changes an item and never emptied: a row says that a change concerned an item, and
whoever keeps an index remembers how far it has read. So several machines can keep an
index of one notebook, and an index that was lost, or belongs to another branch of the file's life, is noticed.
"""

from dataclasses import dataclass

from desktop_app.notebook.database import Database


@dataclass(frozen=True, slots=True)
class Position:
    """The number of a change and the clock and device that make it this very change and no other of that number."""

    change: int
    token: str


class Outbox:
    def __init__(self, database: Database) -> None:
        self._database = database

    def position(self) -> Position:
        """Where an index stands that has read everything."""
        row = self._database.one("SELECT id, clock || device FROM change ORDER BY id DESC LIMIT 1")
        return Position(*row) if row else Position(0, "")

    def knows(self, position: Position) -> bool:
        """Whether this file has been at ``position``; false after a restore, or for another copy's index."""
        if position.change == 0:
            return True
        row = self._database.one("SELECT clock || device FROM change WHERE id = ?", (position.change,))
        return row is not None and row[0] == position.token

    def since(self, change: int) -> list[tuple[str, str]]:
        """Items and their kinds that changed after a change, in no particular order."""
        return self._database.rows("SELECT DISTINCT item, kind FROM outbox WHERE change > ?", (change,))

    def waiting(self, change: int) -> int:
        """How many items :meth:`since` would give."""
        (count,) = self._database.one("SELECT count(DISTINCT item) FROM outbox WHERE change > ?", (change,))
        return int(count)

    def everything(self) -> list[tuple[str, str]]:
        """Every item that ever asked to be indexed."""
        return self._database.rows("SELECT DISTINCT item, kind FROM outbox")
