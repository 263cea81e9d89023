"""Help: the manual, page by page, with a search of its own.

Refuses to say what another table says already: keys, settings and search fields are set from their tables.
"""

from desktop_app.ui.help.screen import HelpScreen
from desktop_app.ui.help.tables import KeyRow

__all__ = ["HelpScreen", "KeyRow"]
