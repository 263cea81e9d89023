"""Importing metric files, and reading series with the totals that a ratio divides."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop_app.lenses.series import clip, ratio_over, total
from desktop_app.model.changes import Changes
from desktop_app.model.errors import Interrupted, Invalid
from desktop_app.model.ids import derived_id
from desktop_app.model.metrics import (
    ImportedFile,
    ImportRecord,
    ParsedFile,
    ParsedTable,
    Point,
    Series,
    SeriesPoints,
)
from desktop_app.notebook.journal import Recorder
from desktop_app.notebook.metrics import series_keys
from desktop_app.notebook.points import pack
from desktop_app.services.context import Context
from desktop_app.services.maintenance import back_up

Progress = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class SeriesStretch:
    """A series over a stretch: its points that overlap it, and one figure for the points wholly inside.

    ``value`` is the sum, or for a ratio its totals divided, or else the mean; ``numerator`` and ``denominator`` are
    those totals, with the series they come from. ``None`` where there are no points.
    """

    series: Series
    points: tuple[Point, ...]
    value: float | None
    numerator: float | None = None
    denominator: float | None = None


class Metrics:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._file = context.file

    # --- importing --------------------------------------------------------------------------------------------------

    def import_files(
        self,
        paths: Sequence[Path],
        *,
        dry_run: bool = False,
        profile: str | None = None,
        timezone: str | None = None,
        progress: Progress | None = None,
        should_stop: Callable[[], bool] | None = None,
        backup: bool = True,
    ) -> Changes[list[ImportedFile]]:
        """Read metric files and keep them, all or none of them, in one undoable step after a backup.

        A dry run reads and counts and writes nothing. Raises a sentence for a file that cannot be read (nothing of the
        others is kept then either), :class:`Interrupted` when stopped.
        """
        from desktop_app.exchange.metrics import read_metric_file

        tell = progress or (lambda part, text: None)
        stop = should_stop or (lambda: False)
        parsed = []
        for number, path in enumerate(paths):
            tell(0.6 * number / len(paths), f"Reading {path.name}")
            if stop():
                raise Interrupted(what="The import")
            parsed.append(read_metric_file(path, profile=profile, timezone=timezone))
        if backup and not dry_run:
            tell(0.6, "Making a backup")
            back_up(self._file, self._context.now())
        with self._context.change(_label(parsed)) as recorder:
            imported = []
            for number, file in enumerate(parsed):
                tell(0.65 + 0.35 * number / len(parsed), f"Keeping {file.file}")
                if stop():
                    raise Interrupted(what="The import")
                imported.append(self._import(recorder, file, dry_run=dry_run))
        return self._context.changes(recorder, imported)

    def _import(self, recorder: Recorder, parsed: ParsedFile, *, dry_run: bool) -> ImportedFile:
        keys = series_keys(parsed.source, parsed.account, parsed.tables)
        ids = {where: key.id for where, key in keys.items()}
        added, restated, unchanged = self._compare(parsed.tables, ids)
        item = "" if dry_run else self._keep(recorder, parsed)
        return ImportedFile(parsed, ids, added, restated, unchanged, item)

    def _compare(self, tables: Sequence[ParsedTable], ids: Mapping[tuple[int, int], str]) -> tuple[int, int, int]:
        """How many of the points are new, say something else than before, or are known."""
        before: dict[str, dict[tuple[str, str], float]] = {}
        added = restated = unchanged = 0
        for (place, number), series in ids.items():
            if series not in before:
                before[series] = self._file.metrics.stated(series)
            known = before[series]
            for point in tables[place].series[number].points:
                said = known.get((point.start, point.end))
                added += said is None
                unchanged += said == point.value
                restated += said is not None and said != point.value
        return added, restated, unchanged

    def _keep(self, recorder: Recorder, parsed: ParsedFile) -> str:
        blobs = self._file.blobs
        parts = [{"name": name, "blob": blobs.put(data, compress=True)} for name, data in sorted(parsed.parts.items())]
        item = derived_id("import", *sorted(part["blob"] for part in parts))
        fields: dict[str, Any] = {
            "file": parsed.file,
            "profile": parsed.profile,
            "source": parsed.source,
            "account": parsed.account,
            "encoding": parsed.encoding,
            "delimiter": parsed.delimiter,
            "timezone": parsed.timezone,
            "parts": parts,
            "points": blobs.put(pack(parsed.tables), compress=True),
        }
        head = self._file.journal.head(item)
        if head is not None:
            before = json.loads(head[1])
            # The same bytes under another name are the same import.
            same = {key: before[key] for key in ("file", "parts")}
            if {**fields, **same} == before:
                return item
            fields = {**fields, **same} if not before.get("trashed") else fields
        recorder.record("import", item, fields, new=head is None)
        return item

    def remove_import(self, item: str) -> Changes[str]:
        """Take an import back with its points; its file stays in the notebook's history."""
        with self._context.change("Remove import") as recorder:
            self._file.journal.trash(recorder, "import", item)
        return self._context.changes(recorder, item)

    def imports(self) -> list[ImportRecord]:
        """Imports that stand, newest first."""
        return self._file.metrics.imports()

    def report(self, item: str) -> ImportedFile:
        """What an import read, as it was reported; the counts of new and restated points are of that time only."""
        fields = self._file.journal.fields(item)
        tables = self._file.metrics.tables(fields)
        parsed = ParsedFile(
            file=fields["file"],
            profile=fields["profile"],
            source=fields["source"],
            encoding=fields["encoding"],
            delimiter=fields["delimiter"],
            tables=tables,
            parts={},
            account=fields["account"],
            timezone=fields["timezone"],
        )
        keys = series_keys(parsed.source, parsed.account, tables)
        return ImportedFile(parsed, {where: key.id for where, key in keys.items()}, 0, 0, 0, item)

    def original(self, item: str) -> dict[str, bytes]:
        """The bytes of an import as they came, by file name."""
        return self._file.metrics.original(self._file.journal.fields(item))

    # --- reading ----------------------------------------------------------------------------------------------------

    def resolve(self, name: str) -> str:
        """The id of a series given by id or unique name; raises :class:`NotFound` or :class:`Ambiguous`."""
        return self._file.metrics.resolve(name)

    def show(self, name: str, from_: str = "", to: str = "", as_of: str = "") -> SeriesPoints:
        """The points of a series between two dates as typed, as the newest imports state them, or stated them then."""
        start = self._context.when(from_).start if from_ else ""
        end = self._context.when(to).end if to else ""
        then = self._moment(as_of) if as_of else None
        series = self._file.metrics.series([self.resolve(name)])
        points = self._file.metrics.points(series[0].id, start, _day(end), then)
        return SeriesPoints(series[0], points)

    def _moment(self, text: str) -> datetime:
        """The end of what was typed, in this machine's own time."""
        end = self._context.when(text).end
        if end >= "9999":
            raise Invalid(message=f"“{text}” has no end; give a day, such as 2026-03-14.")
        return datetime.fromisoformat(end).astimezone()

    def overview(self, series: Sequence[str], start: str = "", end: str = "") -> list[SeriesStretch]:
        """Series over ``[start, end)`` (ISO 8601, empty: unbounded), one figure each; ratios from their totals."""
        return [self._stretch(found, start, _day(end)) for found in self._file.metrics.series(series)]

    def _stretch(self, series: Series, start: str, end: str) -> SeriesStretch:
        points = self._file.metrics.points(series.id, start, end)
        if series.numerator and series.denominator:
            above = self._file.metrics.points(series.numerator, start, end)
            below = self._file.metrics.points(series.denominator, start, end)
            found = ratio_over(clip(above, start, end).points, clip(below, start, end).points)
            if found.value is not None:
                return SeriesStretch(series, points, found.value, found.numerator, found.denominator)
        return SeriesStretch(series, points, total(clip(points, start, end).points, series.additive))

    def edit_series(
        self, series: str, *, additive: bool | None = None, numerator: str | None = None, denominator: str | None = None
    ) -> Changes[str]:
        """Say what a file could not: whether a series adds up, and the series that a ratio divides (by id or name).

        Parts that are not given stay; an empty name takes a total away.
        """
        item = self.resolve(series)
        with self._context.change("Edit series") as recorder:
            head = self._file.journal.head(item)
            fields = json.loads(head[1]) if head else {"additive": None, "numerator": None, "denominator": None}
            if additive is not None:
                fields["additive"] = additive
            for name, given in (("numerator", numerator), ("denominator", denominator)):
                if given is not None:
                    fields[name] = self.resolve(given) if given else None
            recorder.record("series", item, fields, new=head is None)
        return self._context.changes(recorder, item)

    # Last in the class: below it, ``list`` would name this method.
    def list(self) -> list[Series]:
        """Every series that has points, by source and name."""
        return self._file.metrics.series()


