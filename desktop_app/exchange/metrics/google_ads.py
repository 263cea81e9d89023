"""Google Ads reports: a line with the report's name, a line with its period, the header, rows, and totals rows at
the end.

Both downloads are read: UTF-8 with commas, and "Excel .csv", which is UTF-16 with tabs. The period line is in the
language of the account; "All time" names no days, so such a report gives no points unless its rows are dated.
"""

import re
from collections.abc import Sequence

from desktop_app.exchange.metrics.names import fold, is_currency_column, is_known_metric, is_money, is_total
from desktop_app.exchange.metrics.periods import find_period
from desktop_app.exchange.metrics.profile import Context, Profile, ProfileInfo, Reading, is_blank
from desktop_app.exchange.metrics.roles import read_block
from desktop_app.exchange.metrics.rows import Rows
from desktop_app.exchange.metrics.sheets import Block

_ADS_WORDS = re.compile(
    r"\b(?:campaign|kampagne|campagne|campana|campanha|campagna|ad group|anzeigengruppe|groupe d.annonces"
    r"|grupo de anuncios|gruppo di annunci"
    r"|keyword|suchbegriff|search term|terme de recherche|impr\.|clicks|klicks|clics|currency code"
    r"|avg\. cpc|cost|kosten|cout|coste|custo)"
)
_ALL_TIME = frozenset(
    {
        "all time",
        "gesamter zeitraum",
        "gesamte zeit",
        "toute la periode",
        "tout",
        "todo el periodo",
        "todo",
        "tempo todo",
    }
    | {"sempre", "todo o periodo", "全期間", "전체 기간", "所有时间"}
)


def _header_index(rows: Rows) -> int | None:
    """The first row of three or more cells after the title lines (a period without quotes has several)."""
    for index, row in enumerate(rows.cells[:6]):
        filled = [cell for cell in row if cell.strip()]
        if len(filled) > 2 and not (index == 1 and len(filled) < 5 and find_period(rows.delimiter.join(row))):
            return index if index in (1, 2, 3) else None
    return None


def _period_line(rows: Rows, header: int) -> str:
    return next((text for row in rows.cells[1:header] if (text := rows.delimiter.join(row).strip())), "")


def _matches(rows: Rows) -> bool:
    header = _header_index(rows)
    if header is None or (rows.cells[0] and rows.cells[0][0].startswith("#")):
        return False
    names = [fold(cell) for cell in rows.cells[header]]
    known = sum(bool(_ADS_WORDS.search(name)) or is_currency_column(name) for name in names)
    line = fold(_period_line(rows, header))
    dated = find_period(line) is not None or line in _ALL_TIME
    totals = any(row and is_total(row[0]) for row in rows.cells[-12:])
    return known >= (2 if dated else 3) and (dated or totals) and any(is_known_metric(n) or is_money(n) for n in names)


def _read(rows: Rows, context: Context) -> Reading:
    header = _header_index(rows)
    if header is None:
        return Reading(())
    period_line = _period_line(rows, header)
    body = [
        (row, line)
        for row, line in zip(rows.cells, rows.lines, strict=True)
        if not is_blank(row) and line > rows.lines[header]
    ]
    block = Block(
        _title(rows.cells[0]),
        rows.cells[header],
        rows.lines[header],
        [row for row, _ in body],
        [line for _, line in body],
        find_period(period_line),
        file_end=True,
        cut=rows.cut,
    )
    return read_block(block, rows.delimiter)


def _title(row: Sequence[str]) -> str:
    return next((cell.strip() for cell in row if cell.strip()), "")


PROFILE = Profile(
    ProfileInfo(
        "google-ads",
        "Google Ads report",
        "A report of the report editor or of a table, as CSV (commas) or Excel CSV (UTF-16 with tabs).",
    ),
    "Google Ads",
    _matches,
    _read,
)
