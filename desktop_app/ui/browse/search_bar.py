"""The query: chips for its field parts, the words beside them, completion, the sentence that explains it.

The query is plain text all the while: chips are how the field parts in front are shown. Backspace at the beginning of
the words, or a click on a chip, turns it into text again. Runs nothing: it says what is asked and shows the answer.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.model.errors import KnownError
from desktop_app.model.queries import Chip as QueryChip
from desktop_app.model.queries import Completion
from desktop_app.ui.browse.query_text import absorbed, joined
from desktop_app.ui.browse.reads import Sort
from desktop_app.ui.i18n import error_sentence, tr
from desktop_app.ui.theme import CORNER, Appearance
from desktop_app.ui.widgets import Chip, CompletionPopup, ElidedLabel, IconButton, LinkButton, MutedLabel, Offer

SETTLE = 120
"""Milliseconds after the last key before the query runs."""


class FocusFrame(QFrame):
    """A card that shows a ring while something inside it has the focus."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._appearance = appearance
        self._ring = False
        self._problem = False

    def set_ring(self, ring: bool, *, problem: bool | None = None) -> None:
        self._ring = ring
        self._problem = self._problem if problem is None else problem
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._ring or self._problem:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._appearance.theme.color("error" if self._problem else "focus"), 1))
            painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)
            painter.end()


