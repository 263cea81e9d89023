"""The coverage lens: a grid of perspectives and time scales."""

from desktop_app.ui.lenses.coverage.drawing import CoverageDrawing
from desktop_app.ui.lenses.coverage.page import CoveragePage

__all__ = ["CoverageDrawing", "CoveragePage"]
