"""A notebook with an import that was restated, made through the services; everything runs at once on this thread."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop_app.model.entries import EntryDraft
from desktop_app.services.notebooks import create_notebook, open_notebook
from desktop_app.ui.metrics import MetricsScreen
from desktop_app.ui.widgets import ScreenContext
from tests.ui.conftest import seen

FIRST = datetime(2026, 1, 10, 12, 0)
LATER = FIRST + timedelta(days=2)


def table(path: Path, days: int, *, clicks: int = 10, changed: int = 0) -> Path:
    """Daily impressions, clicks and their ratio from 1 October 2025; on the last ``changed`` days one click more."""
    lines = ["Date,Impressions,Clicks,CTR"]
    for number in range(days):
        day = datetime(2025, 10, 1) + timedelta(days=number)
        said = clicks + (number >= days - changed)
        lines.append(f"{day:%Y-%m-%d},{1000},{said},{said / 10}%")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def clock() -> Callable[[], datetime]:
    return lambda: LATER


@pytest.fixture
def notebook_path(tmp_path: Path) -> Path:
    path = tmp_path / "harbour.terrain"
    create_notebook(path, title="Harbour Lane Coffee", now=lambda: FIRST).close()
    return path


@pytest.fixture
def imported(notebook_path: Path, tmp_path: Path) -> dict[str, str]:
    """Ids of the series by name, of the imports, and of an entry that has Clicks beside it.

    The ratio knows its totals; the second import says another number of clicks for two days.
    """
    for moment, days, changed in ((FIRST, 60, 0), (LATER, 62, 4)):
        file = table(tmp_path / f"shop-{days}.csv", days, changed=changed)
        with open_notebook(notebook_path) as notebook, notebook.as_of(lambda moment=moment: moment):
            notebook.metrics.import_files([file], backup=False)
    with open_notebook(notebook_path, now=lambda: LATER) as notebook:
        ids = {series.name: series.id for series in notebook.metrics.list()}
        notebook.metrics.edit_series(ids["CTR"], numerator=ids["Clicks"], denominator=ids["Impressions"])
        draft = EntryDraft(body="The week nobody clicked", when="2025-11-20", series=("Clicks",))
        ids["entry"] = notebook.entries.add(draft).result
        notebook.entries.add(EntryDraft(body="Something else", when="2025-11-21"))
        newest, oldest = notebook.metrics.imports()
        notebook.search.catch_up()
        return {**ids, "newest": newest.id, "oldest": oldest.id}


@pytest.fixture
def screen(qtbot, context: ScreenContext) -> MetricsScreen:
    return seen(qtbot, MetricsScreen(context))
