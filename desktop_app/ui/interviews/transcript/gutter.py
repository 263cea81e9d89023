"""The gutter: at the line where a turn begins, its time and who speaks."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

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
        self._short = short_names({turn.speaker for turn in turns})

    def turn_over(self, position: int) -> Turn | None:
        """Whose turn it is at a position: the last turn that begins there or before."""
        number = bisect_right(self.starts, position) - 1
        return self.turns[number] if number >= 0 else None

    def edited(self, position: int, removed: int, added: int) -> None:
        """Follows an edit of the shown text."""
        first = bisect_right(self.starts, position)
        behind = added - removed
        self.starts[first:] = [max(position, start + behind) for start in self.starts[first:]]

    def widest(self, body: QFont, small: QFont) -> tuple[int, int, int]:
        """Pixels of the widest time, of the widest name and of the widest short one; 0 where there are none."""
        times = [turn.begins for turn in self.turns if turn.begins is not None]
        strong = QFontMetrics(bold(body))
        return (
            QFontMetrics(small).horizontalAdvance(clock_text(max(times))) + 1 if times else 0,
            max((strong.horizontalAdvance(name) + 1 for name in self._short), default=0),
            max((strong.horizontalAdvance(name) + 1 for name in self._short.values()), default=0),
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
        metrics, width = QFontMetrics(font), columns.speaker_width
        name = speaker if metrics.horizontalAdvance(speaker) <= width else self._short.get(speaker, speaker)
        painter.drawText(place, metrics.elidedText(name, Qt.TextElideMode.ElideRight, width))


def short_names(speakers: Iterable[str]) -> dict[str, str]:
    """What to call speakers where there is little room: by their first word, with initials where that is another's too.

    Whoever would still be called as another is keeps the whole name.
    """
    words = {speaker: speaker.split() for speaker in speakers if speaker.strip()}
    firsts = Counter(parts[0] for parts in words.values())
    short = {
        speaker: parts[0]
        if firsts[parts[0]] == 1
        else " ".join([parts[0], *(f"{part[0]}." if part.isalpha() else part for part in parts[1:])])
        for speaker, parts in words.items()
    }
    called = Counter(short.values())
    return {speaker: name if called[name] == 1 else speaker for speaker, name in short.items()}


def bold(font: QFont) -> QFont:
    strong = QFont(font)
    strong.setWeight(QFont.Weight.DemiBold)
    return strong
