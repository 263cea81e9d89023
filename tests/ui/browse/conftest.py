"""A small notebook for Browse, made through the services, with everything run at once on this thread."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from desktop_app.model.entries import EntryDraft, Mark
from desktop_app.model.metrics import Grain, Point, Series, SeriesPoints
from desktop_app.model.people import StageStep
from desktop_app.model.samples import Samples
from desktop_app.model.time import parse_edtf
from desktop_app.services.notebooks import Notebook, open_notebook
from desktop_app.ui.browse import BrowseScreen
from desktop_app.ui.browse.curves import Curve, arranged
from desktop_app.ui.widgets import ScreenContext
from tests.ui.conftest import seen

NOW = datetime(2026, 1, 10, 12, 0)


def daily(
    series_id: str, name: str, values: list[float], *, first: str = "2025-10-01", unit: str = "count", **more: object
) -> SeriesPoints:
    """A daily series; additive unless it is a ratio."""
    start = date.fromisoformat(first)
    points = tuple(
        Point((start + timedelta(n)).isoformat(), (start + timedelta(n + 1)).isoformat(), value)
        for n, value in enumerate(values)
    )
    additive = bool(more.pop("additive", unit != "ratio"))
    return SeriesPoints(Series(series_id, name, "test", unit, Grain.DAY, additive, **more), points)  # type: ignore[arg-type]


def curves(found: list[SeriesPoints]) -> tuple[Curve, ...]:
    return arranged([Curve(item.series, Samples.of(item.points)) for item in found])


def mark(item: str, occurred: str, scales: tuple[str, ...] = ("week",), perspectives: tuple[str, ...] = ()) -> Mark:
    when = parse_edtf(occurred)
    return Mark(item, "note", f"Heading of {item}", occurred, when.start, when.end, scales, perspectives, False)


def fill(notebook: Notebook) -> dict[str, str]:
    """Five entries and their ids by a short name."""
    add = notebook.entries.add
    ids = {
        "friend": add(
            EntryDraft(
                body="She had planned to try two other roasters first.",
                title="It felt like a friend showing me round, not a vendor.",
                kind="quote",
                when="2025-12-14",
                scales=("week", "month"),
                perspectives=("aspirational-rationality", "cunning-intelligence"),
                tags=("onboarding",),
                speaker="Ines Vidal",
                org="Café Norte",
                basis="told",
            )
        ).result,
        "strike": add(
            EntryDraft(
                body="Forty-one sacks of ours on a ship.",
                title="Port strike",
                kind="event",
                when="2025-12-03/2025-12-11",
                surprise=True,
                scales=("week",),
                perspectives=("random-events",),
                tags=("supply/port",),
            )
        ).result,
        "invoice": add(
            EntryDraft(
                body="We left when the invoice stopped making sense.\u00a0No price was named.",
                kind="quote",
                when="2025-12-06",
                scales=("moment",),
                perspectives=("value-rationality",),
                tags=("pricing/invoice",),
                basis="told",
            )
        ).result,
        "page": add(EntryDraft(body="Price page rewritten", kind="event", when="2025-11-24")).result,
        "guess": add(
            EntryDraft(
                body="Invoices will win cafés before cards do",
                kind="foresight",
                when="2025-10-10",
                horizon="2026-06-30",
                confidence=0.7,
                basis="guessed",
            )
        ).result,
    }
    speaker = notebook.people.list()[0].id
    notebook.people.add_stage(speaker, StageStep("customer", "2025-03"))
    notebook.people.add_stage(speaker, StageStep("loyal client", "2025-12-14", ids["friend"]))
    return ids


@pytest.fixture
def clock() -> Callable[[], datetime]:
    return lambda: NOW


@pytest.fixture
def ids(notebook_path: Path) -> dict[str, str]:
    with open_notebook(notebook_path, now=lambda: NOW) as notebook:
        made = fill(notebook)
        notebook.search.catch_up()
        return made


@pytest.fixture
def screen(qtbot, context: ScreenContext) -> BrowseScreen:
    return seen(qtbot, BrowseScreen(context))
