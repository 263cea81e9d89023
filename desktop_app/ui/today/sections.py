"""The parts of the page: a heading over something, cards in full height, and a foresight to resolve."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.model.entries import Result
from desktop_app.ui.i18n import tr
from desktop_app.ui.theme import SPACE_M, Appearance
from desktop_app.ui.today.lists import DueForesight, YearGroup
from desktop_app.ui.widgets import Card, CardStack, LinkButton, MutedLabel, SectionLabel, TextLabel, add_shortcuts

BY_CHECK = "check"
ANSWERS: tuple[tuple[str, str, str], ...] = (
    (Result.YES, "Yes", "Y"),
    (Result.PARTLY, "Partly", "P"),
    (Result.NO, "No", "N"),
    (BY_CHECK, "As its check says", "C"),
)
"""What is answered, the words on the button, its key."""


class Section(QWidget):
    """A small heading over ``body``."""

    def __init__(self, heading: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(SPACE_M)
        self.body.addWidget(SectionLabel(heading, self))


class YearSection(QWidget):
    """One earlier year's cards."""

    def __init__(self, appearance: Appearance, group: YearGroup, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_M)
        column.addWidget(MutedLabel(group.heading, self))
        self.stack = CardStack(appearance, group.heading, self)
        self.stack.show_cards(group.cards)
        column.addWidget(self.stack)


class DueCard(Card):
    """A foresight whose time has come. ``resolved(id, result)``, :data:`BY_CHECK` where its check is taken;
    ``opened(id)`` for a look, or for saying why. Y, P, N and C answer while the focus is in the card."""

    resolved = Signal(str, str)
    opened = Signal(str)

    def __init__(self, due: DueForesight, parent: QWidget) -> None:
        super().__init__(parent, margin=14, spacing=4)
        self.due = due
        self.setAccessibleName(f"{due.heading}. {due.told}")
        heading = TextLabel(due.heading, self, wrap=True)
        self.body.addWidget(heading)
        for words in filter(None, (due.told, due.check)):
            self.body.addWidget(MutedLabel(words, self, wrap=True))
        row = QHBoxLayout()
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(SPACE_M)
        self.buttons: list[QPushButton] = []
        for result, name, keys in ANSWERS:
            if result != BY_CHECK or due.decided:
                self._add_answer(row, result, tr(name), keys)
        row.addStretch(1)
        self.open_button = LinkButton(tr("Open"), self)
        self.open_button.setAccessibleName(tr("Open: {heading}", heading=due.heading))
        self.open_button.clicked.connect(lambda: self.opened.emit(due.id))
        row.addWidget(self.open_button)
        self.body.addLayout(row)

    def _add_answer(self, row: QHBoxLayout, result: str, name: str, keys: str) -> None:
        button = QPushButton(name, self)
        button.setAccessibleName(tr("{answer}: {heading}", answer=name, heading=self.due.heading))
        button.setToolTip(f"{name}  {keys}")
        button.clicked.connect(lambda: self._resolve(result))
        add_shortcuts(self, [(keys, button.click)])
        row.addWidget(button)
        self.buttons.append(button)

    def _resolve(self, result: str) -> None:
        """Once is enough: the card goes when the list is read again."""
        for button in self.buttons:
            button.setEnabled(False)
        self.resolved.emit(self.due.id, result)

    def set_answerable(self) -> None:
        for button in self.buttons:
            button.setEnabled(True)
