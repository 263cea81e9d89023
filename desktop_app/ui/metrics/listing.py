"""The rows of the two lists: series by source, those over time first, and imports. Makes rows, no widgets."""

from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import groupby

from desktop_app.model.metrics import Grain, ImportRecord, Series
from desktop_app.model.time import describe_short
from desktop_app.text.tokens import fold
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.metrics.reads import local_minute
from desktop_app.ui.metrics.telling import grain_name, short_period, unit_name
from desktop_app.ui.widgets import Row


def series_rows(series: Sequence[Series], wanted: str, opened: Collection[str], chosen: str = "") -> list[Row]:
    """Series under their source; rows of reports are folded, unless they are asked for or chosen."""
    found = [item for item in series if _fits(wanted, item)]
    rows: list[Row] = []
    for source, group in groupby(sorted(found, key=lambda item: fold(item.source)), key=lambda item: item.source):
        members = list(group)
        rows.append(Row(f"source:{source}", source, kind="section"))
        rows += [_over_time(item) for item in members if not fold_of(item)]
        rows += _folded([item for item in members if fold_of(item)], opened, chosen, open_all=bool(wanted.strip()))
    return rows


def fold_of(series: Series) -> str:
    """The id of the fold a series stands in; empty for one that runs over time as a whole."""
    names = ", ".join(name for name, _ in series.dimensions)
    if names:
        return f"fold:{series.source}:{names}"
    return f"fold:{series.source}:" if series.grain == Grain.RANGE else ""


def _folded(series: Sequence[Series], opened: Collection[str], chosen: str, *, open_all: bool) -> list[Row]:
    rows: list[Row] = []
    groups: dict[str, list[Series]] = {}
    for item in series:
        groups.setdefault(fold_of(item), []).append(item)
    for group, members in sorted(groups.items()):
        names = ", ".join(name for name, _ in members[0].dimensions)
        heading = tr("by {dimension}", dimension=names) if names else tr("whole reports")
        is_open = open_all or group in opened or any(item.id == chosen for item in members)
        rows.append(Row(group, heading, aside=f"{len(members):,}", kind="fold", open=is_open))
        rows += [_in_report(item) for item in members if is_open]
    return rows


def _over_time(series: Series) -> Row:
    points = count_text(series.points, "{number} point", "{number} points")
    about = " · ".join(part for part in (short_period(series.start, series.end), points) if part)
    aside = ", ".join(part for part in (unit_name(series.unit), grain_name(series.grain)) if part)
    return Row(series.id, series.name, about, aside)


def _in_report(series: Series) -> Row:
    values = " · ".join(value for _, value in series.dimensions)
    name = f"{values} · {series.name}" if values else series.name
    return Row(series.id, name, aside=unit_name(series.unit), level=1)


def import_rows(imports: Sequence[ImportRecord], wanted: str, now: datetime) -> list[Row]:
    """Imports, newest first."""
    rows = []
    for record in imports:
        if not _holds(wanted, record.file, record.source, record.profile, record.author):
            continue
        when = describe_short(local_minute(record.imported), now)
        about = " · ".join(part for part in (when, record.author) if part)
        points = count_text(record.points, "{number} point", "{number} points")
        rows.append(Row(record.id, record.file, f"{record.profile} · {about}", points))
    return rows


def _fits(wanted: str, series: Series) -> bool:
    return _holds(wanted, series.label, series.source, series.account, series.unit, str(series.grain))


def _holds(wanted: str, *texts: str) -> bool:
    inside = fold(" ".join(texts))
    return all(word in inside for word in fold(wanted).split())
