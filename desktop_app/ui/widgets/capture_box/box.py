"""The capture box: the text, what was understood of it, its files, and saving that never loses a word.

Ctrl+Enter empties the box at once, so that the next thing can be written while the last is being saved; where the
notebook refuses, the words come back with the reason above them.
"""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent, QImage
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.model.changes import Changes
from desktop_app.model.errors import KnownError
from desktop_app.model.time import BadDate, parse_when
from desktop_app.ui.i18n import error_sentence, tr
from desktop_app.ui.ops import ChangeOp
from desktop_app.ui.widgets.buttons import IconButton, LinkButton, PrimaryButton
from desktop_app.ui.widgets.capture_box.editor import CaptureEdit
from desktop_app.ui.widgets.capture_box.files import Attached, files_in, pasted_image, with_file
from desktop_app.ui.widgets.capture_box.keeping import Content, DraftKeeper
from desktop_app.ui.widgets.capture_box.known import KINDS, Known, read_known
from desktop_app.ui.widgets.capture_box.offers import offers_at
from desktop_app.ui.widgets.capture_box.saving import Saved, Saving, take_back, write
from desktop_app.ui.widgets.capture_box.telling import When, hint_pieces, marks_at, pieces_of, problems_of
from desktop_app.ui.widgets.capture_box.told_line import ToldLine
from desktop_app.ui.widgets.capture_box.understanding import is_horizon, understand
from desktop_app.ui.widgets.chips import ChipRow
from desktop_app.ui.widgets.completion import CompletionPopup
from desktop_app.ui.widgets.labels import KeyHint, MutedLabel
from desktop_app.ui.widgets.messages import InlineMessage
from desktop_app.ui.widgets.screen import ScreenContext

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook

DATE_MILLISECONDS = 300
"""After the last key until a date is read: other languages than English take a while."""

LONGEST_NAME = 44


