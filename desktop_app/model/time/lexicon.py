"""The words of time: months, weekdays, seasons, numbers, clocks, and the marks that "about" and "perhaps" make."""

import re

from desktop_app.model.time import names
from desktop_app.model.time.occurred import BadDate, read_atom

MONTH_NUMBERS = {name.lower(): number for number, name in enumerate(names.MONTHS, 1)}
MONTH_NUMBERS |= {name[:3]: number for name, number in MONTH_NUMBERS.items()} | {"sept": 9}
WEEKDAYS = {name.lower(): number for number, name in enumerate(names.WEEKDAYS)}
WEEKDAYS |= {name[:3]: number for name, number in WEEKDAYS.items()} | {"tues": 1, "thur": 3, "thurs": 3}
SEASON_NUMBERS = {name: number for number, name in enumerate(names.SEASONS, 21)} | {"fall": 23}
_SMALL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {"a": 1, "an": 1, "couple": 2} | {word: number for number, word in enumerate(_SMALL, 1)}
_MARKS = dict.fromkeys(("about", "around", "approximately", "approx", "roughly", "circa", "ca", "c"), "~")
_MARKS |= dict.fromkeys(("maybe", "perhaps", "possibly", "probably"), "?")

_ORDINAL = {word: number for number, word in enumerate(names.ORDINALS, 1)} | {"1": 1, "2": 2, "3": 3, "4": 4}
_TIME = re.compile(r"(\d{1,2})(?::(\d\d))?(?::(\d\d))?(am|pm)?(z|z[+-]\d\d:?\d\d)?")


def tidy(text: str) -> str:
    """Small letters, plain hyphens, single spaces; without commas, ordinal endings and words that carry nothing."""
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", text.lower()).replace("’", "'").replace(",", " ")
    text = re.sub(r"\b(\d{1,2})(?:st|nd|rd|th)\b", r"\1", text)
    text = re.sub(r"\b([ap])\.m\b\.?", r"\1m", text)
    text = re.sub(r"(\d) ?([ap]m)\b", r"\1\2", text)
    text = re.sub(r"(?<=:\d\d) ?(?:utc|z)\b", "z", text)
    text = re.sub(r"(?<=:\d\d) ([+-]\d\d:?[0134][05])\b", r"z\1", text)
    text = re.sub(r"(?<=[a-z])\.|\.$", "", text)
    text = re.sub(r"\bweek of\b", "weekof", text)
    text = re.sub(r"\bmid-(?=[a-z0-9])", "mid ", text)
    text = re.sub(r"^~ ?", "about ", text)
    text = re.sub(r"\b(?:the|of|on|at)\b", " ", text)
    return " ".join(text.split())


def unmarked(words: str) -> tuple[str, str]:
    """Words without their leading "about"/"perhaps" and trailing "?", and the EDTF mark these make."""
    marks = set()
    if words.endswith("?"):
        words, marks = words[:-1].rstrip(), {"?"}
    while True:
        head, _, rest = words.partition(" ")
        if head not in _MARKS or not rest:
            break
        marks.add(_MARKS[head])
        words = rest
    return words, "%" if len(marks) == 2 else "".join(marks)


def marked(edtf: str, mark: str) -> str:
    """The mark put on every date of a time, joined with the mark it has."""
    if not mark:
        return edtf
    sides = []
    for side in edtf.split("/"):
        atom = read_atom(side)
        if atom is not None:
            side = atom._replace(mark=mark if atom.mark in {"", mark} else "%").text
        sides.append(side)
    return "/".join(sides)


def clock(text: str, word: str) -> str | None:
    """``10:20``, ``10:20:30+02:00``, ``3pm``, ``noon`` as EDTF's time; None for anything else."""
    if word == "noon":
        return "12:00"
    match = _TIME.fullmatch(word)
    if match is None or not (match[2] or match[4]):
        return None
    hour = int(match[1])
    if match[4]:
        if not 1 <= hour <= 12:
            raise BadDate(text, f"there is no {word} on a clock")
        hour = hour % 12 + (12 if match[4] == "pm" else 0)
    zone = (match[5] or "").upper()
    zone = zone if zone == "Z" else zone[1:]
    return f"{hour:02}:{match[2] or '00'}{':' + match[3] if match[3] else ''}{zone}"


def number_of(word: str) -> int | None:
    return int(word) if word.isdigit() else _NUMBERS.get(word)


def part_number(words: str) -> int | None:
    """EDTF's number for the quarter, season, half or third that the words name."""
    if words in SEASON_NUMBERS:
        return SEASON_NUMBERS[words]
    hemisphere, _, season = words.partition(" ")
    if hemisphere in {"northern", "southern"} and season in SEASON_NUMBERS:
        return SEASON_NUMBERS[season] + (4 if hemisphere == "northern" else 8)
    short = re.fullmatch(r"([qh])([1-4])", words)
    if short:
        number = int(short[2])
        return 32 + number if short[1] == "q" else 39 + number if number <= 2 else None
    long = re.fullmatch(r"(first|second|third|fourth|last|[1-4]) (quarter|half|third)", words)
    if long is None:
        return None
    base, most = {"quarter": (32, 4), "half": (39, 2), "third": (36, 3)}[long[2]]
    number = most if long[1] == "last" else _ORDINAL[long[1]]
    return base + number if number <= most else None
