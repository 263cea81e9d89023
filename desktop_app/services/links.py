"""Typed relations between things, stretches of series included."""

from dataclasses import replace

from desktop_app.model.changes import Changes
from desktop_app.model.errors import Invalid
from desktop_app.model.ids import new_id
from desktop_app.model.links import End, Link, LinkFields
from desktop_app.services.context import Context
from desktop_app.services.headings import Headings
from desktop_app.services.stretches import figure_of, stretch_end


class Links:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._file = context.file

    def add(self, fields: LinkFields) -> Changes[str]:
        """Relate two things. An end on a series keeps the stretch's total as it stands now.

        Raises :class:`Invalid` for an unknown relation, a thing related to itself, or a stretch without both ends.
        """
        made = LinkFields(self._end(fields.source), fields.relation, self._end(fields.target)).checked()
        if made.source.id == made.target.id:
            raise Invalid(message="A link needs two different things; choose another one.")
        item = new_id()
        with self._context.change(f"Link: {made.relation}") as recorder:
            recorder.record("link", item, made.to_json(), new=True)
        return self._context.changes(recorder, item)

    def remove(self, link: str) -> Changes[str]:
        with self._context.change("Remove link") as recorder:
            self._file.journal.trash(recorder, "link", link)
        return self._context.changes(recorder, link)

    def of(self, item: str) -> list[Link]:
        """Links of an item as it sees them, in the order they were made."""
        found = []
        for link in self._file.links.of(item):
            outgoing = link.source.id == item
            other = link.target if outgoing else link.source
            label, unit, now = self._describe(other)
            found.append(Link(link.id, link.relation, outgoing, other, label, unit, now))
        return found

    def _end(self, end: End) -> End:
        if end.kind != "series":
            return replace(end, id=self._file.journal.resolve(end.kind, end.id))
        return stretch_end(self._file, end)

    def _describe(self, end: End) -> tuple[str, str, float | None]:
        if end.kind == "series":
            series, now = figure_of(self._file, end.id, end.start, end.end)
            return (series.label, series.unit, now) if series else ("", "", None)
        return Headings(self._context).of(end.kind, end.id), "", None
