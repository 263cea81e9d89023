"""Colours of codes on a theme: tints on which the text stays readable, and marks that stand out from the surface."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from desktop_app.model.coding import Code, Coding
from desktop_app.ui.theme import Theme
from desktop_app.ui.theme.themes import contrast

TINT = 0.24
CHOSEN = 0.42
FADED = 0.07
READABLE = 4.5
"""The least contrast of text, and"""
VISIBLE = 3.0
"""of marks, as WCAG 2.2 AA has them."""


def mixed(below: str, above: str, share: float) -> str:
    """``share`` (0–1) of one ``#rrggbb`` over another."""
    pairs = ((int(below[at : at + 2], 16), int(above[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(low + (high - low) * share):02X}" for low, high in pairs)


@lru_cache(maxsize=4096)
def _tint(ground: str, text: str, layers: tuple[tuple[str, float], ...]) -> str:
    found = ground
    for colour, share in layers:
        step = share
        while (layer := mixed(found, colour, step)) and contrast(text, layer) < READABLE and step > 0.01:
            step *= 0.85
        found = layer if contrast(text, layer) >= READABLE else found
    return found


def tint(theme: Theme, *layers: tuple[str, float]) -> str:
    """The ground under text that is coded with these colours, each with its share, the lowest first."""
    return _tint(theme.surface, theme.text, layers)


@lru_cache(maxsize=4096)
def _mark(ground: str, text: str, colour: str) -> str:
    share = 0.0
    while contrast(ground, found := mixed(colour, text, share)) < VISIBLE and share < 1:
        share += 0.1
    return found


def mark(theme: Theme, colour: str) -> str:
    """The colour of a stripe or a line: the code's, moved towards the text's as far as it takes to be seen."""
    return _mark(theme.surface, theme.text, colour)


@dataclass(frozen=True, slots=True)
class Ink:
    """What decides on the colours of codings: the theme, the codes by id, the chosen coding and the filter."""

    theme: Theme
    codes: Mapping[str, Code]
    chosen: str | None = None
    wanted: Callable[[Coding], bool] | None = None

    def faded(self, coding: Coding) -> bool:
        return self.wanted is not None and not self.wanted(coding)

    def colour(self, coding: Coding) -> str:
        """The code's; the muted one for a code that nobody knows any more."""
        code = self.codes.get(coding.code)
        return code.colour if code else self.theme.muted

    def mark(self, coding: Coding) -> str:
        return mark(self.theme, self.colour(coding))

    def layer(self, coding: Coding) -> tuple[str, float]:
        """The colour of a coding's tint and its share."""
        share = CHOSEN if coding.id == self.chosen else FADED if self.faded(coding) else TINT
        return self.colour(coding), share
