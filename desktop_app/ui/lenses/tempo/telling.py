"""Tempo in words: lengths of time, what a series' sampling shows, what stands on a lane."""

from collections.abc import Iterable, Mapping
from math import inf

from desktop_app.model.facts import EntryFacts
from desktop_app.model.metrics import Grain
from desktop_app.model.tempo import Lane, LaneView, SeriesTempo
from desktop_app.model.time import describe, describe_recurrence
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.lenses.tempo.groups import Group, day_of
from desktop_app.ui.widgets.time_axis import stretch_name

PLURALS = {
    "moment": "moments",
    "day": "days",
    "week": "weeks",
    "month": "months",
    "quarter": "quarters",
    "year": "years",
    "decade": "decades",
    "generation": "generations",
}
UNITS = (
    (1.0, 1 / 24, "{number} hour", "{number} hours"),
    (14.0, 1.0, "{number} day", "{number} days"),
    (59.0, 7.0, "{number} week", "{number} weeks"),
    (730.0, 30.4369, "{number} month", "{number} months"),
    (inf, 365.2425, "{number} year", "{number} years"),
)
"""Lengths below so many days are told in units of so many days."""
SAMPLED = {
    Grain.HOUR: "one sample an hour",
    Grain.DAY: "one sample a day",
    Grain.WEEK: "one sample a week",
    Grain.MONTH: "one sample a month",
    Grain.QUARTER: "one sample a quarter",
    Grain.YEAR: "one sample a year",
    Grain.RANGE: "one figure for its whole stretch",
}


def length_words(days: float) -> str:
    """``2 days``, ``6 months``, ``12.5 years``."""
    unit, one, many = next((unit, one, many) for below, unit, one, many in UNITS if days < below)
    number = round(days / unit, 1)
    return tr(one if number == 1 else many, number=f"{number:,.1f}".removesuffix(".0"))


def listed(scales: Iterable[str], names: Mapping[str, str]) -> str:
    """``moments, days and weeks``."""
    words = [tr(PLURALS.get(scale, names.get(scale, scale))) for scale in scales]
    return tr("{list} and {last}", list=", ".join(words[:-1]), last=words[-1]) if len(words) > 1 else "".join(words)


def sampling_words(tempo: SeriesTempo, names: Mapping[str, str]) -> tuple[str, str]:
    """What a series sees, and what it cannot, to stand under its comb; the second may be empty."""
    if tempo.interval is None:
        return tr("one figure for its whole stretch: it shows no movement"), ""
    if tempo.sees_from is None or tempo.sees_to is None:
        return tr("{samples} over {length}: too short a record to show any movement", **_sampled(tempo)), ""
    seen = tr(
        "sees movements from {low} to {high}", low=length_words(tempo.sees_from), high=length_words(tempo.sees_to)
    )
    parts = []
    if tempo.faster:
        parts.append(tr("{scales} pass between its samples", scales=listed(tempo.faster, names)))
    if tempo.slower:
        parts.append(tr("{scales} are longer than it is", scales=listed(tempo.slower, names)))
    return seen, "; ".join(parts)


def _sampled(tempo: SeriesTempo) -> dict[str, str]:
    return {"samples": tr(SAMPLED[tempo.series.grain]), "length": length_words(tempo.length)}


def series_words(tempo: SeriesTempo, names: Mapping[str, str]) -> str:
    """A series and its sampling in a sentence or two."""
    said = tr("{name}, {samples} over {length}", name=tempo.series.label, **_sampled(tempo))
    if tempo.has_gaps and tempo.expected is not None:
        gaps = tr(
            "{points} of {expected}, with gaps", points=f"{tempo.series.points:,}", expected=f"{tempo.expected:,}"
        )
        said = f"{said} ({gaps})"
    if tempo.interval is not None and tempo.sees_from is None:
        return tr("{series}: too short a record to show any movement.", series=said)
    return f"{said}: {'; '.join(part for part in sampling_words(tempo, names) if part)}."


def unseen_words(scale: str, series: Iterable[SeriesTempo]) -> str:
    """Why none of the series shows movements of a scale; empty where one does, or there is none."""
    shown = list(series)
    if not shown or any(scale not in one.cannot_see for one in shown):
        return ""
    if all(scale in one.faster for one in shown):
        return tr("unseen: too fast")
    if all(scale in one.slower for one in shown):
        return tr("unseen: too slow")
    return tr("unseen")


def lane_words(lane: Lane, series: Iterable[SeriesTempo]) -> str:
    """What a lane holds, for its name's spot."""
    count = int(lane.dated.value or 0)
    said = tr("{scale}: {count}", scale=tr(lane.name), count=count_text(count, "{number} entry", "{number} entries"))
    if lane.recurring.value:
        said += ", " + count_text(int(lane.recurring.value), "{number} comes again", "{number} come again")
    unseen = unseen_words(lane.scale, series)
    return f"{said}. {unseen[0].upper()}{unseen[1:]}." if unseen else said


def entry_words(entry: EntryFacts) -> str:
    heading = entry.heading or tr("(no words)")
    again = f" · {describe_recurrence(entry.recurs)}" if entry.recurs else ""
    return f"{heading} · {describe(entry.occurred)}{again}"


def group_words(group: Group, view: LaneView, lane: Lane) -> str:
    """What one mark stands for, or several together."""
    if group.count == 1:
        return entry_words(lane.entries[group.first])
    count = count_text(group.count, "{number} entry", "{number} entries")
    if group.cluster is None:
        return tr("{count} that began before and last on", count=count)
    if group.lasting:
        until = stretch_name(day_of(view.low), day_of(group.cluster.before))
        return tr("{count} that begin in {when} or last on from before", count=count, when=until)
    begun = stretch_name(day_of(group.cluster.begins), day_of(group.cluster.before))
    return tr("{count} that begin in {when}", count=count, when=begun)
