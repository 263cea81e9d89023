"""A dense list of rows under headings: names to choose from, where cards would be too much.

Rows may stand in groups that fold. The list keeps the chosen row when it is filled again. Refuses to sort or filter:
whoever fills it has done that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop_app.ui.i18n import tr
from desktop_app.ui.theme import Appearance

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
LEFT = 12
RIGHT = 12
STEP = 16
"""How far a level is indented."""
CORNER = 6


@dataclass(frozen=True, slots=True)
class Row:
    """One row. ``section`` is a heading that cannot be chosen, ``fold`` opens and closes the rows below it.

    ``meta`` is a second line, ``aside`` stands at the right of the first.
    """

    id: str
    heading: str
    meta: str = ""
    aside: str = ""
    kind: Literal["item", "section", "fold"] = "item"
    level: int = 0
    open: bool = False

    @property
    def spoken(self) -> str:
        """The row as a screen reader says it."""
        state = (tr("open") if self.open else tr("closed")) if self.kind == "fold" else ""
        return ". ".join(part for part in (self.heading, self.meta, self.aside, state) if part)


class _Rows(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        answers = {
            int(ROW_ROLE): row,
            int(Qt.ItemDataRole.DisplayRole): row.heading,
            int(Qt.ItemDataRole.AccessibleTextRole): row.spoken,
        }
        return answers.get(int(role))

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.rows[index.row()].kind == "section":
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def replace(self, rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()


class RowList(QListView):
    """``row_chosen(id)`` when the current row changes, ``row_opened(id)`` on Enter, ``fold_toggled(id)`` by a click,
    Enter, Right or Left on a fold, ``left_upwards()`` on Up in the first row."""

    row_chosen = Signal(str)
    row_opened = Signal(str)
    fold_toggled = Signal(str)
    left_upwards = Signal()

    def __init__(self, appearance: Appearance, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bare")
        self.setAccessibleName(name)
        self._rows = _Rows(self)
        self._quiet = False
        self.setModel(self._rows)
        self.setItemDelegate(_RowDelegate(appearance, self))
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.verticalScrollBar().setSingleStep(24)
        self.selectionModel().currentChanged.connect(self._current_changed)
        appearance.changed.connect(self.doItemsLayout)

    # --- rows --------------------------------------------------------------------------------------------------------

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Shows these rows; the chosen one stays chosen, without a signal, where it is still there."""
        if tuple(rows) == self.rows():
            return
        kept = self.current_id()
        at = self.verticalScrollBar().value()
        self._quiet = True
        try:
            self._rows.replace(rows)
            if kept and self.choose(kept):
                self.verticalScrollBar().setValue(at)
        finally:
            self._quiet = False

    def rows(self) -> tuple[Row, ...]:
        return tuple(self._rows.rows)

    def current_row(self) -> Row | None:
        index = self.currentIndex()
        return self._rows.rows[index.row()] if index.isValid() else None

    def current_id(self) -> str:
        row = self.current_row()
        return row.id if row else ""

    def choose(self, row_id: str) -> bool:
        """Makes that row the current one and scrolls to it; false where there is none."""
        for at, row in enumerate(self._rows.rows):
            if row.id == row_id and row.kind != "section":
                index = self._rows.index(at, 0)
                self.setCurrentIndex(index)
                self.scrollTo(index)
                return True
        return False

    def choose_quietly(self, row_id: str) -> bool:
        """As :meth:`choose`, without a signal."""
        self._quiet = True
        try:
            return self.choose(row_id)
        finally:
            self._quiet = False

    def choose_first(self) -> None:
        """The first row that is neither a heading nor a fold, else the first fold."""
        for kind in ("item", "fold"):
            for row in self._rows.rows:
                if row.kind == kind:
                    self.choose(row.id)
                    return

    # --- events ------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.current_row()
        key = event.key()
        if row and row.kind == "fold" and self._toggles(key, row):
            self.fold_toggled.emit(row.id)
        elif row and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.row_opened.emit(row.id)
        elif event.text().isprintable() and event.text().strip():
            # Letters are the screen's shortcuts (E edits), not a search by first letter.
            event.ignore()
        elif key == Qt.Key.Key_Up and self._is_first():
            self.left_upwards.emit()
        else:
            super().keyPressEvent(event)

    def _toggles(self, key: int, row: Row) -> bool:
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            return True
        return key == (Qt.Key.Key_Left if row.open else Qt.Key.Key_Right)

    def _is_first(self) -> bool:
        above = self._rows.rows[: max(self.currentIndex().row(), 0)]
        return all(row.kind == "section" for row in above)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            row = self._rows.rows[index.row()]
            if row.kind == "fold":
                self.fold_toggled.emit(row.id)

    def _current_changed(self, current: QModelIndex) -> None:
        if current.isValid() and not self._quiet:
            self.row_chosen.emit(self._rows.rows[current.row()].id)


