"""Importing metric files, beside reading them with the csv module."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

from desktop_app.services import create_notebook
from tests.bench import corpus
from tests.bench.figures import Call, Figure, in_turns

FILES = 5
SHAPES: dict[str, tuple[Callable[[Path, int], Path], str, str]] = {
    "import_wide": (corpus.wide, ".csv", "730 days × 12 metrics"),
    "import_long": (corpus.long, ".csv", "8,760 rows of one value"),
    "import_search_console": (corpus.console, "", "480 days, 1,000 queries"),
}


def read(path: Path) -> int:
    """Every cell of a file, or of the files in a folder."""
    cells = 0
    for file in sorted(path.iterdir()) if path.is_dir() else [path]:
        with file.open(encoding="utf-8", newline="") as lines:
            cells += sum(len(row) for row in csv.reader(lines))
    return cells


def imports(folder: Path) -> Iterator[Figure]:
    """Files with new numbers into a notebook that keeps them, its backup included."""
    with create_notebook(folder / "metrics.terrain") as notebook:
        for name, (make, ending, what) in SHAPES.items():
            paths = [make(folder / f"{name}-{number}{ending}", number) for number in range(FILES + 1)]
            # The first import loads the readers.
            notebook.metrics.import_files([paths[0]])

            def pairs(paths: list[Path] = paths[1:]) -> Iterator[tuple[Call, Call]]:
                for path in paths:
                    yield lambda path=path: notebook.metrics.import_files([path]), lambda path=path: read(path)

            value, floor = in_turns(pairs())
            yield Figure(name, value * 1000, "ms", floor * 1000, f"{what} imported", "read with csv")
