"""Bringing copies in: looked at first, then merged as one step."""

from desktop_app.ui.exchange.incoming.page import IncomingPage

__all__ = ["IncomingPage"]
