"""Plain text and Markdown: the text exactly as in the file, but for the byte order mark and the ends of its lines."""

import re

from desktop_app.exchange.decoding import marked_encoding
from desktop_app.exchange.documents.errors import EmptyDocument, NotText
from desktop_app.exchange.documents.paragraphs import Source, title_of

_SAMPLE = 262_144
_CONTROL = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_REPLACED = "\ufffd"


def read_plain(name: str, data: bytes, kind: str = "txt") -> Source:
    """A text file, line by line; empty lines are kept. ``kind`` is ``txt`` or ``md``, which stays Markdown source."""
    text, notices = decode(name, data)
    return Source(title_of(name), tuple(text.split("\n")), kind, notices)


def decode(name: str, data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a file with LF newlines, and what there is to say about its encoding.

    The byte order mark counts, else UTF-8, else what charset-normalizer finds likeliest, with a notice that names it. A
    text that is UTF-8 but for a few broken bytes is read as such: they show as U+FFFD. Raises :class:`NotText` where
    there are NUL characters or one in fifty is a control character, :class:`EmptyDocument` where there is no word.
    """
    encoding = marked_encoding(data) or "utf-8"
    notices: tuple[str, ...] = ()
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8" and b"\0" in data:
            raise NotText(file=name, at=data.index(b"\0")) from None
        text, notices = _decode_broken(data, encoding, error.start)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        raise NotText(file=name, at=data.find(b"\0"))
    if len(_CONTROL.findall(text)) * 50 > len(text):
        raise NotText(file=name, at=0)
    if not text.strip():
        raise EmptyDocument(file=name)
    return text, notices


def _decode_broken(data: bytes, encoding: str, at: int) -> tuple[str, tuple[str, ...]]:
    text = data.decode(encoding, "replace")
    broken = text.count(_REPLACED) - data.count(_REPLACED.encode())
    beyond_ascii = sum(map(len, re.findall(r"[^\x00-\x7f]+", text))) - broken
    if encoding != "utf-8" or at >= len(data) - 3 or broken * 10 <= beyond_ascii:
        places = "1 character is" if broken == 1 else f"{broken} characters are"
        return text, (f"{places} damaged in the file and shown as {_REPLACED}.",)
    guess = _likeliest(data, at)
    label = "Windows-1252" if guess == "cp1252" else guess
    notice = f"The file does not say its encoding; it was read as {label}. If letters look wrong, save it as UTF-8."
    return data.decode(guess, "replace"), (notice,)


def _likeliest(data: bytes, at: int) -> str:
    """Windows-1252 where it fits as well as any, since it is by far the commonest and short texts tell little."""
    from charset_normalizer import from_bytes

    start = data.rfind(b"\n", 0, at) + 1 if at > _SAMPLE // 2 else 0
    start = max(start, at - _SAMPLE // 2)
    found = from_bytes(data[start : start + _SAMPLE], cp_exclusion=["utf_7"])
    best = found.best()
    if best is None:
        return "cp1252"
    western = any("cp1252" in (one.encoding, *one.could_be_from_charset) and one.chaos <= best.chaos for one in found)
    return "cp1252" if western else best.encoding
