"""Imports, series and points.

An import is an item: its revision names the original bytes and the points read from them, both kept as blobs. Series
and points are derived from the imports that stand, so that taking an import back takes its points with it, and a file
that restates a point lies over the earlier one without replacing it.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop_app.model.changes import Clock
from desktop_app.model.errors import Ambiguous, NotFound
from desktop_app.model.metrics import Grain, ImportRecord, ParsedTable, Point, Series, SeriesKey
from desktop_app.notebook.blobs import Blobs
from desktop_app.notebook.database import Database
from desktop_app.notebook.entries import batches, holders
from desktop_app.notebook.journal import moment
from desktop_app.notebook.points import unpack
from desktop_app.notebook.projections import Fields, Projection, Rows, folded

_SERIES = """
SELECT series.id, series.name, source, unit, grain, coalesce(setting.additive, series.additive), account, dimensions,
    coalesce(setting.numerator, series.numerator), coalesce(setting.denominator, series.denominator),
    found.starts, found.ends, found.points
FROM series
JOIN (
    SELECT series, min(starts) AS starts, max(ends) AS ends, count(*) AS points
    FROM (SELECT DISTINCT series, starts, ends FROM point {where}) GROUP BY series
) AS found ON found.series = series.number
LEFT JOIN series_setting AS setting ON setting.id = series.id
"""


def series_keys(source: str, account: str, tables: Sequence[ParsedTable]) -> dict[tuple[int, int], SeriesKey]:
    """The key of each series of each table, by their positions."""
    return {
        (place, number): SeriesKey(source, account, found.name, found.dimensions, found.unit, str(found.grain))
        for place, table in enumerate(tables)
        for number, found in enumerate(table.series)
    }


def _ratio_ids(
    source: str, account: str, tables: Sequence[ParsedTable]
) -> dict[tuple[int, int], tuple[str | None, str | None]]:
    """Ids of the totals that each ratio divides: the sibling series of the same table, dimensions and grain."""
    keys = series_keys(source, account, tables)
    found: dict[tuple[int, int], tuple[str | None, str | None]] = {}
    for place, table in enumerate(tables):
        siblings = {
            (series.name, series.dimensions, series.grain): keys[place, number].id
            for number, series in enumerate(table.series)
            if any(other.numerator for other in table.series)
        }
        for number, series in enumerate(table.series):
            found[place, number] = (
                siblings.get((series.numerator, series.dimensions, series.grain)),
                siblings.get((series.denominator, series.dimensions, series.grain)),
            )
    return found


@dataclass(frozen=True)
class ImportProjection(Projection):
    """Series and points out of an import's blob; too many rows to keep a list of, so that they are written at once."""

    def apply(self, database: Database, item: str, fields: Fields, *, new: bool) -> None:
        if not new:
            self._remove(database, item)
        if fields.get("trashed"):
            return
        (clock,) = database.one("SELECT created FROM item WHERE id = ?", (item,))
        tables = unpack(Blobs(database).get(fields["points"]))
        points = sum(len(series.points) for table in tables for series in table.series)
        database.execute(
            "INSERT INTO import (id, file, profile, source, clock, points) VALUES (?, ?, ?, ?, ?, ?)",
            (item, fields["file"], fields["profile"], fields["source"], clock, points),
        )
        (number,) = database.one("SELECT number FROM import WHERE id = ?", (item,))
        numbers = _write_series(database, fields["source"], fields["account"], tables)
        # A file that states one stretch twice keeps its last word, as the reader has reported.
        database.executemany(
            "INSERT OR REPLACE INTO point (series, starts, ends, import, value) VALUES (?, ?, ?, ?, ?)",
            (
                (series, point.start, point.end, number, point.value)
                for (place, position), series in numbers.items()
                for point in tables[place].series[position].points
            ),
        )
        if database.one("SELECT 1 FROM import WHERE (clock, id) > (?, ?)", (clock, item)) is not None:
            _keep_to_oldest(database, set(numbers.values()))

    def _remove(self, database: Database, item: str) -> None:
        held = database.rows(
            "SELECT DISTINCT series FROM point WHERE import = (SELECT number FROM import WHERE id = ?)", (item,)
        )
        database.execute("DELETE FROM point WHERE import = (SELECT number FROM import WHERE id = ?)", (item,))
        database.execute("DELETE FROM import WHERE id = ?", (item,))
        database.execute("DELETE FROM series WHERE NOT EXISTS (SELECT 1 FROM point WHERE series = series.number)")
        _keep_to_oldest(database, {number for (number,) in held})

    def stored(self, database: Database, item: str) -> Rows:
        rows = database.rows(
            "SELECT series.id, starts, ends, value FROM point JOIN series ON series.number = point.series"
            " WHERE import = (SELECT number FROM import WHERE id = ?) ORDER BY series.id, starts, ends",
            (item,),
        )
        series = database.rows(
            "SELECT id, name, folded, source, account, dimensions, unit, grain FROM series WHERE number IN"
            " (SELECT series FROM point WHERE import = (SELECT number FROM import WHERE id = ?)) ORDER BY id",
            (item,),
        )
        heads = database.rows("SELECT id, file, profile, source FROM import WHERE id = ?", (item,))
        return {"import": heads, "series": series, "point": rows} if heads else {}

    def expected(self, database: Database, item: str, fields: Fields) -> Rows:
        if fields.get("trashed"):
            return {}
        tables = unpack(Blobs(database).get(fields["points"]))
        keys = series_keys(fields["source"], fields["account"], tables)
        values = {
            (key.id, point.start, point.end): point.value
            for (place, number), key in keys.items()
            for point in tables[place].series[number].points
        }
        rows = sorted((*key, value) for key, value in values.items())
        heads = [(item, fields["file"], fields["profile"], fields["source"])]
        series = sorted({_series_row(keys[where]) for where in keys if tables[where[0]].series[where[1]].points})
        return {"import": heads, "series": series, "point": rows}


