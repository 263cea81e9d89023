"""The fields of an entry as a declaration: the editor's form is built from this table and nothing else.

Each names its :class:`EntryDraft` part, what kind of widget holds it, and for which kinds of entry it is shown.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from desktop_app.model.entries import Act, Basis, Consent, Entry, EntryKind
from desktop_app.model.time import USUAL_RECURRENCES, describe_recurrence, to_input
from desktop_app.ui.browse.reads import Choices


class Shape(StrEnum):
    """How a field is typed."""

    ONE_OF = "one of"
    TERMS = "terms"
    WHEN = "when"
    RHYTHM = "rhythm"
    WORDS = "words"
    LIST = "list"
    FLAG = "flag"
    PERCENT = "percent"
    CHECK = "check"
    OUTCOME = "outcome"


@dataclass(frozen=True, slots=True)
class Field:
    """One row of the form. ``choices`` gives ``(value, label)`` pairs, ``kinds`` the kinds of entry that have it.

    ``separator`` stands between the members of a list.
    """

    name: str
    label: str
    shape: Shape
    choices: Callable[[Choices], tuple[tuple[str, str], ...]] = lambda _: ()
    kinds: tuple[str, ...] = tuple(EntryKind)
    hint: str = ""
    separator: str = ","

    def shown_for(self, kind: str) -> bool:
        return kind in self.kinds


def _values(values: type[StrEnum]) -> Callable[[Choices], tuple[tuple[str, str], ...]]:
    return lambda _: tuple((str(value), str(value)) for value in values)


def _names(attribute: str) -> Callable[[Choices], tuple[tuple[str, str], ...]]:
    return lambda choices: tuple((name, name) for name in getattr(choices, attribute))


def _series(choices: Choices) -> tuple[tuple[str, str], ...]:
    return tuple((series.label, series.label) for series in choices.series)


RHYTHMS = tuple((words, words) for words in map(describe_recurrence, USUAL_RECURRENCES))
FORESIGHT = (str(EntryKind.FORESIGHT),)

FIELDS = (
    Field("kind", "Kind", Shape.ONE_OF, _values(EntryKind)),
    Field("when", "When", Shape.WHEN, hint="last Tuesday, spring 2024, 3–11 December, since 2023"),
    Field("recurs", "Comes again", Shape.RHYTHM, lambda _: RHYTHMS, hint="every year; monthly, 5 times"),
    Field("surprise", "Surprise", Shape.FLAG, kinds=(str(EntryKind.EVENT),), hint="nobody had planned it"),
    Field("scales", "Time scales", Shape.TERMS, lambda c: tuple((term.id, term.short) for term in c.scales)),
    Field("perspectives", "Perspectives", Shape.TERMS, lambda c: tuple((t.id, t.short) for t in c.perspectives)),
    Field("tags", "Tags", Shape.LIST, _names("tags"), hint="onboarding, pricing/invoice"),
    Field("speaker", "Speaker", Shape.WORDS, _names("people"), hint="who said it"),
    Field("org", "Organisation", Shape.WORDS, _names("organisations")),
    Field("channel", "Channel", Shape.WORDS, _names("channels"), hint="where it was heard"),
    Field("act", "We", Shape.ONE_OF, _values(Act)),
    Field("basis", "Basis", Shape.ONE_OF, _values(Basis)),
    Field("consent", "Consent", Shape.ONE_OF, _values(Consent)),
    # The names of series may hold commas.
    Field("series", "Beside it", Shape.LIST, _series, hint="Trials started; Paid conversions", separator=";"),
    Field("horizon", "By", Shape.WHEN, kinds=FORESIGHT, hint="June 2026, end of 2027"),
    Field("confidence", "Confidence", Shape.PERCENT, kinds=FORESIGHT),
    Field("check", "Check", Shape.CHECK, _series, kinds=FORESIGHT),
    Field("outcome", "Came true", Shape.OUTCOME, kinds=FORESIGHT),
)


def values_of(entry: Entry, choices: Choices) -> dict[str, Any]:
    """An entry as the form holds it: plain JSON values by field name, names instead of ids, dates as typed."""
    fields = entry.fields
    labels = {series.id: series.label for series in choices.series}
    return {
        "title": fields.title,
        "body": fields.body,
        "kind": str(fields.kind),
        "when": to_input(fields.occurred) if fields.occurred else "",
        "recurs": describe_recurrence(fields.recurs),
        "surprise": fields.surprise,
        "scales": list(fields.scales),
        "perspectives": list(fields.perspectives),
        "tags": list(fields.tags),
        "speaker": entry.speaker_name,
        "org": entry.org_name,
        "channel": fields.channel,
        "act": fields.act,
        "basis": fields.basis,
        "consent": fields.consent,
        "series": [labels.get(item, item) for item in fields.series],
        "horizon": to_input(fields.horizon) if fields.horizon else "",
        "confidence": fields.confidence,
        "check": _check_values(entry, labels),
        "outcome": [fields.outcome.result, fields.outcome.note, fields.outcome.resolved] if fields.outcome else None,
    }


def _check_values(entry: Entry, labels: dict[str, str]) -> list[Any] | None:
    check = entry.fields.check
    if check is None:
        return None
    return [labels.get(check.series, check.series), check.comparison, check.value, to_input(check.period)]
