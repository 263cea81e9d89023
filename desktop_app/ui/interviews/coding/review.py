"""Codings that a correction could not take along for certain: what they quoted, what they quote now, one at a time."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.model.coding import PATH_SEPARATOR, Waiting
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets import IconButton, KeyHint, MutedLabel, PrimaryButton, SectionLabel, StrongLabel, TextLabel


class ReviewPanel(QWidget):
    """``confirmed(id)`` it is where it belongs, ``placed(id)`` it belongs to the selected words, ``removed(id)``,
    ``pointed(id)`` it is looked at, ``left()``.
    """

    confirmed = Signal(str)
    placed = Signal(str)
    removed = Signal(str)
    pointed = Signal(str)
    left = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Codings that wait for you"))
        self._waiting: tuple[Waiting, ...] = ()
        self._at = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        self.heading = StrongLabel("", self)
        head.addWidget(self.heading, 1)
        for icon, words, key, step in (
            ("chevron-up", tr("The one before"), "K", self.previous),
            ("chevron-down", tr("The next one"), "J", self.next),
            ("close", tr("Back to the codebook"), "Esc", self.left.emit),
        ):
            button = IconButton(appearance, icon, words, self, shortcut=key, size=16)
            button.clicked.connect(lambda _=False, step=step: step())
            head.addWidget(button)
        column.addLayout(head)
        column.addWidget(
            MutedLabel(
                tr("The words under these codings were changed. Look whether each still says what its code means."),
                self,
                wrap=True,
            )
        )
        self.path = StrongLabel("", self, wrap=True)
        column.addWidget(self.path)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        sheet = QWidget(area)
        sheet.setProperty("role", "page")
        sheet.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        quotes = QVBoxLayout(sheet)
        quotes.setContentsMargins(0, 0, 0, 0)
        quotes.addWidget(SectionLabel(tr("Before"), sheet))
        self.before = self._quote(quotes)
        quotes.addWidget(SectionLabel(tr("Now"), sheet))
        self.now = self._quote(quotes)
        quotes.addStretch(1)
        area.setWidget(sheet)
        column.addWidget(area, 1)
        self.confirm_button = PrimaryButton(tr("It is right there"), self)
        self.confirm_button.clicked.connect(self.confirm)
        self.place_button = QPushButton(tr("Put it on the selected words"), self)
        self.place_button.clicked.connect(self.place)
        self.remove_button = QPushButton(tr("Remove it"), self)
        self.remove_button.clicked.connect(self.remove)
        for verb in (self.confirm_button, self.place_button, self.remove_button):
            column.addWidget(verb)
        hint = KeyHint(tr("Enter right · S selected words · Del remove · J K walk"), self)
        hint.setWordWrap(True)
        column.addWidget(hint)

    def _quote(self, column: QVBoxLayout) -> TextLabel:
        frame = QFrame(self)
        frame.setProperty("role", "message")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(10, 8, 10, 8)
        label = TextLabel("", frame, wrap=True)
        inside.addWidget(label)
        column.addWidget(frame)
        return label

    # --- what is shown -----------------------------------------------------------------------------------------------

    def show_waiting(self, waiting: Sequence[Waiting]) -> None:
        """The list anew; the one that was looked at stays, or else the one that took its place."""
        current, point = self.current, False
        ids = [one.coding.id for one in waiting]
        if current is not None and current.coding.id in ids:
            self._at = ids.index(current.coding.id)
        else:
            # Settled: the next one is looked at, in the text too.
            point = current is not None and self.isVisible()
        self._waiting = tuple(waiting)
        self._at = min(self._at, max(len(waiting) - 1, 0))
        self._show(point=point)

    @property
    def current(self) -> Waiting | None:
        return self._waiting[self._at] if self._waiting else None

    @property
    def count(self) -> int:
        return len(self._waiting)

    def _show(self, *, point: bool) -> None:
        one = self.current
        for button in (self.confirm_button, self.place_button, self.remove_button):
            button.setEnabled(one is not None)
        if one is None:
            self.heading.setText(tr("Nothing waits any more"))
            for label in (self.path, self.before, self.now):
                label.setText("")
            return
        total = count_text(self.count, "{number} waits for you", "{number} wait for you")
        self.heading.setText(tr("{at} of {total}", at=self._at + 1, total=total) if self.count > 1 else total)
        self.path.setText(PATH_SEPARATOR.join(one.path))
        self.before.setText(_in_context(one.old.before, one.old.quote, one.old.after))
        self.now.setText(_in_context(one.before, one.text, one.after) if one.text else tr("The words are gone."))
        self.confirm_button.setEnabled(bool(one.text))
        if point:
            self.pointed.emit(one.coding.id)

    def begin(self) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._show(point=True)

    def next(self) -> None:
        self._walk(+1)

    def previous(self) -> None:
        self._walk(-1)

    def _walk(self, by: int) -> None:
        if self._waiting:
            self._at = (self._at + by) % len(self._waiting)
            self._show(point=True)

    # --- settling ----------------------------------------------------------------------------------------------------

    def confirm(self) -> None:
        if self.current is not None and self.current.text:
            self.confirmed.emit(self.current.coding.id)

    def place(self) -> None:
        if self.current is not None:
            self.placed.emit(self.current.coding.id)

    def remove(self) -> None:
        if self.current is not None:
            self.removed.emit(self.current.coding.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        verbs = {
            Qt.Key.Key_Return: self.confirm,
            Qt.Key.Key_Enter: self.confirm,
            Qt.Key.Key_S: self.place,
            Qt.Key.Key_Delete: self.remove,
            Qt.Key.Key_Backspace: self.remove,
            Qt.Key.Key_J: self.next,
            Qt.Key.Key_Down: self.next,
            Qt.Key.Key_K: self.previous,
            Qt.Key.Key_Up: self.previous,
            Qt.Key.Key_Escape: self.left.emit,
        }
        verb = verbs.get(Qt.Key(event.key()))
        if verb is not None and not event.modifiers():
            verb()
        else:
            super().keyPressEvent(event)


def _in_context(before: str, quote: str, after: str) -> str:
    return f"{'… ' if before else ''}{before}[{quote}]{after}{' …' if after else ''}"
