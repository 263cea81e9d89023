"""The open notebook's title, language and file."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop_app.model.errors import KnownError
from desktop_app.ui.i18n import tr
from desktop_app.ui.preferences.reads import NotebookFacts, language_name
from desktop_app.ui.theme import SPACE_M, SPACE_S, Appearance
from desktop_app.ui.widgets import ElidedLabel, HairLine, InlineMessage, MutedLabel
from desktop_app.ui.widgets.labels import TextLabel


class NotebookForm(QWidget):
    """``rename_wanted(title)`` when the title was changed and left."""

    rename_wanted = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._title = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_M)
        column.addWidget(TextLabel(tr("Title"), self))
        self.line = QLineEdit(self)
        self.line.setAccessibleName(tr("Title of the notebook"))
        self.line.editingFinished.connect(self._finished)
        column.addWidget(self.line)
        self.path = ElidedLabel("", self, role="muted")
        column.addWidget(self.path)
        self.message = InlineMessage(appearance, self)
        column.addWidget(self.message)
        column.addSpacing(SPACE_S)
        column.addWidget(HairLine(self))
        column.addSpacing(SPACE_S)
        self.language = TextLabel("", self)
        column.addWidget(self.language)
        why = tr(
            "Search finds other forms of a word by it. It was chosen when the notebook was made and stays, so that "
            "the same search finds the same things on every computer the notebook comes to."
        )
        column.addWidget(MutedLabel(why, self, wrap=True))

    def show_facts(self, facts: NotebookFacts) -> None:
        """A title that is being typed is left alone."""
        if facts.title != self._title or not self.line.isModified():
            self._title = facts.title
            self.line.setText(facts.title)
        self.path.set_text(str(facts.path))
        self.language.setText(tr("Language: {name}", name=language_name(facts.language)))

    def show_error(self, error: KnownError) -> None:
        self.message.say_error(error)

    def _finished(self) -> None:
        title = " ".join(self.line.text().split())
        if title != self._title:
            self.message.dismiss()
            self.line.setModified(False)
            self.rename_wanted.emit(title)
