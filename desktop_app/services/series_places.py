"""Places where series changed, kept for as long as their points are the same: working them out takes a while."""

from desktop_app.lenses.changepoints import places
from desktop_app.model.metrics import Point, Series
from desktop_app.model.places import Place
from desktop_app.services.context import Context


class SeriesPlaces:
    """Of one notebook."""

    def __init__(self, context: Context) -> None:
        self._file = context.file
        self._at: object = None
        self._fresh: set[str] = set()
        self._kept: dict[str, tuple[tuple[Point, ...], tuple[Place, ...]]] = {}

    def of(self, series: Series) -> tuple[Place, ...]:
        """The places of a series, in order of time, by its points as they stand now."""
        now = (self._file.outbox.position(), self._file.database.data_version())
        if now != self._at:
            self._at = now
            self._fresh.clear()
        if series.id not in self._fresh:
            points = self._file.metrics.points(series.id)
            kept = self._kept.get(series.id)
            if kept is None or kept[0] != points:
                self._kept[series.id] = points, places(points, series.grain)
            self._fresh.add(series.id)
        return self._kept[series.id][1]
