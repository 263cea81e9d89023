"""Entries, people and series in words, as the commands print them for people."""

from collections.abc import Callable, Sequence
from datetime import datetime

from desktop_app.cli import output
from desktop_app.cli.output import faint, line, strong
from desktop_app.model.changes import RevisionInfo
from desktop_app.model.entries import Entry, EntryFields
from desktop_app.model.exchange import Conflict
from desktop_app.model.links import Link
from desktop_app.model.metrics import Grain, Series
from desktop_app.model.numbers import figure, plain
from desktop_app.model.provenance import Provenance, short_device
from desktop_app.model.samples import days
from desktop_app.model.time import describe, describe_recurrence, describe_short
from desktop_app.services.metrics import SeriesStretch

SHORT = 8
"""Characters of an id that name an item well enough to be read aloud."""

RESULTS = {"yes": "it came true", "partly": "it came true in part", "no": "it did not come true"}
CONSENTS = {"named": "may be named", "anonymous": "only without the name", "withdrawn": "consent withdrawn"}
LINKED = {
    "supports": ("supports", "supported by"),
    "contradicts": ("contradicts", "contradicted by"),
    "explains": ("explains", "explained by"),
    "follows": ("follows", "followed by"),
    "mentions": ("mentions", "mentioned by"),
}


def moment(at: str, now: datetime) -> str:
    """A UTC moment in this machine's time: ``14:05`` today, else with its day."""
    local = datetime.fromisoformat(at).astimezone().replace(tzinfo=None)
    if local.date() == now.date():
        return f"today {local:%H:%M}"
    return f"{local:%Y-%m-%d %H:%M}"


def size(count: int) -> str:
    """Bytes as people say them."""
    for limit, unit in ((1_000_000_000, "GB"), (1_000_000, "MB"), (1000, "kB")):
        if count >= limit:
            return f"{plain(count / limit, 1)} {unit}"
    return f"{count} bytes"


def stretch(start: str, end: str) -> str:
    """A stretch of time with its last day, as people name it; the end is exclusive. What is no stretch, because it came
    so from elsewhere, is given as it is."""
    if not start or not end:
        return ""
    try:
        days(start), days(end)
    except ValueError:
        return f"{start} – {end}"
    if start[:10] == end[:10]:
        return describe(start[:10])
    from datetime import date, timedelta

    last = end[:10] if end[10:] not in {"", "T00:00"} else str(date.fromisoformat(end[:10]) - timedelta(days=1))
    return describe(start[:10] if start[:10] == last else f"{start[:10]}/{last}")


# --- entries ----


def print_entry(
    entry: Entry,
    links: Sequence[Link],
    name_of: Callable[[str], str],
    came: Provenance,
    waiting: Sequence[Conflict] = (),
) -> None:
    """The whole entry; ``name_of`` gives the name of a series, a scale or a perspective by its id."""
    fields = entry.fields
    if fields.title:
        line(strong(fields.title))
    line(_first_line(fields, name_of))
    for text in (_said(entry), _foresight(fields, name_of)):
        if text:
            line(text)
    if fields.tags:
        line(" ".join(f"#{tag}" for tag in fields.tags))
    if fields.body:
        line()
        line(fields.body)
    _print_files(fields)
    _print_links(fields, links, name_of)
    for conflict in waiting:
        authors = " and ".join(dict.fromkeys(named(option.author) for option in conflict.options))
        line()
        line(f"“{conflict.field}” was given different values by {authors}; “terrain conflicts” settles it.")
    line()
    line(faint(_last_line(entry, came)))


def _first_line(fields: EntryFields, name_of: Callable[[str], str]) -> str:
    kind = "surprise" if fields.surprise and fields.kind == "event" else str(fields.kind)
    when = describe(fields.occurred) or "undated"
    when += f", {describe_recurrence(fields.recurs)}" if fields.recurs else ""
    parts = [kind, when, *map(name_of, fields.scales)]
    return " · ".join([*parts, *map(name_of, fields.perspectives)])


def _said(entry: Entry) -> str:
    fields = entry.fields
    who = " of ".join(name for name in (entry.speaker_name, entry.org_name) if name)
    parts = [f"{'Said by' if entry.speaker_name else 'From'} {who}"] if who else []
    parts += [fields.channel] if fields.channel else []
    parts += [f"we {fields.act}"] if fields.act else []
    parts += [f"basis: {fields.basis}"] if fields.basis else []
    parts += [CONSENTS.get(fields.consent, fields.consent)] if fields.consent else []
    return ", ".join(parts)


