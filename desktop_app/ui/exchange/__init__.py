"""Notebooks that travel: copies come in and go out, conflicts are settled, a folder is shared, all of it remembered.

Refuses to merge, redact or encrypt by itself: all that is asked of the services, off the window's thread.
"""

from desktop_app.ui.exchange.screen import ExchangeScreen

__all__ = ["ExchangeScreen"]
