"""Long work in one line: what it is, how far it is, and a way to stop it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from desktop_app.ui.i18n import tr
from desktop_app.ui.widgets.buttons import LinkButton
from desktop_app.ui.widgets.labels import ElidedLabel


class ProgressStrip(QWidget):
    """Hidden until :meth:`begin`. ``stop_requested`` once per work; the strip then says that it is stopping."""

    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self._label = ElidedLabel(parent=self, role="muted")
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(160)
        self._bar.setRange(0, 1000)
        self._stop = LinkButton(tr("Stop"), self)
        self._stop.setProperty("small", True)
        self._stop.clicked.connect(self._ask_to_stop)
        row.addWidget(self._label, 1)
        row.addWidget(self._bar)
        row.addWidget(self._stop)
        self._title = ""
        self.hide()

    def begin(self, title: str, *, can_stop: bool = True) -> None:
        self._title = title
        self._label.set_text(title)
        self._bar.setAccessibleName(title)
        self._bar.setRange(0, 0)
        self._stop.setVisible(can_stop)
        self._stop.setEnabled(True)
        self.show()

    def progress(self, share: float, text: str = "") -> None:
        """``share`` from 0 to 1; ``text`` is added to the title."""
        self._bar.setRange(0, 1000)
        self._bar.setValue(round(1000 * min(max(share, 0.0), 1.0)))
        self._label.set_text(f"{self._title} · {text}" if text else self._title)

    def finish(self) -> None:
        self.hide()

    def _ask_to_stop(self) -> None:
        self._stop.setEnabled(False)
        self._label.set_text(tr("Stopping…"))
        self.stop_requested.emit()
