"""The page of coding by search: ask for places, untick those that are not meant, code the rest in one step."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.model.changes import Changes
from desktop_app.model.coding import Extent, Proposal
from desktop_app.model.errors import Interrupted, KnownError
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.interviews.autocode.code_line import CodeLine
from desktop_app.ui.interviews.autocode.looking import By, Wanted, by_words, extent_words, hint_words, look_for
from desktop_app.ui.interviews.page import Page
from desktop_app.ui.interviews.quotes.filter_bar import FilterBar
from desktop_app.ui.interviews.quotes.filtering import Choices, Kind
from desktop_app.ui.interviews.quotes.quote_list import QuoteList
from desktop_app.ui.interviews.quotes.reads import read_choices
from desktop_app.ui.interviews.quotes.telling import proposal_card
from desktop_app.ui.ops import ChangeOp, LongOp
from desktop_app.ui.theme import SPACE_M
from desktop_app.ui.widgets import (
    CompletionPopup,
    EmptyState,
    InlineMessage,
    KeyHint,
    MutedLabel,
    Offer,
    PrimaryButton,
    ProgressStrip,
    ScreenContext,
    TourStep,
    add_shortcuts,
)

LOOKING = "Look for places to code"
MOST_OFFERS = 8


class AutocodePage(Page):
    """Coding by search, with every place seen before it is coded."""

    page_id = "autocode"
    title = "Auto-code"
    kinds = ("document", "code", "coding")

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._choices = Choices()
        self._found: tuple[Proposal, ...] = ()
        self._looked_for: Wanted | None = None
        self.by = QComboBox(self)
        self.text = QLineEdit(self)
        self.extent = QComboBox(self)
        hint = tr("In all documents; name documents or speakers to look only there")
        self.bar = FilterBar(self.appearance, hint, self, kinds=(Kind.DOCUMENT, Kind.SPEAKER))
        self.strip = ProgressStrip(self)
        self.message = InlineMessage(self.appearance, self)
        self.count = MutedLabel("", self)
        self.list = QuoteList(self.appearance, tr("Places to code"), self)
        self.nothing = EmptyState(self.appearance, "", "", "", self)
        self.stack = QStackedWidget(self)
        self.code = CodeLine(self.appearance, self)
        self.apply_button = PrimaryButton(tr("Code"), self)
        self._speakers = CompletionPopup(self.appearance, self.text, preselect=False)
        self._build()
        self._connect()
        self._fit()
        self._show(())

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(SPACE_M)
        for by in By:
            self.by.addItem(by_words(by), by)
        for extent in Extent:
            self.extent.addItem(extent_words(extent), extent)
        self.by.setAccessibleName(tr("How places are found"))
        self.extent.setAccessibleName(tr("What is coded"))
        self.extent.setToolTip(tr("How much around each place is coded"))
        self.text.setProperty("role", "search")
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        row.addWidget(self.by)
        row.addWidget(self.text, 1)
        row.addWidget(self.extent)
        outer.addLayout(row)
        outer.addWidget(self.bar)
        outer.addWidget(self.strip)
        outer.addWidget(self.message)
        outer.addLayout(self._build_applying())
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.nothing)
        outer.addWidget(self.stack, 1)
        hint = tr("Enter looks · Space unticks · Ctrl+A all or none · C code · Ctrl+Enter codes what is ticked")
        outer.addWidget(KeyHint(hint, self, wrap=True))

    def _build_applying(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        row.addWidget(self.count, 1)
        self.code.setMinimumWidth(240)
        row.addWidget(self.code)
        self.apply_button.setToolTip(tr("Code what is ticked") + "  Ctrl+Enter")
        row.addWidget(self.apply_button)
        return row

    def _connect(self) -> None:
        self.by.currentIndexChanged.connect(lambda _: self._fit())
        self.text.returnPressed.connect(self.look)
        self.extent.currentIndexChanged.connect(lambda _: self._look_again())
        self.bar.changed.connect(self._look_again)
        self.bar.left_downwards.connect(self._enter_list)
        self._speakers.wanted.connect(self._offer_speakers)
        self.list.ticks_changed.connect(self._tell)
        self.list.card_opened.connect(self._open_spot)
        self.list.left_upwards.connect(self.text.setFocus)
        self.code.code_changed.connect(self._tell)
        self.code.returnPressed.connect(self.apply)
        self.apply_button.clicked.connect(self.apply)
        self.strip.stop_requested.connect(lambda: self.operations.stop(tr(LOOKING)))
        keys: tuple[tuple[str, Callable[[], None]], ...] = (
            ("/", self._focus_text),
            ("C", self.ask_code),
            ("Ctrl+Return", self.apply),
            ("Ctrl+Enter", self.apply),
        )
        add_shortcuts(self, keys)

    # --- asking ------------------------------------------------------------------------------------------------------

    def read(self) -> None:
        self.operations.read(tr("Read codes"), read_choices, self._show_choices, key="interviews.autocode")

    def _show_choices(self, choices: Choices) -> None:
        self._choices = choices
        self.code.set_codes(choices.codes)
        self.bar.set_choices(choices)
        self._tell()

    def _fit(self) -> None:
        by = By(self.by.currentData())
        self.text.setPlaceholderText(hint_words(by))
        self.text.setAccessibleName(hint_words(by))
        self.extent.setVisible(by in (By.WORDS, By.EXPRESSION))

    def _offer_speakers(self, typed: str, position: int) -> None:
        if self.by.currentData() != By.SPEAKER:
            return
        wanted = typed.casefold().strip()
        found = [name for name in self._choices.speakers if wanted in name.casefold()][:MOST_OFFERS]
        self._speakers.offer([Offer(name, 0, len(typed)) for name in found], typed, position)

    def wanted(self) -> Wanted:
        parts = self.bar.parts()
        return Wanted(
            By(self.by.currentData()),
            self.text.text().strip(),
            Extent(self.extent.currentData()),
            tuple(part.value for part in parts if part.kind == Kind.DOCUMENT),
            tuple(part.value for part in parts if part.kind == Kind.SPEAKER),
        )

    def _look_again(self) -> None:
        if self._looked_for is not None:
            self.look()

    def look(self) -> None:
        """Looks for places; what was unticked is ticked again, for these are other places."""
        wanted = self.wanted()
        if not wanted.text:
            return
        self._looked_for = wanted
        self.operations.stop(tr(LOOKING))
        self.message.dismiss()
        self.strip.begin(tr("Looking"))
        self.operations.submit(
            LongOp(
                tr(LOOKING),
                lambda notebook, progress, should_stop: look_for(notebook, wanted, progress, should_stop),
                self._show_found,
                self._not_found,
                self.strip.progress,
                lane="background",
                key="interviews.autocode.look",
            )
        )

    def _show_found(self, found: tuple[Proposal, ...]) -> None:
        self.strip.finish()
        self._show(found)
        if found:
            self._enter_list()

    def _not_found(self, error: KnownError) -> None:
        self.strip.finish()
        self._show(())
        if isinstance(error, Interrupted):
            self.message.say(tr("Stopped; nothing is shown of it."))
        else:
            self.message.say_error(error)

    # --- what was found ----------------------------------------------------------------------------------------------

    def _show(self, found: tuple[Proposal, ...]) -> None:
        self._found = found
        cards = [proposal_card(proposal, number) for number, proposal in enumerate(found)]
        self.list.set_cards(cards, ticked=[card.id for card in cards])
        if found:
            self.list.choose_first()
        elif self._looked_for is not None:
            self.nothing.set_texts(
                tr("Nothing found"), tr("Nothing in these documents fits. Look for it in other words, or elsewhere.")
            )
        else:
            self.nothing.set_texts(
                tr("Code by search"),
                tr(
                    "Look for words, an expression, a speaker or a section. You see every place before it is coded, "
                    "and one undo takes all of it back."
                ),
            )
        self.stack.setCurrentIndex(0 if found else 1)
        self._tell()

    def _tell(self) -> None:
        ticked = {self._found[int(item)].stretch.target for item in self.list.ticked()}
        number = len(self.list.ticked())
        words = ""
        if self._found:
            words = tr("{ticked} of {places}", ticked=f"{number:,}",
                       places=count_text(len(self._found), "{number} place", "{number} places"))  # fmt: skip
            words += " · " + count_text(len(ticked), "{number} document", "{number} documents")
        self.count.setText(words)
        new = self.code.is_new()
        self.apply_button.setText(tr("Make and code") if new else tr("Code"))
        self.apply_button.setEnabled(bool(number and self.code.code()))

    def _open_spot(self, card: str) -> None:
        stretch = self._found[int(card)].stretch
        self.open_document_requested.emit(stretch.target, stretch.start)

    # --- applying ----------------------------------------------------------------------------------------------------

    def apply(self) -> None:
        """Codes what is ticked, in one step that one undo takes back."""
        chosen = [self._found[int(item)].stretch for item in self.list.ticked()]
        code = self.code.code()
        if not code:
            self.ask_code()
        elif chosen:
            self.operations.submit(
                ChangeOp(
                    tr("Code places"),
                    lambda notebook: notebook.retrieval.autocode(chosen, code),
                    self._applied,
                    self.message.say_error,
                )
            )

    def _applied(self, changes: Changes[int] | None) -> None:
        made = changes.result if changes is not None else 0
        chosen = len(self.list.ticked())
        words = count_text(made, "{number} coding made.", "{number} codings made.")
        if made < chosen:
            words += " " + count_text(chosen - made, "{number} was there already.", "{number} were there already.")
        self._looked_for = None
        self._show(())
        self.text.clear()
        self.message.say(words)
        self._focus_text()

    # --- focus -------------------------------------------------------------------------------------------------------

    def _focus_text(self) -> None:
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.text.selectAll()

    def ask_code(self) -> None:
        self.code.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.code.selectAll()

    def _enter_list(self) -> None:
        if self._found:
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_first(self) -> None:
        self.text.setFocus()

    def tour_steps(self) -> list[TourStep]:
        return [("found", self._tour_found)]

    def _tour_found(self) -> None:
        self.text.setText("price OR invoice")
        self.extent.setCurrentIndex(list(Extent).index(Extent.SENTENCE))
        self.look()
