"""Colours of codes with names, so that one can be chosen without telling colours apart."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QComboBox, QWidget

from desktop_app.model.coding import COLOURS
from desktop_app.ui.i18n import tr

NAMES = (
    "plum", "green", "rose", "olive", "blue", "orange", "violet", "teal", "rust", "moss", "raspberry", "slate",
)  # fmt: skip
"""Of ``COLOURS``, in their order."""
INHERITED = ""


class ColourBox(QComboBox):
    """The colour of the code above, or one of its own; ``colour_chosen(str)`` with ``#RRGGBB`` or an empty string."""

    colour_chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Colour"))
        self.setIconSize(QSize(14, 14))
        self.addItem(tr("as the code above it"), INHERITED)
        for name, colour in zip(NAMES, COLOURS, strict=True):
            self.addItem(_square(colour), tr(name), colour)
        self.activated.connect(lambda _: self.colour_chosen.emit(self.colour()))

    def colour(self) -> str:
        return str(self.currentData() or "")

    def set_colour(self, colour: str) -> None:
        """Shows a colour, also one that came with a codebook and has no name here."""
        at = self.findData(colour)
        if at < 0:
            self.addItem(_square(colour), colour, colour)
            at = self.count() - 1
        self.setCurrentIndex(at)


def _square(colour: str) -> QIcon:
    return QIcon(square(colour))


def square(colour: str) -> QPixmap:
    """A colour as a small square, as it stands before a code's name."""
    picture = QPixmap(28, 28)
    picture.setDevicePixelRatio(2.0)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(1, 1, 12, 12, 2.5, 2.5)
    painter.end()
    return picture
