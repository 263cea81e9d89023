"""Queries kept under a name."""

from desktop_app.model.changes import Changes
from desktop_app.model.ids import new_id
from desktop_app.model.searches import SavedSearch, saved_search_fields
from desktop_app.services.context import Context


class SavedSearches:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._file = context.file

    def list(self) -> list[SavedSearch]:
        """In the order they were made."""
        return self._file.searches.all()

    def add(self, name: str, query: str) -> Changes[str]:
        """Raises :class:`Invalid` without a name."""
        item = new_id()
        with self._context.change("Save search") as recorder:
            recorder.record("search", item, saved_search_fields(name, query), new=True)
        return self._context.changes(recorder, item)

    def edit(self, item: str, name: str, query: str) -> Changes[str]:
        with self._context.change("Edit saved search") as recorder:
            before = self._file.journal.fields(item)
            recorder.record("search", item, {**before, **saved_search_fields(name, query)})
        return self._context.changes(recorder, item)

    def remove(self, item: str) -> Changes[str]:
        with self._context.change("Remove saved search") as recorder:
            self._file.journal.trash(recorder, "search", item)
        return self._context.changes(recorder, item)
