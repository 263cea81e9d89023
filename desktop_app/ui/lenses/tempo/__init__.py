"""The tempo lens: what moves at which speed, on one time axis."""

from desktop_app.ui.lenses.tempo.drawing import TempoDrawing
from desktop_app.ui.lenses.tempo.page import TempoPage

__all__ = ["TempoDrawing", "TempoPage"]
