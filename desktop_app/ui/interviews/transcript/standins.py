"""Stand-ins: characters that a QTextDocument would change or drop, shown as others of the same width.

Qt begins a new paragraph at a carriage return, at U+2029 and at two noncharacters of its own; a text may hold them
inside a line. Each is shown as one character that the text does not use, so that positions stay and the way back is
certain.
"""

SPECIAL = "\r\u2029\ufdd0\ufdd1\ufffc\0\ufeff\ufffe"
"""What Qt splits at, what it takes for a picture, what ends a string elsewhere, and byte order marks: one that a text
begins with is lost on the way from Python to Qt, and every place would be one too far."""

_PRIVATE = range(0xE000, 0xF900)


class StandIns:
    """The way from a text to what is shown of it, and back."""

    def __init__(self, text: str) -> None:
        special = [character for character in SPECIAL if character in text]
        free = (chr(code) for code in _PRIVATE if chr(code) not in text) if special else iter(())
        pairs = list(zip(special, free, strict=False))
        self._there = {ord(character): stand_in for character, stand_in in pairs}
        self._back = {ord(stand_in): character for character, stand_in in pairs}

    def shown(self, text: str) -> str:
        """What Qt is given; as long as ``text`` in both counts."""
        return text.translate(self._there) if self._there else text

    def original(self, raw: str) -> str:
        """The text behind ``QTextDocument.toRawText()``: LF newlines, every other character as it was."""
        text = raw.replace("\u2029", "\n")
        return text.translate(self._back) if self._back else text

    def pasted(self, text: str) -> str:
        """Words from elsewhere, which may hold neither what is special nor a stand-in."""
        lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2029", "\n")
        return lines.translate({**dict.fromkeys(map(ord, SPECIAL)), **dict.fromkeys(self._back)})