def _label(parsed: Sequence[ParsedFile]) -> str:
    return f"Import {parsed[0].file}" if len(parsed) == 1 else f"Import {len(parsed)} metric files"


def _day(end: str) -> str:
    """A bound at midnight as a plain day, which compares rightly with the points of days and those of hours."""
    return end.removesuffix("T00:00")


def as_json(imported: ImportedFile) -> dict[str, Any]:
    """The report of one file in the shape that ``metrics import --json`` prints."""
    parsed = imported.parsed
    return {
        "file": parsed.file,
        "profile": parsed.profile,
        "source": parsed.source,
        "account": parsed.account,
        "encoding": parsed.encoding,
        "delimiter": parsed.delimiter,
        "tables": [_table_json(table, place, imported) for place, table in enumerate(parsed.tables)],
        "added": imported.added,
        "restated": imported.restated,
        "unchanged": imported.unchanged,
        "import": imported.import_id or None,
    }


def _table_json(table: ParsedTable, place: int, imported: ImportedFile) -> dict[str, Any]:
    return {
        "title": table.title,
        "start": table.start,
        "end": table.end,
        "grain": str(table.grain),
        "rows": table.rows,
        "series": [
            {
                "series": imported.series[place, number],
                "name": series.name,
                "dimensions": dict(series.dimensions),
                "unit": series.unit,
                "grain": str(series.grain),
                "additive": series.additive,
                "points": len(series.points),
            }
            for number, series in enumerate(table.series)
        ],
        "totals": [asdict(check) for check in table.totals],
        "skipped": [asdict(line) for line in table.skipped],
    }