def _series_row(key: SeriesKey) -> tuple[str, ...]:
    dimensions = json.dumps(key.dimensions, ensure_ascii=False)
    return key.id, key.name, folded(key.name), key.source, key.account, dimensions, key.unit, key.grain


def _write_series(
    database: Database, source: str, account: str, tables: Sequence[ParsedTable]
) -> dict[tuple[int, int], int]:
    """Make the series rows that are not there yet; returns the number of each."""
    keys = series_keys(source, account, tables)
    totals = _ratio_ids(source, account, tables)
    database.executemany(
        "INSERT INTO series (id, name, folded, source, account, dimensions, unit, grain, additive, numerator,"
        " denominator) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name,"
        " folded = excluded.folded, source = excluded.source, account = excluded.account,"
        " dimensions = excluded.dimensions, unit = excluded.unit, grain = excluded.grain",
        (
            (
                *_series_row(key),
                int(tables[where[0]].series[where[1]].additive),
                *totals[where],
            )
            for where, key in keys.items()
        ),
    )
    numbers: dict[str, int] = {}
    for batch in batches({key.id for key in keys.values()}):
        numbers.update(database.rows(f"SELECT id, number FROM series WHERE id IN ({holders(batch)})", batch))
    return {where: numbers[key.id] for where, key in keys.items()}


def _keep_to_oldest(database: Database, numbers: Iterable[int]) -> None:
    """Whether a series adds up, and which totals it divides, is what the oldest import says that holds it: so it does
    not matter in which order imports came here."""
    by_import: dict[str, list[int]] = {}
    for number in numbers:
        row = database.one(
            "SELECT import.id FROM import WHERE EXISTS"
            " (SELECT 1 FROM point WHERE point.import = import.number AND series = ?) ORDER BY clock, id LIMIT 1",
            (number,),
        )
        if row is not None:
            by_import.setdefault(row[0], []).append(number)
    for item, held in by_import.items():
        (text,) = database.one("SELECT fields FROM item JOIN revision ON revision.id = head WHERE item.id = ?", (item,))
        fields = json.loads(text)
        tables = unpack(Blobs(database).get(fields["points"]))
        keys = series_keys(fields["source"], fields["account"], tables)
        totals = _ratio_ids(fields["source"], fields["account"], tables)
        said = {
            keys[where].id: (tables[where[0]].series[where[1]].additive, *totals[where]) for where in reversed(keys)
        }
        for number in held:
            (series,) = database.one("SELECT id FROM series WHERE number = ?", (number,))
            database.execute(
                "UPDATE series SET additive = ?, numerator = ?, denominator = ? WHERE number = ?",
                (*said[series], number),
            )


