"""The gutter: at the line where a turn begins, its time and who speaks."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

from desktop_app.model.documents import Turn
from desktop_app.ui.interviews.transcript.columns import Columns
from desktop_app.ui.interviews.transcript.layout import Shown
from desktop_app.ui.theme import Theme


def clock_text(milliseconds: int) -> str:
    """``mm:ss``, from an hour on ``h:mm:ss``."""
    minutes, seconds = divmod(max(milliseconds, 0) // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


class Gutter:
    """The turns of a text with the UTF-16 positions at which they begin, in order."""

    def __init__(self, turns: Sequence[Turn], starts: Sequence[int], people: Mapping[str, str]) -> None:
        self.turns = turns
        self.starts = list(starts)
        self._people = people

    def turn_over(self, position: int) -> Turn | None:
        """Whose turn it is at a position: the last turn that begins there or before."""
        number = bisect_right(self.starts, position) - 1
        return self.turns[number] if number >= 0 else None

    def edited(self, position: int, removed: int, added: int) -> None:
        """Follows an edit of the shown text."""
        first = bisect_right(self.starts, position)
        behind = added - removed
        self.starts[first:] = [max(position, start + behind) for start in self.starts[first:]]

    def widest(self, body: QFont, small: QFont) -> tuple[int, int]:
        """Pixels of the widest time and of the widest name; 0 where there are none."""
        times = [turn.begins for turn in self.turns if turn.begins is not None]
        names = {turn.speaker for turn in self.turns}
        strong = QFontMetrics(bold(body))
        return (
            QFontMetrics(small).horizontalAdvance(clock_text(max(times))) + 1 if times else 0,
            max((strong.horizontalAdvance(name) for name in names), default=0) + (1 if names - {""} else 0),
        )

    def paint(
        self,
        painter: QPainter,
        shown: Sequence[Shown],
        columns: Columns,
        theme: Theme,
        body: QFont,
        small: QFont,
    ) -> None:
        for block in shown:
            first, last = bisect_left(self.starts, block.seen[0]), bisect_right(self.starts, block.seen[1])
            used = -1
            for number in range(first, last):
                turn = self.turns[number]
                line = block.layout.lineForTextPosition(self.starts[number] - block.start)
                if not line.isValid() or line.lineNumber() == used:
                    continue
                used = line.lineNumber()
                baseline = block.top + line.y() + line.ascent()
                if columns.time_width and turn.begins is not None:
                    time = clock_text(turn.begins)
                    painter.setFont(small)
                    painter.setPen(theme.color("faint"))
                    room = columns.time_width - QFontMetrics(small).horizontalAdvance(time)
                    painter.drawText(QPointF(columns.time + room, baseline), time)
                if columns.speaker_width and turn.speaker:
                    self._paint_speaker(painter, turn.speaker, QPointF(columns.speaker, baseline), columns, theme, body)

    def _paint_speaker(
        self, painter: QPainter, speaker: str, place: QPointF, columns: Columns, theme: Theme, body: QFont
    ) -> None:
        """People stand out; a name that is nobody's yet is quiet."""
        known = speaker in self._people
        font = bold(body) if known else body
        painter.setFont(font)
        painter.setPen(theme.color("accent" if known else "muted"))
        name = QFontMetrics(font).elidedText(speaker, Qt.TextElideMode.ElideRight, columns.speaker_width)
        painter.drawText(place, name)


def bold(font: QFont) -> QFont:
    strong = QFont(font)
    strong.setWeight(QFont.Weight.DemiBold)
    return strong
