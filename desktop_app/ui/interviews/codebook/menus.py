"""Menus of codes: the same verbs as the keys and buttons."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

Row = tuple[str, str, Callable[[], object]] | None
"""Words, the key that is shown beside them, what is done; ``None`` is a line between groups."""


def pop_up(parent: QWidget, at: QPoint, rows: Sequence[Row]) -> QMenu:
    """Shows a menu at a point of the screen; it goes away by itself."""
    menu = QMenu(parent)
    for row in rows:
        if row is None:
            menu.addSeparator()
            continue
        words, key, act = row
        # The key is shown only: a shortcut of the menu would be taken from fields beside it.
        action = menu.addAction(f"{words}\t{key}" if key else words)
        action.triggered.connect(lambda _=False, act=act: act())
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(at)
    return menu
