"""The look follows the settings and the desktop."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette

from desktop_app.config.settings import Settings
from desktop_app.ui.theme import Appearance


def appearance(qapp, **values) -> Appearance:
    return Appearance(qapp, Settings(values))


def test_the_theme_is_the_one_that_is_set(qapp):
    assert appearance(qapp, theme="dark").theme.name == "dark"
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == "#16181b"
    assert appearance(qapp, theme="light").theme.name == "light"
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == "#f7f5f0"


def test_the_system_theme_follows_the_desktop(qapp, qtbot):
    look = appearance(qapp, theme="system")
    with qtbot.waitSignal(look.changed):
        look._scheme_changed(Qt.ColorScheme.Dark)
    assert look.theme.dark
    with qtbot.waitSignal(look.changed):
        look._scheme_changed(Qt.ColorScheme.Light)
    assert not look.theme.dark


def test_a_chosen_theme_does_not_follow_the_desktop(qapp, qtbot):
    look = appearance(qapp, theme="light")
    with qtbot.assertNotEmitted(look.changed):
        look._scheme_changed(Qt.ColorScheme.Dark)
    assert look.theme.name == "light"


def test_text_size_changes_the_font(qapp):
    settings = Settings({"theme": "light"})
    look = Appearance(qapp, settings)
    assert qapp.font().pixelSize() == 14
    settings.set("text_size", 150)
    look.settings_changed()
    assert qapp.font().pixelSize() == 21
    settings.set("text_size", 100)
    look.settings_changed()


def test_icons_come_in_a_role_s_colour(qapp):
    look = appearance(qapp, theme="light")
    image = look.pixmap("check", 24, "accent").toImage()
    solid = [image.pixelColor(x, y) for x in range(24) for y in range(24) if image.pixelColor(x, y).alpha() == 255]
    assert {colour.name().upper() for colour in solid} == {look.theme.accent}
