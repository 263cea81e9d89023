"""The page of cunning, aspiration and value: people's own words, put together by practice or person."""

from desktop_app.ui.lenses.ways.page import WaysPage

__all__ = ["WaysPage"]
