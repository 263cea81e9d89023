"""Known errors: each is one sentence that says what is wrong, where, and what to do.

An error carries its template and its parts, so that the sentence is made (and translated) where it is shown.
Anything that is not a :class:`KnownError` is a bug and makes a report.
"""

from functools import partial
from typing import ClassVar


class KnownError(Exception):
    """A situation a person can do something about.

    ``template`` is an English sentence with ``{named}`` parts; ``parts`` fills them. ``str(error)`` is the sentence.
    """

    template: ClassVar[str] = "{message}"

    def __init__(self, **parts: object) -> None:
        self.parts = parts
        super().__init__(self.template.format(**parts))

    def __reduce__(self) -> tuple[object, ...]:
        """With its parts, where it has to pass from one process to another."""
        return partial(type(self), **self.parts), ()


class Invalid(KnownError):
    """A value that breaks a rule of the model; ``message`` says which value, which rule and what would do."""


class NotFound(KnownError):
    template = "There is no {what} “{name}” in this notebook."


class Ambiguous(KnownError):
    template = "“{name}” fits {count} of the {what}s here ({examples}); give more of it."


class Interrupted(KnownError):
    """Long work was stopped by the person; nothing of it was kept."""

    template = "{what} was stopped; nothing was changed."
