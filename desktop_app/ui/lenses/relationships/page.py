"""The page of relationships: people and organisations on the left, the way of the chosen one beside them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.model.errors import KnownError
from desktop_app.model.questions import QuestionDraft
from desktop_app.model.relationships import Relationships, Way
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.lenses.drawing import Drawing
from desktop_app.ui.lenses.listed import ListedLens
from desktop_app.ui.lenses.relationships.steps_drawing import StepsDrawing
from desktop_app.ui.lenses.relationships.telling import EVERYBODY, Order, Shown, rows
from desktop_app.ui.lenses.relationships.views import EverybodyView, WayView
from desktop_app.ui.lenses.relationships.way_drawing import WayDrawing
from desktop_app.ui.ops import ChangeOp, ReadOp
from desktop_app.ui.theme import SPACE_M
from desktop_app.ui.widgets import (
    EmptyState,
    LinkButton,
    ScreenContext,
    TourStep,
    tab_bar,
)

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook

SHOWN: tuple[Shown, ...] = ("people", "organisations", "silent")

NARROWEST, WIDEST_LEAST = 284, 340
"""Pixels of the list at least, in small and in large letters; the page beside it needs its room too."""


class RelationshipsPage(ListedLens[Relationships]):
    """Conversations, questions, help and steps, across campaigns."""

    page_id = "relationships"
    title = "Relationships"
    kinds = ("entry", "person", "organisation", "question", "document")

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._grain = "year"
        self._order: Order = "name"
        self._chosen = EVERYBODY
        self._way: Way | None = None
        self.view: WayView | EverybodyView | None = None
        self._build()
        self.tabs.currentChanged.connect(lambda _: self.fill_list())
        self.order.clicked.connect(self.reorder)

    def _build(self) -> None:
        self.lay_beside(
            tr("Name, organisation or stage"), tr("People"), tr("Nobody here."), tr("Their way"), narrowest=NARROWEST
        )
        self._give_tabs_room()
        self.appearance.changed.connect(self._give_tabs_room)
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        self.tabs = tab_bar(tr("Who is listed"), (tr("People"), tr("Organisations"), tr("Silent")), self.pane)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self.tabs.setProperty("role", "pages")
        self.tabs.setTabToolTip(2, tr("Not talked with for longer than their own rhythm, by name"))
        row.addWidget(self.tabs)
        row.addStretch()
        self.order = LinkButton("", self.pane)
        self.order.setProperty("small", True)
        self.pane.column.insertLayout(1, row)
        self.pane.column.addWidget(self.order, 0, Qt.AlignmentFlag.AlignLeft)

    def _give_tabs_room(self) -> None:
        self.pane.setMinimumWidth(min(max(NARROWEST, 20 * self.appearance.sizes.body), WIDEST_LEAST))

    def make_empty(self) -> EmptyState:
        return EmptyState(
            self.appearance,
            tr("Nobody here yet"),
            tr("People come in as you write: @Ines in an entry makes a person. Here you will see their way."),
            tr("Write the first entry"),
            self,
            perspective="aspirational-rationality",
        )

    def keys(self) -> list[tuple[str, Callable[[], None]]]:
        return [
            ("N", self.write),
            ("Q", self.ask),
            ("O", self.open_person),
            ("P", self.toggle_grain),
            ("L", self.reorder),
        ]

    # --- reading ----------------------------------------------------------------------------------------------------

    def look(self, notebook: "Notebook", query: str) -> Relationships:
        return notebook.relationships.read(query, grain=self._grain)

    def is_empty(self, result: Relationships) -> bool:
        return not (result.scope.query or result.people or result.organisations)

    def show_result(self, result: Relationships) -> None:
        people = count_text(len(result.people), "{number} person", "{number} people")
        self.tell_scope(
            tr("People’s ways across campaigns. {people}, by name; nobody is ranked.", people=people), result.scope
        )
        known = {one.id for one in (*result.people, *result.organisations)}
        if self._chosen not in known:
            self._chosen = EVERYBODY
        self.fill_list()
        self._read_chosen()

    def _read_chosen(self) -> None:
        item, query = self._chosen, self.query
        if item == EVERYBODY:
            self._show_everybody()
            return
        self.operations.submit(
            ReadOp(
                tr("Read a way"),
                lambda notebook: notebook.relationships.way(item, query),
                self._show_way,
                self._way_failed,
                key="lenses.relationships.way",
            )
        )

    def _show_everybody(self) -> None:
        if self.result is None:
            return
        self._way = None
        view = EverybodyView(self.appearance, self.result, self.paper.sheet)
        view.chosen.connect(self.show_one)
        view.all_silent.connect(lambda: self.tabs.setCurrentIndex(SHOWN.index("silent")))
        view.grain_toggled.connect(self.toggle_grain)
        self._put(view)

    def _show_way(self, found: Way) -> None:
        if found.relationship.id != self._chosen:
            return
        same = self._way is not None and self._way.relationship.id == found.relationship.id
        at = self.paper.area.verticalScrollBar().value()
        typed = self.view.line.text() if same and isinstance(self.view, WayView) else ""
        self._way = found
        view = WayView(self.appearance, found, self.paper.sheet)
        view.person_requested.connect(self.open_person)
        view.write_requested.connect(self.write)
        view.question_given.connect(self._keep_question)
        self._put(view)
        self.paper.area.verticalScrollBar().setValue(at if same else 0)
        if typed:
            view.begin_question()
            view.line.setText(typed)

    def _put(self, view: WayView | EverybodyView) -> None:
        before, self.view = self.view, view
        view.query_opened.connect(self.open_query)
        view.spot_seen.connect(lambda canvas, rect: self.paper.scroll_to(canvas, rect.toRect()))
        view.canvas.spot_opened.connect(self.open_spot)
        view.canvas.left_upwards.connect(self.narrow.begin)
        self.foot.tell("")
        in_drawing = before is not None and before.canvas.hasFocus()
        self.beside.put(view)
        view.canvas.spot_chosen.connect(self.tell_spot)
        # What was read again keeps the place of whoever was in its drawing.
        if before is not None and before.canvas.chosen is not None:
            view.canvas.choose_key(before.canvas.chosen.key)
        if in_drawing:
            view.canvas.setFocus()

    def _way_failed(self, error: KnownError) -> None:
        self.message.say_error(error)
        self._chosen = EVERYBODY
        self._show_everybody()

    # --- the list ---------------------------------------------------------------------------------------------------

    @property
    def shown(self) -> Shown:
        return SHOWN[self.tabs.currentIndex()]

    def fill_list(self) -> None:
        if self.result is None:
            return
        made = rows(self.result, self.shown, self.pane.filter.text(), self._order)
        self.list.set_rows(made)
        self.list.setAccessibleName(self.tabs.tabText(self.tabs.currentIndex()))
        self.card.tell(found=bool(made))
        self.order.setText(tr("L  by name") if self._order == "name" else tr("L  by date of the last contact"))
        self.list.choose_quietly(self._chosen)

    def reorder(self) -> None:
        """By name, or by the date of the last contact."""
        self._order = "last" if self._order == "name" else "name"
        self.fill_list()

    def choose_row(self, item: str) -> None:
        if item != self._chosen:
            self._chosen = item
            self._read_chosen()

    def show_one(self, item: str) -> None:
        """Chooses somebody in the list and shows their way."""
        self.pane.filter.clear()
        organisations = {one.id for one in self.result.organisations} if self.result else set()
        self.tabs.setCurrentIndex(SHOWN.index("organisations" if item in organisations else "people"))
        self.choose_row(item)
        self.list.choose_quietly(item)
        self.list.setFocus()

    def place_to_read(self) -> QWidget:
        return self.view.canvas if self.view is not None and not self.view.canvas.isHidden() else self.paper.area

    # --- verbs ------------------------------------------------------------------------------------------------------

    def toggle_grain(self) -> None:
        """Sums steps by quarter, or by year again."""
        self._grain = "quarter" if self._grain == "year" else "year"
        self.read()

    def write(self) -> None:
        """Opens the capture window with the chosen person in it."""
        name = self._way.relationship.name if self._way and self._way.relationship.kind == "person" else ""
        self.capture_requested.emit(f"@[{name}] " if name else "", "")

    def ask(self) -> None:
        """Notes a question that the chosen person asked."""
        if isinstance(self.view, WayView):
            self.view.begin_question()

    def open_person(self) -> None:
        """Opens the chosen person or organisation in People."""
        if self._way is not None:
            self.open_place_requested.emit(self._way.relationship.kind, self._way.relationship.id, -1)

    def _keep_question(self, words: str) -> None:
        if self._way is None:
            return
        draft = QuestionDraft(text=words, asker=self._way.relationship.id)
        self.operations.submit(
            ChangeOp(
                tr("Note a question"),
                lambda notebook: notebook.questions.add(draft),
                lambda _: self._end_question(),
                self.message.say_error,
            )
        )

    def _end_question(self) -> None:
        if isinstance(self.view, WayView):
            self.view.end_question()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        view = self.view
        if event.key() == Qt.Key.Key_Escape and isinstance(view, WayView) and not view.line.isHidden():
            view.end_question()
        else:
            super().keyPressEvent(event)

    # --- files ------------------------------------------------------------------------------------------------------

    def drawing(self) -> Drawing | None:
        if self._way is not None:
            return WayDrawing(self._way)
        return StepsDrawing(self.result) if self.result and self.result.reached else None

    def table(self, notebook: "Notebook", result: Relationships) -> bytes:
        if self._way is not None:
            return notebook.relationships.way_csv(self._way)
        return notebook.relationships.csv(result)

    # --- pictures ---------------------------------------------------------------------------------------------------

    def begin_tour(self) -> None:
        """Somebody who has taken a step and has a rhythm, else whoever comes first."""
        people = self.result.people if self.result else ()
        for one in sorted(people, key=lambda one: not (one.steps and one.rhythm.days_between)):
            self.show_one(one.id)
            return

    def tour_steps(self) -> list[TourStep]:
        return [("everybody", lambda: self.show_one(EVERYBODY))]
