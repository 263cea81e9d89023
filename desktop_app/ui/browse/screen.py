"""The Browse screen: wires the query, the chart, the hits and the chosen entry together.

One query answers all four. The chart always shows every hit of the query; a chosen stretch of time filters the list
below it. Reads replace each other by key, so that only the newest answer is shown.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.model.changes import Changes
from desktop_app.model.entries import Basis
from desktop_app.model.errors import KnownError
from desktop_app.model.queries import Completion, Hit
from desktop_app.ui.browse.chart_layout import wanted_height
from desktop_app.ui.browse.query_text import field_part
from desktop_app.ui.browse.reader import Reader
from desktop_app.ui.browse.reads import Found, Page, SeriesShelf, Sort, Stretch, find, find_page
from desktop_app.ui.browse.search_bar import SearchBar
from desktop_app.ui.browse.timeline import Timeline
from desktop_app.ui.i18n import count_text, error_sentence, tr
from desktop_app.ui.ops import ChangeOp, ReadOp
from desktop_app.ui.theme import SPACE_XL
from desktop_app.ui.widgets import (
    EmptyState,
    EntryCard,
    EntryList,
    Screen,
    ScreenContext,
    TourStep,
    add_shortcuts,
    card_of_hit,
)
from desktop_app.ui.widgets.entry_cards import PLACE_TYPES
from desktop_app.ui.widgets.time_axis import stretch_name

CHART_SHARE = 0.385
"""The most of the screen's height that the chart takes."""
CHART_LEAST = 150
SETTLE = 120
"""Milliseconds before a stretch that is being dragged filters the hits."""
READER_KEYS = (Qt.Key.Key_E, Qt.Key.Key_M, Qt.Key.Key_C, Qt.Key.Key_Delete)
"""What is done with the chosen entry from the list and the chart too."""
THING_FIELDS = {"person": "person", "series": "metric", "organisation": "org"}


