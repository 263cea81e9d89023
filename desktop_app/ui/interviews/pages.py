"""The pages there are, in the order of their tabs; each is imported and made on its first visit."""

from desktop_app.ui.interviews.page import Page
from desktop_app.ui.widgets import ScreenContext
from desktop_app.ui.widgets.paged import PageEntry


def _documents(context: ScreenContext) -> Page:
    from desktop_app.ui.interviews.documents import DocumentsPage

    return DocumentsPage(context)


def _coding(context: ScreenContext) -> Page:
    from desktop_app.ui.interviews.coding import CodingPage

    return CodingPage(context)


def _codebook(context: ScreenContext) -> Page:
    from desktop_app.ui.interviews.codebook import CodebookPage

    return CodebookPage(context)


def _quotes(context: ScreenContext) -> Page:
    from desktop_app.ui.interviews.quotes import QuotesPage

    return QuotesPage(context)


def _autocode(context: ScreenContext) -> Page:
    from desktop_app.ui.interviews.autocode import AutocodePage

    return AutocodePage(context)


def _matrices(context: ScreenContext) -> Page:
    from desktop_app.ui.interviews.matrices import MatricesPage

    return MatricesPage(context)


def _agreement(context: ScreenContext) -> Page:
    from desktop_app.ui.interviews.agreement import AgreementPage

    return AgreementPage(context)


def _memos(context: ScreenContext) -> Page:
    from desktop_app.ui.interviews.memos import MemosPage

    return MemosPage(context)


def _attributes(context: ScreenContext) -> Page:
    from desktop_app.ui.interviews.attributes import AttributesPage

    return AttributesPage(context)


PAGES: tuple[PageEntry[Page], ...] = (
    PageEntry("documents", "Documents", _documents),
    PageEntry("coding", "Coding", _coding),
    PageEntry("codebook", "Codebook", _codebook),
    PageEntry("quotes", "Quotes", _quotes),
    PageEntry("autocode", "Auto-code", _autocode),
    PageEntry("matrices", "Matrices", _matrices),
    PageEntry("agreement", "Agreement", _agreement),
    PageEntry("memos", "Memos", _memos),
    PageEntry("attributes", "Attributes", _attributes),
)
