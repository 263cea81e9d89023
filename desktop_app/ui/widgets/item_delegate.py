"""What the items of all painted lists have in common to look at: letters, grounds, frames, lines that are cut."""

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop_app.ui.theme import CORNER, Appearance

Index = QModelIndex | QPersistentModelIndex
ITEM_ROLE = Qt.ItemDataRole.UserRole + 1
ROW_CORNER = 6


class ItemDelegate(QStyledItemDelegate):
    """Subclasses write ``sizeHint`` and ``paint``."""

    def __init__(self, appearance: Appearance, view: QListView) -> None:
        super().__init__(view)
        self._appearance = appearance
        self._view = view

    def font(self, size: int, *, bold: bool = False) -> QFont:
        """The view's own, ``size`` pixels high."""
        font = QFont(self._view.font())
        font.setPixelSize(size)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font

    def paint_ground(self, painter: QPainter, box: QRectF, *, chosen: bool, hovered: bool) -> None:
        """Behind a row that is chosen or under the pointer."""
        theme = self._appearance.theme
        if chosen or hovered:
            focused = chosen and self._view.hasFocus()
            painter.setPen(QPen(theme.color("accent"), 1.25) if focused else Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent_ground" if chosen else "hover"))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), ROW_CORNER, ROW_CORNER)

    def paint_frame(self, painter: QPainter, box: QRectF, *, chosen: bool, hovered: bool) -> None:
        """The frame of a card."""
        theme = self._appearance.theme
        edge = "accent" if chosen else "line_strong" if hovered else "line"
        painter.setBrush(theme.color("accent_ground" if chosen else "surface"))
        painter.setPen(QPen(theme.color(edge), 1.75 if chosen and self._view.hasFocus() else 1.0))
        painter.drawRoundedRect(box, CORNER, CORNER)

    def paint_line(self, painter: QPainter, box: QRectF, text: str, font: QFont, role: str) -> None:
        """One line in a colour of the theme, cut with “…” where the room ends."""
        painter.setFont(font)
        painter.setPen(self._appearance.theme.color(role))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    @staticmethod
    def lay_out(
        text: str,
        font: QFont,
        marked: Iterable[tuple[int, int]],
        look: QTextCharFormat,
        *,
        width: float,
        line_height: float,
        most: int,
    ) -> QTextLayout:
        """Words in at most ``most`` lines of ``width`` pixels; ``marked`` are UTF-16 ranges with a look of theirs."""
        layout = QTextLayout(text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        ranges = []
        for start, end in marked:
            part = QTextLayout.FormatRange()
            part.start, part.length, part.format = start, end - start, look
            ranges.append(part)
        layout.setFormats(ranges)
        layout.beginLayout()
        for number in range(most):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            line.setPosition(QPointF(0, number * line_height))
        layout.endLayout()
        return layout

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        raise NotImplementedError("items are not edited in the list")
