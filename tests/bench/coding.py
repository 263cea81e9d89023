"""Coding a long text: the transcript view beside a bare QPlainTextEdit with the same words.

The issue's bounds hold for the larger of the two texts, a million characters under 5,000 codings. Memory is measured in
processes of their own: run as ``python -m tests.bench.coding ours|bare CHARACTERS CODINGS`` one shows the text, and
prints by how much the resident memory has grown then, and once some of it has been read. Both views read the same
paragraphs: of a page of the bare one's narrower rows it lays out more.
"""

import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.model.coding import COLOURS, Code, CodeFields, Coding
from desktop_app.model.documents import Text, Turn
from tests.bench.figures import Call, Figure, in_turns
from tests.bench.window import resident_kilobytes

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QPlainTextEdit

    from desktop_app.ui.interviews.transcript import TranscriptView
    from desktop_app.ui.theme import Appearance

Step = Callable[[int], None]

ROOT = Path(__file__).resolve().parents[2]
SIZES = {"300k": (300_000, 1_000), "1m": (1_000_000, 5_000)}
REPEATS = 9
PARAGRAPHS = 300
"""So many are read: they and not the text are most of what either view holds then."""
BOUNDS_MS = {"coding_open_1m": 250.0, "coding_apply_1m": 20.0}
MEMORY_BOUND = 3.0
WORDS = (
    "the price was fine but invoice nobody told me what they were for and we nearly left because my sister had set up "
    "a place people cross town harbour roaster friend vendor listen café naïve Größe week again never always"
).split()


@dataclass(frozen=True)
class Corpus:
    """A text with turns, its codes by id, and its codings."""

    text: Text
    codes: dict[str, Code]
    codings: list[Coding]


def corpus(characters: int, count: int) -> Corpus:
    """An interview of so many characters: turns of 20 to 700, codings of 10 to 400, many over each other."""
    chance = random.Random(7)
    said: list[str] = []
    turns: list[Turn] = []
    at, speakers = 0, ("You", "Ines Vidal")
    while at < characters:
        words: list[str] = []
        wanted = chance.randint(20, 700)
        while sum(map(len, words)) + len(words) < wanted:
            words.append(chance.choice(WORDS))
        turn = " ".join(words)
        turns.append(Turn(at, at + len(turn), speakers[len(turns) % 2], at * 60))
        said.append(turn)
        at += len(turn) + 1
    whole = "\n".join(said)
    codes = {
        f"code{number}": Code(f"code{number}", CodeFields(f"Code {number}"), (f"Code {number}",), COLOURS[number % 12])
        for number in range(40)
    }
    codings = []
    for number in range(count):
        start = chance.randrange(len(whole) - 400)
        end = start + chance.randint(10, 400)
        coder = chance.choice(("A", "B"))
        codings.append(Coding(f"c{number}", "document", "d", f"code{chance.randrange(40)}", start, end, coder))
    return Corpus(Text("document", "d", "Bench", whole, "v", tuple(turns), {"Ines Vidal": "p"}), codes, codings)


def figures() -> Iterator[Figure]:
    """Opening, applying a code, recoding and scrolling at both sizes, and memory."""
    for size, (characters, count) in SIZES.items():
        yield from _timed(size, corpus(characters, count))
        yield from _memory(size, characters, count)


def beyond(found: Iterable[Figure]) -> list[str]:
    """Names of the figures that are beyond the bounds of the issue."""
    return [
        figure.name
        for figure in found
        if figure.value > BOUNDS_MS.get(figure.name, float("inf"))
        or (figure.name.startswith("coding_memory") and figure.ratio > MEMORY_BOUND)
    ]


