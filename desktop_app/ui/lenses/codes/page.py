"""The page of codes: a matrix and a graph of what comes together, grids over time, by perspective and by scale."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.model.code_lens import CodesSeen, CodesTogether
from desktop_app.model.matrices import Relation
from desktop_app.model.metrics import Grain
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.lenses.canvas import Canvas, CanvasArea
from desktop_app.ui.lenses.codes.graph import GraphDrawing
from desktop_app.ui.lenses.codes.grid import MOST_ROWS, GridDrawing
from desktop_app.ui.lenses.codes.matrix import MatrixDrawing
from desktop_app.ui.lenses.codes.naming import codings_text
from desktop_app.ui.lenses.drawing import Drawing
from desktop_app.ui.lenses.page import LensPage
from desktop_app.ui.theme import SPACE_L
from desktop_app.ui.widgets import EmptyState, LinkButton, ScreenContext, tab_bar
from desktop_app.ui.widgets.screen import TourStep

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook

MATRIX, GRAPH, TIME, TERMS = range(4)
"""The views, as their tabs stand and their keys are numbered."""
RELATIONS = (Relation.OVERLAP, Relation.SAME_TURN, Relation.NEAR)
GRAINS = (Grain.MONTH, Grain.QUARTER, Grain.YEAR)
MOST_PERIODS = 24


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read for one of the views; ``alone`` whether only the author's own codings were, who codes blind."""

    view: int
    found: CodesSeen | CodesTogether
    alone: bool


