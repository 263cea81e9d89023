"""One code as it is read: what it means, some of its quotes, and what became of it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.model.changes import RevisionInfo
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.interviews.codebook.colours import square
from desktop_app.ui.interviews.codebook.reads import CodePage
from desktop_app.ui.theme import SPACE_M, Appearance
from desktop_app.ui.widgets import (
    FaintLabel,
    FlowLayout,
    IconButton,
    LinkButton,
    MutedLabel,
    SectionLabel,
    TextLabel,
    TitleLabel,
)
from desktop_app.ui.widgets.conflict_line import ConflictLine
from desktop_app.ui.widgets.days import day_words
from desktop_app.ui.widgets.origins import version_author, version_words, with_parents

MOST_VERSIONS = 8
FIELD_WORDS = {
    "name": "name",
    "parent": "place",
    "definition": "definition",
    "include": "when to use it",
    "exclude": "when not",
    "examples": "examples",
    "colour": "colour",
}


class CodeView(QWidget):
    """Requests: ``verb_wanted(str)`` (``edit``, ``memo``, ``trash``, ``move``, ``merge``, ``split``, ``below``,
    ``quotes``), ``settle_requested()`` what several people gave different values, ``coding_opened(id)``,
    ``memo_opened(id)``.
    """

    verb_wanted = Signal(str)
    coding_opened = Signal(str)
    memo_opened = Signal(str)
    settle_requested = Signal()

    def __init__(self, appearance: Appearance, page: CodePage, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance, self.page = appearance, page
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE_M)
        self._build_head()
        self.place = QVBoxLayout()
        self._column.addLayout(self.place)
        self._build_meaning()
        self._build_quotes()
        self._build_history()
        self._column.addStretch(1)

    def _build_head(self) -> None:
        code = self.page.code
        row = QHBoxLayout()
        row.setSpacing(8)
        mark = QLabel(self)
        mark.setFixedSize(14, 14)
        mark.setPixmap(square(code.colour))
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(TitleLabel(code.fields.name, self, wrap=True), 1)
        for icon, words, key, verb in (
            ("note", tr("Write a memo about it"), "M", "memo"),
            ("edit", tr("Edit"), "E", "edit"),
            ("trash", tr("Move to the trash"), "Del", "trash"),
        ):
            button = IconButton(self._appearance, icon, words, self, shortcut=key, size=18)
            button.clicked.connect(lambda _=False, verb=verb: self.verb_wanted.emit(verb))
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(row)
        parts = [" / ".join(code.path[:-1]), count_text(code.count, "{number} coding", "{number} codings")]
        if code.below:
            parts.append(tr("{number} below it", number=f"{code.below:,}"))
        self._column.addWidget(MutedLabel(" · ".join(part for part in parts if part), self, wrap=True))
        self.conflict_line = ConflictLine(self._appearance, self.page.conflicts, self)
        self.conflict_line.clicked.connect(self.settle_requested)
        self._column.addWidget(self.conflict_line, 0, Qt.AlignmentFlag.AlignLeft)
        verbs = QWidget(self)
        flow = FlowLayout(verbs, spacing=4)
        for words, verb in (
            (tr("Quotes"), "quotes"),
            (tr("New code below"), "below"),
            (tr("Move to…"), "move"),
            (tr("Merge into…"), "merge"),
            (tr("Split…"), "split"),
        ):
            link = LinkButton(words, verbs)
            link.setProperty("small", True)
            link.setEnabled(bool(code.count) or verb != "split")
            link.clicked.connect(lambda _=False, verb=verb: self.verb_wanted.emit(verb))
            flow.addWidget(link)
        self._column.addWidget(verbs)

    def _build_meaning(self) -> None:
        fields = self.page.code.fields
        for words, text in (
            (tr("Definition"), fields.definition),
            (tr("Use when"), fields.include),
            (tr("Not for"), fields.exclude),
            (tr("Examples"), "\n".join(f"“{example}”" for example in fields.examples)),
        ):
            if text:
                self._section(words)
                self._column.addWidget(_reading(text, self))
        if not any((fields.definition, fields.include, fields.exclude, fields.examples)):
            self._section(tr("Definition"))
            words = tr("Nothing says yet what this code means; press E and write when to use it, and when not.")
            self._column.addWidget(MutedLabel(words, self, wrap=True))

    def _build_quotes(self) -> None:
        if self.page.memos:
            self._section(tr("Memos"))
        for memo in self.page.memos:
            link = LinkButton(memo.heading, self)
            link.clicked.connect(lambda _=False, item=memo.id: self.memo_opened.emit(item))
            self._column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        if self.page.quotes:
            self._section(tr("Some of its quotes"))
        for quote in self.page.quotes:
            frame = QFrame(self)
            inside = QVBoxLayout(frame)
            inside.setContentsMargins(0, 0, 0, 4)
            inside.setSpacing(2)
            inside.addWidget(_reading(quote.text, frame))
            said = " · ".join(part for part in (quote.document, quote.speaker, quote.coding.coder) if part)
            link = LinkButton(said, frame)
            link.setProperty("small", True)
            link.clicked.connect(lambda _=False, item=quote.coding.id: self.coding_opened.emit(item))
            inside.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
            self._column.addWidget(frame)

    def _build_history(self) -> None:
        self._section(tr("What became of it"))
        for info, before in with_parents(self.page.history)[:MOST_VERSIONS]:
            did = version_words(info, self._changed(info, before))
            self._column.addWidget(FaintLabel(f"{day_words(info.at)} · {version_author(info)}: {did}", self, wrap=True))

    def _changed(self, info: RevisionInfo, before: RevisionInfo | None) -> str:
        fields = info.fields
        if info.is_derived:
            return ", ".join(tr(FIELD_WORDS[name]) for name in info.changed if name in FIELD_WORDS)
        if before is None:
            return "" if info.shallow else tr("made")
        old = before.fields
        if fields.get("trashed") != old.get("trashed"):
            into = self.page.names.get(str(fields.get("merged_into")), "")
            if fields.get("trashed"):
                return tr("merged into {code}", code=into) if into else tr("moved to the trash")
            return tr("brought back")
        if fields.get("name") != old.get("name"):
            return tr("renamed from “{old}” to “{new}”", old=old["name"], new=fields["name"])
        if fields.get("parent") != old.get("parent"):
            above = self.page.names.get(str(fields.get("parent")), "")
            return tr("moved under {code}", code=above) if above else tr("moved to the top")
        changed = [tr(FIELD_WORDS[name]) for name in info.changed if name in FIELD_WORDS]
        return tr("{what} changed", what=", ".join(changed)) if changed else tr("changed")

    def _section(self, words: str) -> None:
        self._column.addSpacing(10)
        self._column.addWidget(SectionLabel(words, self))


def _reading(text: str, parent: QWidget) -> TextLabel:
    label = TextLabel(text, parent, wrap=True)
    label.setMaximumWidth(label.fontMetrics().averageCharWidth() * 84)
    return label
