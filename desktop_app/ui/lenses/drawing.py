"""Drawings of lenses: painted alike on the screen and into a file, with the places in them that can be asked about."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QImageWriter, QPainter, QPen
from PySide6.QtSvg import QSvgGenerator

from desktop_app.model.errors import Invalid
from desktop_app.services.writing import write_whole
from desktop_app.ui.theme import CORNER, Theme, TypeSizes

PICTURE_WIDTH = 1120
SHARPNESS = 2
"""Pixels of a PNG for each of the drawing's own."""
MARGIN = 24


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a drawing that stands for a figure: what it says in words, and the query behind it.

    ``key`` is for whoever made the drawing.
    """

    rect: QRectF
    words: str
    query: str = ""
    key: object = None


@dataclass(frozen=True, slots=True)
class Look:
    """Colours, sizes of type and the font that a drawing is made with."""

    theme: Theme
    sizes: TypeSizes
    font: QFont

    def sized(self, size: int, *, bold: bool = False) -> QFont:
        font = QFont(self.font)
        font.setPixelSize(size)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font

    def width(self, text: str, size: int, *, bold: bool = False) -> float:
        return QFontMetricsF(self.sized(size, bold=bold)).horizontalAdvance(text)


class Drawing(ABC):
    """What a lens shows. :meth:`arrange` is called before painting, and again when the width or the look changes."""

    spots: Sequence[Spot] = ()
    room = 0.0
    """The height that there is to be seen at once; a drawing may keep to it, or be higher and be scrolled. 0: any."""

    @abstractmethod
    def arrange(self, width: float, look: Look) -> float:
        """Lays everything out for a width in pixels; returns the height, and sets :attr:`spots` in reading order."""

    @abstractmethod
    def paint(self, painter: QPainter, look: Look) -> None:
        """Paints what was arranged, from ``(0, 0)``."""

    def paint_chosen(self, painter: QPainter, look: Look, spot: Spot, *, focused: bool) -> None:
        """Marks the spot that is chosen; never in a file."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.theme.color("accent"), 2.0 if focused else 1.0))
        painter.drawRoundedRect(spot.rect.adjusted(-0.5, -0.5, 0.5, 0.5), CORNER, CORNER)


class Stacked(Drawing):
    """Drawings one below the other."""

    def __init__(self, parts: Sequence[Drawing]) -> None:
        self._parts = tuple(parts)
        self._tops: list[float] = []

    def arrange(self, width: float, look: Look) -> float:
        self._tops, spots, top = [], [], 0.0
        for part in self._parts:
            self._tops.append(top)
            height = part.arrange(width, look)
            spots += [replace(spot, rect=spot.rect.translated(0, top)) for spot in part.spots]
            top += height + MARGIN
        self.spots = spots
        return max(top - MARGIN, 1.0)

    def paint(self, painter: QPainter, look: Look) -> None:
        for part, top in zip(self._parts, self._tops, strict=True):
            painter.save()
            painter.translate(0, top)
            part.paint(painter, look)
            painter.restore()


def write_text(
    painter: QPainter,
    look: Look,
    rect: QRectF,
    text: str,
    *,
    size: int | None = None,
    role: str = "text",
    bold: bool = False,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """One line of words in the middle of ``rect``'s height, shortened with … where they do not fit."""
    font = look.sized(size or look.sizes.body, bold=bold)
    painter.setFont(font)
    painter.setPen(look.theme.color(role))
    shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, int(align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), shown)


def mixed(over: QColor, under: QColor, share: float) -> QColor:
    """``over`` laid on ``under`` with an opacity, as an opaque colour."""

    def part(above: int, below: int) -> int:
        return round(above * share + below * (1 - share))

    return QColor(part(over.red(), under.red()), part(over.green(), under.green()), part(over.blue(), under.blue()))


# --- files ------------------------------------------------------------------------------------------------------------


def save_drawing(drawing: Drawing, path: Path, look: Look, title: str, width: int = PICTURE_WIDTH) -> None:
    """Writes the drawing as SVG or PNG, by the ending of the name, whole or not at all."""
    write_whole(path, drawing_bytes(drawing, path.suffix.lower(), look, title, width))


def drawing_bytes(drawing: Drawing, ending: str, look: Look, title: str, width: int = PICTURE_WIDTH) -> bytes:
    """The drawing as the bytes of an ``.svg`` or ``.png``; raises :class:`Invalid` for another ending."""
    size = QSize(width + 2 * MARGIN, round(drawing.arrange(width, look)) + 2 * MARGIN)
    if ending == ".svg":
        return _svg(drawing, look, title, size)
    if ending == ".png":
        return _png(drawing, look, size)
    raise Invalid(message=f"A picture is written as .svg or .png, not {ending or 'without an ending'}.")


def _svg(drawing: Drawing, look: Look, title: str, size: QSize) -> bytes:
    made = QBuffer()
    made.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(made)
    generator.setSize(size)
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    generator.setResolution(96)
    generator.setTitle(title)
    _paint_on(generator, drawing, look, size)
    return bytes(made.data().data())


def _png(drawing: Drawing, look: Look, size: QSize) -> bytes:
    image = QImage(size * SHARPNESS, QImage.Format.Format_RGB32)
    if image.isNull():
        raise Invalid(message="The picture would be too large for a PNG; narrow the query, or save it as SVG.")
    image.setDevicePixelRatio(SHARPNESS)
    _paint_on(image, drawing, look, size)
    made = QBuffer()
    made.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(made, QByteArray(b"png")).write(image)
    return bytes(made.data().data())


def _paint_on(device: QImage | QSvgGenerator, drawing: Drawing, look: Look, size: QSize) -> None:
    painter = QPainter(device)
    painter.fillRect(0, 0, size.width(), size.height(), look.theme.color("ground"))
    painter.translate(MARGIN, MARGIN)
    drawing.paint(painter, look)
    painter.end()
