"""What is being written about questions, kept for a crash: one draft for each form of each question."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop_app.model.metrics import Series
from desktop_app.ui.i18n import tr
from desktop_app.ui.ops import ChangeOp, Operations

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook

KINDS = ("edit", "answer", "options")
"""The forms of a question that is there; ``new`` is the form of one that is not."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a form begins with: its draft by field, and the series that an amount can be taken of."""

    draft: Mapping[str, Any]
    series: tuple[Series, ...] = ()


def surface(kind: str, item: str) -> str:
    return f"question:{kind}:{item}"


def waiting(notebook: "Notebook", item: str) -> tuple[str, str] | None:
    """The form with a draft that was not saved, of this question or of a new one, with the question's id."""
    kept = set(notebook.drafts.surfaces())
    forms = [*((kind, item) for kind in KINDS), ("new", "")]
    return next((form for form in forms if surface(*form) in kept), None)


class Drafting:
    def __init__(self, operations: Operations) -> None:
        self._operations = operations

    def begin(self, kind: str, item: str, show: Callable[[Kept], None]) -> None:
        def read(notebook: "Notebook") -> Kept:
            series = tuple(notebook.metrics.list()) if kind == "options" else ()
            return Kept(notebook.drafts.load(surface(kind, item)) or {}, series)

        self._operations.read(tr("Read what was being written"), read, show, key="lenses.questions.draft")

    def keep(self, kind: str, item: str, typed: Mapping[str, Any], then: Callable[[], None] | None = None) -> None:
        """Keeps what was typed, or forgets it where there is nothing."""
        name = surface(kind, item)

        def call(notebook: "Notebook") -> None:
            if typed:
                notebook.drafts.save(name, typed)
            else:
                notebook.drafts.discard(name)

        done = (lambda _: then()) if then else None
        self._operations.submit(ChangeOp(tr("Keep what is being written"), call, done))
