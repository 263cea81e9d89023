"""What is offered while a mark is being typed."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from desktop_app.model.time import USUAL_RECURRENCES, describe_recurrence, describe_short, parse_when
from desktop_app.text.marks import EVENT_WORDS, Completion, MarkKind, apply_completion, completion_at
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.widgets.capture_box.known import Known
from desktop_app.ui.widgets.completion import Offer

MOST = 8
DATES = ("today", "yesterday", "this morning", "last week", "last month", "this month", "this quarter", "last year")
"""Offered after ``=``; each is read by our own grammar, which is quick."""
EVENT_NOTES = {"surprise": "on nobody’s map", "event": "planned"}

Word = tuple[str, str, str, str]
"""Value, label, note, perspective."""


def offers_at(text: str, position: int, known: Known, now: datetime) -> list[Offer]:
    """At most eight completions of the mark at ``position``; none where it is complete or there is no mark."""
    completion = completion_at(text, position)
    if completion is None:
        return []
    wanted = completion.prefix.casefold()
    words = [word for word in _words(completion.kind, known, now) if _fits(word, wanted)]
    if any(value.casefold() == wanted for value, *_ in words):
        # Enter then begins a new line instead of completing what is complete.
        return []
    words.sort(key=lambda word: not word[0].casefold().startswith(wanted))
    return [_offer(text, completion, word) for word in words[:MOST]]


def _words(kind: MarkKind, known: Known, now: datetime) -> Iterable[Word]:
    if kind is MarkKind.TAG:
        counted = sorted(known.tags, key=lambda tag: (-tag.count, tag.tag))
        return [(tag.tag, tag.tag, count_text(tag.count, "{number} entry", "{number} entries"), "") for tag in counted]
    if kind is MarkKind.PERSON:
        return _names(known)
    if kind is MarkKind.EVENT:
        return [(word, word, tr(EVENT_NOTES[word]), "") for word in EVENT_WORDS]
    if kind is MarkKind.SCALE:
        return [(term.id, term.short, "", "") for term in known.scales]
    if kind is MarkKind.PERSPECTIVE:
        return [(term.id, term.short, "", term.id) for term in known.perspectives]
    # Behind the dates, so that they are seen once one of their words is begun.
    rhythms = ((word, word, tr("comes again"), "") for word in map(describe_recurrence, USUAL_RECURRENCES))
    return [*((word, word, describe_short(parse_when(word, now), now), "") for word in DATES), *rhythms]


def _names(known: Known) -> Iterator[Word]:
    for name in known.people:
        yield name, name, "", ""
    for name in known.organisations:
        yield name, name, tr("organisation"), ""


def _fits(word: Word, wanted: str) -> bool:
    """Whether the value, its label or one of their words begins with what was typed."""
    texts = (word[0].casefold(), word[1].casefold())
    parts = (part for text in texts for part in text.replace("/", " ").replace("-", " ").split())
    return any(text.startswith(wanted) for text in (*texts, *parts))


def _offer(text: str, completion: Completion, word: Word) -> Offer:
    value, label, note, perspective = word
    completed, _ = apply_completion(text, completion, value)
    written = completed[completion.start : len(completed) - len(text) + completion.end]
    return Offer(written, completion.start, completion.end, note, label, perspective)
