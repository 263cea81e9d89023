"""Variables, and the values that documents and people carry."""

import json

from desktop_app.model.attributes import Value, Variable, VariableFields
from desktop_app.notebook.database import Database
from desktop_app.notebook.projections import Fields, Projection, Rows, folded

TABLES = {"document": "document_value", "person": "person_value"}


def _rows(item: str, fields: Fields) -> Rows:
    return {"variable": [(item, fields["name"], folded(fields["name"]), fields["type"], fields["subject"])]}


VARIABLE_PROJECTION = Projection({"variable": "id"}, _rows)


class Attributes:
    """Reads variables and values; a value is written with the document or person that carries it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def variables(self, subject: str | None = None) -> list[Variable]:
        """Variables that are not in the trash, in the order in which they were made."""
        rows = self._database.rows(
            "SELECT variable.id, revision.fields, (SELECT count(*) FROM document_value WHERE variable = variable.id)"
            " + (SELECT count(*) FROM person_value WHERE variable = variable.id)"
            " FROM variable JOIN item ON item.id = variable.id JOIN revision ON revision.id = item.head"
            " WHERE ? IS NULL OR variable.subject = ? ORDER BY item.created, variable.id",
            (subject, subject),
        )
        return [Variable(item, VariableFields.from_json(json.loads(text)), count) for item, text, count in rows]

    def named(self, subject: str, name: str) -> list[str]:
        """Ids of a subject's variables called so; case does not matter."""
        rows = self._database.rows(
            "SELECT id FROM variable WHERE subject = ? AND folded = ? ORDER BY id", (subject, folded(name))
        )
        return [item for (item,) in rows]

    def values(self, subject: str) -> dict[str, dict[str, Value]]:
        """By the id of a document or a person: the values it carries by variable."""
        table = TABLES[subject]
        found: dict[str, dict[str, Value]] = {}
        for item, variable, text in self._database.rows(f"SELECT {subject}, variable, value FROM {table}"):
            found.setdefault(item, {})[variable] = json.loads(text)
        return found
