"""What was read, as bytes and back: so that an import can be rebuilt from the notebook without the reader that made
it.

Canonical JSON (sorted keys, no spaces, UTF-8): the same tables give the same bytes on every machine and version.
Stretches are kept once per table and shared, because most series of a table have the same. Compression is the
caller's, for its bytes are not the same everywhere. ``unpack`` trusts nothing: the bytes may come from somebody
else's notebook.
"""

import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence

from desktop_app.model.memory import paused_collector
from desktop_app.model.metrics import Grain, ParsedSeries, ParsedTable, Point, Skipped, TotalCheck
from desktop_app.notebook.errors import DamagedPoints

FORMAT = 1
_STAMP = re.compile(r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2})?")
_DAYS = re.compile(r"(?:\d{4}-\d{2}-\d{2}\n)*")
_GRAINS = {grain.value: grain for grain in Grain}


# --- packing --------------------------------------------------------------------------------------------------------


def pack(tables: Sequence[ParsedTable]) -> bytes:
    """Series, points and report of a parsed file's tables as canonical bytes.

    Raises ``ValueError`` for NaN or infinity, which no reader gives.
    """
    with paused_collector():
        document = {"format": FORMAT, "tables": [_pack_table(table) for table in tables]}
        text = json.dumps(document, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def _pack_table(table: ParsedTable) -> dict[str, object]:
    axes: dict[tuple[tuple[str, ...], tuple[str, ...]], int] = {}
    series = []
    for one in table.series:
        axis = (tuple([p.start for p in one.points]), tuple([p.end for p in one.points]))
        number = axes.setdefault(axis, len(axes))
        series.append(_pack_series(one, number))
    return {
        "title": table.title,
        "start": table.start,
        "end": table.end,
        "grain": table.grain.value,
        "rows": table.rows,
        "axes": [[list(starts), list(ends)] for starts, ends in axes],
        "series": series,
        "totals": [[check.name, check.stated, check.summed, check.agrees] for check in table.totals],
        "skipped": [[skip.line, skip.reason] for skip in table.skipped],
    }


def _pack_series(one: ParsedSeries, axis: int) -> dict[str, object]:
    return {
        "name": one.name,
        "unit": one.unit,
        "grain": one.grain.value,
        "additive": one.additive,
        "dimensions": [list(pair) for pair in one.dimensions],
        "numerator": one.numerator,
        "denominator": one.denominator,
        "axis": axis,
        "values": [point.value for point in one.points],
    }


# --- unpacking ------------------------------------------------------------------------------------------------------


def unpack(data: bytes) -> tuple[ParsedTable, ...]:
    """The tables ``pack`` was given; raises ``DamagedPoints`` for anything else."""
    with paused_collector():
        return _unpack(data)


def _unpack(data: bytes) -> tuple[ParsedTable, ...]:
    try:
        document = json.loads(data.decode("utf-8", "surrogatepass"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise DamagedPoints(reason="they are not JSON") from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise DamagedPoints(reason="their format is unknown")
    return tuple([_table(_mapping(table)) for table in _list(document.get("tables"), "tables")])


def _no_constant(name: str) -> float:
    raise ValueError(name)


def _table(table: Mapping[str, object]) -> ParsedTable:
    axes = [_axis(axis) for axis in _list(table.get("axes"), "axes")]
    return ParsedTable(
        title=_text(table.get("title"), "title"),
        start=_bound(table.get("start")),
        end=_bound(table.get("end")),
        grain=_grain(table.get("grain")),
        rows=_whole(table.get("rows"), "rows"),
        series=tuple([_series(_mapping(one), axes) for one in _list(table.get("series"), "series")]),
        totals=tuple([_total(check) for check in _list(table.get("totals"), "totals")]),
        skipped=tuple([_skipped(skip) for skip in _list(table.get("skipped"), "skipped")]),
    )


_Axis = tuple[list[str], list[str]]


def _axis(axis: object) -> _Axis:
    starts, ends = _pair(axis, "axes")
    first, second = _stamps(starts), _stamps(ends)
    if len(first) != len(second) or any(map(_not_before, first, second)):
        raise DamagedPoints(reason="a stretch ends before it begins")
    return first, second


def _not_before(start: str, end: str) -> bool:
    return start > end


def _stamps(values: object) -> list[str]:
    stamps = _list(values, "axes")
    if not _all_text(stamps):
        raise DamagedPoints(reason="a date is no text")
    texts = [str(stamp) for stamp in stamps]
    joined = "\n".join(texts) + "\n" if texts else ""
    if not _DAYS.fullmatch(joined) and not all(map(_STAMP.fullmatch, texts)):
        raise DamagedPoints(reason="a date is not written as ISO 8601")
    return texts


def _series(one: Mapping[str, object], axes: Sequence[_Axis]) -> ParsedSeries:
    number = _whole(one.get("axis"), "axis")
    if number >= len(axes):
        raise DamagedPoints(reason="a series has no axis")
    starts, ends = axes[number]
    values = _values(one.get("values"))
    if len(values) != len(starts):
        raise DamagedPoints(reason="a series has more values than dates, or fewer")
    additive = one.get("additive")
    if not isinstance(additive, bool):
        raise DamagedPoints(reason="“additive” is neither true nor false")
    return ParsedSeries(
        name=_text(one.get("name"), "name"),
        unit=_text(one.get("unit"), "unit"),
        grain=_grain(one.get("grain")),
        additive=additive,
        points=tuple(map(Point, starts, ends, values)),
        dimensions=tuple([_dimension(pair) for pair in _list(one.get("dimensions"), "dimensions")]),
        numerator=_text(one.get("numerator"), "numerator"),
        denominator=_text(one.get("denominator"), "denominator"),
    )


def _values(values: object) -> list[float]:
    numbers = _list(values, "values")
    kinds = set(map(type, numbers))
    if kinds - {float, int}:
        raise DamagedPoints(reason="a value is no number")
    return [_finite(number) for number in numbers] if int in kinds else _all_finite(numbers)


def _all_finite(numbers: Iterable[object]) -> list[float]:
    floats = [number for number in numbers if isinstance(number, float)]
    if not all(map(math.isfinite, floats)):
        raise DamagedPoints(reason="a value is not finite")
    return floats


def _finite(number: object) -> float:
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise DamagedPoints(reason="a value is no number")
    try:
        value = float(number)
    except OverflowError:
        value = math.inf
    if not math.isfinite(value):
        raise DamagedPoints(reason="a value is not finite")
    return value


def _total(check: object) -> TotalCheck:
    parts = _list(check, "totals")
    if len(parts) != 4 or not isinstance(parts[3], bool):
        raise DamagedPoints(reason="a totals check is incomplete")
    return TotalCheck(_text(parts[0], "name"), _finite(parts[1]), _finite(parts[2]), parts[3])


def _skipped(skip: object) -> Skipped:
    line, reason = _pair(skip, "skipped")
    return Skipped(_whole(line, "line"), _text(reason, "reason"))


def _dimension(pair: object) -> tuple[str, str]:
    name, value = _pair(pair, "dimensions")
    return _text(name, "dimension"), _text(value, "dimension")


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise DamagedPoints(reason="a table or series is no object")
    return value


def _list(value: object, what: str) -> list[object]:
    if not isinstance(value, list):
        raise DamagedPoints(reason=f"“{what}” is no list")
    return value


def _pair(value: object, what: str) -> tuple[object, object]:
    parts = _list(value, what)
    if len(parts) != 2:
        raise DamagedPoints(reason=f"an entry of “{what}” is no pair")
    return parts[0], parts[1]


def _all_text(values: Sequence[object]) -> bool:
    return set(map(type, values)) <= {str}


def _text(value: object, what: str) -> str:
    if not isinstance(value, str):
        raise DamagedPoints(reason=f"“{what}” is no text")
    return value


def _bound(value: object) -> str:
    text = _text(value, "start or end")
    if text and not _STAMP.fullmatch(text):
        raise DamagedPoints(reason="a date is not written as ISO 8601")
    return text


def _whole(value: object, what: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise DamagedPoints(reason=f"“{what}” is no whole number")
    return value


def _grain(value: object) -> Grain:
    grain = _GRAINS.get(value) if isinstance(value, str) else None
    if grain is None:
        raise DamagedPoints(reason="a grain is unknown")
    return grain
