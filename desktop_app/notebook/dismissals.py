"""Dismissed places of series as they stand."""

from desktop_app.model.dismissals import Dismissal, DismissalFields
from desktop_app.notebook.database import Database
from desktop_app.notebook.journal import moment
from desktop_app.notebook.projections import Projection

DISMISSAL_PROJECTION = Projection(
    {"dismissal": "id"},
    lambda item, fields: {
        "dismissal": [(item, fields["series"], fields["start"], fields["end"], fields.get("note", ""))]
    },
)


class Dismissals:
    """Reads dismissals; writing them is :meth:`Journal.change` with kind ``dismissal``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Dismissal]:
        """Every dismissal that is not in the trash, oldest first."""
        rows = self._database.rows(
            "SELECT dismissal.id, series, starts, ends, note, item.author, item.created"
            " FROM dismissal JOIN item ON item.id = dismissal.id ORDER BY item.created, item.id"
        )
        return [
            Dismissal(item, DismissalFields(series, start, end, note), author, moment(created))
            for item, series, start, end, note, author, created in rows
        ]
