"""What a copy would hold: the counts, what stays here and why, and every replacement that is made in it."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop_app.model.redaction import RedactionPreview, Replacement
from desktop_app.ui.exchange.outgoing.suspicions import Suspicion, suspicions_of
from desktop_app.ui.exchange.telling import kinds_words, left_out_words
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.theme import SPACE_M, Appearance
from desktop_app.ui.widgets import (
    FaintLabel,
    HeadingLabel,
    IconButton,
    LinkButton,
    MutedLabel,
    SectionLabel,
    SmallLink,
    StrongLabel,
    TextLabel,
)
from desktop_app.ui.widgets.sizes import size_text

if TYPE_CHECKING:
    from desktop_app.ui.exchange.outgoing.copying import Previewed

KINDS_OF_SUSPECTS = {
    "name": "may be a name",
    "mail": "mail address",
    "phone": "telephone number",
    "account": "number of an account or card",
    "address": "address of a page",
    "handle": "name in a network",
}
MOST_REPLACED = 40
MOST_SUSPECTED = 25

SHORT = 12
"""Characters of a pseudonym that stay on one line."""


class CopyPreview(QWidget):
    """``hide_requested(text, by)`` replaces further words (empty ``by``: no longer), ``leave_requested(text)``."""

    hide_requested = Signal(str, str)
    leave_requested = Signal(str)

    def __init__(self, appearance: Appearance, previewed: "Previewed", left: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance, self.previewed, self._left = appearance, previewed, left
        self.suspects: list[_SuspectLine] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE_M)
        self._build_holds()
        redaction = previewed.preview.redaction
        if redaction is not None:
            self._build_replacements(redaction.replacements)
            self._build_hidden(previewed.choice.hide)
            self._build_suspects(redaction)
        self._column.addStretch(1)

    # --- what it holds -----------------------------------------------------------------------------------------------

    def _build_holds(self) -> None:
        preview = self.previewed.preview
        self._column.addWidget(HeadingLabel(tr("The copy holds"), self))
        size = tr("About {size}.", size=size_text(preview.size))
        holds = kinds_words(preview.items)
        self.holds = TextLabel(f"{holds}. {size}" if holds else tr("Nothing at all."), self, wrap=True)
        self._column.addWidget(self.holds)
        self._build_consent()
        if preview.left_out:
            self._column.addSpacing(4)
            self._column.addWidget(SectionLabel(tr("What stays here"), self))
            for one in preview.left_out:
                self._column.addWidget(MutedLabel(left_out_words(one), self, wrap=True))

    def _build_consent(self) -> None:
        """What consent keeps here, or lets go without its speaker."""
        redaction = self.previewed.preview.redaction
        if redaction is None or not redaction.anonymous:
            return
        anonymous = count_text(
            redaction.anonymous,
            "{number} entry goes without its speaker, who wants to stay unnamed.",
            "{number} entries go without their speakers, who want to stay unnamed.",
        )
        self._column.addWidget(MutedLabel(anonymous, self, wrap=True))

    # --- replacements ------------------------------------------------------------------------------------------------

    def _build_replacements(self, replacements: Sequence[Replacement]) -> None:
        self._column.addSpacing(8)
        number = count_text(len(replacements), "{number} name is replaced", "{number} names are replaced")
        number = number if replacements else tr("Nobody is named in it")
        self._column.addWidget(HeadingLabel(number, self, wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for column, share in enumerate((3, 3, 5)):
            grid.setColumnStretch(column, share)
        self._column.addLayout(grid)
        self._fill(grid, replacements[:MOST_REPLACED])
        rest = replacements[MOST_REPLACED:]
        if rest:
            more = LinkButton(count_text(len(rest), "{number} more name", "{number} more names"), self)
            more.setProperty("small", True)

            def unfold() -> None:
                more.hide()
                self._fill(grid, rest)

            more.clicked.connect(unfold)
            self._column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _fill(self, grid: QGridLayout, replacements: Sequence[Replacement]) -> None:
        for one in replacements:
            row = grid.rowCount()
            times = count_text(one.count, "{number} time", "{number} times") if one.count else tr("not found")
            where = ", ".join([times, *(tr(place) for place in one.where)])
            if one.shared:
                shared = ", ".join(one.shared)
                where += tr("; others are called {words} too: where that stands alone, look yourself", words=shared)
            grid.addWidget(TextLabel(one.name, self, wrap=True), row, 0, Qt.AlignmentFlag.AlignTop)
            becomes = f"→\N{NO-BREAK SPACE}{_on_one_line(one.pseudonym)}"
            grid.addWidget(StrongLabel(becomes, self, wrap=True), row, 1, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(MutedLabel(where, self, wrap=True), row, 2, Qt.AlignmentFlag.AlignTop)

    def _build_hidden(self, hide: Mapping[str, str]) -> None:
        if not hide:
            return
        self._column.addSpacing(4)
        self._column.addWidget(SectionLabel(tr("Further words that you replace"), self))
        for text, by in hide.items():
            row = QHBoxLayout()
            row.addWidget(TextLabel(f"{text} → {by}", self, wrap=True), 1)
            back = IconButton(self._appearance, "close", tr("Leave “{text}” after all", text=text), self, size=14)
            back.clicked.connect(lambda _=False, text=text: self.hide_requested.emit(text, ""))
            row.addWidget(back)
            self._column.addLayout(row)

    # --- what may still be a name ------------------------------------------------------------------------------------

    def _build_suspects(self, redaction: RedactionPreview) -> None:
        found = suspicions_of(redaction.suspects, self._left, self.previewed.choice.hide)
        self._column.addSpacing(8)
        if not found:
            told = tr("Nothing else in it looks like a name, an address or a number.")
            self._column.addWidget(MutedLabel(told, self, wrap=True))
            return
        number = count_text(len(found), "{number} more to look at", "{number} more to look at")
        self._column.addWidget(HeadingLabel(number, self, wrap=True))
        told = tr(
            "These words may still say who somebody is. Type what is to stand there instead and press Enter, or leave "
            "them. What you do not decide stays as it is."
        )
        self._column.addWidget(MutedLabel(told, self, wrap=True))
        self._add_suspects(found[:MOST_SUSPECTED])
        rest = found[MOST_SUSPECTED:]
        if rest:
            self._column.addWidget(FaintLabel(count_text(len(rest), "and {number} more", "and {number} more"), self))

    def _add_suspects(self, found: Sequence[Suspicion]) -> None:
        for one in found:
            line = _SuspectLine(self._appearance, one, self)
            line.replaced.connect(self.hide_requested)
            line.left.connect(self.leave_requested)
            self.suspects.append(line)
            self._column.addWidget(line)

    def state(self) -> "State":
        """What was typed and not decided yet, and at which line the focus is."""
        typed = {line.suspicion.text: line.by.text() for line in self.suspects if line.by.text()}
        at = next((at for at, line in enumerate(self.suspects) if line.isAncestorOf(self.focusWidget())), -1)
        return typed, at

    def resume(self, state: "State") -> None:
        """Goes on where an earlier preview was: after a decision the next line has the focus."""
        typed, at = state
        for line in self.suspects:
            line.by.setText(typed.get(line.suspicion.text, ""))
        if at >= 0 and self.suspects:
            self.suspects[min(at, len(self.suspects) - 1)].by.setFocus()


State = tuple[Mapping[str, str], int]


class _SuspectLine(QWidget):
    """``replaced(text, by)``, ``left(text)``."""

    replaced = Signal(str, str)
    left = Signal(str)

    def __init__(self, appearance: Appearance, suspicion: Suspicion, parent: QWidget) -> None:
        super().__init__(parent)
        self.suspicion = suspicion
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(4)
        times = f" · {count_text(suspicion.count, '{number} time', '{number} times')}" if suspicion.count > 1 else ""
        kind = FaintLabel(f"{tr(KINDS_OF_SUSPECTS.get(suspicion.kind, suspicion.kind))}{times}", self)
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        row.addWidget(StrongLabel(suspicion.text, self, wrap=True), 1)
        row.addWidget(kind)
        column.addLayout(row)
        column.addWidget(MutedLabel(suspicion.context, self, wrap=True))
        verbs = QHBoxLayout()
        verbs.setSpacing(4)
        self.by = QLineEdit(self)
        self.by.setPlaceholderText(tr("Replace by …"))
        self.by.setAccessibleName(tr("Replace “{text}” by", text=suspicion.text))
        self.by.returnPressed.connect(self._replace)
        self.replace_button = QPushButton(tr("Replace"), self)
        self.replace_button.clicked.connect(self._replace)
        self.leave_link = SmallLink(appearance, tr("Leave it"), self)
        self.leave_link.clicked.connect(lambda: self.left.emit(suspicion.text))
        verbs.addWidget(self.by, 1)
        verbs.addWidget(self.replace_button)
        verbs.addWidget(self.leave_link)
        column.addLayout(verbs)

    def _replace(self) -> None:
        self.replaced.emit(self.suspicion.text, self.by.text().strip() or tr("[left out]"))


def _on_one_line(pseudonym: str) -> str:
    """A short one, such as “Person 12”, is not parted."""
    return pseudonym.replace(" ", "\N{NO-BREAK SPACE}") if len(pseudonym) <= SHORT else pseudonym
