"""The table of settings, its file, and the device id."""

import tomllib
from pathlib import Path

import pytest

from desktop_app.config.paths import config_dir
from desktop_app.config.settings import BROKEN, FILE, SETTINGS, Settings, device_id


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_every_setting_accepts_its_default_and_says_what_it_is(setting):
    assert setting.accepts(setting.default)
    assert setting.title
    assert setting.description.endswith(".")
    assert setting.kind in ("choice", "flag", "text", "folder")
    assert (setting.kind == "choice") == bool(setting.choices)


def test_without_a_file_there_are_defaults_and_no_problems():
    settings = Settings.load()
    assert settings.get("theme") == "system"
    assert settings.problems == ()


def test_what_is_saved_is_loaded():
    settings = Settings.load()
    settings.set("theme", "dark")
    settings.set("author", 'Inès "the hand" \\ Vidal\x7f')
    settings.set("text_size", 130)
    settings.set("day_first", False)
    settings.save()
    again = Settings.load()
    assert again.problems == ()
    assert again.text("theme") == "dark"
    assert again.author() == 'Inès "the hand" \\ Vidal\x7f'
    assert again.number("text_size") == 130
    assert again.flag("day_first") is False


def test_the_file_names_every_setting_with_its_description():
    settings = Settings.load()
    settings.set("theme", "light")
    settings.save()
    text = settings.path.read_text(encoding="utf-8")
    assert tomllib.loads(text) == {"theme": "light"}
    for setting in SETTINGS:
        assert setting.description in text


def test_a_setting_can_go_back_to_its_default():
    settings = Settings.load()
    settings.set("theme", "light")
    settings.reset("theme")
    settings.reset("author")
    settings.save()
    assert settings.get("theme") == "system"
    assert tomllib.loads(settings.path.read_text(encoding="utf-8")) == {}


def test_nothing_is_left_beside_the_file_when_saving():
    Settings.load().save()
    assert [path.name for path in config_dir().iterdir()] == [FILE]


def test_a_value_of_the_wrong_kind_is_told_and_its_default_used():
    config_dir().mkdir(parents=True)
    (config_dir() / FILE).write_text('theme = "pink"\ntext_size = "big"\nauthor = "Ada"\n', encoding="utf-8")
    settings = Settings.load()
    assert settings.text("theme") == "system"
    assert settings.number("text_size") == 100
    assert settings.author() == "Ada"
    assert len(settings.problems) == 2
    assert "theme" in settings.problems[0]
    assert "pink" in settings.problems[0]


@pytest.mark.parametrize("data", [b"theme = \n", b"\xff\xfe\x00", b"[[["])
def test_a_broken_file_is_told_set_aside_and_defaults_are_used(data):
    config_dir().mkdir(parents=True)
    (config_dir() / FILE).write_bytes(data)
    settings = Settings.load()
    assert settings.get("theme") == "system"
    assert (config_dir() / BROKEN).read_bytes() == data
    assert BROKEN in settings.problems[0]
    settings.save()
    assert Settings.load().problems == ()


def test_a_setting_of_a_later_version_survives_saving():
    config_dir().mkdir(parents=True)
    (config_dir() / FILE).write_text("shimmer = true\n", encoding="utf-8")
    settings = Settings.load()
    settings.set("theme", "dark")
    settings.save()
    assert tomllib.loads(settings.path.read_text(encoding="utf-8")) == {"theme": "dark", "shimmer": True}


def test_unknown_keys_and_wrong_values_are_refused():
    settings = Settings()
    with pytest.raises(KeyError):
        settings.set("shimmer", True)
    with pytest.raises(ValueError, match="theme"):
        settings.set("theme", "pink")
    with pytest.raises(ValueError, match="day_first"):
        settings.set("day_first", 1)


def test_the_author_is_the_login_name_until_one_is_given(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("getpass.getuser", lambda: "ada")
    assert Settings().author() == "ada"
    monkeypatch.setattr("getpass.getuser", _no_login)
    assert Settings().author() == "me"


def _no_login() -> str:
    raise KeyError("uid not found")


def test_the_device_id_is_made_once():
    first = device_id()
    assert len(first) == 16
    assert int(first, 16) >= 0
    assert device_id() == first


def test_a_damaged_device_id_is_made_anew(tmp_path: Path):
    (tmp_path / "device").write_bytes(b"\xff")
    made = device_id(tmp_path)
    assert len(made) == 16
    assert device_id(tmp_path) == made


def test_a_device_id_that_cannot_be_kept_holds_for_the_process(tmp_path: Path):
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    assert device_id(blocked) == device_id(blocked)
