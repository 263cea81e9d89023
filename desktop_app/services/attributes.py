"""Attributes: the variables of a study, and the values that documents and people carry."""

from collections.abc import Iterable, Sequence

from desktop_app.model.attributes import Value, Variable, VariableFields
from desktop_app.model.changes import Changes
from desktop_app.model.errors import Ambiguous, Invalid, NotFound
from desktop_app.model.ids import new_id
from desktop_app.notebook.file import NotebookFile
from desktop_app.notebook.journal import Recorder
from desktop_app.services.context import Context


class Attributes:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._file = context.file

    def variables(self, subject: str | None = None) -> list[Variable]:
        """Variables of documents or people, or of both, in the order in which they were made."""
        return self._file.attributes.variables(subject)

    def values(self, subject: str) -> dict[str, dict[str, Value]]:
        """By the id of a document or a person: the values it carries by variable."""
        return self._file.attributes.values(subject)

    def add(self, fields: VariableFields) -> Changes[str]:
        """Add a variable; raises :class:`Invalid` for one without a name or of a name that is taken."""
        with self._context.change("Add attribute") as recorder:
            item = self._add(recorder, fields.checked())
        return self._context.changes(recorder, item)

    def _add(self, recorder: Recorder, fields: VariableFields) -> str:
        if self._file.attributes.named(fields.subject, fields.name):
            raise Invalid(message=f"There is an attribute “{fields.name}” already; choose another name.")
        item = new_id()
        recorder.record("variable", item, fields.to_json(), new=True)
        return item

    def set(self, subject: str, items: Sequence[str], variable: str, text: str) -> Changes[int]:
        """Give documents or people a value as typed (empty clears it); returns how many had another one.

        Raises :class:`Invalid` where the value is none of the variable's.
        """
        found = self.resolve(subject, variable)
        value = found.fields.value(text) if text.strip() else None
        with self._context.change(f"Set {found.fields.name}") as recorder:
            changed = sum(self._set(recorder, subject, item, found.id, value) for item in items)
        return self._context.changes(recorder, changed)

    def _set(self, recorder: Recorder, subject: str, item: str, variable: str, value: Value | None) -> bool:
        before = self._file.journal.fields(item)
        values = {key: kept for key, kept in before.get("attributes", {}).items() if key != variable}
        if value is not None:
            values[variable] = value
        return recorder.record(subject, item, {**before, "attributes": values})

    def resolve(self, subject: str, variable: str) -> Variable:
        """A variable by id or name; raises :class:`NotFound` or :class:`Ambiguous`."""
        known = {found.id: found for found in self._file.attributes.variables(subject)}
        if variable in known:
            return known[variable]
        named = self._file.attributes.named(subject, variable)
        if len(named) > 1:
            raise Ambiguous(name=variable, what="attribute", count=len(named), examples=", ".join(named[:3]))
        if not named:
            raise NotFound(what="attribute", name=variable)
        return known[named[0]]


def take_values(
    file: NotebookFile, recorder: Recorder, subject: str, given: Iterable[tuple[str, str]]
) -> dict[str, Value]:
    """Values by variable for names and raw values as a file has them; variables that are new are made, as texts.

    A value that a typed variable of that name does not take raises :class:`Invalid`.
    """
    found: dict[str, Value] = {}
    variables = {variable.id: variable.fields for variable in file.attributes.variables(subject)}
    for name, text in given:
        if not text.strip():
            continue
        named = file.attributes.named(subject, name)
        if named:
            found[named[0]] = variables[named[0]].value(text) if named[0] in variables else text.strip()
            continue
        item = new_id()
        recorder.record("variable", item, VariableFields(name, subject=subject).checked().to_json(), new=True)
        found[item] = text.strip()
    return found
