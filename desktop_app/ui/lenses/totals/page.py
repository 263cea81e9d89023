"""The page of totals: ratios with the totals they divide, over a stretch and over time; options of a decision by total
and by ratio."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.model.errors import KnownError
from desktop_app.model.metrics import Grain, Series
from desktop_app.model.numbers import figure
from desktop_app.model.questions import Amount, Option, Question
from desktop_app.model.totals import RatioOver, Totals, ratio_figure
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.lenses.canvas import Canvas, CanvasArea
from desktop_app.ui.lenses.drawing import Drawing, Spot
from desktop_app.ui.lenses.page import LensPage
from desktop_app.ui.lenses.totals.options_drawing import OptionsDrawing
from desktop_app.ui.lenses.totals.options_form import OptionsForm, Typed, amount_text, typed_of
from desktop_app.ui.lenses.totals.ratio_drawing import RatioDrawing
from desktop_app.ui.ops import ChangeOp
from desktop_app.ui.theme import SPACE_L, SPACE_M
from desktop_app.ui.widgets import Card, EmptyState, FaintLabel, LinkButton, RowList, ScreenContext, tab_bar
from desktop_app.ui.widgets.row_list import Row
from desktop_app.ui.widgets.screen import TourStep
from desktop_app.ui.widgets.shortcuts import focus_next

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook

RATIOS, OPTIONS = range(2)
LIST_SHARE = 34


@dataclass(frozen=True, slots=True)
class Seen:
    """What the page was read from: the lens, the series a ratio can be made of, the questions that are open."""

    totals: Totals
    series: tuple[Series, ...]
    questions: tuple[Question, ...]


class TotalsPage(LensPage[Seen]):
    """No ratio without the totals that it divides."""

    page_id = "totals"
    title = "Totals"
    kinds = ("entry", "link", "import", "series", "question")

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.over: tuple[tuple[str, str], ...] = ()
        self._made_now = False
        self.views = tab_bar(tr("Totals"), (tr("Ratios"), tr("Options")), self.sheet)
        self.views.setUsesScrollButtons(False)
        for at, name in enumerate((tr("Ratios"), tr("Options of a decision"))):
            self.views.setTabToolTip(at, f"{name}  {at + 1}")
        self.from_ = self._line(tr("from, say 2026-01"), tr("Where the stretch begins"))
        self.to = self._line(tr("to"), tr("Where the stretch ends, that date included"))
        self.make_button = LinkButton("R  " + tr("ratio of two series"), self.sheet)
        self.above = self._choice(tr("What is divided"))
        self.below = self._choice(tr("By what it is divided"))
        self.maker = QWidget(self.sheet)
        self.rows = RowList(self.appearance, tr("Ratios"), self.sheet)
        self.canvas = Canvas(self.appearance, tr("Ratio and totals"), self.sheet)
        self.question = self._choice(tr("The question that is decided"))
        self.form = OptionsForm(self.sheet)
        self.keep_button = LinkButton("K  " + tr("keep with the question"), self.sheet)
        self.options = Canvas(self.appearance, tr("Options"), self.sheet)
        self.shown = QStackedWidget(self.sheet)
        self.name_button = self.foot.add_link(tr("name its totals"), "T", self.name_totals)
        self._fill_sheet()
        self._connect_parts()

    def _line(self, hint: str, name: str) -> QLineEdit:
        line = QLineEdit(self.sheet)
        line.setPlaceholderText(hint)
        line.setAccessibleName(name)
        line.setToolTip(name)
        line.setMaximumWidth(170)
        return line

    def _choice(self, name: str) -> QComboBox:
        choice = QComboBox(self.sheet)
        choice.setAccessibleName(name)
        choice.setToolTip(name)
        choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        choice.setMinimumContentsLength(18)
        return choice

    # --- how it is laid out -------------------------------------------------------------------------------------------

    def _fill_sheet(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACE_L)
        top.addWidget(self.views)
        top.addStretch()
        for widget in (self.from_, self.to, self.make_button):
            top.addWidget(widget)
        self.body.addLayout(top)
        making = QHBoxLayout(self.maker)
        making.setContentsMargins(0, 0, 0, 0)
        making.setSpacing(SPACE_M)
        making.addStretch()
        for part in (self.above, FaintLabel("÷", self.maker), self.below):
            making.addWidget(part)
        self.maker.hide()
        self.body.addWidget(self.maker)
        self.shown.addWidget(self._ratios())
        self.shown.addWidget(self._options())
        self.body.addWidget(self.shown, 1)

    def _ratios(self) -> QWidget:
        beside = QSplitter(Qt.Orientation.Horizontal, self.shown)
        beside.setChildrenCollapsible(False)
        beside.setHandleWidth(16)
        card = Card(beside, margin=6, spacing=0)
        card.body.addWidget(self.rows)
        for part, share in ((card, LIST_SHARE), (CanvasArea(self.canvas, beside), 100 - LIST_SHARE)):
            part.setMinimumWidth(220)
            beside.addWidget(part)
            beside.setStretchFactor(beside.count() - 1, share)
        beside.setSizes([10 * LIST_SHARE, 1000 - 10 * LIST_SHARE])
        return beside

    def _options(self) -> QWidget:
        sheet = QWidget(self.shown)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_M)
        row = QHBoxLayout()
        row.setSpacing(SPACE_L)
        row.addWidget(self.question, 1)
        row.addWidget(self.keep_button)
        column.addLayout(row)
        column.addWidget(self.form)
        column.addWidget(CanvasArea(self.options, sheet), 1)
        return sheet

    def _connect_parts(self) -> None:
        self.views.currentChanged.connect(self._view_chosen)
        for line in (self.from_, self.to):
            line.returnPressed.connect(self.read)
            line.editingFinished.connect(self._stretch_left)
        self._stretch = ("", "")
        self.make_button.clicked.connect(self.make_ratio)
        for choice in (self.above, self.below):
            choice.activated.connect(self._made)
        self.rows.row_chosen.connect(self._show_ratio)
        self.rows.left_upwards.connect(self.narrow.begin)
        self.rows.row_opened.connect(lambda _: self.canvas.setFocus())
        self.question.activated.connect(self._question_chosen)
        self.form.changed.connect(self.read)
        self.keep_button.clicked.connect(self.keep)
        for canvas in (self.canvas, self.options):
            canvas.spot_chosen.connect(self._tell)
            canvas.spot_opened.connect(self.open_spot)
            canvas.left_upwards.connect(self.views.setFocus)

    # --- the lens -----------------------------------------------------------------------------------------------------

    def keys(self) -> list[tuple[str, Callable[[], None]]]:
        return [
            ("1", self.show_ratios),
            ("2", self.show_options),
            ("R", self.make_ratio),
            ("T", self.name_totals),
            ("K", self.keep),
            ("F6", self.next_pane),
        ]

    def read(self) -> None:
        # What is typed is taken here: the lens is read on another thread.
        self._asked = (*self._stretch_typed(), self.over, self.form.typed(), self._kept())
        super().read()

    def _kept(self) -> dict[str, Amount]:
        """The amounts of the chosen question as they would be typed: left so, they stay as they were taken."""
        found, names = self._question(), self._series_names()
        amounts = [amount for one in found.fields.options for amount in (one.gained, one.spent)] if found else []
        return {amount_text(amount, names): amount for amount in amounts if amount is not None}

    def _series_names(self) -> dict[str, str]:
        """What series are called, by id; those that share a name stand by their ids, so that none is taken for
        another."""
        every = self.result.series if self.result else ()
        shared = Counter(one.label for one in every)
        return {one.id: one.label for one in every if shared[one.label] == 1}

    def _question(self) -> Question | None:
        item = self.question.currentData()
        return next((one for one in (self.result.questions if self.result else ()) if one.id == item), None)

    def _stretch_typed(self) -> tuple[str, str]:
        return self.from_.text().strip(), self.to.text().strip()

    def look(self, notebook: "Notebook", query: str) -> Seen:
        from_, to, over, typed, kept = self._asked
        lens = notebook.totals
        options = _parsed(notebook, typed, kept, tr("(no name)"))
        every = lens.read(query, (), from_, to, (), options)
        if over:
            made = lens.read(query, (), from_, to, over).ratios
            every = replace(every, ratios=(*made, *every.ratios))
        questions = tuple(one for one in notebook.questions.list() if one.is_open and not one.trashed)
        return Seen(every, tuple(lens.series()), questions)

    def _refused(self, error: KnownError) -> None:
        """Dates and amounts typed here can be refused too; only where it is the query is its field marked."""
        self.waiting.say("")
        self.narrow.set_problem("suggestion" in error.parts)
        self.message.say_error(error)

    def table(self, notebook: "Notebook", result: Seen) -> bytes:
        return notebook.totals.csv(result.totals)

    def drawing(self) -> Drawing | None:
        if self.result is None:
            return None
        if self.views.currentIndex() == OPTIONS:
            return OptionsDrawing(self.result.totals.comparison) if self.result.totals.comparison.options else None
        ratio = self.chosen
        return RatioDrawing(ratio) if ratio else None

    def is_empty(self, result: Seen) -> bool:
        nothing = not (result.totals.ratios or result.series or result.totals.comparison.options)
        return nothing and not any(self.form.typed()) and self.views.currentIndex() == RATIOS

    def make_empty(self) -> EmptyState:
        return EmptyState(
            self.appearance,
            tr("No ratio to look into yet"),
            tr(
                "A ratio says nothing without the totals that it divides. Import metrics to see both; or compare the "
                "options of a decision by what they bring in total and by ratio."
            ),
            tr("Compare two options"),
            self,
        )

    def first_step(self) -> None:
        self.stack.setCurrentIndex(0)
        self.show_options()

    def show_result(self, result: Seen) -> None:
        self._fill_choices(result)
        self._fill_rows(result.totals)
        known = sum(ratio.known for ratio in result.totals.ratios)
        count = count_text(len(result.totals.ratios), "{number} ratio", "{number} ratios")
        words = tr(
            "Ratios from the totals they divide: {count}, {known} of them with known totals.", count=count, known=known
        )
        self.tell_scope(words, result.totals.scope)
        comparison = result.totals.comparison
        self.options.show_drawing(OptionsDrawing(comparison) if comparison.options else None)
        self._show_ratio(self.rows.current_id())

    def _fill_choices(self, result: Seen) -> None:
        series = [(one.label, one.id) for one in result.series]
        for choice, hint in ((self.above, tr("what is divided…")), (self.below, tr("by what…"))):
            _refill(choice, [(hint, ""), *series])
        questions = [(one.fields.text, one.id) for one in result.questions]
        _refill(self.question, [(tr("Typed here, kept nowhere yet"), ""), *questions])
        self.keep_button.setEnabled(bool(self.question.currentData()) and bool(self.form.typed()))

    # --- ratios -------------------------------------------------------------------------------------------------------

    @property
    def chosen(self) -> RatioOver | None:
        item = self.rows.current_id()
        ratios = self.result.totals.ratios if self.result else ()
        return next((ratio for ratio in ratios if _row_id(ratio) == item), None)

    def _fill_rows(self, totals: Totals) -> None:
        over_time = [ratio for ratio in totals.ratios if ratio.known and ratio.grain != Grain.RANGE]
        whole = [ratio for ratio in totals.ratios if ratio.known and ratio.grain == Grain.RANGE]
        unknown = [ratio for ratio in totals.ratios if not ratio.known]
        rows = [_row(ratio) for ratio in over_time]
        for item, words, ratios in (
            ("whole", tr("One figure for a whole report"), whole),
            ("unknown", tr("Totals unknown"), unknown),
        ):
            if ratios:
                rows += [Row(item, words, kind="section"), *(_row(ratio) for ratio in ratios)]
        self.rows.set_rows(rows)
        made = next((ratio for ratio in totals.ratios if not ratio.series), None)
        if made is not None and self._made_now:
            self.rows.choose(_row_id(made))
        self._made_now = False
        if not self.rows.current_id():
            self.rows.choose_first()

    def _show_ratio(self, item: str) -> None:
        ratio = self.chosen
        self.canvas.show_drawing(RatioDrawing(ratio) if ratio else None)
        if self.views.currentIndex() == RATIOS:
            self._tell(self.canvas.chosen)

    def _tell(self, spot: Spot | None) -> None:
        ratio = self.chosen
        is_ratio = self.views.currentIndex() == RATIOS and ratio is not None
        self.name_button.setVisible(is_ratio and ratio is not None and not ratio.known)
        if spot is not None:
            self.tell_spot(spot)
        elif is_ratio and ratio is not None:
            count = int(ratio.entries.value or 0)
            said = count_text(count, "{number} entry speaks of it", "{number} entries speak of it")
            self.foot.tell(said, name=ratio.name, query=ratio.entries.query, count=count)
        else:
            self.foot.tell("")

    def open_spot(self, spot: Spot) -> None:
        ratio = self.chosen if self.views.currentIndex() == RATIOS else None
        if ratio is None or ratio.entries.value:
            super().open_spot(spot)

    def name_totals(self) -> None:
        """Opens the chosen ratio in Metrics, where one says what it divides."""
        ratio = self.chosen
        if self.views.currentIndex() == RATIOS and ratio is not None and ratio.series:
            self.open_place_requested.emit("series", ratio.series, -1)

    def make_ratio(self) -> None:
        """Shows the two choices for a ratio of one's own; once more hides them and forgets the ratio."""
        if self.stack.currentIndex() or self.views.currentIndex() != RATIOS:
            return
        opens = self.maker.isHidden()
        self.maker.setVisible(opens)
        if opens:
            self.above.setFocus()
        elif self.over:
            self.over = ()
            self.read()

    def _made(self) -> None:
        above, below = self.above.currentData(), self.below.currentData()
        if above and below:
            self.over = ((above, below),)
            self._made_now = True
            self.read()

    def _stretch_left(self) -> None:
        if self._stretch_typed() != self._stretch:
            self._stretch = self._stretch_typed()
            self.read()

    # --- options ------------------------------------------------------------------------------------------------------

    def _question_chosen(self) -> None:
        """The options kept with a question stand in the rows, where it has any; else what was typed stays."""
        found = self._question()
        if found is not None and found.fields.options:
            names = self._series_names()
            self.form.show_typed([typed_of(option, names) for option in found.fields.options])
        self.read()

    def keep(self) -> None:
        """Keeps the options that are typed with the question that is chosen."""
        question, typed, kept = self.question.currentData(), self.form.typed(), self._kept()
        if self.views.currentIndex() == OPTIONS and question and typed:
            self.operations.submit(
                ChangeOp(
                    tr("Set options"),
                    lambda notebook: notebook.questions.set_options(question, _parsed(notebook, typed, kept)),
                    on_error=self.message.say_error,
                )
            )

    # --- views, focus and pictures ------------------------------------------------------------------------------------

    def show_ratios(self) -> None:
        self._show_view(RATIOS)

    def show_options(self) -> None:
        self._show_view(OPTIONS)

    def _show_view(self, at: int) -> None:
        if not self.stack.currentIndex():
            self.views.setCurrentIndex(at)
            self.focus_first()

    def _view_chosen(self, at: int) -> None:
        self.shown.setCurrentIndex(at)
        for widget in (self.from_, self.to, self.make_button):
            widget.setVisible(at == RATIOS)
        self.maker.setVisible(at == RATIOS and bool(self.over))
        if self.result is not None and self.is_empty(self.result):
            self.stack.setCurrentIndex(1)
        self._tell((self.canvas, self.options)[at].chosen)

    def focus_first(self) -> None:
        if self.stack.currentIndex():
            self.nothing.button.setFocus()
        elif self.views.currentIndex() == OPTIONS:
            self.form.lines[0][0].setFocus()
        else:
            self.rows.setFocus()

    def next_pane(self) -> None:
        """From the list to the drawing and back; from the rows to what they make."""
        if self.views.currentIndex() == RATIOS:
            focus_next((self.rows, self.canvas))
        else:
            focus_next((self.form.lines[0][0], self.options))

    def begin_tour(self) -> None:
        self.views.setCurrentIndex(RATIOS)
        self.rows.choose_first()

    def tour_steps(self) -> list[TourStep]:
        return [("options", self._show_example)]

    def _show_example(self) -> None:
        """The options of a question, where one has any; else two that are made up."""
        with_options = (one for one in (self.result.questions if self.result else ()) if one.fields.options)
        if (found := next(with_options, None)) is not None:
            self.question.setCurrentIndex(self.question.findData(found.id))
            self._question_chosen()
        else:
            self.form.show_typed(
                [(tr("Grow the big one"), "18000 EUR", "9000 EUR"), (tr("Try the small one"), "2400 EUR", "800 EUR")]
            )
        self.views.setCurrentIndex(OPTIONS)
        self.read()

    def end_tour(self) -> None:
        self.form.show_typed(())
        self.question.setCurrentIndex(0)
        self.views.setCurrentIndex(RATIOS)
        self.read()


