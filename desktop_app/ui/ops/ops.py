"""The three kinds of work a screen can ask for, as data."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from desktop_app.model.changes import Changes
from desktop_app.model.errors import KnownError

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook

T = TypeVar("T")

Progress = Callable[[float, str], None]
"""Called by long work with the share done (0–1) and what is being done (may be empty)."""

ShouldStop = Callable[[], bool]
"""Asked by long work between steps; when true, the work raises ``Interrupted`` or returns what it has."""


@dataclass(frozen=True, slots=True, eq=False)
class ReadOp(Generic[T]):
    """A read. A newer read of the same ``key`` replaces this one: queued, it never runs; done, it is dropped.

    ``on_error`` gets known errors; without it they go to ``Operations.failed``.
    """

    label: str
    call: "Callable[[Notebook], T]"
    on_done: Callable[[T], None]
    on_error: Callable[[KnownError], None] | None = None
    key: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class ChangeOp(Generic[T]):
    """A change. What the call returns goes to ``on_done``; a ``Changes`` is also announced by ``Operations.changed``.

    A call may return ``None`` where nothing was changed (undo with nothing to undo) or nothing is announced (drafts).
    """

    label: str
    call: "Callable[[Notebook], Changes[T] | None]"
    on_done: Callable[[Changes[T] | None], None] | None = None
    on_error: Callable[[KnownError], None] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class LongOp(Generic[T]):
    """Work that takes its time, with progress and a stop. On the write lane unless ``lane`` is ``background``.

    A result that is a ``Changes`` is announced like a change's.
    """

    label: str
    call: "Callable[[Notebook, Progress, ShouldStop], T]"
    on_done: Callable[[T], None] | None = None
    on_error: Callable[[KnownError], None] | None = None
    on_progress: Progress | None = None
    lane: Literal["write", "background"] = "write"
    key: str = ""


Op = ReadOp[Any] | ChangeOp[Any] | LongOp[Any]
