"""Copying out: what goes into a copy, as whom people appear in it, who may open it."""

from desktop_app.ui.exchange.outgoing.page import OutgoingPage

__all__ = ["OutgoingPage"]
