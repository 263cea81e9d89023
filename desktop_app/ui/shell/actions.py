"""The one table of actions: menus, the palette, the tray and the page of shortcuts all read it.

``handler`` names a method of the main window, or of a screen where ``screen`` is given: the window then goes there
first. A test checks that each exists.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from desktop_app.ui.i18n import tr
from desktop_app.ui.theme import Appearance


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a person can do. ``keys``: shortcuts in Qt's portable text; the first one is shown.

    ``local`` keys work only inside their screen, which handles them itself; they are listed for the palette and help.
    """

    id: str
    text: str
    section: str
    handler: str
    icon: str = ""
    keys: tuple[str, ...] = ()
    screen: str = ""
    argument: str = ""
    tray: bool = False
    menu: bool = True
    local: bool = False


SECTIONS = ("Notebook", "Write", "Go", "View", "Help")

BROWSE: dict[str, Any] = {"screen": "browse", "local": True, "menu": False}
PEOPLE: dict[str, Any] = {"screen": "people", "local": True, "menu": False}
INTERVIEWS: dict[str, Any] = {"screen": "interviews", "local": True, "menu": False}
"""What is done inside one screen, by keys that count only there."""
INTERVIEW_PAGES = (
    ("documents", "Documents"),
    ("coding", "Coding"),
    ("codebook", "Codebook"),
    ("quotes", "Quotes"),
    ("autocode", "Auto-code"),
    ("matrices", "Matrices"),
    ("agreement", "Agreement"),
    ("memos", "Memos"),
    ("attributes", "Attributes"),
)
"""As in ``ui/interviews/pages.py``, which is loaded with its screen; a test holds them together."""

ACTIONS: tuple[Action, ...] = (
    Action("entry.write", "Write", "Write", "write", "write", ("Ctrl+N",), tray=True),
    Action("history.undo", "Undo", "Write", "undo", "undo", ("Ctrl+Z",)),
    Action("history.redo", "Redo", "Write", "redo", "redo", ("Ctrl+Shift+Z", "Ctrl+Y")),
    Action("go.jump", "Jump to anything", "Go", "jump", "search", ("Ctrl+K",)),
    Action("go.palette", "Command palette", "Go", "palette", "menu", ("Ctrl+Shift+P",)),
    Action("go.search", "Search", "Go", "search", "search", ("Ctrl+F",)),
    Action("go.today", "Today", "Go", "go_to", "today", ("Ctrl+1",), argument="today"),
    Action("go.browse", "Browse", "Go", "go_to", "browse", ("Ctrl+2",), argument="browse"),
    Action("go.interviews", "Interviews", "Go", "go_to", "interviews", ("Ctrl+3",), argument="interviews"),
    Action("go.metrics", "Metrics", "Go", "go_to", "metrics", ("Ctrl+4",), argument="metrics"),
    Action("go.people", "People", "Go", "go_to", "people", ("Ctrl+5",), argument="people"),
    Action("metrics.import", "Import metric files…", "Notebook", "import_files", "import", ("Ctrl+I",), "metrics"),
    Action("people.edit", "Edit the person", "Write", "edit", "edit", ("E",), **PEOPLE),
    Action("people.step", "Add a step of the person's way", "Write", "add_step", "plus", ("S",), **PEOPLE),
    Action("people.memo", "Memo on the person", "Write", "write_memo", "note", ("M",), **PEOPLE),
    Action("people.trash", "Move the person to the trash", "Write", "trash", "trash", ("Del",), **PEOPLE),
    Action("interviews.import", "Import documents", "Notebook", "import_documents", "import", ("I",), **INTERVIEWS),
    Action("interviews.paste", "Make a document of a pasted text", "Write", "add_text", "plus", ("N",), **INTERVIEWS),
    Action("coding.code", "Code the selected words", "Write", "find_code", "tag", ("/",), **INTERVIEWS),
    Action("coding.vivo", "Code with the selected words", "Write", "code_in_vivo", "tag", ("Shift+I",), **INTERVIEWS),
    Action("coding.turn", "Select the whole turn", "Write", "select_turn", "quote", ("T",), **INTERVIEWS),
    Action("coding.recode", "Give the coding another code", "Write", "recode", "edit", ("R",), **INTERVIEWS),
    Action("coding.weight", "Weight of the coding", "Write", "weigh", "edit", ("W",), **INTERVIEWS),
    Action("coding.memo", "Memo on the coding", "Write", "write_memo", "note", ("M",), **INTERVIEWS),
    Action("coding.remove", "Uncode", "Write", "uncode", "trash", ("Del",), **INTERVIEWS),
    Action("coding.filter", "Which codings are shown", "View", "show_filter", "filter", ("F",), **INTERVIEWS),
    Action("coding.find", "Find in the text", "Go", "find_in_text", "search", ("Ctrl+F",), **INTERVIEWS),
    Action("coding.correct", "Correct the text", "Write", "correct_text", "edit", ("E",), **INTERVIEWS),
    Action("coding.review", "Codings that wait for you", "Go", "show_review", "check", ("V",), **INTERVIEWS),
    Action("codebook.new", "New code", "Write", "add_code", "tag", ("N",), **INTERVIEWS),
    Action("codebook.move", "Move the code", "Write", "move_code", "tag", ("Ctrl+Up",), **INTERVIEWS),
    Action("codebook.merge", "Merge the code into another", "Write", "merge_code", "tag", ("G",), **INTERVIEWS),
    Action("codebook.split", "Split the code", "Write", "split_code", "tag", ("S",), **INTERVIEWS),
    Action("codebook.import", "Import a codebook", "Notebook", "import_codebook", "import", **INTERVIEWS),
    Action("codebook.export", "Export the codebook", "Notebook", "export_codebook", "copy", **INTERVIEWS),
    *(
        Action(
            f"interviews.{page}",
            f"Interviews: {title}",
            "Go",
            "go_to_page",
            "",
            (f"Alt+{number}",),
            **INTERVIEWS,
            argument=page,
        )
        for number, (page, title) in enumerate(INTERVIEW_PAGES, start=1)
    ),
    Action("interviews.next", "Next page of interviews", "Go", "next_page", "", ("Ctrl+PgDown",), **INTERVIEWS),
    Action("interviews.back", "Previous page of interviews", "Go", "previous_page", "", ("Ctrl+PgUp",), **INTERVIEWS),
    Action("search.save", "Save this search", "Go", "save_search", "save-search", ("Ctrl+S",), **BROWSE),
    Action("search.series", "Add a series to the chart", "Go", "add_series", "chart", **BROWSE),
    Action("go.pane", "Go to the next pane", "Go", "focus_next_pane", "", ("F6",), **BROWSE),
    Action("entry.edit", "Edit the chosen entry", "Write", "edit_entry", "edit", ("E",), **BROWSE),
    Action("entry.attach", "Attach a file to the chosen entry", "Write", "attach_files", "attach", ("A",), **BROWSE),
    Action("entry.link", "Link the chosen entry", "Write", "link_entry", "link", ("L",), **BROWSE),
    Action("entry.memo", "Memo on the chosen entry", "Write", "write_memo", "note", ("M",), **BROWSE),
    Action("entry.code", "Code the entry's words", "Write", "code_entry", "tag", ("C",), **BROWSE),
    Action("entry.history", "History of the chosen entry", "Write", "show_history", "history", ("H",), **BROWSE),
    Action("entry.trash", "Move the chosen entry to the trash", "Write", "trash_entry", "trash", ("Del",), **BROWSE),
    Action("notebook.new", "New notebook…", "Notebook", "new_notebook", "plus"),
    Action("notebook.open", "Open notebook…", "Notebook", "choose_notebook", "open", ("Ctrl+O",)),
    Action("notebook.sample", "Open the sample notebook", "Notebook", "open_sample", "today"),
    Action("notebook.backup", "Back up now", "Notebook", "back_up", "copy"),
    Action("notebook.check", "Check the notebook", "Notebook", "check", "check"),
    Action("notebook.index", "Rebuild the search index", "Notebook", "rebuild_index", "search"),
    Action("app.window", "Show the window", "Notebook", "raise_window", "browse", tray=True, menu=False),
    Action("app.quit", "Quit", "Notebook", "quit", "close", ("Ctrl+Q",), tray=True),
    Action("view.theme", "Switch between light and dark", "View", "switch_theme", "today", ("Ctrl+Shift+L",)),
    Action("view.larger", "Larger text", "View", "larger_text", "plus", ("Ctrl++", "Ctrl+=")),
    Action("view.smaller", "Smaller text", "View", "smaller_text", "", ("Ctrl+-",)),
    Action("go.preferences", "Preferences", "View", "go_to", "settings", ("Ctrl+,",), argument="preferences"),
    Action("go.help", "Help", "Help", "go_to", "help", ("F1",), argument="help"),
)

