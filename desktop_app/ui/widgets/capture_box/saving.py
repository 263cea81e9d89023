"""Writing a capture down and taking it back: what runs on the write lane."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from desktop_app.model.changes import Changes
from desktop_app.model.errors import KnownError
from desktop_app.ui.widgets.capture_box.files import on_disk
from desktop_app.ui.widgets.capture_box.keeping import Content, draft_content
from desktop_app.ui.widgets.capture_box.known import Known, read_known
from desktop_app.ui.widgets.capture_box.understanding import draft_of, understand

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook


@dataclass(eq=False, slots=True)
class Saving:
    """A capture on its way; ``failed`` is set where something other than a known error stopped it."""

    content: Content
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Saved:
    """A capture that was saved: the entry, and the change that wrote it."""

    entry: str
    change: int
    content: Content


def write(saving: Saving, surface: str, known: Known | None, day_first: bool, notebook: "Notebook") -> Changes[Saved]:
    """Reads the text once more, writes the entry, lets the draft go with it."""
    content = saving.content
    try:
        understood = understand(content.text, known or read_known(notebook))
        with on_disk(content.files) as paths:
            draft = draft_of(understood, datetime.now(), day_first=day_first, attach=paths)
            changes = notebook.entries.add(draft, draft_of=surface)
    except BaseException as error:
        saving.failed = not isinstance(error, KnownError)
        # The window may be gone before it hears of this.
        with suppress(KnownError):
            notebook.drafts.save(surface, draft_content(content))
        raise
    if any(not file.path for file in content.files):
        with suppress(KnownError):
            notebook.drafts.discard(f"{surface}:files")
    return Changes(changes.label, changes.touched, Saved(changes.result, notebook.history.newest(), content))


def take_back(saved: Saved, notebook: "Notebook") -> Changes[object] | None:
    """Undoes the change that wrote the entry; where something else was done since, the entry goes into the trash."""
    if notebook.history.newest() == saved.change:
        undone = notebook.history.undo()
        return None if undone is None else Changes(undone.label, undone.touched, undone.result)
    trashed = notebook.entries.trash([saved.entry])
    return Changes(trashed.label, trashed.touched, trashed.result)
