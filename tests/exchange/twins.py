"""Bytes in the shapes of real metric exports: same preambles, delimiters, line ends, nulls and totals; invented
names and numbers.
"""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from desktop_app.model.metrics import ParsedFile, ParsedSeries, ParsedTable

RULE = "# ----------------------------------------"


def ga4_preamble(title: str = "Reports snapshot", account: str = "Harbour", site: str = "Shop") -> str:
    return f"{RULE}\n# {title}\n# Account: {account}\n# Property: {site}\n{RULE}\n"


def ga4_block(header: str, rows: str, start: str = "20250101", end: str = "20250131", title: str | None = "") -> str:
    """One card; ``title`` None leaves its comment line out, as the comparison of a card does."""
    comment = "" if title is None else f"# {title or ' '}\n"
    return f"{comment}# Start date: {start}\n# End date: {end}\n{header}\n{rows}\n"


def ga4_snapshot(newline: str = "\n") -> bytes:
    text = ga4_preamble() + "\n".join(
        [
            ga4_block("Nth week,Active users", "0000,13\n0001,22\n0002,18\n0003,30\n0004,30\n"),
            ga4_block("Nth week,Total revenue", "", title=None),
            ga4_block("Active users,New users,Event count", "90,81,512\n"),
            ga4_block("Country ID,Active users", "DE,60\nFR,30\n"),
            ga4_block("Country,Active users", "DE,60\nFR,30\n", title=None),
            ga4_block(
                "Nth day,30 days,7 days,1 day",
                "".join(f"{n:04d},{100 + n},{20 + n},{n}\n" for n in range(31)),
                title="How are active users trending?",
            ),
            ga4_block(
                "Date,Week 0,Week 1,Week 2",
                "Jan 5 - Jan 11,73,2,1\nJan 12 - Jan 18,71,0\nJan 19 - Jan 25,64,-1,-1\n",
                start="20250105",
                end="20250125",
                title="How well do you retain your users?",
            ),
            ga4_block("Page title,Views,Bounce rate", '"Boats, and more",40,0.019077901430842606\nAbout,2,0\n'),
        ]
    )
    return text.replace("\n", newline).encode()


SEARCH_CONSOLE: Mapping[str, str] = {
    "Chart.csv": (
        "Date,Clicks,Impressions,CTR,Position\n2026-01-03,0,0,,\n2026-01-04,1,42,2.38%,8.09\n2026-01-05,2,10,20%,1\n"
    ),
    "Queries.csv": "Top queries,Clicks,Impressions,CTR,Position\nharbour boats,3,50,6%,4.2\n[boat],0,2,0%,73.19",
    "Devices.csv": "Device,Clicks,Impressions,CTR,Position\nDesktop,1,12,8.33%,3\nMobile,2,40,5%,5.5",
    "Search appearance.csv": "Search Appearance,Clicks,Impressions,CTR,Position",
    "Filters.csv": "Filter,Value\nSearch type,Web\nDate,Last 16 months\n",
}

ADS = """Campaign report
"July 8, 2025 - July 31, 2025"
Campaign status,Campaign,Budget,Budget name,Budget type,Status,Currency code,Campaign type,Impr.,Interactions,CTR,\
Avg. CPC,Cost,Clicks
Enabled,"Boats, new",50.00, --,Daily,Eligible,INR,Search,"25,881","2,127",7.77%,0.08,1661.67,"2,010"
Paused,Rescue,40.00, --,Daily,Paused,INR,Video,"1,000",10,< 10%,0.50,5.00,10
Enabled,Quiet,10.00, --,Daily,Eligible,INR,Search,0,0, --,0,0.00,0
Total: Campaigns, --, --, --, --, --,INR, --,"26,881","2,137",7.52%,0.08,1666.67,"2,020"
Total: Account,,,,,,INR,,"30,000","2,500",7.52%,0.08,1700.00,"2,400"
Total: Search,,,,,,INR,Search,"25,881","2,127",7.77%,0.08,1661.67,"2,010"
"""

ADS_GERMAN = """Kampagnenbericht
"1. Juli 2025 - 31. Juli 2025"
Kampagnenstatus,Kampagne,Budget,Währungscode,Impr.,Klicks,CTR,Kosten
Aktiviert,Sommer,"10,00",EUR,"12.345","1.234","9,99 %","345,60"
Aktiviert,Winter,"10,00",EUR,"1.000",100,"10,00 %","34,60"
Gesamt: Konto,,,EUR,"13.345","1.334","9,99 %","380,20"
"""

EXPLORATION = f"""{RULE}
# Harbour shop
# Free form-Table 1
# 20260501-20260503
{RULE}

Date,Stream name,Sessions,Total users
,,12,9,Grand total
20260501,Web,5,4
20260502,Web,7,5

"""

PLAUSIBLE: Mapping[str, str] = {
    "imported_visitors_20260101_20260131.csv": (
        "date,visitors,pageviews,bounces,visits,visit_duration\n2026-01-01,10,25,4,12,600\n2026-01-08,8,20,3,9,500\n"
    ),
    "imported_sources_20260101_20260131.csv": (
        "source,date,visits,visitors\nSearch,2026-01-01,7,6\nDirect,2026-01-01,5,4\nSearch,2026-01-08,9,8\n"
    ),
}


def ads_excel(text: str = ADS) -> bytes:
    """The same report as the "Excel .csv" download: UTF-16 with tabs."""
    import csv

    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(csv.reader(io.StringIO(text)))
    return b"\xff\xfe" + out.getvalue().encode("utf-16-le")


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def table(parsed: ParsedFile, title: str) -> ParsedTable:
    (found,) = [t for t in parsed.tables if t.title == title]
    return found


def one(found: ParsedTable, name: str, *values: str) -> ParsedSeries:
    """The series of that name whose dimension values are ``values``."""
    (series,) = [s for s in found.series if s.name == name and tuple(v for _, v in s.dimensions) == values]
    return series


def values(series: ParsedSeries) -> list[tuple[str, float]]:
    return [(point.start, point.value) for point in series.points]


def reasons(found: ParsedTable) -> dict[int, str]:
    return {skip.line: skip.reason for skip in found.skipped}
