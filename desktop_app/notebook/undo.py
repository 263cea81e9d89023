"""Undo and redo as new changes.

A change is undone by restoring, in every item it revised, the earlier value of each field it altered; what has been
written into other fields since stays. Because the log itself says what was done and undone, it works across restarts
and covers imports and merges.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desktop_app.notebook.errors import NotebookDamaged
from desktop_app.notebook.journal import Journal, Recorder


@dataclass(frozen=True, slots=True)
class Done:
    """What was undone or redone: the change's label, and the ids of the items it touched by kind."""

    label: str
    touched: Mapping[str, set[str]]


ABSENT: Mapping[str, Any] = {"trashed": True}
"""The state of an item before its first revision."""


class Undo:
    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._database = journal.database

    def next_undo(self) -> tuple[int, str] | None:
        """The change that undo would take back: its number and label."""
        found: tuple[int, str] | None = self._database.one(
            "SELECT id, label FROM change WHERE kind = 'do' AND undone = 0 ORDER BY id DESC LIMIT 1"
        )
        return found

    def next_redo(self) -> tuple[int, str] | None:
        """The change that redo would bring back; doing something new forgets what was undone before."""
        found: tuple[int, str] | None = self._database.one(
            "SELECT done.id, done.label FROM change AS undo JOIN change AS done ON done.id = undo.target"
            " WHERE undo.kind = 'undo' AND done.undone = 1"
            " AND undo.id > coalesce((SELECT id FROM change WHERE kind = 'do' ORDER BY id DESC LIMIT 1), 0)"
            " ORDER BY undo.id DESC LIMIT 1"
        )
        return found

    def undo(self) -> Done | None:
        """Take back the last change, or return ``None`` when there is none."""
        with self._journal.change("", kind="undo") as recorder:
            found = self.next_undo()
            return None if found is None else self._turn(recorder, *found, back=True)

    def redo(self) -> Done | None:
        """Bring back the change undone last, or return ``None`` when there is none."""
        with self._journal.change("", kind="redo") as recorder:
            found = self.next_redo()
            return None if found is None else self._turn(recorder, *found, back=False)

    def _turn(self, recorder: Recorder, change: int, label: str, *, back: bool) -> Done:
        recorder.label, recorder.target = label, change
        self._database.execute("UPDATE change SET undone = ? WHERE id = ?", (int(back), change))
        turned = self._database.rows(
            "SELECT item, kind, before, after FROM turned JOIN item ON item.id = turned.item WHERE change = ?",
            (change,),
        )
        if turned or self._is_merge(change):
            # A merge: what came in hangs together otherwise than what was written here one after the other.
            for item, kind, before, after in turned:
                states = (self._state(after), self._state(before))
                self._restore(recorder, kind, item, *(states if back else states[::-1]))
            return Done(label, recorder.touched)
        order = "DESC" if back else "ASC"
        first, last = self._database.one("SELECT first, last FROM change WHERE id = ?", (change,))
        for item, kind, parents, text in self._database.rows(
            f"SELECT item, kind, parents, fields FROM revision WHERE number BETWEEN ? AND ? ORDER BY number {order}",
            (first, last),
        ):
            after = json.loads(text)
            before = self._before(json.loads(parents))
            self._restore(recorder, kind, item, *((after, before) if back else (before, after)))
        return Done(label, recorder.touched)

    def _is_merge(self, change: int) -> bool:
        """Whether it took in what others wrote; that may turn nothing, where only earlier versions came."""
        return self._database.one("SELECT 1 FROM exchange WHERE change = ?", (change,)) is not None

    def _restore(
        self, recorder: Recorder, kind: str, item: str, old: Mapping[str, Any], new: Mapping[str, Any]
    ) -> None:
        recorder.record(kind, item, restored(self._journal.fields(item), old, new), settles=False)

    def _before(self, parents: Sequence[str]) -> Mapping[str, Any]:
        return self._state(parents[0] if parents else "")

    def _state(self, revision: str) -> Mapping[str, Any]:
        """The state that a revision gave its item, one that has been superseded since too; of none, nothing."""
        row = self._database.one(
            "SELECT fields FROM revision WHERE id = ? UNION ALL SELECT fields FROM superseded WHERE id = ?",
            (revision, revision),
        )
        # What is not here cannot be gone back to (a shallow copy): then there was nothing.
        if row is None:
            return ABSENT
        try:
            fields: Mapping[str, Any] = json.loads(row[0])
        except ValueError as error:
            raise NotebookDamaged(path=self._database.path, reason="an earlier version cannot be read") from error
        return fields


def restored(current: Mapping[str, Any], old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """``current`` with every field that ``old`` and ``new`` differ in as ``new`` has it, where nobody wrote over it.

    An item that did not exist (:data:`ABSENT`) differs in nothing but being there.
    """
    names = {"trashed"} if ABSENT in (old, new) else old.keys() | new.keys()
    result = dict(current)
    for name in names:
        if old.get(name) == new.get(name) or current.get(name) != old.get(name):
            continue
        if name in new:
            result[name] = new[name]
        else:
            result.pop(name, None)
    return result