class BrowseScreen(Screen):
    """Search, beside the numbers of the same weeks, and read or edit what was found."""

    screen_id = "browse"
    title = "Browse"
    kinds = (
        "entry", "person", "organisation", "link", "import", "series", "term", "document", "coding", "code", "memo",
        "question",
    )  # fmt: skip

    search_saved = Signal(str)

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._found: Found | None = None
        self._shelf = SeriesShelf()
        self._page = Page((), 0)
        self._hits: list[Hit] = []
        self._waiting_for_more = False
        self._opened = ""
        self._last_query = ""
        self._stretch: Stretch | None = None
        self._build()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE)
        self._settle.timeout.connect(self._read_stretch)
        self._connect()
        self._add_shortcuts()

    # --- parts -------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_XL, 20, SPACE_XL, SPACE_XL)
        column.setSpacing(12)
        self.search = SearchBar(self.appearance, self)
        self.timeline = Timeline(self.appearance, self)
        self.timeline.hide()
        self.list = EntryList(self.appearance, tr("Hits"), self)
        self.nothing = EmptyState(self.appearance, "", "", parent=self)
        self.reader = Reader(self.appearance, self.operations, self, blind=lambda: self.settings.flag("blind"))
        self.hits = QStackedWidget(self)
        self.hits.addWidget(self.list)
        self.hits.addWidget(self.nothing)
        self.hits.setMinimumWidth(250)
        self.reader.setMinimumWidth(380)
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(16)
        self.split.addWidget(self.hits)
        self.split.addWidget(self.reader)
        self.split.setStretchFactor(0, 37)
        self.split.setStretchFactor(1, 63)
        self.split.setSizes([370, 630])
        column.addWidget(self.search)
        column.addWidget(self.timeline)
        column.addWidget(self.split, 1)

    def _connect(self) -> None:
        self.search.query_settled.connect(self._run)
        self.search.sort_changed.connect(lambda _: self._run(self.search.text()))
        self.search.completion_wanted.connect(self._complete)
        self.search.save_requested.connect(self._save_search)
        self.search.left_downwards.connect(self._enter_list)
        self.timeline.stretch_chosen.connect(self._choose_stretch)
        self.timeline.stretch_changing.connect(lambda _: self._settle.start())
        self.timeline.series_wanted.connect(self.add_series)
        self.timeline.entry_chosen.connect(self.open_entry)
        self.timeline.entry_hovered.connect(self.list.light)
        self.list.entry_chosen.connect(self._read_chosen)
        self.list.entry_opened.connect(self._edit)
        self.list.entry_hovered.connect(lambda item: self.timeline.light([item] if item else []))
        self.list.more_wanted.connect(self._read_more)
        self.reader.search_requested.connect(self.search.add_part)
        self.reader.entry_requested.connect(self.open_entry)
        self.reader.place_requested.connect(self.open_place_requested)
        self.reader.new_memo_requested.connect(self.new_memo_requested)
        self.reader.status_message.connect(self.status_message)
        self.nothing.step_requested.connect(self._take_step)
        self.operations.indexed.connect(self._indexed)
        self.operations.changed_elsewhere.connect(self._forget_series)

    def _add_shortcuts(self) -> None:
        add_shortcuts(
            self,
            (
                ("/", self.focus_search),
                ("Ctrl+S", self.save_search),
                ("F6", self.focus_next_pane),
                ("Shift+F6", self.focus_previous_pane),
            ),
        )

    def concerned_by(self, changes: Changes[object]) -> bool:
        if changes.concerns("import", "series"):
            self._shelf = SeriesShelf()
        return super().concerned_by(changes)

    # --- what others ask of it ---------------------------------------------------------------------------------------

    def read(self) -> None:
        self._run(self.search.text())
        self.reader.refresh()

    def focus_first(self) -> None:
        self.focus_search()

    def focus_search(self) -> None:
        self.search.line.setFocus()
        self.search.line.selectAll()

    def search_for(self, query: str) -> None:
        """Runs a query, as from a saved search or another screen; a chosen stretch is let go."""
        self.timeline.set_stretch(None)
        self._stretch = self.reader.stretch = None
        self.search.set_text(query)

    def open_entry(self, entry_id: str) -> None:
        """Shows an entry in the reader, and in the list where it is among the hits."""
        if not self.list.choose(entry_id):
            self.list.clearSelection()
        self._opened = entry_id
        self.timeline.choose(entry_id)
        self.reader.show_entry(entry_id)

    def edit_entry(self, entry_id: str = "") -> None:
        """Begins editing: the given entry, or the one that is shown."""
        if entry_id:
            self.open_entry(entry_id)
        self.reader.edit()

    def save_search(self) -> None:
        self.search.begin_saving()

    def trash_entry(self) -> None:
        self.reader.trash()

    def link_entry(self) -> None:
        self.reader.begin_link()

    def attach_files(self) -> None:
        self.reader.choose_files()

    def write_memo(self) -> None:
        self.reader.write_memo()

    def code_entry(self) -> None:
        self.reader.code_words()

    def show_history(self) -> None:
        self.reader.toggle_history()

    def add_series(self) -> None:
        self.search.begin_part("metric:")

    def _forget_series(self) -> None:
        """Another program may have imported something."""
        self._shelf = SeriesShelf()
        self.mark_stale()

    def _indexed(self, _: int) -> None:
        """A search takes up recent changes by itself; after a long build it is asked again."""
        if self._found is None or self._found.pending:
            self.mark_stale()

    # --- running the query -------------------------------------------------------------------------------------------

    def _run(self, query: str) -> None:
        sort, stretch, shelf = self._sort(query), self._stretch, self._shelf
        self._settle.stop()
        self._waiting_for_more = False
        self.operations.submit(
            ReadOp(
                tr("Search"),
                lambda notebook: find(notebook, query, sort, stretch, tr("no scale"), shelf),
                self._show_found,
                lambda error: self._show_problem(query, error),
                key="browse.search",
            )
        )

    def _sort(self, query: str) -> Sort:
        """Everything is sorted by date: without words nothing matches better than the rest."""
        return self.search.sort if query.strip() else "occurred"

    def _show_found(self, found: Found) -> None:
        if found.query != self.search.text():
            return
        if found.query != self._last_query:
            self._last_query, self._opened = found.query, ""
        self._found = found
        building = tr("The search index is being built; here is what was written last.")
        self.search.show_answer(found.query, found.chips, found.explanation if found.indexed else building)
        self.search.offer_suggestion(found.suggestion)
        self.timeline.show_data(found.curves, found.tracks, found.extent)
        self._arrange()
        self._show_page(found.page)

    def _show_problem(self, query: str, error: KnownError) -> None:
        if "suggestion" in error.parts:
            self.search.show_problem(query, error)
        else:
            # Not the query's fault, and more than a passing word: the window says it until it is read.
            self.operations.failed.emit(tr("Search"), error)

    def _show_page(self, page: Page) -> None:
        self._page, self._hits = page, list(page.hits)
        entries = self._found.entries if self._found else 0
        # Where other things are among the hits, how many entries there are says nothing about them.
        alone = all(hit.type == "entry" for hit in page.hits)
        self.search.show_count(page.total, max(entries, page.total) if alone else page.total)
        self.list.set_cards([_card(hit) for hit in page.hits])
        if not self.list.current_id():
            self.list.scrollToTop()
        self.hits.setCurrentIndex(0 if page.hits else 1)
        if not page.hits:
            self._say_nothing(entries)
        self.timeline.set_note(self._note())
        self._keep_chosen()

    def _keep_chosen(self) -> None:
        """What is read stays: a hit, or what was opened since the query changed. Else the first hit is read."""
        shown = self.reader.wanted_id
        if self.reader.editing or (shown and self.list.choose(shown)) or self._opened:
            return
        if self._hits:
            self.list.choose_first()
        else:
            self.reader.show_nothing()

    def _say_nothing(self, entries: int) -> None:
        if not entries:
            self.nothing.set_texts(
                tr("This notebook is empty"),
                tr("What you hear, see and wonder about goes here, beside the numbers of the same weeks."),
                tr("Write the first entry"),
            )
        elif self._stretch:
            self.nothing.set_texts(
                tr("Nothing in this stretch of time"),
                tr("The query finds nothing in {stretch}.", stretch=stretch_name(*self._stretch)),
                tr("Show the whole time"),
            )
        elif self._found and self._found.suggestion:
            self.nothing.set_texts(
                tr("Nothing found"),
                tr("Nothing matches; did you mean “{query}”?", query=self._found.suggestion),
                tr("Search for it"),
            )
        else:
            self.nothing.set_texts(
                tr("Nothing found"),
                tr("Fewer words find more, and a star finds all that begins alike: price*"),
                tr("Clear the search"),
            )

    def _take_step(self) -> None:
        """The one step that the empty place offers."""
        if self._found and not self._found.entries:
            self.capture_requested.emit("", "")
        elif self._stretch:
            self.timeline.clear_stretch()
        elif self._found and self._found.suggestion:
            self.search.set_text(self._found.suggestion)
        else:
            self.search.clear()

    def _read_more(self) -> None:
        if self._waiting_for_more or len(self._hits) >= self._page.total:
            return
        self._waiting_for_more = True
        query, stretch, offset = self.search.text(), self._stretch, len(self._hits)
        sort = self._sort(query)
        self.operations.submit(
            ReadOp(
                tr("Search"),
                lambda notebook: (query, find_page(notebook, query, sort, stretch, offset)),
                self._append,
                lambda _: None,
                key="browse.more",
            )
        )

    def _append(self, answer: tuple[str, Page]) -> None:
        query, page = answer
        if not self._waiting_for_more or query != self.search.text() or page.offset != len(self._hits):
            return
        self._waiting_for_more = False
        self._hits += page.hits
        self.list.append_cards([_card(hit) for hit in page.hits])

    # --- a chosen stretch of time ------------------------------------------------------------------------------------

    def _choose_stretch(self, stretch: Stretch | None) -> None:
        self._stretch = self.reader.stretch = stretch
        self._read_stretch()

    def _read_stretch(self) -> None:
        self._stretch = self.reader.stretch = self.timeline.stretch
        query, stretch = self.search.text(), self._stretch
        sort = self._sort(query)
        self._waiting_for_more = False
        self.operations.submit(
            ReadOp(
                tr("Search a stretch of time"),
                lambda notebook: (query, stretch, find_page(notebook, query, sort, stretch, 0)),
                self._show_stretch,
                lambda error: self._show_problem(query, error),
                key="browse.stretch",
            )
        )

    def _show_stretch(self, answer: tuple[str, Stretch | None, Page]) -> None:
        query, stretch, page = answer
        if query == self.search.text() and stretch == self._stretch:
            self._show_page(page)

    def _note(self) -> str:
        """What stands at the top of the chosen stretch: when, and what people gave as reasons there."""
        if self._stretch is None:
            return ""
        when = stretch_name(*self._stretch)
        return f"{when}: {reasons}" if (reasons := reasons_text(self._hits, self._page.total)) else when

    # --- the list, the reader, the chart -----------------------------------------------------------------------------

    def _read_chosen(self, item: str) -> None:
        """A card was chosen in the list."""
        card = self.list.current()
        if card is not None and card.type in PLACE_TYPES:
            self.reader.show_place(card)
            return
        if card is not None and card.type != "entry":
            field = THING_FIELDS.get(card.type, "")
            self.reader.show_thing(card.heading, field_part(field, card.heading) if field else card.heading)
            return
        self._opened = ""
        self.timeline.choose(item)
        self.reader.show_entry(item)

    def _enter_list(self) -> None:
        self.list.setFocus()
        if not self.list.current_id():
            self.list.choose_first()

    def _edit(self, item: str) -> None:
        """Enter on a card: an entry is edited, what belongs to Interviews is opened there."""
        card = self.list.current()
        if card is not None and card.type in PLACE_TYPES:
            self.open_place_requested.emit(card.type, card.thing, card.at)
        elif item == self.reader.entry_id:
            self.reader.edit()

    # --- completion, saving ------------------------------------------------------------------------------------------

    def _complete(self, query: str, position: int) -> None:
        def show(found: Sequence[Completion]) -> None:
            self.search.offer(query, position, found)

        self.operations.read(
            tr("Complete"), lambda notebook: notebook.search.complete(query, position), show, key="browse.complete"
        )

    def _save_search(self, name: str) -> None:
        query = self.search.text()

        def saved(_: Changes[str] | None) -> None:
            self.status_message.emit(tr("Saved as “{name}”", name=name))
            self.search_saved.emit(name)

        self.operations.submit(
            ChangeOp(
                tr("Save search"),
                lambda notebook: notebook.saved_searches.add(name, query),
                saved,
                lambda error: self.status_message.emit(error_sentence(error)),
            )
        )

    # --- keys and sizes ----------------------------------------------------------------------------------------------

    def panes(self) -> list[QWidget]:
        """What F6 walks through."""
        reader = self.reader.editor.body if self.reader.editor else self.reader.reading_area
        return [self.search.line, self.timeline, self.list, reader]

    def focus_next_pane(self) -> None:
        self._walk_panes(+1)

    def focus_previous_pane(self) -> None:
        self._walk_panes(-1)

    def _walk_panes(self, step: int) -> None:
        panes = [pane for pane in self.panes() if pane.isVisible()]
        here = next((at for at, pane in enumerate(panes) if pane.hasFocus()), -step if step > 0 else 0)
        panes[(here + step) % len(panes)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not event.modifiers() and event.key() in READER_KEYS and not self.reader.editing:
            self.reader.keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape and self._stretch:
            self.timeline.clear_stretch()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def hideEvent(self, event: QHideEvent) -> None:
        self._settle.stop()
        self.reader.finish_editing()
        super().hideEvent(event)

    def _arrange(self) -> None:
        """The chart is as high as its rows want, but leaves room to read."""
        found = self._found
        if found is None:
            return
        self.timeline.setVisible(not self.timeline.is_empty)
        most = max(round(self.height() * CHART_SHARE), CHART_LEAST)
        self.timeline.setFixedHeight(min(wanted_height(found.curves, found.tracks), most))

    # --- the tour ----------------------------------------------------------------------------------------------------

    def tour_steps(self) -> list[TourStep]:
        return [
            ("search", lambda: self.search_for("kind:quote,event in:2025-Q4 onboarding OR price")),
            ("stretch", self._tour_stretch),
            ("edit", self.edit_entry),
        ]

    def _tour_stretch(self) -> None:
        from desktop_app.model.samples import days

        self.timeline.set_stretch((days("2025-12-02"), days("2025-12-13")))
        self._choose_stretch(self.timeline.stretch)


def _card(hit: Hit) -> EntryCard:
    """A hit's card; the text is shown only where it holds a match, so that more cards fit."""
    card = card_of_hit(hit)
    return card if card.spans or card.type in PLACE_TYPES else replace(card, snippet="")


def reasons_text(hits: Sequence[Hit], total: int) -> str:
    """``3 reasons told, 1 guessed``; empty where none are given, or where not all hits have been read."""
    if total > len(hits):
        return ""
    counts = Counter(hit.basis for hit in hits if hit.basis)
    parts = [(counts[basis], basis) for basis in Basis if counts[basis]]
    if not parts:
        return ""
    first = count_text(parts[0][0], "{number} reason", "{number} reasons")
    return ", ".join([f"{first} {tr(parts[0][1])}", *(f"{number} {tr(basis)}" for number, basis in parts[1:])])
