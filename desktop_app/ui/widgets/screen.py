"""What every screen is: a widget with an id that re-reads when it is stale and seen."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.config.settings import Settings
from desktop_app.model.changes import Changes
from desktop_app.ui.ops import Operations
from desktop_app.ui.theme import Appearance

TourStep = tuple[str, Callable[[], None]]
"""A name for the picture (``search``) and what to do before it is taken."""


@dataclass(frozen=True, slots=True)
class ScreenContext:
    """What a screen is given."""

    operations: Operations
    appearance: Appearance
    settings: Settings


class Screen(QWidget):
    """Base of all screens. Subclasses set ``screen_id`` and ``title`` and write :meth:`read`.

    ``kinds`` names the item kinds whose changes make the screen stale; with ``reads_index`` it is stale too when the
    search index has taken in what was written (a moment after the change). Requests go up by signal; screens do not
    know each other. ``open_place_requested`` names a kind, an id and a code point (-1: none): a ``document``,
    ``coding``, ``memo`` or ``code``; ``entry_text``, an entry whose words are to be coded; ``entry_editor``, one that
    is to be edited; a ``person`` or ``organisation``; a ``series``; ``conflict``, an item whose values are to be
    settled; ``page``, a page of Interviews. ``new_memo_requested`` names the kind and id of what a memo is to be about.
    ``capture_requested`` gives what is to stand in the capture window (marks in it are understood) and a question to be
    shown above it. ``tour_steps()`` may name further pictures to be taken of the screen.
    """

    screen_id = ""
    title = ""
    kinds: tuple[str, ...] = ("entry",)
    reads_index = False

    open_entry_requested = Signal(str)
    search_requested = Signal(str)
    open_place_requested = Signal(str, str, int)
    new_memo_requested = Signal(str, str)
    capture_requested = Signal(str, str)
    status_message = Signal(str)

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.operations = context.operations
        self.appearance = context.appearance
        self.settings = context.settings
        self._stale = True
        self.setProperty("role", "ground")
        self.operations.changed.connect(self._something_changed)
        self.operations.changed_elsewhere.connect(self.mark_stale)
        if self.reads_index:
            self.operations.indexed.connect(self.mark_stale)

    def read(self) -> None:
        """Asks for everything that is shown (by ``ReadOp``); called when the screen is shown and stale."""

    def activate(self) -> None:
        """Called by the window when the screen is shown: reads if stale, then takes the focus."""
        self.read_if_stale()
        self.focus_first()

    def focus_first(self) -> None:
        """Puts the focus where work begins; screens with a better place override it."""
        self.setFocus()

    def concerned_by(self, changes: Changes[object]) -> bool:
        return changes.concerns(*self.kinds)

    def mark_stale(self) -> None:
        """What is shown may be old: reads again at once where it is seen, else when it is shown next."""
        self._stale = True
        if self.isVisible():
            self.read_if_stale()

    def read_if_stale(self) -> None:
        if self._stale:
            self._stale = False
            self.read()

    def tour_steps(self) -> list[TourStep]:
        return []

    def end_tour(self) -> None:
        """Called when its pictures have been taken: the next round is to begin as this one did."""

    def _something_changed(self, changes: Changes[object]) -> None:
        if self.concerned_by(changes):
            self.mark_stale()
