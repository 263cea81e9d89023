"""Where the entries of a lane stand in a zoom: alone, or together where their marks would cover each other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop_app.model.facts import EntryFacts
from desktop_app.model.samples import days
from desktop_app.model.tempo import (
    DAY,
    LAST_MINUTE,
    Cluster,
    Lane,
    LaneView,
    beginning,
    lane_view,
    lasting_into,
    step_for,
)
from desktop_app.model.time import BadDate, Occurred, parse_edtf
from desktop_app.ui.widgets.time_axis import TimeAxis

SINGLE = 7.0
"""Half the width that a mark needs to itself, in pixels."""
BAR_SHOWN = 16.0
"""A stretch narrower than this is shown by its mark alone."""
NEAR = 4.0
"""Pixels within which beginnings stand together whatever they are."""
WIDEST = 40.0
"""Pixels from the first to the last mark of those that stand together, more where their number needs it."""


@dataclass(frozen=True, slots=True)
class Group:
    """One mark, or several that stand together: ``lasting`` began before the view, ``cluster`` in it.

    ``left`` and ``right`` are where the first and the last of its marks would stand alone; ``x`` is where it stands.
    """

    x: float
    left: float
    right: float
    lasting: tuple[int, ...]
    cluster: Cluster | None

    @property
    def count(self) -> int:
        return len(self.lasting) + (self.cluster.count if self.cluster else 0)

    @property
    def half(self) -> float:
        return SINGLE if self.count == 1 else 7.0 + 3.3 * len(f"{self.count:,}")

    @property
    def first(self) -> int:
        """The place of its first entry in the lane."""
        return self.lasting[0] if self.cluster is None or self.lasting else self.cluster.first

    def parts(self, view: LaneView) -> tuple[str, ...]:
        """The parts of a query that find its entries, beside that of the lane."""
        if self.cluster is None:
            return lasting_into(view.low)
        parts = beginning(self.cluster.begins, self.cluster.before)
        return (parts[0], lasting_into(view.low)[1]) if self.lasting else parts

    def joined(self, after: "Group") -> "Group":
        cluster = self.cluster.joined(after.cluster) if self.cluster and after.cluster else after.cluster
        return Group((self.left + after.right) / 2, self.left, after.right, self.lasting, cluster)


@dataclass(frozen=True, slots=True)
class Standing:
    """A lane as an axis shows it; ``spans`` are the stretches that entries standing together cover, as stamps."""

    lane: Lane
    view: LaneView
    groups: tuple[Group, ...]
    spans: tuple[tuple[str, str], ...]


def day_of(minute: int) -> float:
    return minute / DAY


def when(entry: EntryFacts) -> Occurred | None:
    """Its date with what is uncertain in it; ``None`` for one that this version cannot read."""
    try:
        return parse_edtf(entry.occurred)
    except BadDate:
        return None


def mark_x(entry: EntryFacts, axis: TimeAxis) -> float:
    """Where the mark of an entry stands: in the middle of what is short, at the beginning of what is long, in view."""
    left, right = axis.x(days(entry.start)), axis.x(days(entry.end))
    if right - left < BAR_SHOWN:
        return min(max((left + right) / 2, axis.left), axis.right)
    return min(max(max(left, axis.left) + SINGLE + 1, axis.left), axis.right)


def standing(lane: Lane, axis: TimeAxis) -> Standing:
    """A lane's groups from left to right; none covers another.

    What would be covered joins the one before, until that is as wide as :data:`WIDEST`; then it stands beside it.
    """
    view = lane_view(lane, axis.start, min(axis.end, LAST_MINUTE / DAY), step_for(axis.days_per_pixel, NEAR))
    found = [_group(mark_x(_middle(lane, cluster), axis), (), cluster) for cluster in view.clusters]
    if view.lasting:
        found.insert(0, _group(axis.left + SINGLE + 1, view.lasting, None))
    made: list[Group] = []
    for group in found:
        before = made[-1] if made else None
        if before is None or before.x + before.half <= group.x - group.half:
            made.append(group)
        elif group.right - before.left <= max(WIDEST, 2 * before.half + 4):
            made[-1] = _beside(before.joined(group), made[-2] if len(made) > 1 else None)
        else:
            made.append(_beside(group, before))
    return Standing(lane, view, tuple(made), tuple(_spans(lane, made)))


def _spans(lane: Lane, groups: Sequence[Group]) -> list[tuple[str, str]]:
    made: list[tuple[str, str]] = []
    for group in groups:
        if group.count > 1:
            cluster = group.cluster
            begun = lane.ends[cluster.first : cluster.last] if cluster else ()
            end = max((*(lane.ends[at] for at in group.lasting), *begun))
            start = lane.starts[group.first]
            if made and start <= made[-1][1]:
                made[-1] = (made[-1][0], max(end, made[-1][1]))
            else:
                made.append((start, end))
    return made


def _group(x: float, lasting: tuple[int, ...], cluster: Cluster | None) -> Group:
    return Group(x, x, x, lasting, cluster)


def _beside(group: Group, before: Group | None) -> Group:
    """A group moved to the right as far as the one before it needs."""
    least = before.x + before.half + group.half if before else group.x
    return replace(group, x=max(group.x, least))


def _middle(lane: Lane, cluster: Cluster) -> EntryFacts:
    return lane.entries[(cluster.first + cluster.last - 1) // 2]
