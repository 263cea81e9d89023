"""The calm line below the screen: what was done last and how to take it back, and work in the background."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop_app.ui.ops import Operations
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets import ElidedLabel, LinkButton, ProgressStrip

HEIGHT = 24
SHOWN_MILLISECONDS = 30_000
LONG_MILLISECONDS = 400


class StatusLine(QWidget):
    """``say`` shows a sentence with an optional link. Long work appears once it has taken a moment."""

    acted = Signal()

    def __init__(self, appearance: Appearance, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._operations = operations
        self._on_action: Callable[[], None] | None = None
        self._works: dict[str, tuple[float, str]] = {}
        self.setFixedHeight(HEIGHT)
        # Over a screen that scrolls to the window's edge the words need a ground of their own.
        self.setProperty("role", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(8)
        self._text = ElidedLabel(parent=self, role="muted")
        self._text.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._link = LinkButton("", self)
        self._link.setProperty("small", True)
        self._link.clicked.connect(self._act)
        self._link.hide()
        self.strip = ProgressStrip(self)
        self.strip.setMaximumWidth(520)
        self.strip.stop_requested.connect(self._stop)
        row.addWidget(self._text)
        row.addWidget(self._link)
        row.addStretch(1)
        row.addWidget(self.strip, 1)
        self._clear = QTimer(self)
        self._clear.setSingleShot(True)
        self._clear.setInterval(SHOWN_MILLISECONDS)
        self._clear.timeout.connect(lambda: self.say(""))
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(LONG_MILLISECONDS)
        self._late.timeout.connect(self._show_work)
        self.hide()
        operations.started.connect(self._started)
        operations.progressed.connect(self._progressed)
        operations.ended.connect(self._ended)

    def say(self, text: str, action: str = "", on_action: Callable[[], None] | None = None) -> None:
        self._text.set_text(text)
        self._link.setText(action)
        self._link.setVisible(bool(action))
        self._show_or_hide()
        self._on_action = on_action
        if text:
            self._clear.start()
        else:
            self._clear.stop()

    def text(self) -> str:
        return self._text.whole_text()

    def close_down(self) -> None:
        self._clear.stop()
        self._late.stop()

    def _show_or_hide(self) -> None:
        """Hidden while it has nothing to say, so that it is in nobody's way."""
        self.setVisible(bool(self.text()) or not self.strip.isHidden())
        self.raise_()

    def _act(self) -> None:
        if self._on_action:
            self._on_action()

    # --- long work --------------------------------------------------------------------------------------------------

    def _started(self, label: str) -> None:
        self._works[label] = (0.0, "")
        if self.strip.isHidden():
            self._late.start()

    def _progressed(self, label: str, share: float, text: str) -> None:
        if label in self._works:
            self._works[label] = (share, text)
            if not self.strip.isHidden() and label == next(reversed(self._works)):
                self.strip.progress(share, text)

    def _ended(self, label: str) -> None:
        self._works.pop(label, None)
        if not self._works:
            self._late.stop()
            self.strip.finish()
            self._show_or_hide()
        elif not self.strip.isHidden():
            self._show_work()

    def _show_work(self) -> None:
        if self._works:
            label, (share, text) = next(reversed(self._works.items()))
            self.strip.begin(label)
            if share:
                self.strip.progress(share, text)
            self._show_or_hide()

    def _stop(self) -> None:
        if self._works:
            self._operations.stop(next(reversed(self._works)))
