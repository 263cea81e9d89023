"""Ends of stretches of time that are uncertain: a bar runs out towards them."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QLinearGradient

FADE = 22.0
"""Pixels over which a bar runs out, in a short one at most two fifths of it."""


def fading(box: QRectF, color: QColor, *, start: bool, end: bool) -> QColor | QLinearGradient:
    """The colour of a bar, running out towards the ends that are uncertain."""
    if not start and not end:
        return color
    clear = QColor(color)
    clear.setAlphaF(0.0)
    share = min(FADE / max(box.width(), 1.0), 0.4)
    gradient = QLinearGradient(box.topLeft(), box.topRight())
    gradient.setColorAt(0.0, clear if start else color)
    gradient.setColorAt(share, color)
    gradient.setColorAt(1.0 - share, color)
    gradient.setColorAt(1.0, clear if end else color)
    return gradient
