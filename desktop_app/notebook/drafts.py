"""What is being typed, kept beside the journal until it is saved or thrown away."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from desktop_app.notebook.database import Database


class Drafts:
    """One draft per surface, such as ``capture`` or ``entry:<id>``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, surface: str, content: Mapping[str, Any]) -> None:
        with self._database.transaction():
            self._database.execute(
                "INSERT INTO draft (surface, content, updated) VALUES (?, ?, ?)"
                " ON CONFLICT (surface) DO UPDATE SET content = excluded.content, updated = excluded.updated",
                (surface, json.dumps(dict(content), ensure_ascii=False), datetime.now(UTC).isoformat()),
            )

    def load(self, surface: str) -> dict[str, Any] | None:
        row = self._database.one("SELECT content FROM draft WHERE surface = ?", (surface,))
        return None if row is None else json.loads(row[0])

    def surfaces(self) -> list[str]:
        """Surfaces that hold a draft, newest first."""
        return [surface for (surface,) in self._database.rows("SELECT surface FROM draft ORDER BY updated DESC")]

    def discard(self, surface: str) -> None:
        """Forget a draft; inside a change's transaction it goes together with the save that replaces it."""
        self._database.execute("DELETE FROM draft WHERE surface = ?", (surface,))
