"""A reading as Markdown, to be read and handed on."""

from collections.abc import Iterable, Iterator

from desktop_app.model.entries import EntryKind
from desktop_app.model.numbers import MISSING, figure
from desktop_app.model.samples import days, iso
from desktop_app.model.time import describe
from desktop_app.model.ways import PINNED, Standing, TieFigures, Told, Voices, Ways
from desktop_app.text.markdown import from_plain

APART = {"tag": "Without a tag", "person": "Nobody named as speaker"}


def reading_text(
    found: Ways, groups: Iterable[list[Told]], against: list[Told], beside: list[Told], left_out: int = 0
) -> str:
    """``groups`` are the words of the reading's groups, in their order; ``left_out`` entries were withdrawn."""
    return "\n".join((*_head(found, left_out), *_lines(found, groups, against, beside)))


def _head(found: Ways, left_out: int) -> Iterator[str]:
    yield f"# {found.perspective.name}"
    yield ""
    explained = from_plain(found.scope.explanation) if found.scope.query else ""
    yield f"{found.perspective.question} {explained}".strip()
    yield ""
    yield f"{counted_words(found.counted)}."
    if left_out:
        what = "1 entry is" if left_out == 1 else f"{left_out:,} entries are"
        yield ""
        yield f"{what} left out: those whose words they are have withdrawn their consent."


def _lines(found: Ways, groups: Iterable[list[Told]], against: list[Told], beside: list[Told]) -> Iterator[str]:
    for group, told in zip(found.groups, groups, strict=True):
        if not told:
            continue  # it would name whoever has withdrawn
        yield from ("", f"## {from_plain(group.name) or APART[found.by]}", "", f"{counted_words(group.counted)}.")
        for one in told:
            yield from voice_lines(one)
    for heading, listed in (("Where it disagrees with the metrics", against), ("Beside the numbers", beside)):
        if listed:
            yield from ("", f"## {heading}")
        for one in listed:
            yield from voice_lines(one)
            yield ""
            yield from (f"- {from_plain(tie_words(tie))}" for tie in one.ties)
    yield ""


def voice_lines(told: Told) -> Iterator[str]:
    """The words as a Markdown block of their own, and below them whose they are."""
    fields = told.words.fields
    yield ""
    # In a block of its own, so that headings and lists of the words stay inside of it.
    title = f"**{from_plain(fields.title)}**\n\n" if fields.title else ""
    yield from (f"> {line}".rstrip() for line in f"{title}{fields.body}".split("\n"))
    yield ""
    yield f"— {from_plain(source_words(told))}"


def source_words(told: Told) -> str:
    """Who, where, when and at which scale: ``Ines Vidal, The Mill (customer) · phone · 3 May 2026 · month``."""
    entry, consent = told.voice.entry, told.words.fields.consent
    who = ", ".join(filter(None, (told.voice.who, entry.org_name)))
    who = f"{who} ({told.voice.stage})" if told.voice.stage else who
    kind = (
        "" if entry.kind == EntryKind.QUOTE else f"{entry.kind} by {entry.author}" if entry.speaker_name else entry.kind
    )
    parts = (who, kind, entry.channel, describe(entry.occurred), ", ".join(entry.scales))
    withdrawn = "consent withdrawn" if consent == "withdrawn" else ""
    return " · ".join(filter(None, (*parts, " ".join(f"#{tag}" for tag in entry.tags), withdrawn)))


def counted_words(counted: Voices) -> str:
    """``12 quotes, 5 other entries, 7 people, 4 places``; what there is none of is not said."""
    numbers = (
        (counted.quotes.value, "quote", "quotes"),
        (counted.others, "other entry", "other entries"),
        (counted.people.value, "person", "people"),
        (counted.places.value, "place", "places"),
    )
    said = [f"{int(number):,} {one if number == 1 else many}" for number, one, many in numbers if number]
    return ", ".join(said) or "No entries"


def tie_words(figures: TieFigures) -> str:
    """What the entry says of a stretch, and the figures: ``contradicts Trials, 2026-01-01 to 2026-03-31: then 1,316,
    now 1,402 (restated)``."""
    tie = figures.tie
    name = figures.label or "a series that is not in this notebook"
    what = f"“{tie.via.heading}”, which {tie.via_relation} {name}" if tie.via else name
    said = f"{tie.relation} {what}"
    stretch = stretch_words(figures.start, figures.end)
    told = f"{said}, {stretch}" if stretch else said
    if not figures.label:
        return told
    then = f"when {'written' if tie.relation == PINNED else 'linked'} {standing_words(figures, figures.then)}"
    restated = " (restated)" if figures.is_restated else ""
    return f"{told}: {then}, now {standing_words(figures, figures.now)}{restated}"


def standing_words(figures: TieFigures, standing: Standing) -> str:
    """``1,316``, of a ratio ``2.4 % (31 Orders of 1,290 Visits)``, ``–`` where there is none to tell."""
    value = figure(standing.value, figures.unit)
    if standing.value is None or not figures.parts:
        return MISSING if standing.value is None else value
    (above, above_unit), (below, below_unit) = figures.parts
    of = f"{figure(standing.numerator, above_unit)} {above} of {figure(standing.denominator, below_unit)} {below}"
    return f"{value} ({of})"


def stretch_words(start: str, end: str) -> str:
    """A half-open stretch by its first and last day; as it stands where it begins or ends within a day."""
    try:
        first, after = days(start), days(end)
    except ValueError:
        return ""
    if first != int(first) or after != int(after):
        return f"{start.replace('T', ' ')} to {end.replace('T', ' ')}"
    last = iso(after - 1)
    return describe(iso(first)) if iso(first) == last else describe(f"{iso(first)}/{last}")