class CodesPage(LensPage[Seen]):
    """What was coded where, and with what."""

    page_id = "codes"
    title = "Codes"
    kinds = ("coding", "code", "document", "entry", "term")

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._read_blind = self.blind
        self.relation = Relation.OVERLAP
        self.grain = Grain.MONTH
        self.least = 1
        names = (tr("Together"), tr("Graph"), tr("Over time"), tr("Perspectives and scales"))
        self.views = tab_bar(tr("Codes"), names, self.sheet)
        for at, name in enumerate(names):
            self.views.setTabToolTip(at, f"{name}  {at + 1}")
        self.relating = self._choice(tr("When two codings come together") + "  R", self.next_relation)
        self.periods = self._choice(tr("How long a period is") + "  P", self.next_grain)
        self.fewer = self._choice(tr("Show weaker pairs too") + "  -", self.show_weaker)
        self.more = self._choice(tr("Show only stronger pairs") + "  +", self.show_stronger)
        self.canvas = Canvas(self.appearance, tr("Codes"), self.sheet)
        self.foot.entries.setText(tr("Show the codings"))
        self.foot.entries.setToolTip(tr("Show the codings behind it") + "  Enter")
        self._fill_sheet()
        self.views.currentChanged.connect(lambda _: self._look_again())
        self.canvas.spot_chosen.connect(self.tell_spot)
        self.canvas.spot_opened.connect(self.open_spot)
        self.canvas.left_upwards.connect(self.views.setFocus)
        self._name_choices()

    def _choice(self, tip: str, call: Callable[[], None]) -> LinkButton:
        button = LinkButton("", self.sheet)
        button.setToolTip(tip)
        button.clicked.connect(call)
        return button

    def _fill_sheet(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACE_L)
        top.addWidget(self.views)
        top.addStretch()
        for button in (self.relating, self.fewer, self.more, self.periods):
            top.addWidget(button)
        self.body.addLayout(top)
        self.body.addWidget(CanvasArea(self.canvas, self.sheet), 1)

    # --- the lens -----------------------------------------------------------------------------------------------------

    @property
    def blind(self) -> bool:
        """Whether coding is done blind: then nothing of other coders is shown."""
        return self.settings.flag("blind")

    def read_if_stale(self) -> None:
        """Whoever has begun to code blind meanwhile, or has ended it, sees what belongs to that."""
        self._stale = self._stale or self._read_blind != self.blind
        self._read_blind = self.blind
        super().read_if_stale()

    def keys(self) -> list[tuple[str, Callable[[], None]]]:
        numbered = [(str(at + 1), partial(self.show_view, at)) for at in range(4)]
        return [
            *numbered,
            ("R", self.next_relation),
            ("P", self.next_grain),
            ("+", self.show_stronger),
            ("=", self.show_stronger),
            ("-", self.show_weaker),
        ]

    def read(self) -> None:
        # What is chosen is taken here: the lens is read on another thread.
        self._asked = (self.views.currentIndex(), self.relation, self.least, self.grain, self.blind)
        super().read()

    def look(self, notebook: "Notebook", query: str) -> Seen:
        view, relation, least, grain, alone = self._asked
        coders = (notebook.author,) if alone else ()
        lens = notebook.code_lens
        if view in (MATRIX, GRAPH):
            return Seen(view, lens.together(query, relation, least=least, coders=coders), alone)
        by = ("time",) if view == TIME else ("perspective", "scale")
        return Seen(view, lens.read(query, by, grain, coders=coders, most=MOST_PERIODS), alone)

    def table(self, notebook: "Notebook", result: Seen) -> bytes:
        return notebook.code_lens.csv(result.found)

    def drawing(self) -> Drawing | None:
        return _drawing(self.result) if self.result else None

    def is_empty(self, result: Seen) -> bool:
        return not result.found.scope.total and not result.found.scope.query

    def make_empty(self) -> EmptyState:
        return EmptyState(
            self.appearance,
            tr("Nothing has been coded yet"),
            tr(
                "Once interviews and entries are coded, you see here which codes come together, when they were "
                "applied, and in which perspective and at which time scale."
            ),
            tr("Open a text to code"),
            self,
        )

    def first_step(self) -> None:
        self.open_place_requested.emit("page", "documents", -1)

    def show_result(self, result: Seen) -> None:
        self.canvas.show_drawing(_drawing(result))
        self._name_choices()
        self.tell_scope(" ".join(filter(None, self._sentences(result))), result.found.scope)
        self.tell_spot(self.canvas.chosen)

    def _sentences(self, seen: Seen) -> list[str]:
        found, count = seen.found, codings_text(seen.found.scope.total)
        own = tr("Only your own, as you are coding blind.") if seen.alone else ""
        if isinstance(found, CodesSeen):
            if seen.view == TIME:
                said = tr("When codes were applied: {count}, by when their document or entry began.", count=count)
            else:
                said = tr(
                    "Codes by the perspectives and scales of the entries they were applied to: {count}.", count=count
                )
            used = sum(bool(code.codings) for code in found.codes)
            left = tr("The {number} codes with most codings are drawn.", number=MOST_ROWS) if used > MOST_ROWS else ""
            return [said, left, own]
        said = {
            Relation.OVERLAP: tr("Which codes lie over the same words: {count}.", count=count),
            Relation.SAME_TURN: tr("Which codes lie in the same turn: {count}.", count=count),
            Relation.NEAR: tr(
                "Which codes lie no more than {distance} characters apart: {count}.",
                distance=found.distance,
                count=count,
            ),
        }[found.relation]
        return [said, tr("A pair counts once for each two codings."), self._left_out(seen, found), found.note, own]

    def _left_out(self, seen: Seen, found: CodesTogether) -> str:
        if not found.cells:
            return tr("No two do.")
        parts = []
        if seen.view == GRAPH and found.graph.weaker:
            parts.append(
                count_text(found.graph.weaker, "{number} weaker pair is hidden.", "{number} weaker pairs are hidden.")
            )
        if seen.view == GRAPH and found.graph.more:
            parts.append(tr("The {number} strongest are drawn.", number=len(found.graph.edges)))
        return " ".join(parts)

    # --- what is looked at --------------------------------------------------------------------------------------------

    def show_view(self, at: int) -> None:
        if not self.stack.currentIndex():
            self.views.setCurrentIndex(at)
            self.canvas.setFocus()

    def show_together(self) -> None:
        self.show_view(MATRIX)

    def show_graph(self) -> None:
        self.show_view(GRAPH)

    def show_time(self) -> None:
        self.show_view(TIME)

    def show_terms(self) -> None:
        self.show_view(TERMS)

    def next_relation(self) -> None:
        """Overlapping, in the same turn, near each other, and round again."""
        if self.views.currentIndex() in (MATRIX, GRAPH):
            self.relation = RELATIONS[(RELATIONS.index(self.relation) + 1) % len(RELATIONS)]
            self._look_again()

    def next_grain(self) -> None:
        """By month, quarter, year, and round again."""
        if self.views.currentIndex() == TIME:
            self.grain = GRAINS[(GRAINS.index(self.grain) + 1) % len(GRAINS)]
            self._look_again()

    def show_stronger(self) -> None:
        """Only pairs that come together more often."""
        found = self.result.found if self.result else None
        if self.views.currentIndex() == GRAPH and isinstance(found, CodesTogether):
            strongest = max((cell.count for cell in found.cells), default=1)
            self._set_least(min(self.least + 1, strongest))

    def show_weaker(self) -> None:
        """Also pairs that come together less often."""
        if self.views.currentIndex() == GRAPH:
            self._set_least(max(self.least - 1, 1))

    def _set_least(self, least: int) -> None:
        if least != self.least:
            self.least = least
            self._look_again()

    def _look_again(self) -> None:
        self._name_choices()
        if self.isVisible():
            self.read()
        else:
            self._stale = True

    def _name_choices(self) -> None:
        view = self.views.currentIndex()
        self.relating.setVisible(view in (MATRIX, GRAPH))
        self.fewer.setVisible(view == GRAPH)
        self.more.setVisible(view == GRAPH)
        self.periods.setVisible(view == TIME)
        self.relating.setText("R  " + _relation_words(self.relation))
        self.periods.setText("P  " + _grain_words(self.grain))
        self.fewer.setText("−")
        self.fewer.setEnabled(self.least > 1)
        least = tr("at least {times}", times=count_text(self.least, "once", "{number} times"))
        self.more.setText(f"+  {least}")

    # --- focus and pictures -------------------------------------------------------------------------------------------

    def focus_first(self) -> None:
        if self.stack.currentIndex():
            self.nothing.button.setFocus()
        else:
            self.canvas.setFocus()

    def begin_tour(self) -> None:
        """Chooses the two codes that come together most often."""
        self.views.setCurrentIndex(MATRIX)
        found = self.result.found if self.result else None
        if isinstance(found, CodesTogether) and found.graph.edges:
            edge = found.graph.edges[0]
            self.canvas.choose_key(("pair", edge.row, edge.column))

    def tour_steps(self) -> list[TourStep]:
        return [("graph", self.show_graph), ("time", self.show_time), ("perspectives", self.show_terms)]

    def end_tour(self) -> None:
        self.views.setCurrentIndex(MATRIX)


def _drawing(seen: Seen) -> Drawing:
    found = seen.found
    if isinstance(found, CodesSeen):
        return GridDrawing(found)
    return MatrixDrawing(found) if seen.view == MATRIX else GraphDrawing(found)


def _relation_words(relation: Relation) -> str:
    return {
        Relation.OVERLAP: tr("overlapping"),
        Relation.SAME_TURN: tr("in the same turn"),
        Relation.NEAR: tr("near each other"),
    }[relation]


def _grain_words(grain: Grain) -> str:
    return {Grain.MONTH: tr("by month"), Grain.QUARTER: tr("by quarter"), Grain.YEAR: tr("by year")}[grain]
