"""What arrives as rows of a list: what is told first, then by outcome. Makes rows, no widgets."""

from collections.abc import Sequence

from desktop_app.model.exchange import MOST_SHOWN, Arrival, MergeReport, Outcome
from desktop_app.model.merging import CONFLICTS
from desktop_app.text.tokens import fold
from desktop_app.ui.exchange.telling import field_word, kind_word, outcome_heading, short, who_words
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.widgets import Row

ORDER = (Outcome.CONFLICTING, Outcome.REJECTED, Outcome.MERGED, Outcome.FAST_FORWARD, Outcome.NEW)
"""What asks for a person's eye comes first; identical items are only counted."""


def arrival_rows(report: MergeReport, outcome: Outcome | None, wanted: str) -> list[Row]:
    """Rows of all outcomes, or of one, that have ``wanted`` in their words; losses and names that stand twice are
    among those of all. Ids are those of :func:`arrival_of` and :func:`loss_at`."""
    rows: list[Row] = []
    words = fold(wanted)
    if outcome is None:
        rows += _told(report, words)
    for one in ORDER if outcome is None else (outcome,):
        fitting = [
            (at, arrival)
            for at, arrival in enumerate(report.arrivals)
            if arrival.outcome is one and words in fold(f"{arrival.heading} {arrival.author} {arrival.kind}")
        ]
        if fitting:
            rows.append(Row(f"section:{one}", outcome_heading(one, report.counts[one]), kind="section"))
            rows += [_row(at, arrival) for at, arrival in fitting]
            rows += _rest(report, one) if not words else []
    return rows


def _told(report: MergeReport, words: str) -> list[Row]:
    losses = [
        Row(f"loss:{at}", loss.what, meta=loss.why)
        for at, loss in enumerate(report.losses[:MOST_SHOWN])
        if words in fold(f"{loss.what} {loss.why}")
    ]
    twice = report.same_names[:MOST_SHOWN]
    names = [Row(f"name:{at}", name) for at, name in enumerate(twice) if words in fold(name)]
    rows: list[Row] = []
    if losses:
        rows += [Row("section:losses", tr("! not as it came"), kind="section"), *losses]
    if names:
        rows += [Row("section:names", tr("! names that stand twice then"), kind="section"), *names]
    return rows


def _row(at: int, arrival: Arrival) -> Row:
    waiting = (arrival.after or {}).get(CONFLICTS) or {}
    names = dict.fromkeys([*waiting, *(name for name in arrival.changed if name != CONFLICTS)])
    fields = ", ".join(field_word(arrival.kind, name) for name in names) if arrival.before else ""
    author = writers(arrival)
    meta = " · ".join(filter(None, (who_words(author, arrival.at) if arrival.at else author, fields)))
    return Row(f"item:{at}", arrival.heading or tr("without a name"), meta=meta, aside=kind_word(arrival.kind))


def writers(arrival: Arrival) -> str:
    """Whoever wrote what arrives; where values contradict each other, all who gave one."""
    waiting = (arrival.after or {}).get(CONFLICTS) or {}
    names = dict.fromkeys(str(option.get("author") or "") for options in waiting.values() for option in options)
    return ", ".join(filter(None, names)) or arrival.author


def _rest(report: MergeReport, outcome: Outcome) -> list[Row]:
    missing = report.counts[outcome] - sum(arrival.outcome is outcome for arrival in report.arrivals)
    if missing <= 0:
        return []
    words = count_text(missing, "and {number} more, not listed here", "and {number} more, not listed here")
    return [Row(f"section:rest-{outcome}", words, kind="section")]


def arrival_of(report: MergeReport, row: str) -> Arrival | None:
    kind, _, at = row.partition(":")
    return report.arrivals[int(at)] if kind == "item" else None


def told_of(report: MergeReport, row: str) -> tuple[str, str]:
    """Heading and sentence of a row that is no item: a loss, or a name that stands twice."""
    kind, _, at = row.partition(":")
    if kind == "loss":
        return short(report.losses[int(at)].what), short(report.losses[int(at)].why)
    told = tr(
        "It was made here and there, apart from each other, so both stay: nobody but you knows whether they are the "
        "same. Where they are, merge them, or give one of them another name."
    )
    return short(_at(report.same_names, at)), told


def _at(names: Sequence[str], at: str) -> str:
    return names[int(at)]
