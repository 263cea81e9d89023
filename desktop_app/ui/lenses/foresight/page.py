"""The page of foresight: what is drawn, resolving the chosen statement, and asking why a change foretold nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop_app.model.changes import Changes
from desktop_app.model.entries import Result
from desktop_app.model.foresight import DAYS, Foresight, Indicators, Reading, Silent, State, Statement, Verdict
from desktop_app.ui.i18n import tr
from desktop_app.ui.lenses.canvas import Canvas, CanvasArea
from desktop_app.ui.lenses.drawing import Drawing, Spot
from desktop_app.ui.lenses.foresight import telling
from desktop_app.ui.lenses.foresight.drawing import ForesightDrawing
from desktop_app.ui.lenses.page import LensPage
from desktop_app.ui.ops import ChangeOp, LongOp
from desktop_app.ui.widgets import EmptyState, ScreenContext, TourStep
from desktop_app.ui.widgets.checks import reading_words

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook

MOST_READ = 100
"""Checks that are read beside the statements."""
MOST_TOLD = 240
ORDER: tuple[State | None, ...] = (None, State.DUE, State.OPEN, State.RESOLVED)


@dataclass(frozen=True, slots=True)
class Looked:
    """Foresights, and by id what the checks of those say that are not resolved."""

    found: Foresight
    readings: Mapping[str, Reading]


class ForesightPage(LensPage[Looked]):
    """What was foreseen, and what came of it."""

    page_id = "foresight"
    title = "Foresight"

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.indicators: Indicators | None = None
        self.shown: State | None = None
        self.canvas = Canvas(self.appearance, tr("Foresight"), self)
        self.body.addWidget(CanvasArea(self.canvas, self.sheet), 1)
        add = self.foot.add_link
        self.answers = [
            add(tr("came true"), "Y", self.say_yes),
            add(tr("partly"), "P", self.say_partly),
            add(tr("did not"), "N", self.say_no),
        ]
        self.check_button = add(tr("as its check says"), "C", self.take_check)
        self.ask_button = add(tr("write why not"), "W", self.ask_why)
        self.canvas.spot_chosen.connect(self._tell)
        self.canvas.spot_opened.connect(self.open_spot)
        self.canvas.left_upwards.connect(self.narrow.begin)
        self._tell(None)

    def keys(self) -> list[tuple[str, Callable[[], None]]]:
        return [
            ("Y", self.say_yes),
            ("P", self.say_partly),
            ("N", self.say_no),
            ("C", self.take_check),
            ("W", self.ask_why),
            ("F", self.filter_next),
        ]

    # --- reading -----------------------------------------------------------------------------------------------------

    def look(self, notebook: "Notebook", query: str) -> Looked:
        found = notebook.foresight.read(query)
        checked = [one.id for one in found.statements if one.check and one.state is not State.RESOLVED]
        return Looked(found, notebook.foresight.checks(checked[:MOST_READ]))

    def read(self) -> None:
        """The foresights at once; the indicators when there is time, for working out where series changed takes it."""
        super().read()
        query = self.query
        self.operations.submit(
            LongOp(
                tr("Look for changes of series"),
                lambda notebook, progress, should_stop: (query, notebook.foresight.indicators(query)),
                self._show_indicators,
                self._no_indicators,
                lane="background",
                key="lenses.foresight.indicators",
            )
        )

    def _show_indicators(self, answer: tuple[str, Indicators]) -> None:
        query, indicators = answer
        if query == self.query:
            self.indicators = indicators
            self._draw()

    def _no_indicators(self, error: object) -> None:
        """What cannot be read has been told by reading the foresights."""
        self.indicators = None
        self._draw()

    # --- showing -----------------------------------------------------------------------------------------------------

    def show_result(self, result: Looked) -> None:
        if self.indicators is not None and self.indicators.scope.query != result.found.scope.query:
            self.indicators = None
        due = result.found.due.value
        words = tr("What was said would come, by when and how sure; and what came.")
        if due:
            words += " " + tr("{count} due: did it come true?", count=telling.foresights(due))
        self.tell_scope(words, result.found.scope)
        self._draw()

    def _draw(self) -> None:
        if self.result is not None and self.result.found.statements:
            before = self.statement
            at = self._listed().index(before) if before else 0
            self.canvas.show_drawing(self._made())
            if before is not None and self.canvas.chosen is None:
                self._choose_again(before, at)
            self._tell(self.canvas.chosen)

    def _listed(self) -> list[Statement]:
        return [spot.key for spot in self.canvas.spots() if isinstance(spot.key, Statement)]

    def _choose_again(self, before: Statement, at: int) -> None:
        """The statement as it is now; once it is resolved the one that has come into its place, so that one key after
        the other answers what is due."""
        listed = self._listed()
        same = next((one for one in listed if one.id == before.id and one.state is before.state), None)
        if listed:
            self.canvas.choose_key(same or listed[min(at, len(listed) - 1)])

    def _made(self, *, listed: bool = True) -> ForesightDrawing:
        assert self.result is not None
        return ForesightDrawing(self.result.found, self.result.readings, self.indicators, self.shown, listed=listed)

    def is_empty(self, result: Looked) -> bool:
        return not result.found.statements

    def make_empty(self) -> EmptyState:
        return EmptyState(
            self.appearance,
            tr("No foresights here"),
            tr(
                "A foresight says what will come, by when, and how sure you are. When its time has come you say"
                " whether it came true, and this page shows how sure you were against what happened."
            ),
            tr("Write a foresight"),
            self,
        )

    def first_step(self) -> None:
        self.capture_requested.emit("> ", tr("What could come next that no leading indicator would show?"))

    def drawing(self) -> Drawing | None:
        return self._made(listed=False) if self.result else None

    def table(self, notebook: "Notebook", result: Looked) -> bytes:
        return notebook.foresight.csv(result.found)

    # --- what is chosen ----------------------------------------------------------------------------------------------

    @property
    def statement(self) -> Statement | None:
        """The statement that is chosen."""
        key = self.canvas.chosen.key if self.canvas.chosen else None
        return key if isinstance(key, Statement) else None

    @property
    def change(self) -> Silent | None:
        """The change that foretold nothing and is chosen."""
        key = self.canvas.chosen.key if self.canvas.chosen else None
        return key if isinstance(key, Silent) else None

    def _tell(self, spot: Spot | None) -> None:
        one, change = self.statement, self.change
        reading = self.result.readings.get(one.id) if self.result and one else None
        for button in self.answers:
            button.setVisible(one is not None and one.outcome is None)
        self.check_button.setVisible(reading is not None and reading.verdict is not Verdict.UNSAID)
        self.ask_button.setVisible(change is not None)
        if one is not None:
            note = one.outcome.note if one.outcome else ""
            words = reading_words(reading) if reading else note or one.heading
            self.foot.tell(words if len(words) <= MOST_TOLD else f"{words[:MOST_TOLD]}…", query=one.query)
        else:
            self.tell_spot(spot)

    def open_spot(self, spot: Spot) -> None:
        """The entry of a statement; else the entries behind a figure."""
        if isinstance(spot.key, Statement):
            self.open_entry_requested.emit(spot.key.id)
        else:
            super().open_spot(spot)

    # --- verbs -------------------------------------------------------------------------------------------------------

    def say_yes(self) -> None:
        self._resolve(Result.YES)

    def say_partly(self) -> None:
        self._resolve(Result.PARTLY)

    def say_no(self) -> None:
        self._resolve(Result.NO)

    def _resolve(self, result: Result) -> None:
        """Only what waits is resolved by one key: another answer to what has one is given where it is read."""
        one = self.statement
        if one is not None and one.outcome is None:
            self._change(lambda notebook: notebook.foresight.resolve(one.id, str(result)))

    def take_check(self) -> None:
        """Resolves the chosen statement as its check says; says why where that cannot be."""
        one = self.statement
        if one is not None and one.outcome is None:
            self._change(lambda notebook: notebook.foresight.resolve_by_check(one.id))

    def _change(self, call: "Callable[[Notebook], Changes[str]]") -> None:
        self.operations.submit(ChangeOp(tr("Resolve foresight"), call, on_error=self.message.say_error))

    def ask_why(self) -> None:
        """Opens the capture window with the question why a change foretold nothing."""
        change = self.change
        if change is not None:
            asked = tr(
                "{change}. Nothing is written down that came of it within {days} days. Why not?",
                change=telling.change_words(change),
                days=self.indicators.days if self.indicators else DAYS,
            )
            self.capture_requested.emit(f" =[{change.place.at[:10]}]", asked)

    def filter_next(self) -> None:
        """Shows the statements of the next state: all, due, open, resolved."""
        self.shown = ORDER[(ORDER.index(self.shown) + 1) % len(ORDER)]
        self._draw()

    def focus_first(self) -> None:
        if self.stack.currentIndex():
            self.nothing.button.setFocus()
            return
        if self.canvas.chosen is None:
            self.choose_due()
        self.canvas.setFocus()

    def choose_due(self) -> None:
        """What asks to be answered is chosen first."""
        due = next((one for one in self._listed() if one.state is State.DUE), None)
        if due is not None:
            self.canvas.choose_key(due)

    def begin_tour(self) -> None:
        self.canvas.choose_first()

    def tour_steps(self) -> list[TourStep]:
        return [("statements", self._tour_statements)]

    def _tour_statements(self) -> None:
        if listed := self._listed():
            self.canvas.choose_key(listed[min(2, len(listed) - 1)])
