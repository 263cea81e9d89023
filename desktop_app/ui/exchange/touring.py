"""What the tour shows of exchanges: a copy in which somebody else has worked meanwhile, made beside the notebook.

Only for the tour, which works on a copy of the person's notebook in a folder that goes when it ends.
"""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.model.changes import Changes
from desktop_app.model.entries import EntryDraft, EntryKind

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook

NAME = "from-mira.terrain"
SOMEBODY = "Mira Sand"
SOMEBODYS_DEVICE = "6d697261732d7462"
ADDED = "Asked at the counter: nobody knew that the invoice can be had by mail."


def copy_beside(notebook: "Notebook") -> Path:
    return notebook.path.with_name(NAME)


def shared_beside(notebook: "Notebook") -> Path:
    """A shared folder into which somebody has written what the notebook holds: what came in through it could not be
    taken back after the round."""
    from desktop_app.services.notebooks import Identity, open_notebook

    folder, path = notebook.path.with_name("Shared with Mira"), notebook.path.with_name("beside.terrain")
    shutil.rmtree(folder, ignore_errors=True)
    path.unlink(missing_ok=True)
    folder.mkdir()
    notebook.maintenance.backup(path)
    with open_notebook(path, identity=Identity(SOMEBODY, SOMEBODYS_DEVICE)) as copy:
        copy.folder.attach(folder)
        copy.folder.sync()
        copy.folder.detach()
    return folder


def work_apart(notebook: "Notebook") -> Changes[str]:
    """Lets somebody work in a copy of the notebook, and then in the notebook itself, so that there is something new,
    something changed and something conflicting; returns the change of the notebook, which undo takes back."""
    from desktop_app.services.notebooks import Identity, open_notebook

    path = copy_beside(notebook)
    path.unlink(missing_ok=True)
    notebook.maintenance.backup(path)
    notes = [entry for entry in notebook.entries.recent(30) if entry.fields.kind == EntryKind.NOTE]
    first, second = (notes * 2)[:2] if notes else (None, None)
    with open_notebook(path, identity=Identity(SOMEBODY, "tour")) as copy:
        copy.entries.add(EntryDraft(body=ADDED, tags=("invoice",)))
        if first is not None and second is not None:
            copy.entries.edit(second.id, EntryDraft(tags=(*second.fields.tags, "looked-at")))
            copy.entries.edit(first.id, EntryDraft(body=f"{first.fields.body} They said so twice."))
    if first is None:
        return notebook.entries.add(EntryDraft(body=ADDED))
    return notebook.entries.edit(first.id, EntryDraft(body=f"{first.fields.body} It was said only once."))
