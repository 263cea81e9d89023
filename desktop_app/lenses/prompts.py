"""Choosing the prompt of the day. Nothing is learned: the same notebook says the same all day, whoever asks."""

from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256

from desktop_app.model.prompts import Prompt, PromptKind


def prompt_of(notebook: str, day: str, offered: Iterable[Prompt]) -> Prompt | None:
    """One of ``offered``, or ``None`` of none. ``notebook`` is an id, ``day`` an ISO date.

    First a kind is drawn, so that many blind spots do not outnumber the one open question, then an item of it. Both are
    drawn by the highest random weight (Thaler and Ravishankar 1998): a thing that comes or goes during the day leaves
    the choice among the others as it was.
    """
    by_kind: dict[PromptKind, list[Prompt]] = defaultdict(list)
    for prompt in offered:
        by_kind[prompt.kind].append(prompt)
    if not by_kind:
        return None

    def weight(*parts: str) -> bytes:
        return sha256("\n".join((notebook, day, *parts)).encode()).digest()

    kind = max(by_kind, key=weight)
    return max(by_kind[kind], key=lambda prompt: weight(kind, prompt.item))
