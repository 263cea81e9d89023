"""Columns of text to columns of numbers. Which mark is the decimal one is decided for a whole file, never cell by
cell.

``1,234`` alone can be read in two ways. Any cell that can be read in one way only (``0,57``, ``24.657,70``,
``1,234,567``) decides for all; then a metric that counts whole things does; else the mark is guessed, and the guess
is told. Percentages become fractions, durations seconds, money keeps its currency. Refuses to read a cell it is not
sure of.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from desktop_app.exchange.metrics.names import is_whole

_SPACES = "\u0020\u00a0\u202f\u2009"  # space, no-break, narrow no-break, thin
_DECIDES = (
    r"(?<![\d.,])(?:\d*{d}(?:\d{{1,2}}|\d{{4,}})|0{d}\d{{3}}|\d{{4,}}{d}\d{{3}}|\d{{1,3}}(?:{t}\d{{2,3}})+{d}\d+"
    r"|\d{{1,3}}(?:{t}\d{{2,3}}){{2,}})(?![\d.,])"
)
_DOT = re.compile(_DECIDES.format(d=r"\.", t=","))
_COMMA = re.compile(_DECIDES.format(d=",", t=r"\."))
_TWO_DOTS = re.compile(r"\d\.\d\d\d?\.\d")
_TWO_COMMAS = re.compile(r"\d,\d\d\d?,\d")
_AMBIGUOUS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}[.,]\d{3}(?![\d.,])")

_NOT_PLAIN = re.compile(r"[^0-9.\n\-]")
_NOT_PLAIN_PERCENT = re.compile(r"[^0-9.%\n\-]")
_NOT_FIGURES = re.compile(r"[^0-9.,%\n\-]")
_FIGURE = re.compile(r"\d")
_DASHED = re.compile(r"[\d.]-|\d\.\d*\.\d")

_GROUPS = rf"\d{{{{1,3}}}}(?:[{{t}}'’{_SPACES}]\d{{{{2,3}}}})*[{{t}}'’{_SPACES}]\d{{{{3}}}}"
_NUMBER = {
    mark: re.compile(rf"(?:{_GROUPS.format(t=other)}|\d+)?(?:{re.escape(mark)}\d*)?(?:[eE][-+]?\d{{1,3}})?")
    for mark, other in ((".", ","), (",", r"\."))
}
_DURATION = re.compile(r"(-?)(?:(\d{1,4}):)?(\d{1,2}):([0-5]\d(?:[.,]\d+)?)")
_SPELT_DURATION = re.compile(
    r"(?:(\d+) ?h(?:rs?|ours?)?)? ?(?:(\d+) ?m(?:in(?:utes?)?)?)? ?(?:(\d+) ?s(?:ec(?:onds?)?)?)?", re.I
)
_BOUND = re.compile(r"[<>≤≥] ?\d+(?:[.,]\d+)? ?%?")
_LONGEST = 80
_NULLS = frozenset(
    {"", "-", "--", "–", "—", "n/a", "na", "nan", "null", "none", "k. a.", "k.a.", "s/o", "#n/a", "∞", "inf"}
)
_SIGNS = {
    "USD": "US$ $",
    "AUD": "A$ AU$",
    "CAD": "CA$ C$",
    "NZD": "NZ$",
    "HKD": "HK$",
    "SGD": "S$",
    "BRL": "R$",
    "MXN": "MX$",
    "TWD": "NT$",
    "CNY": "CN¥",
    "JPY": "JP¥ ¥ \uffe5",
    "EUR": "€",
    "GBP": "£",
    "INR": "₹ Rs. Rs",
    "KRW": "₩",
    "RUB": "₽",
    "TRY": "₺",
    "UAH": "₴",
    "ILS": "₪",
    "THB": "฿",
    "VND": "₫",
    "PHP": "₱",
    "NGN": "₦",
    "PLN": "zł",
    "CZK": "Kč",
    "HUF": "Ft",
    "RON": "lei",
    "IDR": "Rp",
    "MYR": "RM",
    "CHF": "Fr.",
    "BGN": "лв.",
}
_SYMBOLS = {sign: code for code, signs in _SIGNS.items() for sign in signs.split()}
ISO_CURRENCIES = frozenset(
    "AED ARS AUD BGN BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR ISK JPY KES KRW MAD MXN MYR"
    " NGN NOK NZD PEN PHP PKR PLN RON RSD RUB SAR SEK SGD THB TRY TWD UAH USD UYU VND ZAR".split()
)
_CURRENCY = "|".join(re.escape(s) for s in sorted([*_SYMBOLS, *ISO_CURRENCIES], key=len, reverse=True))
_MONEY = re.compile(
    rf"(?P<minus>[-−(]?)\s*(?:(?P<before>{_CURRENCY})\s*(?P<number>[-−]?[\d.].*?)"
    rf"|(?P<amount>[\d.].*?)\s*(?P<after>{_CURRENCY}))\)?"
)
_NUMBERISH = re.compile(rf"[-+−(]?[\d.][\d.,'’{_SPACES}]*(?:[eE][-+]?\d+)?[{_SPACES}]?%?\)?")


@dataclass(frozen=True, slots=True)
class Marks:
    """``decimal`` is ``.`` or ``,``. ``guessed`` is a cell that has two readings where nothing decides."""

    decimal: str = "."
    guessed: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """Values beside their cells (None where there is none).

    ``kind``: "" (plain), "ratio", "seconds" or "money". ``currencies`` holds a code per row for money, else nothing.
    ``nulls`` and ``bad`` are row indices: cells that say "no value" in words, and cells that are no number.
    """

    values: list[float | None]
    kind: str = ""
    currencies: list[str] = field(default_factory=list)
    nulls: list[int] = field(default_factory=list)
    bad: list[int] = field(default_factory=list)
    dollar: bool = False


@dataclass(frozen=True, slots=True)
class _Cell:
    value: float | None
    kind: str = ""
    currency: str = ""
    bad: bool = False


_NULL = _Cell(None)
_BAD = _Cell(None, bad=True)


# --- which mark -----------------------------------------------------------------------------------------------------


def decide_marks(columns: Iterable[tuple[str, Sequence[str]]], delimiter: str) -> Marks:
    """The decimal mark of a file from its numeric columns (header, cells).

    Default where nothing decides: the comma in files delimited by semicolons, the point in all others.
    """
    dots = commas = 0
    ambiguous = ""
    whole = ""
    for header, cells in columns:
        text = "\n".join(cells)
        if "." not in text and "," not in text:
            continue
        has_dot = ("." in text or bool(_TWO_COMMAS.search(text))) and bool(_DOT.search(text))
        has_comma = ("," in text or bool(_TWO_DOTS.search(text))) and bool(_COMMA.search(text))
        if has_dot or has_comma:
            dots += len(_DOT.findall(text)) if has_comma else has_dot
            commas += len(_COMMA.findall(text)) if has_dot else has_comma
            continue
        found = _AMBIGUOUS.search(text)
        if found is None:
            continue
        if is_whole(header):
            whole = whole or found.group()
        ambiguous = ambiguous or found.group()
    if dots or commas:
        return Marks("." if dots >= commas else ",")
    if whole:
        return Marks("." if "," in whole else ",")
    return Marks("," if delimiter == ";" else ".", ambiguous)


def is_numeric(cells: Sequence[str]) -> bool:
    """Whether a column is one of numbers: at most one cell in five that is neither a number nor "no value"."""
    text = "\n".join(cells)
    if not _NOT_FIGURES.search(text) and _FIGURE.search(text) and not _DASHED.search(text):
        return True
    distinct = set(cells)
    numbers = others = 0
    for cell in distinct:
        if others > 20 and others > numbers:
            return False
        text = cell.strip()
        if len(text) > _LONGEST:
            others += 1
            continue
        if text.casefold() in _NULLS or _BOUND.fullmatch(text):
            continue
        if _NUMBERISH.fullmatch(text) or _DURATION.fullmatch(text) or _is_money(text) or _is_spelt_duration(text):
            numbers += 1
        else:
            others += 1
    return numbers > 0 and others <= numbers // 4


def has_number(cells: Sequence[str]) -> bool:
    """Whether any cell reads as a number."""
    return any(len(cell) <= _LONGEST and _NUMBERISH.fullmatch(cell.strip()) for cell in set(cells))


def _is_money(text: str) -> bool:
    match = _MONEY.fullmatch(text)
    return bool(match and _NUMBERISH.fullmatch(match["number"] or match["amount"]))


def _is_spelt_duration(text: str) -> bool:
    return bool(text) and text[0].isdigit() and text[-1] in "hmsnHMS" and bool(_SPELT_DURATION.fullmatch(text))


# --- reading --------------------------------------------------------------------------------------------------------


def read_column(cells: Sequence[str], marks: Marks) -> Column:
    """All cells of one column as numbers; plain columns take a short way."""
    if marks.decimal == ".":
        text = "\n".join(cells)
        if not _NOT_PLAIN.search(text):
            plain = _read_plain(cells)
            if plain is not None:
                return Column(plain)
        elif not _NOT_PLAIN_PERCENT.search(text):
            percent = _read_percent(cells)
            if percent is not None:
                return Column(percent, "ratio")
    return _read_mixed(cells, marks)


def _read_plain(cells: Sequence[str]) -> list[float | None] | None:
    try:
        values: list[float | None] = (
            [float(cell) if cell else None for cell in cells] if "" in cells else list(map(float, cells))
        )
    except ValueError:
        return None
    return None if math.inf in values or -math.inf in values else values


def _read_percent(cells: Sequence[str]) -> list[float | None] | None:
    """``2.38%`` as the number nearest to 0.0238: the exponent does the division, so nothing is rounded twice."""
    if any(cell and cell[-1] != "%" for cell in cells):
        return None
    return _read_plain([cell and cell[:-1] + "e-2" for cell in cells])


def _read_mixed(cells: Sequence[str], marks: Marks) -> Column:
    known = {cell: _read_cell(cell.strip(), marks.decimal) for cell in set(cells)}
    kinds = {cell.kind for cell in known.values() if cell.value is not None}
    kind = next((k for k in ("ratio", "money", "seconds") if k in kinds), "")
    values: list[float | None] = []
    currencies: list[str] = []
    nulls: list[int] = []
    bad: list[int] = []
    for index, text in enumerate(cells):
        cell = known[text]
        # A plain zero among percentages or money is a zero; any other number without its sign is not read.
        fits = cell.kind == kind or cell.value == 0 or (kind == "money" and cell.kind == "")
        values.append(cell.value if fits else None)
        if kind == "money":
            currencies.append(cell.currency)
        if cell.bad or (cell.value is not None and not fits):
            bad.append(index)
        elif cell.value is None and text.strip():
            nulls.append(index)
    dollar = kind == "money" and any(
        "$" in text and known[text].currency == "USD" and "US$" not in text for text in known
    )
    return Column(values, kind, currencies, nulls, bad, dollar)


def _read_cell(text: str, decimal: str) -> _Cell:
    if len(text) > _LONGEST:
        return _BAD
    if text.casefold() in _NULLS or _BOUND.fullmatch(text):
        return _NULL
    number = read_number(text, decimal)
    if number is not None:
        return _Cell(number)
    if text.endswith("%"):
        value = read_number(text[:-1].strip(), decimal, exponent="e-2")
        return _BAD if value is None else _Cell(value, "ratio")
    money = _MONEY.fullmatch(text)
    if money:
        value = read_number(money["number"] or money["amount"], decimal)
        if value is None:
            return _BAD
        code = money["before"] or money["after"]
        return _Cell(-value if money["minus"] else value, "money", _SYMBOLS.get(code, code))
    return _read_duration(text)


def read_number(text: str, decimal: str, exponent: str = "") -> float | None:
    """A number with this decimal mark, its thousands grouped by any other mark; None where it is none."""
    sign = ""
    if text[:1] in "-−(+" and text:
        sign = "" if text[0] == "+" else "-"
        text = text[1:].removesuffix(")") if text[0] == "(" else text[1:]
    if not text or not (text[0].isdigit() or text[0] == decimal) or not text[-1].isdigit():
        return None
    if not text.isascii() and any(c.isdigit() and c not in "0123456789" for c in text):
        return None
    if not _NUMBER[decimal].fullmatch(text):
        return None
    plain = re.sub(rf"[.,'’{_SPACES}]", lambda m: "." if m.group() == decimal else "", text)
    if exponent and "e" in plain.lower():
        return None
    value = float(sign + plain + exponent)
    return value if math.isfinite(value) else None


def _read_duration(text: str) -> _Cell:
    match = _DURATION.fullmatch(text)
    if match:
        sign, hours, minutes, seconds = match.groups()
        total = int(hours or 0) * 3600 + int(minutes) * 60 + float(seconds.replace(",", "."))
        return _Cell(-total if sign else total, "seconds")
    spelt = _SPELT_DURATION.fullmatch(text)
    if spelt and any(spelt.groups()):
        hours, minutes, seconds = (int(part or 0) if len(part or "") < 10 else 0 for part in spelt.groups())
        return _Cell(float(hours * 3600 + minutes * 60 + seconds), "seconds")
    return _BAD


def printed_step(cells: Iterable[str], decimal: str) -> float:
    """The smallest step the cells are printed in (0.01 for two decimals), in the unit after conversion."""
    places, percent = 0, False
    for cell in cells:
        text = cell.strip()
        percent = percent or text.endswith("%")
        tail = re.search(rf"{re.escape(decimal)}(\d+)(?!.*\d)", text)
        if tail:
            places = max(places, len(tail.group(1)))
    return 10.0 ** -(places + (2 if percent else 0))
