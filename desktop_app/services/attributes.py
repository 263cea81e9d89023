"""Attributes: the variables of a study, and the values that documents and people carry."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app.model.attributes import Subject, Value, Variable, VariableFields, guessed_type, shown
from desktop_app.model.changes import Changes
from desktop_app.model.entries import one_of
from desktop_app.model.errors import Ambiguous, Invalid, NotFound
from desktop_app.model.ids import new_id
from desktop_app.notebook.file import NotebookFile
from desktop_app.notebook.journal import Recorder
from desktop_app.notebook.projections import folded
from desktop_app.services.context import Context
from desktop_app.services.headings import Headings

KEYS = {
    Subject.DOCUMENT: ("document", "title", "file", "interview", "name", "transcript"),
    Subject.PERSON: ("person", "name", "speaker", "participant", "respondent", "interviewee"),
}
"""Names of a column that tells whose values a row has; the first is what an export writes."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table of attributes: ``variable`` is the id of one that is here already, else one is made."""

    name: str
    type: str
    variable: str | None


@dataclass(frozen=True, slots=True)
class AttributeReport:
    """What importing a table does: the column that tells whose values they are, the others, how many rows fit a
    document or person, how many values they set, and sentences about what is left out."""

    subject: str
    key: str
    columns: tuple[Column, ...]
    matched: int
    values: int
    notices: tuple[str, ...]


