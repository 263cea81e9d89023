"""Keys of one screen: they work while the focus is anywhere in it."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def add_shortcuts(widget: QWidget, shortcuts: Iterable[tuple[str, Callable[[], None]]]) -> None:
    """Each is the keys, as in ``Ctrl+S``, and what is called when they are pressed."""
    for keys, call in shortcuts:
        shortcut = QShortcut(QKeySequence(keys), widget)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(call)
