"""The page of random events: the register with what the chosen surprise touched, and the drawing of how often they
come and which ways left the expected order."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSplitter, QStackedWidget, QWidget

from desktop_app.model.offmap import OffMap, Reach, Surprise, Touched
from desktop_app.model.time import describe
from desktop_app.model.vocabulary import Term
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.lenses.canvas import Canvas, CanvasArea
from desktop_app.ui.lenses.drawing import Drawing, Spot
from desktop_app.ui.lenses.offmap.drawing import OffMapDrawing
from desktop_app.ui.lenses.offmap.telling import Telling
from desktop_app.ui.lenses.page import LensPage
from desktop_app.ui.theme import SPACE_L
from desktop_app.ui.widgets import Card, EmptyState, LinkButton, MarkdownView, RowList, ScreenContext
from desktop_app.ui.widgets.row_list import Row
from desktop_app.ui.widgets.screen import TourStep
from desktop_app.ui.widgets.shortcuts import focus_next
from desktop_app.ui.widgets.tabs import tab_bar

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook

REACHES = (
    (1, "1 day"),
    (3, "3 days"),
    (7, "7 days"),
    (14, "14 days"),
    (30, "30 days"),
    (90, "90 days"),
    (182, "half a year"),
    (365, "1 year"),
    (730, "2 years"),
)
"""Days after a surprise, with their names."""
LIST_SHARE = 36
MOST_ROWS = 1500
"""Of each half of the register; a last row leads to all of them. A longer list would hold up the window."""
ALL_MARKED, ALL_UNMARKED = "all/marked", "all/unmarked"

Read = tuple[OffMap, tuple[Term, ...]]


class OffMapPage(LensPage[Read]):
    """What was on nobody's map."""

    page_id = "offmap"
    title = "Random events"

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.reach = 14
        self.scales: tuple[str, ...] = ()
        self.touched: Touched | None = None
        self._queries: list[str] = []
        self.views = tab_bar(tr("Random events"), (tr("Surprises"), tr("How often, and ways")), self.sheet)
        self.views.setTabToolTip(1, tr("Surprises, or how often they come and ways as they went") + "  V")
        self.within = LinkButton("", self.sheet)
        self.within.setToolTip(tr("How long after a surprise to look") + "  W")
        self.at_scale = LinkButton("", self.sheet)
        self.at_scale.setToolTip(tr("At which time scales to look") + "  T")
        self.rows = RowList(self.appearance, tr("Surprises"), self.sheet)
        self.reader = MarkdownView(self.appearance, self.sheet)
        self.reader.browser.setAccessibleName(tr("What it touched"))
        self.canvas = Canvas(self.appearance, tr("How often, and ways"), self.sheet)
        self.shown = QStackedWidget(self.sheet)
        self.person_button = self.foot.add_link(tr("open the person"), "O", self.open_person)
        self._fill_sheet()
        self._connect_parts()
        self._name_choices(())

    def _fill_sheet(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACE_L)
        top.addWidget(self.views)
        top.addStretch()
        top.addWidget(self.within)
        top.addWidget(self.at_scale)
        self.body.addLayout(top)
        register = QSplitter(Qt.Orientation.Horizontal, self.shown)
        register.setChildrenCollapsible(False)
        register.setHandleWidth(16)
        for part, share, margin in ((self.rows, LIST_SHARE, 6), (self.reader, 100 - LIST_SHARE, 16)):
            card = Card(register, margin=margin, spacing=0)
            card.body.addWidget(part)
            card.setMinimumWidth(240)
            register.addWidget(card)
            register.setStretchFactor(register.count() - 1, share)
        register.setSizes([10 * LIST_SHARE, 1000 - 10 * LIST_SHARE])
        self.shown.addWidget(register)
        self.shown.addWidget(CanvasArea(self.canvas, self.shown))
        self.body.addWidget(self.shown, 1)

    def _connect_parts(self) -> None:
        self.views.currentChanged.connect(self._view_chosen)
        self.within.clicked.connect(self.choose_reach)
        self.at_scale.clicked.connect(self.choose_scales)
        self.rows.row_chosen.connect(lambda _: self._read_touched())
        self.rows.row_opened.connect(self._open_row)
        self.rows.left_upwards.connect(self.narrow.begin)
        self.reader.item_link_clicked.connect(self._follow)
        self.canvas.spot_chosen.connect(self._tell_place)
        self.canvas.spot_opened.connect(self.open_spot)
        self.canvas.left_upwards.connect(self.views.setFocus)

    # --- the lens -----------------------------------------------------------------------------------------------------

    def keys(self) -> list[tuple[str, Callable[[], None]]]:
        return [
            ("V", self.next_view),
            ("W", self.choose_reach),
            ("T", self.choose_scales),
            ("N", self.first_step),
            ("O", self.open_person),
            ("F6", self.next_pane),
        ]

    def look(self, notebook: "Notebook", query: str) -> Read:
        return notebook.offmap.read(query), tuple(notebook.vocabulary.scales())

    def table(self, notebook: "Notebook", result: Read) -> bytes:
        return notebook.offmap.csv(result[0], Reach(self.reach), self.scales)

    def drawing(self) -> Drawing | None:
        return OffMapDrawing(self.result[0]) if self.result else None

    def is_empty(self, result: Read) -> bool:
        found = result[0]
        return not (found.surprises or found.unmarked_entries or found.paths)

    def make_empty(self) -> EmptyState:
        return EmptyState(
            self.appearance,
            tr("No surprise here yet"),
            tr(
                "A surprise is what was on nobody’s map: a strike, a film crew in the lane, a letter. Write what "
                "happened and mark it !\u2060surprise; here you will see what it touched, and how often such things "
                "come."
            ),
            tr("Write the first surprise"),
            self,
        )

    def first_step(self) -> None:
        self.capture_requested.emit("!surprise ", tr("What happened that was on nobody’s map?"))

    def show_result(self, result: Read) -> None:
        found, scales = result
        self._name_choices(scales)
        self.rows.set_rows(_rows(found))
        self.canvas.show_drawing(OffMapDrawing(found))
        self.tell_scope(
            tr(
                "What was on nobody’s map: {count}. What came after one need not have come of it: ask who was there.",
                count=count_text(len(found.surprises), "{number} surprise", "{number} surprises"),
            ),
            found.scope,
        )
        if not self.rows.current_id():
            self.rows.choose_first()
        self._read_touched()

    # --- what the chosen one touched ---------------------------------------------------------------------------------

    @property
    def chosen(self) -> Surprise | None:
        """The surprise (or random event that is not marked) that is chosen in the register."""
        if self.result is None:
            return None
        item = self.rows.current_id()
        found = self.result[0]
        return next((one for one in (*found.surprises, *found.unmarked_entries) if one.id == item), None)

    def _read_touched(self) -> None:
        chosen, reach, scales = self.chosen, self.reach, self.scales
        if chosen is None:
            self.touched = None
            self.reader.set_html("")
            self._tell_place(None)
            return
        self.operations.read(
            tr("Look at what a surprise touched"),
            lambda notebook: notebook.offmap.touched(chosen.id, Reach(reach), scales),
            self._show_touched,
            key="lenses.offmap.touched",
        )

    def _show_touched(self, touched: Touched) -> None:
        chosen = self.chosen
        if chosen is None or chosen.id != touched.surprise or self.result is None:
            return
        self.touched = touched
        told = Telling(chosen, touched, self._reach_name(), {term.id: term for term in self.result[1]})
        self._queries = told.queries
        self.reader.set_html(told.html)
        if not self.views.currentIndex():
            self._tell_chosen()

    def _tell_chosen(self) -> None:
        """The foot: how many entries the chosen surprise touched, and the way to them."""
        self.person_button.hide()
        chosen, touched = self.chosen, self.touched
        if chosen is None or touched is None:
            self.foot.tell("")
            return
        number = len(touched.found)
        words = tr(
            "{count} began within {reach}",
            count=count_text(number, "{number} entry", "{number} entries"),
            reach=self._reach_name(),
        )
        self.foot.tell(words if touched.start else "", query=touched.entries.query, count=number)

    def _open_row(self, row: str) -> None:
        if self.result is not None and row in (ALL_MARKED, ALL_UNMARKED):
            found = self.result[0]
            self.open_query((found.marked if row == ALL_MARKED else found.unmarked).query)
        else:
            self.open_entry_requested.emit(row)

    def _follow(self, address: str) -> None:
        kind, _, which = address.partition("/")
        if kind == "entry":
            self.open_entry_requested.emit(which)
        elif which.isdecimal() and int(which) < len(self._queries):
            self.open_query(self._queries[int(which)])

    # --- how far, and at which scales --------------------------------------------------------------------------------

    def _reach_name(self) -> str:
        return next(tr(words) for length, words in REACHES if length == self.reach)

    def _name_choices(self, scales: Sequence[Term]) -> None:
        self.within.setText(tr("within {reach}", reach=self._reach_name()))
        names = [term.short for term in scales if term.id in self.scales]
        self.at_scale.setText(tr("at scale: {names}", names=", ".join(names)) if names else tr("at any scale"))

    def choose_reach(self) -> None:
        """A menu of how long after a surprise to look."""
        rows = [(tr(words), days == self.reach, partial(self.set_reach, days)) for days, words in REACHES]
        self._menu(self.within, rows)

    def set_reach(self, length: int) -> None:
        """Looks so many days (one of :data:`REACHES`) after each surprise."""
        self.reach = length
        self._look_again()

    def choose_scales(self) -> None:
        """A menu of the scales at which to look, any number of them."""
        if self.result is None:
            return
        rows: list[tuple[str, bool, Callable[[], None]]] = [
            (tr("Any scale"), not self.scales, partial(self.set_scales, ()))
        ]
        for term in self.result[1]:
            chosen = term.id in self.scales
            rest = tuple(scale for scale in self.scales if scale != term.id)
            wanted = rest if chosen else (*rest, term.id)
            rows.append((term.short, chosen, partial(self.set_scales, wanted)))
        self._menu(self.at_scale, rows)

    def set_scales(self, scales: tuple[str, ...]) -> None:
        self.scales = scales
        self._look_again()

    def _look_again(self) -> None:
        self._name_choices(self.result[1] if self.result else ())
        self._read_touched()

    def _menu(self, under: QWidget, rows: Sequence[tuple[str, bool, Callable[[], None]]]) -> None:
        if self.stack.currentIndex() or self.views.currentIndex():
            return
        menu = QMenu(self)
        for words, chosen, act in rows:
            action: QAction = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(chosen)
            action.triggered.connect(lambda _checked=False, act=act: act())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(under.mapToGlobal(QPoint(0, under.height())))

    # --- the drawing -------------------------------------------------------------------------------------------------

    def next_view(self) -> None:
        """From the register to the drawing, and back."""
        if not self.stack.currentIndex():
            self.views.setCurrentIndex(1 - self.views.currentIndex())
            self.focus_first()

    def _view_chosen(self, at: int) -> None:
        self.shown.setCurrentIndex(at)
        self.within.setVisible(at == 0)
        self.at_scale.setVisible(at == 0)
        if at:
            self._tell_place(self.canvas.chosen)
        else:
            self._tell_chosen()

    def _tell_place(self, spot: Spot | None) -> None:
        self.person_button.setVisible(self._person(spot) is not None)
        self.tell_spot(spot)

    def _person(self, spot: Spot | None) -> str | None:
        """The person whose way a spot belongs to."""
        key = spot.key if spot else None
        if self.result is None or not isinstance(key, tuple):
            return None
        return next((way.person for way in self.result[0].paths if way.person == key[0]), None)

    def open_person(self) -> None:
        """Shows the person whose way is chosen, in People."""
        person = self._person(self.canvas.chosen) if self.views.currentIndex() else None
        if person:
            self.open_place_requested.emit("person", person, -1)

    def open_spot(self, spot: Spot) -> None:
        """The entry that shows a step; the person of a way; the entries behind any other figure."""
        person = self._person(spot)
        if person and not (spot.query and spot.key != (person, -1)):
            self.open_place_requested.emit("person", person, -1)
        else:
            super().open_spot(spot)

    # --- focus and pictures ------------------------------------------------------------------------------------------

    def focus_first(self) -> None:
        if self.stack.currentIndex():
            self.nothing.button.setFocus()
        elif self.views.currentIndex():
            self.canvas.setFocus()
        else:
            self.rows.setFocus()

    def next_pane(self) -> None:
        """From the list to what is read beside it, and back."""
        if not self.views.currentIndex():
            focus_next((self.rows, self.reader.browser))

    def begin_tour(self) -> None:
        """Chooses the first surprise that has series beside it, else the first."""
        self.views.setCurrentIndex(0)
        self.rows.choose_first()
        found = self.result[0].surprises if self.result else ()
        if measured := next((one for one in found if one.series), None):
            self.rows.choose(measured.id)

    def tour_steps(self) -> list[TourStep]:
        return [("ways", lambda: self.views.setCurrentIndex(1))]

    def end_tour(self) -> None:
        self.views.setCurrentIndex(0)


def _rows(found: OffMap) -> list[Row]:
    rows = _most(found.surprises, ALL_MARKED)
    if found.unmarked_entries:
        rows.append(Row("unmarked", tr("Seen as random, not marked !surprise"), kind="section"))
        rows += _most(found.unmarked_entries, ALL_UNMARKED)
    return rows


def _most(these: Sequence[Surprise], rest: str) -> list[Row]:
    rows = [_row(one) for one in these[:MOST_ROWS]]
    if (more := len(these) - MOST_ROWS) > 0:
        words = tr("Enter shows all {count} in Browse", count=f"{len(these):,}")
        rows.append(Row(rest, tr("{number} more", number=f"{more:,}"), words))
    return rows


def _row(one: Surprise) -> Row:
    return Row(one.id, one.heading or tr("(no words)"), describe(one.occurred) or tr("no date"))
