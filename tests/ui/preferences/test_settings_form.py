"""The form: one row for each setting, applied and saved at once, told in place where it cannot be."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from desktop_app.config.paths import config_dir
from desktop_app.config.settings import FILE, SETTINGS, Settings
from desktop_app.model.entries import EntryDraft
from desktop_app.ui.ops import ChangeOp
from desktop_app.ui.preferences.controls import Choices, FolderField, Segments, Switch, TextField, control_for
from desktop_app.ui.preferences.settings_form import FolderNotUsable, usable_folder


def row(screen, key):
    return screen.form.rows[key]


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_every_setting_has_its_row(screen, setting):
    made = row(screen, setting.key)
    assert made.description.text() == setting.description
    kinds = {"flag": Switch, "text": TextField, "folder": FolderField, "choice": (Segments, Choices)}
    assert isinstance(made.control, kinds[setting.kind])


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_showing_a_value_changes_nothing(qtbot, qapp, screen, setting):
    control = control_for(setting, screen)
    values = [value for value, _ in setting.choices] or ([True, False] if setting.kind == "flag" else ["a", ""])
    with qtbot.assertNotEmitted(control.changed):
        for value in values:
            control.show_value(value)


def test_the_theme_switches_at_once_and_is_saved(qtbot, screen, context):
    qtbot.mouseClick(row(screen, "theme").control.buttons["dark"], Qt.MouseButton.LeftButton)
    assert context.appearance.theme.dark
    assert Settings.load().get("theme") == "dark"


def test_a_setting_goes_back_to_its_default(qtbot, screen, context):
    assert row(screen, "theme").reset.isVisible()
    assert not row(screen, "confirm_links").reset.isVisible()
    qtbot.mouseClick(row(screen, "theme").reset, Qt.MouseButton.LeftButton)
    assert context.settings.get("theme") == "system"
    assert row(screen, "theme").control.buttons["system"].isChecked()
    assert not row(screen, "theme").reset.isVisible()
    assert "\ntheme =" not in f"\n{context.settings.path.read_text(encoding='utf-8')}"


def test_a_switch_and_a_choice(qtbot, screen, context):
    switch = row(screen, "confirm_links").control
    qtbot.keyClick(switch.box, Qt.Key.Key_Space)
    assert context.settings.get("confirm_links") is False
    box = row(screen, "text_size").control.box
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert context.settings.get("text_size") == 115
    assert context.appearance.sizes.body == 16


def test_what_a_key_changed_elsewhere_is_shown(screen, context):
    context.settings.set("text_size", 130)
    context.appearance.settings_changed()
    assert row(screen, "text_size").control.box.currentText() == "Larger"


def test_a_name_counts_from_the_next_change_on(qtbot, screen, context, notebook):
    line = row(screen, "author").control.line
    qtbot.keyClicks(line, "Ada Lind ")
    assert context.settings.get("author") == ""
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert Settings.load().get("author") == "Ada Lind"
    context.operations.submit(ChangeOp("add", lambda book: book.entries.add(EntryDraft(body="Signed"))))
    assert notebook.history.log(1)[0].author == "Ada Lind"


def test_day_before_month_counts_at_once(qtbot, screen, context):
    qtbot.keyClick(row(screen, "day_first").control.box, Qt.Key.Key_Space)
    added = []
    draft = EntryDraft(body="When", when="3/4/2026")
    context.operations.submit(ChangeOp("add", lambda book: book.entries.add(draft), added.append))
    shown = []
    context.operations.read("get", lambda book: book.entries.get(added[0].result), shown.append)
    assert shown[0].fields.occurred == "2026-03-04"


def test_a_folder_is_made_and_used(qtbot, screen, context, tmp_path):
    wanted = tmp_path / "kept" / "backups"
    row(screen, "backup_folder").control.choose(str(wanted))
    assert wanted.is_dir()
    assert list(wanted.iterdir()) == []
    assert context.settings.get("backup_folder") == str(wanted)
    qtbot.mouseClick(screen.backups.now, Qt.MouseButton.LeftButton)
    assert len(list(wanted.rglob("*.terrain"))) == 1


def test_a_folder_that_cannot_be_written_is_refused_in_place(qtbot, screen, context, tmp_path):
    (tmp_path / "a-file").write_text("x", encoding="utf-8")
    made = row(screen, "backup_folder")
    qtbot.keyClicks(made.control.line, str(tmp_path / "a-file" / "backups"))
    qtbot.keyClick(made.control.line, Qt.Key.Key_Return)
    assert "Nothing can be written to" in made.message.text()
    assert made.control.line.property("problem") is True
    assert context.settings.get("backup_folder") == ""
    made.control.choose(str(tmp_path))
    assert made.message.text() == ""
    assert made.control.line.property("problem") is False


def test_a_refused_folder_can_be_put_back(qtbot, screen, context, tmp_path):
    (tmp_path / "a-file").write_text("x", encoding="utf-8")
    made = row(screen, "backup_folder")
    made.control.choose(str(tmp_path / "a-file"))
    assert made.reset.isVisible()
    qtbot.mouseClick(made.reset, Qt.MouseButton.LeftButton)
    assert made.control.line.text() == ""
    assert made.message.text() == ""


def test_the_problem_names_the_folder(tmp_path):
    (tmp_path / "a-file").write_text("x", encoding="utf-8")
    with pytest.raises(FolderNotUsable, match="a-file"):
        usable_folder(str(tmp_path / "a-file"))


def test_settings_that_cannot_be_saved_hold_and_are_told(qtbot, screen, context):
    (config_dir() / FILE).mkdir(parents=True)
    made = row(screen, "theme")
    qtbot.mouseClick(made.control.buttons["dark"], Qt.MouseButton.LeftButton)
    assert context.appearance.theme.dark
    assert made.message.text().startswith("It holds until Terrain is closed, but could not be saved")


def test_the_wheel_over_a_choice_scrolls_the_page(screen):
    box = row(screen, "text_size").control.box
    centre = QPointF(box.rect().center())
    wheel = QWheelEvent(
        centre,
        QPointF(box.mapToGlobal(box.rect().center())),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, wheel)
    assert not wheel.isAccepted()
    assert box.currentText() == "Normal"
