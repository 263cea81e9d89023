"""Keys of one screen: they work while the focus is anywhere in it, and go from pane to pane."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def add_shortcuts(widget: QWidget, shortcuts: Iterable[tuple[str, Callable[[], None]]]) -> None:
    """Each is the keys, as in ``Ctrl+S``, and what is called when they are pressed."""
    for keys, call in shortcuts:
        shortcut = QShortcut(QKeySequence(keys), widget)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(call)


def focus_next(panes: Sequence[QWidget]) -> None:
    """Gives the focus to the pane after the one that has it, to the first where none has it."""
    here = next((at for at, pane in enumerate(panes) if pane.hasFocus()), -1)
    panes[(here + 1) % len(panes)].setFocus(Qt.FocusReason.ShortcutFocusReason)
