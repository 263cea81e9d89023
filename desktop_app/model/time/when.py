"""What people type for a time: "last Tuesday", "spring 2024", "since 2023", "3–11 December 2025".

A small grammar of our own comes first; ``dateparser`` is asked last, for other languages, and only believed where every
number of the text is found again in its answer. A text is either understood as a whole or refused: a word that is not
understood is never passed over.

Where a year is left out, the latest one that is not in the future is meant ("March", "14 March", "tuesday"); after "by"
and "next" the coming one. Precision follows the words: "3 months ago" is a month, "3 days ago" a day.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from desktop_app.model.time.dates import DateReader
from desktop_app.model.time.lexicon import MONTH_NUMBERS, clock, marked, number_of, tidy, unmarked
from desktop_app.model.time.occurred import BadDate, Occurred, parse_edtf, read_atom

_LONGEST = 120
_PARTS_OF_DAY = {
    "morning": ("06:00", "12:00"),
    "afternoon": ("12:00", "18:00"),
    "evening": ("18:00", "23:59"),
    "night": ("18:00", "23:59"),
}
_RANGE = re.compile(r" (?:to|until|till|through|thru) | ?- ?|(?<=[^\W\d]) ?/ ?(?=[^\W\d])")


def parse_when(text: str, now: datetime, *, dayfirst: bool = True) -> Occurred:
    """Read what a person typed; ``now`` is the local time it is typed at, ``dayfirst`` decides 3/4/2026.

    EDTF is read as EDTF. "by June 2027" and "until June 2027" both end with June 2027; "before June 2027" ends with
    May. Raises :class:`BadDate`.
    """
    if not text.strip():
        raise BadDate(text, "it is empty")
    if len(text) > _LONGEST:
        raise BadDate(text, "it is too long")
    try:
        return parse_edtf(text)
    except BadDate as error:
        refused = error
    words = tidy(text)
    edtf = _PhraseReader(DateReader(text.strip(), now.replace(tzinfo=None), dayfirst)).phrase(words)
    if edtf is not None:
        return parse_edtf(edtf)
    if re.fullmatch(r"[-0-9xX?~%/.:TZ+\[\]{},]+", text.strip()) and re.match(r".?\d{4}\b|\.\.", text.strip()):
        raise refused
    from desktop_app.model.time.languages import in_other_languages

    found = in_other_languages(text, now, dayfirst)
    if found is None:
        raise BadDate(text.strip(), "no time can be read from it")
    return parse_edtf(found)


@dataclass(frozen=True)
class _PhraseReader:
    """One reading of one text. Each method takes tidy words and gives EDTF text, or None where they are not its own."""

    dates: DateReader

    # --- whole phrases ------------------------------------------------------------------------------------------------

    def phrase(self, words: str) -> str | None:
        if words == "any time":
            return "../.."
        return self._open(words) or self._closed(words)

    def _open(self, words: str) -> str | None:
        """since, until, by, before, after."""
        onwards = re.fullmatch(r"from (.+?)(?: onwards?)?", words)
        match = re.fullmatch(r"(since|until|till|up to|by|before|after|starting|from) (.+)", words)
        if match is None:
            return None
        word, rest = match.groups()
        if word in {"since", "starting"}:
            return self.opened(rest, "{}/..", "first")
        if word == "from":
            return self._span(rest) or (self.opened(onwards[1], "{}/..", "first") if onwards else None)
        if word in {"until", "till", "up to"}:
            return self.opened(rest, "../{}", "last")
        if word == "by":
            return _PhraseReader(replace(self.dates, coming=True)).opened(rest, "../{}", "last")
        side = self._single(rest)
        if side is None:
            return None
        if word == "before":
            return f"../{_neighbour(_side(side, 'first'), -1)}"
        return f"{_neighbour(_side(side, 'last'), 1)}/.."

    def opened(self, words: str, form: str, which: str) -> str | None:
        edtf = self._single(words)
        return None if edtf is None else form.format(_side(edtf, which))

    def _closed(self, words: str) -> str | None:
        """A single time or a span, with "about" and "perhaps" before it."""
        words, mark = unmarked(words)
        between = re.fullmatch(r"between (.+) and (.+)", words)
        edtf = self._pair(*between.groups()) if between else self._point(words) or self._span(words)
        return None if edtf is None else marked(edtf, mark)

    def _single(self, words: str) -> str | None:
        """A time that is not a span by its words (though "last week" is one by its meaning)."""
        words, mark = unmarked(words)
        edtf = self._point(words)
        return None if edtf is None else marked(edtf, mark)

    # --- spans --------------------------------------------------------------------------------------------------------

    def _span(self, words: str) -> str | None:
        """A to B, A - B. A bare hyphen joins only where there is one: several belong to a date."""
        bare = len(re.findall(r"(?<! )-(?! )", words))
        for match in _RANGE.finditer(words):
            if match[0] == "-" and bare > 1:
                continue
            edtf = self._pair(words[: match.start()], words[match.end() :])
            if edtf is not None:
                return edtf
        return None

    def _pair(self, left: str, right: str) -> str | None:
        refused: BadDate | None = None
        for first, last in _borrowings(left, right):
            a, b = self._side_of(first, "first"), self._side_of(last, "last")
            if a is None or b is None:
                continue
            try:
                return parse_edtf(f"{a}/{b}").edtf
            except BadDate as error:
                refused = refused or error
        if refused is not None:
            raise BadDate(self.dates.text, str(refused.parts["why"]))
        return None

    def _side_of(self, words: str, which: str) -> str | None:
        if words in {"an unknown date", "unknown"}:
            return ""
        if which == "last" and words in {"present", "ongoing"}:
            return ".."
        try:
            edtf = self._single(words)
        except BadDate:
            return None
        return None if edtf is None else _side(edtf, which)

    # --- points -------------------------------------------------------------------------------------------------------

    def _point(self, words: str) -> str | None:
        words = re.sub(
            r"^(?:in|during|some ?time in) (?!\d{1,3} [a-z]|(?:an?|[a-z]+) (?:minute|hour|day|week|month|year))",
            "",
            words,
        )
        if not words:
            return None
        if re.fullmatch(r"[0-9x]{4}(?:-[0-9xtzq:+-]+)?[?~%]?", words):
            try:
                return parse_edtf(words).edtf
            except BadDate:
                pass
        if words in {"now", "just now", "right now"}:
            return self.dates.now.isoformat(timespec="minutes")
        return self.dates.read(words) or self._moment(words) or self._part_of_day(words) or self._ago_minutes(words)

    def _moment(self, words: str) -> str | None:
        """A day with a time of the clock: before it, after it, or today's."""
        for word in (words.rpartition(" ")[2], words.partition(" ")[0]):
            time = clock(self.dates.text, word)
            if time is None:
                continue
            rest = words.removesuffix(word) if words.endswith(word) else words.removeprefix(word)
            day = self.dates.read(rest.strip() or "today")
            if day and re.fullmatch(r"\d{4}-\d\d-\d\d", day):
                return f"{day}T{time}"
        return None

    def _part_of_day(self, words: str) -> str | None:
        """ "this morning", "yesterday evening": hours nobody counted, so both ends are approximate."""
        words = {"tonight": "today night", "last night": "yesterday night"}.get(words, words)
        day_words, _, part = words.replace("this ", "today ", 1).rpartition(" ")
        hours = _PARTS_OF_DAY.get(part)
        day = self.dates.read(day_words) if hours and day_words else None
        if hours is None or day is None or not re.fullmatch(r"\d{4}-\d\d-\d\d", day):
            return None
        return f"{day}T{hours[0]}~/{day}T{hours[1]}~"

    def _ago_minutes(self, words: str) -> str | None:
        match = re.fullmatch(r"(\d{1,3}|[a-z]+) (minute|min|hour)s? ago", words)
        count = number_of(match[1]) if match else None
        if match is None or count is None:
            return None
        step = timedelta(hours=count) if match[2] == "hour" else timedelta(minutes=count)
        return (self.dates.now - step).isoformat(timespec="minutes")


