"""Google Ads overview cards: one small CSV per card, alone or in a zip; the period stands only in the file's name.

``Time_series(2026.02.05-2026.02.10).csv`` has a row for each day (or hour, when the period is one day); the other
cards have a row for each device, network, keyword, age …, or weekday and hour, over the whole period.
"""

import re

from desktop_app.exchange.metrics.moments import Period
from desktop_app.exchange.metrics.periods import find_period
from desktop_app.exchange.metrics.profile import Context, Profile, ProfileInfo, Reading, is_blank
from desktop_app.exchange.metrics.roles import read_block
from desktop_app.exchange.metrics.rows import Rows
from desktop_app.exchange.metrics.sheets import Block

_NAME = re.compile(
    r"^(?P<title>.+?)\((?P<part>\D*?)_?(?P<period>\d{4}\.\d{2}\.\d{2}(?:-\d{4}\.\d{2}\.\d{2})?)\)(?: ?\(\d+\))?\.\w{3}$"
)


def _named(name: str) -> tuple[str, Period | None]:
    match = _NAME.match(name)
    if not match:
        return "", None
    title = " ".join(part for part in (match["title"].strip(), match["part"].strip("_ ")) if part)
    return title.replace("_", " "), find_period(match["period"])


def _matches(rows: Rows) -> bool:
    return _named(rows.name)[1] is not None and any(len(row) > 1 for row in rows.cells[:1])


def _read(rows: Rows, context: Context) -> Reading:
    title, period = _named(rows.name)
    body = [(row, line) for row, line in zip(rows.cells, rows.lines, strict=True) if not is_blank(row)]
    if not body:
        return Reading(())
    block = Block(
        title,
        body[0][0],
        body[0][1],
        [row for row, _ in body[1:]],
        [line for _, line in body[1:]],
        period,
        file_end=True,
        cut=rows.cut,
    )
    return read_block(block, rows.delimiter)


PROFILE = Profile(
    ProfileInfo(
        "google-ads-card",
        "Google Ads overview card",
        "A card of the overview page, such as Time_series(2026.02.05-2026.02.10).csv, or the zip of all cards.",
    ),
    "Google Ads",
    _matches,
    _read,
)
