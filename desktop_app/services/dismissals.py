"""Dismissing places of series of which nobody needs to ask why, and taking that back."""

from collections.abc import Iterable

from desktop_app.model.changes import Changes
from desktop_app.model.dismissals import Dismissal, DismissalFields
from desktop_app.model.ids import new_id
from desktop_app.services.context import Context


class Dismissals:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._file = context.file

    def add(self, series: str, start: str, end: str, note: str = "") -> Changes[str]:
        """Say that nobody needs to ask about ``[start, end)`` of a series (id or unique name), and why not.

        What is dismissed already gets this note. Raises :class:`NotFound` or :class:`Ambiguous` for the series,
        :class:`Invalid` for a stretch that does not end after it begins.
        """
        fields = DismissalFields(self._file.metrics.resolve(series), start, end, note).checked()
        same = (fields.series, fields.start, fields.end)
        with self._context.change("Dismiss a place") as recorder:
            before = next((one for one in self.all() if _stretch(one) == same), None)
            item = before.id if before else new_id()
            kept = self._file.journal.fields(item) if before else {}
            recorder.record("dismissal", item, {**kept, **fields.to_json()}, new=before is None)
        return self._context.changes(recorder, item)

    def take_back(self, dismissals: Iterable[str]) -> Changes[int]:
        """Take dismissals back, by id or its unique beginning; returns how many stood."""
        items = [self._file.journal.resolve("dismissal", dismissal) for dismissal in dismissals]
        with self._context.change("Take a dismissal back") as recorder:
            taken = sum(self._file.journal.trash(recorder, "dismissal", item) for item in items)
        return self._context.changes(recorder, taken)

    def all(self) -> list[Dismissal]:
        """Dismissals that stand, oldest first."""
        return self._file.dismissals.all()


def _stretch(dismissal: Dismissal) -> tuple[str, str, str]:
    return dismissal.fields.series, dismissal.fields.start, dismissal.fields.end
