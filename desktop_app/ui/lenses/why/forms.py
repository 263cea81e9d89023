"""What is written at a place, in a few lines: a reason, a link to an entry, whom to ask, why nobody needs to."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from desktop_app.model.entries import Basis
from desktop_app.model.errors import KnownError
from desktop_app.model.queries import Hit
from desktop_app.model.time import describe
from desktop_app.ui.i18n import tr
from desktop_app.ui.ops import Operations
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets import CompletionPopup, FaintLabel, Form, InlineMessage, KeyHint, Offer, PrimaryButton

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook

KEEP_MILLISECONDS = 500
MOST = 8
BASES = (
    ("Told: a customer gave this reason", str(Basis.TOLD)),
    ("Observed: we saw it", str(Basis.OBSERVED)),
    ("Correlated: numbers moved together", str(Basis.CORRELATED)),
    ("Guessed", str(Basis.GUESSED)),
    ("Not said", ""),
)

Field = TypeVar("Field", QLineEdit, QPlainTextEdit, QComboBox)


class PlaceForm(Form):
    """``given(dict)`` on Ctrl+Enter, or on Enter in a line, ``left()`` on Esc, ``typed(dict)`` to be kept as the draft.

    Subclasses add their fields by :meth:`line`, :meth:`text` or :meth:`choice`, by the names of what they give.
    """

    given = Signal(dict)
    typed = Signal(dict)
    save_words = "Save"
    hint_words = "Ctrl+Enter saves · Esc leaves it as a draft"

    def __init__(self, appearance: Appearance, operations: Operations, draft: dict[str, Any], parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._operations = operations
        self._draft = draft
        self._is_given = False
        self.fields: dict[str, QLineEdit | QPlainTextEdit | QComboBox] = {}
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 4, 0, 4)
        self.grid.setHorizontalSpacing(12)
        self.grid.setVerticalSpacing(8)
        self.grid.setColumnStretch(1, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_MILLISECONDS)
        self._timer.timeout.connect(lambda: self.typed.emit(self.values()))
        self.message = InlineMessage(appearance, self)
        self.save_button = PrimaryButton(tr(self.save_words), self)
        self.save_button.clicked.connect(self.save)
        self.build()
        self.grid.addWidget(self.message, self.grid.rowCount(), 0, 1, 2)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.save_button)
        row.addWidget(KeyHint(tr(self.hint_words), self), 1)
        self.grid.addLayout(row, self.grid.rowCount(), 0, 1, 2)

    def build(self) -> None:
        raise NotImplementedError

    # --- fields ------------------------------------------------------------------------------------------------------

    def line(self, name: str, words: str, hint: str = "", text: str = "") -> QLineEdit:
        made = QLineEdit(str(self._draft.get(name, text)), self)
        made.setPlaceholderText(hint)
        made.textChanged.connect(lambda _: self._timer.start())
        made.returnPressed.connect(self.save)
        return self._add(name, words, made)

    def text(self, name: str, words: str, hint: str) -> QPlainTextEdit:
        made = QPlainTextEdit(str(self._draft.get(name, "")), self)
        made.setPlaceholderText(hint)
        made.setTabChangesFocus(True)
        made.setFixedHeight(84)
        made.textChanged.connect(self._timer.start)
        return self._add(name, words, made)

    def choice(self, name: str, words: str, choices: Sequence[tuple[str, str]], chosen: str) -> QComboBox:
        made = QComboBox(self)
        for said, value in choices:
            made.addItem(tr(said), value)
        made.setCurrentIndex(max(made.findData(self._draft.get(name, chosen)), 0))
        made.currentIndexChanged.connect(lambda _: self._timer.start())
        return self._add(name, words, made)

    def _add(self, name: str, words: str, made: Field) -> Field:
        row = self.grid.rowCount()
        self.grid.addWidget(FaintLabel(words, self), row, 0, Qt.AlignmentFlag.AlignTop)
        self.grid.addWidget(made, row, 1)
        made.setAccessibleName(words)
        self.fields[name] = made
        return made

    def complete_people(self, line: QLineEdit) -> None:
        """Offers the names of people while one is typed."""

        def offer(names: Sequence[str], text: str, position: int) -> None:
            wanted = text.strip().casefold()
            found = [name for name in names if wanted and wanted in name.casefold() and name != text][:MOST]
            popup.offer([Offer(name, 0, len(text)) for name in found], text, position)

        def ask(text: str, position: int) -> None:
            self._operations.read(
                tr("Complete a name"),
                lambda notebook: notebook.people.names(),
                lambda names: offer(names, text, position),
                key="lenses.why.people",
            )

        popup = CompletionPopup(self._appearance, line, preselect=False)
        popup.wanted.connect(ask)

    # --- giving ------------------------------------------------------------------------------------------------------

    def values(self) -> dict[str, str]:
        """What is typed, by the names of the fields."""
        return {name: _value(field) for name, field in self.fields.items()}

    def save(self) -> None:
        self.give(self.values())

    def give(self, values: dict[str, str]) -> None:
        """Once is enough, however often the key is pressed, until it is refused."""
        self._timer.stop()
        if not self._is_given:
            self._is_given = True
            self.given.emit(values)

    def leave(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self.typed.emit(self.values())
        super().leave()

    def hideEvent(self, event: object) -> None:
        """What was typed in the last half second is kept when another thing is shown in its place."""
        if self._timer.isActive():
            self._timer.stop()
            self.typed.emit(self.values())

    def show_error(self, error: KnownError) -> None:
        self._is_given = False
        self.message.say_error(error)

    def focus_first(self) -> None:
        next(iter(self.fields.values())).setFocus(Qt.FocusReason.ShortcutFocusReason)


class ReasonForm(PlaceForm):
    """Gives ``text``, ``basis`` and ``speaker``."""

    save_words = "Save the reason"

    def build(self) -> None:
        self.text("text", tr("Reason"), tr("Why did it change? What they said, what you saw, what you suspect"))
        self.choice("basis", tr("Known by"), BASES, str(Basis.GUESSED))
        self.complete_people(self.line("speaker", tr("Who said so"), tr("a name, or nobody")))


class QuestionForm(PlaceForm):
    """Gives ``text`` and ``whom``."""

    save_words = "Note the question"

    def __init__(
        self, appearance: Appearance, operations: Operations, draft: dict[str, Any], asks: str, parent: QWidget
    ) -> None:
        self._asks = asks
        super().__init__(appearance, operations, draft, parent)

    def build(self) -> None:
        whom = self.line("whom", tr("Whom to ask"), tr("a name, or nobody yet"))
        self.complete_people(whom)
        self.line("text", tr("Question"), text=self._asks)


class DismissForm(PlaceForm):
    """Gives ``note``."""

    save_words = "Dismiss"

    def build(self) -> None:
        self.line("note", tr("Nobody needs to ask"), tr("why not, if it needs saying; Enter dismisses"))


class LinkForm(PlaceForm):
    """Gives ``entry``, the id of one that was found by typing; nothing of it is a draft."""

    save_words = "Link"
    hint_words = "Enter takes what is found · Esc leaves"

    def build(self) -> None:
        self._found: dict[Offer, str] = {}
        line = self.line("typed", tr("Entry"), tr("words of the entry that says why"))
        line.returnPressed.disconnect()
        self.popup = CompletionPopup(self._appearance, line)
        self.popup.wanted.connect(self._look)
        self.popup.accepted.connect(self._take)
        self.save_button.hide()

    def _look(self, text: str, position: int) -> None:
        typed = text.strip()
        if not typed:
            self.popup.offer([], text, position)
            return
        self._operations.read(
            tr("Find what to link"),
            lambda notebook: find_entries(notebook, typed),
            lambda found: self._offer(found, text, position),
            key="lenses.why.link",
        )

    def _offer(self, found: Sequence[Hit], text: str, position: int) -> None:
        self._found = {}
        for hit in found:
            note = " · ".join(part for part in (tr(hit.kind), describe(hit.occurred)) if part)
            offer = Offer(hit.title or hit.snippet, 0, len(text), note)
            # Two entries of the same words and day are told apart by their ids.
            self._found[replace(offer, note=f"{note} · {hit.id[:8]}") if offer in self._found else offer] = hit.id
        self.popup.offer(list(self._found), text, position)

    def _take(self, offer: Offer) -> None:
        if item := self._found.get(offer):
            self.give({"entry": item})

    def save(self) -> None:
        """Only an entry that was found can be linked."""

    def leave(self) -> None:
        self._timer.stop()
        super().leave()


def find_entries(notebook: "Notebook", typed: str) -> list[Hit]:
    """Entries that match what is being typed."""
    words = f"{typed}*" if typed[-1:].isalnum() else typed
    try:
        return list(notebook.search.run(f"kind:note,quote,event,foresight {words}", limit=MOST).hits)
    except KnownError:
        return []  # half a query while typing: offers come with the next letter


def _value(field: QLineEdit | QPlainTextEdit | QComboBox) -> str:
    if isinstance(field, QComboBox):
        return str(field.currentData())
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()
