"""Keeps a notebook that is attached to a shared folder in step with it."""

import traceback
from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop_app.config.attached import attached_folder
from desktop_app.config.settings import device_id
from desktop_app.ui.ops.lane import Lane

if TYPE_CHECKING:
    from desktop_app.model.changes import Changes
    from desktop_app.model.folder import SyncReport
    from desktop_app.services.notebooks import Notebook

EVERY_SECONDS = 0.5


class Following:
    """A lane of its own, so that a drive that does not answer keeps nobody else waiting; there is none while no folder
    is attached. ``exchanged`` and ``bug`` are called on that lane.

    ``busy``: it is exchanging right now; ``newest`` is the newest change after it did so last.
    """

    def __init__(
        self,
        open_notebook: "Callable[[], Notebook]",
        exchanged: "Callable[[Changes[SyncReport]], None]",
        bug: Callable[[str], None],
    ) -> None:
        self._open = open_notebook
        self._exchanged = exchanged
        self._bug = bug
        self._lane: Lane | None = None
        self._ending: list[Lane] = []
        self.busy = False
        self.newest = -1

    def follow(self, notebook: str) -> None:
        """Begin where a folder is attached to the notebook of this id, and end where none is."""
        attached = attached_folder(notebook, device_id()) is not None
        if attached and self._lane is None:
            self._lane = Lane(
                "folder", self._open, opened=lambda _notebook: None, idle=self._catch_up, every=EVERY_SECONDS
            )
            self._lane.start()
        elif not attached and self._lane is not None:
            self._lane.close(finish=False)
            self._ending.append(self._lane)
            self._lane = None

    def close(self) -> None:
        """End, and wait until it has ended."""
        if self._lane is not None:
            self._lane.close(finish=False)
            self._ending.append(self._lane)
            self._lane = None
        for lane in self._ending:
            lane.join()
        self._ending.clear()

    def _catch_up(self, notebook: "Notebook") -> None:
        self.busy = True
        try:
            changes = notebook.folder.catch_up()
            if changes is not None:
                self.newest = notebook.history.newest()
                self._exchanged(changes)
        except Exception:  # noqa: BLE001  a bug is told once; it would come again every half second
            self._bug(traceback.format_exc())
            if self._lane is not None:
                self._lane.close(finish=False)
        finally:
            self.busy = False