class _RowDelegate(QStyledItemDelegate):
    def __init__(self, appearance: Appearance, view: QListView) -> None:
        super().__init__(view)
        self._appearance = appearance
        self._view = view

    def _font(self, size: int, *, bold: bool = False) -> QFont:
        font = QFont(self._view.font())
        font.setPixelSize(size)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: Row = index.data(ROW_ROLE)
        sizes = self._appearance.sizes
        if row.kind == "section":
            return QSize(80, round(sizes.tiny * 1.5) + (18 if index.row() else 8))
        height = round(sizes.body * 1.5) + 10
        return QSize(80, height + (round(sizes.small * 1.5) if row.meta else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ROW_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect)
        if row.kind == "section":
            self._paint_section(painter, box, row)
        else:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
            self._paint_ground(painter, box, chosen=chosen, hovered=hovered)
            self._paint_row(painter, box, row, chosen=chosen)
        painter.restore()

    def _paint_section(self, painter: QPainter, box: QRectF, row: Row) -> None:
        font = self._font(self._appearance.sizes.tiny)
        area = box.adjusted(LEFT, 0, -RIGHT, -4)
        align = Qt.AlignmentFlag.AlignBottom
        painter.setFont(font)
        painter.setPen(self._appearance.theme.color("muted_strong"))
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | align, row.heading.upper())

    def _paint_ground(self, painter: QPainter, box: QRectF, *, chosen: bool, hovered: bool) -> None:
        theme = self._appearance.theme
        if not chosen and not hovered:
            return
        focused = chosen and self._view.hasFocus()
        painter.setPen(QPen(theme.color("accent"), 1.25) if focused else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent_ground" if chosen else "hover"))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), CORNER, CORNER)

    def _paint_row(self, painter: QPainter, box: QRectF, row: Row, *, chosen: bool) -> None:
        theme, sizes = self._appearance.theme, self._appearance.sizes
        left = box.left() + LEFT + STEP * row.level
        if row.kind == "fold":
            self._paint_chevron(painter, QPointF(left + 3, box.top() + box.height() / 2), row)
            left += STEP
        line = round(sizes.body * 1.5)
        top = QRectF(left, box.top() + 5, box.right() - RIGHT - left, line)
        second = "muted_strong" if chosen else "muted"
        small = self._font(sizes.small)
        if row.aside:
            painter.setFont(small)
            painter.setPen(theme.color(second))
            painter.drawText(top, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, row.aside)
            top.setRight(top.right() - QFontMetrics(small).horizontalAdvance(row.aside) - 12)
        font = self._font(sizes.body, bold=chosen)
        self._line(painter, top, row.heading, font, "muted_strong" if row.kind == "fold" else "text")
        if row.meta:
            below = QRectF(left, box.top() + 5 + line, box.right() - RIGHT - left, round(sizes.small * 1.5))
            self._line(painter, below, row.meta, small, second)

    def _paint_chevron(self, painter: QPainter, centre: QPointF, row: Row) -> None:
        painter.setPen(QPen(self._appearance.theme.color("muted"), 1.5))
        x, y = centre.x(), centre.y()
        points = [(-3, -1.5), (0, 1.5), (3, -1.5)] if row.open else [(-1.5, -3), (1.5, 0), (-1.5, 3)]
        painter.drawPolyline([QPointF(x + dx, y + dy) for dx, dy in points])

    def _line(self, painter: QPainter, box: QRectF, text: str, font: QFont, role: str) -> None:
        painter.setFont(font)
        painter.setPen(self._appearance.theme.color(role))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
