"""Who speaks in a document: a line for each, with the person they are, to be matched and renamed in place."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from desktop_app.text.tokens import fold
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.interviews.documents.reads import Speaker
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets import CompletionPopup, ElidedLabel, IconButton, MutedLabel, Offer

MOST_OFFERS = 8


class Speakers(QWidget):
    """``matched(speaker, person)`` a person's name, new or known, empty to take it back; ``renamed(speaker, name)``."""

    matched = Signal(str, str)
    renamed = Signal(str, str)

    def __init__(
        self, appearance: Appearance, speakers: Sequence[Speaker], people: Sequence[str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._people = tuple(people)
        self.lines: dict[str, QLineEdit] = {}
        self._names: dict[str, ElidedLabel] = {}
        self._renaming: QLineEdit | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(3, 3)
        for at, speaker in enumerate(speakers):
            self._add(at, speaker)

    def _add(self, at: int, speaker: Speaker) -> None:
        name = ElidedLabel(speaker.name, self)
        self._names[speaker.name] = name
        self._grid.addWidget(name, at, 0)
        rename = IconButton(self._appearance, "edit", tr("Rename {name}", name=speaker.name), self, size=14)
        rename.clicked.connect(lambda _=False, row=at, who=speaker.name: self._rename(row, who))
        self._grid.addWidget(rename, at, 1)
        self._grid.addWidget(MutedLabel(count_text(speaker.turns, "{number} turn", "{number} turns"), self), at, 2)
        line = QLineEdit(speaker.person, self)
        line.setPlaceholderText(tr("is which person?"))
        line.setAccessibleName(tr("Who {name} is", name=speaker.name))
        popup = CompletionPopup(self._appearance, line)
        popup.wanted.connect(lambda text, position: popup.offer(self._offers(text), text, position))
        popup.accepted.connect(lambda _offer, who=speaker, field=line: self._match(who, field))
        line.editingFinished.connect(lambda who=speaker, field=line: self._match(who, field))
        self.lines[speaker.name] = line
        self._grid.addWidget(line, at, 3)

    def _offers(self, text: str) -> list[Offer]:
        typed = fold(text).strip()
        found = [name for name in self._people if typed and typed in fold(name)]
        found.sort(key=lambda name: not fold(name).startswith(typed))
        offers = [Offer(name, 0, len(text)) for name in found[:MOST_OFFERS]]
        if typed and all(fold(name) != typed for name in self._people):
            offers.append(Offer(text.strip(), 0, len(text), note=tr("a new person")))
        return offers

    def _match(self, speaker: Speaker, field: QLineEdit) -> None:
        person = " ".join(field.text().split())
        if person != speaker.person and field.isModified():
            field.setModified(False)
            self.matched.emit(speaker.name, person)

    def _rename(self, row: int, speaker: str) -> None:
        """The name becomes a field in its place."""
        if self._renaming is not None:
            return
        field = self._renaming = _NameField(speaker, self)
        self._names[speaker].hide()
        self._grid.addWidget(field, row, 0)
        field.setFocus()
        field.selectAll()
        field.left.connect(lambda: self._end_rename(speaker))
        field.returnPressed.connect(lambda: self._take_name(speaker, field))

    def _take_name(self, speaker: str, field: QLineEdit) -> None:
        name = " ".join(field.text().split())
        self._end_rename(speaker)
        if name and name != speaker:
            self.renamed.emit(speaker, name)

    def _end_rename(self, speaker: str) -> None:
        if self._renaming is not None:
            self._renaming.hide()
            self._renaming.deleteLater()
            self._renaming = None
            self._names[speaker].show()


class _NameField(QLineEdit):
    """``left()`` on Escape."""

    left = Signal()

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(tr("Name of the speaker"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
