"""What every page of the Exchange screen is."""

from PySide6.QtCore import Signal

from desktop_app.ui.widgets.paged import TabPage


class Page(TabPage):
    """Requests beside those of every page: ``conflict_requested(item id)`` (empty: any) settles a conflict,
    ``item_requested(kind, id)`` opens an item where it is read."""

    conflict_requested = Signal(str)
    item_requested = Signal(str, str)
