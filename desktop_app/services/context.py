"""What the services of one open notebook share: the file, the clock, the vocabularies, how a change is made."""

import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from typing import TypeVar

from desktop_app.config.resources import resource_path
from desktop_app.model.changes import Changes
from desktop_app.model.time import Occurred, parse_when
from desktop_app.model.vocabulary import Vocabulary, VocabularyName
from desktop_app.notebook.file import NotebookFile
from desktop_app.notebook.journal import Recorder

T = TypeVar("T")

FILES: dict[VocabularyName, str] = {"perspective": "perspectives.toml", "scale": "scales.toml"}


@cache
def built_in(name: VocabularyName) -> Vocabulary:
    """A vocabulary as it came with the program."""
    text = resource_path("vocabulary", FILES[name]).read_text(encoding="utf-8")
    return Vocabulary.from_toml(name, tomllib.loads(text))


class Context:
    """Shared by the services of one notebook; used by one thread."""

    def __init__(self, file: NotebookFile, now: Callable[[], datetime], *, day_first: bool) -> None:
        self.file = file
        self.now = now
        self.day_first = day_first

    @contextmanager
    def change(self, label: str) -> Iterator[Recorder]:
        """One undoable step; nested, it becomes part of the outer one."""
        with self.file.journal.change(label) as recorder:
            yield recorder

    def changes(self, recorder: Recorder, result: T) -> Changes[T]:
        """What a finished change touched, with its result."""
        touched = {kind: frozenset(items) for kind, items in recorder.touched.items()}
        return Changes(recorder.label, touched, result)

    def vocabulary(self, name: VocabularyName) -> Vocabulary:
        """The built-in terms and the notebook's own."""
        return built_in(name).with_terms(term for _, term in self.file.terms.of(name))

    def when(self, text: str) -> Occurred:
        """What a person typed as a date; raises :class:`desktop_app.model.time.BadDate`."""
        return parse_when(text, self.now(), dayfirst=self.day_first)
