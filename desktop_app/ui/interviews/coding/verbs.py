"""What a person does while coding, one method each; keys, buttons, menus and the palette all come here."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.model.coding import PATH_SEPARATOR
from desktop_app.ui.i18n import tr
from desktop_app.ui.interviews.coding.desk import CodingDesk
from desktop_app.ui.interviews.coding.frame import CodingFrame

LONGEST_NAME = 60
"""Characters of selected words that become a code's name."""


class CodingVerbs(QObject):
    """``correct_wanted()``, ``review_wanted()`` are the page's; ``memo_written(coding, words)`` is to be kept.

    ``said(str)``: why nothing was done.
    """

    correct_wanted = Signal()
    review_wanted = Signal()
    memo_written = Signal(str, str)
    said = Signal(str)

    def __init__(self, frame: CodingFrame, desk: CodingDesk, page: QWidget) -> None:
        super().__init__(page)
        self._frame = frame
        self._view = frame.view
        self._desk = desk
        self._recoding = ""
        self._warned = ""
        self._view.selection_changed.connect(lambda _start, _end: self._end_recoding())
        frame.codebook.code_wanted.connect(self.take_code)
        frame.codebook.left.connect(self.back_to_text)
        frame.codebook.recent_wanted.connect(self.apply_recent)
        frame.chosen.recode_wanted.connect(self.recode)
        frame.chosen.remove_wanted.connect(self.uncode)
        frame.chosen.weight_given.connect(self._weigh_chosen)
        frame.chosen.memo_written.connect(self._memo_on_chosen)
        frame.chosen.left.connect(self.back_to_text)
        frame.chosen.closed.connect(self._leave_chosen)
        frame.filter.left.connect(self._leave_filter)
        frame.finder.found.connect(self._view.select)
        frame.finder.left.connect(self._leave_find)

    # --- coding ------------------------------------------------------------------------------------------------------

    def has_selection(self) -> bool:
        start, end = self._view.selection()
        return start < end

    def find_code(self, typed: str = "") -> None:
        """Goes to the field of the codebook, with what was typed."""
        self._end_recoding()
        self._frame.show_review(False)
        self._frame.codebook.begin(typed)

    def take_code(self, code: str) -> None:
        """A code was found or named: recodes the coding for which it was asked, else codes the selected words."""
        recoding, self._recoding = self._recoding, ""
        if recoding:
            self._desk.recode(recoding, code)
            self._frame.codebook.finish()
            self.back_to_text()
        elif self._apply(code):
            self._frame.codebook.finish()
            self.back_to_text()

    def apply_recent(self, number: int) -> None:
        code = self._desk.recent.code(number)
        if code in self._desk.codes:
            self._apply(code)
        else:
            self._say(tr("There is no code on {number} yet; the codes you use take the keys 1 to 9.", number=number))

    def apply_in_vivo(self) -> None:
        """The selected words become a code's name."""
        opened = self._desk.opened
        if opened is None:
            return
        start, end = self._view.selection()
        words = " ".join(opened.text.text[start:end].split()).replace(PATH_SEPARATOR, " – ")
        cut = words[:LONGEST_NAME].rsplit(" ", 1)[0] if len(words) > LONGEST_NAME else words
        name = cut.strip(" .,;:!?…") or cut
        self._apply(name if cut == words else f"{name}…")

    def _apply(self, code: str) -> bool:
        start, end = self._view.selection()
        if not code or start == end:
            self._say(tr("Select words first (T takes the whole turn)."))
            return False
        if not self._desk.apply(code, start, end):
            self._say(tr("You have coded these words so already."))
        return True

    def select_turn(self) -> None:
        self._view.select_turn()

    # --- the chosen coding -------------------------------------------------------------------------------------------

    def _chosen(self) -> str:
        chosen = self._view.chosen() or ""
        if not chosen:
            self._say(tr("Choose a coding first: Tab walks through them, or click one."))
        return chosen

    def _changeable(self) -> str:
        """The chosen coding; one of another coder only when it is asked for a second time."""
        chosen = self._chosen()
        coding = self._desk.codings.get(chosen)
        if coding is None or coding.coder == self._desk.looking.author or self._warned == chosen:
            return chosen
        self._warned = chosen
        self._say(tr("This is {coder}’s coding; do it again to change it all the same.", coder=coding.coder))
        return ""

    def recode(self) -> None:
        """The next code that is found or named is given to the chosen coding."""
        chosen = self._changeable()
        if chosen:
            self._recoding = chosen
            self._frame.show_review(False)
            self._frame.codebook.begin(recoding=True)
            self._say(tr("Find the code that it is to have instead; Enter gives it, Esc leaves it as it is."))

    def _end_recoding(self) -> None:
        """Another selection, or back in the text: codes that are found are for the selected words again."""
        if self._recoding:
            self._recoding = ""
            self._frame.codebook.finish()

    def uncode(self) -> None:
        chosen = self._changeable()
        if chosen:
            self._desk.remove([chosen])

    def weigh(self) -> None:
        if self._changeable():
            self._frame.show_review(False)
            self._frame.chosen.begin_weight()

    def write_memo(self) -> None:
        if self._chosen():
            self._frame.show_review(False)
            self._frame.chosen.begin_memo()

    def resize_coding(self, *, start: bool, by_word: bool, delta: int) -> None:
        """Moves an end of the chosen coding, by characters or words."""
        chosen = self._changeable()
        if chosen:
            grown = self._view.grow_start(by_word, delta) if start else self._view.grow_end(by_word, delta)
            if grown is not None:
                self._desk.resize(chosen, *grown)

    def resize_to(self, coding: str, start: int, end: int) -> None:
        """An end of the chosen coding was dragged."""
        if self._changeable() == coding:
            self._desk.resize(coding, start, end)

    def _weigh_chosen(self, weight: int) -> None:
        """The card says which coding is meant: another one may have been chosen meanwhile."""
        if self._frame.chosen.coding is not None:
            self._desk.weigh(self._frame.chosen.coding.id, None if weight < 0 else weight)

    def _memo_on_chosen(self, words: str) -> None:
        if self._frame.chosen.coding is not None:
            self.memo_written.emit(self._frame.chosen.coding.id, words)

    def memo_saved(self) -> None:
        self._frame.chosen.memo_saved()
        self.back_to_text()

    def _leave_chosen(self) -> None:
        self._view.choose(None)
        self.back_to_text()

    def let_go(self) -> bool:
        """One step back: the chosen coding, then the selection; false where there is nothing to let go."""
        start, end = self._view.selection()
        if self._view.chosen() is not None:
            self._view.choose(None)
        elif start < end:
            self._view.select(end, end)
        else:
            return False
        return True

    # --- bars --------------------------------------------------------------------------------------------------------

    def show_filter(self) -> None:
        self._frame.filter.begin()

    def find_text(self) -> None:
        self._frame.finder.begin(self._view.selection()[1])

    def find_next(self) -> None:
        finder = self._frame.finder
        if finder.isVisible() or finder.has_found:
            finder.next()
        else:
            self.find_text()

    def correct_text(self) -> None:
        self.correct_wanted.emit()

    def show_review(self) -> None:
        self.review_wanted.emit()

    def leave_bars(self) -> None:
        """Hides what stands above the text."""
        self._frame.filter.hide()
        self._frame.finder.hide()

    def _leave_filter(self) -> None:
        self._frame.filter.hide()
        self.back_to_text()

    def _leave_find(self) -> None:
        self._frame.finder.hide()
        self.back_to_text()

    def back_to_text(self) -> None:
        self._end_recoding()
        self._view.setFocus()

    def _say(self, words: str) -> None:
        self.said.emit(words)
