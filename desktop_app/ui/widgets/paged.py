"""A screen of several pages under tabs, each made on its first visit and reading for itself.

Pages do not know each other: they ask by signal, and the screen takes the request to the page that answers it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from desktop_app.model.changes import Changes
from desktop_app.ui.i18n import tr
from desktop_app.ui.theme import SPACE_XL
from desktop_app.ui.widgets.screen import Screen, ScreenContext, TourStep
from desktop_app.ui.widgets.shortcuts import add_shortcuts

MOST_NUMBERED = 9
"""Pages with a key of their own: Alt+1 to Alt+9."""


class TabPage(Screen):
    """A screen within the screen. Subclasses set ``page_id``, ``title`` and ``kinds`` and write :meth:`read` and
    :meth:`focus_first`.

    Reading when stale and seen, ``operations``, ``appearance``, ``tour_steps()`` and ``status_message`` are those of
    every screen. A page has no outer margin: the screen gives it one. ``page_requested(page id)`` asks for another.
    """

    page_id = ""

    page_requested = Signal(str)

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setAccessibleName(tr(self.title))

    def do(self, verb: str) -> None:
        """Does one of the page's verbs by the name of its method, as the palette asks for it."""
        getattr(self, verb)()

    def begin_tour(self) -> None:
        """Shows something worth a picture; called before the first picture of the page is taken."""


PageT = TypeVar("PageT", bound=TabPage)


@dataclass(frozen=True, slots=True)
class PageEntry(Generic[PageT]):
    """One page: its id, the words on its tab, how it is made."""

    id: str
    title: str
    make: Callable[[ScreenContext], PageT]


class PagedScreen(Screen, Generic[PageT]):
    """``pages`` by id, as far as they have been visited. Subclasses write :meth:`connect_page`."""

    kinds = ()

    def __init__(
        self, context: ScreenContext, entries: Sequence[PageEntry[PageT]], name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, parent)
        self._entries = tuple(entries)
        self.pages: dict[str, PageT] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SPACE_XL, 12, SPACE_XL, SPACE_XL)
        outer.setSpacing(12)
        self.tabs = QTabBar(self)
        self.tabs.setProperty("role", "pages")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(name)
        for number, entry in enumerate(self._entries, start=1):
            self.tabs.addTab(tr(entry.title))
            if number <= MOST_NUMBERED:
                self.tabs.setTabToolTip(number - 1, f"{tr(entry.title)}  Alt+{number}")
        self.stack = QStackedWidget(self)
        outer.addWidget(self.tabs)
        outer.addWidget(self.stack, 1)
        self.tabs.currentChanged.connect(self._tab_chosen)
        add_shortcuts(self, self._keys())

    def _keys(self) -> list[tuple[str, Callable[[], None]]]:
        keys: list[tuple[str, Callable[[], None]]] = [
            ("Ctrl+PgDown", self.next_page),
            ("Ctrl+PgUp", self.previous_page),
        ]
        for number, entry in enumerate(self._entries[:MOST_NUMBERED], start=1):
            keys.append((f"Alt+{number}", partial(self.go_to_page, entry.id)))
        return keys

    # --- pages -------------------------------------------------------------------------------------------------------

    def page(self, page_id: str) -> PageT:
        """A page, made on its first visit; ``KeyError`` for one that is not in the table."""
        made = self.pages.get(page_id)
        if made is None:
            entry = next((entry for entry in self._entries if entry.id == page_id), None)
            if entry is None:
                raise KeyError(page_id)
            made = self.pages[page_id] = entry.make(self.context)
            self.stack.addWidget(made)
            self._connect(made)
        return made

    def _connect(self, page: PageT) -> None:
        page.page_requested.connect(self.go_to_page)
        page.open_entry_requested.connect(self.open_entry_requested)
        page.open_place_requested.connect(self.open_place_requested)
        page.search_requested.connect(self.search_requested)
        page.capture_requested.connect(self.capture_requested)
        page.status_message.connect(self.status_message)
        self.connect_page(page)

    def connect_page(self, page: PageT) -> None:
        """Takes what a page asks of others to the pages that answer it."""
        raise NotImplementedError

    @property
    def current(self) -> PageT:
        """The page in front."""
        return self.page(self._entries[self.tabs.currentIndex()].id)

    def has_page(self, page_id: str) -> bool:
        return any(entry.id == page_id for entry in self._entries)

    def go_to(self, page_id: str) -> PageT:
        """Shows a page, without moving the focus."""
        page = self.page(page_id)
        at = next(number for number, entry in enumerate(self._entries) if entry.id == page_id)
        self.tabs.blockSignals(True)
        self.tabs.setCurrentIndex(at)
        self.tabs.blockSignals(False)
        self.stack.setCurrentWidget(page)
        page.read_if_stale()
        return page

    def _tab_chosen(self, number: int) -> None:
        page = self.go_to(self._entries[number].id)
        if not self.tabs.hasFocus():
            page.focus_first()

    def next_page(self) -> None:
        self._step(+1)

    def previous_page(self) -> None:
        self._step(-1)

    def _step(self, by: int) -> None:
        self.go_to_page(self._entries[(self.tabs.currentIndex() + by) % len(self._entries)].id)

    def ask(self, page_id: str, method: str, *arguments: object) -> None:
        """Takes a request to the page that answers it; nothing where that page is not there."""
        if self.has_page(page_id):
            getattr(self.go_to(page_id), method)(*arguments)

    def go_to_page(self, page_id: str) -> None:
        """Shows a page and moves the focus there; nothing where there is no such page."""
        if self.has_page(page_id):
            self.go_to(page_id).focus_first()

    def do(self, verb: str) -> None:
        """Does a verb of the table of actions, ``page.method``, after going to its page."""
        page_id, _, method = verb.partition(".")
        if self.has_page(page_id):
            self.go_to_page(page_id)
            self.page(page_id).do(method)

    # --- screen ------------------------------------------------------------------------------------------------------

    def activate(self) -> None:
        self.go_to(self.current.page_id)
        self.current.focus_first()

    def focus_first(self) -> None:
        self.current.focus_first()

    def concerned_by(self, changes: Changes[object]) -> bool:
        """Never: each page reads for itself."""
        return False

    def _show_off(self, page_id: str) -> None:
        self.go_to_page(page_id)
        page = self.page(page_id)
        # What is worth a picture is chosen among what has been read.
        page.operations.wait_until_idle()
        page.begin_tour()

    def tour_steps(self) -> list[TourStep]:
        """A picture of every page (the first is that of the screen) and of what each of them wants to show."""
        steps: list[TourStep] = []
        for number, entry in enumerate(self._entries):
            steps += [(entry.id, partial(self._show_off, entry.id))] if number else []
            steps += [(f"{entry.id}-{name}", act) for name, act in self.page(entry.id).tour_steps()]
        return steps

    def end_tour(self) -> None:
        for page in self.pages.values():
            page.end_tour()
        self.go_to(self._entries[0].id)
