"""From the form's plain values to an :class:`EntryDraft` that holds only what was changed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from desktop_app.model.entries import Check, EntryDraft, Outcome
from desktop_app.model.errors import Invalid
from desktop_app.model.time import describe, describe_recurrence, parse_recurrence, parse_when

SETS = ("scales", "perspectives", "tags", "series")
TEXTS = (
    "title", "body", "kind", "when", "recurs", "speaker", "org", "channel", "act", "basis", "consent", "horizon",
)  # fmt: skip


def read_back(field: str, text: str, now: datetime) -> str:
    """What was typed into a field of time, in words; empty for nothing. Raises :class:`BadDate`."""
    if field == "recurs":
        return describe_recurrence(parse_recurrence(text))
    return describe(parse_when(text, now)) if text else ""


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """The values of ``after`` that differ; sets are compared without their order."""
    changed = {}
    for name, value in after.items():
        old = before.get(name)
        same = sorted(value) == sorted(old or ()) if name in SETS else value == old
        if not same:
            changed[name] = value
    return changed


def draft_of(changed: Mapping[str, Any]) -> EntryDraft:
    """A draft of changed values. Raises :class:`Invalid` for a check whose limit is no number."""
    given: dict[str, Any] = {name: changed[name] for name in TEXTS if name in changed}
    given |= {name: tuple(changed[name]) for name in SETS if name in changed}
    if "surprise" in changed:
        given["surprise"] = bool(changed["surprise"])
    if "confidence" in changed:
        # The services take a negative confidence for "say none".
        given["confidence"] = -1.0 if changed["confidence"] is None else float(changed["confidence"])
    if "check" in changed:
        given["check"] = _check(changed["check"])
    if "outcome" in changed:
        given["outcome"] = _outcome(changed["outcome"])
    return EntryDraft(**given)


def _check(value: Any) -> Check:
    if value is None:
        return Check("", "=", 0.0, "")
    series, comparison, limit, period = value
    return Check(str(series), str(comparison), number(limit), str(period))


def _outcome(value: Any) -> Outcome:
    if value is None:
        return Outcome("")
    result, note, resolved = value
    return Outcome(str(result), str(resolved), str(note))


def number(text: object) -> float:
    """A limit as typed: ``1,200``, ``16.9 %``. Raises :class:`Invalid`."""
    given = str(text).strip()
    percent = given.endswith("%")
    try:
        value = float(given.rstrip("% ").replace(",", "").replace(" ", "").replace("\u00a0", ""))
    except ValueError:
        raise Invalid(message=f"“{given}” is not a number; write the check’s limit like 1200 or 16.9 %.") from None
    return value / 100 if percent else value
