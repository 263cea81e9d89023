"""Columns: where times, speakers, the text and the lanes of the stripes stand in a view of a given width."""

from dataclasses import dataclass

from desktop_app.ui.theme import SPACE_L, SPACE_M, SPACE_S, SPACE_XL

LANE = 7
"""Pixels from one lane to the next; a stripe is 4 wide."""
MOST_LANES = 12
FEWEST_LANES = 4
NARROW = 600
"""Below this width there are no times, and names are short."""
NARROW_SPEAKER = 64
NARROW_SHARE = 0.2
"""Room for short names in a narrow view: pixels that they have anyway, and the most of its width."""
WIDEST_SPEAKER = 128
NARROWEST_TEXT = 120
NAMES = 72
"""Room for names beside the stripes; with less there are none."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What the columns would like, in pixels: the widest time and speaker (0: there are none), 72 characters, and the
    widest speaker where names are short.
    """

    time: int = 0
    speaker: int = 0
    text: int = 560
    short: int = 0


@dataclass(frozen=True, slots=True)
class Columns:
    """Left edges and widths in pixels; a width of 0 is a column that is not shown. Lane 0 is the one at the right."""

    time: int
    time_width: int
    speaker: int
    speaker_width: int
    text: int
    text_width: int
    right: int
    lanes: int

    @property
    def text_right(self) -> int:
        return self.text + self.text_width

    def lane_left(self, lane: int) -> int:
        return self.right - 4 - lane * LANE

    @property
    def names_left(self) -> int:
        return self.text_right + SPACE_L


def arranged(width: int, needs: Needs) -> Columns:
    """Columns for a view ``width`` pixels wide: text at the left as wide as it reads well, stripes at the right."""
    narrow = width < NARROW
    edge = SPACE_L if narrow else SPACE_XL
    time_width = 0 if narrow else needs.time
    speaker = edge + (time_width + SPACE_L if time_width else 0)
    if narrow:
        speaker_width = min(needs.short or needs.speaker, max(NARROW_SPEAKER, round(NARROW_SHARE * width)))
    else:
        speaker_width = min(needs.speaker, WIDEST_SPEAKER)
    gap = SPACE_M + SPACE_S
    text = speaker + (speaker_width + gap if speaker_width else 0)
    right = width - edge
    room = right - text - gap
    text_width = max(NARROWEST_TEXT, min(needs.text, room - FEWEST_LANES * LANE))
    lanes = max(FEWEST_LANES, min(MOST_LANES, (room - text_width) // LANE))
    return Columns(edge, time_width, speaker, speaker_width, text, text_width, right, lanes)
