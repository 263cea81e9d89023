"""Known errors of the notebook file. ``path`` is always part of the sentence, so that it can be acted upon."""

from desktop_app.model.errors import KnownError


class NotebookError(KnownError):
    """Anything that keeps a notebook file from being read or written."""


class NotebookMissing(NotebookError):
    template = "There is no notebook at {path}; check the name, or make one with “terrain new”."


class NotebookMoved(NotebookError):
    template = (
        "{path} has been moved, deleted or replaced while it was open; put it back, or open it where it is now. "
        "Nothing was written."
    )


class NotebookExists(NotebookError):
    template = "{path} already exists; choose another name, nothing was overwritten."


class NotANotebook(NotebookError):
    template = "{path} is no Terrain notebook ({reason}); open a file that ends in .terrain."


class NewerNotebook(NotebookError):
    template = (
        "{path} was written by a newer Terrain (format {found}, this one reads up to {known}); "
        "update Terrain to open it, nothing was changed."
    )


class NotebookDamaged(NotebookError):
    template = (
        "{path} is damaged ({reason}); run “terrain check --repair” on it or restore a backup with “terrain restore”."
    )


class NotebookReadOnly(NotebookError):
    template = "{path} cannot be written (the file or its folder is read-only); copy it to a folder you may write to."


class NotebookBusy(NotebookError):
    template = "{path} is being written by another program for a long time; try again in a moment, nothing was changed."


class DiskFull(NotebookError):
    template = "There is no room left on the disk of {path}; free some space and try again, nothing was changed."


class DiskError(NotebookError):
    template = "The disk could not read or write {path} ({reason}); check the disk or the connection to it."


class DamagedPoints(KnownError):
    template = "The stored points of this import are damaged ({reason}); run “terrain check” on the notebook."


class ForeignNotebook(NotebookError):
    template = "{path} cannot be taken in ({reason}); ask whoever made it for another copy. Nothing was changed."
