"""The table of figures: its head and the names of its rows stay in sight, each cell explains itself."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from desktop_app.model.agreement import Unit
from desktop_app.ui.i18n import tr
from desktop_app.ui.interviews.agreement.explained import (
    Figure,
    explained,
    interval_words,
    reason,
    shown,
    spoken,
)
from desktop_app.ui.interviews.agreement.rows import FigureRow
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets.tips import tip

Index = QModelIndex | QPersistentModelIndex
SQUARE = 10
ROOM = 10
"""Pixels that a column is wider than its widest figure."""
OPEN, CLOSED = "▾ ", "▸ "
LABEL_WIDTH = 320
"""Most pixels of the names of rows, and"""
LABEL_SHARE = 0.3
"""the most of the whole width."""


class _Model(QAbstractTableModel):
    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.rows: tuple[FigureRow, ...] = ()
        self.figures: tuple[Figure, ...] = ()
        self.unit = Unit.CHARACTER

    def replace(self, rows: Sequence[FigureRow], figures: Sequence[Figure], unit: Unit) -> None:
        self.beginResetModel()
        self.rows, self.figures, self.unit = tuple(rows), tuple(figures), unit
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self.figures)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, figure = self.rows[index.row()], self.figures[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return shown(figure.name, row.figures)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row, figure)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return spoken(figure, row.figures, row.level, row.label)
        if role == Qt.ItemDataRole.ForegroundRole:
            missing = getattr(row.figures, figure.name) is None
            return self._appearance.theme.color("muted" if missing or row.depth else "text")
        return None

    def _tip(self, row: FigureRow, figure: Figure) -> str:
        if getattr(row.figures, figure.name) is None:
            return tr("n/a: {reason}", reason=reason(figure.name, row.figures, row.level))
        return interval_words(row.figures) if figure.name == "interval" else ""

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal:
            return self._column_head(self.figures[section], role)
        row = self.rows[section]
        if role == Qt.ItemDataRole.DisplayRole:
            fold = (OPEN if row.is_open else CLOSED) if row.opens else "      " if row.depth else ""
            return fold + row.label
        if role == Qt.ItemDataRole.DecorationRole and row.colour:
            return self._square(row.colour)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(row.label)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def _column_head(self, figure: Figure, role: int) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return figure.head
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return explained(figure, self.unit)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _square(self, colour: str) -> QPixmap:
        picture = QPixmap(QSize(SQUARE, SQUARE))
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(0, 0, SQUARE, SQUARE, 2, 2)
        painter.end()
        return picture


class _Lined(QStyledItemDelegate):
    """Cells with a hairline below, as the heads have."""

    def __init__(self, appearance: Appearance, view: QTableView) -> None:
        super().__init__(view)
        self._appearance = appearance

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.setPen(self._appearance.theme.color("line"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        super().paint(painter, option, index)


class FiguresTable(QTableView):
    """``row_toggled(id)`` the documents of a row are to be shown or hidden; ``explained(str)`` the line beneath."""

    row_toggled = Signal(str)
    explained = Signal(str)

    def __init__(self, appearance: Appearance, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._model = _Model(appearance, self)
        self.setModel(self._model)
        self.setItemDelegate(_Lined(appearance, self))
        self.setShowGrid(False)
        self.setAlternatingRowColors(False)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerWidget(QWidget(self))  # the style's own would draw a size grip
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setHighlightSections(False)
        down.setHighlightSections(True)
        down.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # the fold at the left, the code's own name at the right
        down.setSectionsClickable(True)
        down.sectionClicked.connect(self._toggle)
        across.sectionClicked.connect(lambda column: self._explain(self._model.index(0, column)))
        self.selectionModel().currentChanged.connect(self._explain)

    def set_rows(self, rows: Sequence[FigureRow], figures: Sequence[Figure], unit: Unit) -> None:
        """Shows these; the cell that was current stays so where it is still there."""
        here = self.currentIndex()
        self._model.replace(rows, figures, unit)
        for at in range(len(figures)):
            head = self.horizontalHeader().sectionSizeFromContents(at).width()
            self.setColumnWidth(at, max(head, self.sizeHintForColumn(at)) + ROOM)
        row, column = min(max(here.row(), 0), len(rows) - 1), min(max(here.column(), 0), len(figures) - 1)
        if row >= 0 and column >= 0:
            self.setCurrentIndex(self._model.index(row, column))

    def rows(self) -> tuple[FigureRow, ...]:
        return self._model.rows

    def figures(self) -> tuple[Figure, ...]:
        return self._model.figures

    def text_of(self, row: int, name: str) -> str:
        """What stands in a row under a figure."""
        column = next(at for at, figure in enumerate(self._model.figures) if figure.name == name)
        return str(self._model.index(row, column).data())

    def as_text(self) -> str:
        """The table as it is shown, with tabs between cells: what is pasted into a spreadsheet."""
        lines = ["\t".join(["", *(figure.title for figure in self._model.figures)])]
        for row in self._model.rows:
            cells = (shown(figure.name, row.figures) for figure in self._model.figures)
            lines.append("\t".join([row.label, *cells]))
        return "\n".join(lines)

    def _toggle(self, section: int) -> None:
        row = self._model.rows[section]
        if row.opens:
            self.row_toggled.emit(row.id)

    def _explain(self, index: QModelIndex) -> None:
        if index.isValid():
            row, figure = self._model.rows[index.row()], self._model.figures[index.column()]
            words = explained(figure, self._model.unit)
            if getattr(row.figures, figure.name) is None:
                words += " " + tr("n/a here: {reason}.", reason=reason(figure.name, row.figures, row.level))
            self.explained.emit(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.verticalHeader().setMaximumWidth(min(LABEL_WIDTH, round(LABEL_SHARE * self.width())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.currentIndex().isValid():
            self._toggle(self.currentIndex().row())
        elif event.text().isprintable() and event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)
