"""Series, imports and reports in words. Makes texts, no widgets."""

from datetime import datetime

from desktop_app.model.metrics import Grain, ImportedFile, ImportRecord, ParsedFile, ParsedTable, Series, TotalCheck
from desktop_app.model.numbers import figure, plain
from desktop_app.model.samples import days
from desktop_app.model.time import describe
from desktop_app.model.time.words import MONTHS
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.metrics.reads import Earlier, Figure, local_minute
from desktop_app.ui.widgets.time_axis import stretch_name

GRAIN_NAMES = {
    Grain.HOUR: "by hour",
    Grain.DAY: "by day",
    Grain.WEEK: "by week",
    Grain.MONTH: "by month",
    Grain.QUARTER: "by quarter",
    Grain.YEAR: "by year",
    Grain.RANGE: "whole period",
}
UNIT_NAMES = {"ratio": "ratio", "position": "position", "seconds": "time", "money": "money"}
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", "": "none"}


def grain_name(grain: Grain) -> str:
    return tr(GRAIN_NAMES[grain])


def unit_name(unit: str) -> str:
    """What is said of a unit; counts need no word."""
    return "" if unit in ("count", "") else tr(UNIT_NAMES.get(unit, unit))


def period(start: str, end: str) -> str:
    """The stretch ``[start, end)`` in words; empty where unknown."""
    return stretch_name(days(start), days(end)) if start and end else ""


def short_period(start: str, end: str) -> str:
    """From month to month, for lists: ``Nov 2024 – Nov 2026``."""
    if not start or not end:
        return ""
    first, last = start[:7], _day_before(end)[:7]
    names = [f"{MONTHS[int(part[5:7]) - 1][:3]} {part[:4]}" for part in (first, last)]
    return names[0] if first == last else " – ".join(names)


def _day_before(end: str) -> str:
    from desktop_app.model.samples import iso

    return iso(days(end) - 1 / 24)


def series_facts(series: Series) -> str:
    """The line under a series' name."""
    parts = [
        series.source,
        series.account,
        unit_name(series.unit),
        grain_name(series.grain),
        period(series.start, series.end),
        count_text(series.points, "{number} point", "{number} points"),
    ]
    return " · ".join(part for part in parts if part)


def figure_words(series: Series, value: Figure) -> str:
    """One figure, with what it is: ``18,076 in all``, ``mean 4.2``."""
    if value.value is None:
        return ""
    shown = figure(value.value, series.unit)
    if value.numerator is not None:
        return shown
    return tr("{figure} in all", figure=shown) if series.additive else tr("mean {figure}", figure=shown)


def earlier_words(earlier: Earlier) -> str:
    """How much a series said otherwise then."""
    when = describe(earlier.moment) if _is_moment(earlier.moment) else earlier.moment
    if not len(earlier.drawn.own):
        return tr("As of {when}, it had no points yet.", when=when)
    if not earlier.different:
        same = tr("As of {when}, it said the same", when=when)
    else:
        count = count_text(earlier.different, "{number} point said", "{number} points said")
        same = tr("As of {when}, {count} something else", when=when, count=count)
    if not earlier.unknown:
        return f"{same}."
    unknown = count_text(earlier.unknown, "{number} was not known yet", "{number} were not known yet")
    return f"{same}; {unknown}."


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def import_facts(record: ImportRecord) -> str:
    """The line under an import's name."""
    when = tr("imported {when}", when=describe(local_minute(record.imported)))
    by = tr("by {author}", author=record.author) if record.author else ""
    return " · ".join(part for part in (record.source, f"{when} {by}".strip()) if part)


def file_facts(parsed: ParsedFile) -> str:
    """How the file was read."""
    delimiter = tr(DELIMITERS.get(parsed.delimiter, parsed.delimiter))
    parts = [
        tr("read as {profile}", profile=parsed.profile),
        parsed.encoding.upper(),
        tr("delimiter {name}", name=delimiter),
        tr("dates in {zone}", zone=parsed.timezone) if parsed.timezone else "",
    ]
    return " · ".join(part for part in parts if part)


def counts_words(report: ImportedFile) -> str:
    """What became of the points."""
    if not report.added and not report.restated:
        return tr("Nothing new: {count}.", count=count_text(report.unchanged, "{number} point", "{number} points"))
    parts = [count_text(report.added, "{number} point added", "{number} points added")]
    if report.restated:
        parts.append(count_text(report.restated, "{number} says something else now", "{number} say something else now"))
    if report.unchanged:
        parts.append(count_text(report.unchanged, "{number} already known", "{number} already known"))
    return ", ".join(parts) + "."


def table_facts(table: ParsedTable) -> str:
    parts = [
        count_text(table.rows, "{number} row", "{number} rows"),
        grain_name(table.grain) if table.series else "",
        period(table.start, table.end),
        count_text(len(table.series), "{number} series", "{number} series") if table.series else "",
    ]
    return " · ".join(part for part in parts if part)


def check_words(check: TotalCheck) -> str:
    stated, summed = plain(check.stated, 2), plain(check.summed, 2)
    if check.agrees:
        return tr("{name}: the total row says {stated}, the rows sum up to {summed}", name=check.name, stated=stated,
                  summed=summed)  # fmt: skip
    return tr("{name}: the total row says {stated}, but the rows sum up to {summed}", name=check.name, stated=stated,
              summed=summed)  # fmt: skip
