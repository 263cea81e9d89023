"""Whose codings and which are seen: a filter as data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from desktop_app.model.coding import Code, Coding


@dataclass(frozen=True, slots=True)
class Looking:
    """What is looked at. Empty sets bar nothing; ``hidden`` are coders who are not shown.

    ``blind``: nothing of the others is shown at all, not even counts. ``codes`` count with all below them.
    """

    author: str = ""
    blind: bool = False
    hidden: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    speakers: frozenset[str] = frozenset()

    @property
    def is_plain(self) -> bool:
        """Whether everything is seen."""
        return not (self.blind or self.hidden or self.codes or self.speakers)

    def sees_coder(self, coder: str) -> bool:
        return coder == self.author if self.blind else coder not in self.hidden

    def shown(self, codes: Mapping[str, Code]) -> Callable[[Coding], bool] | None:
        """Which codings are seen; ``None`` for all. Speakers are the view's: it knows the turns."""
        if not (self.blind or self.hidden or self.codes):
            return None
        wanted = self._with_below(codes) if self.codes else None
        return lambda coding: self.sees_coder(coding.coder) and (wanted is None or coding.code in wanted)

    def _with_below(self, codes: Mapping[str, Code]) -> frozenset[str]:
        paths = [codes[item].path for item in self.codes if item in codes]
        return frozenset(code.id for code in codes.values() if any(code.path[: len(path)] == path for path in paths))

    def toggled_code(self, code: str) -> "Looking":
        return replace(self, codes=self.codes ^ {code})
