"""Where everything of the chart stands: curves above, tracks below, the axis at the bottom, names at the left.

Rows give way before the hits do: in a low window curves get lower first, then fewer.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from desktop_app.ui.browse.curves import Curve, Role, fitting
from desktop_app.ui.browse.tracks import Track

TOP, BOTTOM, SIDE = 26, 8, 12
RIGHT = 28
"""Right of the plot, where a track says how many hits lie beyond it."""
AXIS = 22
GAP = 8
"""Between a curve's base line and the next curve."""
TRACK, TRACK_LEAST = 22, 17
FIRST, TOTAL, RATIO = 78, 54, 40
FIRST_LEAST, TOTAL_LEAST, RATIO_LEAST = 44, 34, 32
UNDRAWN = 34


@dataclass(frozen=True, slots=True)
class CurveRow:
    """A curve's box in the plot, its base line at the bottom edge."""

    curve: Curve
    box: QRectF


@dataclass(frozen=True, slots=True)
class TrackRow:
    track: Track
    box: QRectF


@dataclass(frozen=True, slots=True)
class ChartLayout:
    """Everything in widget pixels. ``plot`` is the part where time runs, ``left`` the width of the names."""

    plot: QRectF
    curves: tuple[CurveRow, ...]
    tracks: tuple[TrackRow, ...]
    axis_y: float


def label_width(width: float) -> float:
    """The room for names: a seventh of the width, between 148 and 184."""
    return min(max(width * 0.15, 148.0), 184.0)


def _wanted(place: int, curve: Curve) -> tuple[int, int]:
    """Wanted and least height of a curve in the given place from the top."""
    if not curve.drawable:
        return UNDRAWN, UNDRAWN
    if curve.role == Role.RATIO:
        return RATIO, RATIO_LEAST
    return (FIRST, FIRST_LEAST) if place == 0 else (TOTAL, TOTAL_LEAST)


def wanted_height(curves: Sequence[Curve], tracks: Sequence[Track]) -> int:
    """The height at which nothing needs to give way."""
    rows = sum(_wanted(place, curve)[0] + GAP for place, curve in enumerate(curves))
    return TOP + rows + len(tracks) * TRACK + AXIS + BOTTOM


def lay_out(width: float, height: float, curves: Sequence[Curve], tracks: Sequence[Track]) -> ChartLayout:
    """The rows that fit into the box. Curves shrink to their least height, then leave from the bottom up."""
    left = label_width(width)
    track = float(TRACK)
    fixed = TOP + AXIS + BOTTOM
    shown = list(curves)
    while True:
        heights = [_wanted(place, curve) for place, curve in enumerate(shown)]
        most = sum(wanted + GAP for wanted, _ in heights)
        least = sum(smallest + GAP for _, smallest in heights)
        room = height - fixed - track * len(tracks)
        if room >= least or (not shown and track == TRACK_LEAST):
            break
        if track > TRACK_LEAST:
            track = max(TRACK_LEAST, (height - fixed - least) / max(len(tracks), 1))
        else:
            shown = fitting(curves, len(shown) - 1)
    share = min(max((room - least) / (most - least), 0.0), 1.0) if most > least else 1.0
    spare = max(room - most, 0.0) if shown else 0.0
    top = float(TOP)
    rows = []
    for wanted, smallest in heights:
        tall = smallest + (wanted - smallest) * share + spare * wanted / max(most - GAP * len(shown), 1)
        rows.append(QRectF(left, top, width - left - RIGHT, tall))
        top += tall + GAP
    track_rows = tuple(
        TrackRow(item, QRectF(left, top + number * track, width - left - RIGHT, track))
        for number, item in enumerate(tracks)
    )
    bottom = top + track * len(tracks)
    return ChartLayout(
        QRectF(left, TOP, width - left - RIGHT, bottom - TOP),
        tuple(CurveRow(curve, box) for curve, box in zip(shown, rows, strict=True)),
        track_rows,
        bottom,
    )
