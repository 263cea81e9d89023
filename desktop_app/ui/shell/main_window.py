"""The window: sidebar, the screens in a stack, messages and the status line.

It reads nothing by itself but what the frame shows. Start reading at :meth:`MainWindow.go_to`.
"""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.config.bugs import bug_text
from desktop_app.model.errors import KnownError
from desktop_app.ui.i18n import error_sentence, tr
from desktop_app.ui.ops import NotebookInfo
from desktop_app.ui.shell.actions import Action, ActionSet
from desktop_app.ui.shell.editing import EditorKeys
from desktop_app.ui.shell.places import PLACES, Place
from desktop_app.ui.shell.sidebar import Sidebar
from desktop_app.ui.shell.status_line import StatusLine
from desktop_app.ui.shell.tray import program_icon
from desktop_app.ui.shell.upkeep import Upkeep
from desktop_app.ui.shell.verbs import Verbs
from desktop_app.ui.widgets import InlineMessage, Screen, ScreenContext
from desktop_app.ui.widgets.dropped import copies_in
from desktop_app.ui.widgets.entry_cards import PLACE_TYPES
from desktop_app.ui.widgets.geometry import remember_geometry, restore_geometry

if TYPE_CHECKING:
    from desktop_app.ui.shell.chooser import Chooser

GEOMETRY = "window"
SIZE = (1280, 820)
SMALLEST = (880, 600)
ELSEWHERE = {
    "entry_editor": ("browse", "edit_entry"),
    "person": ("people", "open_person"),
    "organisation": ("people", "open_organisation"),
    "conflict": ("exchange", "open_conflict"),
    "question": ("lenses", "open_question"),
    "series": ("metrics", "open_series"),
    "page": ("interviews", "go_to_page"),
}
"""Places that no ``open_…`` of Interviews opens: their screen, and what opens them there."""


