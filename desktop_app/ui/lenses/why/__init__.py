"""The lens of why: places where series changed beside the reasons that people gave, and effects with their causes."""

from desktop_app.ui.lenses.why.drawing import WhyDrawing
from desktop_app.ui.lenses.why.page import WhyPage

__all__ = ["WhyDrawing", "WhyPage"]
