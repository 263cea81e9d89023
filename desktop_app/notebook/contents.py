"""Texts and turns of documents where two notebooks meet: merged by lines, kept aside until the merge is written."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from desktop_app.model.documents import Content, Turn
from desktop_app.model.errors import KnownError
from desktop_app.notebook.documents import content_of, unpack_turns
from desktop_app.text.anchors import Correction
from desktop_app.text.merging import merge_lines
from desktop_app.text.turns import moved_turns

Read = Callable[[str], bytes | None]


class MergedContents:
    """``read`` gives the bytes under a SHA-256, from here or from what comes in; ``made`` collects what is new."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self.made: dict[str, bytes] = {}

    def text(self, version: str) -> str | None:
        """The text of this SHA-256, or ``None`` where nobody has it."""
        data = self._bytes(version)
        return None if data is None else data.decode("utf-8", "surrogatepass")

    def _bytes(self, name: str) -> bytes | None:
        if name in self.made:
            return self.made[name]
        try:
            return self._read(name)
        except KnownError:
            return None

    def _turns(self, content: Mapping[str, Any]) -> tuple[Turn, ...] | None:
        if not content["turns"]:
            return ()
        data = self._bytes(content["turns"])
        return None if data is None else unpack_turns(data)

    def merged(
        self, base: Mapping[str, Any] | None, shown: Mapping[str, Any], other: Mapping[str, Any]
    ) -> Mapping[str, Any] | None:
        """As :meth:`~desktop_app.notebook.threeway.Contents.merged`."""
        if base is None:
            return None
        texts = [self.text(content["blob"]) for content in (base, shown, other)]
        turns = [self._turns(content) for content in (base, shown, other)]
        if any(text is None for text in texts) or any(found is None for found in turns):
            return None
        before, one, two = (text or "" for text in texts)
        found = merge_lines(before, one, two)
        if found.conflicts:
            return None
        placed = [_moved(text, found.text, of or ()) for text, of in zip((before, one, two), turns, strict=True)]
        merged = _merged_turns(*placed)
        return None if merged is None else self._keep(found.text, merged)

    def _keep(self, text: str, turns: Sequence[Turn]) -> Mapping[str, Any]:
        content: Content = content_of(text, turns, self._put)
        return content.to_json()

    def _put(self, data: bytes) -> str:
        name = hashlib.sha256(data).hexdigest()
        self.made[name] = data
        return name


def _moved(old: str, new: str, turns: Sequence[Turn]) -> dict[tuple[int, int], Turn]:
    found = turns if old == new else moved_turns(Correction(old, new), turns)
    return {(turn.start, turn.end): turn for turn in found}


def _merged_turns(
    before: Mapping[tuple[int, int], Turn], one: Mapping[tuple[int, int], Turn], two: Mapping[tuple[int, int], Turn]
) -> list[Turn] | None:
    """The turns with the changes of both, all of them placed on the merged text; ``None`` where they contradict each
    other, by what they say of one stretch or by overlapping."""
    found: list[Turn] = []
    for place in sorted(one.keys() | two.keys()):
        base, first, second = before.get(place), one.get(place), two.get(place)
        if first == second or second == base:
            turn = first
        elif first == base:
            turn = second
        else:
            return None
        if turn is None:
            continue
        if found and turn.start < found[-1].end:
            return None
        found.append(turn)
    return found
