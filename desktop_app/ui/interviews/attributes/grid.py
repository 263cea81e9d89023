"""The grid of values, edited in place: F2 or typing begins, Enter goes down, Tab to the right, blocks are pasted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QCompleter,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop_app.model.attributes import Value, Variable, VariableType, shown
from desktop_app.model.errors import Invalid
from desktop_app.ui.i18n import count_text
from desktop_app.ui.interviews.attributes.reads import Cases, block_of, cells_of, type_words
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets.tips import tip

Index = QModelIndex | QPersistentModelIndex
LABEL_WIDTH = 320
LABEL_SHARE = 0.35
LEAST_WIDTH, MOST_WIDTH = 96, 240
MOST_KNOWN = 200
"""Values that are completed while typing."""


@dataclass(frozen=True, slots=True)
class Refused:
    """What was typed and is no value of its variable, with the sentence that says why."""

    text: str
    sentence: str


class _Model(QAbstractTableModel):
    """``typed(item, variable, text)`` a value that its variable takes; ``refused(str)`` the sentence of one it does
    not, which stays in its cell until it is mended."""

    typed = Signal(str, str, str)
    refused = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.items: tuple[tuple[str, str], ...] = ()
        self.variables: tuple[Variable, ...] = ()
        self.values: dict[str, Mapping[str, Value]] = {}
        self.wrong: dict[tuple[str, str], Refused] = {}

    def replace(self, items: Sequence[tuple[str, str]], cases: Cases) -> None:
        self.beginResetModel()
        self.items, self.variables = tuple(items), cases.variables
        self.values = dict(cases.values)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self.items)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self.variables)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def place(self, index: Index) -> tuple[str, str]:
        """Ids of the row's item and the column's variable."""
        return self.items[index.row()][0], self.variables[index.column()].id

    def text(self, index: Index) -> str:
        item, variable = self.place(index)
        wrong = self.wrong.get((item, variable))
        return wrong.text if wrong else shown(self.values.get(item, {}).get(variable))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.text(index)
        wrong = self.wrong.get(self.place(index))
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(wrong.sentence) if wrong else None
        if role == Qt.ItemDataRole.ForegroundRole and wrong:
            return self._appearance.theme.color("error")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            told = f"{self.items[index.row()][1]}, {self.variables[index.column()].fields.name}: {self.text(index)}"
            return f"{told}. {wrong.sentence}" if wrong else told
        if role == Qt.ItemDataRole.TextAlignmentRole:
            number = self.variables[index.column()].fields.type in (VariableType.INTEGER, VariableType.NUMBER)
            side = Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Vertical:
            name = self.items[section][1]
            if role == Qt.ItemDataRole.ToolTipRole:
                return tip(name)
            return name if role == Qt.ItemDataRole.DisplayRole else None
        fields = self.variables[section].fields
        if role == Qt.ItemDataRole.DisplayRole:
            return fields.name
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            told = " · ".join(part for part in (fields.name, type_words(fields.type), fields.description) if part)
            return tip(told) if role == Qt.ItemDataRole.ToolTipRole else told
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or str(value) == self.text(index):
            return False
        item, variable = self.place(index)
        typed = str(value)
        try:
            taken = self.variables[index.column()].fields.value(typed) if typed.strip() else None
        except Invalid as error:
            self.wrong[item, variable] = Refused(typed, str(error))
            self.dataChanged.emit(index, index)
            self.refused.emit(str(error))
            return True
        self.wrong.pop((item, variable), None)
        kept = {key: other for key, other in self.values.get(item, {}).items() if key != variable}
        self.values[item] = kept if taken is None else {**kept, variable: taken}
        self.dataChanged.emit(index, index)
        self.typed.emit(item, variable, typed)
        return True


class _Editing(QStyledItemDelegate):
    """Enter and Tab keep what is typed and go on; Esc leaves it."""

    moved = Signal(int, int)

    def __init__(self, view: QTableView, model: _Model) -> None:
        super().__init__(view)
        self._model = model

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        line = QLineEdit(parent)
        variable = self._model.variables[index.column()]
        line.setAccessibleName(variable.fields.name)
        line.setPlaceholderText(type_words(variable.fields.type))
        known = (
            variable.fields.choices
            or sorted({text for values in self._model.values.values() if (text := shown(values.get(variable.id)))})[
                :MOST_KNOWN
            ]
        )
        completer = QCompleter(list(known), line)
        completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        line.setCompleter(completer)
        return line

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        model.setData(index, cast(QLineEdit, editor).text())

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(editor, QLineEdit):
            steps = {
                Qt.Key.Key_Return: (1, 0),
                Qt.Key.Key_Enter: (1, 0),
                Qt.Key.Key_Tab: (0, 1),
                Qt.Key.Key_Backtab: (0, -1),
            }
            step = steps.get(Qt.Key(event.key()))
            if step is not None:
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
                self.moved.emit(*step)
                return True
        return super().eventFilter(editor, event)


class AttributeGrid(QTableView):
    """``typed(item, variable, text)`` one value; ``given(cells, words)`` several as (item, variable, text), and what to
    call it; ``refused(str)`` a sentence; ``column_chosen(variable id)``."""

    typed = Signal(str, str, str)
    given = Signal(list, str)
    refused = Signal(str)
    column_chosen = Signal(str)

    def __init__(self, appearance: Appearance, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "bare")
        self.setAccessibleName(name)
        self._model = _Model(appearance, self)
        self.setModel(self._model)
        editing = _Editing(self, self._model)
        editing.moved.connect(self._move)
        self.setItemDelegate(editing)
        self.setWordWrap(False)
        self.setCornerWidget(QWidget(self))  # the style's own would draw a size grip
        self.setSelectionMode(QTableView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(
            QTableView.EditTrigger.AnyKeyPressed
            | QTableView.EditTrigger.EditKeyPressed
            | QTableView.EditTrigger.DoubleClicked
        )
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setTextElideMode(Qt.TextElideMode.ElideRight)
        across.setHighlightSections(False)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._later: tuple[Sequence[tuple[str, str]], Cases] | None = None
        self._model.typed.connect(self.typed)
        self._model.refused.connect(self.refused)
        self.selectionModel().currentChanged.connect(lambda *_: self.column_chosen.emit(self.current_variable()))

    # --- what is shown -----------------------------------------------------------------------------------------------

    def set_cases(self, items: Sequence[tuple[str, str]], cases: Cases) -> None:
        """Shows these rows, once nothing is being typed; the cell that was current stays so, by its row and column."""
        if self.state() == QTableView.State.EditingState:
            self._later = (items, cases)
            return
        self._later = None
        index = self.currentIndex()
        here = self._model.place(index) if index.isValid() else ("", "")
        widths = {one.id: self.columnWidth(at) for at, one in enumerate(self._model.variables)}
        self._model.replace(items, cases)
        for at, variable in enumerate(cases.variables):
            wanted = widths.get(variable.id) or self.sizeHintForColumn(at) + 24
            head = self.horizontalHeader().sectionSizeFromContents(at).width()
            self.setColumnWidth(at, min(max(wanted, head, LEAST_WIDTH), MOST_WIDTH))
        rows, columns = [item for item, _ in items], [one.id for one in cases.variables]
        if rows and columns:
            row = rows.index(here[0]) if here[0] in rows else 0
            column = columns.index(here[1]) if here[1] in columns else 0
            self.setCurrentIndex(self._model.index(row, column))

    def closeEditor(self, editor: QWidget, hint: QStyledItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        if self._later is not None:
            self.set_cases(*self._later)

    def current_variable(self) -> str:
        index = self.currentIndex()
        return self._model.place(index)[1] if index.isValid() else ""

    def text_at(self, row: int, column: int) -> str:
        return self._model.text(self._model.index(row, column))

    def go_to_variable(self, variable: str) -> None:
        columns = [one.id for one in self._model.variables]
        if variable in columns and self._model.items:
            row = max(self.currentIndex().row(), 0)
            self.setCurrentIndex(self._model.index(row, columns.index(variable)))

    # --- blocks ------------------------------------------------------------------------------------------------------

    def _chosen(self) -> list[QModelIndex]:
        found = self.selectionModel().selectedIndexes()
        return sorted(found, key=lambda index: (index.row(), index.column()))

    def copy(self) -> None:
        """Copies what is selected, as a block for a spreadsheet."""
        rows: dict[int, list[str]] = {}
        for index in self._chosen():
            rows.setdefault(index.row(), []).append(self._model.text(index))
        if rows:
            QGuiApplication.clipboard().setText(block_of(list(rows.values())))

    def paste(self) -> None:
        """Puts a block from a spreadsheet here; one value fills all that is selected."""
        block = cells_of(QGuiApplication.clipboard().text())
        chosen = self._chosen()
        if not block or not chosen:
            return
        if len(block) == 1 and len(block[0]) == 1:
            self._give([(index, block[0][0]) for index in chosen])
            return
        first = chosen[0]
        cells: list[tuple[QModelIndex, str]] = []
        beyond = 0
        for down, row in enumerate(block):
            for across, text in enumerate(row):
                index = self._model.index(first.row() + down, first.column() + across)
                if index.isValid():
                    cells.append((index, text))
                else:
                    beyond += 1
        self._give(cells)
        if beyond:
            self.refused.emit(
                count_text(
                    beyond, "{number} value did not fit into the grid.", "{number} values did not fit into the grid."
                )
            )

    def clear_chosen(self) -> None:
        self._give([(index, "") for index in self._chosen() if self._model.text(index)])

    def _give(self, cells: Sequence[tuple[QModelIndex, str]]) -> None:
        if cells:
            words = count_text(len(cells), "Set {number} value", "Set {number} values")
            given = [(*self._model.place(index), text) for index, text in cells]
            for item, variable, _ in given:
                self._model.wrong.pop((item, variable), None)
            self.given.emit(given, words)

    # --- keys --------------------------------------------------------------------------------------------------------

    def _move(self, down: int, across: int) -> None:
        index = self.currentIndex()
        goal = self._model.index(index.row() + down, index.column() + across)
        if goal.isValid():
            self.setCurrentIndex(goal)
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not event.modifiers():
            self.clear_chosen()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._move(1, 0)
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.selectAll()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.verticalHeader().setMaximumWidth(min(LABEL_WIDTH, round(LABEL_SHARE * self.width())))
