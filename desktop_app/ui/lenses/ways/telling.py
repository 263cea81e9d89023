"""The words of the three readings: what each is, the rows of its list, whose words they are, figures beside them."""

from collections.abc import Iterator
from dataclasses import dataclass

from desktop_app.model.entries import EntryKind
from desktop_app.model.numbers import MISSING, figure
from desktop_app.model.time import describe
from desktop_app.model.ways import PINNED, Standing, TieFigures, Told, Voices, WayGroup, Ways
from desktop_app.services.ways_text import APART, stretch_words
from desktop_app.text.tokens import fold
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.widgets import Row
from desktop_app.ui.widgets.entry_cards import kind_name

AGAINST = "against"
BESIDE = "beside"
GROUP = "group:"


@dataclass(frozen=True, slots=True)
class Reading:
    """One of the three, in words that are still to be translated."""

    id: str
    title: str
    sentence: str
    empty: str


READINGS = (
    Reading(
        "cunning",
        "Cunning",
        "What people who know the ground do and no rule describes, by practice: the top level of each tag.",
        "Here you read what people who know the ground do and no rule describes. Write one down with ^cunning; a tag"
        " names the practice.",
    ),
    Reading(
        "aspiration",
        "Aspiration",
        "What people are becoming, in their own words over time, person by person.",
        "Here you read what people are becoming, in their own words over time. Write a quote with ^aspirational and"
        " @ the person.",
    ),
    Reading(
        "value",
        "Value",
        "What people hold worth doing whatever it pays.",
        "Here you read what people hold worth doing whatever it pays. Write a quote with ^value and @ the person.",
    ),
)
RELATIONS = {
    "contradicts": "contradicts",
    "explains": "explains",
    "supports": "supports",
    "mentions": "mentions",
    "follows": "follows",
    PINNED: "pinned",
}


def group_figures(found: Ways, group: WayGroup) -> tuple[tuple[str, str], ...]:
    return tuple(figure_lines(group.counted, one_person=found.by == "person" and bool(group.id)))


def group_name(found: Ways, group: WayGroup) -> str:
    return group.name or tr(APART[found.by])


def figure_lines(counted: Voices, *, one_person: bool = False) -> Iterator[tuple[str, str]]:
    """Words and query of each figure; what there is none of is left out, and how many people where it is ``one_person``
    that speaks."""
    quotes, others = int(counted.quotes.value or 0), counted.others
    if quotes:
        yield count_text(quotes, "{number} quote", "{number} quotes"), counted.quotes.query
    if others:
        words = count_text(int(counted.entries.value or 0), "{number} entry in all", "{number} entries in all")
        yield words, counted.entries.query
    if (people := int(counted.people.value or 0)) and not one_person:
        yield count_text(people, "{number} person", "{number} people"), counted.people.query
    if places := int(counted.places.value or 0):
        yield count_text(places, "{number} place", "{number} places"), counted.places.query


def rows(found: Ways, wanted: str) -> list[Row]:
    """The groups whose name has ``wanted`` in it, then the ways to the metrics."""
    part = fold(wanted.strip())
    groups = [
        Row(GROUP + group.id, group_name(found, group), " · ".join(words for words, _ in group_figures(found, group)))
        for group in found.groups
        if part in fold(group_name(found, group))
    ]
    if part:
        return groups
    return [
        *groups,
        Row("", tr("The metrics"), kind="section"),
        Row(AGAINST, tr("Where it disagrees"), tr("by links that somebody made"), f"{len(found.against):,}"),
        Row(BESIDE, tr("Beside the numbers"), tr("to be read, never a finding"), f"{len(found.beside):,}"),
    ]


def source_words(told: Told) -> str:
    """Who, where, when and at which scale."""
    entry, consent = told.voice.entry, told.words.fields.consent
    who = ", ".join(filter(None, (told.voice.who, entry.org_name)))
    kind = "" if entry.kind == EntryKind.QUOTE else kind_name(entry.kind)
    if kind and entry.speaker_name:
        kind = tr("{kind} by {author}", kind=kind, author=entry.author)
    parts = [who, tr(told.voice.stage) if told.voice.stage else "", kind, entry.channel]
    parts += [describe(entry.occurred) or tr("no date"), ", ".join(entry.scales), " ".join(f"#{t}" for t in entry.tags)]
    if consent == "withdrawn":
        parts.append(tr("consent withdrawn"))
    return " · ".join(filter(None, parts))


def tie_words(figures: TieFigures) -> str:
    """What the entry says of a stretch, then the figures: ``contradicts Trials, December 2025. When it was linked:
    1,316. Now: 1,402 (restated).``"""
    tie = figures.tie
    name = figures.label or tr("a series that is not in this notebook")
    relation = tr(RELATIONS.get(tie.relation, tie.relation))
    if tie.via:
        via = tr(RELATIONS.get(tie.via_relation, tie.via_relation))
        name = tr("“{heading}”, which {relation} {series}", heading=tie.via.heading, relation=via, series=name)
    when = stretch_words(figures.start, figures.end)
    said = f"{relation} {name}" + (f", {when}" if when else "")
    if not figures.label:
        return f"{said}."
    if figures.is_ratio and not figures.parts:
        return tr("{said}. A ratio is not told without the totals it divides, and nobody has said them.", said=said)
    then, now = _standing(figures, figures.then), _standing(figures, figures.now)
    if tie.relation == PINNED:
        words = tr("{said}. When it was written: {then}. Now: {now}", said=said, then=then, now=now)
    else:
        words = tr("{said}. When it was linked: {then}. Now: {now}", said=said, then=then, now=now)
    return words + (tr(" (restated).") if figures.is_restated else ".")


def _standing(figures: TieFigures, standing: Standing) -> str:
    if standing.value is None:
        return MISSING
    value = figure(standing.value, figures.unit)
    if not figures.parts:
        return value
    (above, above_unit), (below, below_unit) = figures.parts
    return tr(
        "{value} ({numerator} {above} of {denominator} {below})",
        value=value,
        numerator=figure(standing.numerator, above_unit),
        above=above,
        denominator=figure(standing.denominator, below_unit),
        below=below,
    )
