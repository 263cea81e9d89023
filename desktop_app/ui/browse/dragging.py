"""What a drag on the chart does to the chosen stretch, as arithmetic."""

from dataclasses import dataclass
from enum import StrEnum

from desktop_app.ui.widgets.time_axis import TimeAxis

SLACK = 4.0
"""Pixels that a press may tremble before it is a drag."""


class DragKind(StrEnum):
    """``NEW`` draws a stretch from an anchor, ``MOVE`` shifts the whole of it, ``PAN`` moves the view."""

    NEW = "new"
    MOVE = "move"
    PAN = "pan"


@dataclass(slots=True)
class Drag:
    """A drag that began at pixel ``x``. ``start`` and ``end`` in days: the anchor, the stretch or the view then."""

    kind: DragKind
    x: float
    start: float
    end: float
    anchored: bool = False
    moved: bool = False

    def stretch(self, axis: TimeAxis, x: float) -> tuple[float, float] | None:
        """The stretch with the pointer at ``x``, snapped to the view's unit; ``None`` before it is a drag."""
        if not self.moved and abs(x - self.x) < SLACK:
            return None
        self.moved = True
        if self.kind == DragKind.MOVE:
            start = axis.snap(self.start + (x - self.x) * axis.days_per_pixel)
            return start, start + self.end - self.start
        anchor = self.start if self.anchored else axis.snap(self.start)
        moving = axis.snap(axis.day(min(max(x, axis.left), axis.right)))
        if moving == anchor:
            moving = axis.step(anchor, 1 if axis.day(x) >= anchor else -1)
        return (anchor, moving) if anchor < moving else (moving, anchor)
