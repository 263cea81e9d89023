"""A window on a real notebook, with small screens in place of the rooms', everything run at once on this thread."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from desktop_app.model.entries import EntryDraft
from desktop_app.services.notebooks import create_notebook
from desktop_app.ui.shell.main_window import MainWindow
from desktop_app.ui.shell.places import Place
from desktop_app.ui.widgets import Screen, ScreenContext


class PlainScreen(Screen):
    """Notes what it was asked for."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        self.reads = 0
        self.asked: list[tuple[str, str]] = []
        self.field = QLineEdit(self)
        QVBoxLayout(self).addWidget(self.field)

    def read(self) -> None:
        self.reads += 1

    def focus_first(self) -> None:
        self.field.setFocus()

    def open_entry(self, entry_id: str) -> None:
        self.asked.append(("entry", entry_id))

    def search_for(self, query: str) -> None:
        self.asked.append(("search", query))

    def open_person(self, person_id: str) -> None:
        self.asked.append(("person", person_id))

    def open_organisation(self, organisation_id: str) -> None:
        self.asked.append(("organisation", organisation_id))

    def edit_entry(self, entry_id: str) -> None:
        self.asked.append(("edit", entry_id))

    def new_memo(self, kind: str, item: str) -> None:
        self.asked.append(("memo", f"{kind}:{item}"))

    def open_series(self, series_id: str) -> None:
        self.asked.append(("series", series_id))

    def open_document(self, document: str, at: int = -1) -> None:
        self.asked.append(("document", f"{document}@{at}"))

    def open_code(self, code: str) -> None:
        self.asked.append(("code", code))

    def open_conflict(self, item: str) -> None:
        self.asked.append(("conflict", item))


PLAIN_PLACES = tuple(
    Place(name, name.capitalize(), icon, PlainScreen, foot=foot)
    for name, icon, foot in (
        ("today", "today", False),
        ("browse", "browse", False),
        ("interviews", "interviews", False),
        ("metrics", "metrics", False),
        ("people", "people", False),
        ("exchange", "exchange", False),
        ("help", "help", True),
        ("preferences", "settings", True),
    )
)


@pytest.fixture
def notebook_path(tmp_path: Path) -> Path:
    path = tmp_path / "harbour.terrain"
    with create_notebook(path, title="Harbour Lane Coffee") as notebook:
        notebook.entries.add(EntryDraft(body="The port strike held the beans back", tags=("supply/port",)))
        notebook.entries.add(EntryDraft(body="We left over the invoice", kind="quote", speaker="Ines Vidal"))
        document = notebook.documents.add("Interview 07", "The bill was opaque.").result
        notebook.codings.add(document, 4, 8, "Price talk / opaque")
        notebook.saved_searches.add("Quotes", "kind:quote")
    return path


@pytest.fixture
def window(qtbot, context: ScreenContext) -> Iterator[MainWindow]:
    made = MainWindow(context, places=PLAIN_PLACES)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    context.operations.start()
    qtbot.waitUntil(lambda: bool(made.sidebar.saved()))
    yield made
    made.close()
