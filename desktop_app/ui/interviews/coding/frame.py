"""The parts of the coding page and how they stand: the head, the bars, the text on its card, the panel beside it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.ui.i18n import tr
from desktop_app.ui.interviews.coding.chosen import ChosenCard
from desktop_app.ui.interviews.coding.filter_bar import FilterBar
from desktop_app.ui.interviews.coding.find_bar import FindBar
from desktop_app.ui.interviews.coding.panel import CodebookPanel
from desktop_app.ui.interviews.coding.review import ReviewPanel
from desktop_app.ui.interviews.transcript import TranscriptView
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets import (
    Card,
    ElidedLabel,
    IconButton,
    InlineMessage,
    KeyHint,
    LinkButton,
    PrimaryButton,
)

PANEL_WIDTH = 292


class Head(QWidget):
    """Title, a line about the text with its links, and the verbs at the right, each a signal."""

    filter_wanted = Signal()
    find_wanted = Signal()
    correct_wanted = Signal()
    memo_wanted = Signal()
    differences_wanted = Signal()
    review_wanted = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        words = QVBoxLayout()
        words.setSpacing(2)
        self.title = ElidedLabel("", self, role="title")
        words.addWidget(self.title)
        line = QHBoxLayout()
        line.setSpacing(2)
        self._words = ""
        self.line = ElidedLabel("", self, role="muted")
        self.line.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.differences = LinkButton("", self)
        self.review = LinkButton("", self)
        line.addWidget(self.line)
        for link, signal in ((self.differences, self.differences_wanted), (self.review, self.review_wanted)):
            link.setProperty("small", True)
            link.clicked.connect(signal)
            link.hide()
            line.addWidget(link)
        line.addStretch(1)
        # As high with links as without, so that the text does not jump when they come.
        self.line.setMinimumHeight(self.review.sizeHint().height())
        words.addLayout(line)
        row.addLayout(words, 1)
        for icon, tip, key, wanted in (
            ("search", tr("Find in the text"), "Ctrl+F", self.find_wanted),
            ("filter", tr("Which codings are shown"), "F", self.filter_wanted),
            ("note", tr("Memo on this text"), "", self.memo_wanted),
            ("edit", tr("Correct the text"), "E", self.correct_wanted),
        ):
            button = IconButton(appearance, icon, tip, self, shortcut=key, size=18)
            button.clicked.connect(wanted)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    def show_words(self, title: str, line: str) -> None:
        self.title.set_text(title)
        self._words = line
        self._join()

    def show_link(self, link: LinkButton, words: str) -> None:
        """Words that can be followed, at the end of the line; none hide the link."""
        link.setText(words)
        link.setVisible(bool(words))
        self._join()

    def _join(self) -> None:
        linked = any(not link.isHidden() for link in (self.differences, self.review))
        self.line.set_text(f"{self._words} ·" if linked else self._words)


class CorrectionBar(QWidget):
    """Says that the text is being corrected, and how that ends."""

    save_wanted = Signal()
    leave_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(KeyHint(tr("Ctrl+Enter saves · Esc leaves"), self))
        row.addStretch(1)
        leave = LinkButton(tr("Leave"), self)
        leave.clicked.connect(self.leave_wanted)
        save = PrimaryButton(tr("Save the text"), self)
        save.clicked.connect(self.save_wanted)
        row.addWidget(leave)
        row.addWidget(save)
        self.hide()


class CodingFrame(QWidget):
    """All parts; the page connects them."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.head = Head(appearance, self)
        self.message = InlineMessage(appearance, self)
        self.finder = FindBar(appearance, self)
        self.filter = FilterBar(appearance, self)
        self.correction = CorrectionBar(self)
        for part in (self.head, self.message, self.filter, self.finder, self.correction):
            column.addWidget(part)
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(16)
        card = Card(self.split, margin=2, spacing=0)
        self.view = TranscriptView(appearance, card)
        card.body.addWidget(self.view)
        self.split.addWidget(card)
        self.split.addWidget(self._make_panel(appearance))
        self.split.setStretchFactor(0, 1)
        self.split.setStretchFactor(1, 0)
        self.split.setSizes([900, PANEL_WIDTH])
        column.addWidget(self.split, 1)

    def _make_panel(self, appearance: Appearance) -> QWidget:
        side = Card(self.split, margin=16)
        side.setMinimumWidth(236)
        self.side = QStackedWidget(side)
        self._book = book = QWidget(self.side)
        column = QVBoxLayout(book)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.codebook = CodebookPanel(appearance, book)
        self.chosen = ChosenCard(appearance, book)
        column.addWidget(self.codebook, 1)
        column.addWidget(self.chosen)
        hint = KeyHint(tr("1–9 recent codes · Enter applies · Del removes"), book)
        hint.setWordWrap(True)
        column.addWidget(hint)
        self.review = ReviewPanel(appearance, self.side)
        self.side.addWidget(book)
        self.side.addWidget(self.review)
        side.body.addWidget(self.side)
        return side

    def show_review(self, on: bool) -> None:
        """The list of what waits in the place of the codebook, or the codebook again."""
        self.side.setCurrentWidget(self.review if on else self._book)

    @property
    def reviewing(self) -> bool:
        return self.side.currentWidget() is self.review
