"""People and organisations as they stand."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from desktop_app.model.errors import NotFound
from desktop_app.model.people import Organisation, OrganisationFields, Person, PersonFields
from desktop_app.notebook.database import Database
from desktop_app.notebook.entries import batches, holders
from desktop_app.notebook.journal import Journal
from desktop_app.notebook.projections import folded

_PERSON = """
SELECT person.id, revision.fields, organisation.name, (SELECT count(*) FROM entry WHERE speaker = person.id),
    coalesce((SELECT max(starts) FROM entry WHERE speaker = person.id), '')
FROM person JOIN item ON item.id = person.id JOIN revision ON revision.id = item.head
LEFT JOIN organisation ON organisation.id = person.org
"""


class People:
    """Reads people and organisations, in one order: by name as compared."""

    def __init__(self, database: Database, journal: Journal) -> None:
        self._database = database
        self._journal = journal

    def people(self) -> list[Person]:
        """Everybody who is not in the trash."""
        return [self._listed(row) for row in self._database.rows(f"{_PERSON} ORDER BY person.folded")]

    def some(self, ids: Iterable[str]) -> dict[str, Person]:
        """Those of the named people who are not in the trash, by id."""
        found: dict[str, Person] = {}
        for batch in batches(ids):
            rows = self._database.rows(f"{_PERSON} WHERE person.id IN ({holders(batch)})", batch)
            found.update((row[0], self._listed(row)) for row in rows)
        return found

    def _listed(self, row: tuple[Any, ...]) -> Person:
        item, text, org, entries, last = row
        return Person(item, self._person(json.loads(text)), org or "", entries, last)

    def organisations(self) -> list[Organisation]:
        # Counted in one pass: once for each organisation takes twenty seconds with 500 of them and 100,000 entries.
        rows = self._database.rows(
            "WITH members AS (SELECT org, count(*) AS people FROM person GROUP BY org),"
            " said AS (SELECT coalesce(entry.org, person.org) AS org, count(*) AS entries"
            "  FROM entry LEFT JOIN person ON person.id = entry.speaker GROUP BY 1)"
            " SELECT id, name, note, coalesce(people, 0), coalesce(entries, 0) FROM organisation"
            " LEFT JOIN members ON members.org = id LEFT JOIN said ON said.org = id ORDER BY folded"
        )
        return [
            Organisation(item, OrganisationFields(name, note), people, entries)
            for item, name, note, people, entries in rows
        ]

    def person(self, item: str) -> Person:
        """One person, in the trash or not; raises :class:`NotFound`."""
        fields = self._fields("person", item)
        entries, last = self._database.one(
            "SELECT count(*), coalesce(max(starts), '') FROM entry WHERE speaker = ?", (item,)
        )
        person = self._person(fields)
        org = self._fields("organisation", person.org)["name"] if person.org else ""
        return Person(item, person, org, entries, last, bool(fields.get("trashed")))

    def organisation(self, item: str) -> Organisation:
        """One organisation, in the trash or not; raises :class:`NotFound`."""
        fields = self._fields("organisation", item)
        (people,) = self._database.one("SELECT count(*) FROM person WHERE org = ?", (item,))
        (entries,) = self._database.one(
            "SELECT count(*) FROM entry LEFT JOIN person ON person.id = entry.speaker"
            " WHERE coalesce(entry.org, person.org) = ?",
            (item,),
        )
        return Organisation(item, OrganisationFields.from_json(fields), people, entries, bool(fields.get("trashed")))

    def named(self, kind: str, name: str) -> list[str]:
        """Ids of people (``person``) or organisations (``organisation``) called so; case does not matter."""
        assert kind in ("person", "organisation")
        rows = self._database.rows(f"SELECT id FROM {kind} WHERE folded = ? ORDER BY id", (folded(name),))
        return [item for (item,) in rows]

    def exists(self, kind: str, item: str) -> bool:
        """Whether a person or an organisation of that id is there and not in the trash."""
        assert kind in ("person", "organisation")
        return self._database.one(f"SELECT 1 FROM {kind} WHERE id = ?", (item,)) is not None

    def names(self, kind: str) -> dict[str, str]:
        """All names by id."""
        assert kind in ("person", "organisation")
        return dict(self._database.rows(f"SELECT id, name FROM {kind} ORDER BY folded"))

    def entries_of(self, person: str) -> list[str]:
        """Ids of the entries a person speaks in, newest first, undated last."""
        rows = self._database.rows("SELECT id FROM entry WHERE speaker = ? ORDER BY starts DESC, id", (person,))
        return [item for (item,) in rows]

    def _person(self, fields: Mapping[str, Any]) -> PersonFields:
        return PersonFields.from_json(fields)

    def _fields(self, kind: str, item: str) -> dict[str, Any]:
        row = self._database.one("SELECT kind FROM item WHERE id = ?", (item,))
        if row is None or row[0] != kind:
            raise NotFound(what=kind, name=item)
        return self._journal.fields(item)
