"""Icons: ours, recoloured, and every one that is named in the code is there."""

import re
from pathlib import Path

import pytest

from desktop_app.config.resources import resource_path
from desktop_app.ui.theme.icons import icon, icon_pixmap

FOLDER = resource_path("icons")
LINE_ICONS = sorted(path.stem for path in FOLDER.glob("*.svg") if "currentColor" in path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", LINE_ICONS)
def test_an_icon_is_drawn_in_the_colour_asked_for(qapp, name):
    image = icon_pixmap(name, 24, "#FF0000").toImage()
    seen = [image.pixelColor(x, y) for x in range(24) for y in range(24) if image.pixelColor(x, y).alpha() > 200]
    assert len(seen) > 12
    assert {(colour.red() > 240, colour.green() < 15) for colour in seen} == {(True, True)}


def test_fine_screens_get_finer_icons(qapp):
    pixmap = icon_pixmap("search", 20, "#000000", 2.0)
    assert pixmap.width() == 40
    assert pixmap.devicePixelRatio() == 2.0
    assert icon("search", "#000000", "#888888", 20, 2.0).pixmap(20, 20).width() == 20


def test_icons_refer_to_nothing_outside():
    for path in FOLDER.glob("*.svg"):
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "href" not in text
        assert "http" not in text
        assert "<script" not in text


def test_every_icon_named_in_the_code_exists():
    source = Path(__file__).parents[3] / "desktop_app" / "ui"
    calls = re.compile(r"""(?:\.(?:icon|pixmap)\(|IconButton\(\s*[\w.]+,)\s*"([a-z-]+)\"""")
    named = {name for path in source.rglob("*.py") for name in calls.findall(path.read_text(encoding="utf-8"))}
    assert named
    assert named <= set(LINE_ICONS)
