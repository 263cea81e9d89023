"""The page of why: places and effects on the left, the ledger of the chosen one beside them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from desktop_app.model.changes import Changes
from desktop_app.model.errors import KnownError
from desktop_app.model.why import Effect, SeriesLine, Why, WhyPlace
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.lenses.drawing import Drawing
from desktop_app.ui.lenses.listed import ListedLens
from desktop_app.ui.lenses.why.drawing import WhyDrawing
from desktop_app.ui.lenses.why.forms import DismissForm, LinkForm, PlaceForm, QuestionForm, ReasonForm
from desktop_app.ui.lenses.why.telling import (
    effect_id,
    place_id,
    rows,
    when_words,
)
from desktop_app.ui.lenses.why.views import EffectView, LedgerView, PlaceView
from desktop_app.ui.ops import ChangeOp, ReadOp
from desktop_app.ui.theme import SPACE_L
from desktop_app.ui.widgets import (
    EmptyState,
    ScreenContext,
    TourStep,
)

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook

MakeForm = Callable[[dict[str, Any], QWidget], PlaceForm]
Give = Callable[["Notebook", WhyPlace, dict[str, str], str], Changes[Any]]


class WhyPage(ListedLens[Why]):
    """Where numbers changed, and what people say why."""

    page_id = "why"
    title = "Why"
    kinds = ("entry", "person", "organisation", "link", "import", "series", "question", "dismissal")

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._chosen = ""
        self._carried: dict[str, str] | None = None
        self.line: SeriesLine | None = None
        self.view: LedgerView | None = None
        self.lay_beside(
            tr("Series or words of a reason"),
            tr("Places and effects"),
            tr("Nothing fits."),
            tr("The ledger"),
            narrowest=284,
            share=30,
        )
        add = self.foot.add_link
        self.verbs = [
            add(tr("write a reason"), "R", self.write_reason),
            add(tr("link an entry"), "L", self.link_entry),
            add(tr("note whom to ask"), "A", self.ask),
        ]
        self.dismiss_button = add(tr("dismiss"), "D", self.dismiss)
        self.back_button = add(tr("ask again"), "U", self.take_back)
        self.paper.area.verticalScrollBar().rangeChanged.connect(lambda low, high: self._show_form())
        self._tell()

    def keys(self) -> list[tuple[str, Callable[[], None]]]:
        return [
            ("R", self.write_reason),
            ("L", self.link_entry),
            ("A", self.ask),
            ("D", self.dismiss),
            ("U", self.take_back),
        ]

    def make_empty(self) -> EmptyState:
        return EmptyState(
            self.appearance,
            tr("Nothing to ask about yet"),
            tr(
                "Import metrics, and the places where a series changed beyond its own usual swing stand here, to ask "
                "why. What entries are said to explain stands here too."
            ),
            tr("Write the first entry"),
            self,
        )

    # --- reading -----------------------------------------------------------------------------------------------------

    def look(self, notebook: "Notebook", query: str) -> Why:
        return notebook.why.read(query)

    def table(self, notebook: "Notebook", result: Why) -> bytes:
        return notebook.why.csv(result)

    def is_empty(self, result: Why) -> bool:
        return not (result.scope.query or result.places or result.effects)

    def show_result(self, result: Why) -> None:
        count = count_text(len(result.open), "{number} place", "{number} places")
        words = tr("Where series changed beyond their own usual swing, and what people say why.")
        if result.places:
            words += " " + tr("{count} of which nobody has said why.", count=count)
        if result.without_totals:
            names = ", ".join(one.label for one in result.without_totals[:3])
            words += " " + tr("Left out, for nobody has said which totals they divide: {names}.", names=names)
        self.tell_scope(words, result.scope)
        self.fill_list()
        ids = self._ids()
        if self._chosen not in ids:
            self._chosen = next(iter(ids), "")
            self.list.choose_quietly(self._chosen)
        self._read_chosen()

    def _ids(self) -> list[str]:
        return [row.id for row in self.list.rows() if row.kind == "item"]

    def fill_list(self) -> None:
        if self.result is not None:
            made = rows(self.result, self.pane.filter.text())
            self.list.set_rows(made)
            self.card.tell(found=bool(made))
            self.list.choose_quietly(self._chosen)

    # --- the chosen one ----------------------------------------------------------------------------------------------

    @property
    def place(self) -> WhyPlace | None:
        """The place that is chosen."""
        found = self.result.places if self.result else ()
        return next((one for one in found if place_id(one) == self._chosen), None)

    @property
    def effect(self) -> Effect | None:
        found = self.result.effects if self.result else ()
        return next((one for one in found if effect_id(one) == self._chosen), None)

    def choose_row(self, item: str) -> None:
        if item != self._chosen:
            self._chosen = item
            self._read_chosen()

    def _read_chosen(self) -> None:
        self._tell()
        place = self.place
        if place is None:
            self._show_effect()
            return
        series = place.series.id
        self.operations.submit(
            ReadOp(
                tr("Read a series"),
                lambda notebook: notebook.why.line(series),
                self._show_place,
                self.message.say_error,
                key="lenses.why.line",
            )
        )

    def _show_place(self, line: SeriesLine) -> None:
        place = self.place
        if self.result is None or place is None or line.series.id != place.series.id:
            return
        before = self.view if isinstance(self.view, PlaceView) else None
        same = before is not None and before.place.key == place.key
        if before is not None and same and before.form is not None and before.place == place and self.line == line:
            return  # somebody is writing here, and nothing of it is another
        at = self.paper.area.verticalScrollBar().value() if same else 0
        in_canvas = before is not None and before.canvas.hasFocus()
        form = before.form if before is not None and same else None
        self.line = line
        view = PlaceView(self.appearance, self.result, place, line, self.paper.sheet)
        view.spot_seen.connect(lambda canvas, rect: self.paper.scroll_to(canvas, rect.toRect()))
        view.place_chosen.connect(self._choose_key)
        view.canvas.spot_opened.connect(self.open_spot)
        view.canvas.left_upwards.connect(self.narrow.begin)
        self._put(view)
        self.paper.area.verticalScrollBar().setValue(at)
        if in_canvas:
            view.canvas.setFocus()
        if form is not None:
            self._open_again(form)

    def _open_again(self, form: PlaceForm) -> None:
        """Takes what was being written while the place was read anew into a form of the same kind."""
        again = {
            ReasonForm: self.write_reason,
            LinkForm: self.link_entry,
            QuestionForm: self.ask,
            DismissForm: self.dismiss,
        }
        self._carried = form.values()
        again[type(form)]()
        self._carried = None

    def _show_effect(self) -> None:
        effect = self.effect
        self.line = None
        if effect is None:
            self.view = None
            self.beside.put(None)
            return
        units = {one.id: one.unit for one in self.result.series} if self.result else {}
        self._put(EffectView(self.appearance, effect, units.get(effect.id, ""), self.paper.sheet))
        self.paper.to_top()

    def _put(self, view: LedgerView) -> None:
        self.view = view
        view.entry_opened.connect(self.open_entry_requested)
        view.query_opened.connect(self.open_query)
        self.beside.put(view)

    def _choose_key(self, key: object) -> None:
        """Another place of the series, by its number in the drawing."""
        found = self.result.places if self.result else ()
        place = next((one for one in found if one.key == key), None)
        if place is not None and place_id(place) != self._chosen:
            self.pane.filter.clear()
            self.fill_list()
            self.list.choose_quietly(place_id(place))
            self.choose_row(place_id(place))

    def _tell(self) -> None:
        place, effect = self.place, self.effect
        for button in self.verbs:
            button.setVisible(place is not None)
        self.dismiss_button.setVisible(place is not None and place.dismissal is None)
        self.back_button.setVisible(place is not None and place.dismissal is not None)
        if place is not None:
            self.foot.tell("", query=place.ledger.query if place.ledger.reasons else "")
        elif effect is not None:
            self.foot.tell("", query=effect.ledger.query)
        else:
            self.foot.tell("")

    def place_to_read(self) -> QWidget:
        return self.view.canvas if isinstance(self.view, PlaceView) else self.paper.area

    # --- from a place ------------------------------------------------------------------------------------------------

    def write_reason(self) -> None:
        """Writes why the chosen place changed."""

        def give(notebook: "Notebook", one: WhyPlace, typed: dict[str, str], draft: str) -> Changes[Any]:
            stretch = (one.series.id, one.place.start, one.place.end)
            return notebook.why.reason(*stretch, typed["text"], typed["basis"], typed["speaker"], draft_of=draft)

        self._begin("reason", lambda kept, view: ReasonForm(self.appearance, self.operations, kept, view), give)

    def link_entry(self) -> None:
        """Links an entry that is there already as the reason."""

        def give(notebook: "Notebook", one: WhyPlace, typed: dict[str, str], draft: str) -> Changes[Any]:
            return notebook.why.link_reason(typed["entry"], one.series.id, one.place.start, one.place.end)

        self._begin("", lambda kept, view: LinkForm(self.appearance, self.operations, kept, view), give)

    def ask(self) -> None:
        """Notes whom to ask about the chosen place."""
        place = self.place
        if place is None:
            return
        when = when_words(place.place.at, place.series.grain)
        asks = tr("Why did {name} change about {when}?", name=place.series.label, when=when)

        def give(notebook: "Notebook", one: WhyPlace, typed: dict[str, str], draft: str) -> Changes[Any]:
            stretch = (one.series.id, one.place.start, one.place.end)
            return notebook.why.ask(*stretch, typed["text"], typed["whom"], draft_of=draft)

        self._begin(
            "question", lambda kept, view: QuestionForm(self.appearance, self.operations, kept, asks, view), give
        )

    def dismiss(self) -> None:
        """Says that nobody needs to ask about the chosen place, and why not if it needs saying."""
        place = self.place
        if place is None or place.dismissal is not None:
            return

        def give(notebook: "Notebook", one: WhyPlace, typed: dict[str, str], draft: str) -> Changes[Any]:
            stretch = (one.series.id, one.place.start, one.place.end)
            return notebook.why.dismiss(*stretch, typed["note"], draft_of=draft)

        self._begin("dismissal", lambda kept, view: DismissForm(self.appearance, self.operations, kept, view), give)

    def take_back(self) -> None:
        """Asks about a dismissed place again."""
        place = self.place
        if place is not None and place.dismissal is not None:
            series, at = place.series.id, place.place.at
            self.operations.submit(
                ChangeOp(
                    tr("Take a dismissal back"),
                    lambda notebook: notebook.why.take_back(series, at),
                    None,
                    self.message.say_error,
                )
            )

    def _begin(self, surface: str, make: MakeForm, give: Give) -> None:
        """Opens a form at the chosen place, with what was typed into it before; an empty ``surface`` keeps no draft."""
        place = self.place
        if place is None:
            return
        draft = f"why:{surface}:{place.series.id}:{place.place.at}" if surface else ""

        def show(kept: dict[str, Any] | None) -> None:
            view = self.view
            if isinstance(view, PlaceView) and view.place.key == place.key:
                self._put_form(view, make(kept or {}, view), give, draft)

        if draft and self._carried is None:
            self.operations.read(
                tr("Read what was being written"),
                lambda notebook: notebook.drafts.load(draft),
                show,
                key="lenses.why.draft",
            )
        else:
            show(self._carried)

    def _put_form(self, view: PlaceView, form: PlaceForm, give: Give, draft: str) -> None:
        place = view.place

        def save(typed: dict[str, str]) -> None:
            self.operations.submit(
                ChangeOp(
                    tr("Write at a place"),
                    lambda notebook: give(notebook, place, typed, draft),
                    lambda _: self._saved(place),
                    lambda error: self._refuse(form, error),
                )
            )

        form.given.connect(save)
        form.left.connect(self._leave)
        if draft:
            form.typed.connect(lambda typed: self._keep(draft, typed))
        view.put_form(form)

    def _show_form(self) -> None:
        """Scrolls to what is being written, once it has its place."""
        form = self.view.form if isinstance(self.view, PlaceView) else None
        if form is not None and form.isAncestorOf(self.focusWidget()):
            self.paper.area.ensureWidgetVisible(form, 0, SPACE_L)

    def _refuse(self, form: PlaceForm, error: KnownError) -> None:
        if isinstance(self.view, PlaceView) and self.view.form is form:
            form.show_error(error)
        else:
            self.message.say_error(error)

    def _saved(self, place: WhyPlace) -> None:
        if isinstance(self.view, PlaceView) and self.view.place.key == place.key:
            self._leave()

    def _leave(self) -> None:
        if isinstance(self.view, PlaceView):
            self.view.put_form(None)
            self.list.setFocus()

    def _keep(self, surface: str, typed: dict[str, str]) -> None:
        def call(notebook: "Notebook") -> None:
            if any(value.strip() for name, value in typed.items() if name != "basis"):
                notebook.drafts.save(surface, typed)
            else:
                notebook.drafts.discard(surface)

        self.operations.submit(ChangeOp(tr("Keep what is being written"), call, on_error=self.message.say_error))

    # --- files -------------------------------------------------------------------------------------------------------

    def drawing(self) -> Drawing | None:
        place = self.place
        if self.result is None or self.line is None or place is None:
            return None
        return WhyDrawing(self.line, self.result.places, place.key)

    # --- pictures ----------------------------------------------------------------------------------------------------

    def begin_tour(self) -> None:
        """The place with the most kinds of reasons, else the first."""
        places = self.result.places if self.result else ()
        for one in sorted(places, key=lambda one: -len(one.ledger.by_basis)):
            self.choose_row(place_id(one))
            self.list.choose_quietly(self._chosen)
            return

    def tour_steps(self) -> list[TourStep]:
        return [("reason", self.write_reason), ("effect", self._tour_effect)]

    def _tour_effect(self) -> None:
        effects = self.result.effects if self.result else ()
        for one in effects[:1]:
            self.choose_row(effect_id(one))
            self.list.choose_quietly(self._chosen)
