"""Names of devices: given by their owners, noted where something is handed out, and taken away again."""

from pathlib import Path

from desktop_app.config.settings import Settings
from desktop_app.services import Identity, Notebook, open_notebook


def call(name: str) -> None:
    settings = Settings.load()
    settings.set("device_name", name)
    settings.save()


def note(notebook: Notebook) -> bool:
    with notebook._context.change("Hand out") as recorder:
        return notebook.devices.note_own(recorder)


def test_a_device_without_a_name_is_not_noted(notebook: Notebook) -> None:
    steps = len(notebook.history.log())
    assert not note(notebook)
    assert notebook.devices.names() == {}
    assert len(notebook.history.log()) == steps, "nothing was done"


def test_a_name_is_noted_once_and_again_when_it_changes(notebook: Notebook) -> None:
    call("  Ada’s\n laptop ")
    assert notebook.devices.own_name() == "Ada’s laptop"
    assert note(notebook)
    assert not note(notebook)
    assert notebook.devices.names() == {"one": "Ada’s laptop"}
    call("Office")
    assert note(notebook)
    assert notebook.devices.names() == {"one": "Office"}
    call("")
    assert note(notebook)
    assert notebook.devices.names() == {}


def test_undoing_takes_the_name_back_and_the_next_copy_notes_it_again(notebook: Notebook) -> None:
    call("Office")
    note(notebook)
    notebook.history.undo()
    assert notebook.devices.names() == {}
    assert note(notebook)
    assert notebook.devices.names() == {"one": "Office"}
    assert notebook.maintenance.check().ok


def test_each_device_has_its_own(notebook: Notebook, tmp_path: Path) -> None:
    call("Office")
    note(notebook)
    with open_notebook(notebook.path, identity=Identity("Ada", "two")) as other:
        call("x" * 500)
        note(other)
    assert notebook.devices.names() == {"one": "Office", "two": "x" * 100}