class Attributes:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._file = context.file

    # --- variables --------------------------------------------------------------------------------------------------

    def variables(self, subject: str | None = None) -> list[Variable]:
        """Variables of documents or people, or of both, in the order in which they were made."""
        return self._file.attributes.variables(subject)

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

    def add(self, fields: VariableFields) -> Changes[str]:
        """Add a variable; raises :class:`Invalid` for one without a name or of a name that is taken."""
        with self._context.change("Add attribute") as recorder:
            checked = fields.checked()
            self._refuse_double(checked)
            item = new_id()
            recorder.record("variable", item, checked.to_json(), new=True)
        return self._context.changes(recorder, item)

    def _refuse_double(self, fields: VariableFields, own: str = "") -> None:
        if set(self._file.attributes.named(fields.subject, fields.name)) - {own}:
            raise Invalid(message=f"There is an attribute “{fields.name}” already; choose another name.")

    def edit(self, variable: str, fields: VariableFields) -> Changes[str]:
        """Give a variable another name, type, description or choices; values go over to the type.

        Raises :class:`Invalid` naming the first value that the new type or choices do not take, or for another subject.
        """
        with self._context.change("Edit attribute") as recorder:
            checked = fields.checked()
            before = self._file.journal.fields(self._known(variable).id)
            recorder.label = f"Edit attribute {before['name']}"
            if checked.subject != before["subject"]:
                raise Invalid(
                    message="An attribute stays with documents or with people; add another one for the others."
                )
            self._refuse_double(checked, variable)
            for item, values in self._file.attributes.values(checked.subject).items():
                if variable in values:
                    try:
                        value = checked.value(shown(values[variable]))
                    except Invalid as error:
                        where = Headings(self._context).of(checked.subject, item)
                        raise Invalid(message=f"{where}: {error} Nothing was changed.") from error
                    self._put(recorder, checked.subject, item, {variable: value})
            recorder.record("variable", variable, {**before, **checked.to_json()})
        return self._context.changes(recorder, variable)

    def trash(self, variable: str) -> Changes[bool]:
        """Put a variable into the trash; its values are hidden with it and come back with it."""
        return self._set_trashed(variable, "Move attribute to trash", trashed=True)

    def restore(self, variable: str) -> Changes[bool]:
        """Take a variable out of the trash; raises :class:`Invalid` when its name has been taken meanwhile."""
        return self._set_trashed(variable, "Restore from trash", trashed=False)

    def _set_trashed(self, variable: str, label: str, *, trashed: bool) -> Changes[bool]:
        with self._context.change(label) as recorder:
            item = self._file.journal.resolve("variable", variable)
            if not trashed:
                self._refuse_double(VariableFields.from_json(self._file.journal.fields(item)), item)
            moved = self._file.journal.trash(recorder, "variable", item, trashed=trashed)
        return self._context.changes(recorder, moved)

    def _known(self, variable: str) -> Variable:
        found = next((one for one in self._file.attributes.variables() if one.id == variable), None)
        if found is None:
            raise NotFound(what="attribute", name=variable)
        return found

    # --- values -----------------------------------------------------------------------------------------------------

    def values(self, subject: str) -> dict[str, dict[str, Value]]:
        """By the id of a document or a person: the values it carries by variable."""
        return self._file.attributes.values(subject)

    def set(self, subject: str, items: Sequence[str], variable: str, text: str) -> Changes[int]:
        """Give documents or people a value as typed (empty clears it); returns how many had another one.

        Raises :class:`Invalid` where the value is none of the variable's.
        """
        found = self.resolve(subject, variable)
        return self.set_cells(subject, [(item, found.id, text) for item in items], label=f"Set {found.fields.name}")

    def set_cells(
        self, subject: str, cells: Iterable[tuple[str, str, str]], *, label: str = "Set attributes"
    ) -> Changes[int]:
        """Give many values at once, each as (item, id of the variable, text as typed); empty texts clear.

        Returns how many items had others. Raises :class:`Invalid` for the first value that its variable does not take;
        nothing is changed then.
        """
        with self._context.change(label) as recorder:
            known = {variable.id: variable.fields for variable in self._file.attributes.variables(subject)}
            rows: dict[str, dict[str, Value | None]] = {}
            for item, variable, text in cells:
                if variable not in known:
                    raise NotFound(what="attribute", name=variable)
                value = known[variable].value(text) if text.strip() else None
                rows.setdefault(self._file.journal.resolve(subject, item), {})[variable] = value
            changed = sum(self._put(recorder, subject, item, values) for item, values in rows.items())
        return self._context.changes(recorder, changed)

    def _put(self, recorder: Recorder, subject: str, item: str, given: Mapping[str, Value | None]) -> bool:
        before = self._file.journal.fields(item)
        values = {**before.get("attributes", {}), **given}
        kept = {variable: value for variable, value in values.items() if value is not None}
        return recorder.record(subject, item, {**before, "attributes": kept})

    # --- files ------------------------------------------------------------------------------------------------------

    def read_file(self, path: Path, subject: str = Subject.DOCUMENT, key: str = "") -> AttributeReport:
        """What importing a table would do; raises one sentence for a file that cannot be read."""
        return self._plan(path, subject, key)[0]

    def import_file(self, path: Path, subject: str = Subject.DOCUMENT, key: str = "") -> Changes[AttributeReport]:
        """Give documents or people the values of a CSV or XLSX table, in one step.

        ``key`` names the column with the title of the document (or its file's name) or the name of the person; without
        it the column is known by its name, or is the first. New columns become variables of the type that all their
        values have. Empty cells change nothing. Keys that fit nothing, or several, and values that a variable does not
        take are told and left out.
        """
        with self._context.change(f"Import attributes from {path.name}") as recorder:
            report, rows = self._plan(path, subject, key)
            ids = {column.name: column.variable or new_id() for column in report.columns}
            for column in report.columns:
                if column.variable is None:
                    fields = VariableFields(column.name, column.type, subject).checked()
                    recorder.record("variable", ids[column.name], fields.to_json(), new=True)
            for item, values in rows.items():
                self._put(recorder, subject, item, {ids[name]: value for name, value in values.items()})
        return self._context.changes(recorder, report)

    def _plan(self, path: Path, subject: str, key: str) -> tuple[AttributeReport, dict[str, dict[str, Value]]]:
        from desktop_app.services.tables import read_table

        one_of("subject", subject, Subject)
        table = read_table(path)
        place = _key_place(table.columns, subject, key, path.name)
        known = {folded(variable.fields.name): variable for variable in self._file.attributes.variables(subject)}
        columns: list[Column] = []
        fields: dict[str, VariableFields] = {}
        for at, name in enumerate(table.columns):
            if at != place:
                found = known.get(folded(name))
                type_ = found.fields.type if found else guessed_type(row[at] for row in table.rows)
                columns.append(Column(name, type_, found.id if found else None))
                fields[name] = found.fields if found else VariableFields(name, type_, subject).checked()
        owners = self._owners(subject)
        rows: dict[str, dict[str, Value]] = {}
        notices = list(table.notices)
        for number, row in zip(table.numbers, table.rows, strict=True):
            items = owners.get(folded(row[place]), ())
            if len(items) != 1 or items[0] in rows:
                notices.append(_no_owner(number, row[place], subject, len(items)))
                continue
            values = rows.setdefault(items[0], {})
            for name, text in zip(table.columns, row, strict=True):
                if name in fields and text:
                    try:
                        values[name] = fields[name].value(text)
                    except Invalid as error:
                        notices.append(f"Row {number}: {error}")
        report = AttributeReport(
            str(subject), table.columns[place], tuple(columns), len(rows), sum(map(len, rows.values())), tuple(notices)
        )
        return report, rows

    def _owners(self, subject: str) -> dict[str, tuple[str, ...]]:
        """Ids of documents or people by what a key may call them: a title counts before the name of a file."""
        if subject == Subject.PERSON:
            names = [(name, item) for item, name in self._file.people.names("person").items()]
            return _gathered(names)
        documents = self._file.documents.all()
        files = [(document.fields.origin.file, document.id) for document in documents]
        stems = [(Path(file).stem, item) for file, item in files]
        titles = [(document.fields.title, document.id) for document in documents]
        return _gathered(stems) | _gathered(files) | _gathered(titles)

    def export(self, subject: str = Subject.DOCUMENT, ending: str = "csv") -> bytes:
        """All values as a table, ``csv`` or ``xlsx``: a row for each document or person, a column for each variable."""
        from desktop_app.exchange.grids import Sheet, write_csv, write_xlsx

        one_of("subject", subject, Subject)
        one_of("format", ending, ("csv", "xlsx"))
        variables = self.variables(subject)
        values = self.values(subject)
        names = self._file.people.names("person") if subject == Subject.PERSON else self._file.documents.titles()
        key = KEYS[Subject(subject)][0]
        header = [key, *(variable.fields.name for variable in variables)]
        rows = [[name, *(values.get(item, {}).get(one.id) for one in variables)] for item, name in names.items()]
        return (
            write_csv(header, rows) if ending == "csv" else write_xlsx([Sheet(f"Attributes of {key}s", header, rows)])
        )


