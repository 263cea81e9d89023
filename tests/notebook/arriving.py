"""Revisions that came from elsewhere, put into a notebook as a merge leaves them, for tests of what is said of them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop_app.model.changes import canonical_json, revision_id
from desktop_app.model.ids import new_id
from desktop_app.notebook.file import NotebookFile


@dataclass
class Arriving:
    """A merge of one file in the making; what is written by nobody (no author) is what the merge derived."""

    file: NotebookFile
    name: str = "team.terrain"
    by: str = ""
    _rows: list[tuple[str, str, str, tuple[str, ...], str, str, str, str]] = field(default_factory=list)

    def revision(
        self,
        fields: Mapping[str, Any],
        author: str,
        at: int,
        *,
        item: str = "",
        parents: Sequence[str] = (),
        kind: str = "entry",
    ) -> str:
        """One revision written at ``at`` (ms); ``item`` is new unless given. Returns its id."""
        item, text, clock = item or new_id(), canonical_json(fields), f"{at:012x}0000"
        device = f"{author.lower()}-device" if author else ""
        revision = revision_id(item, kind, parents, author, device, clock, text)
        self._rows.append((revision, item, kind, tuple(sorted(parents)), author, device, clock, text))
        return revision

    def item_of(self, revision: str) -> str:
        return next(row[1] for row in self._rows if row[0] == revision)

    def absent(self, revision: str, item: str) -> None:
        self.file.database.execute(
            "INSERT INTO absent (revision, reason, item) VALUES (?, 'shallow', ?)", (revision, item)
        )

    def arrive(self) -> int:
        """Put them in, the last one of each item as what stands. Returns the number of the change."""
        journal, database = self.file.journal, self.file.database
        report = canonical_json({"manifest": {"author": self.by} if self.by else None})
        with journal.change(f"Merge {self.name}") as recorder:
            for revision, item, kind, parents, author, device, clock, text in self._rows:
                here = journal.head(item) is not None
                if here:
                    database.execute("UPDATE item SET head = ?, edited = ? WHERE id = ?", (revision, clock, item))
                else:
                    database.execute(
                        "INSERT INTO item (id, kind, head, trashed, created, edited, author, revisions)"
                        " VALUES (?, ?, ?, 0, ?, ?, ?, 1)",
                        (item, kind, revision, clock, clock, author),
                    )
                recorder.last += 1
                database.execute(
                    "INSERT INTO revision VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        recorder.last,
                        revision,
                        item,
                        kind,
                        canonical_json(list(parents)),
                        author,
                        device,
                        clock,
                        text,
                        recorder.change,
                    ),
                )
                database.execute(
                    "INSERT OR REPLACE INTO turned VALUES (?, ?, '', ?)", (recorder.change, item, revision)
                )
                recorder.project(kind, item, json.loads(text), new=not here)
            number = recorder.change
        database.execute(
            "INSERT INTO exchange (direction, way, clock, author, file, report, change)"
            " VALUES ('in', 'file', ?, ?, ?, ?, ?)",
            (f"{1_800_000_000_000:012x}0000", journal.author, self.name, report, number),
        )
        return number
