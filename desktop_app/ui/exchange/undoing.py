"""Taking back a merge: by the notebook's own undo, where the merge is what that would take back."""

from typing import TYPE_CHECKING

from desktop_app.model.changes import Changes
from desktop_app.model.errors import Invalid
from desktop_app.ui.i18n import tr

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook


def undo_last(notebook: "Notebook", label: str) -> Changes[str] | None:
    """Undoes the last change, if it is called ``label``; raises :class:`Invalid` where another was made since."""
    following = notebook.history.can_undo()
    if following != label:
        message = (
            tr("“{label}” was done since; undo that first, with Ctrl+Z.", label=following)
            if following
            else tr("There is nothing to undo any more.")
        )
        raise Invalid(message=message)
    return notebook.history.undo()
