"""The prompt of the day: one thing that the notebook has not looked at, or that somebody waits for."""

from dataclasses import dataclass
from enum import StrEnum

from desktop_app.model.vocabulary import Term


class PromptKind(StrEnum):
    BLIND_SPOT = "blind spot"
    QUESTION = "question"
    FORESIGHT = "foresight"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True)
class Prompt:
    """``item`` is the id of the question, the foresight or the person; of a blind spot ``perspective/scale``, whose
    terms are then given. ``words`` are the question, the statement, or the person's name; ``days`` the days since
    somebody was last talked with."""

    kind: PromptKind
    item: str
    words: str
    perspective: Term | None = None
    scale: Term | None = None
    days: int = 0
