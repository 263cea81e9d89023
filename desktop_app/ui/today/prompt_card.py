"""The question of the day: one quiet card, with one thing to do and two ways to be rid of it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.model.prompts import Prompt, PromptKind
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.widgets import Card, LinkButton, MutedLabel, TextLabel

_WHY = {
    PromptKind.BLIND_SPOT: "Nothing has been written here yet: {perspective}, {scale}.",
    PromptKind.QUESTION: "This question is open.",
    PromptKind.FORESIGHT: "Its time has come. Did it come true?",
    PromptKind.SILENCE: "Not talked with for {days}, longer than you two usually let pass.",
}
_STEP = {
    PromptKind.BLIND_SPOT: "Write one",
    PromptKind.QUESTION: "Look at the question",
    PromptKind.FORESIGHT: "Look at it",
    PromptKind.SILENCE: "Write what was said",
}


class PromptCard(Card):
    """``taken(Prompt)`` somebody follows it; ``put_away()`` not today; ``turned_off()`` never again."""

    taken = Signal(object)
    put_away = Signal()
    turned_off = Signal()

    def __init__(self, prompt: Prompt, parent: QWidget) -> None:
        super().__init__(parent, margin=14, spacing=4)
        self.prompt = prompt
        why = tr(
            _WHY[prompt.kind],
            perspective=prompt.perspective.short if prompt.perspective else "",
            scale=prompt.scale.short if prompt.scale else "",
            days=count_text(prompt.days, "{number} day", "{number} days"),
        )
        self.setAccessibleName(f"{prompt.words} {why}")
        self.body.addWidget(TextLabel(prompt.words, self, wrap=True))
        self.body.addWidget(MutedLabel(why, self, wrap=True))
        row = QHBoxLayout()
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(16)
        self.step = LinkButton(tr(_STEP[prompt.kind]), self)
        self.step.clicked.connect(lambda: self.taken.emit(self.prompt))
        self.later = LinkButton(tr("Not today"), self)
        self.later.clicked.connect(self.put_away)
        self.off = LinkButton(tr("Ask no more"), self)
        self.off.setToolTip(tr("Preferences turn it on again"))
        self.off.clicked.connect(self.turned_off)
        for button in (self.step, self.later, self.off):
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
