"""``python -m tests.bench [--entries 10000] [--json FILE]``: measure everything, as a table and as JSON."""

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from tests.bench import (
    agreeing,
    coding,
    corpus,
    exporting,
    folder,
    importing,
    lensing,
    merging,
    searching,
    window,
    writing,
)
from tests.bench.figures import Figure, table


def measured(entries: int, place: Path) -> Iterator[Figure]:
    """Every figure, over a notebook of so many entries."""
    texts = corpus.make(entries)
    path = place / "bench.terrain"
    with corpus.notebook(path, texts) as notebook, closing(searching.fulltext(place / "fts5.sqlite")) as connection:
        yield writing.capture(notebook, texts, place)
        yield searching.index(notebook, texts, connection)
        yield from searching.search(notebook, texts, connection)
        yield writing.saved_to_found(notebook, connection)
        yield exporting.export(notebook, place)
        yield from lensing.figures(notebook, place)
    yield from merging.figures(place, entries)
    yield from folder.figures(place, entries)
    yield from importing.imports(place)
    yield from agreeing.figures()
    yield from window.figures(path)
    yield from coding.figures()


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description="Terrain's figures, each beside its floor.")
    parser.add_argument("--entries", type=int, default=10_000, help="how many entries the notebook has (10000)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures into a file, too")
    wish = parser.parse_args()
    if wish.entries < 100:
        parser.error("at least 100 entries make a corpus")
    place = Path(tempfile.mkdtemp(prefix="terrain-bench-"))
    os.environ["TERRAIN_HOME"] = str(place / "home")
    found: list[Figure] = []
    try:
        for figure in measured(wish.entries, place):
            found.append(figure)
            print(f"measured {figure.name}", file=sys.stderr, flush=True)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    print(table(found))
    if wish.json:
        data = {figure.name: figure.as_json() for figure in found}
        wish.json.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    beyond = coding.beyond(found) + merging.beyond(found) + lensing.beyond(found)
    if beyond:
        print(f"beyond their bounds: {', '.join(beyond)}", file=sys.stderr)
    return 1 if beyond else 0


if __name__ == "__main__":
    sys.exit(main())
