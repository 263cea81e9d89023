"""Stretches of series as links and questions name them: given by people, and read with their figure of today."""

from dataclasses import replace
from datetime import datetime

from desktop_app.lenses.series import clip, ratio_over, total
from desktop_app.model.errors import Invalid
from desktop_app.model.links import End
from desktop_app.model.metrics import Point, Series
from desktop_app.model.samples import days
from desktop_app.notebook.file import NotebookFile


def stretch_end(file: NotebookFile, end: End) -> End:
    """An end on a series with its full id and its total as it stands, unless ``end`` says what it was then.

    Raises :class:`NotFound` or :class:`Ambiguous` for the series, :class:`Invalid` without a start and a later end.
    """
    series = file.metrics.resolve(end.id)
    if not _is_stretch(end.start, end.end):
        raise Invalid(message="A link to a series needs the stretch of time it speaks of: a start and a later end.")
    then = end.then if end.then is not None else figure_of(file, series, end.start, end.end)[1]
    return replace(end, id=series, then=then)


def figure_of(
    file: NotebookFile, series: str, start: str, end: str, as_of: datetime | None = None
) -> tuple[Series | None, float | None]:
    """A series (``None``: it has no points any more) and its figure over ``[start, end)`` as it stands now, or by the
    imports made until ``as_of`` (aware): the total, for a ratio the one of its totals; ``None`` where nothing can be
    said."""
    found = next(iter(file.metrics.series([series])), None)
    if found is None or not _is_stretch(start, end):
        return found, None
    if found.numerator and found.denominator:
        above, below = (_points(file, part, start, end, as_of) for part in (found.numerator, found.denominator))
        return found, ratio_over(above, below).value
    return found, total(_points(file, found.id, start, end, as_of), found.additive)


def _points(file: NotebookFile, series: str, start: str, end: str, as_of: datetime | None) -> tuple[Point, ...]:
    return clip(file.metrics.points(series, start, end, as_of), start, end).points


def _is_stretch(start: str, end: str) -> bool:
    """Whether these are two dates, the later one second; what came with an exchange may be none."""
    try:
        return days(start) < days(end)
    except ValueError:
        return False
