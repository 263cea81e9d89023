"""The view in which a text is read and coded, as a screen sees it: code points in, code points out."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QResizeEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from desktop_app.model.coding import Code, Coding
from desktop_app.model.documents import Text, Turn
from desktop_app.text.graphemes import parts
from desktop_app.text.offsets import Offsets
from desktop_app.ui.i18n import tr
from desktop_app.ui.interviews.transcript.choosing import READING, Choosing, Tell
from desktop_app.ui.interviews.transcript.hint import CorrectingHint
from desktop_app.ui.theme import Appearance


class TranscriptView(Choosing):
    """A text with its codings. All positions are code points of the text, ranges are half-open.

    ``coding_chosen`` tells of every change of the chosen coding, "" when none is; ``coding_opened`` of Enter and a
    double click; ``context_requested`` has the place on the screen where a menu belongs; ``resize_requested`` the range
    to which the chosen coding was dragged, which is shown only once it comes back by ``put_codings``. Tab and Shift+Tab
    choose the next and the previous coding; Ctrl+Tab, Tab after Escape and Tab after the last coding leave the view.
    """

    selection_changed = Signal(int, int)
    resize_requested = Signal(str, int, int)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._told = (0, 0)
        self._counted: tuple[int, Offsets] | None = None
        self._hint = CorrectingHint(self)
        self.setAccessibleName(tr("Text to be coded"))
        self.cursorPositionChanged.connect(self._tell_selection)
        self.selectionChanged.connect(self._tell_selection)
        self.range_dragged.connect(self._tell_range)
        self._read_only()

    # --- text and codings -------------------------------------------------------------------------------------------

    def set_text(self, text: Text) -> None:
        """Shows a text without codings: another one from its beginning, the same one where it stood."""
        same = (text.kind, text.id) == (self._text.kind, self._text.id)
        top, cursor = self.firstVisibleBlock().blockNumber(), self.textCursor().position()
        self._let_go()
        self._set_chosen(None)
        self._read_only()
        self._take_in(text)
        if same:
            self._move_cursor(min(cursor, self.document().characterCount() - 1))
            self.verticalScrollBar().setValue(self.document().findBlockByNumber(top).firstLineNumber())
        self._tell_selection()

    def set_codings(self, codings: Sequence[Coding], codes: Mapping[str, Code]) -> None:
        """Shows these codings and no others; ``codes`` by id tell their colours and names."""
        self._let_go()
        self._spans.set(self._placed(codings))
        self._inked(codes)
        self._keep_chosen()

    def put_codings(self, changed: Sequence[Coding], removed: Sequence[str] = ()) -> None:
        """Takes in new and changed codings and drops others, by id; cheap."""
        self._let_go()
        self._spans.put(self._placed(changed), removed)
        self.viewport().update()
        self._keep_chosen()

    def set_codes(self, codes: Mapping[str, Code]) -> None:
        """Other names and colours for the same codings."""
        self._inked(codes)

    def set_filter(self, shown: Callable[[Coding], bool] | None, speakers: frozenset[str] | None = None) -> None:
        """Codings for which ``shown`` is false fade, and so do turns of others than ``speakers``; ``None``: of none."""
        self._set_wanted(shown, speakers)

    def set_note_of(self, tell: Tell | None) -> None:
        """What the card says about the codings under the pointer, the shortest first: a title and a line for each."""
        self._tell = tell

    def codings_at(self, position: int) -> list[Coding]:
        """Codings over the character at a position, the topmost (shortest) first; those that fade come last."""
        return self._lying_at(self._now().to_utf16(position))

    def turn_at(self, position: int) -> Turn | None:
        """The turn to which a position belongs, as it was given; in a corrected text, where its end is not known, up to
        the next turn."""
        turn = self._gutter.turn_over(self._now().to_utf16(position))
        return turn if turn is not None and (position <= turn.end or self.is_modified()) else None

    # --- selection --------------------------------------------------------------------------------------------------

    def selection(self) -> tuple[int, int]:
        """What is selected, by whole graphemes; an empty selection is the cursor's place twice."""
        cursor, now = self.textCursor(), self._now()
        start, end = now.to_code_point(cursor.selectionStart()), now.to_code_point(cursor.selectionEnd())
        text = self._text.text
        if self.isReadOnly() and start < end:
            while parts(text, start):
                start -= 1
            while parts(text, end):
                end += 1
        return start, end

    def select(self, start: int, end: int) -> None:
        """Selects a range, with the cursor at its end, and brings it into sight."""
        now = self._now()
        cursor = self.textCursor()
        cursor.setPosition(now.to_utf16(start))
        cursor.setPosition(now.to_utf16(end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def select_turn(self) -> None:
        """Selects the turn at the cursor, or the paragraph of a text without turns."""
        position = self.selection()[0]
        turn = self.turn_at(position)
        if turn is not None and not self.is_modified():
            self.select(turn.start, turn.end)
            return
        cursor = self.textCursor()
        cursor.setPosition(cursor.selectionStart())
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def scroll_to(self, start: int) -> None:
        """Moves the cursor to a position and shows it in the middle of the view."""
        self._move_cursor(self._now().to_utf16(start))
        self.centerCursor()

    # --- the chosen coding ------------------------------------------------------------------------------------------

    def chosen(self) -> str | None:
        return self._ink.chosen

    def choose(self, coding_id: str | None) -> None:
        """Chooses a coding and shows where it is; ``None``, or one that is not there, chooses none."""
        span = self._spans.get(coding_id)
        if span is not None and not span.start <= self.textCursor().position() <= span.end:
            self._move_cursor(span.start)
        if span is not None:
            self.ensureCursorVisible()
        self._set_chosen(span.coding.id if span else None)

    def grow_start(self, by_word: bool, delta: int) -> tuple[int, int] | None:
        """The range of the chosen coding with its start moved ``delta`` characters or words, negative to the left.

        ``None`` where no coding is chosen. The range keeps a character at least.
        """
        return self._grown(by_word, delta, at_start=True)

    def grow_end(self, by_word: bool, delta: int) -> tuple[int, int] | None:
        """The same for the end."""
        return self._grown(by_word, delta, at_start=False)

    def _grown(self, by_word: bool, delta: int, at_start: bool) -> tuple[int, int] | None:
        span = self._spans.get(self._ink.chosen)
        if span is None:
            return None
        cursor = QTextCursor(self.document())
        cursor.setPosition(span.start if at_start else span.end)
        move = QTextCursor.MoveOperation
        for _ in range(abs(delta)):
            if not by_word:
                cursor.movePosition(move.NextCharacter if delta > 0 else move.PreviousCharacter)
            elif at_start:
                cursor.movePosition(move.NextWord if delta > 0 else move.PreviousWord)
            else:
                _to_word_end(cursor, delta > 0)
        now = self._now()
        start, end = now.to_code_point(span.start), now.to_code_point(span.end)
        moved = now.to_code_point(cursor.position())
        if at_start:
            return (moved, end) if moved < end else (start, end)
        return (start, moved) if moved > start else (start, end)

    # --- correcting -------------------------------------------------------------------------------------------------

    def set_correcting(self, on: bool) -> None:
        """Lets the text be edited, or ends that: what was not taken by :meth:`corrected_text` before is given up."""
        if on == self.is_correcting():
            return
        if on:
            self._set_chosen(None)
            self._card.hide()
            self.setReadOnly(False)
            self.setUndoRedoEnabled(True)
            self.setTabChangesFocus(True)
            self.document().setModified(False)
            self._hint.show()
            self.setViewportMargins(0, self._hint.sizeHint().height(), 0, 0)
        elif self.is_modified():
            self._restore()
        else:
            self._read_only()
        self.viewport().update()

    def is_correcting(self) -> bool:
        return not self.isReadOnly()

    def corrected_text(self) -> str:
        """The text as it stands now; what was not edited is unchanged to the last character."""
        return self._stand_ins.original(self.document().toRawText())

    def is_modified(self) -> bool:
        return self.is_correcting() and self.document().isModified()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Only words come in, without what Qt would not give back."""
        if self.is_correcting() and source.hasText():
            self.textCursor().insertText(self._stand_ins.pasted(source.text()))
            self.ensureCursorVisible()

    def _read_only(self) -> None:
        self.setReadOnly(True)
        self.setTextInteractionFlags(READING)
        self.setUndoRedoEnabled(False)
        self._hint.hide()
        self.setViewportMargins(0, 0, 0, 0)

    def _restore(self) -> None:
        """Back to the text as it was given, with its codings."""
        codings = [span.coding for span in self._spans]
        self.set_text(self._text)
        self._spans.set(self._placed(codings))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hint.place(self.contentsRect())

    # --- counting ---------------------------------------------------------------------------------------------------

    def _now(self) -> Offsets:
        """Both counts of the text as it stands, which while it is corrected is not the one that was given."""
        if not self.is_modified():
            return self._offsets
        revision = self.document().revision()
        if self._counted is None or self._counted[0] != revision:
            self._counted = revision, Offsets(self.corrected_text())
        return self._counted[1]

    def _tell_selection(self) -> None:
        if self._taking_in:
            return
        found = self.selection()
        if found != self._told:
            self._told = found
            self.selection_changed.emit(*found)

    def _tell_range(self, coding: str, start: int, end: int) -> None:
        now = self._now()
        self.resize_requested.emit(coding, now.to_code_point(start), now.to_code_point(end))


def _to_word_end(cursor: QTextCursor, forward: bool) -> None:
    """To the next end of a word, or to the one before."""
    move, begun = QTextCursor.MoveOperation, cursor.position()
    if forward:
        cursor.movePosition(move.EndOfWord)
        if cursor.position() == begun:
            cursor.movePosition(move.NextWord)
            cursor.movePosition(move.EndOfWord)
        return
    cursor.movePosition(move.StartOfWord)
    if cursor.position() == begun:
        cursor.movePosition(move.PreviousWord)
    cursor.movePosition(move.PreviousWord)
    cursor.movePosition(move.EndOfWord)
