"""Buttons: an icon, a link, and the one that is meant."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from desktop_app.ui.theme import Appearance


class IconButton(QToolButton):
    """An icon with a tooltip that is also its accessible name; give the shortcut as text, it is only shown."""

    def __init__(
        self,
        appearance: Appearance,
        icon: str,
        tooltip: str,
        parent: QWidget | None = None,
        *,
        role: str = "muted",
        shortcut: str = "",
        size: int = 20,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._icon = icon
        self._role = role
        self.setIconSize(QSize(size, size))
        self.setAccessibleName(tooltip)
        self.setToolTip(f"{tooltip}  {shortcut}" if shortcut else tooltip)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        appearance.changed.connect(self._draw)
        self._draw()

    def set_icon(self, icon: str) -> None:
        self._icon = icon
        self._draw()

    def _draw(self) -> None:
        self.setIcon(self._appearance.icon(self._icon, self._role, self.iconSize().width()))


class PrimaryButton(QPushButton):
    """The first step of a place; at most one is seen at a time."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("role", "primary")
        self.setCursor(Qt.CursorShape.PointingHandCursor)


class LinkButton(QPushButton):
    """A button that looks like a link, for steps inside running text and quiet actions."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("role", "link")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
