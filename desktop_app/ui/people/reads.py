"""What the screen asks the notebook for. Plain functions of a notebook; they run on the read lane."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from desktop_app.model.changes import Changes
from desktop_app.model.entries import Entry
from desktop_app.model.errors import KnownError
from desktop_app.model.memos import Memo
from desktop_app.model.people import Organisation, OrganisationFields, Person, PersonFields
from desktop_app.ui.widgets import EntryCard, card_of_entry

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook

SNIPPET = 220
MOST_ENTRIES = 400
NEW = "new"


@dataclass(frozen=True, slots=True)
class Everybody:
    people: tuple[Person, ...]
    organisations: tuple[Organisation, ...]


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One person: their entries newest first, the headings of the entries that show a stage, what is half typed, the
    memos about them oldest first and who reads this."""

    person: Person
    entries: tuple[Entry, ...]
    headings: Mapping[str, str] = field(default_factory=dict)
    draft: Mapping[str, Any] | None = None
    memos: tuple[Memo, ...] = ()
    author: str = ""
    conflicts: int = 0
    """Fields to which several people gave different values."""


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    organisation: Organisation
    people: tuple[Person, ...]
    entries: tuple[Entry, ...]
    draft: Mapping[str, Any] | None = None
    memos: tuple[Memo, ...] = ()
    author: str = ""
    conflicts: int = 0
    """Fields to which several people gave different values."""


def read_everybody(notebook: "Notebook") -> Everybody:
    return Everybody(tuple(notebook.people.list()), tuple(notebook.people.organisations()))


def read_person(notebook: "Notebook", item: str) -> PersonPage:
    """Raises :class:`NotFound`."""
    person = notebook.people.get(item)
    entries = notebook.people.entries(person.id)
    shown = {step.entry for step in person.fields.stages if step.entry}
    known = {entry.id: entry.heading for entry in entries}
    known.update((entry.id, entry.heading) for entry in notebook.entries.many(sorted(shown - set(known))))
    headings = {item: known[item] for item in shown if item in known}
    draft = notebook.drafts.load(surface("person", person.id))
    memos = tuple(notebook.memos.of(person.id))
    conflicts = len(notebook.conflicts.of(person.id))
    return PersonPage(person, tuple(entries), headings, draft, memos, notebook.author, conflicts)


def read_organisation(notebook: "Notebook", item: str) -> OrganisationPage:
    """Raises :class:`NotFound`."""
    organisation = notebook.people.organisation(item)
    people = tuple(person for person in notebook.people.list() if person.fields.org == organisation.id)
    entries = {entry.id: entry for person in people for entry in notebook.people.entries(person.id)}
    if organisation.entries > len(entries):
        entries.update((entry.id, entry) for entry in _said_for(notebook, organisation))
    newest = sorted(entries.values(), key=lambda entry: entry.start, reverse=True)
    draft = notebook.drafts.load(surface("organisation", organisation.id))
    memos = tuple(notebook.memos.of(organisation.id))
    conflicts = len(notebook.conflicts.of(organisation.id))
    return OrganisationPage(organisation, people, tuple(newest), draft, memos, notebook.author, conflicts)


def _said_for(notebook: "Notebook", organisation: Organisation) -> list[Entry]:
    """Entries that name the organisation without one of its people, found by search."""
    name = organisation.fields.name.replace('"', "")
    try:
        result = notebook.search.run(f'org:"{name}"', limit=MOST_ENTRIES, sort="occurred")
    except KnownError:
        # Without an index the page shows what its people said; the window tells about the index itself.
        return []
    return notebook.entries.many([hit.id for hit in result.hits if hit.type == "entry"])


def cards(entries: tuple[Entry, ...]) -> list[EntryCard]:
    return [card_of_entry(entry, snippet=_snippet(entry)) for entry in entries]


def _snippet(entry: Entry) -> str:
    """The beginning of the text, where the heading is not that beginning."""
    text = " ".join(entry.fields.body.replace("**", "").replace("*", "").split())
    if not entry.fields.title and text.startswith(entry.heading.strip("# >")):
        text = text[len(entry.heading) :].strip()
    return text[:SNIPPET]


def surface(kind: str, item: str) -> str:
    """Under which name a form's draft is kept."""
    return f"{kind}:{item or NEW}"


# --- changes ---------------------------------------------------------------------------------------------------------


def save_person(notebook: "Notebook", item: str, values: Mapping[str, Any]) -> Changes[str]:
    """Adds (without an id) or edits a person; an organisation that is not known yet is made."""
    before = notebook.people.get(item).fields if item else PersonFields(name="")
    organisation, made = _organisation(notebook, str(values["org"]))
    fields = replace(
        before,
        name=str(values["name"]),
        org=organisation,
        pseudonym=str(values["pseudonym"]),
        consent=str(values["consent"]),
        note=str(values["note"]).strip(),
    ).checked()
    changes = notebook.people.edit(item, fields) if item else notebook.people.add(fields)
    if made is None:
        return changes
    return Changes(changes.label, {**made.touched, **changes.touched}, changes.result)


def _organisation(notebook: "Notebook", name: str) -> tuple[str | None, Changes[str] | None]:
    wanted = " ".join(name.split())
    if not wanted:
        return None, None
    for organisation in notebook.people.organisations():
        if organisation.fields.name.casefold() == wanted.casefold():
            return organisation.id, None
    made = notebook.people.add_organisation(OrganisationFields(wanted))
    return made.result, made


def save_organisation(notebook: "Notebook", item: str, values: Mapping[str, Any]) -> Changes[str]:
    fields = OrganisationFields(str(values["name"]), str(values["note"]).strip())
    return notebook.people.edit_organisation(item, fields) if item else notebook.people.add_organisation(fields)


def remove_step(notebook: "Notebook", person: str, number: int) -> Changes[str]:
    """Takes one step of somebody's way back."""
    fields = notebook.people.get(person).fields
    left = tuple(step for at, step in enumerate(fields.stages) if at != number)
    return notebook.people.edit(person, replace(fields, stages=left))
