"""The codings of the text in front, ahead of the notebook by what has been asked for and not answered yet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from desktop_app.model.coding import Coding

PENDING = "pending:"
"""Before the id of a coding that the notebook does not know yet."""


@dataclass(slots=True)
class Difference:
    """What the view is to draw: codings that are new or other, and ids of those that are gone."""

    changed: list[Coding] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)


class ShownCodings:
    """``known`` is what the notebook has said, by id; :meth:`all` what is drawn.

    Every change is drawn when it is asked for (:meth:`put`, :meth:`alter`, :meth:`remove` return a token) and either
    taken back (:meth:`take_back`) or kept until the notebook's own answer is :meth:`reconcile`\\ d.
    """

    def __init__(self) -> None:
        self.known: dict[str, Coding] = {}
        self._drawn: dict[str, Coding] = {}
        self._asked: dict[int, frozenset[str]] = {}
        self._done: set[str] = set()
        self._number = 0

    def reset(self, codings: Iterable[Coding]) -> None:
        self.known = {coding.id: coding for coding in codings}
        self._drawn = dict(self.known)
        self._asked.clear()
        self._done.clear()

    def all(self) -> list[Coding]:
        return list(self._drawn.values())

    def get(self, coding: str) -> Coding | None:
        return self._drawn.get(coding)

    @property
    def waiting(self) -> bool:
        """Whether something was asked for and has not been answered."""
        return bool(self._asked)

    # --- asked for ---------------------------------------------------------------------------------------------------

    def put(self, coding: Coding) -> tuple[int, Difference]:
        """Draws a coding that is being applied, under an id of its own."""
        self._number += 1
        made = replace(coding, id=f"{PENDING}{self._number}")
        self._drawn[made.id] = made
        return self._ask([made.id]), Difference([made])

    def alter(self, codings: Sequence[Coding]) -> tuple[int, Difference]:
        """Draws codings with another code, range or weight."""
        for coding in codings:
            self._drawn[coding.id] = coding
        return self._ask([coding.id for coding in codings]), Difference(list(codings))

    def remove(self, ids: Sequence[str]) -> tuple[int, Difference]:
        gone = [item for item in ids if self._drawn.pop(item, None) is not None]
        return self._ask(gone), Difference(removed=gone)

    def _ask(self, ids: Iterable[str]) -> int:
        self._number += 1
        self._asked[self._number] = frozenset(ids)
        return self._number

    # --- answered ----------------------------------------------------------------------------------------------------

    def done(self, token: int) -> None:
        """The notebook has done it; what it made of it comes with the next reading."""
        self._done |= self._asked.pop(token, frozenset())

    def take_back(self, token: int) -> Difference:
        """The notebook has refused: as it was before."""
        difference = Difference()
        for item in self._asked.pop(token, frozenset()):
            if item in self.known:
                self._drawn[item] = self.known[item]
                difference.changed.append(self.known[item])
            elif self._drawn.pop(item, None) is not None:
                difference.removed.append(item)
        return difference

    def snapshot(self) -> Mapping[str, Coding]:
        """What the notebook has said so far, for comparing elsewhere."""
        return dict(self.known)

    def reconcile(self, changed: Iterable[Coding], removed: Iterable[str]) -> Difference:
        """Takes in what the notebook says now; what is still being asked for stays as it is drawn."""
        difference = Difference()
        asked = frozenset[str]().union(*self._asked.values())
        for coding in changed:
            self.known[coding.id] = coding
            if coding.id not in asked and self._drawn.get(coding.id) != coding:
                self._drawn[coding.id] = coding
                difference.changed.append(coding)
        for item in removed:
            self.known.pop(item, None)
            if item not in asked and self._drawn.pop(item, None) is not None:
                difference.removed.append(item)
        for item in self._done - asked:
            if item.startswith(PENDING) and self._drawn.pop(item, None) is not None:
                difference.removed.append(item)
            elif item in self.known and self._drawn.get(item) != self.known[item]:
                # What was drawn ahead turned out otherwise, or was taken back meanwhile.
                self._drawn[item] = self.known[item]
                difference.changed.append(self.known[item])
        self._done &= asked
        return difference
