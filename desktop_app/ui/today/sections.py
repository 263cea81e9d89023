"""The parts of the page: a heading over something, cards in full height, and a foresight to resolve."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.model.entries import Result
from desktop_app.ui.i18n import tr
from desktop_app.ui.theme import SPACE_M, Appearance
from desktop_app.ui.today.lists import DueForesight, YearGroup
from desktop_app.ui.widgets import Card, CardStack, LinkButton, MutedLabel, SectionLabel, TextLabel

ANSWERS = ((Result.YES, "Yes"), (Result.PARTLY, "Partly"), (Result.NO, "No"))


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
    """A foresight whose time has come. ``resolved(id, result)``; ``opened(id)`` for a look, or for saying why."""

    resolved = Signal(str, str)
    opened = Signal(str)

    def __init__(self, due: DueForesight, parent: QWidget) -> None:
        super().__init__(parent, margin=14, spacing=4)
        self.due = due
        self.setAccessibleName(f"{due.heading}. {due.told}")
        heading = TextLabel(due.heading, self, wrap=True)
        self.body.addWidget(heading)
        self.body.addWidget(MutedLabel(due.told, self, wrap=True))
        row = QHBoxLayout()
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(SPACE_M)
        self.buttons = []
        for result, name in ANSWERS:
            button = QPushButton(tr(name), self)
            button.setAccessibleName(tr("{answer}: {heading}", answer=tr(name), heading=due.heading))
            button.clicked.connect(lambda _=False, result=result: self._resolve(result))
            row.addWidget(button)
            self.buttons.append(button)
        row.addStretch(1)
        self.open_button = LinkButton(tr("Open"), self)
        self.open_button.setAccessibleName(tr("Open: {heading}", heading=due.heading))
        self.open_button.clicked.connect(lambda: self.opened.emit(due.id))
        row.addWidget(self.open_button)
        self.body.addLayout(row)

    def _resolve(self, result: Result) -> None:
        """Once is enough: the card goes when the list is read again."""
        for button in self.buttons:
            button.setEnabled(False)
        self.resolved.emit(self.due.id, str(result))

    def set_answerable(self) -> None:
        for button in self.buttons:
            button.setEnabled(True)
