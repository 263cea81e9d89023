"""The lens of codes: which come together, when they were applied, in which perspective and at which scale."""

from desktop_app.ui.lenses.codes.graph import GraphDrawing
from desktop_app.ui.lenses.codes.grid import GridDrawing
from desktop_app.ui.lenses.codes.matrix import MatrixDrawing
from desktop_app.ui.lenses.codes.page import CodesPage

__all__ = ["CodesPage", "GraphDrawing", "GridDrawing", "MatrixDrawing"]
