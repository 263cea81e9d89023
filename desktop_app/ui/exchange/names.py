"""What things are called that fields name by id."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from desktop_app.model.exchange import Arrival

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook


def names_here(notebook: "Notebook") -> dict[str, str]:
    """People, organisations, codes, documents and attributes of the notebook by id."""
    names = {person.id: person.fields.name for person in notebook.people.list()}
    names.update((one.id, one.fields.name) for one in notebook.people.organisations())
    names.update((code.id, code.label) for code in notebook.codes.list(()))
    names.update((document.id, document.fields.title) for document in notebook.documents.list())
    names.update((variable.id, variable.fields.name) for variable in notebook.attributes.variables())
    return names


def names_with(known: Mapping[str, str], arrivals: Iterable[Arrival]) -> dict[str, str]:
    """The same, with what only now arrives."""
    arriving = {
        arrival.item: arrival.heading for arrival in arrivals if arrival.kind in ("person", "organisation", "code")
    }
    return {**arriving, **known}
