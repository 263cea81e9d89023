"""Correcting the text of the coding page, and settling what a correction left to a person: the parts it takes."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.model.coding import Waiting
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.interviews.coding.correction import Correction
from desktop_app.ui.interviews.coding.desk import CodingDesk
from desktop_app.ui.interviews.coding.frame import CodingFrame
from desktop_app.ui.interviews.coding.reads import Opened, correction_surface, read_waiting
from desktop_app.ui.ops import Operations

if TYPE_CHECKING:
    from desktop_app.services.coded import Corrected


class Amending(QObject):
    """``ended()`` a correction was saved or left: the text is to be opened anew; ``pointed(id)`` a coding is looked at;
    ``entry_wanted(id)`` an entry is to be edited where entries are; ``said(str)`` why nothing was done.
    """

    ended = Signal()
    pointed = Signal(str)
    entry_wanted = Signal(str)
    said = Signal(str)

    def __init__(self, operations: Operations, frame: CodingFrame, desk: CodingDesk, page: QWidget) -> None:
        super().__init__(page)
        self._operations = operations
        self._frame = frame
        self._desk = desk
        self._told_waiting = False
        self.correction = Correction(operations, frame.view, page)
        correction, review, bar = self.correction, frame.review, frame.correction
        bar.save_wanted.connect(correction.save)
        bar.leave_wanted.connect(correction.leave)
        correction.saved.connect(self._tell_saved)
        correction.refused.connect(frame.message.say_error)
        correction.ended.connect(self._end)
        review.confirmed.connect(desk.confirm)
        review.removed.connect(lambda coding: desk.remove([coding]))
        review.placed.connect(self._place)
        review.pointed.connect(self.pointed)
        review.left.connect(self.leave_review)

    @property
    def running(self) -> bool:
        """Whether the text is being corrected."""
        return self.correction.running

    # --- correcting --------------------------------------------------------------------------------------------------

    def correct(self) -> None:
        """Makes the text editable; what was begun before and not saved comes back."""
        opened = self._desk.opened
        if opened is None or self.running:
            return
        if opened.document is None:
            self.entry_wanted.emit(opened.text.id)
            return
        surface = correction_surface(opened.text.id)
        self._operations.read(
            tr("Read a draft"), lambda notebook: notebook.drafts.load(surface), self._begin, key="coding.draft"
        )

    def _begin(self, draft: dict[str, Any] | None) -> None:
        opened = self._desk.opened
        if opened is None or self.running:
            return
        kept = (str(draft["text"]), str(draft["version"])) if draft else None
        self._frame.filter.hide()
        self._frame.finder.hide()
        self._frame.message.dismiss()
        self._show_bar(True)
        self.correction.begin(replace(opened, draft=kept))

    def _show_bar(self, on: bool) -> None:
        self._frame.correction.setVisible(on)
        self._frame.side.setEnabled(not on)

    def put_aside(self) -> None:
        """Another text, or a newer state of this one, comes: what was typed is kept as a draft."""
        self.correction.suspend()
        self._show_bar(False)

    def tell_of_draft(self, opened: Opened) -> None:
        """Says that corrections of this text were begun and not saved, where there are some."""
        if opened.draft is None:
            return
        text, version = opened.draft
        if version == opened.text.version:
            words = tr("Corrections of this text that were not saved are kept.")
            self._frame.message.say(words, action=tr("Go on with them"), on_action=self.correct)
        else:
            words = tr("Corrections were begun on an older version of this text and not saved; they can be copied.")
            self._frame.message.say(words, "warning", details=text)

    def _tell_saved(self, done: "Corrected") -> None:
        one, many = "{number} coding moved with its words", "{number} codings moved with their words"
        moved = count_text(done.moved, one, many)
        self._told_waiting = bool(done.waiting)
        if done.waiting:
            waits = count_text(len(done.waiting), "{number} waits for you", "{number} wait for you")
            self._frame.message.say(
                f"{moved}, {waits}.", "warning", action=tr("Look at them"), on_action=self.show_review
            )
        elif self._desk.looking.blind:
            # How many moved would tell how many the others have.
            self._frame.message.say(tr("The text is saved."))
        else:
            self._frame.message.say(tr("The text is saved. {moved}.", moved=moved))

    def _end(self) -> None:
        self._show_bar(False)
        self.ended.emit()
        self._frame.view.setFocus()

    # --- what waits --------------------------------------------------------------------------------------------------

    def show_review(self) -> None:
        """The list of codings that a correction left to a person."""
        if self._frame.review.count and not self.running:
            self._frame.show_review(True)
            self._frame.review.begin()

    def read_waiting(self) -> None:
        """Asks which codings of the text in front wait."""
        if self._desk.opened is not None:
            target = self._desk.opened.text.id
            self._operations.read(
                tr("Read what waits"),
                lambda notebook: (target, read_waiting(notebook, target)),
                self._show_waiting,
                key="coding.waiting",
            )

    def _show_waiting(self, answer: tuple[str, tuple[Waiting, ...]]) -> None:
        target, waiting = answer
        if self._desk.opened is None or target != self._desk.opened.text.id:
            return
        seen = [one for one in waiting if self._desk.looking.sees_coder(one.coding.coder)]
        self._frame.review.show_waiting(seen)
        if not seen and self._told_waiting:
            self._told_waiting = False
            self._frame.message.dismiss()
        words = count_text(len(seen), "{number} waits for you", "{number} wait for you")
        self._frame.head.show_link(self._frame.head.review, words if seen else "")
        if not seen and self._frame.reviewing:
            self.leave_review()

    def _place(self, coding: str) -> None:
        start, end = self._frame.view.selection()
        if start < end:
            self._desk.resize(coding, start, end)
        else:
            self.said.emit(tr("Select the words it belongs to in the text first."))

    def leave_review(self) -> None:
        self._frame.show_review(False)
        self._frame.view.setFocus()
