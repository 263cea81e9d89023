"""Themes: every role is there, and text can be read on every ground it stands on."""

import pytest

from desktop_app.ui.theme.marks import perspectives
from desktop_app.ui.theme.stylesheet import build_stylesheet
from desktop_app.ui.theme.themes import ROLES, contrast, load_theme
from desktop_app.ui.theme.type_sizes import TypeSizes

THEMES = ("light", "dark")
AA_TEXT = 4.5
AA_SHAPE = 3.0

TEXT_ON = [
    ("text", ground)
    for ground in ("ground", "side", "surface", "hover", "side_hover", "accent_ground", "highlight", "match")
] + [
    ("muted", "ground"),
    ("muted", "surface"),
    ("muted_strong", "side"),
    ("muted_strong", "accent_ground"),
    ("muted_strong", "highlight"),
    ("faint", "ground"),
    ("faint", "surface"),
    ("accent", "ground"),
    ("accent", "side"),
    ("accent", "surface"),
    ("accent", "accent_ground"),
    ("accent", "warning_ground"),
    ("accent", "error_ground"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("selection_text", "selection"),
    ("text", "warning_ground"),
    ("text", "error_ground"),
    ("warning", "ground"),
    ("warning", "surface"),
    ("error", "ground"),
    ("error", "surface"),
]


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_text_meets_wcag_aa(name, text, ground):
    theme = load_theme(name)
    assert contrast(getattr(theme, text), getattr(theme, ground)) >= AA_TEXT


@pytest.mark.parametrize("name", THEMES)
def test_the_focus_ring_can_be_seen(name):
    theme = load_theme(name)
    for ground in ("ground", "side", "surface"):
        assert contrast(theme.focus, getattr(theme, ground)) >= AA_SHAPE


@pytest.mark.parametrize("name", THEMES)
def test_every_perspective_has_a_colour_of_its_own(name):
    theme = load_theme(name)
    assert list(theme.perspectives) == [term.id for term in perspectives()]
    assert len(set(theme.perspectives.values())) == 7


def test_the_design_s_colours_are_kept():
    light, dark = load_theme("light"), load_theme("dark")
    assert (light.ground, light.side, light.surface, light.line) == ("#F7F5F0", "#EFECE4", "#FFFFFF", "#E2DDD2")
    assert (light.text, light.muted, light.accent, light.accent_ground) == ("#23262B", "#6C6F75", "#2F6B5E", "#E1EEEA")
    assert (dark.ground, dark.side, dark.surface, dark.line) == ("#16181B", "#121417", "#1D2024", "#2C3036")
    assert (dark.text, dark.muted, dark.accent, dark.accent_ground) == ("#E7E4DC", "#9AA0A8", "#74BDAA", "#21332F")


def test_contrast_is_wcag_s():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#777777") == 1
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


def test_a_theme_that_lacks_a_role_is_refused(monkeypatch, tmp_path):
    (tmp_path / "bare.toml").write_text('name = "bare"\ndark = false\n[roles]\n[perspectives]\n', encoding="utf-8")
    monkeypatch.setattr("desktop_app.ui.theme.themes.resource_path", lambda *parts: tmp_path / parts[-1])
    with pytest.raises(ValueError, match="accent"):
        load_theme("bare")


@pytest.mark.parametrize("name", THEMES)
def test_the_style_sheet_names_no_colour_of_its_own(name):
    sheet = build_stylesheet(load_theme(name), TypeSizes.at(100))
    colours = {getattr(load_theme(name), role) for role in ROLES}
    found = {word.strip(";,") for word in sheet.split() if word.startswith("#")}
    assert found <= colours
    assert "$" not in sheet


def test_type_sizes_follow_the_text_size():
    assert TypeSizes.at(100).body == 14
    assert TypeSizes.at(100).line == 21
    assert TypeSizes.at(150).body == 21
