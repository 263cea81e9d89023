"""One durable capture, and how long until what was saved is found."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from desktop_app.model.entries import EntryDraft
from desktop_app.services import Notebook
from tests.bench.corpus import Corpus
from tests.bench.figures import Call, Figure, in_turns

CAPTURES = 200
FOUND = 30


def capture(notebook: Notebook, corpus: Corpus, folder: Path) -> Figure:
    """An entry with its fields and history, beside one row with the same text; both on the disk when they return."""
    with closing(sqlite3.connect(folder / "raw.sqlite", isolation_level=None)) as raw:
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute("PRAGMA synchronous = FULL")
        raw.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT NOT NULL)")

        def pairs() -> Iterator[tuple[Call, Call]]:
            for number in range(CAPTURES):
                text = corpus.texts[number % len(corpus.texts)]
                draft = EntryDraft(body=text, when="2026-11-20", scales=("week",), tags=("port",))
                yield (
                    lambda draft=draft: notebook.entries.add(draft),
                    lambda text=text: raw.execute("INSERT INTO note (body) VALUES (?)", (text,)),
                )

        value, floor = in_turns(pairs())
    return Figure(
        "capture", value * 1000, "ms", floor * 1000, "one durable capture", "one raw insert, WAL, synchronous=FULL"
    )


def saved_to_found(notebook: Notebook, fulltext: sqlite3.Connection) -> Figure:
    """From saving an entry to a search that shows it, beside the same with a row of FTS5."""

    def ours(word: str) -> None:
        notebook.entries.add(EntryDraft(body=f"The {word} was seen in the harbour", when="2026-11-20"))
        assert notebook.search.run(word, limit=50).total == 1

    def theirs(word: str) -> None:
        fulltext.execute("INSERT INTO text (body, kind, tags) VALUES (?, '', '')", (f"The {word} was seen",))
        assert fulltext.execute("SELECT rowid FROM text WHERE text MATCH ?", (word,)).fetchall()

    def pairs() -> Iterator[tuple[Call, Call]]:
        for number in range(FOUND):
            word = f"qzx{'abcdefghij'[number // 10]}{'abcdefghij'[number % 10]}qx"
            yield lambda word=word: ours(word), lambda word=word: theirs(word)

    value, floor = in_turns(pairs())
    return Figure(
        "saved_to_found",
        value * 1000,
        "ms",
        floor * 1000,
        "saved until found",
        "FTS5 insert and query, synchronous=FULL",
    )
