"""Undo, redo, the log, and the history of one item."""

from desktop_app.model.changes import Change, Changes, RevisionInfo
from desktop_app.model.errors import NotFound
from desktop_app.model.provenance import Provenance
from desktop_app.notebook.undo import Done
from desktop_app.services.context import Context


class History:
    def __init__(self, context: Context) -> None:
        self._undo = context.file.undo
        self._log = context.file.log

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

    def log(self, limit: int = 50, offset: int = 0, author: str = "") -> list[Change]:
        """Who did what and when, newest first; of one person what they did, and the merges that brought more of it."""
        return self._log.changes(limit, offset, author)

    def authors(self) -> list[str]:
        """Everybody who has done something in this notebook, or of whom a merge has brought something, by name."""
        return self._log.authors()

    def newest(self) -> int:
        """The number of the last change; it grows with every change, whoever made it."""
        found = self._log.newest()
        return found[0] if found else 0

    def of(self, item: str) -> list[RevisionInfo]:
        """Versions of an item, newest first and none before what was made of it; of one that is not here, none."""
        return self._log.history(item)

    def provenance(self, item: str) -> Provenance:
        """Who wrote an item first, and which file brought it here; raises :class:`NotFound`."""
        found = self._log.provenance(item)
        if found is None:
            raise NotFound(what="item", name=item)
        return found


def _changes(done: Done | None) -> Changes[str] | None:
    if done is None:
        return None
    return Changes(done.label, {kind: frozenset(items) for kind, items in done.touched.items()}, done.label)
