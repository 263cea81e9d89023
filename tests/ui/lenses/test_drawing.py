"""Drawings as files: what is on the screen, whole, in the look of the moment."""

from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication

from desktop_app.model.errors import Invalid
from desktop_app.ui.lenses.drawing import (
    MARGIN,
    SHARPNESS,
    Drawing,
    Look,
    drawing_bytes,
    mixed,
    save_drawing,
    write_text,
)
from desktop_app.ui.theme import TypeSizes, load_theme


class Words(Drawing):
    def arrange(self, width: float, look: Look) -> float:
        self._width = width
        return 60

    def paint(self, painter: QPainter, look: Look) -> None:
        write_text(painter, look, QRectF(0, 0, self._width, 30), "A <price> & its reason")


@pytest.fixture
def plain(qapp: QApplication) -> Look:
    return Look(load_theme("light"), TypeSizes.at(100), QFont(qapp.font()))


def test_a_png_is_as_large_as_the_drawing_with_its_margin(plain: Look) -> None:
    image = QImage.fromData(drawing_bytes(Words(), ".png", plain, "Words", width=300))
    assert (image.width(), image.height()) == ((300 + 2 * MARGIN) * SHARPNESS, (60 + 2 * MARGIN) * SHARPNESS)
    assert image.pixelColor(0, 0) == plain.theme.color("ground")
    colours = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
    assert len(colours) > 2


def test_an_svg_holds_the_words_and_the_title(plain: Look) -> None:
    text = drawing_bytes(Words(), ".svg", plain, "A & B", width=300).decode()
    assert "<title>A &amp; B</title>" in text
    assert "A &lt;price&gt; &amp; its reason" in text
    assert f'viewBox="0 0 {300 + 2 * MARGIN} {60 + 2 * MARGIN}"' in text


def test_another_ending_is_refused_and_nothing_is_written(plain: Look, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=r"written as \.svg or \.png, not \.gif"):
        save_drawing(Words(), tmp_path / "words.gif", plain, "Words")
    assert list(tmp_path.iterdir()) == []


def test_words_that_do_not_fit_are_shortened(plain: Look) -> None:
    class Narrow(Words):
        def paint(self, painter: QPainter, look: Look) -> None:
            write_text(painter, look, QRectF(0, 0, 60, 30), "A price and its reason")

    assert "…" in drawing_bytes(Narrow(), ".svg", plain, "Words").decode()


def test_colours_are_mixed_by_share() -> None:
    assert mixed(QColor("#FF0000"), QColor("#0000FF"), 0.0).name() == "#0000ff"
    assert mixed(QColor("#FF0000"), QColor("#0000FF"), 1.0).name() == "#ff0000"
    assert mixed(QColor("#FF0000"), QColor("#000000"), 0.5).name() == "#800000"