BY_ID = {action.id: action for action in ACTIONS}


def shown_key(action: Action) -> str:
    """The first shortcut as the platform writes it, or an empty string."""
    return next(iter(shown_keys(action)), "")


def shown_keys(action: Action) -> tuple[str, ...]:
    """All shortcuts as the platform writes them."""
    return tuple(QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in action.keys)


class ActionSet(QObject):
    """The table as QActions of one window. ``run(action)`` is called for each that is triggered."""

    def __init__(self, window: QWidget, appearance: Appearance, run: Callable[[Action], None]) -> None:
        super().__init__(window)
        self._appearance = appearance
        self.by_id: dict[str, QAction] = {}
        for action in ACTIONS:
            made = QAction(tr(action.text), window)
            if not action.local:
                made.setShortcuts([QKeySequence(key) for key in action.keys])
                window.addAction(made)
            made.triggered.connect(lambda _checked=False, action=action: run(action))
            self.by_id[action.id] = made

    def menu(self, parent: QWidget) -> QMenu:
        """All actions that belong in a menu, by section."""
        menu = QMenu(parent)
        for section in SECTIONS:
            self.fill(menu, (action for action in ACTIONS if action.section == section and action.menu))
            menu.addSeparator()
        return menu

    def fill_bar(self, bar: QMenuBar) -> None:
        """One menu for each section, for desktops with a menu bar of their own."""
        for section in SECTIONS:
            self.fill(bar.addMenu(tr(section)), (act for act in ACTIONS if act.section == section and act.menu))

    def fill(self, menu: QMenu, actions: Iterable[Action]) -> None:
        """Adds actions to a menu; their icons are drawn now, in the theme of the moment."""
        for action in actions:
            made = self.by_id[action.id]
            if action.icon:
                made.setIcon(self._appearance.icon(action.icon, size=16))
            menu.addAction(made)
