"""What left in another state than it has here: which revision stands for which of ours, and who has which pseudonym.

Of this notebook alone; none of it travels.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence

from desktop_app.model.changes import canonical_json
from desktop_app.notebook.database import Database
from desktop_app.notebook.entries import batches, holders

PSEUDONYMS = "pseudonyms"
"""The key in ``meta``: by person ``{"number", "used"}``, the pseudonyms that were ever handed out."""


class StandIns:
    """Reads and writes inside the caller's transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, originals: Mapping[str, str], exchange: int) -> None:
        """Remember what stands for what; a revision that left as it is stands for nothing else."""
        self._database.executemany(
            "INSERT OR IGNORE INTO stand_in (revision, original, exchange) VALUES (?, ?, ?)",
            ((revision, original, exchange) for revision, original in originals.items() if revision != original),
        )

    def originals(self, revisions: Iterable[str]) -> dict[str, str]:
        """Those of these revisions that stand for one of ours, with that one."""
        found: dict[str, str] = {}
        for batch in batches(revisions):
            sql = f"SELECT revision, original FROM stand_in WHERE revision IN ({holders(batch)})"
            found.update(self._database.rows(sql, batch))
        return found

    def of(self, originals: Iterable[str]) -> dict[str, list[str]]:
        """By revision of ours those that stand for it, in the order of their ids."""
        wanted = set(originals)
        found: dict[str, list[str]] = {}
        for revision, original in self._database.rows("SELECT revision, original FROM stand_in ORDER BY revision"):
            if original in wanted:
                found.setdefault(original, []).append(revision)
        return found

    def superseded(self, revisions: Iterable[str]) -> dict[str, str]:
        """The fields (canonical JSON) of those of these revisions that a merge had derived, and has derived anew."""
        found: dict[str, str] = {}
        for batch in batches(revisions):
            sql = f"SELECT id, fields FROM superseded WHERE id IN ({holders(batch)})"
            found.update(self._database.rows(sql, batch))
        return found

    def pseudonyms(self) -> dict[str, tuple[int, list[str]]]:
        """By person their number (0: none) and the pseudonyms that they have had in copies."""
        row = self._database.one("SELECT value FROM meta WHERE key = ?", (PSEUDONYMS,))
        kept = json.loads(row[0]) if row else {}
        return {person: (one["number"], one["used"]) for person, one in kept.items()}

    def keep_pseudonyms(self, given: Mapping[str, tuple[int, Sequence[str]]]) -> None:
        value = {person: {"number": number, "used": list(used)} for person, (number, used) in given.items()}
        self._database.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (PSEUDONYMS, canonical_json(value)))

    def numbers_written(self, word: str) -> set[int]:
        """The numbers that stand behind a word (``Person 3``) in what was ever written here outside of long texts."""
        found: set[int] = set()
        pattern = re.compile(rf"\b{re.escape(word)} ([1-9][0-9]{{0,8}})\b")
        for (fields,) in self._database.each("SELECT fields FROM revision WHERE instr(fields, ?)", (f"{word} ",)):
            found.update(map(int, pattern.findall(fields)))
        return found
