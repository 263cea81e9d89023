"""Twins of transcripts: conversations at random, and a writer for each style, made for the tests alone."""

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from desktop_app.exchange.documents.paragraphs import Source
from desktop_app.exchange.documents.turns import find_turns
from desktop_app.model.documents import ParsedDocument

NAMES = (
    "Anna Berg", "Dr. Ana-Lucía O'Neil", "Speaker 1", "INTERVIEWER", "P07", "سارة الأحمد", "דנה", "小林", "J.R. Ödön",
    "Prof. Dr. Max von der Heide", "Zoë (Moderator)", "B",
)  # fmt: skip


@dataclass(frozen=True)
class Said:
    """One turn as it was written; times in whole seconds."""

    speaker: str
    begins: int
    ends: int
    text: str


_words = st.text(
    st.one_of(
        st.sampled_from(
            "a e n o r s t A Z ß é e\u0301 q\u0308 \U0001f600 👩‍👩‍👧 🇩🇪 ش ل \u064b ש ל 中 文 ไ ท ु . , ! ? ' -".split(
                " "
            )
        ),
        st.sampled_from(" \u00a0\u200f"),
        st.characters(categories=("Ll", "Lo", "Mn", "So")),
    ).map(lambda piece: piece[0]),
    min_size=1,
    max_size=60,
)
texts = _words.map(str.strip).filter(lambda text: any(letter.isalpha() for letter in text))


@st.composite
def conversations(draw: st.DrawFn) -> list[Said]:
    """Turns in which two or three people alternate, each at least twice, with pauses of seconds."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=3, unique=True))
    turns, now = [], draw(st.integers(0, 60))
    for number in range(draw(st.integers(2 * len(names), 12))):
        length, pause = draw(st.integers(1, 400)), draw(st.integers(0, 30))
        turns.append(Said(names[number % len(names)], now, now + length, draw(texts)))
        now += length + pause
    return turns


def clock(seconds: int, *, hours: bool = True) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


def source(text: str, *, title: str = "Talk", kind: str = "txt") -> Source:
    """A text as the reader of plain text hands it on, a line per paragraph."""
    return Source(title, tuple(text.split("\n")), kind)


def read(text: str, pattern: str = "") -> ParsedDocument:
    return find_turns(source(text), pattern)


def told(parsed: ParsedDocument) -> list[tuple[str, str]]:
    """Speaker and words of every turn, with the promises on ranges kept."""
    last = 0
    for turn in parsed.turns:
        said = parsed.text[turn.start : turn.end]
        assert last <= turn.start < turn.end
        assert said == said.strip()
        assert said
        last = turn.end
    return [(turn.speaker, parsed.text[turn.start : turn.end]) for turn in parsed.turns]


def times(parsed: ParsedDocument) -> list[tuple[int | None, int | None]]:
    return [(turn.begins, turn.ends) for turn in parsed.turns]


# --- writers of a style ---------------------------------------------------------------------------------------------


def zoom(said: Sequence[Said]) -> str:
    cues = (
        f"{number}\r\n{clock(turn.begins)}.000 --> {clock(turn.ends)}.000\r\n{turn.speaker}: {turn.text}\r\n"
        for number, turn in enumerate(said, 1)
    )
    return "\ufeffWEBVTT\r\n\r\n" + "\r\n".join(cues)


def teams(said: Sequence[Said]) -> str:
    cues = (
        f"0f1e2d3c-0000-4000-8000-00000000000a/{number}-0\n{clock(turn.begins)}.000 --> {clock(turn.ends)}.000\n"
        f"<v {html.escape(turn.speaker)}>{html.escape(turn.text)}</v>\n"
        for number, turn in enumerate(said)
    )
    return "WEBVTT\n\n" + "\n".join(cues)


def srt(said: Sequence[Said]) -> str:
    cues = (
        f"{number}\n{clock(turn.begins)},000 --> {clock(turn.ends)},000\n{turn.speaker}: {turn.text}\n"
        for number, turn in enumerate(said, 1)
    )
    return "\n".join(cues)


def otter(said: Sequence[Said]) -> str:
    head = "SUMMARY KEYWORDS\nchurn, price\n\nSPEAKERS\n" + ", ".join(dict.fromkeys(turn.speaker for turn in said))
    turns = (f"{turn.speaker}  {clock(turn.begins, hours=False)}\n{turn.text}\n" for turn in said)
    return "\n".join([head, "", *turns, "Transcribed by https://otter.ai", ""])


def teams_docx(said: Sequence[Said]) -> str:
    head = (
        "Weekly-20260615_133555-Meeting Transcript\n15 June 2026, 03:35am\n1h 27m 42s\nAnna Berg started transcription"
    )
    turns = (f"{turn.speaker}   {_short(turn.begins)}\n{turn.text}" for turn in said)
    return "\n".join([head, *turns, "Anna Berg stopped transcription"])


def _short(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}" if minutes > 59 else f"{minutes}:{rest:02}"


def descript(said: Sequence[Said]) -> str:
    return "\n\n".join(f"[{clock(turn.begins)}] {turn.speaker}: {turn.text}" for turn in said)


def rev(said: Sequence[Said]) -> str:
    return "\n\n".join(f"{turn.speaker} ({_short(turn.begins)}):\n{turn.text}" for turn in said)


def trint(said: Sequence[Said]) -> str:
    return "\n\n".join(f"{turn.speaker} [{clock(turn.begins)}] {turn.text}" for turn in said)


def happyscribe(said: Sequence[Said]) -> str:
    return "\n\n".join(f"[{clock(turn.begins)}.000] - {turn.speaker}\n{turn.text}" for turn in said)


def old_teams(said: Sequence[Said]) -> str:
    return "\n\n".join(f"{clock(turn.begins)}.0 --> {clock(turn.ends)}.0\n{turn.speaker}\n{turn.text}" for turn in said)


def f4(said: Sequence[Said]) -> str:
    return "\n".join(f"{turn.speaker}: {turn.text} #{clock(turn.ends)}-0#" for turn in said)


def labels(said: Sequence[Said]) -> str:
    return "\n".join(f"{turn.speaker}: {turn.text}" for turn in said)


def markdown(said: Sequence[Said]) -> str:
    return "\n\n".join(f"**{turn.speaker}:** {turn.text}" for turn in said)


def full_width(said: Sequence[Said]) -> str:
    return "\n".join(f"{turn.speaker}\uff1a{turn.text}" for turn in said)


BEGINNING: dict[str, Callable[[Sequence[Said]], str]] = {
    "otter": otter,
    "teams-docx": teams_docx,
    "descript": descript,
    "rev": rev,
    "trint": trint,
    "happyscribe": happyscribe,
}
"""Writers of plain text with the time at which each turn begins."""
TIMELESS: dict[str, Callable[[Sequence[Said]], str]] = {
    "labels": labels,
    "markdown": markdown,
    "full-width": full_width,
}
