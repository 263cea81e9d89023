"""Looking for the question of the day, showing it, and following it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.model.errors import KnownError
from desktop_app.model.prompts import Prompt, PromptKind
from desktop_app.ui.i18n import tr
from desktop_app.ui.ops import ChangeOp, ReadOp
from desktop_app.ui.today.prompt_card import PromptCard
from desktop_app.ui.today.sections import Section
from desktop_app.ui.widgets import ScreenContext

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook

SETTING = "prompt"
AFTER_MILLISECONDS = 800
"""It waits until the page is up and the foresights that are due have been looked for: it loads the lenses."""


class AskingSection(Section):
    """One card, or nothing at all. Requests go up as those of a screen do."""

    open_entry_requested = Signal(str)
    open_place_requested = Signal(str, str, int)
    capture_requested = Signal(str, str)
    focus_left = Signal()
    """The card that had the focus is gone."""

    def __init__(self, context: ScreenContext, parent: QWidget) -> None:
        super().__init__(tr("A question for today"), parent)
        self._operations, self._settings = context.operations, context.settings
        self.card: PromptCard | None = None
        self._wanted = self._settings.flag(SETTING)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AFTER_MILLISECONDS)
        self._timer.timeout.connect(self._read)
        self.hide()

    def look(self, entries: int) -> None:
        """Looks in a moment, where it is wanted and there is anything to ask about."""
        self._wanted = self._settings.flag(SETTING)
        if entries and self._wanted:
            self._timer.start()
        else:
            self._timer.stop()
            self._show(None)

    @property
    def is_turned(self) -> bool:
        """Whether Preferences have turned it on or off since it last looked."""
        return self._settings.flag(SETTING) != self._wanted

    def _read(self) -> None:
        self._operations.submit(
            ReadOp(
                tr("Look for the question of the day"),
                lambda notebook: notebook.prompts.today(),
                self._show,
                self._failed,
                key="today:prompt",
            )
        )

    def _failed(self, error: KnownError) -> None:
        """The search index cannot be asked: the window tells about that itself, and the page does without."""
        self._show(None)

    def _show(self, prompt: Prompt | None) -> None:
        prompt = prompt if self._wanted else None
        if self.card is not None and prompt == self.card.prompt:
            return
        focused = QApplication.focusWidget()
        had_focus = self.card is not None and focused is not None and self.card.isAncestorOf(focused)
        if self.card is not None:
            self.card.hide()
            self.card.deleteLater()
            self.card = None
        self.setVisible(prompt is not None)
        if had_focus:
            self.focus_left.emit()
        if prompt is not None:
            self.card = PromptCard(prompt, self)
            self.card.taken.connect(self._follow)
            self.card.put_away.connect(self._put_away)
            self.card.turned_off.connect(self._turn_off)
            self.body.addWidget(self.card)

    def _follow(self, prompt: Prompt) -> None:
        if prompt.kind == PromptKind.FORESIGHT:
            self.open_entry_requested.emit(prompt.item)
        elif prompt.kind == PromptKind.QUESTION:
            self.open_place_requested.emit("question", prompt.item, -1)
        elif prompt.kind == PromptKind.SILENCE:
            self.capture_requested.emit(f"@[{prompt.words}] ", tr("What was said with {name}?", name=prompt.words))
        elif prompt.perspective is not None and prompt.scale is not None:
            self.capture_requested.emit(f"^{prompt.perspective.id} ~{prompt.scale.id} ", prompt.words)

    def _put_away(self) -> None:
        def call(notebook: "Notebook") -> None:
            notebook.prompts.put_away()

        self._operations.submit(ChangeOp(tr("Put the question away"), call))
        self._show(None)

    def _turn_off(self) -> None:
        self._wanted = False
        self._settings.set(SETTING, False)
        self._settings.save()
        self._show(None)