def _side(edtf: str, which: str) -> str:
    sides = edtf.split("/")
    return sides[0] if which == "first" else sides[-1]


def _neighbour(edtf: str, step: int) -> str:
    """The unit just before or after: the day before a day, the month before a month, the year before a year."""
    atom = read_atom(edtf)
    occurred = parse_edtf(edtf)
    edge = occurred.start_date if step < 0 else occurred.end_date
    if atom is None or edge is None or atom.time:
        return edtf
    day = edge - timedelta(days=1) if step < 0 and edge > datetime.min else edge
    by_month = re.fullmatch(r"0[1-9]|1[0-2]", atom.part) and not atom.day
    length = 7 if by_month else 10 if atom.part else 4
    return str(day.date())[:length] + atom.mark


def _borrowings(left: str, right: str) -> list[tuple[str, str]]:
    """How a span's sides may complete each other, likeliest first: "3 to 11 December 2025", "December 3 - 11 2025"."""
    # A time of the clock belongs to its own side.
    words = [word for word in right.split() if not re.search(r":|\d[ap]m|noon", word)]
    pairs = [(f"{left} {' '.join(words[skip:])}", right) for skip in range(1, len(words))]
    start, _, last = left.rpartition(" ")
    if start and ":" in last and re.fullmatch(r"[\d:]+(?:[ap]m)?", right):
        pairs.insert(0, (left, f"{start} {right}"))
    head = left.split(" ", 1)[0]
    if head in MONTH_NUMBERS and re.match(r"\d{1,2}\b(?!:)", right):
        # "december 3 - 11 2025": the month belongs to both, the year too.
        american = f"{head} {right}"
        if len(words) > 1:
            pairs[:0] = [(f"{left} {words[-1]}", american)]
        pairs.append((left, american))
    return [*pairs, (left, right)]
