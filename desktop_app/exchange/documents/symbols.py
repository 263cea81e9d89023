"""Characters of the fonts Symbol and Wingdings that office programs write for typed signs, as Unicode."""

_PRIVATE = 0xF000
_SYMBOL = {0xAE: "→", 0xAC: "←", 0xAB: "↔", 0xB1: "±", 0xA3: "≤", 0xB3: "≥", 0xB9: "≠", 0xB4: "×", 0xB7: "•", 0xB0: "°"}
_WINGDINGS = {
    0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0xE0: "→", 0xDF: "←", 0xE8: "→", 0xF3: "⇔", 0xFC: "✓", 0xFB: "✗", 0xFE: "☑",
    0xA7: "▪", 0x6C: "●", 0x6E: "■", 0xA8: "◻", 0x6F: "□", 0x9F: "•",
}  # fmt: skip


def symbol(font: str, code: int) -> str:
    """The character ``code`` of ``font``; one that is in no table keeps its place in the private use area.

    Office programs shift the codes of such fonts to U+F000 and above; both ways of counting are taken.
    """
    place = code - _PRIVATE if _PRIVATE <= code <= _PRIVATE + 0xFF else code
    table = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}.get(font.strip().casefold())
    if table is not None and place <= 0xFF:
        if place in table:
            return table[place]
        return chr(place) if table is _SYMBOL and 0x20 <= place < 0x40 else chr(_PRIVATE + place)
    return chr(code)
