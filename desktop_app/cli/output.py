"""Printing: JSON, aligned tables, marks on a terminal, notes and progress on standard error.

Standard output holds what was asked for and nothing else. Colour and progress are for terminals only.
"""

import json
import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper

import click

Progress = Callable[[float, str], None]

BAR = 24

_STEERING = re.compile(r"\x1b(?!\[(?:[012]|32)m)|[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f\u202d\u202e]")
"""Control characters that are neither a tab, nor a line break, nor our own marks, and those that turn a text round so
that it reads as another."""


def make_streams_utf8() -> None:
    """UTF-8 whatever the locale or the code page is; what cannot be encoded (half a file name) is shown escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def json_text(data: object) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False))


def line(text: str = "") -> None:
    """Text and a line break; marks are left out where it is not a terminal, and a text cannot steer one."""
    click.echo(_STEERING.sub("\ufffd", text))


def flush() -> None:
    sys.stdout.flush()


def note(sentence: str) -> None:
    """Something to know that is no result: one line on standard error."""
    click.echo(_STEERING.sub("\ufffd", f"terrain: {' '.join(sentence.split())}"), err=True)


def _no_colour() -> bool:
    return bool(os.environ.get("NO_COLOR"))


def strong(text: str) -> str:
    return text if _no_colour() else click.style(text, bold=True)


def faint(text: str) -> str:
    return text if _no_colour() else click.style(text, dim=True)


def marked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """``text`` with its stretches ``[start, end)`` set off, as search results show what was found."""
    parts, at = [], 0
    for start, end in spans:
        parts += [text[at:start], click.style(text[start:end], bold=True, fg=None if _no_colour() else "green")]
        at = end
    return "".join([*parts, text[at:]])


# --- tables ----


def width(text: str) -> int:
    """Columns that a text takes on a terminal: wide characters two, combining ones none."""
    plain = click.unstyle(text)
    if plain.isascii():
        return len(plain)
    return sum(
        0
        if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}
        else 1 + (unicodedata.east_asian_width(character) in "WF")
        for character in plain
    )


def shortened(text: str, columns: int) -> str:
    """At most so many columns of a text on one line, with an ellipsis where something is left out."""
    clean = " ".join(text.split())
    if width(clean) <= columns:
        return clean
    taken = 0
    for place, character in enumerate(clean):
        taken += width(character)
        if taken > columns - 1:
            return clean[:place].rstrip() + "…"
    return clean


def terminal_width() -> int:
    """Columns of the terminal, within what is pleasant to read; wide where the output goes elsewhere."""
    if not sys.stdout.isatty():
        return 200
    return max(60, min(shutil.get_terminal_size().columns, 140))


def table(
    rows: Sequence[Sequence[str]], head: Sequence[str] = (), *, right: Sequence[int] = (), indent: str = ""
) -> None:
    """Rows in aligned columns; ``right`` names columns of figures; the last one is cut where the line would break."""
    # A name with a line break in it would read as a row more.
    everything = [tuple(" ".join(text.splitlines()) for text in row) for row in ([head, *rows] if head else rows)]
    if not rows:
        return
    columns = [max(width(row[place]) for row in everything) for place in range(len(everything[0]))]
    room = terminal_width() - len(indent) - sum(columns[:-1]) - 2 * (len(columns) - 1)
    for number, row in enumerate(everything):
        cells = [_cell(text, columns[place], place in right) for place, text in enumerate(row[:-1])]
        last = row[-1] if width(row[-1]) <= max(room, 16) else shortened(row[-1], max(room, 16))
        cells.append(_cell(last, columns[-1], True) if len(row) - 1 in right else last)
        text = (indent + "  ".join(cells)).rstrip()
        line(faint(text) if head and number == 0 else text)


def _cell(text: str, columns: int, right: bool) -> str:
    room = " " * (columns - width(text))
    return room + text if right else text + room


# --- progress ----


def _silent(part: float, text: str = "") -> None:
    """Tells nobody."""


@contextmanager
def progress() -> Iterator[Progress]:
    """A bar on standard error while long work goes on, if that is a terminal; it leaves no trace."""
    if not sys.stderr.isatty():
        yield _silent
        return
    shown = ""

    def tell(part: float, text: str = "") -> None:
        nonlocal shown
        done = round(min(max(part, 0.0), 1.0) * BAR)
        words = _STEERING.sub("\ufffd", shortened(text, 44))
        now = f"{'█' * done}{'░' * (BAR - done)} {part:4.0%}  {words}"
        if now != shown:
            shown = now
            click.echo(f"\r\x1b[2K{now}", err=True, nl=False)

    try:
        yield tell
    finally:
        if shown:
            click.echo("\r\x1b[2K", err=True, nl=False)
