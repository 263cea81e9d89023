"""The one table of actions: menus, the palette, the tray and the page of shortcuts all read it.

``handler`` names a method of the main window, or of a screen where ``screen`` is given: the window then goes there
first. A test checks that each exists.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from desktop_app.ui.i18n import tr
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets.paged import MOST_NUMBERED


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a person can do. ``keys``: shortcuts in Qt's portable text; the first one is shown.

    ``local`` keys work only inside their screen, or only on its ``page``, which handles them itself; they are listed
    for the palette and help.
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
    page: str = ""


SECTIONS = ("Notebook", "Write", "Go", "View", "Help")

BROWSE: dict[str, Any] = {"screen": "browse", "local": True, "menu": False}
PEOPLE: dict[str, Any] = {"screen": "people", "local": True, "menu": False}
INTERVIEWS: dict[str, Any] = {"screen": "interviews", "local": True, "menu": False}
EXCHANGE: dict[str, Any] = {"screen": "exchange", "local": True, "menu": False}
LENSES: dict[str, Any] = {"screen": "lenses", "local": True, "menu": False}
"""What is done inside one screen, by keys that count only there."""
PLACES = {"interviews": INTERVIEWS, "exchange": EXCHANGE, "lenses": LENSES}
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
EXCHANGE_PAGES = (
    ("incoming", "Bring in"),
    ("conflicts", "Conflicts"),
    ("outgoing", "Copy out"),
    ("folder", "Shared folder"),
    ("past", "History"),
)
LENS_PAGES = (
    ("coverage", "Coverage"),
    ("tempo", "Tempo"),
    ("why", "Why"),
    ("foresight", "Foresight"),
    ("offmap", "Random events"),
    ("relationships", "Relationships"),
    ("ways", "Ways"),
    ("totals", "Totals"),
    ("codes", "Codes"),
    ("questions", "Questions"),
)
PAGES_OF = {"interviews": INTERVIEW_PAGES, "exchange": EXCHANGE_PAGES, "lenses": LENS_PAGES}
"""Pages with their titles, by screen, as in the ``pages.py`` of those screens, which are loaded with them; a test holds
them together."""
_PLACE_OF = {page: PLACES[screen] for screen, pages in PAGES_OF.items() for page, _ in pages}


def _on(page: str, name: str, text: str, section: str, verb: str, icon: str, *keys: str) -> Action:
    """What is done on one page of a screen of pages; ``verb`` names a method of that page."""
    place = _PLACE_OF[page]
    return Action(f"{page}.{name}", text, section, "do", icon, keys, **place, argument=f"{page}.{verb}", page=page)


def _pages(screen: str, title: str, where: str, place: dict[str, Any]) -> Iterator[Action]:
    """The ways to the pages of a screen; ``where`` is what its name is within a sentence."""
    for number, (page, name) in enumerate(PAGES_OF[screen], start=1):
        keys = (f"Alt+{number}",) if number <= MOST_NUMBERED else ()
        yield Action(f"{screen}.{page}", f"{title}: {name}", "Go", "go_to_page", "", keys, **place, argument=page)
    yield Action(f"{screen}.next", f"Next page of {where}", "Go", "next_page", "", ("Ctrl+PgDown",), **place)
    yield Action(f"{screen}.back", f"Previous page of {where}", "Go", "previous_page", "", ("Ctrl+PgUp",), **place)


INTERVIEW_VERBS: tuple[Action, ...] = (
    _on("documents", "import", "Import documents", "Notebook", "import_documents", "import", "I"),
    _on("documents", "paste", "Make a document of a pasted text", "Write", "add_text", "plus", "N"),
    _on("documents", "edit", "Edit the document's title and date", "Write", "edit", "edit", "E"),
    _on("documents", "memo", "Memo on the document", "Write", "write_memo", "note", "M"),
    _on("documents", "trash", "Move the document to the trash", "Write", "trash", "trash", "Del"),
    _on("coding", "code", "Code the selected words", "Write", "find_code", "tag", "/"),
    _on("coding", "vivo", "Code with the selected words", "Write", "apply_in_vivo", "tag", "Shift+I"),
    _on("coding", "turn", "Select the whole turn", "Write", "select_turn", "quote", "T"),
    _on("coding", "recode", "Give the coding another code", "Write", "recode", "edit", "R"),
    _on("coding", "weight", "Weight of the coding", "Write", "weigh", "edit", "W"),
    _on("coding", "memo", "Memo on the coding", "Write", "write_memo", "note", "M"),
    _on("coding", "remove", "Uncode", "Write", "uncode", "trash", "Del"),
    _on("coding", "filter", "Which codings are shown", "View", "show_filter", "filter", "F"),
    _on("coding", "find", "Find in the text", "Go", "find_text", "search", "Ctrl+F"),
    _on("coding", "next", "Find the next place in the text", "Go", "find_next", "search", "F3"),
    _on("coding", "correct", "Correct the text", "Write", "correct_text", "edit", "E"),
    _on("coding", "review", "Codings that wait for you", "Go", "show_review", "check", "V"),
    _on("codebook", "new", "New code", "Write", "add_code", "tag", "N"),
    _on("codebook", "edit", "Edit the code", "Write", "edit", "edit", "E"),
    _on("codebook", "move", "Move the code", "Write", "ask_place", "tag", "Ctrl+Up"),
    _on("codebook", "merge", "Merge the code into another", "Write", "ask_merge", "tag", "G"),
    _on("codebook", "split", "Split the code", "Write", "begin_split", "tag", "S"),
    _on("codebook", "quotes", "Quotes of the code", "Go", "show_quotes", "quote", "Q"),
    _on("codebook", "memo", "Memo on the code", "Write", "write_memo", "note", "M"),
    _on("codebook", "trash", "Move the code to the trash", "Write", "trash", "trash", "Del"),
    _on("codebook", "import", "Import a codebook", "Notebook", "import_codebook", "import"),
    _on("codebook", "export", "Export the codebook", "Notebook", "export_codebook", "copy"),
    _on("quotes", "entries", "Turn quotes into entries", "Write", "make_entries", "write", "E"),
    _on("quotes", "entry", "Open the entry made of a quote", "Go", "open_entry", "open", "O"),
    _on("quotes", "group", "Put quotes together by something else", "View", "group_next", "filter", "G"),
    _on("quotes", "copy", "Copy the quotes", "Write", "copy", "copy", "Ctrl+C"),
    _on("quotes", "save", "Save the quotes as CSV", "Notebook", "save", "copy", "Ctrl+S"),
    _on("autocode", "code", "Name the code for the places found", "Write", "ask_code", "tag", "C"),
    _on("autocode", "apply", "Code the places that are ticked", "Write", "apply", "check", "Ctrl+Enter"),
    _on("matrices", "copy", "Copy the matrix", "Write", "copy", "copy", "Ctrl+C"),
    _on("matrices", "save", "Save the matrix as CSV or Excel", "Notebook", "save", "copy", "Ctrl+S"),
    _on("agreement", "figures", "Figures of agreement", "View", "show_figures", "metrics", "F"),
    _on("agreement", "differences", "Places where coders differ", "View", "show_workbench", "quote", "D"),
    _on("agreement", "compare", "Compare coders again", "View", "read", "restore", "F5"),
    _on("agreement", "copy", "Copy the figures of agreement", "Write", "copy", "copy", "Ctrl+C"),
    _on("agreement", "save", "Save the figures of agreement as CSV", "Notebook", "save", "copy", "Ctrl+S"),
    _on("agreement", "none", "Agree that the code does not apply", "Write", "agree_on_none", "check", "0"),
    _on("agreement", "memo", "Settle the difference by a memo", "Write", "begin_memo", "note", "M"),
    _on("agreement", "reopen", "Open the difference again", "Write", "reopen", "undo", "U"),
    _on("agreement", "settled", "Show settled differences too", "View", "toggle_settled", "filter", "S"),
    _on("memos", "new", "Memo about the project", "Write", "new_memo", "note", "N"),
    _on("memos", "edit", "Edit the memo", "Write", "edit", "edit", "E"),
    _on("memos", "trash", "Move the memo to the trash", "Write", "trash", "trash", "Del"),
    _on("attributes", "add", "Add an attribute", "Write", "add", "plus", "Ctrl+Shift+A"),
    _on("attributes", "edit", "Edit the attribute", "Write", "edit", "edit", "Ctrl+E"),
    _on("attributes", "import", "Import attributes from a table", "Notebook", "choose_file", "import"),
    _on("attributes", "save", "Save attributes as CSV or Excel", "Notebook", "save", "copy", "Ctrl+S"),
)

EXCHANGE_VERBS: tuple[Action, ...] = (
    _on("incoming", "choose", "Choose notebooks to bring in", "Notebook", "choose_files", "import", "I"),
    _on("incoming", "merge", "Merge the notebook that is shown", "Notebook", "merge", "check", "Ctrl+Enter"),
    _on("incoming", "leave", "Leave the notebook that is shown", "Notebook", "leave", "close", "Esc"),
    _on("conflicts", "first", "Take the first value", "Write", "take_first", "check", "1"),
    _on("conflicts", "second", "Take the second value", "Write", "take_second", "check", "2"),
    _on("conflicts", "edit", "Write the value together by hand", "Write", "edit", "edit", "E"),
    _on("conflicts", "next", "Next conflict", "Go", "next_conflict", "chevron-down", "N"),
    _on("conflicts", "back", "Previous conflict", "Go", "previous_conflict", "chevron-up", "P"),
    _on("conflicts", "open", "Open what the conflict is about", "Go", "open", "open", "O"),
    _on("outgoing", "write", "Write the copy", "Notebook", "write", "copy", "Ctrl+Enter"),
    _on("outgoing", "file", "Choose where the copy goes", "Notebook", "choose_file", "open"),
    _on("outgoing", "pane", "Go to the preview of the copy", "Go", "next_pane", "", "F6"),
    _on("folder", "sync", "Exchange with the shared folder now", "Notebook", "sync", "restore", "S", "F5"),
    _on("folder", "attach", "Attach a shared folder", "Notebook", "choose_folder", "open", "A"),
    _on("folder", "detach", "Detach the shared folder", "Notebook", "detach", "close"),
    _on("past", "undo", "Undo the chosen merge", "Write", "undo", "undo", "U"),
)

LENS_VERBS: tuple[Action, ...] = (
    *(_on(page, "save", f"Save {title}", "Notebook", "save", "copy", "Ctrl+S") for page, title in LENS_PAGES),
    _on("coverage", "write", "Write what a cell asks", "Write", "write_here", "write", "N"),
    _on("tempo", "closer", "Look closer in time", "View", "look_closer", "plus", "+", "="),
    _on("tempo", "back", "See more time", "View", "step_back", "", "-"),
    _on("tempo", "all", "See all of the time", "View", "show_all", "restore", "0"),
    _on("tempo", "earlier", "Choose the time before", "Go", "earlier", "chevron-up", ","),
    _on("tempo", "later", "Choose the time after", "Go", "later", "chevron-down", "."),
    _on("tempo", "series", "Choose the series beside the lanes", "View", "choose_series", "chart", "S"),
    _on("why", "reason", "Write a reason for the place", "Write", "write_reason", "write", "R"),
    _on("why", "link", "Link an entry as the reason", "Write", "link_entry", "link", "L"),
    _on("why", "ask", "Note whom to ask about the place", "Write", "ask", "note", "A"),
    _on("why", "dismiss", "Dismiss the place", "Write", "dismiss", "close", "D"),
    _on("why", "back", "Ask about the dismissed place again", "Write", "take_back", "undo", "U"),
    _on("why", "filter", "Find a series or a reason", "Go", "find_row", "search", "F"),
    _on("why", "pane", "Go to the drawing of the series", "Go", "next_pane", "", "F6"),
    _on("foresight", "yes", "The foresight came true", "Write", "say_yes", "check", "Y"),
    _on("foresight", "partly", "The foresight came true partly", "Write", "say_partly", "check", "P"),
    _on("foresight", "no", "The foresight did not come true", "Write", "say_no", "close", "N"),
    _on("foresight", "check", "Resolve the foresight as its check says", "Write", "take_check", "metrics", "C"),
    _on("foresight", "why", "Write why a change foretold nothing", "Write", "ask_why", "write", "W"),
    _on("foresight", "filter", "Statements of the next state", "View", "filter_next", "filter", "F"),
    _on("offmap", "write", "Write a surprise", "Write", "first_step", "surprise", "N"),
    _on("offmap", "view", "Surprises, or how often and ways", "View", "next_view", "chart", "V"),
    _on("offmap", "within", "How long after a surprise to look", "View", "choose_reach", "clock", "W"),
    _on("offmap", "scales", "Time scales at which to look after a surprise", "View", "choose_scales", "filter", "T"),
    _on("offmap", "person", "Open the person whose way it is", "Go", "open_person", "open", "O"),
    _on("offmap", "pane", "Go to what the surprise touched", "Go", "next_pane", "", "F6"),
    _on("relationships", "write", "Write an entry with the person", "Write", "write", "write", "N"),
    _on("relationships", "ask", "Note a question they asked", "Write", "ask", "note", "Q"),
    _on("relationships", "open", "Open the person in People", "Go", "open_person", "open", "O"),
    _on("relationships", "find", "Find a person or an organisation", "Go", "find_row", "search", "F"),
    _on("relationships", "order", "By name, or by the date of the last contact", "View", "reorder", "filter", "L"),
    _on("relationships", "period", "Sum steps by year or by quarter", "View", "toggle_grain", "filter", "P"),
    _on("ways", "cunning", "Read cunning", "View", "read_cunning", "quote", "1"),
    _on("ways", "aspiration", "Read aspiration", "View", "read_aspiration", "quote", "2"),
    _on("ways", "value", "Read value", "View", "read_value", "quote", "3"),
    _on("ways", "by", "Put what is read together by person or by tag", "View", "toggle_by", "filter", "B"),
    _on("ways", "find", "Find a practice or a person", "Go", "find_row", "search", "F"),
    _on("ways", "before", "Read the entries before", "Go", "page_back", "chevron-up", ","),
    _on("ways", "next", "Read the next entries", "Go", "page_on", "chevron-down", "."),
    _on("ways", "write", "Write an entry of this reading", "Write", "write", "write", "N"),
    _on("totals", "ratios", "Ratios with their totals", "View", "show_ratios", "", "1"),
    _on("totals", "options", "Options by total and by ratio", "View", "show_options", "", "2"),
    _on("totals", "make", "Make a ratio of two series", "View", "make_ratio", "plus", "R"),
    _on("totals", "name", "Name the totals of the ratio", "Write", "name_totals", "metrics", "T"),
    _on("totals", "keep", "Keep the options with the question", "Write", "keep", "check", "K"),
    _on("totals", "pane", "Go to what stands beside", "Go", "next_pane", "", "F6"),
    _on("codes", "together", "Codes that come together", "View", "show_together", "", "1"),
    _on("codes", "graph", "Codes as a graph", "View", "show_graph", "", "2"),
    _on("codes", "time", "Codes over time", "View", "show_time", "", "3"),
    _on("codes", "terms", "Codes by perspective and scale", "View", "show_terms", "", "4"),
    _on("codes", "relation", "When two codings come together", "View", "next_relation", "", "R"),
    _on("codes", "periods", "How long a period of codes is", "View", "next_grain", "", "P"),
    _on("codes", "stronger", "Only stronger pairs of codes", "View", "show_stronger", "plus", "+", "="),
    _on("codes", "weaker", "Weaker pairs of codes too", "View", "show_weaker", "", "-"),
    _on("questions", "new", "New question", "Write", "add", "plus", "N"),
    _on("questions", "edit", "Edit the question", "Write", "edit", "edit", "E"),
    _on("questions", "gather", "Gather evidence for the question", "Write", "gather", "link", "G"),
    _on("questions", "for", "The evidence speaks for it", "Write", "say_for", "check", "1"),
    _on("questions", "against", "The evidence speaks against it", "Write", "say_against", "close", "2"),
    _on("questions", "undecided", "The evidence is undecided", "Write", "say_undecided", "note", "3"),
    _on("questions", "leave", "Let go of the evidence", "Write", "let_go", "trash", "Del"),
    _on("questions", "options", "Set the options of the question", "Write", "set_options", "plus", "O"),
    _on("questions", "answer", "Answer the question", "Write", "answer", "write", "W"),
    _on("questions", "reopen", "Open the question again", "Write", "reopen", "undo", "R"),
    _on("questions", "brief", "Save the brief of the question", "Notebook", "save_brief", "copy", "B"),
    _on("questions", "find", "Find a question", "Go", "find_row", "search", "F"),
    _on("questions", "pane", "Go to the evidence", "Go", "next_pane", "", "F6"),
)

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
    Action("go.lenses", "Lenses", "Go", "go_to", "lenses", ("Ctrl+5",), argument="lenses"),
    Action("go.people", "People", "Go", "go_to", "people", ("Ctrl+6",), argument="people"),
    Action("go.exchange", "Exchange", "Go", "go_to", "exchange", ("Ctrl+7",), argument="exchange"),
    Action("metrics.import", "Import metric files…", "Notebook", "import_files", "import", ("Ctrl+I",), "metrics"),
    Action(
        "exchange.bring", "Bring in a notebook…", "Notebook", "choose_copies", "import", ("Ctrl+Shift+I",), "exchange"
    ),
    Action("exchange.copy", "Copy out…", "Notebook", "copy_out", "exchange", ("Ctrl+Shift+E",), "exchange"),
    Action("exchange.settle", "Settle conflicts", "Notebook", "open_conflict", "check", (), "exchange"),
    Action("people.edit", "Edit the person", "Write", "edit", "edit", ("E",), **PEOPLE),
    Action("people.step", "Add a step of the person's way", "Write", "add_step", "plus", ("S",), **PEOPLE),
    Action("people.memo", "Memo on the person", "Write", "write_memo", "note", ("M",), **PEOPLE),
    Action("people.trash", "Move the person to the trash", "Write", "trash", "trash", ("Del",), **PEOPLE),
    *INTERVIEW_VERBS,
    *_pages("interviews", "Interviews", "interviews", INTERVIEWS),
    *EXCHANGE_VERBS,
    *_pages("exchange", "Exchange", "exchange", EXCHANGE),
    *sorted(LENS_VERBS, key=lambda verb: [page for page, _ in LENS_PAGES].index(verb.page)),
    *_pages("lenses", "Lenses", "lenses", LENSES),
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
