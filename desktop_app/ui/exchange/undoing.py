"""Taking back a merge: by the notebook's own undo, where the merge is what that would take back."""

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop_app.model.changes import Changes
from desktop_app.model.errors import Invalid
from desktop_app.ui.i18n import tr

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook

LOOKED_AT = 200
"""Steps of the log among which the one to undo is looked for; before it are only undone ones and undoings."""


def next_undoable(notebook: "Notebook") -> int | None:
    """The number of the change that undo would take back; ``None`` where there is none."""
    for change in notebook.history.log(LOOKED_AT):
        if change.kind == "do" and not change.undone:
            return change.id
    return None


def undo_change(notebook: "Notebook", change: int) -> Changes[str] | None:
    """Undoes a change, if it is the last one; raises :class:`Invalid` where another was made since. Without a label:
    what was done is told by whoever asked for it, and is nothing to be undone again."""
    if next_undoable(notebook) != change:
        label = notebook.history.can_undo()
        message = (
            tr("“{label}” was done since; undo that first, with Ctrl+Z.", label=label)
            if label
            else tr("It is taken back already.")
        )
        raise Invalid(message=message)
    changes = notebook.history.undo()
    return replace(changes, label="") if changes is not None else None


def taken_back(notebook: "Notebook") -> frozenset[int]:
    """The numbers of the merges that were undone."""
    return frozenset(one.change for one in notebook.merging.history() if one.undone and one.change is not None)
