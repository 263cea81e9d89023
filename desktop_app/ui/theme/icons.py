"""Our own icons: small SVGs whose ``currentColor`` is replaced by a colour of the theme."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop_app.config.resources import resource_path


@cache
def _source(name: str) -> str:
    return resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")


@cache
def icon_pixmap(name: str, size: int, color: str, ratio: float = 1.0) -> QPixmap:
    """The icon ``resources/icons/<name>.svg`` in one colour; ``size`` in device-independent pixels."""
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", color).encode()))
    pixmap = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, pixmap.width(), pixmap.height()))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


@cache
def icon(name: str, color: str, disabled: str, size: int = 20, ratio: float = 1.0) -> QIcon:
    """The icon for a place of ``size`` pixels (menus take 16), with its disabled look.

    Only what will be shown is drawn: a window has forty icons, and each size of each would cost its start a tenth.
    """
    made = QIcon()
    made.addPixmap(icon_pixmap(name, size, color, ratio), QIcon.Mode.Normal)
    made.addPixmap(icon_pixmap(name, size, disabled, ratio), QIcon.Mode.Disabled)
    return made