class MainWindow(QMainWindow):
    """``capture_requested(text, prompt)``, ``notebook_requested(kind)`` (``new``, ``open`` or ``sample``) and
    ``quit_requested`` are answered by the program.
    """

    capture_requested = Signal(str, str)
    notebook_requested = Signal(str)
    quit_requested = Signal()

    def __init__(self, context: ScreenContext, *, places: Sequence[Place] = PLACES, has_notebook: bool = True) -> None:
        super().__init__()
        self.context = context
        self.operations = context.operations
        self.places = places
        self.screens: dict[str, Screen] = {}
        self._choosers: dict[str, Chooser] = {}
        self.current = ""
        self._has_notebook = has_notebook
        self.setWindowTitle("Terrain")
        self.setWindowIcon(program_icon())
        self.setMinimumSize(*SMALLEST)
        self.verbs = Verbs(self)
        self._build()
        self.actions_by_id = ActionSet(self, context.appearance, self.run)
        if sys.platform == "darwin":
            self.actions_by_id.fill_bar(self.menuBar())
        self.upkeep = Upkeep(self.operations, self.sidebar, self.status)
        self.editor_keys = EditorKeys(self)
        self._connect()
        self.setAcceptDrops(True)
        restore_geometry(self, GEOMETRY, SIZE)
        if has_notebook:
            self.go_to(context.settings.text("start_screen"))
        else:
            self.show_welcome()

    # --- building ---------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        appearance = self.context.appearance
        centre = QWidget(self)
        centre.setProperty("role", "ground")
        row = QHBoxLayout(centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.sidebar = Sidebar(appearance, self.places, centre)
        row.addWidget(self.sidebar)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.message = InlineMessage(appearance, centre)
        held = QVBoxLayout()
        held.setContentsMargins(24, 12, 24, 0)
        held.addWidget(self.message)
        self._message_room = QWidget(centre)
        self._message_room.setLayout(held)
        self._message_room.hide()
        self.stack = QStackedWidget(centre)
        self.status = StatusLine(appearance, self.operations, centre)
        column.addWidget(self._message_room)
        # The status line floats in the margin that every screen has at its foot, and takes no room of its own.
        pile = QGridLayout()
        pile.addWidget(self.stack, 0, 0)
        pile.addWidget(self.status, 0, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(pile, 1)
        row.addLayout(column, 1)
        self.setCentralWidget(centre)

    def _connect(self) -> None:
        side, operations = self.sidebar, self.operations
        side.place_requested.connect(self.go_to)
        side.search_requested.connect(self.search_for)
        side.write_requested.connect(self.verbs.write)
        side.undo_requested.connect(self.verbs.undo)
        side.menu_requested.connect(self._show_menu)
        side.rename_requested.connect(self.verbs.rename_search)
        side.remove_requested.connect(self.verbs.remove_search)
        self.message.dismissed.connect(self._message_room.hide)
        operations.opened.connect(self.notebook_opened)
        operations.open_failed.connect(self._open_failed)
        operations.failed.connect(lambda _label, error: self.tell_error(error))
        operations.bug.connect(self.tell_bug)

    # --- going places -----------------------------------------------------------------------------------------------

    def go_to(self, place_id: str) -> Screen | None:
        """Shows a screen, making it on the first visit; ``None`` while there is no notebook."""
        if not self._has_notebook:
            return None
        screen = self.screens.get(place_id)
        if screen is None:
            place = next(place for place in self.places if place.id == place_id)
            screen = place.make(self.context)
            screen.open_entry_requested.connect(self.open_entry)
            screen.open_place_requested.connect(self.open_place)
            screen.new_memo_requested.connect(self.new_memo)
            screen.search_requested.connect(self.search_for)
            screen.capture_requested.connect(self.capture_requested)
            screen.status_message.connect(self.status.say)
            self.screens[place_id] = screen
            self.stack.addWidget(screen)
        self.current = place_id
        self.stack.setCurrentWidget(screen)
        self.sidebar.set_current(place_id)
        screen.activate()
        return screen

    def current_screen(self) -> Screen | None:
        return self.screens.get(self.current)

    def open_entry(self, entry_id: str) -> None:
        self._on_screen("browse", "open_entry", entry_id)

    def open_place(self, kind: str, item: str, at: int = -1) -> None:
        """Opens what :class:`Screen` names as a place: in Interviews, unless it is of another screen."""
        place, method = ELSEWHERE.get(kind, ("interviews", f"open_{kind}"))
        screen = self.go_to(place)
        if screen is not None:
            getattr(screen, method)(*((item, at) if kind == "document" else (item,)))

    def new_memo(self, kind: str, item: str) -> None:
        """Begins a memo about a thing, in Interviews."""
        screen = self.go_to("interviews")
        if screen is not None:
            getattr(screen, "new_memo")(kind, item)  # noqa: B009  screens are made by name

    def search_for(self, query: str) -> None:
        self._on_screen("browse", "search_for", query)

    def jump_to(self, kind: str, item: str) -> None:
        """Where the jump goes: a screen, an entry, a person, a series, a place in Interviews or a search."""
        if kind == "screen":
            self.go_to(item)
        elif kind == "entry":
            self.open_entry(item)
        elif kind == "person":
            self._on_screen("people", "open_person", item)
        elif kind == "series":
            self._on_screen("metrics", "open_series", item)
        elif kind in PLACE_TYPES:
            self.open_place(kind, item)
        else:
            self.search_for(item)

    def run(self, action: Action) -> None:
        """Does an action of the table: on its screen, or by the window's own verb."""
        if action.screen:
            self._on_screen(action.screen, action.handler, action.argument)
        elif action.argument:
            getattr(self.verbs, action.handler)(action.argument)
        else:
            getattr(self.verbs, action.handler)()

    def _on_screen(self, place_id: str, method: str, argument: object) -> None:
        screen = self.go_to(place_id)
        if screen is not None:
            getattr(screen, method)(*([argument] if argument else []))

    def chooser(self, name: str) -> "Chooser":
        """The palette or the jump, made on first use."""
        made = self._choosers.get(name)
        if made is None:
            from desktop_app.ui.shell.jump import Jump
            from desktop_app.ui.shell.palette import Palette

            appearance = self.context.appearance
            if name == "palette":
                made = Palette(appearance, self, self.run)
            else:
                made = Jump(appearance, self, self.operations, self.places, self.jump_to)
            self._choosers[name] = made
        return made

    def show_welcome(self) -> None:
        """Shown instead of a screen while there is no notebook."""
        from desktop_app.ui.shell.welcome import Welcome

        self._has_notebook = False
        welcome = Welcome(self.context.appearance, self.stack)
        welcome.sample_requested.connect(lambda: self.notebook_requested.emit("sample"))
        welcome.new_requested.connect(lambda: self.notebook_requested.emit("new"))
        welcome.open_requested.connect(lambda: self.notebook_requested.emit("open"))
        self.stack.addWidget(welcome)
        self.stack.setCurrentWidget(welcome)
        self.sidebar.set_current("")
        self.sidebar.set_enabled(False)
        welcome.sample.setFocus()

    # --- telling ----------------------------------------------------------------------------------------------------

    def tell_error(self, error: KnownError) -> None:
        self._tell(error_sentence(error), "error")

    def tell_bug(self, label: str, traceback_text: str) -> None:
        """Something that should not have happened: said calmly, with a report to copy."""
        sentence = tr("Something went wrong that should not have ({label}); what was saved is safe.", label=label)
        self._message_room.show()
        self.message.say(sentence, "error", details=bug_text(label, traceback_text))

    def tell(self, text: str) -> None:
        self._tell(text, "info")

    def _tell(self, text: str, level: str) -> None:
        self._message_room.show()
        self.message.say(text, "error" if level == "error" else "info")

    def notebook_opened(self, info: NotebookInfo) -> None:
        """Names the notebook; what is kept up with it begins."""
        self.sidebar.set_notebook(info.title)
        self.setWindowTitle(tr("{title} – Terrain", title=info.title))
        self.upkeep.begin()
        if info.warning:
            self.tell(info.warning)

    def _open_failed(self, error: KnownError) -> None:
        self.show_welcome()
        self.tell_error(error)

    def _show_menu(self, at: QPoint) -> None:
        menu = self.actions_by_id.menu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    # --- window events ----------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for chooser in self._choosers.values():
            if chooser.isVisible():
                chooser.place()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._has_notebook and copies_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A copy of a notebook can be dropped anywhere."""
        event.acceptProposedAction()
        self._on_screen("exchange", "bring_in", copies_in(event.mimeData()))

    def closeEvent(self, event: QCloseEvent) -> None:
        remember_geometry(self, GEOMETRY)
        self.upkeep.close_down()
        self.status.close_down()
        super().closeEvent(event)
        self.quit_requested.emit()
