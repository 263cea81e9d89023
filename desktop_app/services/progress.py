"""Long work of several steps as one: how far it is, and whether somebody wants it to stop."""

from collections.abc import Callable

from desktop_app.model.errors import Interrupted

Progress = Callable[[float, str], None]
ShouldStop = Callable[[], bool]


class Told:
    """Tells ``progress`` how far the work is, from 0 to 1, and at what; ``what`` begins the sentence that says that it
    was stopped (“The merge”)."""

    def __init__(self, what: str, progress: Progress | None, should_stop: ShouldStop | None) -> None:
        self._what = what
        self._progress = progress
        self._should_stop = should_stop

    def __call__(self, part: float, text: str) -> None:
        """Raises :class:`Interrupted` when the work is to stop."""
        self.refuse_if_stopped()
        if self._progress is not None:
            self._progress(part, text)

    def refuse_if_stopped(self) -> None:
        """Raises :class:`Interrupted` when the work is to stop."""
        if self.should_stop():
            raise Interrupted(what=self._what)

    def should_stop(self) -> bool:
        return self._should_stop is not None and self._should_stop()

    def part(self, start: float, end: float, text: str) -> Callable[[float], None]:
        """A step of the work as something to be told from 0 to 1."""
        return lambda done: self(start + (end - start) * done, text)
