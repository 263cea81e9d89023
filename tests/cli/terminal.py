"""A terminal for tests: runs one command line in this process, or in one of its own where processes matter."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop_app.cli.app import main

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Windows:
    """A launcher that opens nothing and remembers what it was asked for."""

    asked: list[tuple[object, ...]] = field(default_factory=list)
    code: int = 0

    def open_window(self, path: Path | None, *, sample: bool = False) -> int:
        self.asked.append(("open", path, sample))
        return self.code

    def capture(self, text: str | None, notebook: Path | None) -> int:
        self.asked.append(("capture", text, notebook))
        return self.code

    def draw(self, lens: str, found: object, path: Path) -> None:
        self.asked.append(("draw", lens, path))

    def render_pdf(self, page: str) -> bytes:
        self.asked.append(("print", page))
        return b"%PDF-"

    def tour(self, notebook: Path | None, out: Path, size: tuple[int, int]) -> list[Path]:
        self.asked.append(("tour", notebook, out, size))
        return [out / "01-today-light.png"]


@dataclass(frozen=True)
class Ran:
    """What a command line did: its exit code and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert self.code == 0, self.err
        return json.loads(self.out)

    @property
    def sentence(self) -> str:
        """The one line on standard error, which every refusal is."""
        assert self.err.startswith("terrain: "), self.err
        assert self.err.endswith("\n")
        assert self.err.count("\n") == 1, self.err
        assert "Traceback" not in self.err
        return self.err.removeprefix("terrain: ").rstrip("\n")


@contextmanager
def streams(stdin: bytes) -> Iterator[tuple[io.BytesIO, io.BytesIO]]:
    out, err = io.BytesIO(), io.BytesIO()
    before = sys.stdin, sys.stdout, sys.stderr
    wrapped = (
        io.TextIOWrapper(io.BytesIO(stdin), encoding="ascii"),
        io.TextIOWrapper(out, encoding="ascii", newline="\n"),
        io.TextIOWrapper(err, encoding="ascii", newline="\n"),
    )
    sys.stdin, sys.stdout, sys.stderr = wrapped
    try:
        yield out, err
    finally:
        for stream in wrapped[1:]:
            stream.flush()
        sys.stdin, sys.stdout, sys.stderr = before
        for stream in wrapped[1:]:
            stream.detach()


def terrain(*words: object, stdin: bytes | str = b"", launcher: Windows | None = None) -> Ran:
    """Run ``terrain WORDS`` in this process."""
    data = stdin.encode() if isinstance(stdin, str) else stdin
    with streams(data) as (out, err):
        code = main([str(word) for word in words], launcher or Windows())
    return Ran(code, out.getvalue().decode(), err.getvalue().decode())


def done(*words: object, stdin: bytes | str = b"") -> Ran:
    """The same, for what must work."""
    ran = terrain(*words, stdin=stdin)
    assert ran.code == 0, ran.err
    return ran


def command(*words: object) -> list[str]:
    """The words that start ``terrain`` in a process of its own."""
    return [sys.executable, "-P", "-m", "desktop_app", *map(str, words)]


def process(*words: object, **variables: str) -> "subprocess.Popen[bytes]":
    """``terrain WORDS`` started in a process of its own, its output in pipes."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **variables}
    return subprocess.Popen(
        command(*words), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    )


def run_process(words: Sequence[object], stdin: bytes = b"", **variables: str) -> Ran:
    """``terrain WORDS`` in a process of its own, until it ends."""
    with process(*words, **variables) as running:
        out, err = running.communicate(stdin, timeout=120)
    return Ran(running.returncode, out.decode(), err.decode())
