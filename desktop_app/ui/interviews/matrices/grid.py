"""The grid: figures with their heat, heads that stay in sight, totals at the edges, and one cell that is looked at."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop_app.model.matrices import Cell, Heading, Matrix, Measure
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.interviews.matrices.asking import figure, short_label
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets.tips import tip

Index = QModelIndex | QPersistentModelIndex
HEAT_ROLE = Qt.ItemDataRole.UserRole + 1
HEAT = 0.4
"""Opacity of the accent behind the largest figure: the text stays readable on it in both themes."""
LEAST_HEAT = 0.06
LEAST_WIDTH, MOST_WIDTH = 72, 150
"""Of a column; its head is cut where it is wider."""
MEASURED = 200
"""Columns whose heads are measured; further ones are narrow."""
LABEL_WIDTH = 320
LABEL_SHARE = 0.32
EMPTY = Matrix((), (), {}, Measure.COUNT, {}, {})


class _Model(QAbstractTableModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.matrix = EMPTY
        self._most = 0.0

    def replace(self, matrix: Matrix) -> None:
        self.beginResetModel()
        self.matrix = matrix
        shown = {(row, column) for row, _ in matrix.rows for column, _ in matrix.columns}
        self._most = max((cell.value for place, cell in matrix.cells.items() if place in shown), default=0.0)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() or not self.matrix.rows else len(self.matrix.rows) + 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() or not self.matrix.rows else len(self.matrix.columns) + 1

    def heading(self, section: int, orientation: Qt.Orientation) -> Heading | None:
        """The head of a row or column; ``None`` for that of the totals."""
        heads = self.matrix.columns if orientation == Qt.Orientation.Horizontal else self.matrix.rows
        return heads[section] if section < len(heads) else None

    def places(self, index: Index) -> tuple[Heading | None, Heading | None]:
        return (
            self.heading(index.row(), Qt.Orientation.Vertical),
            self.heading(index.column(), Qt.Orientation.Horizontal),
        )

    def value(self, index: Index) -> float:
        row, column = self.places(index)
        if row and column:
            return self.matrix.value(row[0], column[0])
        if row:
            return self.matrix.row_totals.get(row[0], 0.0)
        return self.matrix.column_totals.get(column[0], 0.0) if column else 0.0

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = self.places(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return figure(self.value(index), self.matrix.measure)
        if role == HEAT_ROLE:
            return self.value(index) / self._most if row and column and self._most else 0.0
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole and not (row and column):
            bold = QFont()
            bold.setWeight(QFont.Weight.DemiBold)
            return bold
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self._told(index))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._told(index)
        return None

    def _told(self, index: Index) -> str:
        row, column = self.places(index)
        names = [head[1] if head else tr("total") for head in (row, column)]
        value = figure(self.value(index), self.matrix.measure) or "0"
        return tr("{row}, {column}: {value}", row=names[0], column=names[1], value=value)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        across = orientation == Qt.Orientation.Horizontal
        head = self.heading(section, orientation)
        if role == Qt.ItemDataRole.DisplayRole:
            return (short_label(head[1]) if across else head[1]) if head else tr("Total")
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(head[1]) if head else tr("Total")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if across else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


class _Heat(QStyledItemDelegate):
    def __init__(self, appearance: Appearance, view: QTableView) -> None:
        super().__init__(view)
        self._appearance = appearance

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._appearance.theme
        share = float(index.data(HEAT_ROLE) or 0.0)
        if share:
            opacity = LEAST_HEAT + (HEAT - LEAST_HEAT) * share
            painter.fillRect(option.rect, theme.color("accent", opacity))
            # What is chosen shows by its edge, so that its heat can still be compared.
            option.state &= ~QStyle.StateFlag.State_Selected
        painter.setPen(theme.color("line"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        super().paint(painter, option, index)


class MatrixGrid(QTableView):
    """``cell_chosen(Cell or None, words)`` the cell that is looked at; ``cell_opened()`` Enter or a double click."""

    cell_chosen = Signal(object, str)
    cell_opened = Signal()

    def __init__(self, appearance: Appearance, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "bare")
        self.setAccessibleName(name)
        self._model = _Model(self)
        self.setModel(self._model)
        self.setItemDelegate(_Heat(appearance, self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerWidget(QWidget(self))  # the style's own would draw a size grip
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setTextElideMode(Qt.TextElideMode.ElideRight)
        down.setTextElideMode(Qt.TextElideMode.ElideLeft)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.selectionModel().currentChanged.connect(lambda *_: self._tell())
        self.doubleClicked.connect(lambda _: self.cell_opened.emit())
        appearance.changed.connect(self.viewport().update)

    def set_matrix(self, matrix: Matrix) -> None:
        """Shows it; the same cell stays chosen by its names, or else the first one."""
        row, column = self._model.places(self.currentIndex()) if self.currentIndex().isValid() else (None, None)
        self._model.replace(matrix)
        self._fit_columns()
        rows = [head[0] for head in matrix.rows]
        columns = [head[0] for head in matrix.columns]
        if rows and columns:
            first = self._first_filled(rows, columns)
            at = rows.index(row[0]) if row and row[0] in rows else first[0]
            across = columns.index(column[0]) if column and column[0] in columns else first[1]
            # Seen from its beginning as far as the cell allows.
            self.horizontalScrollBar().setValue(0)
            self.setCurrentIndex(self._model.index(at, across))
        else:
            self.cell_chosen.emit(None, "")

    def _first_filled(self, rows: Sequence[str], columns: Sequence[str]) -> tuple[int, int]:
        at = {row: place for place, row in enumerate(rows)}
        across = {column: place for place, column in enumerate(columns)}
        places = (
            (at[row], across[column])
            for (row, column), cell in self._model.matrix.cells.items()
            if cell.value and row in at and column in across
        )
        return min(places, default=(0, 0))

    def _fit_columns(self) -> None:
        across = self.horizontalHeader()
        for column in range(self._model.columnCount()):
            wanted = across.sectionSizeFromContents(column).width() if column < MEASURED else LEAST_WIDTH
            across.resizeSection(column, min(max(wanted, LEAST_WIDTH), MOST_WIDTH))

    def matrix(self) -> Matrix:
        return self._model.matrix

    def chosen_row(self) -> Heading | None:
        """The row of the cell that is looked at; ``None`` in the totals."""
        return self._model.places(self.currentIndex())[0] if self.currentIndex().isValid() else None

    def text_at(self, row: int, column: int) -> str:
        return str(self._model.index(row, column).data())

    def choose(self, row: str, column: str) -> None:
        rows = [head[0] for head in self._model.matrix.rows]
        columns = [head[0] for head in self._model.matrix.columns]
        self.setCurrentIndex(self._model.index(rows.index(row), columns.index(column)))

    def as_text(self) -> str:
        """The matrix with its totals, tabs between cells: what is pasted into a spreadsheet."""
        matrix = self._model.matrix
        lines = ["\t".join(["", *(label for _, label in matrix.columns), tr("Total")])]
        for at in range(self._model.rowCount()):
            head = self._model.heading(at, Qt.Orientation.Vertical)
            cells = (f"{self._model.value(self._model.index(at, to)):g}" for to in range(self._model.columnCount()))
            lines.append("\t".join([head[1] if head else tr("Total"), *cells]))
        return "\n".join(lines)

    def _tell(self) -> None:
        index = self.currentIndex()
        if not index.isValid():
            return
        row, column = self._model.places(index)
        cell = self._behind(row, column)
        names = " × ".join(head[1] for head in (row, column) if head) or tr("Total")
        words = count_text(len(cell.codings), "{number} coding", "{number} codings")
        self.cell_chosen.emit(cell, f"{names}  ·  {words}")

    def _behind(self, row: Heading | None, column: Heading | None) -> Cell:
        """The cell, or for a total all codings of its row or column, each once."""
        matrix = self._model.matrix
        if row and column:
            return matrix.cells.get((row[0], column[0]), Cell(0.0))
        behind: dict[str, None] = {}
        for (one, other), cell in matrix.cells.items():
            if (not row or one == row[0]) and (not column or other == column[0]):
                behind.update(dict.fromkeys(cell.codings))
        return Cell(0.0, tuple(behind))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.verticalHeader().setMaximumWidth(min(LABEL_WIDTH, round(LABEL_SHARE * self.width())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.cell_opened.emit()
        elif event.text().isprintable() and event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)
