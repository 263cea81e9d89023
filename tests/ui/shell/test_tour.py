"""The tour: pictures of the right size of every place, and the person's notebook untouched."""

import hashlib
import subprocess
import sys

import pytest
from PySide6.QtGui import QImage

from desktop_app.config.attached import attach, attached_folder
from desktop_app.config.settings import Settings, device_id
from desktop_app.services.notebooks import open_notebook
from desktop_app.ui.shell.application import Program
from desktop_app.ui.shell.tour import PictureNotWritten, Tour, copy_notebook, home_of_its_own
from tests.ui.shell.conftest import PLAIN_PLACES

SCREEN = """
import sys
from pathlib import Path
from desktop_app.ui.shell.tour import configure_offscreen
configure_offscreen(Path(sys.argv[1]), (1440, 900))
from desktop_app.ui.shell.application import build_application
screen = build_application().primaryScreen()
print(screen.size().width(), screen.size().height(), screen.devicePixelRatio(), round(screen.logicalDotsPerInch()))
"""


@pytest.fixture
def tour(qapp, notebook_path, tmp_path):
    copy = tmp_path / "copy.terrain"
    copy_notebook(notebook_path, copy)
    made = Tour(Program(qapp, PLAIN_PLACES), copy, tmp_path / "out", (1000, 640), "port", "a zephyr #new")
    yield made
    made.close()


def test_the_offscreen_screen_has_the_size_asked_for(tmp_path):
    done = subprocess.run([sys.executable, "-c", SCREEN, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1440", "900", "1.0", "96"]


def test_every_place_is_pictured_light_and_dark(tour, tmp_path, notebook_path):
    before = hashlib.sha256(notebook_path.read_bytes()).digest()
    (tmp_path / "out").mkdir()
    pictures = tour.take()
    names = [picture.name for picture in pictures]
    assert names[:2] == ["01-today-light.png", "02-browse-light.png"]
    assert "03-search-light.png" in names
    for name in ("metrics", "people", "help", "preferences", "palette", "jump", "capture", "captured"):
        for theme in ("light", "dark"):
            assert any(picture.endswith(f"-{name}-{theme}.png") for picture in names), name
    for picture in pictures:
        image = QImage(str(picture))
        assert (image.width(), image.height()) == (1000, 640)
    tour.close()
    light, dark = QImage(str(pictures[0])), QImage(str(pictures[len(pictures) // 2]))
    assert light.pixelColor(5, 600).lightness() > 200 > 60 > dark.pixelColor(5, 600).lightness()
    assert hashlib.sha256(notebook_path.read_bytes()).digest() == before
    with open_notebook(tmp_path / "copy.terrain") as copy:
        assert "a zephyr" in {entry.fields.body for entry in copy.entries.recent()}


def test_a_folder_that_cannot_be_written_is_told(tour, tmp_path):
    (tmp_path / "out").write_text("in the way", encoding="utf-8")
    with pytest.raises(PictureNotWritten, match="choose a folder"):
        tour.take()


def test_nothing_of_the_tour_reaches_the_persons_folders_and_settings(tmp_path, monkeypatch):
    monkeypatch.setenv("TERRAIN_HOME", str(tmp_path / "person"))
    settings = Settings.load()
    settings.set("author", "Ines")
    settings.save()
    device = device_id()
    attach("n", device, tmp_path)
    with home_of_its_own(tmp_path / "home"):
        assert device_id() != device
        assert attached_folder("n", device) is None
        assert Settings.load().author() == "Ines"
    assert device_id() == device
    assert attached_folder("n", device) == tmp_path
