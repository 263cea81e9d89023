"""Confidences as a query asks for them: one of them, or all from one to another, both included."""

import re
from decimal import Decimal

_NUMBER = r"((?:\d{1,20}(?:\.\d{0,30})?|\.\d{1,30})(?:e-\d{1,3})?)( ?%)?"
_ONE = re.compile(_NUMBER)
_RANGE = re.compile(rf"(?:{_NUMBER})?\.\.(?:{_NUMBER})?")
_LOOSE = re.compile(rf"(?:{_NUMBER})? ?(?:-|–|—|…|\.\.\.| to | \.\. ?|\.\. ) ?(?:{_NUMBER})?")


class NoConfidence(ValueError):
    """A text that is no confidence: the message says why, ``instead`` is the nearest that is one, or empty."""

    def __init__(self, why: str, instead: str = "") -> None:
        super().__init__(why)
        self.instead = instead


def confidence(typed: str) -> str:
    """The canonical form: ``0.7`` for ``70%``, ``0.6..0.8`` for ``60%..0.8``, ``0.9..`` for ``90%..``.

    Raises :class:`NoConfidence`.
    """
    text = typed.strip().lower()
    if one := _ONE.fullmatch(text):
        return _stretch(*_shares(typed, (one[1], one[2]), (one[1], one[2])))
    found = _RANGE.fullmatch(text) or _LOOSE.fullmatch(text)
    if found is None or not (found[1] or found[3]):
        raise NoConfidence(f"“{typed}” is no confidence; write it like 0.7, 70% or 0.6..0.8.")
    low, high = _shares(typed, (found[1], found[2]), (found[3], found[4]))
    if _RANGE.fullmatch(text) is None:
        raise NoConfidence(f"“{typed}” is no confidence; write two dots between the ends.", _stretch(low, high))
    if low is not None and high is not None and low > high:
        raise NoConfidence(f"“{typed}” ends before it begins; write the smaller one first.", _stretch(high, low))
    return _stretch(low, high)


def bounds(canonical: str) -> tuple[float, float]:
    """The least and the greatest confidence that a canonical one means, both included."""
    low, dots, high = canonical.partition("..")
    return float(low or 0), float((high or 1) if dots else low)


def _shares(typed: str, *sides: tuple[str | None, str | None]) -> list[float | None]:
    """Each side, a number and maybe a percent sign, as a fraction; ``None`` for one that is left open."""
    values = [Decimal(number) / (100 if percent else 1) if number else None for number, percent in sides]
    if any(value is not None and value > 1 for value in values):
        meant = [None if value is None else value / 100 for value in values]
        # 70 is a percentage that lacks its sign, 7 may be anything.
        is_near = not any(percent for _, percent in sides) and all(
            value is None or 10 <= value <= 100 for value in values
        )
        instead = _stretch(*(None if value is None else float(value) for value in meant)) if is_near else ""
        raise NoConfidence(f"A confidence lies between 0 and 1, and “{typed}” does not.", instead)
    return [None if value is None else float(value) for value in values]


def _stretch(low: float | None, high: float | None) -> str:
    if low is not None and low == high:
        return _printed(low)
    return "..".join("" if side is None else _printed(side) for side in (low, high))


def _printed(value: float) -> str:
    return repr(value).removesuffix(".0")
