"""The command palette: every action of the table, filtered as you type."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop_app.ui.i18n import tr
from desktop_app.ui.shell.actions import ACTIONS, Action, shown_key
from desktop_app.ui.shell.chooser import Choice, Chooser
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets.fuzzy import score


class Palette(Chooser):
    """``run(action)`` is called for the chosen one."""

    def __init__(self, appearance: Appearance, window: QWidget, run: Callable[[Action], None]) -> None:
        super().__init__(appearance, tr("What do you want to do?"), window)
        self._run = run
        self.typed.connect(self._filter)

    def _filter(self, text: str) -> None:
        scored = [(score(text, f"{tr(action.text)} {tr(action.section)}"), action) for action in ACTIONS]
        found = [(points, action) for points, action in scored if points and action.id != "go.palette"]
        if text.strip():
            found.sort(key=lambda pair: -pair[0])
        self.set_choices([self._choice(action) for _, action in found])

    def _choice(self, action: Action) -> Choice:
        return Choice(tr(action.text), shown_key(action), lambda: self._run(action), icon=action.icon)
