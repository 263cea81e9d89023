"""Hands work to the lanes and brings results back to the window's thread."""

import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal

from desktop_app.config.bugs import write_bug_report
from desktop_app.config.places import warning_for
from desktop_app.model.changes import Changes
from desktop_app.model.errors import Interrupted, KnownError
from desktop_app.ui.ops.following import Following
from desktop_app.ui.ops.lane import Job, Lane
from desktop_app.ui.ops.ops import ChangeOp, LongOp, Op, ReadOp
from desktop_app.ui.ops.watch import Watch

if TYPE_CHECKING:
    from desktop_app.model.folder import SyncReport
    from desktop_app.services.notebooks import Notebook

BELIEVED = 60.0
"""Seconds for which a notebook that was found whole is not looked at again."""


@dataclass(frozen=True, slots=True)
class NotebookInfo:
    """What the window says about the notebook it shows; ``warning`` is why it should not lie where it lies."""

    path: Path
    id: str
    title: str
    language: str
    warning: str = ""


class Operations(QObject):
    """The window's door to one notebook. ``open_notebook`` is called once on each lane's own thread.

    Signals (all on the window's thread):
    ``opened(NotebookInfo)`` the notebook can be read; ``open_failed(KnownError)`` it cannot;
    ``changed(Changes)`` something was changed here; ``changed_elsewhere()`` by another program;
    ``exchanged(Changes)`` the shared folder was caught up with by itself, before ``changed`` if that brought something;
    ``failed(str, KnownError)`` label and error of work nobody else hears of; ``bug(str, str)`` label, traceback;
    ``progressed(str, float, str)`` label, share, text of long work; ``started(str)``, ``ended(str)`` long work's label;
    ``indexed(int)`` the search index took in that many documents (emitted by whoever keeps it up to date);
    ``idle_changed(bool)`` whether nothing is waiting or running.
    """

    opened = Signal(object)
    open_failed = Signal(object)
    changed = Signal(object)
    changed_elsewhere = Signal()
    exchanged = Signal(object)
    failed = Signal(str, object)
    bug = Signal(str, str)
    started = Signal(str)
    progressed = Signal(str, float, str)
    ended = Signal(str)
    idle_changed = Signal(bool)
    indexed = Signal(int)
    _posted = Signal(object)

    def __init__(self, open_notebook: "Callable[[], Notebook]", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open = open_notebook
        self._lanes: dict[str, Lane] = {}
        self._latest: dict[str, Job] = {}
        self._running_long: dict[str, Job] = {}
        self._pending = 0
        self._watch: Watch | None = None
        self._following = Following(self._opener, self._tell_exchanged, self._tell_exchange_bug)
        self._told_open_failure = False
        self._whole_at = -BELIEVED
        self._begun = False
        self.closed = False
        self.info: NotebookInfo | None = None
        self._posted.connect(self._run_posted, Qt.ConnectionType.QueuedConnection)

    # --- asking ------------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Starts opening the notebook. Work submitted before waits for it, so that a window can be painted first."""
        if not self._begun:
            self._lane("read")
            self._begun = True
            for lane in self._lanes.values():
                lane.start()

    def submit(self, op: Op) -> None:
        """Queues ``op``; after :meth:`shutdown` it is ignored, as nobody is left to hear of it."""
        if self.closed:
            return
        job = self._job(op)
        if job.key:
            self._latest[job.key] = job
        self._count(+1)
        if isinstance(op, LongOp):
            self._running_long[op.label] = job
            self.started.emit(op.label)
        self._lane(_lane_of(op)).submit(job)

    def read(
        self, label: str, call: "Callable[[Notebook], Any]", on_done: Callable[[Any], None], key: str = ""
    ) -> None:
        """Short for ``submit(ReadOp(…))``."""
        self.submit(ReadOp(label, call, on_done, key=key))

    def stop(self, label: str) -> None:
        """Asks the long work of that label to stop; it ends at its next step."""
        job = self._running_long.get(label)
        if job:
            job.stop.set()

    @property
    def idle(self) -> bool:
        return self._pending == 0

    def wait_until_idle(self, milliseconds: int = 30_000) -> bool:
        """Runs the event loop until nothing is waiting (for pictures and tests); false when time ran out."""
        if self._pending:
            loop, timer = QEventLoop(), QTimer()
            timer.setSingleShot(True)
            timer.timeout.connect(loop.quit)
            self.idle_changed.connect(loop.quit)
            timer.start(milliseconds)
            loop.exec()
            timer.stop()
            self.idle_changed.disconnect(loop.quit)
        return self.idle

    def shutdown(self) -> None:
        """Finishes waiting changes, drops waiting reads, stops long work, joins the threads. No callback runs after."""
        if self.closed:
            return
        self.closed = True
        for job in list(self._running_long.values()):
            job.stop.set()
        self._following.close()
        # One after the other, the writer last: of two connections that close at once neither clears the log file away.
        for name in ("background", "read", "write"):
            lane = self._lanes.get(name)
            if lane is not None:
                lane.close(finish=name == "write")
                if self._begun:
                    lane.join()
        self._lanes.clear()
        self._latest.clear()
        self._running_long.clear()

    # --- lanes ------------------------------------------------------------------------------------------------------

    def _lane(self, name: str) -> Lane:
        lane = self._lanes.get(name)
        if lane is None:
            idle = self._look_elsewhere if name == "write" else None
            lane = Lane(name, self._opener, opened=lambda notebook: self._lane_opened(name, notebook), idle=idle)
            self._lanes[name] = lane
            if self._begun:
                lane.start()
        return lane

    def _opener(self) -> "Notebook":
        try:
            return self._open()
        except KnownError as error:
            self._posted.emit(partial(self._tell_open_failure, error))
            raise
        except Exception:
            text = traceback.format_exc()
            self._posted.emit(lambda: self._tell_bug("open", text))
            raise

    def _tell_open_failure(self, error: KnownError) -> None:
        if not self._told_open_failure:
            self._told_open_failure = True
            self.open_failed.emit(error)

    def _lane_opened(self, name: str, notebook: "Notebook") -> None:
        if name == "write":
            self._watch = Watch(notebook)
        elif name == "read":
            info = _info_of(notebook)
            self._posted.emit(lambda: self._tell_opened(info))

    def _tell_opened(self, info: NotebookInfo) -> None:
        self.info = info
        # The write lane is opened second, so that the first read does not wait behind it.
        self._lane("write")
        self.follow_folder()
        self.opened.emit(info)

    def _look_elsewhere(self, notebook: "Notebook", *, own_change: bool = False) -> None:
        if self._watch is None or (self._following.busy and not own_change):
            return
        moved = self._watch.changed_elsewhere(notebook, own_change=own_change)
        if moved and self._watch.newest != self._following.newest:
            self._posted.emit(self.changed_elsewhere.emit)

    # --- the shared folder ------------------------------------------------------------------------------------------

    def follow_folder(self) -> None:
        """To be called when a shared folder was attached or detached: from now on the notebook keeps in step with it,
        or no longer."""
        if self.info is not None and not self.closed:
            self._following.follow(self.info.id)

    def _tell_exchanged(self, changes: "Changes[SyncReport]") -> None:
        def tell() -> None:
            self.exchanged.emit(changes)
            if changes.touched:
                self.changed.emit(changes)

        self._posted.emit(tell)

    def _tell_exchange_bug(self, text: str) -> None:
        self._posted.emit(lambda: self._tell_bug("exchange", text))

    # --- one piece of work ------------------------------------------------------------------------------------------

    def _job(self, op: Op) -> Job:
        stop = threading.Event()
        key = "" if isinstance(op, ChangeOp) else op.key

        def run(notebook: "Notebook") -> None:
            finish = self._perform(op, notebook, stop)
            self._posted.emit(lambda: self._finish(job, op, finish))
            if not isinstance(op, ReadOp) and _lane_of(op) == "write":
                self._look_elsewhere(notebook, own_change=True)

        def refuse(error: BaseException) -> None:
            finish = (lambda: self._tell(op, error)) if isinstance(error, KnownError) else (lambda: None)
            self._posted.emit(lambda: self._finish(job, op, finish))

        job = Job(run, refuse, lambda: self._posted.emit(lambda: self._finish(job, op, lambda: None)), key, stop)
        return job

    def _perform(self, op: Op, notebook: "Notebook", stop: threading.Event) -> Callable[[], None]:
        """Runs the call on the lane; gives back what is to happen on the window's thread."""
        try:
            if isinstance(op, LongOp):
                result = op.call(notebook, partial(self._progress, op), stop.is_set)
            else:
                result = op.call(notebook)
        except KnownError as error:
            return partial(self._tell, op, error)
        except Exception:  # noqa: BLE001  any other error is a bug: reported, and the window lives on
            text = traceback.format_exc()
            damage = self._damage_of(notebook)
            if damage is not None:
                return partial(self._tell, op, damage)
            return lambda: self._tell_bug(op.label, text)
        return lambda: self._done(op, result)

    def _damage_of(self, notebook: "Notebook") -> KnownError | None:
        """A damaged notebook shows in many ways; only what a whole one does wrong is a bug. Looking takes a while, so
        one that was found whole is believed for some time."""
        if time.monotonic() - self._whole_at < BELIEVED:
            return None
        try:
            notebook.maintenance.refuse_if_damaged()
        except KnownError as error:
            return error
        except Exception:  # noqa: BLE001  what cannot even be looked at: the first error's report says enough
            return None
        self._whole_at = time.monotonic()
        return None

    def _progress(self, op: LongOp[Any], share: float, text: str = "") -> None:
        def tell() -> None:
            self.progressed.emit(op.label, share, text)
            if op.on_progress:
                _call(op.on_progress, share, text)

        self._posted.emit(tell)

    def _finish(self, job: Job, op: Op, finish: Callable[[], None]) -> None:
        late = bool(job.key) and self._latest.get(job.key) is not job
        if not late and job.key:
            del self._latest[job.key]
        try:
            if not late:
                finish()
        finally:
            if isinstance(op, LongOp):
                if self._running_long.get(op.label) is job:
                    del self._running_long[op.label]
                self.ended.emit(op.label)
            self._count(-1)

    def _done(self, op: Op, result: Any) -> None:
        if op.on_done:
            _call(op.on_done, result)
        if isinstance(result, Changes) and not isinstance(op, ReadOp):
            self.changed.emit(result)

    def _tell(self, op: Op, error: KnownError) -> None:
        if op.on_error:
            _call(op.on_error, error)
        elif not isinstance(error, Interrupted) and not self._told_open_failure:
            self.failed.emit(op.label, error)

    def _tell_bug(self, label: str, text: str) -> None:
        write_bug_report(label, text)
        self.bug.emit(label, text)

    # --- back on the window's thread --------------------------------------------------------------------------------

    def _run_posted(self, action: Callable[[], None]) -> None:
        if self.closed:
            return
        try:
            action()
        except Exception:  # noqa: BLE001  as above
            self._tell_bug("show", traceback.format_exc())

    def _count(self, step: int) -> None:
        was_idle = self.idle
        self._pending += step
        if was_idle != self.idle:
            self.idle_changed.emit(self.idle)


class InlineOperations(Operations):
    """Runs everything at once on the caller's thread, with one notebook: for tests of screens."""

    def __init__(self, open_notebook: "Callable[[], Notebook]", parent: QObject | None = None) -> None:
        super().__init__(open_notebook, parent)
        self._notebook: Notebook | None = None

    def start(self) -> None:
        if self._notebook is None:
            try:
                self._notebook = self._open()
            except KnownError as error:
                self._tell_open_failure(error)
                return
            self.info = _info_of(self._notebook)
            self.opened.emit(self.info)

    def submit(self, op: Op) -> None:
        if self.closed:
            return
        self.start()
        if self._notebook is None:
            return
        job = self._job(op)
        if isinstance(op, LongOp):
            self._running_long[op.label] = job
            self.started.emit(op.label)
        self._count(+1)
        if job.key:
            self._latest[job.key] = job
        self._finish(job, op, self._perform(op, self._notebook, job.stop))

    def _progress(self, op: LongOp[Any], share: float, text: str = "") -> None:
        self.progressed.emit(op.label, share, text)
        if op.on_progress:
            _call(op.on_progress, share, text)

    def follow_folder(self) -> None:
        """Nothing runs by itself here."""

    def shutdown(self) -> None:
        if not self.closed:
            self.closed = True
            if self._notebook is not None:
                self._notebook.close()


def _info_of(notebook: "Notebook") -> NotebookInfo:
    path = Path(notebook.path)
    return NotebookInfo(path, notebook.id, notebook.title, notebook.language, warning_for(path))


def _lane_of(op: Op) -> str:
    if isinstance(op, ReadOp):
        return "read"
    return op.lane if isinstance(op, LongOp) else "write"


def _call(callback: Callable[..., None], *arguments: Any) -> None:
    """Calls back unless the receiver is a widget that has been deleted in the meantime."""
    owner = getattr(callback, "__self__", None)
    if isinstance(owner, QObject) and not shiboken6.isValid(owner):
        return
    callback(*arguments)
