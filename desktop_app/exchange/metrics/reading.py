"""The way in: a path becomes one ``ParsedFile``, read by the profile whose first lines and header it shows.

A zip or folder is read as a whole: its parts tell each other their period and filters, and every part that the
profile does not read is named in the report. Order of the profiles matters: those with a signature come before the
plain ones.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path, PurePath

from desktop_app.exchange.metrics import (
    ga4,
    google_ads,
    google_ads_card,
    plain,
    plausible,
    search_console,
)
from desktop_app.exchange.metrics.decoding import decode
from desktop_app.exchange.metrics.errors import (
    EmptyMetricFile,
    MetricFileError,
    NoMetricsInFolder,
    ProfileMismatch,
    UnknownProfile,
    UnreadMetricFile,
)
from desktop_app.exchange.metrics.profile import Context, Profile, ProfileInfo, Reading
from desktop_app.exchange.metrics.rows import Rows, split_rows
from desktop_app.exchange.metrics.sources import Source, is_table_name, open_source
from desktop_app.model.memory import paused_collector
from desktop_app.model.metrics import Grain, ParsedFile, ParsedTable, Skipped

PROFILES: tuple[Profile, ...] = (
    ga4.EXPLORATION,
    ga4.SNAPSHOT,
    ga4.REPORT,
    search_console.PROFILE,
    plausible.PROFILE,
    google_ads_card.PROFILE,
    google_ads.PROFILE,
    plain.WIDE,
    plain.LONG,
)

_SIBLINGS = 40
_SIBLING_BYTES = 4 * 1024 * 1024


class _Part:
    """One decoded table of the source."""

    def __init__(self, rows: Rows, encoding: str, first_lines: tuple[str, ...]) -> None:
        self.rows = rows
        self.encoding = encoding
        self.first_lines = first_lines


def profiles() -> tuple[ProfileInfo, ...]:
    """What Terrain reads, in the order in which profiles are tried."""
    return tuple(profile.info for profile in PROFILES)


def read_metric_file(
    path: Path,
    *,
    profile: str | None = None,
    timezone: str | None = None,
    progress: Callable[[float], None] | None = None,
) -> ParsedFile:
    """Read a metric export: a file, a zip or a folder.

    ``profile`` is the id of the only profile to try. ``timezone`` (an IANA name) is the zone of the file's dates; it is
    kept, and no date is shifted. ``progress`` is called with fractions from 0 to 1.
    Raises a ``MetricFileError`` with one sentence for everything that cannot be read; then nothing is.
    """
    with paused_collector():
        return _read_file(path, profile, timezone, progress or _silent)


def _read_file(path: Path, profile: str | None, timezone: str | None, tell: Callable[[float], None]) -> ParsedFile:
    wanted = _wanted(profile)
    source = open_source(path)
    tell(0.1)
    parts, failures = _decode_all(source)
    tell(0.4)
    chosen = _choose(parts, wanted)
    if chosen is None:
        raise _unread(source, parts, failures, profile)
    tables, accounts, zones = _read_parts(source, parts, chosen, tell)
    if not tables:
        raise _unread(source, parts, failures, profile)
    tables += [_note(name, str(error)) for name, error in failures.items()]
    if not source.single:
        tables += [_note(name, "This file is no CSV table and was not read.") for name in source.ignored]
    first = next(part for part in parts if chosen.matches(part.rows))
    tell(1.0)
    return ParsedFile(
        file=source.name,
        profile=chosen.info.id,
        source=chosen.source,
        encoding=first.encoding,
        delimiter=first.rows.delimiter,
        tables=tuple(tables),
        parts=source.parts,
        account=next((account for account in accounts if account), ""),
        timezone=timezone or next((zone for zone in zones if zone), ""),
    )


def _silent(fraction: float) -> None:
    """Nobody watches."""


def _wanted(profile: str | None) -> tuple[Profile, ...]:
    if profile is None:
        return PROFILES
    wanted = tuple(known for known in PROFILES if known.info.id == profile)
    if not wanted:
        raise UnknownProfile(profile=profile, known=", ".join(known.info.id for known in PROFILES))
    return wanted


# --- decoding -------------------------------------------------------------------------------------------------------


def _decode_part(name: str, data: bytes) -> _Part:
    decoded = decode(data, name)
    lines = tuple(line.strip("\r")[:120] for line in decoded.text[:2000].split("\n")[:5] if line.strip())
    return _Part(split_rows(decoded.text, name, cut=decoded.cut), decoded.encoding, lines)


def _decode_all(source: Source) -> tuple[list[_Part], dict[str, MetricFileError]]:
    """All tables of the source; of a zip or folder some may fail, of a single file none."""
    parts: list[_Part] = []
    failures: dict[str, MetricFileError] = {}
    for name, data in source.tables.items():
        try:
            parts.append(_decode_part(name, data))
        except MetricFileError as error:
            if source.single:
                raise
            failures[name] = error
    return parts, failures


def _choose(parts: Sequence[_Part], wanted: Sequence[Profile]) -> Profile | None:
    """The first profile that reads the only part; of several parts, the one that reads most, signatures first."""
    best, best_score = None, (False, 0)
    for profile in wanted:
        count = sum(profile.matches(part.rows) for part in parts)
        signature = profile not in (plain.LONG, plain.WIDE)
        if count and (signature, count) > best_score:
            best, best_score = profile, (signature, count)
            if len(parts) == 1:
                break
    return best


def _unread(
    source: Source, parts: Sequence[_Part], failures: dict[str, MetricFileError], profile: str | None
) -> MetricFileError:
    if not source.single:
        real = [error for error in failures.values() if not isinstance(error, EmptyMetricFile)]
        if not parts and real:
            return real[0]
        return NoMetricsInFolder(file=source.name)
    first = parts[0].first_lines if parts else ()
    lines = " / ".join(f"“{line.strip()}”" for line in first[:3])
    if profile is not None:
        return ProfileMismatch(file=source.name, profile=profile, lines=lines, first_lines=first)
    return UnreadMetricFile(file=source.name, lines=lines, first_lines=first)


# --- reading --------------------------------------------------------------------------------------------------------


def _read_parts(
    source: Source, parts: Sequence[_Part], chosen: Profile, tell: Callable[[float], None]
) -> tuple[list[ParsedTable], list[str], list[str]]:
    own = [part.rows for part in parts if chosen.matches(part.rows)]
    context, borrowed = _context(source, own, chosen)
    tables: list[ParsedTable] = []
    accounts: list[str] = []
    zones: list[str] = []
    for number, part in enumerate(parts, 1):
        if any(part.rows is rows for rows in own):
            reading = chosen.read(part.rows, context)
            tables += _with_origin(reading, borrowed)
            accounts.append(reading.account)
            zones.append(reading.timezone)
        else:
            tables.append(_note(part.rows.name, f"The profile “{chosen.info.id}” does not read this file."))
        tell(0.4 + 0.5 * number / len(parts))
    return tables, accounts, zones


def _context(source: Source, own: list[Rows], chosen: Profile) -> tuple[Context, str]:
    """What the parts tell each other; a single Search Console table asks the files beside it."""
    context = chosen.context(own, source.name)
    if not source.single or chosen is not search_console.PROFILE or context.period:
        return context, ""
    beside = _beside(source.path)
    wider = chosen.context([*own, *beside], source.name)
    return (wider, ", ".join(rows.name for rows in beside)) if wider.period else (context, "")


def _beside(path: Path) -> list[Rows]:
    found: list[Rows] = []
    try:
        siblings = sorted(path.absolute().parent.iterdir())
        if len(siblings) > _SIBLINGS:
            return []
        for sibling in siblings:
            if sibling == path.absolute() or not is_table_name(sibling.name) or sibling.stat().st_size > _SIBLING_BYTES:
                continue
            try:
                rows = _decode_part(sibling.name, sibling.read_bytes()).rows
            except MetricFileError:
                continue
            if search_console.PROFILE.matches(rows):
                found.append(rows)
    except OSError:
        return []
    return found


def _with_origin(reading: Reading, borrowed: str) -> list[ParsedTable]:
    if not borrowed:
        return list(reading.tables)
    note = Skipped(1, f"The days this table covers were taken from the files beside it: {borrowed}.")
    return [replace(table, skipped=(note, *table.skipped)) for table in reading.tables]


def _note(name: str, reason: str) -> ParsedTable:
    """A part that gave nothing, as a table without rows."""
    return ParsedTable(PurePath(name).name, "", "", Grain.RANGE, 0, skipped=(Skipped(1, reason),))
