"""People and organisations, and people's ways from stranger to advocate."""

from dataclasses import replace

from desktop_app.model.changes import Changes
from desktop_app.model.entries import Entry
from desktop_app.model.ids import new_id
from desktop_app.model.people import Organisation, OrganisationFields, Person, PersonFields, StageStep
from desktop_app.model.time import parse_edtf
from desktop_app.services.context import Context


class People:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._file = context.file

    def get(self, person: str) -> Person:
        """By id or unique beginning of it."""
        return self._file.people.person(self._file.journal.resolve("person", person))

    def organisations(self) -> list[Organisation]:
        return self._file.people.organisations()

    def organisation(self, organisation: str) -> Organisation:
        """By id or unique beginning of it."""
        return self._file.people.organisation(self._file.journal.resolve("organisation", organisation))

    def names(self) -> list[str]:
        """Names of people, for completion."""
        return list(dict.fromkeys(self._file.people.names("person").values()))

    def organisation_names(self) -> list[str]:
        return list(dict.fromkeys(self._file.people.names("organisation").values()))

    def entries(self, person: str) -> list[Entry]:
        """What somebody said, newest first."""
        return self._file.entries.many(self._file.people.entries_of(person))

    def add(self, fields: PersonFields) -> Changes[str]:
        """Raises :class:`Invalid` without a name."""
        return self._record("person", new_id(), fields.checked(), "Add person", new=True)

    def edit(self, person: str, fields: PersonFields) -> Changes[str]:
        return self._record("person", person, fields.checked(), "Edit person")

    def add_organisation(self, fields: OrganisationFields) -> Changes[str]:
        """Raises :class:`Invalid` without a name."""
        return self._record("organisation", new_id(), fields.checked(), "Add organisation", new=True)

    def edit_organisation(self, organisation: str, fields: OrganisationFields) -> Changes[str]:
        return self._record("organisation", organisation, fields.checked(), "Edit organisation")

    def _record(
        self, kind: str, item: str, fields: PersonFields | OrganisationFields, label: str, *, new: bool = False
    ) -> Changes[str]:
        with self._context.change(label) as recorder:
            before = {} if new else self._file.journal.fields(item)
            recorder.record(kind, item, {**before, **fields.to_json()}, new=new)
        return self._context.changes(recorder, item)

    def add_stage(self, person: str, step: StageStep) -> Changes[str]:
        """Note that somebody has reached a stage; ``step.date`` is typed as anywhere, empty means today.

        Steps are kept in the order of their dates. Raises :class:`Invalid` or :class:`BadDate`.
        """
        date = self._context.when(step.date or "today").edtf
        with self._context.change(f"Note stage {step.stage}") as recorder:
            found = self.get(person)
            steps = sorted((*found.fields.stages, replace(step, date=date)), key=lambda one: parse_edtf(one.date).start)
            self._record("person", found.id, replace(found.fields, stages=tuple(steps)).checked(), "")
        return self._context.changes(recorder, found.id)

    def trash(self, person: str) -> Changes[str]:
        """Put a person into the trash; their words stay theirs."""
        return self._trash("person", person, "Move person to trash")

    def trash_organisation(self, organisation: str) -> Changes[str]:
        return self._trash("organisation", organisation, "Move organisation to trash")

    def _trash(self, kind: str, item: str, label: str) -> Changes[str]:
        with self._context.change(label) as recorder:
            self._file.journal.trash(recorder, kind, item)
        return self._context.changes(recorder, item)

    # Last in the class: below it, ``list`` would name this method.
    def list(self) -> list[Person]:
        """Everybody, by name."""
        return self._file.people.people()
