"""What came of the files that were brought in, and what may be done next."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.model.exchange import Outcome
from desktop_app.ui.exchange.incoming.bringing import Merged
from desktop_app.ui.exchange.telling import counts_words, first_lines, short
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.theme import SPACE_M, Appearance
from desktop_app.ui.widgets import Card, MutedLabel, PrimaryButton, StrongLabel, TextLabel, TitleLabel, add_buttons


class DoneView(QWidget):
    """``undo_requested()`` of the last merge, ``conflicts_requested()``, ``more_requested()`` bring in others."""

    undo_requested = Signal()
    conflicts_requested = Signal()
    more_requested = Signal()

    def __init__(self, appearance: Appearance, merged: Sequence[Merged], parent: QWidget) -> None:
        super().__init__(parent)
        self.merged = tuple(merged)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        card = Card(self)
        card.setMaximumWidth(720)
        column.addWidget(card)
        column.addStretch(1)
        files = count_text(len(merged), "{number} notebook is merged", "{number} notebooks are merged")
        card.body.addWidget(TitleLabel(files, card, wrap=True))
        for one in merged:
            card.body.addSpacing(4)
            card.body.addWidget(StrongLabel(one.path.name, card, wrap=True))
            card.body.addWidget(TextLabel(counts_words(one.report.counts), card, wrap=True))
            for line in first_lines([f"! {short(loss.what)}: {short(loss.why)}" for loss in one.report.losses]):
                card.body.addWidget(MutedLabel(line, card, wrap=True))
        card.body.addSpacing(8)
        card.body.addLayout(self._verbs(card))

    def _verbs(self, card: Card) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        waiting = sum(one.report.counts[Outcome.CONFLICTING] for one in self.merged)
        self.settle_button = PrimaryButton(
            count_text(waiting, "Settle {number} conflict", "Settle {number} conflicts"), card
        )
        self.settle_button.setVisible(bool(waiting))
        self.undo_button = QPushButton(tr("Undo the last merge"), card)
        self.undo_button.setEnabled(self.merged[-1].change is not None)
        self.more_button = QPushButton(tr("Bring in another…"), card)
        add_buttons(row, ((self.settle_button, "Alt+2"), (self.undo_button, "Ctrl+Z"), (self.more_button, "I")))
        row.addStretch()
        self.settle_button.clicked.connect(self.conflicts_requested)
        self.undo_button.clicked.connect(self.undo_requested)
        self.more_button.clicked.connect(self.more_requested)
        return row

    def focus_first(self) -> None:
        (self.settle_button if self.settle_button.isVisibleTo(self) else self.more_button).setFocus()
