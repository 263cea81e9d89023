"""What the drawing of random events is put together of."""

from abc import ABC, abstractmethod

from PySide6.QtGui import QPainter

from desktop_app.ui.lenses.drawing import Look, Spot


class Part(ABC):
    """A part of the drawing, laid out from ``top`` down; returns where it ends."""

    spots: list[Spot]

    @abstractmethod
    def arrange(self, top: float, width: float, look: Look) -> float: ...

    @abstractmethod
    def paint(self, painter: QPainter, look: Look) -> None: ...
