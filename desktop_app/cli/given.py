"""What people type, as values: texts, lists, confidences, a foresight's check. Wrong ones are wrong usage (exit 2)."""

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from desktop_app.model.entries import COMPARISONS, Check
from desktop_app.model.errors import Invalid

_CHECK = re.compile(r"(?P<series>.+?)\s*(?P<comparison>>=|<=|≥|≤|>|<|=)\s*(?P<value>\S+?\s*%?)\s+in\s+(?P<period>.+)")
_SIGNS = {"≥": ">=", "≤": "<="}


def whole(text: str) -> str:
    """The same text; raises :class:`Invalid` for one in another encoding, which has no whole characters to keep."""
    try:
        text.encode()
    except UnicodeEncodeError:
        shown = text.encode("utf-8", "backslashreplace").decode()
        raise Invalid(
            message=f"“{shown}” is not valid UTF-8; set the terminal to UTF-8 and type it again, or rename the file."
        ) from None
    return text


class Text(click.ParamType[str]):
    """A text that can be kept."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return whole(str(value))


class FilePath(click.ParamType[Path]):
    """A file or a folder, there or not; ``~`` is the home folder."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        return Path(whole(str(value))).expanduser()


TEXT = Text()
PATH = FilePath()


class Confidence(click.ParamType[float]):
    """0.7 or 70%; the model says what is in bounds."""

    name = "confidence"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        try:
            found = number(str(value))
        except ValueError:
            found = -1.0
        if found < 0:
            self.fail(f"{value!r} is no confidence; write 0.7 or 70%.", param, ctx)
        return found


class CheckType(click.ParamType[Check]):
    """``SERIES >= 1200 in 2026-Q1``; an empty text takes the check away."""

    name = "check"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Check:
        if isinstance(value, Check):
            return value
        text = TEXT.convert(value, param, ctx).strip()
        if not text:
            return Check("", "=", 0.0, "")
        match = _CHECK.fullmatch(text)
        try:
            if match is None:
                raise ValueError(text)
            sign = _SIGNS.get(match["comparison"], match["comparison"])
            assert sign in COMPARISONS
            return Check(match["series"].strip(), sign, number(match["value"]), match["period"])
        except ValueError:
            self.fail(f"{text!r} is no check; write it like “Active users >= 1200 in 2026-Q1”.", param, ctx)


def number(text: str) -> float:
    """``1200``, ``1,200``, ``2.5%``; raises ``ValueError``."""
    clean = text.strip()
    percent = clean.endswith("%")
    clean = clean.rstrip("% ")
    if re.fullmatch(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?", clean):
        clean = clean.replace(",", "")
    value = float(clean)
    if value != value or abs(value) == float("inf"):
        raise ValueError(text)
    return value / 100 if percent else value


def several(values: Sequence[str]) -> tuple[str, ...] | None:
    """A repeatable option's values, commas separating too; ``None`` where it was not given, ``()`` for ``""``."""
    if not values:
        return None
    return tuple(part for value in values for part in value.split(",") if part.strip())


def body(text: str | None) -> str | None:
    """The text itself, or standard input for ``-``."""
    if text != "-":
        return text
    if sys.stdin is None:
        raise Invalid(message="Standard input is closed; give the text itself instead of “-”.")
    data = sys.stdin.buffer.read()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        where = data[: error.start].count(b"\n") + 1
        raise Invalid(
            message=f"Standard input is not UTF-8 (line {where}); convert it first, nothing was written."
        ) from None
