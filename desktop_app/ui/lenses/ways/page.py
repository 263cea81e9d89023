"""The page of ways: three readings of people's own words, by practice or by person, and what they say of metrics."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.model.errors import KnownError
from desktop_app.model.ways import GROUPED_BY, Beside, Told, WayGroup, Ways
from desktop_app.text.markdown import to_html
from desktop_app.ui.i18n import tr
from desktop_app.ui.lenses.listed import ListedLens
from desktop_app.ui.lenses.ways.telling import (
    AGAINST,
    BESIDE,
    GROUP,
    READINGS,
    figure_lines,
    group_figures,
    group_name,
    rows,
)
from desktop_app.ui.lenses.ways.views import PAGE, Sheet, SheetView, Spoken
from desktop_app.ui.ops import ReadOp
from desktop_app.ui.theme import SPACE_L, SPACE_S
from desktop_app.ui.widgets import (
    EmptyState,
    LinkButton,
    ScreenContext,
    SmallLink,
    TourStep,
    tab_bar,
)

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook


class WaysPage(ListedLens[Ways]):
    """Cunning, aspiration and value."""

    page_id = "ways"
    title = "Ways"
    is_text = True

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        self._reading = READINGS[0]
        self._by = ""
        self._row = ""
        self._at = 0
        self.view: SheetView | None = None
        self._going_to: tuple[int, str] | None = None
        super().__init__(context, parent)
        self._build_top()
        self._build()
        self.tabs.currentChanged.connect(self._switched)
        self.by_button.clicked.connect(self.toggle_by)

    def _build_top(self) -> None:
        """The readings stand above what is read, so that an empty one leads to the others."""
        row = QHBoxLayout()
        row.setSpacing(SPACE_L)
        self.tabs = tab_bar(tr("Reading"), [tr(reading.title) for reading in READINGS], self)
        for number in range(len(READINGS)):
            self.tabs.setTabToolTip(number, f"{tr(READINGS[number].title)}  {number + 1}")
        self.by_button = LinkButton("", self)
        self.by_button.setToolTip(tr("Put together by person or by tag") + "  B")
        self.write_button = LinkButton(tr("N  write one"), self)
        self.write_button.clicked.connect(self.write)
        row.addWidget(self.tabs)
        row.addWidget(self.by_button)
        self.figures = QHBoxLayout()
        self.figures.setSpacing(SPACE_S)
        row.addLayout(self.figures)
        row.addStretch()
        row.addWidget(self.write_button)
        outer = self.layout()
        assert isinstance(outer, QVBoxLayout)
        outer.insertLayout(2, row)

    def _build(self) -> None:
        self.lay_beside(
            tr("Practice or person"),
            tr("Practices and people"),
            tr("Nothing of that name."),
            tr("Their words"),
            narrowest=240,
        )

    def make_empty(self) -> EmptyState:
        return EmptyState(self.appearance, "", "", tr("Write the first one"), self, perspective="cunning-intelligence")

    def keys(self) -> list[tuple[str, Callable[[], None]]]:
        return [
            ("1", self.read_cunning),
            ("2", self.read_aspiration),
            ("3", self.read_value),
            ("B", self.toggle_by),
            ("N", self.write),
            (",", self.page_back),
            (".", self.page_on),
        ]

    # --- reading -----------------------------------------------------------------------------------------------------

    def look(self, notebook: "Notebook", query: str) -> Ways:
        reading = self._reading.id
        return notebook.ways.read(reading, query, by=self._by if self._by in GROUPED_BY[reading] else "")

    def is_empty(self, result: Ways) -> bool:
        return not result.groups

    def show_result(self, result: Ways) -> None:
        self.tell_scope(tr(self._reading.sentence), result.scope)
        self.by_button.setVisible(len(GROUPED_BY[result.way]) > 1)
        self.by_button.setText(tr("B  by person") if result.by == "person" else tr("B  by tag"))
        self._show_figures(result)
        self.nothing.set_texts(result.perspective.question, tr(self._reading.empty), tr("Write the first one"))
        known = {GROUP + group.id for group in result.groups} | {AGAINST, BESIDE}
        if self._row not in known:
            self._row = GROUP + result.groups[0].id if result.groups else ""
            self._at = 0
        self.fill_list()
        self._read_sheet()

    def _show_figures(self, result: Ways) -> None:
        """What the whole reading holds, each figure a way to its entries."""
        while (item := self.figures.takeAt(0)) is not None:
            if old := item.widget():
                old.hide()
                old.deleteLater()
        for words, query in figure_lines(result.counted):
            link = SmallLink(self.appearance, words, self, more=tr("Show the entries behind it"))
            link.clicked.connect(lambda _=False, query=query: self.open_query(query))
            self.figures.addWidget(link)

    def fill_list(self) -> None:
        if self.result is not None:
            made = rows(self.result, self.pane.filter.text())
            self.list.set_rows(made)
            self.card.tell(found=bool(made))
            self.list.choose_quietly(self._row)

    def _read_sheet(self) -> None:
        """Reads the words of the page in front."""
        found, row = self.result, self._row
        if found is None or not row:
            return
        make = partial(_sheet, found, row, self._at)
        self.operations.submit(
            ReadOp(
                tr("Read words"),
                make,
                lambda sheet: self._show_sheet(row, sheet),
                self._sheet_failed,
                key="lenses.ways.words",
            )
        )

    def _show_sheet(self, row: str, sheet: Sheet) -> None:
        if row != self._row:
            return
        before = self.view
        same = before is not None and (before.sheet.name, before.sheet.at) == (sheet.name, sheet.at)
        place = (0, "")
        if before is not None and same:
            # Read again before it was back in its place, it still goes there.
            place = self._going_to or (self.paper.area.verticalScrollBar().value(), before.focused())
        view = SheetView(self.appearance, sheet, self.paper.sheet)
        view.entry_opened.connect(self.open_entry_requested)
        view.query_opened.connect(self.open_query)
        view.page_asked.connect(self._turn)
        view.left_upwards.connect(self.list.setFocus)
        view.seen.connect(self.paper.scroll_to)
        self.beside.put(view)
        self.view = view

        def restore() -> None:
            if self.view is not view:
                return
            self._going_to = None
            self.paper.area.verticalScrollBar().setValue(place[0])
            if place[1]:
                view.focus_entry(place[1])

        self._going_to = place if any(place) else None
        if self._going_to:
            view.when_complete(restore)
        else:
            self.paper.to_top()

    def _sheet_failed(self, error: KnownError) -> None:
        self.message.say_error(error)

    # --- choosing ----------------------------------------------------------------------------------------------------

    def choose_row(self, row: str) -> None:
        if row != self._row:
            self._row, self._at = row, 0
            self._read_sheet()

    def show_row(self, row: str) -> None:
        """Reads a group (``group:`` and its id) or one of the two lists beside the metrics."""
        self.choose_row(row)
        self.list.choose_quietly(row)

    def _switched(self, number: int) -> None:
        self._reading = READINGS[number]
        self._row, self._at = "", 0
        self.pane.filter.clear()
        self.read()

    def _go(self, number: int) -> None:
        self.tabs.setCurrentIndex(number)
        self.focus_first()

    def read_cunning(self) -> None:
        self._go(0)

    def read_aspiration(self) -> None:
        self._go(1)

    def read_value(self) -> None:
        self._go(2)

    def toggle_by(self) -> None:
        """Puts the entries together by person, or by tag, where the reading can be."""
        if self.result is not None and len(GROUPED_BY[self._reading.id]) > 1:
            self._by = "tag" if self.result.by == "person" else "person"
            self.read()

    def page_on(self) -> None:
        """The next entries of the group."""
        self._turn(+1)

    def page_back(self) -> None:
        """The entries before."""
        self._turn(-1)

    def _turn(self, by: int) -> None:
        at = self._at + by * PAGE
        if self.view is not None and 0 <= at < self.view.sheet.total:
            self._at = at
            self._read_sheet()

    def place_to_read(self) -> QWidget:
        return self.view.cards[0] if self.view is not None and self.view.cards else self.paper.area

    # --- writing -----------------------------------------------------------------------------------------------------

    def write(self) -> None:
        """Opens the capture window with the perspective set and its question above."""
        if self.result is not None:
            perspective = self.result.perspective
            self.capture_requested.emit(f"^{perspective.id} ", perspective.question)

    def first_step(self) -> None:
        self.write()

    # --- files -------------------------------------------------------------------------------------------------------

    def table(self, notebook: "Notebook", result: Ways) -> bytes:
        return notebook.ways.csv(result)

    def markdown(self, notebook: "Notebook", result: Ways) -> bytes:
        return notebook.ways.markdown(result)

    # --- pictures ----------------------------------------------------------------------------------------------------

    def begin_tour(self) -> None:
        self.tabs.setCurrentIndex(0)

    def tour_steps(self) -> list[TourStep]:
        return [
            ("aspiration", lambda: self.tabs.setCurrentIndex(1)),
            ("value", lambda: self.tabs.setCurrentIndex(2)),
            ("metrics", lambda: self.show_row(BESIDE)),
        ]

    def end_tour(self) -> None:
        self.tabs.setCurrentIndex(0)


# --- off the window's thread ------------------------------------------------------------------------------------------


def _sheet(found: Ways, row: str, at: int, notebook: "Notebook") -> Sheet:
    if row in (AGAINST, BESIDE):
        return _metrics_sheet(found, row, at, notebook)
    group = next(group for group in found.groups if GROUP + group.id == row)
    told = notebook.ways.told(group.voices[at : at + PAGE])
    return Sheet(
        group_name(found, group),
        group_figures(found, group),
        "",
        _spoken(told),
        at,
        len(group.voices),
        _spoken(_ends(found, group, at, notebook)),
    )


def _ends(found: Ways, group: WayGroup, at: int, notebook: "Notebook") -> list[Told]:
    """What a person said first and last, on the first page of the reading over time."""
    if found.way != "aspiration" or at or not group.id or group.first is None or group.last is None:
        return []
    told = notebook.ways.told([group.first, group.last])
    return told if len(told) == 2 else []


def _metrics_sheet(found: Ways, row: str, at: int, notebook: "Notebook") -> Sheet:
    against = row == AGAINST
    joined: Sequence[Beside] = found.against if against else found.beside
    shown = joined[at : at + PAGE]
    told = notebook.ways.told([one.voice for one in shown], [one.ties for one in shown])
    figure = found.disagreeing if against else found.joined
    name = tr("Where it disagrees with the metrics") if against else tr("Beside the numbers")
    if against:
        words = tr(
            "Entries that somebody has linked as contradicting a stretch of a series, or an entry that explains or"
            " supports one. No number decides it; L in Browse links an entry."
        )
    else:
        words = tr(
            "Entries that pin a series or are linked to a stretch of one, beside what the number was. Something to"
            " read, never a finding."
        )
    figures = ((tr("Show the entries"), figure.query),) if figure.value and figure.query else ()
    return Sheet(name, figures, words, _spoken(told), at, len(joined))


def _spoken(told: Sequence[Told]) -> tuple[Spoken, ...]:
    return tuple(Spoken(one, to_html(one.words.fields.body)) for one in told)
