"""What every page of the Lenses screen is: a sentence, a query that narrows it, what the lens shows, and a line about
what is chosen in it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.model.errors import KnownError
from desktop_app.model.facts import Scope
from desktop_app.ui.i18n import tr
from desktop_app.ui.lenses.canvas import look_of
from desktop_app.ui.lenses.drawing import Drawing, Spot, drawing_bytes
from desktop_app.ui.lenses.narrowing import NarrowField
from desktop_app.ui.ops import ReadOp
from desktop_app.ui.theme import SPACE_L, SPACE_M, Appearance
from desktop_app.ui.widgets import (
    EmptyState,
    InlineMessage,
    LinkButton,
    MutedLabel,
    ScreenContext,
    StrongLabel,
    add_shortcuts,
)
from desktop_app.ui.widgets.paged import TabPage
from desktop_app.ui.widgets.saving import saver_of

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook

Result = TypeVar("Result")

SAID_AFTER_MILLISECONDS = 300
"""A first read that takes longer is told of; for shorter ones words would only flicker."""


class LensPage(TabPage, Generic[Result]):
    """A lens. Subclasses write :meth:`look`, which runs off the window's thread, and :meth:`show_result`; for files
    :meth:`drawing` and :meth:`table`. What they show goes into :attr:`body`, a vertical layout.

    ``scope_changed(query)``: the query was changed here, and is to hold for the other lenses too.
    """

    scope_changed = Signal(str)

    kinds: tuple[str, ...] = ("entry", "person", "organisation", "link", "import", "series", "term")
    reads_index = True
    narrowed_by_query = True
    """Whether the query narrows it; where not, no field is shown."""
    is_text = False
    """Whether it is read rather than drawn, and saved as Markdown too, by :meth:`markdown`."""

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.query = ""
        self.result: Result | None = None
        self.sentence = MutedLabel("", self, wrap=True)
        self.narrow = NarrowField(context, self)
        self.narrow.setVisible(self.narrowed_by_query)
        self.save_button = LinkButton(tr("Save as…"), self)
        kinds = tr("Save as Markdown or CSV") if self.is_text else tr("Save as CSV, SVG or PNG")
        self.save_button.setToolTip(kinds + "  Ctrl+S")
        self.save_button.setMinimumHeight(self.narrow.sizeHint().height())
        self.save_button.setEnabled(False)
        self.message = InlineMessage(self.appearance, self)
        self.saver = saver_of(self, self.message)
        self.sheet = QWidget(self)
        self.body = QVBoxLayout(self.sheet)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(SPACE_L)
        self.nothing = self.make_empty()
        empty = self.nothing
        self._when_empty = (empty.heading.text(), empty.sentence.text(), empty.button.text())
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.sheet)
        self.stack.addWidget(self.nothing)
        self.waiting = Waiting(self.appearance, self.stack)
        self.foot = Foot(self)
        self.foot.hide()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(SPACE_M)
        top = QHBoxLayout()
        top.setSpacing(SPACE_L)
        top.addWidget(self.sentence, 1)
        top.addWidget(self.narrow, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignTop)
        outer.addLayout(top)
        outer.addWidget(self.message)
        outer.addWidget(self.stack, 1)
        outer.addWidget(self.foot)

    def _connect(self) -> None:
        self.narrow.settled.connect(self._narrowed)
        self.narrow.left.connect(self.focus_first)
        self.save_button.clicked.connect(self.save)
        self.foot.opened.connect(self.open_query)
        self.operations.bug.connect(self._broken)
        self.nothing.step_requested.connect(self._step_from_nothing)
        add_shortcuts(self, [("/", self.narrow.begin), ("Ctrl+S", self.save), *self.keys()])

    # --- what subclasses say -----------------------------------------------------------------------------------------

    def look(self, notebook: "Notebook", query: str) -> Result:
        """Reads the lens; runs off the window's thread, so it must not touch a widget."""
        raise NotImplementedError

    def show_result(self, result: Result) -> None:
        """Shows what was read."""
        raise NotImplementedError

    def is_empty(self, result: Result) -> bool:
        """Whether there is nothing to look at yet, so that the page explains itself instead."""
        return False

    def make_empty(self) -> EmptyState:
        """What the page says while there is nothing to look at."""
        return EmptyState(
            self.appearance,
            tr("Nothing to look at yet"),
            tr("Lenses look at what has been written. Begin with an entry."),
            tr("Write the first entry"),
            self,
        )

    def first_step(self) -> None:
        """What the button of the empty page does."""
        self.capture_requested.emit("", "")

    def keys(self) -> list[tuple[str, Callable[[], None]]]:
        """Keys of this page beside those of every lens."""
        return []

    def drawing(self) -> Drawing | None:
        """A drawing of what is shown, made anew, for a file; ``None`` where there is none."""
        return None

    def table(self, notebook: "Notebook", result: Result) -> bytes:
        """What is shown as CSV; runs off the window's thread."""
        raise NotImplementedError

    def markdown(self, notebook: "Notebook", result: Result) -> bytes:
        """What is shown as a text; runs off the window's thread."""
        raise NotImplementedError

    # --- the query ---------------------------------------------------------------------------------------------------

    def set_query(self, query: str) -> None:
        """The query that holds for all lenses; reads again where it is another one."""
        if query != self.query and self.narrowed_by_query:
            self.query = query
            self.narrow.show_query(query)
            self.mark_stale()

    def _narrowed(self, query: str) -> None:
        if query.strip() != self.query:
            self.query = query.strip()
            self.read()

    @property
    def _label(self) -> str:
        return tr("Look through {lens}", lens=tr(self.title))

    def read(self) -> None:
        query = self.query
        if self.result is None:
            self.waiting.begin()
        self.operations.submit(
            ReadOp(
                self._label,
                lambda notebook: self.look(notebook, query),
                self._read,
                self._refused,
                key=f"lenses.{self.page_id}",
            )
        )

    def _read(self, result: Result) -> None:
        self.narrow.set_problem(False)
        self.message.dismiss()
        self.result = result
        self.waiting.end()
        empty = self.is_empty(result)
        self.save_button.setEnabled(not empty)
        self.stack.setCurrentIndex(1 if empty else 0)
        self.foot.setVisible(not empty)
        if empty:
            self.foot.tell("")
            self.nothing.set_texts(*self._when_empty)
        self.show_result(result)
        if empty and self.query:
            self._tell_of_query()
        self.scope_changed.emit(self.query)

    def _tell_of_query(self) -> None:
        """That the query leaves nothing is another thing than that there is nothing yet."""
        self.nothing.set_texts(
            tr("Nothing here with this search"),
            tr("This lens has nothing to show of what “{query}” finds.", query=self.query),
            tr("Look at everything"),
        )

    def _step_from_nothing(self) -> None:
        if self.query:
            self.set_query("")
            self.read_if_stale()
            self.focus_first()
        else:
            self.first_step()

    def _refused(self, error: KnownError) -> None:
        self.waiting.say("")
        self.narrow.set_problem(True)
        self.message.say_error(error)

    def _broken(self, label: str, traceback_text: str) -> None:
        """The window tells of the bug; the page does not promise any longer that something will come."""
        if label == self._label and self.result is None:
            self.waiting.say(tr("This lens could not look through the notebook."))

    def tell_scope(self, words: str, scope: Scope) -> None:
        """The sentence above: what the lens shows, and of what where a query narrows it."""
        said = f"{words} {scope.explanation}" if scope.query else words
        self.sentence.setText(said)

    # --- the figure that is chosen -----------------------------------------------------------------------------------

    def tell_spot(self, spot: Spot | None) -> None:
        """Says below what is chosen, with a way to the entries behind it."""
        self.foot.tell(spot.words if spot else "", query=spot.query if spot else "")

    def open_spot(self, spot: Spot) -> None:
        self.open_query(spot.query)

    def open_query(self, query: str) -> None:
        """Shows the entries behind a figure, in Browse."""
        if query:
            self.search_requested.emit(query)

    # --- files -------------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Saves what is shown as CSV, its drawing as SVG or PNG, a text as Markdown."""
        result, drawing = self.result, self.drawing()
        if result is None or self.stack.currentIndex():
            return
        kinds: tuple[tuple[str, str], ...] = (("CSV", ".csv"),)
        if drawing is not None:
            kinds = (("SVG", ".svg"), ("PNG", ".png"), *kinds)
        if self.is_text:
            kinds = (("Markdown", ".md"), *kinds)
        look = look_of(self.appearance, self)

        def make(notebook: "Notebook", ending: str) -> bytes:
            if ending == ".md":
                return self.markdown(notebook, result)
            if ending == ".csv" or drawing is None:
                return self.table(notebook, result)
            return drawing_bytes(drawing, ending, look, tr(self.title))

        self.saver.ask(tr(self.title), kinds, make)


