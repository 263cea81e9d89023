"""An entry in words: the lines that the reader and its history show. Makes texts, no widgets."""

from collections.abc import Sequence
from datetime import datetime

from desktop_app.model.changes import RevisionInfo
from desktop_app.model.entries import Check, Entry, EntryFields, EntryKind
from desktop_app.model.links import Link
from desktop_app.model.numbers import figure
from desktop_app.model.people import Person
from desktop_app.model.samples import days
from desktop_app.model.time import BadDate, describe, describe_recurrence, parse_edtf
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.widgets.time_axis import stretch_name

LONGEST_HEADING = 110
OPENING_QUOTES = "“\"„«‘'"

RELATIONS_HERE = {
    "supports": "supports",
    "contradicts": "contradicts",
    "explains": "explains",
    "follows": "follows",
    "mentions": "mentions",
}
RELATIONS_FROM_THERE = {
    "supports": "supported by",
    "contradicts": "contradicted by",
    "explains": "explained by",
    "follows": "followed by",
    "mentions": "mentioned by",
}
ACTS = {
    "listened": "we listened",
    "told": "we told",
    "asked": "we asked",
    "helped": "we helped",
}
FIELD_NAMES = {
    "kind": "kind",
    "title": "title",
    "body": "text",
    "occurred": "date",
    "recurs": "how often it comes again",
    "scales": "time scales",
    "perspectives": "perspectives",
    "tags": "tags",
    "speaker": "speaker",
    "org": "organisation",
    "channel": "channel",
    "act": "what we did",
    "basis": "basis",
    "consent": "consent",
    "surprise": "surprise",
    "attachments": "attachments",
    "series": "series beside it",
    "horizon": "horizon",
    "confidence": "confidence",
    "check": "check",
    "outcome": "outcome",
    "trashed": "trash",
    "conflicts": "conflict",
}


def heading(entry: Entry) -> str:
    """What stands on top: the title, else the beginning of the text; a quote's words in quotation marks."""
    words = " ".join(entry.heading.split()).lstrip("#> ")
    if not entry.fields.title and len(words) > LONGEST_HEADING:
        words = f"{words[:LONGEST_HEADING].rsplit(' ', 1)[0]}…"
    if entry.fields.kind == EntryKind.QUOTE and words and words[0] not in OPENING_QUOTES:
        return f"“{words}”"
    return words


def body_repeats_heading(entry: Entry) -> bool:
    """Whether the text says nothing but what the heading already says."""
    body = " ".join(entry.fields.body.split())
    return not entry.fields.title and body == " ".join(entry.heading.split()) and len(body) <= LONGEST_HEADING


def who(entry: Entry, speaker: Person | None) -> str:
    """``Ines Vidal, Café Norte · customer since March 2024, loyal client since this day``, as it was at that time."""
    names = ", ".join(name for name in (entry.speaker_name, entry.org_name) if name)
    steps = speaker.fields.stages if speaker else ()
    then = [step for step in steps if step.entry == entry.id or not entry.end or _start(step.date) < entry.end]
    stages = [
        tr("{stage} since this day", stage=tr(step.stage)) if step.entry == entry.id else _since(step.stage, step.date)
        for step in then[-2:]
    ]
    return " · ".join(part for part in (names, ", ".join(stages)) if part)


def _start(date: str) -> str:
    try:
        return parse_edtf(date).start
    except BadDate:
        return ""


def _since(stage: str, date: str) -> str:
    return tr("{stage} since {date}", stage=tr(stage), date=describe(date)) if date else tr(stage)


def facts(fields: EntryFields) -> str:
    """``Quote · told · 14 December 2025 · by phone · we listened``: what the cards say, and what they leave out."""
    parts = [tr(str(fields.kind).capitalize())]
    if fields.kind == EntryKind.EVENT:
        parts.append(tr("surprise") if fields.surprise else tr("planned"))
    elif fields.surprise:
        parts.append(tr("surprise"))
    if fields.basis:
        parts.append(tr(fields.basis))
    when = describe(fields.occurred) if fields.occurred else tr("no date")
    parts.append(f"{when}, {describe_recurrence(fields.recurs)}" if fields.recurs else when)
    if fields.channel:
        parts.append(fields.channel)
    if fields.act:
        parts.append(tr(ACTS.get(fields.act, fields.act)))
    if fields.consent:
        parts.append(tr("consent: {consent}", consent=tr(fields.consent)))
    return " · ".join(parts)


def relation(link: Link) -> str:
    names = RELATIONS_HERE if link.outgoing else RELATIONS_FROM_THERE
    return tr(names.get(link.relation, link.relation))


def link_text(link: Link) -> str:
    """``Trials started, 2–12 December 2025 (then 214, now 221: restated)``, or the far end's heading."""
    label = link.label or tr("something that is not in this notebook")
    if link.other.kind != "series":
        return label
    if link.other.start and link.other.end:
        label = f"{label}, {stretch_name(days(link.other.start), days(link.other.end))}"
    then, now = link.other.then, link.now
    if then is None and now is None:
        return label
    if then is not None and now is not None and figure(then, link.unit) != figure(now, link.unit):
        told = tr("then {then}, now {now}: restated", then=figure(then, link.unit), now=figure(now, link.unit))
    else:
        told = figure(now if now is not None else then, link.unit)
    return f"{label} ({told})"


def check_text(check: Check, name: str, value: float | None, unit: str = "count") -> str:
    """``Active users ≥ 1,200 in Q1 2026: 1,316``."""
    sign = {">=": "≥", "<=": "≤"}.get(check.comparison, check.comparison)
    limit = figure(check.value, unit)
    period = describe(check.period)
    text = f"{name} {sign} {limit}" + (tr(" in {period}", period=period) if period else "")
    return f"{text}: {figure(value, unit)}" if value is not None else text


def revisions_text(number: int) -> str:
    return count_text(number, "{number} revision", "{number} revisions")


def said_at(moment_text: str) -> str:
    """A revision's moment as ``14 December 2025, 10:20`` in local time."""
    moment = datetime.fromisoformat(moment_text)
    if moment.tzinfo is not None:
        moment = moment.astimezone()
    return describe(parse_edtf(moment.strftime("%Y-%m-%dT%H:%M")))


def changed_text(info: RevisionInfo, before: RevisionInfo | None) -> str:
    """What a revision changed: ``text, tags +onboarding −price``; ``written`` for the first one, nothing where what it
    was made from is not here."""
    if info.is_derived:
        return ", ".join(tr(FIELD_NAMES.get(name, name)) for name in info.changed)
    if before is None:
        return "" if info.shallow else tr("written")
    if info.fields.get("trashed") != before.fields.get("trashed"):
        return tr("moved to the trash") if info.fields.get("trashed") else tr("brought back from the trash")
    parts = []
    for name in info.changed:
        words = tr(FIELD_NAMES.get(name, name))
        new, old = info.fields.get(name), before.fields.get(name)
        if name in ("tags", "scales", "perspectives") and isinstance(new, list) and isinstance(old, list):
            words += "".join(f" +{item}" for item in _missing(new, old)) + "".join(
                f" −{item}" for item in _missing(old, new)
            )
        parts.append(words)
    return ", ".join(parts) or tr("nothing")


def _missing(these: Sequence[str], those: Sequence[str]) -> list[str]:
    return [item for item in these if item not in those]
