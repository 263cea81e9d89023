"""How Terrain looks: role-named colours, type sizes, spacing, icons and the seven marks.

Colours come from ``resources/themes/*.toml`` and are named by role everywhere; no other room writes a colour. Refuses
to know any screen.
"""

from desktop_app.ui.theme.appearance import Appearance
from desktop_app.ui.theme.marks import mark_path, paint_mark
from desktop_app.ui.theme.spacing import CORNER, GRID, READING_WIDTH_CHARACTERS, SPACE_L, SPACE_M, SPACE_S, SPACE_XL
from desktop_app.ui.theme.themes import Theme, load_theme
from desktop_app.ui.theme.type_sizes import TypeSizes

__all__ = [
    "CORNER",
    "GRID",
    "READING_WIDTH_CHARACTERS",
    "SPACE_L",
    "SPACE_M",
    "SPACE_S",
    "SPACE_XL",
    "Appearance",
    "Theme",
    "TypeSizes",
    "load_theme",
    "mark_path",
    "paint_mark",
]
