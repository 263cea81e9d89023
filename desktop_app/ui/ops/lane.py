"""One thread with one notebook: it opens it, runs work on it in order, and closes it.

Nothing here touches a widget. Whatever is to be said goes through the ``post`` callable, which queues it for the
window's thread.
"""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook

IDLE_SECONDS = 1.0


@dataclass(eq=False, slots=True)
class Job:
    """One piece of work as a lane sees it. ``run`` is called with the notebook, ``refuse`` when it cannot be opened."""

    run: "Callable[[Notebook], None]"
    refuse: Callable[[BaseException], None]
    drop: Callable[[], None]
    key: str = ""
    stop: threading.Event = field(default_factory=threading.Event)


class Lane(threading.Thread):
    """Runs jobs in order. ``idle`` is called on this thread after so many seconds without a job (``every``)."""

    def __init__(
        self,
        name: str,
        open_notebook: "Callable[[], Notebook]",
        *,
        opened: "Callable[[Notebook], None]",
        idle: "Callable[[Notebook], None] | None" = None,
        every: float = IDLE_SECONDS,
    ) -> None:
        super().__init__(name=f"terrain-{name}", daemon=True)
        self._open = open_notebook
        self._opened = opened
        self._idle = idle
        self._every = every
        self._jobs: deque[Job] = deque()
        self._wake = threading.Condition()
        self._closing = False
        self._current: Job | None = None

    def submit(self, job: Job) -> None:
        """Queues a job; a waiting one with the same key is dropped for it."""
        dropped: list[Job] = []
        with self._wake:
            if job.key:
                dropped = [waiting for waiting in self._jobs if waiting.key == job.key]
                for waiting in dropped:
                    self._jobs.remove(waiting)
            self._jobs.append(job)
            self._wake.notify()
        for waiting in dropped:
            waiting.drop()

    def close(self, *, finish: bool) -> None:
        """Asks the thread to end: after the waiting jobs with ``finish``, else as soon as the current one stops."""
        with self._wake:
            self._closing = True
            dropped = [] if finish else list(self._jobs)
            if not finish:
                self._jobs.clear()
                if self._current:
                    self._current.stop.set()
            self._wake.notify()
        for waiting in dropped:
            waiting.drop()

    def run(self) -> None:
        try:
            notebook = self._open()
        except Exception as error:  # noqa: BLE001  the opener has told; every job is refused with it
            self._refuse_all(error)
            return
        try:
            self._opened(notebook)
            while (job := self._next(notebook)) is not None:
                job.run(notebook)
                self._current = None
        finally:
            notebook.close()

    def _next(self, notebook: "Notebook") -> Job | None:
        while True:
            with self._wake:
                if self._jobs:
                    self._current = self._jobs.popleft()
                    return self._current
                if self._closing:
                    return None
                timed_out = not self._wake.wait(self._every if self._idle else None)
            if timed_out and self._idle:
                self._idle(notebook)

    def _refuse_all(self, error: BaseException) -> None:
        while True:
            with self._wake:
                if not self._jobs:
                    if self._closing:
                        return
                    self._wake.wait()
                    continue
                job = self._jobs.popleft()
            job.refuse(error)
