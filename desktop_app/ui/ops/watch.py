"""Notices that another program (the command line, a second window) wrote into the notebook."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook


class Watch:
    """Lives on the write lane, whose connection sees every commit but its own as a new ``data_version``.

    A new version alone is not enough: the background lane commits too, when it has indexed. So the newest change of
    the log decides (``newest`` is its number).
    """

    def __init__(self, notebook: "Notebook") -> None:
        self._version = notebook.data_version()
        self.newest = _newest(notebook)

    def changed_elsewhere(self, notebook: "Notebook", *, own_change: bool = False) -> bool:
        """Whether others added to the log since the last call; ``own_change`` says that this lane just did."""
        version = notebook.data_version()
        moved = version != self._version
        if not moved and not own_change:
            return False
        self._version = version
        newest = _newest(notebook)
        added = newest != self.newest
        self.newest = newest
        return moved and added


def _newest(notebook: "Notebook") -> int:
    return notebook.history.newest()
