"""The Interviews screen: its tabs, and the requests that go from one page to another."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from desktop_app.model.changes import Changes
from desktop_app.ui.i18n import tr
from desktop_app.ui.interviews.page import Page
from desktop_app.ui.interviews.pages import PAGES, PageEntry
from desktop_app.ui.theme import SPACE_XL
from desktop_app.ui.widgets import Screen, ScreenContext, TourStep, add_shortcuts

MOST_NUMBERED = 9
"""Pages with a key of their own: Alt+1 to Alt+9."""


class InterviewsScreen(Screen):
    """Documents, coding, codebook and what is made of them; ``pages`` by id, as far as they have been visited."""

    screen_id = "interviews"
    title = "Interviews"
    kinds = ()

    def __init__(
        self, context: ScreenContext, parent: QWidget | None = None, *, entries: Sequence[PageEntry] = PAGES
    ) -> None:
        super().__init__(context, parent)
        self._entries = tuple(entries)
        self.pages: dict[str, Page] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SPACE_XL, 12, SPACE_XL, SPACE_XL)
        outer.setSpacing(12)
        self.tabs = QTabBar(self)
        self.tabs.setProperty("role", "pages")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(tr("Pages of interviews"))
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

    def page(self, page_id: str) -> Page:
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

    def _connect(self, page: Page) -> None:
        page.open_document_requested.connect(self.open_document)
        page.open_coding_requested.connect(self.open_coding)
        page.open_memo_requested.connect(self.open_memo)
        page.open_code_requested.connect(self.open_code)
        page.quotes_requested.connect(partial(self._ask, "quotes", "show_code"))
        page.new_memo_requested.connect(self.new_memo)
        page.differences_requested.connect(partial(self._ask, "agreement", "show_differences"))
        page.page_requested.connect(self.go_to_page)
        page.open_entry_requested.connect(self.open_entry_requested)
        page.open_place_requested.connect(self.open_place_requested)
        page.search_requested.connect(self.search_requested)
        page.capture_requested.connect(self.capture_requested)
        page.status_message.connect(self.status_message)

    @property
    def current(self) -> Page:
        """The page in front."""
        return self.page(self._entries[self.tabs.currentIndex()].id)

    def has_page(self, page_id: str) -> bool:
        return any(entry.id == page_id for entry in self._entries)

    def go_to(self, page_id: str) -> Page:
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

    def _ask(self, page_id: str, method: str, *arguments: str) -> None:
        """Takes a request to the page that answers it; nothing where that page is not there."""
        if self.has_page(page_id):
            getattr(self.go_to(page_id), method)(*arguments)

    # --- what others ask of it ---------------------------------------------------------------------------------------

    def open_document(self, document: str, at: int = -1) -> None:
        """Shows a document for coding, at a code point (-1: where it was left)."""
        if self.has_page("coding"):
            getattr(self.go_to("coding"), "open_document")(document, at)  # noqa: B009  pages are made by name

    def open_entry_text(self, entry: str) -> None:
        """Shows the words of an entry for coding."""
        self._ask("coding", "open_entry", entry)

    def open_coding(self, coding: str) -> None:
        """Shows the document of a coding, with the coding chosen."""
        self._ask("coding", "open_coding", coding)

    def open_memo(self, memo: str) -> None:
        self._ask("memos", "open_memo", memo)

    def new_memo(self, kind: str, item: str) -> None:
        """Begins a memo about a thing."""
        self._ask("memos", "new_memo", kind, item)

    def open_code(self, code: str) -> None:
        self._ask("codebook", "open_code", code)

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
        self.page(page_id).begin_tour()

    def tour_steps(self) -> list[TourStep]:
        """A picture of every page (the first is that of the screen) and of what each of them wants to show."""
        steps: list[TourStep] = []
        for number, entry in enumerate(self._entries):
            steps += [(entry.id, partial(self._show_off, entry.id))] if number else []
            steps += [(f"{entry.id}-{name}", act) for name, act in self.page(entry.id).tour_steps()]
        return steps
