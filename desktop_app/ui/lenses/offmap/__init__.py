"""The lens of random events: the register of surprises, how often they come, and ways as they really went."""

from desktop_app.ui.lenses.offmap.drawing import OffMapDrawing
from desktop_app.ui.lenses.offmap.page import OffMapPage

__all__ = ["OffMapDrawing", "OffMapPage"]