def _foresight(fields: EntryFields, name_of: Callable[[str], str]) -> str:
    parts = [f"By {describe(fields.horizon).removeprefix('until ')}"] if fields.horizon else []
    parts += [f"confidence {fields.confidence:.0%}"] if fields.confidence is not None else []
    if fields.check:
        test = fields.check
        parts.append(f"checked by: {name_of(test.series)} {test.comparison} {test.value:g} in {describe(test.period)}")
    if fields.outcome:
        told = f"{RESULTS.get(fields.outcome.result, fields.outcome.result)} ({describe(fields.outcome.resolved)})"
        parts.append(f"{told}: {fields.outcome.note}" if fields.outcome.note else told)
    return ", ".join(parts)


def _print_files(fields: EntryFields) -> None:
    if fields.attachments:
        line()
        output.table([(strong("file"), file.name, file.media_type, size(file.size)) for file in fields.attachments])


def _print_links(fields: EntryFields, links: Sequence[Link], name_of: Callable[[str], str]) -> None:
    rows = [(strong("series"), name_of(series), "") for series in fields.series]
    for link in links:
        relation = LINKED[link.relation][0 if link.outgoing else 1] if link.relation in LINKED else link.relation
        what = link.label or link.other.id
        if link.other.start:
            what = f"{what}, {stretch(link.other.start, link.other.end)}: {figure(link.now, link.unit)}"
        rows.append((strong(relation), what, faint(link.other.id[:SHORT])))
    if rows:
        line()
        output.table(rows)


def _last_line(entry: Entry, came: Provenance) -> str:
    now = datetime.now()
    parts = [entry.id, f"written {moment(came.at, now)} by {named(came.author) or 'somebody'}"]
    if came.source:
        parts[-1] += (
            f" on {f'“{named(came.device_name)}”' if came.device_name else f'device {short_device(came.device)}'}"
        )
        parts.append(f"came {moment(came.source_at, now)} with “{came.source}”")
        parts[-1] += f" from {named(came.source_by)}" if came.source_by else ""
    if came.shallow:
        parts.append("earlier versions are not in this copy")
    if entry.revisions > 1:
        parts.append(f"edited {moment(entry.edited, now)}, {entry.revisions} versions")
    if entry.trashed:
        parts.append("in the trash")
    return " · ".join(parts)


def named(name: str) -> str:
    """A name in one line: one from elsewhere must not pass for a line of its own."""
    return " ".join(name.split())


def version(info: RevisionInfo) -> tuple[str, str, str]:
    """Who, what and which fields, of one line of a history."""
    what = f"Merged, from “{info.source}”" if info.is_derived and info.source else info.label
    changed = ", ".join(info.changed)
    told = "earlier versions are not in this copy" if info.shallow else ""
    return ", ".join(map(named, info.authors)), what, " · ".join(part for part in (changed, told) if part)


def entry_row(entry: Entry) -> tuple[str, str, str, str]:
    """Id, kind, when and heading, for lists."""
    when = describe_short(entry.fields.occurred, datetime.now())
    return entry.id[:SHORT], str(entry.fields.kind), when, entry.heading


# --- series ----


def series_line(found: SeriesStretch, names: Callable[[str], str]) -> str:
    """A series over a stretch in one line; a ratio never without the totals it divides."""
    series = found.series
    value = figure(found.value, series.unit)
    if found.numerator is not None and found.denominator is not None:
        above, below = names(series.numerator or ""), names(series.denominator or "")
        value = f"{value} = {figure(found.numerator)} {above} / {figure(found.denominator)} {below}"
    elif found.value is not None:
        value = f"{value} {'in total' if series.additive else 'on average'}"
    return value


def grain(found: Grain) -> str:
    """How long each point lasts."""
    return "as a whole" if found is Grain.RANGE else f"by {found}"


def series_where(series: Series) -> str:
    """Where a series comes from."""
    return f"{series.source} ({series.account})" if series.account else series.source


# --- interviews ----


def counted(number: int, one: str, many: str = "") -> str:
    """``1 coding``, ``3 codings``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def clock(milliseconds: int | None) -> str:
    """A place in a recording: ``00:47``, ``1:02:03``."""
    if milliseconds is None:
        return ""
    seconds = milliseconds // 1000
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60:02}:{rest % 60:02}"


def length(milliseconds: int | None) -> str:
    """How long a recording is: ``41 min``."""
    if milliseconds is None:
        return ""
    return f"{max(1, round(milliseconds / 60_000))} min"


def corrected(moved: int, waiting: int) -> str:
    """What a correction did to the codings."""
    told = f"corrected; {counted(moved, 'coding')} moved with the words"
    return f"{told}, {counted(waiting, 'waits', 'wait')} for you in “codings review”" if waiting else told
