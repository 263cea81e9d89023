"""A short café interview with codings over each other, and the view that shows it."""

from collections.abc import Callable

import pytest

from desktop_app.model.coding import Code, CodeFields, Coding
from desktop_app.model.documents import Text, Turn
from desktop_app.ui.interviews.transcript import TranscriptView

SAID = (
    ("You", "What made you stay?", 12),
    ("Ines Vidal", "Honestly? 👩‍👩‍👧‍👦 It felt like a friend showing me round, not a vendor.", 19),
    ("You", "And the price?", 75),
    ("Ines Vidal", "The price was fine. The invoice was not.", 77),
    ("Yael", "אמרתי לה שהקפה הזה שווה את המחיר, גם אם invoice לא ברור.", 3725),
)


def text_of(words: str, turns: tuple[Turn, ...] = (), name: str = "d") -> Text:
    return Text("document", name, "Interview", words, "v", turns, {"Ines Vidal": "p1"})


def interview() -> Text:
    turns, at = [], 0
    for speaker, words, second in SAID:
        turns.append(Turn(at, at + len(words), speaker, second * 1000))
        at += len(words) + 1
    return text_of("\n".join(words for _, words, _ in SAID), tuple(turns))


def code(name: str, colour: str) -> Code:
    return Code(name, CodeFields(name), (name,), colour)


CODES = {found.id: found for found in (code("help", "#0A7D35"), code("price", "#CF6573"), code("fair", "#2F6FB0"))}


def coding(name: str, code: str, start: int, end: int, coder: str = "you", **more: object) -> Coding:
    return Coding(name, "document", "d", code, start, end, coder, **more)  # type: ignore[arg-type]


def over(text: Text, name: str, code: str, words: str, coder: str = "you") -> Coding:
    start = text.text.index(words)
    return coding(name, code, start, start + len(words), coder)


@pytest.fixture
def text() -> Text:
    return interview()


@pytest.fixture
def codings(text: Text) -> list[Coding]:
    return [
        over(text, "friend", "help", "felt like a friend showing me round"),
        over(text, "showing", "fair", "friend showing", "M."),
        over(text, "invoice", "price", "The invoice was not."),
        over(text, "worth", "price", "שווה את המחיר, גם אם invoice"),
    ]


@pytest.fixture
def shown(qtbot, look) -> Callable[..., TranscriptView]:
    """A view of a text in a window that is in front."""

    def show(text: Text, codings=(), width: int = 900, height: int = 600) -> TranscriptView:
        made = TranscriptView(look)
        qtbot.addWidget(made)
        made.resize(width, height)
        made.set_text(text)
        made.set_codings(codings, CODES)
        made.show()
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow)
        made.setFocus()
        made.viewport().repaint()
        return made

    return show


@pytest.fixture
def view(shown, text: Text, codings: list[Coding]) -> TranscriptView:
    return shown(text, codings)