def _gathered(named: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, item in named:
        if name:
            found[folded(name)] = (*found.get(folded(name), ()), item)
    return found


def _key_place(columns: Sequence[str], subject: str, key: str, file: str) -> int:
    names = [folded(name) for name in columns]
    if key.strip():
        if folded(key) not in names:
            raise Invalid(message=f"{file} has no column “{key}”; its columns are {', '.join(columns)}.")
        return names.index(folded(key))
    return next((names.index(name) for name in KEYS[Subject(subject)] if name in names), 0)


def _no_owner(number: int, name: str, subject: str, count: int) -> str:
    if not name:
        return f"Row {number} does not say which {subject} it is about."
    if count > 1:
        return f"Row {number}: “{name}” fits {count} {'people' if subject == Subject.PERSON else 'documents'}."
    if count == 1:
        return f"Row {number}: “{name}” comes a second time; the first row was taken."
    return f"Row {number}: there is no {subject} “{name}” in this notebook."


# --- values that come with documents ----------------------------------------------------------------------------------


def declare(file: NotebookFile, recorder: Recorder, subject: str, columns: Mapping[str, Sequence[str]]) -> None:
    """Make a variable for each column of a table that is new here, of the type that all its values have."""
    for name, values in columns.items():
        if name.strip() and not file.attributes.named(subject, name):
            fields = VariableFields(name, guessed_type(values), subject).checked()
            recorder.record("variable", new_id(), fields.to_json(), new=True)


def take_values(
    file: NotebookFile, recorder: Recorder, subject: str, given: Iterable[tuple[str, str]]
) -> tuple[dict[str, Value], list[str]]:
    """Values by variable for names and raw values as a file has them; variables that are new are made, as texts.

    A value that a typed variable of that name does not take is told in a sentence.
    """
    found: dict[str, Value] = {}
    told: list[str] = []
    variables = {variable.id: variable.fields for variable in file.attributes.variables(subject)}
    for name, text in given:
        if not text.strip() or not name.strip():
            continue
        named = file.attributes.named(subject, name)
        if not named:
            item = new_id()
            fields = VariableFields(name, subject=subject).checked()
            recorder.record("variable", item, fields.to_json(), new=True)
            variables[item], named = fields, [item]
        try:
            found[named[0]] = variables[named[0]].value(text)
        except Invalid as error:
            told.append(str(error))
    return found, told
