"""What stands beside the list: the words of one group, or of the entries that meet the metrics, a page of them at a
time."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.model.ways import Told
from desktop_app.ui.i18n import tr
from desktop_app.ui.lenses.ways.telling import source_words, tie_words
from desktop_app.ui.theme import READING_WIDTH_CHARACTERS, SPACE_L, SPACE_M, SPACE_S, Appearance
from desktop_app.ui.widgets import (
    Card,
    FlowLayout,
    HairLine,
    LinkButton,
    MarkdownView,
    MutedLabel,
    SectionLabel,
    SmallLink,
    StrongLabel,
    TextLabel,
    TitleLabel,
)

PAGE = 20
"""Entries that are read at once; . and , go to the next and the ones before."""

SLICE = 4
"""Cards that are made without letting the window do anything else; laying out words takes its time."""

ROOM = 8
"""Pixels that a line may need beside its letters."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A voice with its words as safe HTML."""

    told: Told
    html: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: entries ``[at, at + len(spoken))`` of ``total``, under a name with its figures (words and query).

    ``words`` explain it. ``ends`` are the first and the last that somebody said, or nothing.
    """

    name: str
    figures: tuple[tuple[str, str], ...]
    words: str
    spoken: tuple[Spoken, ...]
    at: int
    total: int
    ends: tuple[Spoken, ...] = ()


class VoiceCard(Card):
    """One entry in its own words. ``opened(id)`` on Enter or by its link, ``query_opened(str)`` for what it joins,
    ``stepped(int)`` on Up and Down, ``entered()`` when it gets the focus."""

    opened = Signal(str)
    query_opened = Signal(str)
    stepped = Signal(int)
    entered = Signal()

    def __init__(self, appearance: Appearance, spoken: Spoken, parent: QWidget, *, heading: str = "") -> None:
        super().__init__(parent, spacing=SPACE_S)
        self.spoken = spoken
        told = spoken.told
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        source = source_words(told)
        if heading:
            self.body.addWidget(SectionLabel(heading, self))
        if told.words.fields.title:
            self.body.addWidget(StrongLabel(told.words.fields.title, self, wrap=True))
        self.view = MarkdownView(appearance, self, fit_height=True)
        self.view.browser.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.view.item_link_clicked.connect(self.opened)
        self.view.set_html(spoken.html)
        self.view.setVisible(bool(spoken.html))
        self.body.addWidget(self.view)
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        row.addWidget(MutedLabel(source, self, wrap=True), 1)
        open_link = SmallLink(appearance, tr("Open"), self, more=tr("Open the entry") + "  Enter")
        open_link.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        open_link.clicked.connect(self._open)
        row.addWidget(open_link, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        self._add_ties(appearance, told)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        appearance.changed.connect(self._keep_narrow)
        self.setAccessibleName(
            ". ".join(filter(None, (heading, told.words.fields.title, self.view.plain_text(), source)))
        )

    def _add_ties(self, appearance: Appearance, told: Told) -> None:
        if told.ties:
            self.body.addWidget(HairLine(self))
        for tie in told.ties:
            self.body.addWidget(TextLabel(tie_words(tie), self, wrap=True))
            if tie.tie.via and tie.tie.query:
                link = SmallLink(appearance, tr("Show both entries"), self)
                link.clicked.connect(lambda _=False, query=tie.tie.query: self.query_opened.emit(query))
                self.body.addWidget(link)

    def _keep_narrow(self) -> None:
        """Lines no longer than is good to read. A margin does it: a layout works out the height of wrapped words for
        the whole of its width, whatever the widest is that they may be."""
        words = self.view.browser.fontMetrics().averageCharWidth() * READING_WIDTH_CHARACTERS + ROOM
        right = max(SPACE_L, self.width() - SPACE_L - words)
        self.body.setContentsMargins(SPACE_L, SPACE_L, right, SPACE_L)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_narrow()

    def _open(self) -> None:
        self.opened.emit(self.spoken.told.words.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._open()
            case Qt.Key.Key_Down:
                self.stepped.emit(+1)
            case Qt.Key.Key_Up:
                self.stepped.emit(-1)
            case _:
                super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._open()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.set_chosen(True)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.set_chosen(False)


class SheetView(QWidget):
    """``entry_opened(id)``, ``query_opened(str)``, ``page_asked(int)`` by one forth or back, ``seen(widget, QRect)``
    for scrolling, ``left_upwards()`` on Up in the first card, ``completed()`` once the last card is there: the
    first ones are there at once, the others come a few at a time."""

    entry_opened = Signal(str)
    query_opened = Signal(str)
    page_asked = Signal(int)
    seen = Signal(object, QRect)
    left_upwards = Signal()
    completed = Signal()

    def __init__(self, appearance: Appearance, sheet: Sheet, parent: QWidget) -> None:
        super().__init__(parent)
        self.appearance = appearance
        self.sheet = sheet
        self.cards: list[VoiceCard] = []
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(SPACE_L)
        self._build_head()
        if sheet.ends:
            self._build_ends(sheet.ends)
        self._next = self.column.count()
        self._left = deque(sheet.spoken)
        if sheet.total > len(sheet.spoken):
            self._build_pager()
        self.column.addStretch(1)
        self._soon = QTimer(self)
        self._soon.timeout.connect(self._add_some)
        self._soon.start()
        self._add_some()

    def _add_some(self) -> None:
        for _ in range(min(SLICE, len(self._left))):
            self.column.insertWidget(self._next, self._card(self._left.popleft()))
            self._next += 1
        if not self._left:
            self._soon.stop()
            self.completed.emit()

    def when_complete(self, call: Callable[[], None]) -> None:
        """Calls at once, or as soon as the last card is there."""
        if self._left:
            self.completed.connect(call)
        else:
            call()

    def _build_head(self) -> None:
        self.column.addWidget(TitleLabel(self.sheet.name, self, wrap=True))
        if self.sheet.figures:
            holder = QWidget(self)
            flow = FlowLayout(holder, spacing=SPACE_M)
            for words, query in self.sheet.figures:
                link = SmallLink(self.appearance, words, holder, more=tr("Show the entries behind it"))
                link.clicked.connect(lambda _=False, query=query: self.query_opened.emit(query))
                flow.addWidget(link)
            self.column.addWidget(holder)
        if self.sheet.words:
            self.column.addWidget(MutedLabel(self.sheet.words, self, wrap=True))

    def _build_ends(self, ends: Sequence[Spoken]) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        for spoken, heading in zip(ends, (tr("First"), tr("Last")), strict=True):
            row.addWidget(self._card(spoken, heading), 1, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)
        self.column.addWidget(SectionLabel(tr("All of it, in order of time"), self))

    def _card(self, spoken: Spoken, heading: str = "") -> VoiceCard:
        card = VoiceCard(self.appearance, spoken, self, heading=heading)
        card.opened.connect(self.entry_opened)
        card.query_opened.connect(self.query_opened)
        card.stepped.connect(lambda by, card=card: self._step(card, by))
        card.entered.connect(lambda card=card: self.seen.emit(card, card.rect()))
        self.cards.append(card)
        return card

    def _build_pager(self) -> None:
        sheet = self.sheet
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        self.before = LinkButton(tr(",  the ones before"), self)
        self.before.setVisible(sheet.at > 0)
        self.before.clicked.connect(lambda: self.page_asked.emit(-1))
        last = sheet.at + len(sheet.spoken)
        words = tr("{first}–{last} of {total}", first=f"{sheet.at + 1:,}", last=f"{last:,}", total=f"{sheet.total:,}")
        self.after = LinkButton(tr(".  the next ones"), self)
        self.after.setVisible(last < sheet.total)
        self.after.clicked.connect(lambda: self.page_asked.emit(+1))
        row.addWidget(self.before)
        row.addWidget(MutedLabel(words, self))
        row.addWidget(self.after)
        row.addStretch()
        self.column.addLayout(row)

    def _step(self, card: VoiceCard, by: int) -> None:
        at = self.cards.index(card) + by
        if at < 0:
            self.left_upwards.emit()
        elif at < len(self.cards):
            self.cards[at].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focused(self) -> str:
        """The entry of the card that has the focus, or nothing."""
        return next((card.spoken.told.words.id for card in self.cards if card.hasFocus()), "")

    def focus_entry(self, entry: str) -> None:
        """Gives the focus to an entry's card, where it is still there."""
        for card in self.cards:
            if card.spoken.told.words.id == entry:
                card.setFocus(Qt.FocusReason.OtherFocusReason)
                return
