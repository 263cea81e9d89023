"""What the tour shows of exchanges: real work in two copies, and the notebook as it was when the tour is done."""

import pytest

from desktop_app.model.entries import EntryDraft
from desktop_app.ui.exchange import ExchangeScreen
from tests.ui.conftest import seen


@pytest.fixture
def screen(qtbot, notebook, context) -> ExchangeScreen:
    for number in range(3):
        notebook.entries.add(EntryDraft(body=f"Note {number}", tags=("port",)))
    return seen(qtbot, ExchangeScreen(context))


def test_every_round_shows_the_same_and_leaves_the_notebook_as_it_was(screen, notebook):
    before = [entry.fields for entry in notebook.entries.recent()]
    for _ in range(2):
        steps = dict(screen.tour_steps())
        steps["incoming-preview"]()
        steps["incoming-changed"]()
        assert screen.page("incoming").preview.view.fields
        steps["incoming-merged"]()
        steps["conflicts"]()
        assert len(screen.page("conflicts").list.rows()) == 1
        for name in ("conflicts-edit", "outgoing", "outgoing-redacted", "folder", "past"):
            steps[name]()
        assert screen.page("past").view.may_undo
        steps["past-undone"]()
        assert screen.page("past").view.exchange.undone
        untouched = [entry.fields for entry in notebook.entries.recent()]
        assert untouched == before
        screen.end_tour()
        assert screen.current.page_id == "incoming"
        assert screen.current.empty.isVisible()
        assert not screen.page("outgoing").form.redact.isChecked()
        assert notebook.conflicts.count() == 0
