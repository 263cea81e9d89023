"""What stands beside the list: one relationship with its way, or everybody with their steps and silences."""

from collections.abc import Iterable

from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.model.relationships import Reached, Relationships, Way, WayStep
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.lenses.canvas import Canvas
from desktop_app.ui.lenses.relationships.steps_drawing import StepsDrawing, reached_words
from desktop_app.ui.lenses.relationships.telling import FigureLine, about_words, figures, silent_words
from desktop_app.ui.lenses.relationships.way_drawing import MOST_BANDS, WayDrawing, when_words
from desktop_app.ui.theme import SPACE_M, Appearance
from desktop_app.ui.widgets import (
    FaintLabel,
    FlowLayout,
    LinkButton,
    MutedLabel,
    SectionLabel,
    SmallLink,
    TitleLabel,
)

MOST_LINES = 40
"""Lines of people under a figure or a heading; the list on the left has all of them."""

LINK_INDENT = 5
"""Pixels by which the words of a link stand within it."""


class _View(QWidget):
    """``query_opened(str)`` when what a figure counts is asked for, ``spot_seen(QRectF)`` for scrolling."""

    query_opened = Signal(str)
    spot_seen = Signal(object, QRectF)

    def __init__(self, appearance: Appearance, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.appearance = appearance
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(SPACE_M)
        self.canvas = Canvas(appearance, name, self)
        self.canvas.spot_chosen.connect(self._seen)

    def _seen(self, spot: object) -> None:
        rect = getattr(spot, "rect", None)
        if rect is not None:
            self.spot_seen.emit(self.canvas, rect)

    def section(self, words: str) -> None:
        self.column.addSpacing(SPACE_M)
        self.column.addWidget(SectionLabel(words, self))

    def lines(self, lines: Iterable[FigureLine]) -> None:
        """A link for each figure, plain words where there is nothing behind it."""
        # A widget of its own: a layout within a layout asks wrapped words for less height than it then gives them.
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for line in lines:
            if line.query:
                link = SmallLink(self.appearance, line.words, self, more=tr("Show the entries behind it"))
                link.clicked.connect(lambda _=False, query=line.query: self.query_opened.emit(query))
                column.addWidget(link)
            else:
                column.addWidget(self.plain(line.words))
        self.column.addWidget(holder)

    def plain(self, words: str) -> MutedLabel:
        """Words in line with the links around them."""
        label = MutedLabel(words, self, wrap=True)
        label.setContentsMargins(LINK_INDENT, 1, 0, 1)
        return label


class WayView(_View):
    """One relationship. ``person_requested()`` opens it in People, ``write_requested()`` an entry with them,
    ``question_given(str)`` one that they asked."""

    person_requested = Signal()
    write_requested = Signal()
    question_given = Signal(str)

    def __init__(self, appearance: Appearance, found: Way, parent: QWidget) -> None:
        super().__init__(appearance, tr("The way of {name}", name=found.relationship.name), parent)
        self.found = found
        one = found.relationship
        self._build_head(found)
        self.canvas.show_drawing(WayDrawing(found))
        self.column.addWidget(self.canvas)
        if found.campaigns:
            words = tr("Bands are what was planned meanwhile: the way crosses them, and they explain nothing.")
            if len(found.campaigns) > MOST_BANDS:
                more = f"{len(found.campaigns):,}"
                words += " " + tr("The {number} longest of {all} are drawn.", number=MOST_BANDS, all=more)
            self.column.addWidget(FaintLabel(words, self, wrap=True))
        self.section(tr("In figures"))
        self.lines(figures(one))
        words = tr(
            "Listening is where we listened or asked, and quotes of which nobody has said; help is neither. A rhythm is"
            " the median of the days from one day with a conversation to the next."
        )
        self.column.addWidget(FaintLabel(words, self, wrap=True))
        if one.steps:
            self.section(tr("Steps"))
            self.lines(_step_line(step) for step in one.steps)
        self.column.addStretch(1)

    def _build_head(self, found: Way) -> None:
        one = found.relationship
        self.column.addWidget(TitleLabel(one.name, self, wrap=True))
        if about := about_words(one):
            self.column.addWidget(MutedLabel(about, self, wrap=True))
        self.write = LinkButton(tr("N  write"), self)
        self.write.clicked.connect(self.write_requested)
        self.ask = LinkButton(tr("Q  their question"), self)
        self.ask.clicked.connect(self.begin_question)
        self.ask.setVisible(one.kind == "person")
        self.open = LinkButton(tr("O  open"), self)
        self.open.setToolTip(tr("Open in People"))
        self.open.clicked.connect(self.person_requested)
        holder = QWidget(self)
        row = FlowLayout(holder, spacing=SPACE_M)
        for button in (self.write, self.ask, self.open):
            row.addWidget(button)
        self.column.addWidget(holder)
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(tr("What did {name} ask? Enter keeps it, Esc leaves", name=one.name))
        self.line.setAccessibleName(tr("What they asked"))
        self.line.setVisible(False)
        self.line.returnPressed.connect(self._give_question)
        self.column.addWidget(self.line)

    def begin_question(self) -> None:
        """Unfolds the line that takes what they asked."""
        if self.found.relationship.kind == "person":
            self.line.setVisible(True)
            self.line.setFocus()

    def end_question(self) -> None:
        self.line.clear()
        self.line.setVisible(False)
        self.canvas.setFocus()

    def _give_question(self) -> None:
        if words := self.line.text().strip():
            self.question_given.emit(words)


class EverybodyView(_View):
    """Success as steps, and who has been silent for longer than usual. ``chosen(str)`` a person's id, ``all_silent()``
    the list of all of those, ``grain_toggled()``."""

    chosen = Signal(str)
    all_silent = Signal()
    grain_toggled = Signal()

    def __init__(self, appearance: Appearance, found: Relationships, parent: QWidget) -> None:
        super().__init__(appearance, tr("Steps over time"), parent)
        self._people = QWidget(self)
        self._people_column = QVBoxLayout(self._people)
        self._people_column.setContentsMargins(0, 0, 0, 0)
        self._people_column.setSpacing(0)
        self._build_steps(found)
        self._build_silent(found)
        self.column.addStretch(1)
        self.canvas.spot_chosen.connect(self._show_people)

    def _build_steps(self, found: Relationships) -> None:
        row = QHBoxLayout()
        row.addWidget(TitleLabel(tr("Steps"), self), 1)
        self.grain = LinkButton(tr("P  by year") if found.grain == "year" else tr("P  by quarter"), self)
        self.grain.setToolTip(tr("Sum steps by year or by quarter") + "  P")
        self.grain.clicked.connect(self.grain_toggled)
        row.addWidget(self.grain)
        self.column.addLayout(row)
        if not found.reached:
            words = tr("No step noted yet. Steps are noted in People: who became a customer, and which entry shows it.")
            self.column.addWidget(MutedLabel(words, self, wrap=True))
        drawing = StepsDrawing(found)
        self.canvas.show_drawing(drawing)
        self.canvas.setVisible(bool(found.reached))
        self.column.addWidget(self.canvas)
        self.column.addWidget(self._people)

    def _build_silent(self, found: Relationships) -> None:
        self.section(tr("Longer than their own rhythm"))
        silent = found.beyond
        if not silent:
            words = tr("Nobody has been silent for longer than usual. A rhythm takes three days with a conversation.")
            self.column.addWidget(MutedLabel(words, self, wrap=True))
        column = QVBoxLayout()
        column.setSpacing(0)
        for one in silent[:MOST_LINES]:
            link = SmallLink(self.appearance, silent_words(one), self)
            link.clicked.connect(lambda _=False, item=one.id: self.chosen.emit(item))
            column.addWidget(link)
        self.column.addLayout(column)
        if len(silent) > MOST_LINES:
            link = SmallLink(self.appearance, tr("All {number} of them", number=f"{len(silent):,}"), self)
            link.clicked.connect(lambda _=False: self.all_silent.emit())
            self.column.addWidget(link)

    def _show_people(self, spot: object) -> None:
        """Who they are, under the chosen figure, each with the way to them."""
        while (item := self._people_column.takeAt(0)) is not None:
            if old := item.widget():
                old.hide()
                old.deleteLater()
        one = getattr(spot, "key", None)
        if not isinstance(one, Reached):
            return
        self._people_column.addWidget(MutedLabel(reached_words(one), self._people, wrap=True))
        for step in one.steps[:MOST_LINES]:
            link = SmallLink(self.appearance, f"{step.name}, {_step_line(step).words}", self._people)
            link.clicked.connect(lambda _=False, person=step.person: self.chosen.emit(person))
            self._people_column.addWidget(link)
        if len(one.steps) > MOST_LINES:
            more = len(one.steps) - MOST_LINES
            words = count_text(more, "and {number} more, in the CSV", "and {number} more, in the CSV")
            self._people_column.addWidget(MutedLabel(words, self._people))


def _step_line(step: WayStep) -> FigureLine:
    stage = tr("back to {stage}", stage=tr(step.stage)) if step.back else tr(step.stage)
    when = when_words(step.date)
    said = f"{stage}, {when}" if when else stage
    if step.entry:
        return FigureLine(tr("{step}, shown by an entry", step=said), step.query)
    return FigureLine(tr("{step}, no entry shows it", step=said), "")
