"""Who says a coded stretch: the turn it belongs to, by the speaker of most of it."""

from desktop_app.model.documents import Text, Turn
from desktop_app.text.extents import turns_within


class Spoken:
    """Looks up turns of one text."""

    def __init__(self, text: Text) -> None:
        self._turns = text.turns
        self._people = text.people
        self._starts = [turn.start for turn in text.turns]

    def place(self, start: int, end: int) -> int | None:
        """Which turn a stretch belongs to: the first of whoever says most of it; ``None`` outside of all turns."""
        reached = turns_within(self._turns, self._starts, start, end)
        if len(reached) < 2:
            return reached[0] if reached else None
        said: dict[str, int] = {}
        for at in reached:
            turn = self._turns[at]
            said[turn.speaker] = said.get(turn.speaker, 0) + min(turn.end, end) - max(turn.start, start)
        most = max(said, key=lambda speaker: said[speaker])
        return next(at for at in reached if self._turns[at].speaker == most)

    def turn(self, start: int, end: int) -> Turn | None:
        """The turn at :meth:`place`."""
        place = self.place(start, end)
        return None if place is None else self._turns[place]

    def person(self, speaker: str) -> str | None:
        """The id of the person that a speaker is, where somebody has said so."""
        return self._people.get(speaker)
