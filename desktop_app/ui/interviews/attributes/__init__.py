"""The page of attributes: what documents and people carry, in a grid that is edited like a spreadsheet."""

from desktop_app.ui.interviews.attributes.page import AttributesPage

__all__ = ["AttributesPage"]
