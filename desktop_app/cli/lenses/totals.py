"""lens totals: ratios with the totals that they divide, and options of a decision by total and by ratio."""

import re
from pathlib import Path
from typing import Any

import click

from desktop_app.cli import output
from desktop_app.cli.given import TEXT
from desktop_app.cli.lenses.frame import lens_options, plain, show
from desktop_app.cli.session import Session, pass_session
from desktop_app.model.numbers import figure
from desktop_app.model.questions import Option
from desktop_app.model.totals import AmountSeen, Comparison, OptionSeen, RatioOver, Total, Totals, ratio_figure
from desktop_app.services import Notebook

NONE = "–"
_TYPED = r"[^:]*"
_AMOUNTS = (
    re.compile(rf"(?P<name>.+):(?P<gained>{_TYPED}):(?P<spent>{_TYPED})"),
    re.compile(rf"(?P<name>[^:]+):(?P<gained>.+:{_TYPED}):(?P<spent>{_TYPED})"),
    re.compile(rf"(?P<name>[^:]+):(?P<gained>{_TYPED}):(?P<spent>.+)"),
    re.compile(r"(?P<name>[^:]+):(?P<gained>.+:[^:]+):(?P<spent>.+:[^:]+)"),
)
"""An option as typed: both amounts numbers, or one or both of them a stretch of a series, which has a colon itself."""
_NUMBER = re.compile(r"[^:/]*\d[^:/]*|\s*")


@click.command("totals")
@click.option("--series", metavar="RATIO", type=TEXT, multiple=True, help="Only this ratio; all of them unless told.")
@click.option("--from", "from_", metavar="W", type=TEXT, default="", help="Where the stretch begins.")
@click.option("--to", metavar="W", type=TEXT, default="", help="Where it ends, that date included.")
@click.option(
    "--over", metavar="NUMERATOR DENOMINATOR", type=TEXT, nargs=2, multiple=True, help="A ratio of two other series."
)
@click.option(
    "--option", "options", metavar="NAME:GAINED:SPENT", type=TEXT, multiple=True, help="A way to decide, to compare."
)
@click.option("--question", metavar="ID", type=TEXT, default="", help="Compare the options of this question.")
@lens_options
@pass_session
def totals_command(
    session: Session,
    query: str,
    out: Path | None,
    series: tuple[str, ...],
    from_: str,
    to: str,
    over: tuple[tuple[str, str], ...],
    options: tuple[str, ...],
    question: str,
) -> None:
    """Ratios with the totals that they divide, and options of a decision by total return and by ratio."""
    show(
        session,
        "totals",
        out,
        lambda notebook: notebook.totals.read(
            query, series, from_, to, over, [_option(notebook, text) for text in options], question
        ),
        csv=lambda notebook, found: notebook.totals.csv(found),
        data=_data,
        text=_print,
    )


def _option(notebook: Notebook, text: str) -> Option:
    for pattern in _AMOUNTS:
        found = pattern.fullmatch(text)
        if found and all(_is_amount(found[side]) for side in ("gained", "spent")):
            lens = notebook.totals
            return Option(found["name"].strip(), lens.amount(found["gained"]), lens.amount(found["spent"]))
    raise click.UsageError(f"“{text}” is no option; write NAME:GAINED:SPENT, such as “Fair:1800:1200”.")


def _is_amount(text: str) -> bool:
    return ":" in text or _NUMBER.fullmatch(text) is not None


# --- as JSON ----------------------------------------------------------------------------------------------------------


def _data(found: Totals) -> dict[str, Any]:
    return {
        "query": found.scope.query,
        "explain": found.scope.explanation,
        "start": found.start or None,
        "end": found.end or None,
        "ratios": [_ratio(ratio) for ratio in found.ratios],
        **_comparison(found.comparison),
    }


def _ratio(ratio: RatioOver) -> dict[str, Any]:
    return {
        "series": ratio.series or None,
        "name": ratio.name,
        "source": ratio.source,
        "unit": ratio.unit,
        "grain": str(ratio.grain),
        "known": ratio.known,
        "numerator": _total(ratio.numerator),
        "denominator": _total(ratio.denominator),
        "value": ratio.value,
        "matched": ratio.matched,
        "cut": ratio.cut,
        "points": plain(ratio.points),
        "entries": ratio.entries.value,
        "query": ratio.entries.query,
    }


def _total(total: Total | None) -> dict[str, Any] | None:
    if total is None:
        return None
    return {
        "series": total.series,
        "name": total.name,
        "unit": total.unit,
        "total": total.value,
        "points": total.points,
        "cut": total.cut,
    }


def _comparison(found: Comparison) -> dict[str, Any]:
    crossing = found.crossing
    return {
        "question": found.question or None,
        "options": [_option_data(option) for option in found.options],
        "units_differ": found.units_differ,
        "crossing": {"by_total": crossing[0], "by_ratio": crossing[1]} if crossing else None,
    }


def _option_data(option: OptionSeen) -> dict[str, Any]:
    return {
        "name": option.name,
        "gained": option.gained.value if option.gained else None,
        "spent": option.spent.value if option.spent else None,
        "unit": option.unit,
        "net": option.net,
        "ratio": option.ratio,
        "return": option.returned,
        "units_differ": option.units_differ,
        "gained_of": _amount(option.gained),
        "spent_of": _amount(option.spent),
    }


def _amount(amount: AmountSeen | None) -> dict[str, Any] | None:
    if amount is None or not amount.series:
        return None
    return {
        "series": amount.series,
        "name": amount.name,
        "start": amount.start,
        "end": amount.end,
        "now": amount.now,
        "adds_up": amount.is_total,
        "query": amount.entries.query if amount.entries else "",
    }


# --- for people -------------------------------------------------------------------------------------------------------


def _print(found: Totals) -> None:
    stretch = f"From {found.start or 'the first point'} to {found.end or 'the last'} (that day excluded)."
    output.line(output.faint(stretch if found.start or found.end else "Over the whole time."))
    if found.ratios:
        output.table(
            [
                (
                    ratio.name,
                    figure(ratio.numerator.value, ratio.numerator.unit) if ratio.numerator else NONE,
                    figure(ratio.denominator.value, ratio.denominator.unit) if ratio.denominator else NONE,
                    ratio_figure(ratio.value, ratio.unit),
                    _remarks(ratio),
                )
                for ratio in found.ratios
            ],
            ("ratio", "divides", "by", "is", ""),
            right=(1, 2, 3),
        )
    if found.comparison.options:
        _print_options(found.comparison)


def _remarks(ratio: RatioOver) -> str:
    if not ratio.known:
        return "totals unknown: cannot be recomputed for a stretch"
    parts = []
    if ratio.cut:
        parts.append(f"{ratio.cut} {'point' if ratio.cut == 1 else 'points'} left out, cut by the stretch")
    if not ratio.matched and ratio.value is not None:
        parts.append("the totals do not cover the same time")
    return "; ".join(parts)


def _print_options(found: Comparison) -> None:
    rows = [
        (
            option.name,
            *(figure(amount.value, amount.unit) if amount else NONE for amount in (option.gained, option.spent)),
            figure(option.net, option.unit),
            ratio_figure(option.ratio, ""),
            figure(option.returned, "ratio"),
        )
        for option in found.options
    ]
    output.table(rows, ("option", "gained", "spent", "net", "gained / spent", "net / spent"), right=(1, 2, 3, 4, 5))
    if found.units_differ:
        output.line("The units differ, so the options are not compared.")
    elif found.crossing:
        output.line(f"By total {found.crossing[0]} brings more, by ratio {found.crossing[1]} does.")
