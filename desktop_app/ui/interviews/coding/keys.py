"""What keys do while the focus is in the text.

With words selected, letters find a code, so that "select, three letters, Enter" codes; the verbs on letters are then
had with Shift. Without a selection the letters are the verbs.
"""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent


class Coder(Protocol):
    """What the keys ask for; the coding page does it."""

    def has_selection(self) -> bool: ...
    def find_code(self, typed: str = "") -> None: ...
    def apply_recent(self, number: int) -> None: ...
    def apply_in_vivo(self) -> None: ...
    def select_turn(self) -> None: ...
    def recode(self) -> None: ...
    def weigh(self) -> None: ...
    def write_memo(self) -> None: ...
    def correct_text(self) -> None: ...
    def show_filter(self) -> None: ...
    def find_next(self) -> None: ...
    def uncode(self) -> None: ...
    def show_review(self) -> None: ...
    def resize_coding(self, *, start: bool, by_word: bool, delta: int) -> None: ...
    def let_go(self) -> bool: ...


class CodingKeys(QObject):
    """An event filter on the text. ``resting`` says whether the keys belong to an editor for now."""

    def __init__(self, coder: Coder, resting: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._coder = coder
        self._resting = resting
        self._verbs: dict[str, Callable[[], None]] = {
            "i": coder.apply_in_vivo,
            "t": coder.select_turn,
            "r": coder.recode,
            "w": coder.weigh,
            "m": coder.write_memo,
            "e": coder.correct_text,
            "f": coder.show_filter,
            "n": coder.find_next,
            "v": coder.show_review,
        }
        self._resizes: dict[str, Callable[[], None]] = {
            "[": lambda: coder.resize_coding(start=True, by_word=True, delta=-1),
            "{": lambda: coder.resize_coding(start=True, by_word=True, delta=1),
            "]": lambda: coder.resize_coding(start=False, by_word=True, delta=1),
            "}": lambda: coder.resize_coding(start=False, by_word=True, delta=-1),
        }

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or self._resting():
            return False
        return self._key(event)

    def _key(self, event: QKeyEvent) -> bool:
        key, modifiers = event.key(), event.modifiers()
        plain = not modifiers & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if self._resize_by_arrow(event):
            return True
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and plain:
            self._coder.uncode()
            return True
        if key == Qt.Key.Key_Escape:
            return self._coder.let_go()
        if key == Qt.Key.Key_F3:
            self._coder.find_next()
            return True
        typed = event.text()
        # Brackets and the slash need AltGr or Shift on many keyboards; what they give is what counts.
        if typed in self._resizes:
            self._resizes[typed]()
            return True
        if typed == "/":
            self._coder.find_code()
            return True
        return plain and self._type(typed, shift=bool(modifiers & Qt.KeyboardModifier.ShiftModifier))

    def _resize_by_arrow(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None or not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return False
        start = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._coder.resize_coding(start=start, by_word=False, delta=step)
        return True

    def _type(self, typed: str, *, shift: bool) -> bool:
        if not typed.isprintable() or not typed.strip():
            return False
        if typed in "123456789":
            self._coder.apply_recent(int(typed))
            return True
        verb = self._verbs.get(typed.casefold())
        if verb is not None and (shift or not self._coder.has_selection()):
            verb()
            return True
        if self._coder.has_selection():
            self._coder.find_code(typed)
            return True
        return False
