"""Browse: search, the numbers of the same weeks, the hits and the entry that is read or edited in place.

Draws and listens; every read and change goes through ``ui.ops`` to the services.
"""

from desktop_app.ui.browse.screen import BrowseScreen

__all__ = ["BrowseScreen"]
