"""The codebook as a list: a colour square, the name at its depth, the count; the codes that fit while searching.

Refuses to sort or filter: whoever fills it has done that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMimeData, QModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QDragMoveEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QListView, QWidget

from desktop_app.model.coding import Code
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.interviews.codebook.code_delegate import CodeDelegate
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets.item_delegate import Index
from desktop_app.ui.widgets.item_list import ItemList, ItemModel

MAKE = "make:"
"""Before the name of a code that is not there yet, as a row's id."""
CODE_MIME = "application/x-terrain-code"


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One row. ``above`` is written before the name; ``number``: the key 1–9 that applies it, or 0.

    ``below`` says whether codes stand under it that fold, ``open`` whether they are seen.
    """

    id: str
    name: str
    colour: str = ""
    depth: int = 0
    count: int | None = None
    number: int = 0
    above: str = ""
    below: bool = False
    open: bool = True

    @property
    def spoken(self) -> str:
        """The row as a screen reader says it."""
        parts = [f"{self.above} / {self.name}" if self.above else self.name]
        if self.count is not None:
            parts.append(count_text(self.count, "{number} coding", "{number} codings"))
        if self.number:
            parts.append(tr("key {number}", number=self.number))
        if self.below:
            parts.append(tr("open") if self.open else tr("closed"))
        return ". ".join(parts)


def tree_rows(
    codes: Sequence[Code], *, numbers: Mapping[str, int] | None = None, closed: frozenset[str] = frozenset()
) -> list[CodeRow]:
    """The tree in its order; what stands under a closed code is left out. A closed code counts all below it too."""
    rows: list[CodeRow] = []
    hidden_below: int | None = None
    for at, code in enumerate(codes):
        if hidden_below is not None and code.depth > hidden_below:
            continue
        hidden_below = code.depth if code.id in closed else None
        below = at + 1 < len(codes) and codes[at + 1].depth > code.depth
        count = code.count + (code.below if below else 0)
        number = (numbers or {}).get(code.id, 0)
        is_open = code.id not in closed
        rows.append(
            CodeRow(code.id, code.fields.name, code.colour, code.depth, count, number, below=below, open=is_open)
        )
    return rows


def found_rows(codes: Sequence[Code], *, numbers: Mapping[str, int] | None = None, make: str = "") -> list[CodeRow]:
    """Codes that fit, each with what stands above it; then, where ``make`` is a name, the row that makes it."""
    rows = [
        CodeRow(
            code.id,
            code.fields.name,
            code.colour,
            count=code.count + code.below,
            number=(numbers or {}).get(code.id, 0),
            above=" / ".join(code.path[:-1]),
        )
        for code in codes
    ]
    return [*rows, CodeRow(MAKE + make, tr("Make “{name}”", name=make))] if make else rows


class _Codes(ItemModel[CodeRow]):
    def words(self, item: CodeRow) -> str:
        return item.name

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if index.isValid() and role == Qt.ItemDataRole.ToolTipRole:
            row = self.items[index.row()]
            return f"{row.above} / {row.name}" if row.above else row.name
        return super().data(index, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = super().flags(index) | Qt.ItemFlag.ItemIsDropEnabled
        return usual | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else usual

    def mimeTypes(self) -> list[str]:
        return [CODE_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        data.setData(CODE_MIME, self.items[indexes[0].row()].id.encode() if indexes else b"")
        return data

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction


class CodeList(ItemList[CodeRow]):
    """``code_chosen(id)`` when the current row changes, ``code_opened(id)`` on Enter or a double click,
    ``fold_wanted(id, open)``, ``dropped(code, onto)`` (empty: to the top), ``menu_wanted(id, global point)``.
    """

    code_chosen = Signal(str)
    code_opened = Signal(str)
    fold_wanted = Signal(str, bool)
    dropped = Signal(str, str)
    menu_wanted = Signal(str, object)

    def __init__(self, appearance: Appearance, name: str, parent: QWidget | None = None, *, moves: bool) -> None:
        super().__init__(appearance, name, parent)
        self.setUniformItemSizes(True)
        self.show_with(_Codes(self), CodeDelegate(appearance, self))
        if moves:
            self.setDragDropMode(QListView.DragDropMode.DragDrop)
            self.setDropIndicatorShown(True)
        self.doubleClicked.connect(lambda _: self.code_opened.emit(self.current_id()))

    # --- rows --------------------------------------------------------------------------------------------------------

    def set_rows(self, rows: Sequence[CodeRow]) -> None:
        """Shows these rows; the chosen one stays chosen, without a signal, where it is still there."""
        if tuple(rows) != self.rows():
            at = self.verticalScrollBar().value()
            self.fill(rows)
            self.verticalScrollBar().setValue(at)

    def rows(self) -> tuple[CodeRow, ...]:
        return self.items()

    def tell_chosen(self, item_id: str) -> None:
        self.code_chosen.emit(item_id)

    def step(self, by: int) -> None:
        """Moves the choice up or down, as keys pressed in the field above the list do."""
        count = len(self.rows())
        if count:
            at = self.currentIndex().row()
            self.go_to(min(max(at + by, 0), count - 1) if at >= 0 else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is chosen stays in sight when something comes up below the list."""
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    # --- keys, menu, dragging ----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, key = self.current(), event.key()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        elif row and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.code_opened.emit(row.id)
        elif row and row.below and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.fold_wanted.emit(row.id, key == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        row = self.rows()[index.row()] if index.isValid() else self.current()
        if row is not None and not row.id.startswith(MAKE):
            self.choose(row.id)
            self.menu_wanted.emit(row.id, event.globalPos())

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)
        if event.mimeData().hasFormat(CODE_MIME):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        code = bytes(event.mimeData().data(CODE_MIME).data()).decode()
        index = self.indexAt(event.position().toPoint())
        onto = self.rows()[index.row()].id if index.isValid() else ""
        if code and code != onto:
            # The notebook moves it and the tree is read again; the view must not take the row out by itself.
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.dropped.emit(code, onto)
