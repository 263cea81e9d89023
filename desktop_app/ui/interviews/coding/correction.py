"""Correcting the text in front: what is typed is kept as a draft, saved as a change, or left."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop_app.model.changes import Changes
from desktop_app.model.errors import KnownError
from desktop_app.text.offsets import Offsets
from desktop_app.ui.i18n import tr
from desktop_app.ui.interviews.coding.reads import Opened, correction_surface
from desktop_app.ui.interviews.transcript import TranscriptView
from desktop_app.ui.interviews.transcript.standins import StandIns
from desktop_app.ui.ops import ChangeOp, Operations

if TYPE_CHECKING:
    from desktop_app.services.coded import Corrected
    from desktop_app.services.notebooks import Notebook

KEEP_MILLISECONDS = 1500


class Correction(QObject):
    """``saved(Corrected)``, ``refused(KnownError)``, ``ended()`` after it was saved or left, not when suspended."""

    saved = Signal(object)
    refused = Signal(object)
    ended = Signal()

    def __init__(self, operations: Operations, view: TranscriptView, parent: QWidget) -> None:
        super().__init__(parent)
        self._operations = operations
        self._view = view
        self._window = parent
        self._opened: Opened | None = None
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.setInterval(KEEP_MILLISECONDS)
        self._keep.timeout.connect(self.keep_draft)
        view.textChanged.connect(self._typed)

    @property
    def running(self) -> bool:
        return self._opened is not None

    def begin(self, opened: Opened) -> None:
        """Lets the text be corrected; a draft that began with this very text is gone on with."""
        if opened.document is None or self.running:
            return
        self._opened = opened
        self._view.set_correcting(True)
        if opened.draft is not None and opened.draft[1] == opened.text.version:
            self._take_up(opened.text.text, opened.draft[0])
        self._view.setFocus()

    def _take_up(self, text: str, draft: str) -> None:
        """Types what the draft has other than the text, so that what was left alone keeps its codings."""
        if text == draft:
            return
        start = _alike(text, draft)
        tail = _alike(text[start:][::-1], draft[start:][::-1])
        offsets = Offsets(text)
        cursor = QTextCursor(self._view.document())
        cursor.setPosition(offsets.to_utf16(start))
        cursor.setPosition(offsets.to_utf16(len(text) - tail), QTextCursor.MoveMode.KeepAnchor)
        # As the view shows it: some characters would part paragraphs in it, and others stand for them.
        cursor.insertText(StandIns(text).shown(draft[start : len(draft) - tail]))
        self._view.setTextCursor(cursor)

    # --- the draft ---------------------------------------------------------------------------------------------------

    def _typed(self) -> None:
        if self.running and self._view.is_modified():
            self._keep.start()

    def keep_draft(self) -> None:
        """Keeps what has been typed so far, so that a crash loses nothing of it."""
        self._keep.stop()
        opened = self._opened
        if opened is None or not self._view.is_modified():
            return
        surface, content = correction_surface(opened.text.id), self._view.corrected_text()
        version = opened.text.version

        def keep(notebook: "Notebook") -> None:
            notebook.drafts.save(surface, {"text": content, "version": version})

        self._operations.submit(ChangeOp(tr("Keep a draft"), keep))

    def _forget_draft(self, target: str) -> None:
        self._keep.stop()
        surface = correction_surface(target)

        def forget(notebook: "Notebook") -> None:
            notebook.drafts.discard(surface)

        self._operations.submit(ChangeOp(tr("Forget a draft"), forget))

    # --- ending ------------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Saves the text; nothing is lost where the notebook refuses it."""
        opened = self._opened
        if opened is None:
            return
        if not self._view.is_modified():
            self.leave()
            return
        self._keep.stop()
        text, target, version = self._view.corrected_text(), opened.text.id, opened.text.version
        self._view.setEnabled(False)
        self._operations.submit(
            ChangeOp(
                tr("Correct text"),
                lambda notebook: notebook.documents.correct(target, text, version_before=version),
                self._done,
                self._refuse,
            )
        )

    def _done(self, changes: "Changes[Corrected] | None") -> None:
        opened, self._opened = self._opened, None
        self._view.setEnabled(True)
        if opened is not None:
            self._forget_draft(opened.text.id)
        if changes is not None:
            self.saved.emit(changes.result)
        self.ended.emit()

    def _refuse(self, error: KnownError) -> None:
        self._view.setEnabled(True)
        self._view.setFocus()
        self.keep_draft()
        self.refused.emit(error)

    def leave(self) -> bool:
        """Gives up what was typed, after asking; false where it is gone on with."""
        opened = self._opened
        if opened is None:
            return True
        if self._view.is_modified() and not self._may_be_lost():
            return False
        self._opened = None
        self._forget_draft(opened.text.id)
        self._view.set_correcting(False)
        self.ended.emit()
        return True

    def suspend(self) -> None:
        """Leaves without a question: what was typed is kept and comes back when the text is corrected again."""
        if self.running:
            self.keep_draft()
            self._opened = None
            self._view.set_correcting(False)

    def _may_be_lost(self) -> bool:
        asked = QMessageBox(self._window)
        asked.setIcon(QMessageBox.Icon.Warning)
        asked.setText(tr("Leave without saving the corrections?"))
        asked.setInformativeText(tr("What you have changed in the text since you began will be lost."))
        lose = asked.addButton(tr("Leave"), QMessageBox.ButtonRole.DestructiveRole)
        stay = asked.addButton(tr("Go on correcting"), QMessageBox.ButtonRole.RejectRole)
        asked.setDefaultButton(stay)
        asked.setEscapeButton(stay)
        asked.exec()
        return asked.clickedButton() is lose


def _alike(first: str, second: str) -> int:
    """How many characters two texts have in common at their beginning; found by halving, as texts are long."""
    low, high = 0, min(len(first), len(second))
    while low < high:
        middle = (low + high + 1) // 2
        if first[low:middle] == second[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