def _series_over_time(database: Database, item: str, fields: Fields) -> list[tuple[str, str]]:
    """The series that an import adds to or, taken back, takes from; those the search index knows of."""
    if not fields.get("trashed"):
        return database.rows(
            "SELECT id, 'series' FROM series WHERE grain <> 'range' AND number IN"
            " (SELECT series FROM point WHERE import = (SELECT number FROM import WHERE id = ?))",
            (item,),
        )
    tables = unpack(Blobs(database).get(fields["points"]))
    keys = series_keys(fields["source"], fields["account"], tables).values()
    return [(key.id, "series") for key in dict.fromkeys(keys) if key.grain != Grain.RANGE]


IMPORT_PROJECTION = ImportProjection(
    {"import": "id"}, lambda item, fields: {}, indexed_through=True, dependants=_series_over_time
)


class Metrics:
    """Reads imports, series and points."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._blobs = Blobs(database)

    def series(self, ids: Iterable[str] | None = None) -> list[Series]:
        """Series with points, all of them by source and name, or those named in the order given."""
        if ids is None:
            rows = self._database.rows(_SERIES.format(where="") + " ORDER BY source, series.folded, dimensions, grain")
            return [_series(row) for row in rows]
        wanted = list(ids)
        found: dict[str, Series] = {}
        for batch in batches(wanted):
            where = f"WHERE series IN (SELECT number FROM series WHERE id IN ({holders(batch)}))"
            rows = self._database.rows(_SERIES.format(where=where), batch)
            found.update((row[0], _series(row)) for row in rows)
        return [found[item] for item in wanted if item in found]

    def resolve(self, name: str) -> str:
        """The id of a series given by id, unique head of an id, or a name that is unique.

        Raises :class:`NotFound` or :class:`Ambiguous`. A name fits exactly before it fits without its case; where one
        name has several series, the one without dimensions is meant.
        """
        if self._database.one("SELECT 1 FROM series WHERE id = ?", (name,)):
            return name
        named = self._database.rows(
            "SELECT id, name, source, dimensions FROM series WHERE folded = ? ORDER BY id", (folded(name),)
        )
        for fits in (
            lambda row: row[1] == name and row[3] == "[]",
            lambda row: row[3] == "[]",
            lambda row: row[1] == name,
            lambda row: True,
        ):
            found = [row for row in named if fits(row)]
            if len(found) == 1:
                return str(found[0][0])
        if named:
            examples = ", ".join(f"{row[0][:8]} {row[2]}" for row in named[:3])
            raise Ambiguous(name=name, what="serie", count=len(named), examples=examples)
        if len(name) >= 4:
            heads = self._database.rows("SELECT id FROM series WHERE id >= ? AND id < ? LIMIT 2", (name, name + "{"))
            if len(heads) == 1:
                return str(heads[0][0])
        raise NotFound(what="series", name=name)

    def names(self) -> list[tuple[str, str]]:
        """Id and name of every series."""
        return self._database.rows("SELECT id, name FROM series ORDER BY folded, id")

    def over_time(self) -> list[tuple[str, str]]:
        """Id and name of the series that run over time as a whole; not the rows of a report (pages, countries)."""
        return self._database.rows(
            "SELECT id, name FROM series WHERE dimensions = '[]' AND grain <> 'range' ORDER BY folded, id"
        )

    def points(self, series: str, start: str = "", end: str = "", as_of: datetime | None = None) -> tuple[Point, ...]:
        """The points that overlap ``[start, end)``, oldest first; each as the newest import states it.

        With ``as_of`` (aware) only imports made until then count: "what it said then". Bounds are ISO 8601 texts that
        compare with the points'; empty means unbounded.
        """
        milliseconds = int(as_of.timestamp() * 1000) if as_of else (1 << 48) - 1
        rows = self._database.rows(
            "SELECT starts, ends, value, max(import.clock) FROM point JOIN import ON import.number = point.import"
            " WHERE series = (SELECT number FROM series WHERE id = ?) AND import.clock <= ?"
            " AND (? = '' OR ends > ?) AND (? = '' OR starts < ?)"
            " GROUP BY starts, ends ORDER BY starts, ends",
            (series, str(Clock(milliseconds, 0xFFFF)), start, start, end, end),
        )
        return tuple(Point(starts, ends, value) for starts, ends, value, _ in rows)

    def stated(self, series: str) -> dict[tuple[str, str], float]:
        """The current value of each stretch of a series."""
        return {(point.start, point.end): point.value for point in self.points(series)}

    # --- imports ----------------------------------------------------------------------------------------------------

    def holding(self, series: Iterable[str]) -> set[str]:
        """The imports that stand and have points of any of these series."""
        found: set[str] = set()
        for batch in batches(series):
            rows = self._database.rows(
                "SELECT id FROM import WHERE EXISTS (SELECT 1 FROM point JOIN series ON series.number = point.series"
                f" WHERE point.import = import.number AND series.id IN ({holders(batch)}))",
                batch,
            )
            found.update(item for (item,) in rows)
        return found

    def held(self, imports: Iterable[str]) -> set[str]:
        """The series that these imports have points of."""
        found: set[str] = set()
        for batch in batches(imports):
            rows = self._database.rows(
                "SELECT id FROM series WHERE EXISTS (SELECT 1 FROM point JOIN import ON import.number = point.import"
                f" WHERE point.series = series.number AND import.id IN ({holders(batch)}))",
                batch,
            )
            found.update(item for (item,) in rows)
        return found

    def imports(self) -> list[ImportRecord]:
        """Imports that stand, newest first; their reports are read from the kept points."""
        rows = self._database.rows(
            "SELECT import.id, import.clock, item.author, import.points,"
            " (SELECT count(DISTINCT series) FROM point WHERE point.import = import.number), revision.fields"
            " FROM import JOIN item ON item.id = import.id JOIN revision ON revision.id = item.head"
            " ORDER BY import.clock DESC"
        )
        return [self._record(*row) for row in rows]

    def _record(self, item: str, clock: str, author: str, points: int, series: int, text: str) -> ImportRecord:
        fields: Mapping[str, Any] = json.loads(text)
        return ImportRecord(
            id=item,
            file=fields["file"],
            profile=fields["profile"],
            source=fields["source"],
            imported=moment(clock),
            author=author,
            points=points,
            series=series,
            report=fields,
        )

    def tables(self, fields: Mapping[str, Any]) -> tuple[ParsedTable, ...]:
        """What an import read, from its fields."""
        return unpack(self._blobs.get(fields["points"]))

    def original(self, fields: Mapping[str, Any]) -> dict[str, bytes]:
        """The bytes as they came, by file name."""
        return {part["name"]: self._blobs.get(part["blob"]) for part in fields["parts"]}


def _series(row: tuple[Any, ...]) -> Series:
    item, name, source, unit, grain, additive, account, dimensions, numerator, denominator, start, end, points = row
    return Series(
        id=item,
        name=name,
        source=source,
        unit=unit,
        grain=Grain(grain),
        additive=bool(additive),
        account=account,
        dimensions=tuple((key, value) for key, value in json.loads(dimensions)),
        numerator=numerator,
        denominator=denominator,
        start=start,
        end=end,
        points=points,
    )