class SearchBar(QWidget):
    """Signals: ``query_settled(str)`` run this; ``sort_changed(str)``; ``completion_wanted(str, int)`` with the whole
    query; ``save_requested(str)`` a name was given; ``left_downwards()`` Down was pressed."""

    query_settled = Signal(str)
    sort_changed = Signal(str)
    completion_wanted = Signal(str, int)
    save_requested = Signal(str)
    left_downwards = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._parts: list[QueryChip] = []
        self._typing = False
        self._chips: list[Chip] = []
        self.sort: Sort = "relevance"
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._make_frame())
        column.addLayout(self._make_sentence())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE)
        self._timer.timeout.connect(self.settle)
        # Before the popup's own filter, which is asked first by being installed last.
        self.line.installEventFilter(self)
        self.popup = CompletionPopup(appearance, self.line, preselect=False)
        self.popup.wanted.connect(self._want_completion)
        self.line.textEdited.connect(self._typed)
        self.popup.accepted.connect(lambda _: self._timer.start())

    def _make_frame(self) -> FocusFrame:
        self.frame = FocusFrame(self._appearance, self)
        self.frame.setFixedHeight(42)
        row = QHBoxLayout(self.frame)
        row.setContentsMargins(12, 0, 8, 0)
        row.setSpacing(8)
        self._chip_row = QHBoxLayout()
        self._chip_row.setSpacing(8)
        row.addLayout(self._chip_row)
        self.line = QLineEdit(self.frame)
        self.line.setProperty("role", "bare")
        self.line.setPlaceholderText(tr("Search words, or kind: tag: perspective: in: …"))
        self.line.setAccessibleName(tr("Search"))
        self.line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row.addWidget(self.line, 1)
        self.count = MutedLabel("", self.frame)
        row.addWidget(self.count)
        self.sort_button = LinkButton("", self.frame)
        font = self.sort_button.font()
        font.setPixelSize(self._appearance.sizes.small)
        self.sort_button.setFont(font)
        self.sort_button.clicked.connect(self._toggle_sort)
        row.addWidget(self.sort_button)
        self.save_button = IconButton(
            self._appearance, "save-search", tr("Save this search"), self.frame, shortcut="Ctrl+S", size=18
        )
        self.save_button.clicked.connect(self.begin_saving)
        row.addWidget(self.save_button)
        self.clear_button = IconButton(self._appearance, "close", tr("Clear the search"), self.frame, size=16)
        self.clear_button.clicked.connect(self.clear)
        row.addWidget(self.clear_button)
        self._show_sort()
        self._show_buttons()
        return self.frame

    def _make_sentence(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(4)
        self.explanation = ElidedLabel(parent=self, role="muted")
        self.problem = QLabel(self)
        self.problem.setProperty("role", "error")
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.setWordWrap(True)
        self.correction = LinkButton("", self)
        self.correction.clicked.connect(self._take_correction)
        self.name = QLineEdit(self)
        self.name.setPlaceholderText(tr("Name of this search"))
        self.name.setAccessibleName(tr("Name of this search"))
        self.name.setMaximumWidth(320)
        self.name.returnPressed.connect(self._save)
        self.name.installEventFilter(self)
        self.name_hint = MutedLabel(tr("Enter saves it beside the screens, Esc leaves it"), self)
        row.addWidget(self.explanation, 1)
        row.addWidget(self.problem, 1)
        row.addWidget(self.correction)
        row.addWidget(self.name)
        row.addWidget(self.name_hint, 1)
        for widget in (self.problem, self.correction, self.name, self.name_hint):
            widget.hide()
        return row

    # --- the query as text -------------------------------------------------------------------------------------------

    def text(self) -> str:
        """The whole query: the chips' parts, then the words."""
        return joined([part.text for part in self._parts], self.line.text())

    def set_text(self, query: str) -> None:
        """Puts a whole query as words; :meth:`show_answer` makes chips of its field parts. Runs it at once."""
        self._typing = False
        self._set_parts([])
        self.line.setText(query)
        self.settle()

    def settle(self) -> None:
        """Runs the query now."""
        self._timer.stop()
        self._show_buttons()
        self.query_settled.emit(self.text())

    def _show_buttons(self) -> None:
        """An empty query has nothing to clear, to save or to sort by."""
        for button in (self.clear_button, self.save_button, self.sort_button):
            button.setVisible(bool(self.text().strip()))

    def clear(self) -> None:
        self.set_text("")
        self.line.setFocus()

    def add_part(self, part: str) -> None:
        """Adds a field part (``tag:onboarding``) to the query, unless it is there, and runs it."""
        if part not in [known.text for known in self._parts] and part != self.line.text().strip():
            self.set_text(joined([self.text()], part))

    def begin_part(self, field: str) -> None:
        """Begins a field part (``metric:``) behind the words and offers what may follow."""
        self.line.setText(joined([self.line.text().strip()], field))
        self.line.setFocus()
        self._typing = True
        self.popup.ask()

    # --- answers -----------------------------------------------------------------------------------------------------

    def show_answer(self, query: str, chips: Sequence[QueryChip], explanation: str) -> None:
        """Shows what was understood; answers to a query that has changed since are ignored."""
        if query != self.text():
            return
        self.frame.set_ring(self.line.hasFocus(), problem=False)
        self.problem.hide()
        self.correction.hide()
        self.explanation.set_text(explanation)
        self.explanation.setVisible(self.name.isHidden())
        parts, words = absorbed(query, chips, keep_last=self._typing and not query.endswith(" "))
        if [part.text for part in parts] != [part.text for part in self._parts]:
            self._set_parts(parts)
            self.line.setText(words)

    def show_count(self, shown: int, total: int) -> None:
        """``12 of 214``; all of them is said shorter."""
        self.count.setText(
            f"{total:,}" if shown == total else tr("{shown} of {total}", shown=f"{shown:,}", total=f"{total:,}")
        )

    def show_problem(self, query: str, error: KnownError) -> None:
        """Says what is wrong with the query, and offers the nearest right one."""
        if query != self.text():
            return
        self.frame.set_ring(self.line.hasFocus(), problem=True)
        self.explanation.hide()
        self.problem.setText(error_sentence(error))
        self.problem.setVisible(self.name.isHidden())
        suggestion = str(error.parts.get("suggestion", ""))
        self._suggest(suggestion)

    def offer_suggestion(self, suggestion: str) -> None:
        """Offers another query beside the explanation, where words were found nowhere."""
        self._suggest(suggestion)

    def _suggest(self, suggestion: str) -> None:
        self._suggestion = suggestion
        self.correction.setText(tr("Search {query}", query=suggestion) if suggestion else "")
        self.correction.setVisible(bool(suggestion))

    def _take_correction(self) -> None:
        self.set_text(self._suggestion)
        self.line.setFocus()

    # --- completion --------------------------------------------------------------------------------------------------

    def _typed(self, _: str) -> None:
        self._typing = True
        self._timer.start()

    def _want_completion(self, text: str, position: int) -> None:
        """Asks only while somebody types: a query put here by a click needs no completion."""
        if not self._typing:
            return
        self.completion_wanted.emit(self.text(), len(self.text()) - len(text) + position)

    def offer(self, query: str, position: int, completions: Sequence[Completion]) -> None:
        """Shows completions for the whole query at that position."""
        words = self.line.text()
        ahead = len(query) - len(words)
        if query != self.text():
            return
        offers = [
            Offer(item.text, item.start - ahead, item.end - ahead, item.note)
            for item in completions
            if item.start >= ahead and words[item.start - ahead : item.end - ahead] != item.text
        ]
        self.popup.offer(offers, words, position - ahead)

    # --- chips -------------------------------------------------------------------------------------------------------

    def _set_parts(self, parts: Sequence[QueryChip]) -> None:
        for chip in self._chips:
            self._chip_row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._parts, self._chips = list(parts), []
        for at, part in enumerate(self._parts):
            chip = Chip(self._appearance, part.label, self.frame)
            chip.clicked.connect(lambda at=at: self._edit_part(at))
            chip.removed.connect(lambda at=at: self._remove_part(at))
            self._chip_row.addWidget(chip)
            self._chips.append(chip)

    def _remove_part(self, at: int) -> None:
        self._set_parts([part for place, part in enumerate(self._parts) if place != at])
        self.line.setFocus()
        self.settle()

    def _edit_part(self, at: int) -> None:
        """Turns a chip into text again, at the beginning of the words."""
        part = self._parts[at]
        words = self.line.text()
        self._set_parts([other for place, other in enumerate(self._parts) if place != at])
        self.line.setText(joined([part.text], words))
        self.line.setFocus()
        self.line.setCursorPosition(len(part.text))

    # --- sort, saving, keys ------------------------------------------------------------------------------------------

    def _toggle_sort(self) -> None:
        self.sort = "occurred" if self.sort == "relevance" else "relevance"
        self._show_sort()
        self.sort_changed.emit(self.sort)

    def _show_sort(self) -> None:
        by_date = self.sort == "occurred"
        self.sort_button.setText(tr("newest first") if by_date else tr("best first"))
        self.sort_button.setToolTip(tr("Sort by match instead") if by_date else tr("Sort by date instead"))

    def begin_saving(self) -> None:
        """Asks for a name in place of the explanation."""
        if not self.text().strip():
            return
        for widget in (self.explanation, self.problem, self.correction):
            widget.hide()
        self.name.setText(self.text()[:60] if self._parts else self.line.text()[:60])
        self.name.show()
        self.name_hint.show()
        self.name.setFocus()
        self.name.selectAll()

    def _save(self) -> None:
        if self.name.text().strip():
            self.save_requested.emit(self.name.text().strip())
            self._end_saving()

    def _end_saving(self) -> None:
        self.name.hide()
        self.name_hint.hide()
        self.explanation.show()
        self.line.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if watched is self.name and event.key() == Qt.Key.Key_Escape:
                self._end_saving()
                return True
            if watched is self.line:
                return self._line_key(event)
        if watched is self.line and event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.frame.set_ring(event.type() == QEvent.Type.FocusIn)
        return False

    def _line_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        self._typing = self._typing or key == Qt.Key.Key_Space
        at_start = self.line.cursorPosition() == 0 and not self.line.hasSelectedText()
        if key == Qt.Key.Key_Backspace and at_start and self._parts:
            self._edit_part(len(self._parts) - 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._typing = False
            self.settle()
        elif key == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif key == Qt.Key.Key_Down:
            self.left_downwards.emit()
        else:
            return False
        return True