class Waiting(QLabel):
    """Lies over a page until it has been read for the first time, so that nothing is shown that is not known yet.
    What lies under it may have the focus already."""

    def __init__(self, appearance: Appearance, over: QWidget) -> None:
        super().__init__(over)
        self._appearance = appearance
        self.setProperty("role", "muted")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAID_AFTER_MILLISECONDS)
        self._timer.timeout.connect(lambda: self.say(tr("Looking through the notebook…")))
        over.installEventFilter(self)

    def begin(self) -> None:
        """Something is being read."""
        self.raise_()
        self._timer.start()

    def say(self, words: str) -> None:
        """What there is to know of the read; nothing where the page says it elsewhere."""
        self._timer.stop()
        self.setText(words)

    def end(self) -> None:
        self._timer.stop()
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        over = self.parentWidget()
        if watched is over and event.type() == QEvent.Type.Resize:
            self.setGeometry(over.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._appearance.theme.color("ground"))
        painter.end()
        super().paintEvent(event)


class Foot(QWidget):
    """What is chosen: its name, what it says, and links. ``opened(query)`` when its entries are asked for."""

    opened = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._query = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(SPACE_L)
        self.name = StrongLabel("", self)
        self.words = QLabel(self)
        self.words.setProperty("role", "muted")
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.entries = LinkButton(tr("Show the entries"), self)
        self.entries.setToolTip(tr("Show the entries behind it") + "  Enter")
        self.entries.clicked.connect(lambda: self.opened.emit(self._query))
        self.links = QHBoxLayout()
        self.links.setSpacing(SPACE_L)
        row.addWidget(self.name)
        row.addWidget(self.words, 1)
        row.addLayout(self.links)
        row.addWidget(self.entries)
        self.tell("")

    def tell(self, words: str, *, name: str = "", query: str = "", count: int | None = None) -> None:
        """``name`` comes first and bold; without a query there is no way to entries, and none for no entries."""
        self.name.setText(name)
        self.name.setVisible(bool(name))
        self.words.setText(words)
        self._query = query
        self.entries.setVisible(bool(query) and count != 0)

    def add_link(self, words: str, keys: str, call: Callable[[], Any]) -> LinkButton:
        """A further thing to do with what is chosen; returns the button, to show and hide it."""
        button = LinkButton(f"{keys}  {words}" if keys else words, self)
        button.clicked.connect(call)
        self.links.addWidget(button)
        return button