def _timed(size: str, made: Corpus) -> Iterator[Figure]:
    from PySide6.QtWidgets import QPlainTextEdit

    application, look = _application()
    ours, bare = _view(look), QPlainTextEdit()
    for widget in (ours, bare):
        widget.resize(900, 800)
        widget.show()
    application.processEvents()
    measured: dict[str, tuple[Step, Step, str, str]] = {
        "open": (lambda _: _open(ours, made), lambda _: _open_bare(bare, made), "opened and painted", "setPlainText"),
        "apply": (_applying(ours, made), _repainting(bare), "a code applied and painted", "a repaint"),
        "recode": (_recoding(ours, made), _repainting(bare), "a coding recoded and painted", "a repaint"),
        "scroll": (_paging(ours), _paging(bare), "a page scrolled and painted", "the same"),
    }
    for name, (value, floor, what, against) in measured.items():
        pairs: list[tuple[Call, Call]] = [(partial(value, turn), partial(floor, turn)) for turn in range(REPEATS)]
        ours_took, bare_took = in_turns(pairs)
        told = f"{len(made.codings):,} codings: {what}"
        yield Figure(
            f"coding_{name}_{size}", ours_took * 1000, "ms", bare_took * 1000, told, f"bare text view, {against}"
        )
    for widget in (ours, bare):
        widget.close()
        widget.deleteLater()
    application.processEvents()


def _application() -> "tuple[QApplication, Appearance]":
    from PySide6.QtWidgets import QApplication

    from desktop_app.config.settings import Settings
    from desktop_app.ui.theme import Appearance

    application = QApplication.instance() or QApplication(["bench"])
    assert isinstance(application, QApplication)
    return application, Appearance(application, Settings({"theme": "light"}))


def _view(look: "Appearance") -> "TranscriptView":
    from desktop_app.ui.interviews.transcript import TranscriptView

    return TranscriptView(look)


def _paint(widget: "QPlainTextEdit") -> None:
    """Paints at once all that is in sight, into the window's own store."""
    widget.viewport().repaint()


def _open(view: "TranscriptView", made: Corpus) -> None:
    view.set_text(replace(made.text, id="other"))
    view.set_codings(made.codings, made.codes)
    _paint(view)


def _open_bare(view: "QPlainTextEdit", made: Corpus) -> None:
    view.setPlainText(made.text.text)
    _paint(view)


def _applying(view: "TranscriptView", made: Corpus) -> Step:
    def apply(number: int) -> None:
        view.put_codings([Coding(f"new{number}", "document", "d", "code3", 40 + number, 140 + number, "A")])
        _paint(view)

    return apply


def _recoding(view: "TranscriptView", made: Corpus) -> Step:
    first = min(made.codings, key=lambda coding: coding.start)

    def recode(number: int) -> None:
        view.put_codings([replace(first, code=f"code{number}")])
        _paint(view)

    return recode


def _repainting(view: "QPlainTextEdit") -> Step:
    return lambda _: _paint(view)


def _paging(view: "QPlainTextEdit") -> Step:
    def page(_: int) -> None:
        bar = view.verticalScrollBar()
        bar.setValue(bar.value() + bar.pageStep())
        _paint(view)

    return page


# --- memory, in a process of its own ----------------------------------------------------------------------------------


def _memory(size: str, characters: int, count: int) -> Iterator[Figure]:
    ours, bare = (_grown(which, characters, count) for which in ("ours", "bare"))
    for place, (name, what) in enumerate((("memory", "opened"), ("memory_read", f"{PARAGRAPHS} paragraphs read"))):
        told = f"{count:,} codings: {what}"
        yield Figure(f"coding_{name}_{size}", ours[place], "MB", bare[place], told, "bare text view, the same")


def _grown(which: str, characters: int, count: int) -> list[float]:
    command = [sys.executable, "-P", "-m", "tests.bench.coding", which, str(characters), str(count)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    told = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return [int(kilobytes) / 1024 for kilobytes in told.stdout.split()]


def main(which: str, characters: int, count: int) -> int:
    """Prints the kilobytes by which this process grows once a text is shown, and once it is read in."""
    from PySide6.QtWidgets import QPlainTextEdit

    made = corpus(characters, count)
    application, look = _application()
    ours, bare = _view(look), QPlainTextEdit()
    # What a first view of either kind loads belongs to none of them.
    few = corpus(2_000, 5)
    _open(ours, few)
    _open_bare(bare, few)
    for widget in (ours, bare):
        widget.resize(900, 800)
        widget.show()
        application.processEvents()
    before = resident_kilobytes()
    if which == "ours":
        _open(ours, made)
    else:
        _open_bare(bare, made)
    opened = resident_kilobytes()
    view = ours if which == "ours" else bare
    turn_page, page = _paging(view), 0
    while view.firstVisibleBlock().blockNumber() < PARAGRAPHS:
        turn_page(page)
        page += 1
    sys.stdout.write(f"{opened - before} {resident_kilobytes() - before}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
