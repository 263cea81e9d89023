"""What came in and what went out."""

from desktop_app.ui.exchange.past.page import PastPage

__all__ = ["PastPage"]
