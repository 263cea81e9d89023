"""The preview of an import, in place: the files at the left, at the right what the chosen one would become."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from desktop_app.model.errors import KnownError
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.interviews.documents.file_preview import FileView
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets import (
    Card,
    InlineMessage,
    KeyHint,
    LinkButton,
    PrimaryButton,
    Row,
    RowList,
    ScrollPage,
    TitleLabel,
    add_shortcuts,
)

if TYPE_CHECKING:
    from desktop_app.services.documents import FilePreview, Reading
    from desktop_app.ui.interviews.documents.importing import Looked


class ImportView(QWidget):
    """``import_wanted(dict)`` readings by path; ``look_wanted(path, Reading)`` a file is to be read in another way,
    ``look_all_wanted(dict)`` many of them; ``left()``.
    """

    import_wanted = Signal(object)
    look_wanted = Signal(object, object)
    look_all_wanted = Signal(object)
    left = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._files: dict[Path, FilePreview] = {}
        self._readings: dict[Path, Reading] = {}
        self._shown: FileView | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self._build_head())
        self.message = InlineMessage(appearance, self)
        column.addWidget(self.message)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(16)
        card = Card(split, margin=6, spacing=0)
        self.list = RowList(appearance, tr("Files"), card)
        card.body.addWidget(self.list)
        card.setMinimumWidth(240)
        self.page = ScrollPage(tr("What the file would become"), split)
        self._place = QVBoxLayout()
        self.page.body.addLayout(self._place, 1)
        split.addWidget(card)
        split.addWidget(self.page)
        split.setSizes([340, 660])
        split.setStretchFactor(1, 1)
        column.addWidget(split, 1)
        self.list.row_chosen.connect(self._choose)
        # The list takes Enter for itself, with Ctrl too.
        add_shortcuts(self, (("Ctrl+Return", self.take), ("Ctrl+Enter", self.take)))

    def _build_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        self.title = TitleLabel("", self)
        row.addWidget(self.title)
        row.addWidget(KeyHint(tr("Ctrl+Enter imports · Esc leaves"), self), 1)
        cancel = LinkButton(tr("Leave"), self)
        cancel.clicked.connect(self.left)
        self.import_button = PrimaryButton(tr("Import"), self)
        self.import_button.clicked.connect(self.take)
        row.addWidget(cancel)
        row.addWidget(self.import_button)
        return row

    # --- what is shown -----------------------------------------------------------------------------------------------

    def show_looked(self, looked: "Looked") -> None:
        """The files as they were found to be."""
        from desktop_app.services.documents import AS_FOUND

        self._files = {file.path: file for file in looked.files}
        self._readings = dict.fromkeys(self._files, AS_FOUND)
        self.message.dismiss()
        if looked.rejected:
            self.message.say(" ".join(one.reason for one in looked.rejected), "warning")
        self._put(None)
        self._fill()
        self.list.choose_first()
        self.list.setFocus()

    def show_again(self, files: "Sequence[FilePreview]") -> None:
        """Files, read in another way; the fields of the one that is shown keep what is typed in them."""
        known = {file.path: file for file in files if file.path in self._files}
        self._files |= known
        self._fill()
        if self._shown is not None and self._shown.path in known:
            self._shown.show_file(known[self._shown.path])

    def say_error(self, error: KnownError) -> None:
        self.message.say_error(error)

    def _fill(self) -> None:
        self.list.set_rows([_row(file) for file in self._files.values()])
        count = sum(len(file.documents) for file in self._files.values())
        self.title.setText(count_text(count, "{number} document to import", "{number} documents to import"))
        self.import_button.setEnabled(count > 0)

    def _choose(self, item: str) -> None:
        path = Path(item)
        if path not in self._files or (self._shown is not None and self._shown.path == path):
            return
        self._settle()
        made = FileView(self._appearance, self._files[path], self._readings[path], self.page.sheet)
        made.reading_changed.connect(self._read_otherwise)
        made.all_wanted.connect(self._read_all_otherwise)
        self._put(made)
        self.page.to_top()

    def _put(self, made: FileView | None) -> None:
        if self._shown is not None:
            self._place.removeWidget(self._shown)
            self._shown.hide()
            self._shown.deleteLater()
        self._shown = made
        if made is not None:
            self._place.addWidget(made)

    # --- choosing ----------------------------------------------------------------------------------------------------

    def _read_otherwise(self, path: Path, reading: "Reading") -> None:
        self._readings[path] = reading
        self.look_wanted.emit(path, reading)

    def _settle(self) -> None:
        """What was typed a moment ago counts too."""
        if self._shown is not None:
            self._shown.settle()

    def _read_all_otherwise(self, pattern: str) -> None:
        """The pattern of one file for all files that are no tables; each is looked at by it."""
        others = {
            path: replace(self._readings[path], pattern=pattern)
            for path, file in self._files.items()
            if not file.columns
        }
        self._readings |= others
        self.look_all_wanted.emit(others)
        self.message.say(tr("All files will be read by this pattern."))

    def take(self) -> None:
        """Imports what can be read; the others are told of again in the report."""
        self._settle()
        if self.import_button.isEnabled():
            self.import_wanted.emit(dict(self._readings))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _row(file: "FilePreview") -> Row:
    if file.problem:
        return Row(str(file.path), file.path.name, file.problem, tr("not readable"))
    return Row(str(file.path), file.path.name, _found_words(file), _aside(file))


def _aside(file: "FilePreview") -> str:
    notices = sum(len(one.notices) for one in file.documents)
    return count_text(notices, "{number} remark", "{number} remarks") if notices else ""


def _found_words(file: "FilePreview") -> str:
    if file.columns:
        return count_text(len(file.documents), "{number} answer", "{number} answers")
    return turns_words([turn.speaker for one in file.documents for turn in one.turns])


def turns_words(speakers: Sequence[str]) -> str:
    """``58 turns · 2 speakers``, or that there are none."""
    if not speakers:
        return tr("a text without speakers")
    turns = count_text(len(speakers), "{number} turn", "{number} turns")
    people = len({name for name in speakers if name})
    return f"{turns} · {count_text(people, '{number} speaker', '{number} speakers')}"
