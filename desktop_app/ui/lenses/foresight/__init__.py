"""The foresight lens: a reliability diagram, its figures in words, statements to resolve, tables and indicators."""

from desktop_app.ui.lenses.foresight.drawing import ForesightDrawing
from desktop_app.ui.lenses.foresight.page import ForesightPage

__all__ = ["ForesightDrawing", "ForesightPage"]
