"""The text of a capture: plain words at reading size, marks tinted, files and images handed on."""

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QSizePolicy, QTextEdit, QWidget

from desktop_app.ui.theme import Appearance
from desktop_app.ui.theme.type_sizes import LINE_HEIGHT
from desktop_app.ui.widgets.capture_box.files import files_in
from desktop_app.ui.widgets.capture_box.highlighter import MarkHighlighter


class CaptureEdit(QTextEdit):
    """Grows from ``least`` to ``most`` lines; with ``most`` 0 it takes what room there is.

    ``save_requested`` Ctrl+Enter; ``left`` Esc; ``undo_wanted`` Ctrl+Z with nothing typed to take back; ``entered`` it
    has the focus; ``files_given(list[str])`` and ``image_given(QImage)`` dropped or pasted.
    """

    save_requested = Signal()
    left = Signal()
    undo_wanted = Signal()
    entered = Signal()
    files_given = Signal(list)
    image_given = Signal(object)

    def __init__(self, appearance: Appearance, parent: QWidget, *, least: int, most: int) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._least, self._most = least, most
        self.setProperty("role", "bare")
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        vertical = QSizePolicy.Policy.Fixed if most else QSizePolicy.Policy.Expanding
        self.setSizePolicy(QSizePolicy.Policy.Expanding, vertical)
        self.highlighter = MarkHighlighter(appearance, self.document(), self)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._fit())
        appearance.changed.connect(self._dress)
        # To Qt even the margin above is something to undo.
        self.document().clearUndoRedoStacks()
        self._dress()

    # --- text -------------------------------------------------------------------------------------------------------

    def text(self) -> str:
        """The text with its non-breaking spaces, which ``toPlainText`` would turn into plain ones."""
        return self.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")

    def set_text(self, text: str) -> None:
        """Replaces everything, with nothing to undo, and puts the cursor at the end."""
        self.setPlainText(text)
        self._dress()
        self.document().clearUndoRedoStacks()
        self.moveCursor(QTextCursor.MoveOperation.End)

    # --- looks ------------------------------------------------------------------------------------------------------

    def _dress(self) -> None:
        """Line height is a block's matter, and a text set anew has forgotten it. Nothing here is there to be undone:
        an empty box that has something to undo would keep Ctrl+Z from the notebook."""
        document = self.document()
        untouched = not document.isUndoAvailable()
        form = QTextBlockFormat()
        percent = 100 * LINE_HEIGHT * self._appearance.sizes.body / max(self.fontMetrics().lineSpacing(), 1)
        form.setLineHeight(percent, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if document.firstBlock().blockFormat() != form:
            cursor = QTextCursor(document)
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.mergeBlockFormat(form)
        if untouched:
            document.clearUndoRedoStacks()
        self._fit()

    def _fit(self) -> None:
        line = self._appearance.sizes.line
        if not self._most:
            self.setMinimumHeight(self._least * line)
            return
        wanted = int(self.document().size().height()) + 4
        height = max(self._least * line, min(wanted, self._most * line))
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAsNeeded if wanted > height else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        if height != self.height():
            self.setFixedHeight(height)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self._least * self._appearance.sizes.line)

    # --- events -----------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save_requested.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.matches(QKeySequence.StandardKey.Undo) and not self.document().isUndoAvailable():
            self.undo_wanted.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasImage() or source.hasUrls() or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Files and pictures become attachments; an office program's picture of a text is pasted as the text."""
        files = files_in(source)
        if files:
            self.files_given.emit(files)
        elif source.hasImage() and not source.hasText():
            self.image_given.emit(source.imageData())
        else:
            super().insertFromMimeData(source)
