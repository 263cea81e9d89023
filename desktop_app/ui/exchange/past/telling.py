"""Exchanges of the past in rows and sentences. Makes no widgets."""

from collections.abc import Mapping, Sequence
from typing import Any

from desktop_app.model.exchange import Exchange, Manifest, Outcome
from desktop_app.text.tokens import fold
from desktop_app.ui.exchange.telling import (
    at_words,
    counts_words,
    first_lines,
    left_out_words,
    manifest_words,
    who_words,
)
from desktop_app.ui.i18n import tr
from desktop_app.ui.widgets import Row

WAYS = {
    ("in", "file"): ("↓", "brought in"),
    ("in", "folder"): ("↓", "came through the shared folder"),
    ("out", "file"): ("↑", "copied out"),
    ("out", "folder"): ("↑", "went to the shared folder"),
}


def way_words(exchange: Exchange) -> str:
    sign, words = WAYS.get((exchange.direction, exchange.way), ("·", exchange.way))
    return f"{sign} {tr(words)}"


def past_rows(exchanges: Sequence[Exchange], wanted: str) -> list[Row]:
    words = fold(wanted)
    return [
        Row(
            str(one.number),
            one.file or tr("without a name"),
            f"{way_words(one)} · {who_words(one.author, one.at)}",
            tr("taken back") if one.undone else "",
        )
        for one in exchanges
        if words in fold(f"{one.file} {one.author} {way_words(one)} {at_words(one.at)}")
    ]


def exchange_lines(exchange: Exchange) -> list[str]:
    """What a report says, in sentences; what is not understood of it is left out."""
    report = exchange.report
    lines = []
    counts = {outcome: report[outcome] for outcome in Outcome if isinstance(report.get(outcome), int)}
    if exchange.direction == "in" and counts:
        lines.append(tr("{counts}.", counts=counts_words(counts)))
    manifest = manifest_of(report)
    if manifest is not None:
        lines.append(manifest_words(manifest))
    if report.get("encrypted") is True:
        lines.append(tr("It is encrypted."))
    if report.get("attachments") is False:
        lines.append(tr("Attached files stayed here."))
    return lines


def exchange_lists(report: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    """Titles with their lines: what was left out or lost, names that stood twice."""
    manifest = manifest_of(report)
    losses = [
        f"{one.get('what', '')}: {one.get('why', '')}" for one in _list(report, "losses") if isinstance(one, dict)
    ]
    found = [
        (tr("Left out"), [left_out_words(one) for one in manifest.left_out] if manifest else []),
        (tr("Not taken as it came"), losses),
        (tr("Names that stood twice"), [str(name) for name in _list(report, "same_names")]),
    ]
    return [(title, first_lines(lines)) for title, lines in found if lines]


def manifest_of(report: Mapping[str, Any]) -> Manifest | None:
    """The manifest that a report holds, of what came in or went out."""
    data = report.get("manifest", report)
    try:
        return Manifest.from_json(data) if isinstance(data, Mapping) else None
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _list(report: Mapping[str, Any], name: str) -> list[Any]:
    found = report.get(name)
    return found if isinstance(found, list) else []
