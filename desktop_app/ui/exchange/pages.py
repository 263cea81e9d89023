"""The pages there are, in the order of their tabs; each is imported and made on its first visit."""

from desktop_app.ui.exchange.page import Page
from desktop_app.ui.widgets import ScreenContext
from desktop_app.ui.widgets.paged import PageEntry


def _incoming(context: ScreenContext) -> Page:
    from desktop_app.ui.exchange.incoming import IncomingPage

    return IncomingPage(context)


def _conflicts(context: ScreenContext) -> Page:
    from desktop_app.ui.exchange.conflicts import ConflictsPage

    return ConflictsPage(context)


def _outgoing(context: ScreenContext) -> Page:
    from desktop_app.ui.exchange.outgoing import OutgoingPage

    return OutgoingPage(context)


def _folder(context: ScreenContext) -> Page:
    from desktop_app.ui.exchange.folder import FolderPage

    return FolderPage(context)


def _past(context: ScreenContext) -> Page:
    from desktop_app.ui.exchange.past import PastPage

    return PastPage(context)


PAGES: tuple[PageEntry[Page], ...] = (
    PageEntry("incoming", "Bring in", _incoming),
    PageEntry("conflicts", "Conflicts", _conflicts),
    PageEntry("outgoing", "Copy out", _outgoing),
    PageEntry("folder", "Shared folder", _folder),
    PageEntry("past", "History", _past),
)
