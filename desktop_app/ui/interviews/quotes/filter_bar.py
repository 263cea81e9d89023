"""One line in which everything can be asked for, with completion; what is asked for stands below it as chips."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.model.time import Occurred
from desktop_app.ui.i18n import tr
from desktop_app.ui.interviews.quotes.filtering import Choices, Kind, Part, kind_words, offers, time_part, with_part
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets import ChipRow, CompletionPopup, LinkButton, Offer

Understand = Callable[[str, Callable[[Occurred | None], None]], None]
"""Asks what a typed date means and hands on the answer, at once or later."""


class FilterBar(QWidget):
    """``changed()`` when something else is asked for; ``left_downwards()`` Down or Enter with nothing typed.

    ``kinds`` are what can be asked for; with ``understand`` times can be, too.
    """

    changed = Signal()
    left_downwards = Signal()

    def __init__(
        self,
        appearance: Appearance,
        hint: str,
        parent: QWidget,
        *,
        kinds: Sequence[Kind] = tuple(Kind),
        understand: Understand | None = None,
    ) -> None:
        super().__init__(parent)
        self._kinds = frozenset(kinds)
        self._understand = understand
        self._choices: list[Part] = []
        self._parts: tuple[Part, ...] = ()
        self._offered: dict[tuple[str, str], Part] = {}
        self.line = _Line(self)
        self.line.setProperty("role", "search")
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(hint)
        self.line.addAction(appearance.icon("filter", size=16), QLineEdit.ActionPosition.LeadingPosition)
        self.deep = QCheckBox(tr("with the codes below"), self)
        self.deep.setChecked(True)
        self.deep.hide()
        self.chips = ChipRow(appearance, self)
        self.everything = LinkButton(tr("Everything"), self)
        self.everything.setProperty("small", True)
        self.everything.hide()
        self._popup = CompletionPopup(appearance, self.line)
        self.row = QHBoxLayout()
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.row.setSpacing(12)
        self.row.addWidget(self.line, 1)
        column.addLayout(self.row)
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(self.chips, 1)
        below.addWidget(self.deep)
        below.addWidget(self.everything)
        self.chips.hide()
        column.addLayout(below)
        self._popup.wanted.connect(self._offer)
        self._popup.accepted.connect(self._accept)
        self.line.returnPressed.connect(self._take_best)
        self.line.left_downwards.connect(self._leave_or_ask)
        self.line.emptied.connect(self._drop_last)
        self.chips.chip_removed.connect(self._drop)
        self.deep.toggled.connect(lambda _: self.changed.emit())
        self.everything.clicked.connect(lambda: self.ask_for(()))

    # --- what is asked for -------------------------------------------------------------------------------------------

    def parts(self) -> tuple[Part, ...]:
        return self._parts

    def set_choices(self, choices: Choices) -> bool:
        """What there is; parts follow a new name. Returns whether one went because its code or document is gone."""
        self._choices = [part for part in choices.parts() if part.kind in self._kinds]
        known = {(part.kind, part.value): part for part in self._choices}
        followed = [
            known.get((part.kind, part.value)) if part.kind in (Kind.CODE, Kind.DOCUMENT) else part
            for part in self._parts
        ]
        gone = None in followed
        self._parts = tuple(part for part in followed if part is not None)
        self._draw()
        return gone

    def ask_for(self, parts: Sequence[Part]) -> None:
        """Asks for exactly these; ``changed`` tells of it where they are others."""
        before, self._parts = self._parts, tuple(parts)
        self._draw()
        if before != self._parts:
            self.changed.emit()

    def _draw(self) -> None:
        self.chips.set_texts([_chip_words(part) for part in self._parts])
        self.chips.setVisible(bool(self._parts))
        self.everything.setVisible(bool(self._parts))
        self.deep.setVisible(any(part.kind == Kind.CODE for part in self._parts))

    def _drop(self, number: int) -> None:
        self.ask_for([part for at, part in enumerate(self._parts) if at != number])
        self.line.setFocus()

    def _drop_last(self) -> None:
        self.ask_for(self._parts[:-1])

    # --- completion --------------------------------------------------------------------------------------------------

    def _offer(self, typed: str, position: int) -> None:
        found = offers(self._choices, typed, self._parts)
        self._put(found, typed, position)
        if self._understand is None or not typed.strip() or Kind.TIME not in self._kinds:
            return

        def answer(occurred: Occurred | None) -> None:
            if occurred is not None:
                self._put([*found[:5], time_part(occurred)], typed, position)

        self._understand(typed, answer)

    def _put(self, found: Sequence[Part], typed: str, position: int) -> None:
        if (typed, position) != self._popup.state():
            return  # an answer that comes late
        self._offered = {(part.label, kind_words(part.kind)): part for part in found}
        self._popup.offer([Offer(part.label, 0, len(typed), kind_words(part.kind)) for part in found], typed, position)

    def _accept(self, offer: Offer) -> None:
        part = self._offered.get((offer.text, offer.note))
        self.line.clear()
        if part is not None:
            self.ask_for(with_part(self._parts, part))

    def _take_best(self) -> None:
        found = offers(self._choices, self.line.text(), self._parts)
        if not self.line.text().strip():
            self.left_downwards.emit()
        elif found:
            self.line.clear()
            self.ask_for(with_part(self._parts, found[0]))

    def _leave_or_ask(self) -> None:
        if not self.line.text().strip():
            self.left_downwards.emit()
        else:
            self._popup.ask()

    def focus_line(self) -> None:
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()


class _Line(QLineEdit):
    """``left_downwards()`` on Down, ``emptied()`` on Backspace where there is nothing to take away."""

    left_downwards = Signal()
    emptied = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.left_downwards.emit()
        elif event.key() == Qt.Key.Key_Backspace and not self.text():
            self.emptied.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


def _chip_words(part: Part) -> str:
    if part.kind in (Kind.CODE, Kind.ATTRIBUTE):
        return part.label
    return f"{kind_words(part.kind)}: {part.label}"
