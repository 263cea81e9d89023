"""Labels by role."""

import re
from html import escape

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from desktop_app.ui.theme import Appearance, paint_mark
from desktop_app.ui.widgets.tips import tip

_UNBROKEN = re.compile(r"(\S{32})(?=\S)")
LINE_PERCENT = 128
"""Of the font's own line spacing, which is about 1.17 of its size: together 1.5."""


class _RoleLabel(QLabel):
    ROLE = ""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, wrap: bool = False) -> None:
        super().__init__(parent)
        self._words = ""
        self.setProperty("role", self.ROLE)
        self.setTextFormat(Qt.TextFormat.RichText if wrap else Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setText(text)

    def text(self) -> str:
        """The words as they were given."""
        return self._words

    def setText(self, text: str) -> None:
        """Wrapped text gets the line height of running text, which a QLabel only knows in rich text."""
        self._words = text
        if self.wordWrap() and text:
            # A word that is longer than the line would be cut off.
            shown = escape(_UNBROKEN.sub("\\1\N{ZERO WIDTH SPACE}", text)).replace("\n", "<br>")
            super().setText(f'<div style="line-height:{LINE_PERCENT}%">{shown}</div>')
            self.setAccessibleName(text)
        else:
            super().setText(text)


class TitleLabel(_RoleLabel):
    """The name of a screen or of what is read."""

    ROLE = "title"


class HeadingLabel(_RoleLabel):
    ROLE = "heading"


class TextLabel(_RoleLabel):
    """Running text at body size."""


class StrongLabel(_RoleLabel):
    """Body size, bold."""

    ROLE = "strong"


class MutedLabel(_RoleLabel):
    """Second lines."""

    ROLE = "muted"


class FaintLabel(_RoleLabel):
    """Third lines."""

    ROLE = "faint"


class SectionLabel(_RoleLabel):
    """A small heading over a group, in capitals: give it the word as it is."""

    ROLE = "section"

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text.upper(), parent)
        self.setAccessibleName(text)


class KeyHint(FaintLabel):
    """Keys and what they do, such as ``Ctrl+N write · E edit``; where it wraps, a key stays with its words."""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, wrap: bool = False) -> None:
        super().__init__(_kept_together(text), parent, wrap=wrap)


def _kept_together(text: str) -> str:
    """With spaces that break no line but around the dots."""
    return " · ".join(part.replace(" ", "\N{NO-BREAK SPACE}") for part in text.split(" · "))


class ElidedLabel(QLabel):
    """One line that is cut with an ellipsis where it does not fit; the whole text is then its tooltip."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        role: str = "",
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._mode = mode
        self._whole = ""
        self.set_text(text)

    def set_text(self, text: str) -> None:
        self._whole = " ".join(text.split())
        self.setAccessibleName(self._whole)
        self._elide()
        self.updateGeometry()

    def whole_text(self) -> str:
        return self._whole

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self._whole) + 2, metrics.height() + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(24, QFontMetrics(self.font()).height() + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        shown = QFontMetrics(self.font()).elidedText(self._whole, self._mode, max(self.width(), 24))
        self.setText(shown)
        self.setToolTip(tip(self._whole) if shown != self._whole else "")


class _Mark(QWidget):
    def __init__(self, appearance: Appearance, perspective: str, size: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._perspective = perspective
        self._size = size
        self.setFixedSize(size + 6, size + 6)
        appearance.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        centre = QPointF(self.width() / 2, self.height() / 2)
        paint_mark(painter, centre, self._size, self._perspective, self._appearance.theme)
        painter.end()


class MarkLabel(QWidget):
    """A perspective's mark and its name. An unknown term gets the neutral ring and its id."""

    def __init__(
        self, appearance: Appearance, perspective: str, name: str, parent: QWidget | None = None, *, size: int = 12
    ) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(_Mark(appearance, perspective, size, self))
        label = QLabel(name, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        row.addWidget(label)
        row.addStretch()
        self.setAccessibleName(name)
