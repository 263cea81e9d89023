"""The Interviews screen: its tabs, and the requests that go from one page to another."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop_app.ui.i18n import tr
from desktop_app.ui.interviews.page import Page
from desktop_app.ui.interviews.pages import PAGES
from desktop_app.ui.widgets import ScreenContext
from desktop_app.ui.widgets.paged import PagedScreen, PageEntry


class InterviewsScreen(PagedScreen[Page]):
    """Documents, coding, codebook and what is made of them."""

    screen_id = "interviews"
    title = "Interviews"

    def __init__(
        self, context: ScreenContext, parent: QWidget | None = None, *, entries: Sequence[PageEntry[Page]] = PAGES
    ) -> None:
        super().__init__(context, entries, tr("Pages of interviews"), parent)

    def connect_page(self, page: Page) -> None:
        page.open_document_requested.connect(self.open_document)
        page.open_coding_requested.connect(self.open_coding)
        page.open_memo_requested.connect(self.open_memo)
        page.open_code_requested.connect(self.open_code)
        page.quotes_requested.connect(partial(self.ask, "quotes", "show_code"))
        page.new_memo_requested.connect(self.new_memo)
        page.differences_requested.connect(partial(self.ask, "agreement", "show_differences"))

    # --- what others ask of it ---------------------------------------------------------------------------------------

    def open_document(self, document: str, at: int = -1) -> None:
        """Shows a document for coding, at a code point (-1: where it was left)."""
        self.ask("coding", "open_document", document, at)

    def open_entry_text(self, entry: str) -> None:
        """Shows the words of an entry for coding."""
        self.ask("coding", "open_entry", entry)

    def open_coding(self, coding: str) -> None:
        """Shows the document of a coding, with the coding chosen."""
        self.ask("coding", "open_coding", coding)

    def open_memo(self, memo: str) -> None:
        self.ask("memos", "open_memo", memo)

    def new_memo(self, kind: str, item: str) -> None:
        """Begins a memo about a thing."""
        self.ask("memos", "new_memo", kind, item)

    def open_code(self, code: str) -> None:
        self.ask("codebook", "open_code", code)
