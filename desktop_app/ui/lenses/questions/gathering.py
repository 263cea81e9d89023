"""Gathering evidence for a question: what a search finds, and stretches of the series that its words name."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.model.errors import KnownError
from desktop_app.model.links import End
from desktop_app.model.metrics import Series
from desktop_app.model.queries import Hit
from desktop_app.model.questions import EVIDENCE_KINDS
from desktop_app.ui.i18n import error_sentence, tr
from desktop_app.ui.lenses.questions.telling import stretch_figure
from desktop_app.ui.ops import Operations, ReadOp
from desktop_app.ui.theme import SPACE_M, Appearance
from desktop_app.ui.widgets import KeyHint, MutedLabel, Row, RowList, SearchField, SectionLabel

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook

MOST_HITS = 12
MOST_SERIES = 8
LEAST_LETTERS = 2


@dataclass(frozen=True, slots=True)
class Found:
    """What the typed words find."""

    hits: tuple[Hit, ...] = ()
    series: tuple[Series, ...] = ()


def find(notebook: "Notebook", typed: str) -> Found:
    """Hits that can be evidence, and series with all the words in their names."""
    words = typed.casefold().split()
    series = [one for one in notebook.metrics.list() if all(word in one.label.casefold() for word in words)]
    try:
        query = f"{typed}*" if typed[-1:].isalnum() else typed
        hits = notebook.search.run(query, limit=4 * MOST_HITS).hits
    except KnownError:
        hits = ()  # half a query is none; hits come with the next letter
    fits = [hit for hit in hits if hit.type in EVIDENCE_KINDS and hit.type != "series"]
    return Found(tuple(fits[:MOST_HITS]), tuple(series[:MOST_SERIES]))


class Gathering(QWidget):
    """A search whose hits can be gathered. ``left()`` on Esc, ``gathered()`` on Enter.

    Of a series a stretch is asked for first.
    """

    left = Signal()
    gathered = Signal()

    def __init__(self, appearance: Appearance, operations: Operations, parent: QWidget) -> None:
        super().__init__(parent)
        self._operations = operations
        self._hits: dict[str, End] = {}
        self._series: dict[str, Series] = {}
        self._stretch: End | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_M)
        column.addWidget(SectionLabel(tr("Gather"), self))
        self.field = SearchField(appearance, tr("Search for what speaks for it, or against it"), self)
        self.list = RowList(appearance, tr("What was found"), self)
        self.list.setFixedHeight(260)
        column.addWidget(self.field)
        column.addWidget(self.list)
        column.addLayout(self._stretch_row())
        hint = tr("1 for · 2 against · 3 undecided · Enter for, or asks for the stretch of a series · Esc leaves")
        column.addWidget(KeyHint(hint, self, wrap=True))
        column.addStretch(1)
        self.field.settled.connect(self._look)
        self.field.returnPressed.connect(self._enter)
        self.list.row_opened.connect(lambda _: self.gathered.emit())
        self.list.row_chosen.connect(lambda _: self._ask_stretch())
        self.list.left_upwards.connect(self.field.setFocus)

    def _stretch_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        self.stretch = QLineEdit(self)
        self.stretch.setPlaceholderText(tr("which stretch? 2026-Q1, March 2026"))
        self.stretch.setAccessibleName(tr("The stretch of the series"))
        self.stretch.returnPressed.connect(self._stretch_typed)
        self.stretch.textEdited.connect(lambda _: self._say("", is_problem=False))
        self.telling = MutedLabel("", self, wrap=True)
        row.addWidget(self.stretch, 2)
        row.addWidget(self.telling, 3)
        self._ask_stretch()
        return row

    def chosen(self) -> End | None:
        """The hit that is chosen. Of a series the stretch that was typed; without one it is asked for."""
        item = self.list.current_id()
        if item in self._series:
            if self._stretch is None:
                self.stretch.setFocus()
            return self._stretch
        return self._hits.get(item)

    # --- what is found ------------------------------------------------------------------------------------------------

    def _enter(self) -> None:
        self.field.settle_now()
        self.list.setFocus()
        self.list.choose_first()

    def _look(self, text: str) -> None:
        typed = text.strip()
        if len(typed) < LEAST_LETTERS:
            self._show(Found())
            return
        self._operations.read(
            tr("Find evidence"), lambda notebook: find(notebook, typed), self._show, key="lenses.questions.gather"
        )

    def _show(self, found: Found) -> None:
        self._hits = {hit.id: End(hit.type, hit.id) for hit in found.hits}
        self._series = {one.id: one for one in found.series}
        rows = [Row(hit.id, hit.title or hit.snippet, tr(hit.kind or hit.type)) for hit in found.hits]
        if found.series:
            rows.append(Row("section:series", tr("Stretches of series"), kind="section"))
            rows.extend(Row(one.id, one.label, one.source) for one in found.series)
        self.list.set_rows(rows)
        self._ask_stretch()

    # --- a stretch of a series ----------------------------------------------------------------------------------------

    def _ask_stretch(self) -> None:
        """Shows the line for the stretch where a series is chosen; what stands there is meant for that one too."""
        is_series = self.list.current_id() in self._series
        self.stretch.setVisible(is_series)
        self.telling.setVisible(is_series)
        self._say("", is_problem=False)
        if is_series and self.stretch.text().strip():
            self._read_stretch(goes_on=False)

    def _stretch_typed(self) -> None:
        if self.stretch.text().strip():
            self._read_stretch(goes_on=True)

    def _read_stretch(self, *, goes_on: bool) -> None:
        item, typed = self.list.current_id(), self.stretch.text().strip()

        def told(end: End) -> None:
            if item == self.list.current_id() and typed == self.stretch.text().strip():
                self._say(stretch_figure(self._series[item], end), is_problem=False)
                self._stretch = end
                if goes_on:
                    self.list.setFocus()

        self._operations.submit(
            ReadOp(
                tr("Understand a stretch"),
                lambda notebook: notebook.questions.stretch(item, typed),
                told,
                lambda error: self._say(error_sentence(error), is_problem=True),
                key="lenses.questions.stretch",
            )
        )

    def _say(self, words: str, *, is_problem: bool) -> None:
        """Tells of the stretch; until it is understood there is none."""
        self._stretch = None
        self.telling.setText(words)
        self.telling.setProperty("role", "error" if is_problem else "muted")
        self.telling.style().unpolish(self.telling)
        self.telling.style().polish(self.telling)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
