"""Periods in a line of text: title lines, file names, filters. Refuses relative ones ("last 28 days", "All time")."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from desktop_app.exchange.metrics.moments import SEARCHED, Period, after, date_of, make_date, month_number
from desktop_app.exchange.metrics.names import fold

PARTIAL = re.compile(
    r"\b(?P<mon>[^\W\d_]+)\.? (?P<d>\d{1,2}) ?[-–] ?(?:(?P<mon2>[^\W\d_]+)\.? )?(?P<d2>\d{1,2}), (?P<y>\d{4})"
    r"|(?<!\d)(?P<e>\d{1,2})\.?(?: (?P<fmon>[^\W\d_]+)\.?)? ?[-–] ?(?P<e2>\d{1,2})\.?"
    r" (?P<fmon2>[^\W\d_]+)\.? (?P<y2>\d{4})"
)


def find_period(text: str) -> Period | None:
    """The period a line of text states, such as ``July 8, 2025 - July 31, 2025``; None for "All time" and the like."""
    if len(text) > 500:
        return None
    folded = fold(text)
    partial = PARTIAL.search(folded)
    if partial:
        found = _partial_period(partial)
        if found:
            return found
    day_first = not any(int(b) > 12 for b in re.findall(r"(?<!\d)\d{1,2}/(\d{1,2})/\d{2,4}", folded))
    days = dates_in(folded, day_first)
    if not days or len(days) > 2 or days[-1] < days[0]:
        return None
    return days[0].isoformat(), after(days[-1]).isoformat()


def dates_in(folded: str, day_first: bool) -> list[date]:
    found: list[tuple[int, int, date]] = []
    for pattern in SEARCHED:
        for match in pattern.finditer(folded):
            if any(match.start() < end and start < match.end() for start, end, _ in found):
                continue
            day = date_of(match.groupdict(), day_first)
            if day:
                found.append((match.start(), match.end(), day))
    return [day for _, _, day in sorted(found)]


def _partial_period(match: re.Match[str]) -> Period | None:
    """``July 8 - 31, 2025``, ``8. - 31. Juli 2025``, ``Dec 5 - Jan 3, 2026``: the year stands once, at the end."""
    if match["y"]:
        first, last, year = match["mon"], match["mon2"] or match["mon"], int(match["y"])
        days = int(match["d"]), int(match["d2"])
    else:
        first, last, year = match["fmon"] or match["fmon2"], match["fmon2"], int(match["y2"])
        days = int(match["e"]), int(match["e2"])
    months = month_number(first), month_number(last)
    if not months[0] or not months[1]:
        return None
    start = make_date(year - (months[0] > months[1]), months[0], days[0])
    end = make_date(year, months[1], days[1])
    if start is None or end is None or end < start:
        return None
    return start.isoformat(), after(end).isoformat()


def yearless_span(text: str, within: Period) -> Period | None:
    """``Jun 14 - Jun 20`` as the stretch it means inside a period that knows the year."""
    found = re.findall(r"([^\W\d_]+)\.? (\d{1,2})|(\d{1,2})\.? ([^\W\d_]+)", fold(text))
    if len(found) != 2:
        return None
    ends: list[tuple[int, int]] = []
    for name, day, other_day, other_name in found:
        month = month_number(name or other_name)
        if month is None:
            return None
        ends.append((month, int(day or other_day)))
    first_year, last_year = int(within[0][:4]), int(within[1][:4])
    for year in range(first_year, last_year + 1):
        start = make_date(year, *ends[0])
        end = make_date(year + (ends[1] < ends[0]), *ends[1])
        if start and end and start.isoformat() >= within[0] and start.isoformat() < within[1]:
            return start.isoformat(), after(end).isoformat()
    return None


def bounds(spans: Iterable[Period]) -> Period:
    """Earliest start and latest end; empty strings for nothing. Hours are cut to their days."""
    all_spans: Sequence[Period] = list(spans)
    if not all_spans:
        return "", ""
    start, end = min(span[0] for span in all_spans), max(span[1] for span in all_spans)
    if len(end) > 10:
        last = date.fromisoformat(end[:10])
        end = (last if end.endswith("T00:00") else after(last)).isoformat()
    return start[:10], end
