"""The tempo lens over a notebook."""

from collections import Counter
from collections.abc import Sequence

from desktop_app.lenses.tempo import active_at, lanes, sampling
from desktop_app.model.facts import ENTRIES, EntryFacts, Figure, Scope
from desktop_app.model.metrics import Series
from desktop_app.model.queries import Query
from desktop_app.model.tempo import NO_SCALE, Active, Tempo, extent, minute_of, usual_extent
from desktop_app.model.time import OPEN_END, OPEN_START
from desktop_app.search import metric_names
from desktop_app.services.context import Context
from desktop_app.services.lens_scope import LensScope

MOST_SERIES = 3
"""Series laid beside the lanes where nobody has chosen any."""
NO_SCALE_NAME = "no scale yet"


class TempoLens:
    def __init__(self, context: Context, scope: LensScope) -> None:
        self._context = context
        self._metrics = context.file.metrics
        self._scope = scope

    def read(
        self, query: str = "", *, series: Sequence[str] | None = None, from_: str = "", to: str = "", at: str = ""
    ) -> Tempo:
        """The entries of a query on the lanes of their scales, beside the sampling of series.

        ``series`` are ids or unique names; without them those that the query names by ``metric:``, else those that
        most entries pin, else the one with most points. ``from_`` and ``to`` (dates as typed) keep what touches that
        time; ``at`` asks what was going on then. Raises :class:`BadDate`, :class:`NotFound`, :class:`Ambiguous` and
        :class:`~desktop_app.search.errors.QueryError`.
        """
        first = self._context.when(from_) if from_ else None
        last = self._context.when(to) if to else None
        bounds = [f"from:{first.edtf}"] if first else []
        bounds += [f"to:{last.edtf}"] if last else []
        scope, entries = self._scope.read(self._scope.search.joined(query, *bounds) if bounds else query)
        vocabulary = self._context.vocabulary("scale")
        used = {scale for entry in entries for scale in entry.scales}
        scales = vocabulary.with_terms(map(vocabulary.get, sorted(used)))
        parts = {term.id: self._scope.search.value_for("scale", term.id, term.id) for term in scales}
        parts[NO_SCALE] = f"{ENTRIES} -has:scale"
        rows = lanes(scope, entries, scales.terms, parts, NO_SCALE_NAME)
        every = self._metrics.series()
        chosen = self._chosen(scope, entries, every) if series is None else self._named(every, series)
        moment = self._context.when(at) if at else None
        whole = extent(rows)
        usual = usual_extent(rows, whole)
        return Tempo(
            scope,
            rows,
            {term.id: term.short for term in scales},
            Figure(sum(not entry.start for entry in entries), scope.narrowed(ENTRIES, "is:undated")),
            tuple(sampling(scope, one, scales.terms, ENTRIES) for one in chosen),
            tuple(every),
            whole,
            usual,
            (_minute(first.start if first else "", usual[0]), _minute(last.end if last else "", usual[1]))
            if usual and bounds
            else None,
            active_at(scope, rows, moment.start, moment.end) if moment else None,
        )

    def active(self, found: Tempo, start: str, end: str, scale: str = "") -> Active:
        """What was going on in ``[start, end)`` of what has been read, against the scale of a chosen entry."""
        return active_at(found.scope, found.lanes, start, end, scale)

    def csv(self, found: Tempo) -> bytes:
        """One row for each entry on each of its lanes: scale, id, kind, heading, occurred, start, end, recurs."""
        rows = (
            (lane.scale, one.id, one.kind, one.heading, one.occurred, one.start, one.end, one.recurs)
            for lane in found.lanes
            for one in lane.entries
        )
        return self._scope.table(("scale", "id", "kind", "heading", "occurred", "start", "end", "recurs"), rows)

    # --- series -----------------------------------------------------------------------------------------------------

    def _named(self, every: Sequence[Series], names: Sequence[str]) -> list[Series]:
        by_id = {one.id: one for one in every}
        found = dict.fromkeys(self._metrics.resolve(name) for name in names)
        return [by_id[one] for one in found if one in by_id]

    def _chosen(self, scope: Scope, entries: Sequence[EntryFacts], every: Sequence[Series]) -> list[Series]:
        asked: Query = self._scope.search.understand(scope.query).query
        if named := metric_names(asked):
            return self._named(every, named)
        by_id = {one.id: one for one in every}
        pinned = Counter(one for entry in entries for one in entry.series if one in by_id)
        if pinned:
            order = sorted(pinned, key=lambda one: (-pinned[one], by_id[one].label, one))
            return [by_id[one] for one in order[:MOST_SERIES]]
        return sorted(every, key=lambda one: (-one.points, one.label, one.id))[:1]


def _minute(stamp: str, otherwise: int) -> int:
    return minute_of(stamp) if OPEN_START < stamp < OPEN_END else otherwise