class CaptureBox(QWidget):
    """``entry_saved(str)`` the new entry's id; ``left`` Esc was pressed. ``surface`` names its draft.

    The text has from ``least`` to ``most`` lines, with ``most`` 0 as many as there is room for.
    """

    entry_saved = Signal(str)
    left = Signal()

    def __init__(
        self, context: ScreenContext, surface: str, parent: QWidget | None = None, *, least: int = 3, most: int = 12
    ) -> None:
        super().__init__(parent)
        self._operations = context.operations
        self._settings = context.settings
        self._appearance = context.appearance
        self._surface = surface
        self._known: Known | None = None
        self._known_stale = True
        self._files: tuple[Attached, ...] = ()
        self._when = When()
        self._saving: list[Saving] = []
        self._saved: Saved | None = None
        self._build(least, most)
        self._keeper = DraftKeeper(self._operations, surface, self.content, self)
        self._date_timer = QTimer(self)
        self._date_timer.setSingleShot(True)
        self._date_timer.setInterval(DATE_MILLISECONDS)
        self._date_timer.timeout.connect(self._read_date)
        self._connect()
        self._tell()
        self._keeper.load()

    # --- building ---------------------------------------------------------------------------------------------------

    def _build(self, least: int, most: int) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.message = InlineMessage(self._appearance, self)
        self.prompt = MutedLabel("", self, wrap=True)
        self.prompt.hide()
        self.editor = CaptureEdit(self._appearance, self, least=least, most=most)
        self.editor.setPlaceholderText(tr("What did you notice?"))
        self.editor.setAccessibleName(tr("Write"))
        self.chips = ChipRow(self._appearance, self)
        self.chips.setAccessibleName(tr("Attached files"))
        self.chips.hide()
        self.setAcceptDrops(True)
        self.told = ToldLine(self._appearance, self)
        for widget in (self.message, self.prompt, self.editor, self.chips, self.told):
            column.addWidget(widget, 1 if widget is self.editor and not most else 0)
        column.addLayout(self._build_foot())
        self.popup = CompletionPopup(self._appearance, self.editor)

    def _build_foot(self) -> QHBoxLayout:
        self.attach_button = IconButton(self._appearance, "attach", tr("Attach files"), self)
        self.note = MutedLabel("", self)
        self.undo_button = LinkButton(tr("Undo"), self)
        self.save_hint = KeyHint(tr("Ctrl+Enter"), self)
        self.save_button = PrimaryButton(tr("Save"), self)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(8)
        foot.addWidget(self.note)
        foot.addWidget(self.undo_button)
        foot.addStretch(1)
        foot.addWidget(self.save_hint)
        foot.addWidget(self.attach_button)
        foot.addWidget(self.save_button)
        return foot

    def _connect(self) -> None:
        editor = self.editor
        editor.textChanged.connect(self._changed)
        editor.cursorPositionChanged.connect(self._tell)
        editor.save_requested.connect(self.save)
        editor.left.connect(self.left)
        editor.undo_wanted.connect(self.undo)
        editor.entered.connect(self._refresh_known)
        editor.files_given.connect(self.attach)
        editor.image_given.connect(self._attach_image)
        self.popup.wanted.connect(self._offer)
        self.chips.chip_removed.connect(self._detach)
        self.attach_button.clicked.connect(self._choose_files)
        self.undo_button.clicked.connect(self.undo)
        self.save_button.clicked.connect(self.save)
        self._keeper.loaded.connect(self._brought_back)
        self._keeper.refused.connect(self._not_kept)
        self._operations.changed.connect(self._something_changed)
        self._operations.changed_elsewhere.connect(self._known_is_old)
        self._operations.bug.connect(self._bug)

    # --- what it holds ----------------------------------------------------------------------------------------------

    def content(self) -> Content:
        """The text and the files as they are."""
        return Content(self.editor.text(), self._files)

    def open_with(self, text: str = "", prompt: str = "") -> None:
        """Takes the focus; ``text`` is added to what is being written, ``prompt`` is a question to answer."""
        self.prompt.setText(prompt)
        self.prompt.setVisible(bool(prompt))
        if text.strip() and text.strip() not in self.editor.text():
            self._add_text(text)
        self.editor.setFocus()

    def _add_text(self, text: str) -> None:
        there = self.editor.text()
        self.editor.set_text(f"{there.rstrip()}\n\n{text}" if there.strip() else text)

    def _set_files(self, files: tuple[Attached, ...]) -> None:
        self._files = files
        self.chips.set_texts([_short(file.name) for file in files])
        self._changed()

    def hideEvent(self, event: QHideEvent) -> None:
        self._keeper.keep_now()
        super().hideEvent(event)

    # --- telling ----------------------------------------------------------------------------------------------------

    def _changed(self) -> None:
        if self.content():
            self._saved = None
        self._keeper.touch()
        self._tell()

    def _tell(self) -> None:
        content = self.content()
        self.save_button.setEnabled(bool(content))
        for widget in (self.note, self.undo_button):
            widget.setVisible(self._saved is not None)
        if not content:
            self.told.set_pieces(hint_pieces())
            return
        if self._known is None:
            return
        text = content.text
        understood = understand(text, self._known)
        self._want_date(understood.marked.when)
        typing = marks_at(text, self.popup.state()[1]) if self.editor.hasFocus() else set()
        self.editor.highlighter.set_unknown(frozenset(understood.marked.unknown) - typing)
        now = datetime.now()
        self.told.set_pieces(
            [
                *pieces_of(understood, self._known, self._when, now),
                *problems_of(text, understood, self._known, self._when, typing),
            ]
        )

    def _want_date(self, typed: str) -> None:
        if typed != self._when.typed:
            self._when = When(typed)
            if typed:
                self._date_timer.start()
            else:
                self._date_timer.stop()

    def _read_date(self) -> None:
        """On the read lane: reading a date may load another language's grammar."""
        text, known, day_first = self.editor.text(), self._known, self._settings.flag("day_first")
        if known is None:
            return

        def call(_: "Notebook") -> When:
            marked, now = understand(text, known).marked, datetime.now()
            try:
                edtf = parse_when(marked.when, now, dayfirst=day_first).edtf
                return When(marked.when, edtf, horizon=is_horizon(marked, now, day_first=day_first))
            except BadDate as error:
                return When(marked.when, problem=error_sentence(error))

        self._operations.read(tr("Read the date"), call, self._date_read, key=f"{self._surface}:date")

    def _date_read(self, when: When) -> None:
        if when.typed == self._when.typed:
            self._when = when
            self._tell()

    # --- completion -------------------------------------------------------------------------------------------------

    def _offer(self, text: str, position: int) -> None:
        self._refresh_known()
        if self._known is not None:
            self.popup.offer(offers_at(text, position, self._known, datetime.now()), text, position)

    def _something_changed(self, changes: Changes[object]) -> None:
        if changes.concerns(*KINDS):
            self._known_is_old()
        saved = self._saved
        if saved and changes.result is not saved and saved.entry in changes.touched.get("entry", ()):
            # Taken back or edited elsewhere: there is nothing left to offer here.
            self._saved = None
            self._tell()

    def _known_is_old(self) -> None:
        self._known_stale = True

    def _refresh_known(self) -> None:
        if self._known_stale:
            self._known_stale = False
            self._operations.read(tr("Read tags and people"), read_known, self._know, key=f"{self._surface}:known")

    def _know(self, known: Known) -> None:
        self._known = known
        self._tell()

    # --- files ------------------------------------------------------------------------------------------------------

    def attach(self, paths: list[str]) -> None:
        """Adds files; a folder is told about and left."""
        folders = [path for path in paths if Path(path).is_dir()]
        files = self._files
        for path in paths:
            if path not in folders:
                files = with_file(files, Attached(Path(path).name, path))
        self._set_files(files)
        if folders:
            self.message.say(tr("{path} is a folder; attach the files in it.", path=folders[0]), "warning")

    def _attach_image(self, image: QImage) -> None:
        pasted = pasted_image(QImage(image), datetime.now())
        if pasted is None:
            self.message.say(tr("The picture could not be read; save it as a file and attach that."), "warning")
        else:
            self._set_files(with_file(self._files, pasted))

    def _detach(self, at: int) -> None:
        self._set_files((*self._files[:at], *self._files[at + 1 :]))
        self.editor.setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if files_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Beside the text, which takes drops itself."""
        self.attach(files_in(event.mimeData()))
        event.acceptProposedAction()

    def _choose_files(self) -> None:
        dialog = QFileDialog(self.window(), tr("Attach files"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self.attach)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # --- drafts -----------------------------------------------------------------------------------------------------

    def _brought_back(self, content: Content) -> None:
        """What was kept comes before what has been typed in the meantime."""
        self._refresh_known()
        same = content.text.strip() == self.editor.text().strip() and not content.files
        if not content or same:
            return
        self._put_back(content)
        self.message.say(
            tr("Brought back what you were writing."),
            action=tr("Discard"),
            on_action=partial(self._discard, content),
        )

    def _put_back(self, content: Content) -> None:
        typed = self.editor.text()
        text = content.text
        if typed.strip() and text.strip() and text.strip() not in typed:
            text = f"{text.rstrip()}\n\n{typed}"
        elif not text.strip() or text.strip() in typed:
            text = typed or text
        files = content.files
        for file in self._files:
            files = with_file(files, file)
        self.editor.set_text(text)
        self._set_files(files)

    def _discard(self, content: Content) -> None:
        kept = self.content()
        self.editor.set_text("")
        self._set_files(())
        self._keeper.keep_now()
        self.editor.setFocus()
        self.message.say(tr("Discarded."), action=tr("Bring it back"), on_action=partial(self._put_back, kept))

    def _not_kept(self, error: KnownError) -> None:
        if not self.message.text():
            why = error_sentence(error)
            self.message.say(tr("What you write cannot be kept for a crash at the moment: {why}", why=why), "warning")

    # --- saving -----------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Writes the entry down; an empty box stays as it is."""
        content = self.content()
        if not content:
            self.editor.setFocus()
            return
        saving = Saving(content)
        self._saving.append(saving)
        self._keeper.forget()
        self.message.dismiss()
        self.editor.set_text("")
        self._files = ()
        self.chips.set_texts(())
        self._keeper.forget()
        self.editor.setFocus()
        self._operations.submit(
            ChangeOp(
                tr("Write"),
                partial(write, saving, self._surface, self._known, self._settings.flag("day_first")),
                partial(self._done, saving),
                partial(self._refused, saving),
            )
        )

    def _done(self, saving: Saving, changes: Changes[Saved] | None) -> None:
        self._saving.remove(saving)
        assert changes is not None
        if not self.content():
            self._saved = changes.result
            self.note.setText(tr("Saved"))
            self.prompt.hide()
            self._tell()
        self.entry_saved.emit(changes.result.entry)

    def _refused(self, saving: Saving, error: KnownError) -> None:
        self._saving.remove(saving)
        self._put_back(saving.content)
        self.message.say_error(error)
        self.editor.setFocus()

    def _bug(self, _label: str, _report: str) -> None:
        """A save that ended in a bug: the window reports it, the words come back here."""
        for saving in [saving for saving in self._saving if saving.failed]:
            self._saving.remove(saving)
            self._put_back(saving.content)
            self.message.say(tr("This could not be saved. Your words are still here."), "error")

    # --- taking back ------------------------------------------------------------------------------------------------

    def undo(self) -> None:
        """Takes back the entry that was just saved; its words come back into the box."""
        saved = self._saved
        if saved is None:
            return
        self._saved = None
        self._tell()
        self._operations.submit(
            ChangeOp(tr("Undo"), partial(take_back, saved), lambda _: self._undone(saved), self.message.say_error)
        )

    def _undone(self, saved: Saved) -> None:
        self._put_back(saved.content)
        self.editor.setFocus()


def _short(name: str) -> str:
    """A file's name that fits into a chip, with its ending."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 12]}…{name[-11:]}"
