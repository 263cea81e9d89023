"""One question: what it asks, its evidence on three sides, what that covers, its options and its answer."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.model.briefs import Studied
from desktop_app.model.questions import Piece
from desktop_app.text.markdown import to_html
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.lenses.canvas import Canvas
from desktop_app.ui.lenses.coverage.drawing import CoverageDrawing
from desktop_app.ui.lenses.questions.telling import SIDES, option_words, piece_rows, state_words
from desktop_app.ui.theme import SPACE_M, SPACE_S, Appearance
from desktop_app.ui.widgets import (
    FaintLabel,
    LinkButton,
    MarkdownView,
    MutedLabel,
    RowList,
    SectionLabel,
    TextLabel,
    TitleLabel,
)

COVERAGE_ROOM = 380.0
NARROW = 620
"""Pixels below which the sides of the evidence do not stand beside each other."""
ROW_HEIGHT, LEAST, MOST = 50, 72, 380
"""Pixels of a row of evidence, and of the list that holds them."""


class QuestionView(QWidget):
    """``piece_opened()`` when the chosen piece is asked for, ``piece_chosen()`` when another one is chosen,
    ``asked(str)`` with the name of a verb of the page."""

    piece_opened = Signal()
    piece_chosen = Signal()
    asked = Signal(str)

    def __init__(self, appearance: Appearance, found: Studied, parent: QWidget) -> None:
        super().__init__(parent)
        self.found = found
        self._appearance = appearance
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE_M)
        self._pieces = {piece.link: piece for piece in found.pieces}
        self.lists: list[RowList] = []
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._chosen = ""
        question = found.question
        self._column.addWidget(TitleLabel(question.fields.text, self, wrap=True))
        self._column.addWidget(MutedLabel(state_words(question), self, wrap=True))
        self._add_verbs(question.is_open)
        self._add_words(question.fields.note)
        self._add_evidence(found)
        if question.fields.answer:
            self._column.addWidget(SectionLabel(tr("So far") if question.is_open else tr("Answer"), self))
            self._add_words(question.fields.answer)
        self._add_options(found)
        self._column.addWidget(SectionLabel(tr("What its entries cover"), self))
        self.canvas = Canvas(appearance, tr("What its entries cover"), self)
        self.canvas.set_room(COVERAGE_ROOM)
        self.canvas.show_drawing(CoverageDrawing(replace(found.coverage, months=())))
        self._column.addWidget(self.canvas)
        self._column.addStretch(1)

    def _add_verbs(self, is_open: bool) -> None:
        last = (tr("W  answer"), "answer") if is_open else (tr("R  open again"), "reopen")
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        verbs = (
            (tr("G  gather"), "gather"),
            last,
            (tr("E  edit"), "edit"),
            (tr("O  options"), "set_options"),
            (tr("B  brief"), "save_brief"),
        )
        for words, verb in verbs:
            button = LinkButton(words, self)
            button.clicked.connect(lambda _=False, verb=verb: self.asked.emit(verb))
            row.addWidget(button)
        row.addStretch()
        self._column.addLayout(row)

    def _add_words(self, markdown: str) -> None:
        if markdown:
            view = MarkdownView(self._appearance, self, fit_height=True)
            view.set_html(to_html(markdown))
            self._column.addWidget(view)

    def _add_evidence(self, found: Studied) -> None:
        row = self._sides
        row.setSpacing(SPACE_M)
        for relation, name, key in SIDES:
            made = piece_rows(found.pieces, relation)
            column = QVBoxLayout()
            column.setSpacing(SPACE_S)
            column.addWidget(SectionLabel(f"{key}  {tr(name)} ({len(made)})", self))
            shown = RowList(self._appearance, tr("{side}: evidence", side=tr(name)), self)
            shown.set_rows(made)
            shown.setFixedHeight(max(LEAST, min(MOST, ROW_HEIGHT * len(made) + 8)))
            shown.row_chosen.connect(self._take)
            shown.row_opened.connect(lambda _: self.piece_opened.emit())
            column.addWidget(shown)
            if not made:
                shown.hide()
                column.addWidget(FaintLabel(tr("Nothing yet."), self))
            column.addStretch(1)
            row.addLayout(column, 1)
            self.lists.append(shown)
        self._column.addLayout(row)

    def _add_options(self, found: Studied) -> None:
        made = found.returns
        if made:
            heading = count_text(len(made), "{number} option", "{number} options")
            self._column.addWidget(SectionLabel(heading, self))
        for one in made:
            self._column.addWidget(TextLabel(option_words(one.option, one.total, one.ratio), self, wrap=True))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for three sides beside each other, they stand below each other."""
        is_narrow = event.size().width() < NARROW
        direction = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        self._sides.setDirection(direction)
        super().resizeEvent(event)

    def _take(self, link: str) -> None:
        """One piece is chosen at a time, whichever side it is on."""
        self._chosen = link
        for shown in self.lists:
            if link not in {row.id for row in shown.rows()}:
                shown.clearSelection()
        self.piece_chosen.emit()

    def chosen(self) -> Piece | None:
        return self._pieces.get(self._chosen)

    def reading(self) -> QWidget:
        """Where the keys go when it is read: the first list that has evidence, else the grid."""
        for shown in self.lists:
            if not shown.isHidden():
                return shown
        return self.canvas

    def choose(self, link: str) -> None:
        """Chooses a piece and gives its list the focus; nothing where it is not here."""
        for shown in self.lists:
            if shown.choose_quietly(link):
                self._take(link)
                shown.setFocus()
