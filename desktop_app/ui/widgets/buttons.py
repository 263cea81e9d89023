"""Buttons: an icon, a link, and the one that is meant."""

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets.tips import tip


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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def _draw(self) -> None:
        self.setIcon(self._appearance.icon(self._icon, self._role, self.iconSize().width()))


class PrimaryButton(QPushButton):
    """The first step of a place; at most one is seen at a time."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("role", "primary")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(True)  # Enter presses it where it has the focus


class LinkButton(QPushButton):
    """A button that looks like a link, for steps inside running text and quiet actions."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("role", "link")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(True)


def add_buttons(row: QBoxLayout, buttons: Iterable[tuple[QPushButton, str]]) -> None:
    """Puts buttons into a row, each with its words and its key (or none) as tooltip."""
    for button, keys in buttons:
        button.setToolTip(f"{button.text()}  {keys}".strip())
        row.addWidget(button)


class SmallLink(LinkButton):
    """A quiet link in small type that is cut with an ellipsis where there is no room; the tooltip says all of it,
    and ``more`` below. Enter follows it, as Space presses every button.
    """

    def __init__(self, appearance: Appearance, text: str, parent: QWidget | None = None, *, more: str = "") -> None:
        super().__init__(_plain(text), parent)
        font = QFont(self.font())
        font.setPixelSize(appearance.sizes.small)
        self.setFont(font)
        self._whole = text
        self._wanted = super().sizeHint()
        self._more = more
        self.setAccessibleName(text)
        self.setAccessibleDescription(more)
        self.setToolTip(tip(more))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return self._wanted

    def minimumSizeHint(self) -> QSize:
        return QSize(min(48, self._wanted.width()), self._wanted.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        missing = self._wanted.width() - self.width()
        room = self.fontMetrics().horizontalAdvance(self._whole) - missing
        whole = missing <= 0
        shown = self._whole if whole else self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.setText(_plain(shown))
        self.setToolTip(tip("\n".join(filter(None, ("" if whole else self._whole, self._more)))))


def _plain(text: str) -> str:
    """An ampersand would underline the letter behind it, and vanish."""
    return text.replace("&", "&&")
