"""The packed form of an import's tables."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from desktop_app.model.changes import canonical_json
from desktop_app.model.metrics import Grain, ParsedSeries, ParsedTable, Point, Skipped, TotalCheck


def pack(tables: Sequence[ParsedTable]) -> bytes:
    return canonical_json([asdict(t) for t in tables]).encode()


def unpack(data: bytes) -> tuple[ParsedTable, ...]:
    out = []
    for t in json.loads(data):
        series = tuple(
            ParsedSeries(
                **{
                    **s,
                    "grain": Grain(s["grain"]),
                    "points": tuple(Point(**p) for p in s["points"]),
                    "dimensions": tuple(tuple(d) for d in s["dimensions"]),
                }
            )
            for s in t["series"]
        )
        out.append(
            ParsedTable(
                **{
                    **t,
                    "grain": Grain(t["grain"]),
                    "series": series,
                    "totals": tuple(TotalCheck(**x) for x in t["totals"]),
                    "skipped": tuple(Skipped(**x) for x in t["skipped"]),
                }
            )
        )
    return tuple(out)
