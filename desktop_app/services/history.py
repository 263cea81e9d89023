"""Undo, redo, the log, and the history of one item."""

from desktop_app.model.changes import Change, Changes, RevisionInfo
from desktop_app.notebook.undo import Done
from desktop_app.services.context import Context


class History:
    def __init__(self, context: Context) -> None:
        self._undo = context.file.undo
        self._journal = context.file.journal

    def undo(self) -> Changes[str] | None:
        """Take back the last change, whoever and whichever program made it; ``None`` when there is none."""
        return _changes(self._undo.undo())

    def redo(self) -> Changes[str] | None:
        """Bring back what was undone last; ``None`` when there is nothing, or something was done since."""
        return _changes(self._undo.redo())

    def can_undo(self) -> str:
        """The label of what undo would take back, or an empty string."""
        found = self._undo.next_undo()
        return found[1] if found else ""

    def can_redo(self) -> str:
        """The label of what redo would bring back, or an empty string."""
        found = self._undo.next_redo()
        return found[1] if found else ""

    def log(self, limit: int = 50, offset: int = 0) -> list[Change]:
        """Who did what and when, newest first."""
        return self._journal.log(limit, offset)

    def of(self, item: str) -> list[RevisionInfo]:
        """Revisions of an item, newest first."""
        return self._journal.history(item)


def _changes(done: Done | None) -> Changes[str] | None:
    if done is None:
        return None
    return Changes(done.label, {kind: frozenset(items) for kind, items in done.touched.items()}, done.label)
