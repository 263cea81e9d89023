"""One memo, written: title, words, what it is about. What is typed is kept twice a second."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desktop_app.model.errors import KnownError
from desktop_app.model.memos import About, MemoFields
from desktop_app.ui.i18n import tr
from desktop_app.ui.interviews.memos.reads import about_words
from desktop_app.ui.theme import SPACE_M, Appearance
from desktop_app.ui.widgets import ChipRow, Form, InlineMessage, KeyHint, PrimaryButton

KEEP_MILLISECONDS = 500


class MemoForm(Form):
    """``saved(MemoFields)`` on Ctrl+Enter, ``left()`` on Esc, ``typed(dict)`` to be kept as the draft."""

    saved = Signal(object)
    typed = Signal(dict)

    def __init__(
        self,
        appearance: Appearance,
        fields: MemoFields,
        names: Sequence[str],
        draft: dict[str, Any] | None,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._before = fields
        self._about = list(zip(fields.about, names, strict=True))
        self.title = QLineEdit(fields.title, self)
        self.body = QPlainTextEdit(fields.body, self)
        self.chips = ChipRow(appearance, self)
        self.message = InlineMessage(appearance, self)
        self.save_button = PrimaryButton(tr("Save"), self)
        if draft is not None:
            self._take(draft)
        self._build()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_MILLISECONDS)
        self._timer.timeout.connect(lambda: self.typed.emit(self.values()))
        self.title.textChanged.connect(lambda _: self._timer.start())
        self.body.textChanged.connect(self._timer.start)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_M)
        self.title.setPlaceholderText(tr("Title, if it needs one"))
        self.title.setAccessibleName(tr("Title"))
        self.body.setPlaceholderText(tr("What you noticed, suspect, want to look at again…"))
        self.body.setAccessibleName(tr("Memo"))
        self.body.setTabChangesFocus(True)
        self.body.setMinimumHeight(200)
        column.addWidget(self.title)
        self._draw_chips()
        self.chips.chip_removed.connect(self._drop)
        column.addWidget(self.chips)
        column.addWidget(self.body, 1)
        column.addWidget(self.message)
        row = QHBoxLayout()
        row.addWidget(self.save_button)
        row.addWidget(KeyHint(tr("Ctrl+Enter saves · Esc leaves it as a draft"), self), 1)
        column.addLayout(row)
        self.save_button.clicked.connect(self.save)

    def _draw_chips(self) -> None:
        self.chips.set_texts([about_words(about, name) for about, name in self._about])

    def _drop(self, at: int) -> None:
        del self._about[at]
        self._draw_chips()
        self.body.setFocus()
        self._timer.start()

    def _take(self, draft: dict[str, Any]) -> None:
        self.title.setText(str(draft.get("title", "")))
        self.body.setPlainText(str(draft.get("body", "")))
        self._about = [(About(kind, item), name) for kind, item, name in draft.get("about", ())] or self._about

    def values(self) -> dict[str, Any]:
        """What is typed, as a draft keeps it; empty where nothing differs from what was there."""
        if self.fields() == self._before or not (self.title.text().strip() or self.body.toPlainText().strip()):
            return {}
        about = [[thing.kind, thing.id, name] for thing, name in self._about]
        return {"title": self.title.text(), "body": self.body.toPlainText(), "about": about}

    def fields(self) -> MemoFields:
        return MemoFields(
            self.body.toPlainText(),
            self.title.text(),
            tuple(about for about, _ in self._about),
            self._before.settles,
        )

    def stop_keeping(self) -> None:
        self._timer.stop()

    def save(self) -> None:
        self.stop_keeping()
        self.saved.emit(self.fields())

    def show_error(self, error: KnownError) -> None:
        self.message.say_error(error)

    def focus_first(self) -> None:
        self.body.setFocus(Qt.FocusReason.ShortcutFocusReason)
