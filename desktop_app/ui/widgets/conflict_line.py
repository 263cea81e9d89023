"""The line where an item is read that several people gave different values."""

from PySide6.QtWidgets import QWidget

from desktop_app.ui.i18n import count_text
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets.buttons import LinkButton


class ConflictLine(LinkButton):
    """A link that leads to where it is settled; hidden where nothing waits (``count`` is of fields)."""

    def __init__(self, appearance: Appearance, count: int, parent: QWidget) -> None:
        words = count_text(
            count,
            "Several people changed this apart from each other; settle it",
            "Several people changed this apart from each other in {number} places; settle it",
        )
        super().__init__(words, parent)
        self.setProperty("small", True)
        self._appearance = appearance
        appearance.changed.connect(self._draw)
        self._draw()
        self.setVisible(bool(count))

    def _draw(self) -> None:
        self.setIcon(self._appearance.icon("warning", "warning", 16))
