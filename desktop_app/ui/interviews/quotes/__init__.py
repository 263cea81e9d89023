"""The page of quotes: what was coded, found again by code, document, speaker, attribute, coder and time."""

from desktop_app.ui.interviews.quotes.page import QuotesPage

__all__ = ["QuotesPage"]
