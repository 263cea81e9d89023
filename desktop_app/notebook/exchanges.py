"""The history of exchanges: what came into this notebook and what went out of it. It never travels itself."""

import json
from collections.abc import Mapping
from typing import Any

from desktop_app.model.changes import Clock, canonical_json
from desktop_app.model.exchange import Exchange
from desktop_app.notebook.database import Database
from desktop_app.notebook.journal import Journal, moment


class Exchanges:
    def __init__(self, database: Database, journal: Journal) -> None:
        self._database = database
        self._journal = journal

    def add(self, direction: str, way: str, file: str, report: Mapping[str, Any], *, change: int | None = None) -> int:
        """Note an exchange and return its number; ``change`` is the one that a merge makes, which may still be in the
        making in the same transaction."""
        cursor = self._database.execute(
            "INSERT INTO exchange (direction, way, clock, author, file, report, change) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                direction,
                way,
                str(Clock(self._journal.wall(), 0)),
                self._journal.author,
                file,
                canonical_json(report),
                change,
            ),
        )
        return int(cursor.lastrowid or 0)

    def forget(self, number: int) -> None:
        """Take back an exchange that did not come to pass, within the caller's transaction."""
        self._database.execute("DELETE FROM stand_in WHERE exchange = ?", (number,))
        self._database.execute("DELETE FROM exchange WHERE number = ?", (number,))

    def all(self) -> list[Exchange]:
        """Every exchange, newest first."""
        rows = self._database.rows(
            "SELECT number, direction, way, exchange.clock, exchange.author, file, report, change,"
            " coalesce(change.undone, 0) FROM exchange LEFT JOIN change ON change.id = exchange.change"
            " ORDER BY number DESC"
        )
        return [
            Exchange(number, direction, way, moment(clock), author, file, json.loads(report), change, bool(undone))
            for number, direction, way, clock, author, file, report, change, undone in rows
        ]
