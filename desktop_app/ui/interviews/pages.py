"""The pages there are, in the order of their tabs; each is imported and made on its first visit."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop_app.ui.interviews.page import Page
from desktop_app.ui.widgets import ScreenContext


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One page: its id, the words on its tab, how it is made."""

    id: str
    title: str
    make: Callable[[ScreenContext], Page]


PAGES: tuple[PageEntry, ...] = ()
