"""The page of quotes: everything that was said under a code, by somebody, at a time, and what is made of it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.model.changes import Changes
from desktop_app.model.coding import Quote
from desktop_app.model.time import Occurred
from desktop_app.services.quote_files import quotes_csv
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.interviews.page import Page
from desktop_app.ui.interviews.quotes.filter_bar import FilterBar
from desktop_app.ui.interviews.quotes.filtering import Kind, Part, filter_of
from desktop_app.ui.interviews.quotes.quote_list import QuoteList
from desktop_app.ui.interviews.quotes.reads import Found, read_quotes, understand_time
from desktop_app.ui.interviews.quotes.telling import (
    Grouping,
    found_words,
    grouped,
    grouping_words,
    plain_quote,
    quote_cards,
)
from desktop_app.ui.ops import ChangeOp, ReadOp
from desktop_app.ui.theme import SPACE_M
from desktop_app.ui.widgets import (
    EmptyState,
    InlineMessage,
    KeyHint,
    LinkButton,
    MutedLabel,
    ScreenContext,
    TourStep,
    add_buttons,
    add_shortcuts,
)
from desktop_app.ui.widgets.saving import saver_of

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook


class QuotesPage(Page):
    """What was coded, found again."""

    page_id = "quotes"
    title = "Quotes"
    kinds = ("coding", "code", "document", "entry", "person", "variable", "link", "memo")

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._found: Found | None = None
        self._quotes: dict[str, Quote] = {}
        self.bar = FilterBar(
            self.appearance,
            tr("Code, document, speaker, attribute, coder or time"),
            self,
            understand=self._understand,
        )
        self.group = QComboBox(self)
        self.count = MutedLabel("", self)
        self.entries_button = QPushButton(tr("Turn into entries"), self)
        self.open_entry_button = LinkButton(tr("Open its entry"), self)
        self.copy_button = LinkButton(tr("Copy"), self)
        self.save_button = LinkButton(tr("Save as CSV…"), self)
        self.message = InlineMessage(self.appearance, self)
        self.list = QuoteList(self.appearance, tr("Quotes"), self)
        self.none_fits = EmptyState(self.appearance, "", "", "", self)
        self.stack = QStackedWidget(self)
        self.saver = saver_of(self, self.message)
        self._build()
        self._connect()

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(SPACE_M)
        for grouping in Grouping:
            self.group.addItem(grouping_words(grouping), grouping)
        self.group.setAccessibleName(tr("Put together"))
        self.group.setToolTip(tr("Put together") + "  G")
        self.bar.row.addWidget(self.group)
        outer.addWidget(self.bar)
        outer.addLayout(self._verbs())
        outer.addWidget(self.message)
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.none_fits)
        outer.addWidget(self.stack, 1)
        hint = tr("Enter reads it in its text · Space ticks · E entry · Ctrl+C copy · G put together · / filter")
        outer.addWidget(KeyHint(hint, self, wrap=True))

    def _verbs(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        row.addWidget(self.count, 1)
        buttons = (
            (self.open_entry_button, "O"),
            (self.copy_button, "Ctrl+C"),
            (self.save_button, "Ctrl+S"),
            (self.entries_button, "E"),
        )
        add_buttons(row, buttons)
        self.open_entry_button.hide()
        return row

    def _connect(self) -> None:
        self.bar.changed.connect(self.read)
        self.bar.left_downwards.connect(self._enter_list)
        self.group.currentIndexChanged.connect(lambda _: self._fill())
        self.list.card_chosen.connect(lambda _: self._tell_verbs())
        self.list.ticks_changed.connect(self._tell_verbs)
        self.list.card_opened.connect(self.open_spot)
        self.list.left_upwards.connect(self.bar.focus_line)
        self.none_fits.step_requested.connect(self._step)
        self.entries_button.clicked.connect(self.make_entries)
        self.open_entry_button.clicked.connect(self.open_entry)
        self.copy_button.clicked.connect(self.copy)
        self.save_button.clicked.connect(self.save)
        keys: tuple[tuple[str, Callable[[], None]], ...] = (
            ("/", self.bar.focus_line),
            ("Ctrl+C", self.copy),
            ("Ctrl+S", self.save),
            ("E", self.make_entries),
            ("O", self.open_entry),
            ("G", self.group_next),
        )
        add_shortcuts(self, keys)

    # --- what others ask of it ---------------------------------------------------------------------------------------

    def show_code(self, code: str) -> None:
        """All quotes of a code and of those below it."""
        self.bar.deep.setChecked(True)
        self._ask_only(Part(Kind.CODE, code, ""))

    def _ask_only(self, part: Part) -> None:
        # The name comes with the answer: the page may not have been read yet.
        self.bar.ask_for([part])
        self.mark_stale()

    # --- reading -----------------------------------------------------------------------------------------------------

    def read(self) -> None:
        wanted, blind = filter_of(self.bar.parts(), deep=self.bar.deep.isChecked()), self.blind
        self.operations.submit(
            ReadOp(
                tr("Read quotes"),
                lambda notebook: read_quotes(notebook, wanted, blind=blind),
                self._show,
                self.message.say_error,
                key="interviews.quotes",
            )
        )

    def _understand(self, typed: str, answer: Callable[[Occurred | None], None]) -> None:
        day_first = self.settings.flag("day_first")
        self.operations.read(
            tr("Read a date"),
            lambda _: understand_time(typed, day_first=day_first),
            answer,
            key="interviews.quotes.time",
        )

    def _show(self, found: Found) -> None:
        if self.bar.set_choices(found.choices):
            self.read()
            return
        self._found = found
        self._quotes = {quote.coding.id: quote for quote in found.quotes}
        self.count.setText(found_words(found.quotes, found.choices.codings))
        self._fill()

    def _fill(self) -> None:
        if self._found is None:
            return
        grouping = Grouping(self.group.currentData())  # Qt gives back a plain text
        groups = grouped(self._found.quotes, grouping)
        self.list.set_cards(quote_cards(groups, grouping, self._found.choices.author))
        self._tell_empty()
        if self._found.quotes and not self.list.current_id():
            self.list.choose_first()
        self._tell_verbs()

    def _tell_empty(self) -> None:
        found = self._found
        if found is None or found.quotes:
            self.stack.setCurrentWidget(self.list)
            return
        if found.choices.codings:
            self.none_fits.set_texts(
                tr("No quote fits"),
                tr("Nothing that was coded fits everything you ask for. Take a chip away, or ask for something else."),
                tr("Show all quotes"),
            )
        else:
            self.none_fits.set_texts(
                tr("No quotes yet"),
                tr("Whatever is coded can be found again here: by code, document, speaker, attribute, coder and time."),
                tr("Choose a document to code"),
            )
        if self.list.hasFocus():
            self.none_fits.button.setFocus()
        self.stack.setCurrentWidget(self.none_fits)

    def _step(self) -> None:
        if self._found is not None and self._found.choices.codings:
            self.bar.ask_for(())
        else:
            self.page_requested.emit("documents")

    def _tell_verbs(self) -> None:
        chosen = self._meant()
        new = [quote for quote in chosen if quote.entry is None]
        current = self._quotes.get(self.list.current_id())
        self.open_entry_button.setVisible(bool(current and current.entry))
        for button in (self.copy_button, self.save_button):
            button.setEnabled(bool(self._quotes))
        self.entries_button.setEnabled(bool(new))
        many = len(self.list.ticked())
        words = count_text(many, "Turn {number} into an entry", "Turn {number} into entries") if many else ""
        self.entries_button.setText(words or tr("Turn into an entry"))

    def _meant(self) -> list[Quote]:
        return [self._quotes[item] for item in self.list.meant() if item in self._quotes]

    # --- verbs -------------------------------------------------------------------------------------------------------

    def open_spot(self, coding: str) -> None:
        """Shows a quote in its text, or the entry whose words they are."""
        quote = self._quotes.get(coding)
        if quote is not None:
            self.open_coding_requested.emit(coding)

    def make_entries(self) -> None:
        """Makes an entry of kind quote from what is ticked, or from the current quote, in one step."""
        codings = [quote.coding.id for quote in self._meant() if quote.entry is None]
        if codings:
            self.operations.submit(
                ChangeOp(
                    tr("Turn quotes into entries"),
                    lambda notebook: notebook.retrieval.to_entries(codings),
                    self._made,
                    self.message.say_error,
                )
            )

    def _made(self, changes: Changes[list[str]] | None) -> None:
        if changes is not None:
            entries = changes.result
            self.list.tick(self.list.ticked(), on=False)
            self.message.say(
                count_text(len(entries), "{number} entry made.", "{number} entries made."),
                action=tr("Open it") if len(entries) == 1 else "",
                on_action=partial(self.open_entry_requested.emit, entries[0]),
            )

    def open_entry(self) -> None:
        quote = self._quotes.get(self.list.current_id())
        if quote is not None and quote.entry:
            self.open_entry_requested.emit(quote.entry)

    def copy(self) -> None:
        """Copies what is ticked, or the current quote, as text."""
        quotes = self._meant()
        if quotes:
            QGuiApplication.clipboard().setText("\n\n".join(plain_quote(quote) for quote in quotes))
            self.status_message.emit(count_text(len(quotes), "{number} quote copied.", "{number} quotes copied."))

    def save(self) -> None:
        """Saves what is ticked, or all that is shown, as CSV."""
        if self._quotes:
            self.saver.ask(tr("Quotes"), (("CSV", ".csv"),), self.csv_maker())

    def csv_maker(self) -> "Callable[[Notebook, str], bytes]":
        ticked = self.list.ticked()
        quotes: Sequence[Quote] = (
            [self._quotes[item] for item in ticked if item in self._quotes] if ticked else list(self._in_order())
        )
        return lambda _notebook, _suffix: quotes_csv(quotes)

    def _in_order(self) -> list[Quote]:
        return [self._quotes[card.id] for card in self.list.cards() if card.id in self._quotes]

    def group_next(self) -> None:
        self.group.setCurrentIndex((self.group.currentIndex() + 1) % self.group.count())

    # --- focus -------------------------------------------------------------------------------------------------------

    def _enter_list(self) -> None:
        if self.stack.currentWidget() is self.list:
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
            if not self.list.current_id():
                self.list.choose_first()

    def focus_first(self) -> None:
        if self.stack.currentWidget() is self.list:
            self.list.setFocus()
        else:
            self.none_fits.button.setFocus()

    def tour_steps(self) -> list[TourStep]:
        return [("ticked", self._tour_ticked)]

    def _tour_ticked(self) -> None:
        self.list.tick([card.id for card in self.list.cards() if card.id][:2])
