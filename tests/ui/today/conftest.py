"""Today on a real notebook, everything run at once on this thread."""

from datetime import timedelta

import pytest

from desktop_app.model.entries import EntryDraft
from desktop_app.services.notebooks import Notebook
from desktop_app.ui.today.lists import today


@pytest.fixture
def years(notebook: Notebook) -> dict[str, str]:
    """Entries of about this day one and two years ago, and one of another season; ids by body."""
    day = today()
    dates = {
        "A year ago": day - timedelta(days=365),
        "Nearly two years ago": day - timedelta(days=2 * 365 + 1),
        "In spring": day - timedelta(days=500),
    }
    return {
        body: notebook.entries.add(EntryDraft(body=body, when=when.isoformat())).result for body, when in dates.items()
    }


@pytest.fixture
def foresight(notebook: Notebook) -> str:
    """The id of a foresight that is due and in the index."""
    due = notebook.entries.add(
        EntryDraft(body="The roaster will be paid off", kind="foresight", horizon="2026-06", confidence=0.6)
    ).result
    notebook.entries.add(EntryDraft(body="Half the farms will stop", kind="foresight", horizon="2099"))
    notebook.search.catch_up()
    return due
