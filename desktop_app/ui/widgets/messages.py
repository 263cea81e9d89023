"""What is said in place: no dialog for what a strip can say."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from desktop_app.model.errors import KnownError
from desktop_app.ui.i18n import error_sentence, tr
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets.buttons import IconButton, LinkButton

Level = Literal["info", "warning", "error"]

ICONS: dict[Level, tuple[str, str]] = {
    "info": ("info", "accent"),
    "warning": ("warning", "warning"),
    "error": ("warning", "error"),
}


class InlineMessage(QFrame):
    """A strip with one message, an optional action and a cross. Hidden until it has something to say."""

    dismissed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "message")
        self._appearance = appearance
        self._level: Level = "info"
        self._on_action: Callable[[], None] | None = None
        self._details = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(8)
        self._icon = QLabel(self)
        self._icon.setFixedWidth(20)
        self._text = QLabel(self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._action = LinkButton("", self)
        self._action.clicked.connect(self._act)
        self._copy = LinkButton(tr("Copy the report"), self)
        self._copy.clicked.connect(self._copy_details)
        self._cross = IconButton(appearance, "close", tr("Dismiss"), self, size=16)
        self._cross.clicked.connect(self.dismiss)
        for widget in (self._icon, self._text, self._action, self._copy, self._cross):
            row.addWidget(widget, 1 if widget is self._text else 0)
        appearance.changed.connect(self._draw)
        self.hide()

    def say(
        self,
        text: str,
        level: Level = "info",
        *,
        action: str = "",
        on_action: Callable[[], None] | None = None,
        details: str = "",
        keep: bool = False,
    ) -> None:
        """Shows ``text``. ``details`` can be copied; ``keep`` hides the cross: true until it is mended."""
        self._level = level
        self._on_action = on_action
        self._details = details
        self._text.setText(text)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self._copy.setVisible(bool(details))
        self._cross.setVisible(not keep)
        self._draw()
        self.setAccessibleName(text)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def say_error(self, error: KnownError, *, action: str = "", on_action: Callable[[], None] | None = None) -> None:
        """Shows a known error's sentence."""
        self.say(error_sentence(error), "error", action=action, on_action=on_action)

    def text(self) -> str:
        """What is being said; empty when nothing is."""
        return self._text.text() if not self.isHidden() else ""

    def dismiss(self) -> None:
        if not self.isHidden():
            self.hide()
            self.dismissed.emit()

    def _act(self) -> None:
        action = self._on_action
        self.dismiss()
        if action:
            action()

    def _copy_details(self) -> None:
        QApplication.clipboard().setText(self._details)

    def _draw(self) -> None:
        self.setProperty("level", self._level)
        self.style().unpolish(self)
        self.style().polish(self)
        name, role = ICONS[self._level]
        self._icon.setPixmap(self._appearance.pixmap(name, 20, role, self.devicePixelRatioF()))
