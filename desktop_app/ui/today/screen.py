"""The page of the day. Start reading at :meth:`TodayScreen.read`."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.model.changes import Changes
from desktop_app.model.errors import KnownError
from desktop_app.ui.i18n import tr
from desktop_app.ui.ops import ChangeOp, ReadOp
from desktop_app.ui.theme import SPACE_XL
from desktop_app.ui.today.asking import AskingSection
from desktop_app.ui.today.lists import DueForesight, TodayLists, YearGroup, day_in_words, read_due, read_lists, today
from desktop_app.ui.today.sections import BY_CHECK, DueCard, Section, YearSection
from desktop_app.ui.widgets import (
    Card,
    CardStack,
    EmptyState,
    InlineMessage,
    LinkButton,
    MutedLabel,
    Screen,
    ScreenContext,
    SheetPage,
    TitleLabel,
)
from desktop_app.ui.widgets.capture_box import CaptureBox
from desktop_app.ui.widgets.sheet_page import WIDEST

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook

SURFACE = "today"
NARROW = 720
"""Of a notebook with nothing in it: one column for a line of writing."""
TWO_COLUMNS_FROM = 1000
"""Width of the page in pixels from which there are two columns, at normal text size."""
DUE_AFTER_MILLISECONDS = 400
"""The first look for due foresights waits until the window is up: it loads the search."""


class TodayScreen(Screen):
    """The capture box, what was written lately, foresights that are due, and this day in earlier years."""

    screen_id = "today"
    title = "Today"
    kinds = ("entry", "person", "organisation", "term", "import", "series")
    reads_index = True

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._day = today()
        self._lists: TodayLists | None = None
        self._due: tuple[DueForesight, ...] = ()
        self.due_cards: list[DueCard] = []
        self.years: list[YearSection] = []
        self._build()
        self._due_timer = QTimer(self)
        self._due_timer.setSingleShot(True)
        self._due_timer.setInterval(DUE_AFTER_MILLISECONDS)
        self._due_timer.timeout.connect(self._read_due)
        self._arrange()

    # --- building ---------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.page = SheetPage(self, centred=True)
        sheet, column = self.page.sheet, self.page.body
        self.heading = TitleLabel(day_in_words(self._day), sheet)
        self.message = InlineMessage(self.appearance, sheet)
        column.addWidget(self.heading)
        column.addWidget(self.message)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(SPACE_XL)
        self._build_left(sheet)
        self._build_right(sheet)
        column.addLayout(self._columns)
        column.addStretch(1)

    def _build_left(self, sheet: QWidget) -> None:
        self._left = _Column(sheet)
        card = Card(self._left)
        self.box = CaptureBox(self.context, SURFACE, card)
        self.box.left.connect(self._leave_box)
        card.body.addWidget(self.box)
        self.lately = Section(tr("Lately"), self._left)
        self.recent = CardStack(self.appearance, tr("Written lately"), self.lately)
        self._wire(self.recent)
        self.more = LinkButton(tr("Everything, in Browse"), self.lately)
        self.more.clicked.connect(lambda: self.search_requested.emit(""))
        self.lately.body.addWidget(self.recent)
        self.lately.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.empty = EmptyState(
            self.appearance,
            tr("Nothing written yet"),
            tr("Write the first thing you noticed today."),
            parent=self._left,
        )
        for widget in (card, self.lately, self.empty):
            self._left.body.addWidget(widget)
        self._left.body.addStretch(1)
        self.lately.hide()
        self.empty.hide()
        self._columns.addWidget(self._left, 3)

    def _build_right(self, sheet: QWidget) -> None:
        self._right = _Column(sheet)
        self.due = Section(tr("Did it come true?"), self._right)
        self.earlier = Section(tr("This day in earlier years"), self._right)
        self.nothing_earlier = MutedLabel(
            tr("Nothing yet from these days of earlier years. What you write now comes back here in a year."),
            self.earlier,
            wrap=True,
        )
        self.earlier.body.addWidget(self.nothing_earlier)
        self.asking = AskingSection(self.context, self._right)
        self.asking.open_entry_requested.connect(self.open_entry_requested)
        self.asking.open_place_requested.connect(self.open_place_requested)
        self.asking.capture_requested.connect(self.capture_requested)
        self.asking.focus_left.connect(self.box.editor.setFocus)
        self._right.body.addWidget(self.due)
        self._right.body.addWidget(self.asking)
        self._right.body.addWidget(self.earlier)
        self._right.body.addStretch(1)
        self.due.hide()
        self.earlier.hide()
        self._columns.addWidget(self._right, 2)

    def _wire(self, stack: CardStack) -> None:
        stack.entry_opened.connect(self.open_entry_requested)
        stack.card_seen.connect(partial(self._scroll_to, stack))

    # --- screen -----------------------------------------------------------------------------------------------------

    def activate(self) -> None:
        self._look_at_the_clock()
        if self._lists is not None and self.asking.is_turned:
            self.asking.look(self._lists.total)
        super().activate()

    def focus_first(self) -> None:
        self.box.editor.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        """A window that was left open over night shows the new day when it is come back to."""
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self._look_at_the_clock()
        super().changeEvent(event)

    def _look_at_the_clock(self) -> None:
        if today() != self._day:
            self._day = today()
            self.heading.setText(day_in_words(self._day))
            self.mark_stale()

    def _leave_box(self) -> None:
        """Esc in the box: on to what was written."""
        (self.recent if self.recent.cards() else self.page).setFocus(Qt.FocusReason.TabFocusReason)

    def _scroll_to(self, stack: CardStack, card: QRect) -> None:
        content = self.page.widget()
        if content is None:
            return
        top = stack.mapTo(content, card.topLeft())
        self.page.ensureVisible(top.x(), top.y() + card.height() // 2, 0, card.height() // 2 + SPACE_XL)

    # --- reading ----------------------------------------------------------------------------------------------------

    def read(self) -> None:
        day: date = self._day
        self.operations.read(tr("Read today"), lambda notebook: read_lists(notebook, day), self._show, key="today")

    def _show(self, lists: TodayLists) -> None:
        first = self._lists is None
        before, self._lists = self._lists, lists
        if before != lists:
            self.recent.show_cards(lists.lately)
            self._show_earlier(lists.earlier)
            self.empty.setVisible(not lists.total)
            self.lately.setVisible(bool(lists.total))
            self.earlier.show()
            self._right.setVisible(bool(lists.total))
            self.page.sheet.setMaximumWidth(WIDEST if lists.total else NARROW)
        self.asking.look(lists.total)
        if not lists.foresights:
            self._show_due(())
        elif first:
            self._due_timer.start()
        elif not self._due_timer.isActive():
            self._read_due()

    def _show_earlier(self, groups: tuple[YearGroup, ...]) -> None:
        for section in self.years:
            section.hide()
            section.deleteLater()
        self.years = []
        for group in groups:
            section = YearSection(self.appearance, group, self.earlier)
            self._wire(section.stack)
            self.earlier.body.addWidget(section)
            self.years.append(section)
        self.nothing_earlier.setVisible(not groups)

    # --- foresights that are due ------------------------------------------------------------------------------------

    def _read_due(self) -> None:
        self.operations.submit(
            ReadOp(tr("Look for due foresights"), read_due, self._show_due, self._due_failed, key="today:due")
        )

    def _show_due(self, due: tuple[DueForesight, ...]) -> None:
        if due == self._due:
            return
        self._due = due
        had_focus = any(button.hasFocus() for card in self.due_cards for button in card.buttons)
        for card in self.due_cards:
            card.hide()
            card.deleteLater()
        self.due_cards = []
        for foresight in due:
            card = DueCard(foresight, self.due)
            card.resolved.connect(self._resolve)
            card.opened.connect(self.open_entry_requested)
            self.due.body.addWidget(card)
            self.due_cards.append(card)
        self.due.setVisible(bool(due))
        if had_focus:
            (self.due_cards[0].buttons[0] if due else self.box.editor).setFocus()

    def _due_failed(self, error: KnownError) -> None:
        """The search index cannot be asked: the window tells about that itself, and the page does without."""
        self._show_due(())

    def _resolve(self, entry_id: str, result: str) -> None:
        def call(notebook: "Notebook") -> Changes[str]:
            if result == BY_CHECK:
                return notebook.foresight.resolve_by_check(entry_id)
            return notebook.foresight.resolve(entry_id, result)

        self.operations.submit(ChangeOp(tr("Resolve foresight"), call, on_error=self._not_resolved))

    def _not_resolved(self, error: KnownError) -> None:
        self.message.say_error(error)
        for card in self.due_cards:
            card.set_answerable()

    # --- columns ----------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Two columns where there is room; in one, what is due comes before what was written lately."""
        wide = self.width() >= TWO_COLUMNS_FROM * max(1.0, self.appearance.sizes.body / 14)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if direction == self._columns.direction() and (self.due.parentWidget() is self._right) == wide:
            return
        self._columns.setDirection(direction)
        column, at = (self._right, 0) if wide else (self._left, 1)
        column.body.insertWidget(at, self.due)


class _Column(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(SPACE_XL)
