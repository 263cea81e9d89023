"""The coding page: select, type three letters, Enter. Start reading at :class:`CodingPage`."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop_app.model.documents import Document
from desktop_app.model.errors import KnownError
from desktop_app.model.memos import About, MemoFields
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.interviews.codebook.menus import pop_up
from desktop_app.ui.interviews.coding.amending import Amending
from desktop_app.ui.interviews.coding.desk import CodingDesk
from desktop_app.ui.interviews.coding.filtering import Looking
from desktop_app.ui.interviews.coding.frame import CodingFrame
from desktop_app.ui.interviews.coding.keys import CodingKeys
from desktop_app.ui.interviews.coding.menus import pop_up_coding_menu
from desktop_app.ui.interviews.coding.reads import (
    ChosenCoding,
    Opened,
    count_differences,
    open_coding,
    open_text,
    read_chosen,
)
from desktop_app.ui.interviews.coding.shown import PENDING
from desktop_app.ui.interviews.coding.telling import head_words, hover_lines, unseen_words
from desktop_app.ui.interviews.coding.verbs import CodingVerbs
from desktop_app.ui.interviews.page import Page
from desktop_app.ui.ops import ChangeOp, ReadOp
from desktop_app.ui.widgets import EmptyState, ScreenContext, TourStep

if TYPE_CHECKING:
    pass

COMPARE_MILLISECONDS = 600
"""After the last change, before the coders are compared anew: coding itself is not to wait for it."""


class CodingPage(Page):
    """One text at a time; where it was left is remembered for as long as the window lives."""

    page_id = "coding"
    title = "Coding"
    kinds = ("coding", "code", "document", "entry", "memo", "person", "notebook")

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._places: dict[str, int] = {}
        self._wanted_coding = ""
        self.frame = CodingFrame(self.appearance, self)
        self.view, self.panel = self.frame.view, self.frame.codebook
        self.desk = CodingDesk(self.operations, self)
        self.desk.looking = Looking(blind=self.settings.flag("blind"))
        self.amending = Amending(self.operations, self.frame, self.desk, self)
        self.nothing = EmptyState(
            self.appearance,
            tr("No text is open"),
            tr("Choose a document under Documents and press Enter: it opens here, with the codebook beside it."),
            tr("Go to the documents"),
            self,
        )
        self._compare = QTimer(self)
        self._compare.setSingleShot(True)
        self._compare.setInterval(COMPARE_MILLISECONDS)
        self._compare.timeout.connect(self._read_differences)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.nothing)
        self.stack.addWidget(self.frame)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        self.verbs = CodingVerbs(self.frame, self.desk, self)
        self._keys = CodingKeys(self.verbs, lambda: self.amending.running, self)
        self.view.installEventFilter(self._keys)
        self._connect()

    def _connect(self) -> None:
        desk, view, frame, verbs = self.desk, self.view, self.frame, self.verbs
        self.nothing.step_requested.connect(lambda: self.page_requested.emit("documents"))
        desk.drawn.connect(view.put_codings)
        desk.reset.connect(self._draw_all)
        desk.recoded.connect(self._draw_codes)
        desk.told.connect(self._tell)
        desk.refused.connect(frame.message.say_error)
        desk.stale.connect(self._reopen)
        view.coding_chosen.connect(self._show_chosen)
        view.coding_opened.connect(lambda _: verbs.write_memo())
        view.context_requested.connect(self._show_menu)
        view.resize_requested.connect(verbs.resize_to)
        view.set_note_of(lambda here: hover_lines(here, desk.codes, desk.looking.author))
        verbs.correct_wanted.connect(self.amending.correct)
        verbs.review_wanted.connect(self.amending.show_review)
        verbs.memo_written.connect(self._save_memo)
        verbs.said.connect(self.status_message)
        self.panel.menu_wanted.connect(self._show_code_menu)
        head = frame.head
        head.filter_wanted.connect(verbs.show_filter)
        head.find_wanted.connect(verbs.find_text)
        head.correct_wanted.connect(self.amending.correct)
        head.memo_wanted.connect(lambda: self.new_memo_requested.emit(self._kind, self.target))
        head.differences_wanted.connect(lambda: self.differences_requested.emit(self.target))
        head.review_wanted.connect(self.amending.show_review)
        frame.filter.looked.connect(self._look)
        frame.chosen.memo_opened.connect(self.open_memo_requested)
        self.amending.ended.connect(self._reopen)
        self.amending.entry_wanted.connect(lambda entry: self.open_place_requested.emit("entry_editor", entry, -1))
        self.amending.pointed.connect(self._show_coding)
        self.amending.said.connect(self.status_message)

    # --- opening -----------------------------------------------------------------------------------------------------

    @property
    def target(self) -> str:
        """The id of the text in front; empty where none is open."""
        return self.desk.opened.text.id if self.desk.opened else ""

    @property
    def _kind(self) -> str:
        return self.desk.opened.text.kind if self.desk.opened else ""

    def open_document(self, document: str, at: int = -1) -> None:
        """Opens a document at a code point (-1: where it was left)."""
        if at >= 0:
            self._places[document] = at
        if document == self.target and not self._stale:
            if at >= 0:
                self.view.scroll_to(at)
            self.view.setFocus()
            return
        self._open("document", document)

    def open_entry(self, entry: str) -> None:
        """Opens the words of an entry, where they were left."""
        if entry == self.target and not self._stale:
            self.view.setFocus()
        else:
            self._open("entry", entry)

    def open_coding(self, coding: str) -> None:
        """Opens the text of a coding and chooses it there."""
        if self.target and self.desk.codings.get(coding) is not None and not self.amending.running:
            self._show_coding(coding)
            self.view.setFocus()
            return
        blind = self.desk.looking.blind
        self.operations.submit(
            ReadOp(
                tr("Open coding"),
                lambda notebook: open_coding(notebook, coding, blind=blind),
                self._show_found,
                self._not_opened,
                key="coding.open",
            )
        )

    def _open(self, kind: str, target: str) -> None:
        blind = self.desk.looking.blind
        self.operations.submit(
            ReadOp(
                tr("Open text"),
                lambda notebook: open_text(notebook, kind, target, blind=blind),
                self._show_opened,
                self._not_opened,
                key="coding.open",
            )
        )

    def _reopen(self) -> None:
        """The text is another one than what is shown: as after a correction, an undo, or a renamed speaker."""
        opened = self.desk.opened
        if opened is not None and not self.amending.running:
            self._open(opened.text.kind, opened.text.id)

    def _show_found(self, answer: tuple[str, Opened]) -> None:
        self._wanted_coding, opened = answer
        self._show_opened(opened)

    def _show_opened(self, opened: Opened) -> None:
        if opened.trashed:
            self._close()
            self.status_message.emit(tr("“{title}” is in the trash.", title=opened.text.title))
            return
        self.amending.put_aside()
        other = opened.text.id != self.target
        if self.target:
            self._places[self.target] = self.view.selection()[0]
        self.view.set_text(opened.text)
        self.frame.finder.set_text(opened.text.text)
        if other:
            self.frame.message.dismiss()
            self.frame.chosen.clear()
            self.frame.show_review(False)
        self.desk.open(opened)
        self.stack.setCurrentIndex(1)
        place = min(self._places.get(opened.text.id, 0), len(opened.text.text))
        if self._wanted_coding:
            wanted, self._wanted_coding = self._wanted_coding, ""
            self._show_coding(wanted)
        elif place:
            self.view.scroll_to(place)
        self.amending.tell_of_draft(opened)
        self.amending.read_waiting()
        if other and self.isVisible():
            self.view.setFocus()

    def _not_opened(self, error: KnownError) -> None:
        self._close()
        self.status_message.emit(str(error))

    def _close(self) -> None:
        self.amending.put_aside()
        self.desk.close()
        self.stack.setCurrentIndex(0)

    # --- page --------------------------------------------------------------------------------------------------------

    def read(self) -> None:
        if self.amending.running:
            return
        if self.desk.looking.blind != self.blind:
            self.desk.look(replace(self.desk.looking, blind=self.blind))
        self.desk.look_again()
        self.amending.read_waiting()
        if self.view.chosen():
            self._read_chosen(self.view.chosen() or "")

    def focus_first(self) -> None:
        if self.desk.opened is None:
            self.nothing.button.setFocus()
        else:
            self.view.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        self.amending.correction.keep_draft()
        super().hideEvent(event)

    def do(self, verb: str) -> None:
        """Does one of :class:`CodingVerbs` by its name, where a text is open and not being corrected."""
        if self.desk.opened is None:
            self.status_message.emit(tr("Open a document first: choose one under Documents and press Enter."))
        elif not self.amending.running:
            getattr(self.verbs, verb)()

    def _look(self, looking: Looking) -> None:
        """Looks at other codings; whoever codes blind does so next time too."""
        if looking.blind != self.desk.looking.blind:
            self.settings.set("blind", looking.blind)
            try:
                self.settings.save()
            except OSError as error:
                words = tr("The setting could not be saved ({reason}); it holds for now.", reason=error.strerror)
                self.status_message.emit(words)
        self.desk.look(looking)

    def _draw_all(self) -> None:
        desk = self.desk
        self.view.set_codings(desk.visible(), desk.codes)
        self._draw_codes()

    def _draw_codes(self) -> None:
        """The same codings, by codes that have other names, colours or places."""
        desk, looking = self.desk, self.desk.looking
        self.view.set_codes(desk.codes)
        shown = replace(looking, blind=False, hidden=frozenset()).shown(desk.codes)
        self.view.set_filter(shown, looking.speakers or None)

    def _tell(self) -> None:
        """The head, the codebook, the filter: what counts and names stand in."""
        desk, opened = self.desk, self.desk.opened
        if opened is None:
            return
        coders, author = desk.coders(), desk.looking.author
        title = opened.document.fields.title if opened.document else opened.text.title
        words = [head_words(opened.text, opened.document, coders, author), unseen_words(desk.looking)]
        self.frame.head.show_words(title, " · ".join(filter(None, words)))
        self.panel.show_codes(desk.codebook(), desk.recent.numbers)
        speakers = list(dict.fromkeys(turn.speaker for turn in opened.text.turns if turn.speaker))
        self.frame.filter.show_choices(desk.looking, coders, speakers, desk.codes)
        chosen = desk.codings.get(self.view.chosen() or "")
        if chosen is not None:
            self.frame.chosen.show_coding(chosen, desk.codes, author)
        if desk.looking.blind:
            self.frame.head.show_link(self.frame.head.differences, "")
        self._compare.start()

    def _read_differences(self) -> None:
        """How many places the coders differ in; nothing of it while working blind."""
        link = self.frame.head.differences
        others = [coder for coder in self.desk.coders() if coder != self.desk.looking.author]
        if self.desk.looking.blind or not others:
            self.frame.head.show_link(link, "")
            return
        target = self.target
        self.operations.read(
            tr("Compare coders"),
            lambda notebook: (target, count_differences(notebook, target)),
            self._show_differences,
            key="coding.differences",
        )

    def _show_differences(self, answer: tuple[str, int]) -> None:
        target, count = answer
        link = self.frame.head.differences
        if target == self.target and not self.desk.looking.blind:
            own = self.desk.coders()[self.desk.looking.author]
            one, many = (
                ("{number} place where you differ", "{number} places where you differ")
                if own
                else ("{number} place where they differ", "{number} places where they differ")
            )
            self.frame.head.show_link(link, count_text(count, one, many) if count else "")

    # --- the chosen coding -------------------------------------------------------------------------------------------

    def _show_chosen(self, coding: str) -> None:
        found = self.desk.codings.get(coding)
        if found is None:
            self.frame.chosen.clear()
            return
        self.frame.chosen.show_coding(found, self.desk.codes, self.desk.looking.author)
        self.panel.show_code(found.code)
        self._read_chosen(coding)

    def _read_chosen(self, coding: str) -> None:
        if not coding.startswith(PENDING):
            self.operations.submit(
                ReadOp(
                    tr("Read coding"),
                    lambda notebook: read_chosen(notebook, coding),
                    self._show_more,
                    lambda _: None,
                    key="coding.chosen",
                )
            )

    def _show_more(self, chosen: ChosenCoding) -> None:
        self.frame.chosen.show_more(chosen, self.desk.codes)

    def _show_coding(self, coding: str) -> None:
        found = self.desk.codings.get(coding)
        if found is not None:
            self.view.scroll_to(found.start)
            self.view.choose(coding)

    def _save_memo(self, coding: str, words: str) -> None:
        self.operations.submit(
            ChangeOp(
                tr("Write memo"),
                lambda notebook: notebook.memos.add(MemoFields(words, about=(About("coding", coding),))),
                lambda _: self.verbs.memo_saved(),
                self.frame.message.say_error,
            )
        )

    def _show_menu(self, at: QPoint) -> None:
        pop_up_coding_menu(self, at, self.verbs, self.view.chosen() is not None)

    def _show_code_menu(self, code: str, at: QPoint) -> None:
        rows = (
            (tr("Code the selected words with it"), tr("Enter"), lambda: self.verbs.take_code(code)),
            (tr("Show only codings with it"), "", lambda: self._look(self.desk.looking.toggled_code(code))),
            None,
            (tr("Show it in the codebook"), "", lambda: self.open_code_requested.emit(code)),
            (tr("All its quotes"), "", lambda: self.quotes_requested.emit(code)),
            (tr("Memo on the code…"), "", lambda: self.new_memo_requested.emit("code", code)),
        )
        pop_up(self, at, rows)

    # --- keys of the whole page --------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Ctrl+F looks in this text rather than in the notebook while the focus is on this page."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Find)
            and self.desk.opened is not None
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.matches(QKeySequence.StandardKey.Find) and self.desk.opened is not None:
            self.verbs.find_text()
        elif control and self.amending.running and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.amending.correction.save()
        elif event.key() == Qt.Key.Key_Escape and self.amending.running:
            self.amending.correction.leave()
        else:
            super().keyPressEvent(event)

    def begin_tour(self) -> None:
        """The text with the most codings, as it is when nothing is chosen."""

        def open_some(documents: list[Document]) -> None:
            if documents:
                self.open_document(max(documents, key=lambda one: sum(one.codings.values())).id, 0)

        self.verbs.leave_bars()
        self.view.choose(None)
        self.operations.read(tr("Read documents"), lambda notebook: notebook.documents.list(), open_some)

    def tour_steps(self) -> list[TourStep]:
        return [("chosen", self._choose_some), ("filter", self.verbs.show_filter)]

    def _choose_some(self) -> None:
        # A picture does not wait for the moment after which coders are compared.
        self._compare.stop()
        self._read_differences()
        codings = sorted(self.desk.visible(), key=lambda coding: coding.start)
        if codings:
            self._show_coding(codings[0].id)
