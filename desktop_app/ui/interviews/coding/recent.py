"""The codes on the keys 1 to 9. A code keeps its key while it is among them, so that fingers can learn it."""

from collections.abc import Iterable, Mapping

from desktop_app.model.coding import Coding

KEYS = 9


class RecentCodes:
    """``numbers`` gives the key of each code, 1 to 9."""

    def __init__(self) -> None:
        self._slots: list[str] = []
        self._used: list[str] = []

    @property
    def numbers(self) -> Mapping[str, int]:
        return {code: at for at, code in enumerate(self._slots, start=1)}

    def code(self, number: int) -> str:
        """The code on a key, or an empty string."""
        return self._slots[number - 1] if 0 < number <= len(self._slots) else ""

    def begin(self, codings: Iterable[Coding], author: str) -> None:
        """From what the author has coded last in the text that was opened, unless there are some already."""
        own = sorted((coding for coding in codings if coding.coder == author), key=lambda coding: coding.at)
        for coding in reversed(own):
            if len(self._slots) == KEYS:
                break
            if coding.code not in self._slots:
                self._slots.append(coding.code)
                self._used.insert(0, coding.code)

    def use(self, code: str) -> None:
        """A code was applied: it stays on its key, takes a free one, or that of the code not used for longest."""
        if code in self._used:
            self._used.remove(code)
        self._used.append(code)
        if code in self._slots:
            return
        if len(self._slots) < KEYS:
            self._slots.append(code)
        else:
            oldest = next(item for item in self._used if item in self._slots)
            self._slots[self._slots.index(oldest)] = code

    def keep(self, known: Iterable[str]) -> None:
        """Forgets codes that are not there any more."""
        there = set(known)
        self._slots = [code for code in self._slots if code in there]
        self._used = [code for code in self._used if code in there]
