"""The relationships lens: people's ways across campaigns, and success told as steps."""

from desktop_app.ui.lenses.relationships.page import RelationshipsPage
from desktop_app.ui.lenses.relationships.steps_drawing import StepsDrawing
from desktop_app.ui.lenses.relationships.way_drawing import WayDrawing

__all__ = ["RelationshipsPage", "StepsDrawing", "WayDrawing"]
