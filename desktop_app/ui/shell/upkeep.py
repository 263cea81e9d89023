"""What the frame keeps in step with the notebook: search index, saved searches, conflicts that wait, the undo hint."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop_app.model.changes import Changes
from desktop_app.model.errors import KnownError
from desktop_app.model.folder import SyncReport
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.ops import LongOp, Operations, ReadOp
from desktop_app.ui.shell.sidebar import SavedCount, Sidebar
from desktop_app.ui.shell.status_line import StatusLine

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook

INDEX_AFTER_MILLISECONDS = 60
INDEX_AGAIN_MILLISECONDS = 5_000
COUNT_AFTER_MILLISECONDS = 400
BACKUP_MILLISECONDS = 5 * 60_000


class Upkeep(QObject):
    """Follows ``operations`` from :meth:`begin` on."""

    def __init__(self, operations: Operations, sidebar: Sidebar, status: StatusLine) -> None:
        super().__init__(sidebar)
        self._operations = operations
        self._sidebar = sidebar
        self._status = status
        self._said = False
        self._indexing = False
        self._index_again = False
        self._index_failures = 0
        self._index_soon = self._timer(INDEX_AFTER_MILLISECONDS, self._catch_up)
        self._index_late = self._timer(INDEX_AGAIN_MILLISECONDS, self._catch_up)
        self._count_soon = self._timer(COUNT_AFTER_MILLISECONDS, self._count)
        self._conflicts_soon = self._timer(COUNT_AFTER_MILLISECONDS, self._count_conflicts)
        self._backup_soon = self._timer(BACKUP_MILLISECONDS, self._back_up)
        self._backup_soon.setSingleShot(False)
        operations.changed.connect(self._changed)
        operations.changed_elsewhere.connect(self._changed_elsewhere)
        operations.exchanged.connect(self._exchanged)
        operations.indexed.connect(self._count_soon.start)

    def _timer(self, milliseconds: int, slot: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(slot)
        return timer

    def said_already(self) -> None:
        """The next change has been told in its own words (undo, redo)."""
        self._said = True

    def close_down(self) -> None:
        waiting = (self._index_soon, self._index_late, self._count_soon, self._conflicts_soon, self._backup_soon)
        for timer in waiting:
            timer.stop()

    def begin(self) -> None:
        """To be called when the notebook is open."""
        self._index_soon.start()
        self._count_soon.start()
        self._conflicts_soon.start()
        self._read_undo()

    def _changed(self, changes: Changes[object]) -> None:
        if not self._said and changes.label and not isinstance(changes.result, SyncReport):
            label = changes.label[:1].lower() + changes.label[1:]
            self._status.say(tr("Saved."), tr("Undo {label}", label=label), self._sidebar.undo_requested.emit)
        self._said = False
        self._indexing = False
        self._index_again = False
        self._index_soon.start()
        self._conflicts_soon.start()
        if not self._backup_soon.isActive():
            self._backup_soon.start()
        if changes.concerns("search"):
            self._count_soon.start()
        self._read_undo()
        if changes.concerns("notebook"):
            self._operations.read(
                tr("Read the title"), lambda notebook: notebook.title, self._sidebar.set_notebook, key="title"
            )

    def _exchanged(self, changes: "Changes[SyncReport]") -> None:
        if changes.touched:
            came = changes.result.took
            self._status.say(
                count_text(
                    came,
                    "{number} new version came through the shared folder.",
                    "{number} new versions came through the shared folder.",
                )
            )
            self.said_already()

    def _changed_elsewhere(self) -> None:
        self._status.say(tr("Another program changed this notebook."))
        self._index_soon.start()
        self._conflicts_soon.start()
        self._read_undo()

    # --- undo hint --------------------------------------------------------------------------------------------------

    def _read_undo(self) -> None:
        self._operations.read(
            tr("Read history"), lambda notebook: notebook.history.can_undo(), self._sidebar.set_undo, key="undo"
        )

    # --- conflicts --------------------------------------------------------------------------------------------------

    def _count_conflicts(self) -> None:
        """Of items that two people changed apart from each other; the sidebar says that they wait."""
        self._operations.read(
            tr("Count conflicts"), lambda notebook: notebook.conflicts.count(), self._show_conflicts, key="conflicts"
        )

    def _show_conflicts(self, count: int) -> None:
        words = count_text(count, "{number} conflict to settle", "{number} conflicts to settle")
        self._sidebar.set_waiting("exchange", count, words)

    # --- backup -----------------------------------------------------------------------------------------------------

    def _back_up(self) -> None:
        """Every few minutes from the first change on; the service sees to it that it is at most every half hour."""

        def keep(notebook: "Notebook", _progress: object, _should_stop: object) -> None:
            notebook.maintenance.backup_if_due()
            notebook.search.tidy()

        self._operations.submit(LongOp(tr("Backing up"), keep, lane="background"))

    # --- index ------------------------------------------------------------------------------------------------------

    def _catch_up(self) -> None:
        if self._indexing:
            self._index_again = True
            return
        self._indexing = True
        self._operations.submit(
            LongOp(
                tr("Bringing the search index up to date"),
                lambda notebook, progress, should_stop: notebook.search.catch_up(progress, should_stop),
                self._caught_up,
                self._index_failed,
                lane="background",
            )
        )

    def _caught_up(self, count: int) -> None:
        self._index_done()
        self._index_failures = 0
        if count:
            self._operations.indexed.emit(count)

    def _index_done(self) -> None:
        self._indexing = False
        if self._index_again:
            self._index_again = False
            self._index_soon.start()

    def _index_failed(self, error: KnownError) -> None:
        """Another program may be indexing just now: it is tried once more before anything is said."""
        self._index_done()
        self._index_failures += 1
        if self._index_failures == 1:
            self._index_late.start()
            return
        self._index_failures = 0
        self._operations.failed.emit(tr("Bringing the search index up to date"), error)

    # --- saved searches ---------------------------------------------------------------------------------------------

    def _count(self) -> None:
        self._operations.submit(
            ReadOp(tr("Count saved searches"), _counted, self._sidebar.set_saved, key="saved-searches")
        )


def _counted(notebook: "Notebook") -> list[SavedCount]:
    return [
        SavedCount(saved.id, saved.name, saved.query, _hits(notebook, saved.query))
        for saved in notebook.saved_searches.list()
    ]


def _hits(notebook: "Notebook", query: str) -> int | None:
    try:
        return notebook.search.run(query, limit=1).total
    except KnownError:
        # A query from another version that is no longer understood: Browse says why when it is opened.
        return None