def _parsed(
    notebook: "Notebook", typed: Sequence[Typed], kept: Mapping[str, Amount], unnamed: str = ""
) -> list[Option]:
    def amount(text: str) -> Amount | None:
        return kept.get(text) or notebook.totals.amount(text)

    return [Option(name or unnamed, amount(gained), amount(spent)) for name, gained, spent in typed]


def _row_id(ratio: RatioOver) -> str:
    return ratio.series or f"over {ratio.name}"


def _row(ratio: RatioOver) -> Row:
    above, below = ratio.numerator, ratio.denominator
    if above is None or below is None:
        return Row(_row_id(ratio), ratio.name, tr("cannot be recomputed for a stretch"))
    said = tr(
        "{above} / {below} = {value}",
        above=figure(above.value, above.unit),
        below=figure(below.value, below.unit),
        value=ratio_figure(ratio.value, ratio.unit),
    )
    return Row(_row_id(ratio), ratio.name, said)


def _refill(choice: QComboBox, wanted: Sequence[tuple[str, str]]) -> None:
    if [(choice.itemText(at), choice.itemData(at)) for at in range(choice.count())] == list(wanted):
        return
    kept = choice.currentData()
    choice.clear()
    for words, item in wanted:
        choice.addItem(words, item)
    choice.setCurrentIndex(max(choice.findData(kept), 0))
