"""One document as the list's page shows it: when, how long, who speaks, how far it is coded; edited in place."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desktop_app.model.errors import KnownError
from desktop_app.model.time import to_input
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.interviews.documents.listing import about_words
from desktop_app.ui.interviews.documents.reads import DocumentPage
from desktop_app.ui.interviews.documents.speakers import Speakers
from desktop_app.ui.theme import SPACE_M, Appearance
from desktop_app.ui.widgets import (
    FaintLabel,
    Form,
    IconButton,
    InlineMessage,
    KeyHint,
    LinkButton,
    MutedLabel,
    PrimaryButton,
    SectionLabel,
    TextLabel,
    TitleLabel,
)
from desktop_app.ui.widgets.conflict_line import ConflictLine

NOTE_HEIGHT = 88


class DocumentView(QWidget):
    """Requests: ``open_wanted()``, ``trash_wanted()``, ``memo_wanted()``, ``memo_opened(id)``, ``review_wanted()``,
    ``settle_requested()`` what several people gave different values, ``edited(dict)`` with title, when and note;
    ``speakers`` has its own.
    """

    open_wanted = Signal()
    trash_wanted = Signal()
    memo_wanted = Signal()
    memo_opened = Signal(str)
    settle_requested = Signal()
    edited = Signal(dict)

    def __init__(self, appearance: Appearance, page: DocumentPage, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance, self.page = appearance, page
        self.form: DetailsForm | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE_M)
        self._build_head()
        self._build_body()
        self._column.addStretch(1)

    def _build_head(self) -> None:
        document = self.page.document
        row = QHBoxLayout()
        row.setSpacing(2)
        row.addWidget(TitleLabel(document.fields.title, self, wrap=True), 1)
        for icon, text, key, act in (
            ("note", tr("Write a memo about it"), "M", self.memo_wanted.emit),
            ("edit", tr("Rename, date, note"), "E", self.begin_edit),
            ("trash", tr("Move to the trash"), "Del", self.trash_wanted.emit),
        ):
            button = IconButton(self._appearance, icon, text, self, shortcut=key, size=18)
            button.clicked.connect(lambda _=False, act=act: act())
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(row)
        self._column.addWidget(MutedLabel(about_words(document), self, wrap=True))
        self.conflict_line = ConflictLine(self._appearance, self.page.conflicts, self)
        self.conflict_line.clicked.connect(self.settle_requested)
        self._column.addWidget(self.conflict_line, 0, Qt.AlignmentFlag.AlignLeft)
        self.message = InlineMessage(self._appearance, self)
        self._column.addWidget(self.message)
        self._place = QVBoxLayout()
        self._column.addLayout(self._place)
        open_row = QHBoxLayout()
        self.open_button = PrimaryButton(tr("Read and code it"), self)
        self.open_button.setToolTip(tr("Enter in the list"))
        self.open_button.clicked.connect(self.open_wanted)
        open_row.addWidget(self.open_button)
        open_row.addWidget(MutedLabel(self._coded_words(), self), 1)
        self._column.addSpacing(4)
        self._column.addLayout(open_row)

    def _coded_words(self) -> str:
        codings = self.page.document.codings
        parts = [
            tr("{number} by you", number=count)
            if coder == self.page.author
            else tr("{number} by {coder}", number=f"{count:,}", coder=coder)
            for coder, count in codings.items()
        ]
        words = tr("Codings: {parts}", parts=", ".join(parts)) if parts else tr("Nothing is coded yet.")
        if self.page.document.review:
            words += " · " + count_text(self.page.document.review, "{number} waits for you", "{number} wait for you")
        return words

    def _build_body(self) -> None:
        fields = self.page.document.fields
        if fields.note:
            self._column.addSpacing(4)
            self._column.addWidget(TextLabel(fields.note, self, wrap=True))
        if self.page.speakers:
            self._section(tr("Who speaks"))
            self.speakers = Speakers(self._appearance, self.page.speakers, self.page.people, self)
            self._column.addWidget(self.speakers)
        else:
            self.speakers = Speakers(self._appearance, (), (), self)
            self.speakers.hide()
        if self.page.memos:
            self._section(tr("Memos"))
            for memo in self.page.memos:
                link = LinkButton(memo.heading, self)
                link.clicked.connect(lambda _=False, item=memo.id: self.memo_opened.emit(item))
                self._column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        self._section(tr("How it begins"))
        beginning = TextLabel(self.page.beginning, self, wrap=True)
        beginning.setMaximumWidth(beginning.fontMetrics().averageCharWidth() * 84)
        self._column.addWidget(beginning)
        if fields.origin.file:
            self._column.addSpacing(4)
            words = " · ".join(part for part in (fields.origin.file, self.page.style) if part)
            self._column.addWidget(FaintLabel(tr("From {file}", file=words), self, wrap=True))

    def _section(self, words: str) -> None:
        self._column.addSpacing(12)
        self._column.addWidget(SectionLabel(words, self))

    # --- editing in place --------------------------------------------------------------------------------------------

    def begin_edit(self) -> None:
        if self.form is None:
            self.form = form = DetailsForm(self.page, self)
            form.saved.connect(self.edited)
            form.left.connect(self.end_edit)
            self._place.addWidget(form)
            form.title.setFocus()
            form.title.selectAll()

    def end_edit(self) -> None:
        if self.form is not None:
            focused = self.form.isAncestorOf(self.focusWidget())
            self.form.hide()
            self.form.deleteLater()
            self.form = None
            self.message.dismiss()
            if focused:
                self.open_button.setFocus()

    def may_leave(self) -> bool:
        """Ends editing where nothing was typed; else says that it wants to be saved, and is not left."""
        if self.form is None or not self.form.is_modified():
            self.end_edit()
            return True
        self.message.say(tr("Save this first, or leave it with Esc."), "warning")
        self.form.title.setFocus()
        return False

    def show_error(self, error: KnownError) -> None:
        self.message.say_error(error)


class DetailsForm(Form):
    """Title, date and note. ``saved(dict)``, ``left()``."""

    saved = Signal(dict)

    def __init__(self, page: DocumentPage, parent: QWidget) -> None:
        super().__init__(parent)
        fields = page.document.fields
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(1, 1)
        self.title = QLineEdit(fields.title, self)
        self.when = QLineEdit(to_input(fields.occurred), self)
        self.when.setPlaceholderText(tr("when it was: 14 March, 2026-03, last monday"))
        self.note = QPlainTextEdit(fields.note, self)
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(NOTE_HEIGHT)
        for at, (words, field) in enumerate(
            ((tr("Title"), self.title), (tr("When"), self.when), (tr("Note"), self.note))
        ):
            label = FaintLabel(words, self)
            label.setMinimumHeight(30)
            field.setAccessibleName(words)
            grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(field, at, 1)
        self._before = self.values()
        self.title.returnPressed.connect(self.save)
        self.when.returnPressed.connect(self.save)
        foot = QHBoxLayout()
        foot.addWidget(KeyHint(tr("Ctrl+Enter saves · Esc leaves"), self), 1)
        save = PrimaryButton(tr("Save"), self)
        save.clicked.connect(self.save)
        foot.addWidget(save)
        grid.addLayout(foot, 3, 1)

    def save(self) -> None:
        self.saved.emit(self.values())

    def values(self) -> dict[str, str]:
        return {"title": self.title.text(), "when": self.when.text(), "note": self.note.toPlainText()}

    def is_modified(self) -> bool:
        """Whether anything was typed that is not saved."""
        return self.values() != self._before
