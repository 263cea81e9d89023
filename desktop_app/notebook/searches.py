"""Saved searches as they stand."""

from desktop_app.model.searches import SavedSearch
from desktop_app.notebook.database import Database


class SavedSearches:
    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[SavedSearch]:
        """Saved searches in the order they were made."""
        rows = self._database.rows(
            "SELECT saved_search.id, name, query FROM saved_search JOIN item ON item.id = saved_search.id"
            " ORDER BY item.created"
        )
        return [SavedSearch(*row) for row in rows]
