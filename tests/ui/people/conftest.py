"""A small notebook with people, made through the services; everything runs at once on this thread."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from desktop_app.model.entries import EntryDraft
from desktop_app.model.people import OrganisationFields, PersonFields, StageStep
from desktop_app.services.notebooks import Notebook, open_notebook
from desktop_app.ui.people import PeopleScreen
from desktop_app.ui.widgets import ScreenContext
from tests.ui.conftest import seen

NOW = datetime(2026, 1, 10, 12, 0)


def fill(notebook: Notebook) -> dict[str, str]:
    """Three people, two organisations and their ids by a short name."""
    add, people = notebook.entries.add, notebook.people
    ids = {
        "friend": add(
            EntryDraft(
                body="She had planned to try two other roasters first.",
                title="It felt like a friend showing me round.",
                kind="quote",
                when="2025-12-14",
                perspectives=("aspirational-rationality",),
                speaker="Ines Vidal",
                org="Café Norte",
            )
        ).result,
        "first": add(
            EntryDraft(body="I am not buying yet.", kind="quote", when="2025-01-28", speaker="Ines Vidal")
        ).result,
        "table": add(
            EntryDraft(body="Open table at Café Norte", kind="event", when="2025-05-06", org="Café Norte")
        ).result,
    }
    by_name = {person.fields.name: person.id for person in people.list()}
    ids["ines"] = by_name["Ines Vidal"]
    ids["norte"] = people.organisations()[0].id
    ids["tomasz"] = people.add(PersonFields("Tomasz Wielgo", consent="named", note="Runs kitchen and floor.")).result
    ids["ruth"] = people.add(PersonFields("Ruth Amsel", pseudonym="R.")).result
    ids["bakery"] = people.add_organisation(OrganisationFields("Malin Bakery", "Bread since 1961.")).result
    people.add_stage(ids["ines"], StageStep("prospect", "2025-01-28", ids["first"]))
    people.add_stage(ids["ines"], StageStep("customer", "2025-03"))
    people.add_stage(ids["ines"], StageStep("loyal client", "2025-12-14", ids["friend"]))
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
def screen(qtbot, context: ScreenContext) -> PeopleScreen:
    return seen(qtbot, PeopleScreen(context))
