"""The calm line under the text: pieces in a row that wraps, perspectives with their marks."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.ui.theme import Appearance, paint_mark
from desktop_app.ui.widgets.capture_box.telling import Piece
from desktop_app.ui.widgets.flow import FlowLayout

MARK = 10
MARK_ROOM = 18
AFTER = 8
"""Room after a piece: across more than between two rows."""
COLORS = {"strong": "text", "muted": "muted", "faint": "faint", "warning": "warning"}


class PieceLabel(QWidget):
    """One piece, painted on the line height of small text."""

    def __init__(self, appearance: Appearance, piece: Piece, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.piece = piece
        self.setAccessibleName(piece.text)
        self.setToolTip(piece.note)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def _small(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(self._appearance.sizes.small)
        if self.piece.role == "strong":
            font.setWeight(QFont.Weight.DemiBold)
        return font

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self._small()).horizontalAdvance(self.piece.text) + AFTER
        return QSize(width + (MARK_ROOM if self.piece.perspective else 0), round(self._appearance.sizes.small * 1.5))

    def minimumSizeHint(self) -> QSize:
        # As wide as a word, so that one long sentence does not widen the window: it is cut with an ellipsis.
        return QSize(min(self.sizeHint().width(), 160), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, piece = self._appearance.theme, self.piece
        painter = QPainter(self)
        box = self.rect()
        if piece.perspective:
            paint_mark(painter, QPointF(MARK / 2 + 1, self.height() / 2), MARK, piece.perspective, theme)
            box.setLeft(MARK_ROOM)
        painter.setFont(self._small())
        painter.setPen(theme.color(COLORS[piece.role]))
        shown = QFontMetrics(self._small()).elidedText(piece.text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.end()


class ToldLine(QWidget):
    """Shows pieces; the same pieces again change nothing."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._pieces: tuple[Piece, ...] = ()
        self._flow = FlowLayout(self, spacing=4)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        appearance.changed.connect(self._draw)

    def pieces(self) -> tuple[Piece, ...]:
        return self._pieces

    def set_pieces(self, pieces: Sequence[Piece]) -> None:
        if tuple(pieces) != self._pieces:
            self._pieces = tuple(pieces)
            self._draw()

    def _draw(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for piece in self._pieces:
            label = PieceLabel(self._appearance, piece, self)
            self._flow.addWidget(label)
            label.show()
        self.setAccessibleName(", ".join(piece.text for piece in self._pieces))
        self.updateGeometry()
