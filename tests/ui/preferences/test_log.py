"""The log on the page of preferences: of everybody, or of one person."""

from PySide6.QtCore import Qt

from desktop_app.model.entries import EntryDraft, EntryFields
from desktop_app.ui.preferences.log import MORE, SHOWN
from tests.notebook.arriving import Arriving


def lines(screen) -> list[str]:
    return [what.text() for _, what in screen.log.rows]


def authors(screen) -> list[str]:
    return [who.text().partition(" · ")[2] for who, _ in screen.log.rows]


def bring(notebook) -> None:
    merge = Arriving(notebook._file)
    for number in range(3):
        merge.revision(EntryFields(body=f"Berth {number}").to_json(), "Ben", 1_780_315_200_000 + number)
    merge.revision(EntryFields(body="Crane").to_json(), "Carla", 1_780_315_200_000)
    merge.arrive()


def test_everybody_is_shown_newest_first(screen, notebook):
    notebook.entries.add(EntryDraft(body="own"))
    bring(notebook)
    notebook.history.undo()
    screen.activate()
    assert lines(screen)[:3] == [
        "Undo: Merge team.terrain",
        "Merge team.terrain · 4 revisions by Ben and Carla · taken back",
        "Write note",
    ]
    assert authors(screen)[0] == notebook.author
    assert not screen.log.more.isVisible()


def test_one_person_is_chosen_by_key(qtbot, screen, notebook):
    notebook.entries.add(EntryDraft(body="own"))
    bring(notebook)
    screen.activate()
    box = screen.log.people
    names = [box.itemText(at) for at in range(box.count())]
    assert names == ["Everybody", *sorted(["Ben", "Carla", notebook.author], key=str.casefold)]
    box.setFocus()
    for _ in range(names.index("Ben")):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    assert box.currentText() == "Ben"
    assert lines(screen) == ["Merge team.terrain · 4 revisions by Ben and Carla"]
    screen.activate()
    assert box.currentText() == "Ben", "what was chosen stays"
    qtbot.keyClick(box, Qt.Key.Key_Home)
    assert len(lines(screen)) == 3


def test_older_changes_are_shown_when_asked_for(qtbot, screen, notebook):
    for number in range(SHOWN + 3):
        notebook.entries.add(EntryDraft(body=str(number)))
    screen.activate()
    assert len(lines(screen)) == SHOWN
    qtbot.mouseClick(screen.log.more, Qt.MouseButton.LeftButton)
    assert screen.log.count == SHOWN + MORE
    assert len(lines(screen)) == SHOWN + 4
    assert lines(screen)[-1] == "New notebook"
    assert not screen.log.more.isVisible()
