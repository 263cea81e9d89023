"""A theme as data: colours by role, read from a TOML file that names every role."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache

from PySide6.QtGui import QColor

from desktop_app.config.resources import resource_path


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours by role, as ``#RRGGBB``; ``perspectives`` by perspective id. See the comments in the theme files."""

    name: str
    dark: bool
    ground: str
    side: str
    surface: str
    line: str
    line_strong: str
    hover: str
    side_hover: str
    text: str
    muted: str
    muted_strong: str
    faint: str
    disabled: str
    accent: str
    accent_hover: str
    accent_ground: str
    on_accent: str
    ratio: str
    highlight: str
    match: str
    warning: str
    warning_ground: str
    error: str
    error_ground: str
    selection: str
    selection_text: str
    focus: str
    perspectives: Mapping[str, str]

    def color(self, role: str, opacity: float = 1.0) -> QColor:
        """A role's colour for painting; ``AttributeError`` for a role that does not exist."""
        return _with_opacity(QColor(str(getattr(self, role))), opacity)

    def perspective_color(self, perspective: str, opacity: float = 1.0) -> QColor:
        """The colour of a perspective; the muted one for none and for terms that are not built in."""
        return _with_opacity(QColor(self.perspectives.get(perspective, self.muted)), opacity)


ROLES = tuple(item.name for item in fields(Theme) if item.name not in ("name", "dark", "perspectives"))


def _with_opacity(color: QColor, opacity: float) -> QColor:
    color.setAlphaF(opacity)
    return color


@cache
def load_theme(name: str) -> Theme:
    """The theme in ``resources/themes/<name>.toml``; ``ValueError`` where a role is missing or unknown."""
    document = tomllib.loads(resource_path("themes", f"{name}.toml").read_text(encoding="utf-8"))
    roles = document["roles"]
    wrong = set(ROLES) ^ set(roles)
    if wrong:
        raise ValueError(f"the theme {name} has missing or unknown roles: {', '.join(sorted(wrong))}")
    return Theme(name=document["name"], dark=document["dark"], perspectives=document["perspectives"], **roles)


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours as WCAG 2.2 defines it, from 1 to 21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    shares = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
