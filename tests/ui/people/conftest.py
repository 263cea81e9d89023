"""A small notebook with people, made through the services; everything runs at once on this thread."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.config.settings import Settings
from desktop_app.model.entries import EntryDraft
from desktop_app.model.people import OrganisationFields, PersonFields, StageStep
from desktop_app.services.notebooks import Notebook, create_notebook, open_notebook
from desktop_app.ui.ops import InlineOperations
from desktop_app.ui.people import PeopleScreen
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets import ScreenContext

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
def notebook_path(tmp_path: Path) -> Path:
    path = tmp_path / "harbour.terrain"
    create_notebook(path, title="Harbour Lane Coffee", now=lambda: NOW).close()
    return path


@pytest.fixture
def ids(notebook_path: Path) -> dict[str, str]:
    with open_notebook(notebook_path, now=lambda: NOW) as notebook:
        made = fill(notebook)
        notebook.search.catch_up()
        return made


@pytest.fixture
def context(qapp: QApplication, notebook_path: Path) -> Iterator[ScreenContext]:
    settings = Settings({"theme": "light"})
    operations = InlineOperations(lambda: open_notebook(notebook_path, now=lambda: NOW))
    yield ScreenContext(operations, Appearance(qapp, settings), settings)
    operations.shutdown()


@pytest.fixture
def screen(qtbot, context: ScreenContext) -> PeopleScreen:
    made = PeopleScreen(context)
    qtbot.addWidget(made)
    made.resize(1264, 876)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.activate()
    return made


@pytest.fixture
def ask(context: ScreenContext) -> Callable[[Callable[[Notebook], object]], object]:
    """Asks the notebook something, as a screen would."""

    def answer(call: Callable[[Notebook], object]) -> object:
        found: list[object] = []
        context.operations.read("test", call, found.append)
        return found[0]

    return answer
