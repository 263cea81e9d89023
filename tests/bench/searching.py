"""Building the index and asking it, beside SQLite's FTS5 on the same texts."""

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from desktop_app.services import Notebook
from tests.bench.corpus import Corpus, drafts
from tests.bench.figures import Call, Figure, in_turns

HITS = 50
ROUNDS = 5
_SELECT = "SELECT rowid, snippet(text, 0, '[', ']', '…', 24) FROM text WHERE text MATCH ? ORDER BY bm25(text) LIMIT ?"


def fulltext(path: Path) -> sqlite3.Connection:
    """An empty FTS5 index on disk, with stemming and diacritics folded as ours."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(
        "CREATE VIRTUAL TABLE text USING fts5(body, kind, tags, tokenize = 'porter unicode61 remove_diacritics 2')"
    )
    return connection


def index(notebook: Notebook, corpus: Corpus, connection: sqlite3.Connection) -> Figure:
    """The whole index built anew, once each."""
    rows = [(draft.body, str(draft.kind), " ".join(draft.tags or ())) for draft in drafts(corpus)]

    def theirs() -> None:
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO text (body, kind, tags) VALUES (?, ?, ?)", rows)
        connection.execute("COMMIT")

    value, floor = in_turns([(notebook.search.rebuild, theirs)])
    return Figure("index", value, "s", floor, f"index of {len(rows):,} entries built", "FTS5 built")


def queries(corpus: Corpus) -> dict[str, list[tuple[str, str]]]:
    """For each figure the queries, ours and theirs: common words, rarer ones, and rare ones."""
    words = corpus.words
    common, middle, rare = words[20:26], words[300:306], words[2500:2506]
    picked = [*common, *middle, *rare]
    texts = [text.replace(".", "").lower().split() for text in corpus.texts[: len(picked)]]
    phrases = [" ".join(text[2:4]) for text in texts]
    return {
        "search_word": [(word, f'"{word}"') for word in picked],
        "search_words": [(f"{a} {b}", f'"{a}" "{b}"') for a, b in zip(common, middle, strict=True)],
        "search_phrase": [(f'"{phrase}"', f'"{phrase}"') for phrase in phrases],
        "search_prefix": [(f"{word[:2]}*", f"{word[:2]}*") for word in picked],
        "search_or": [(f"{a} OR {b}", f'"{a}" OR "{b}"') for a, b in zip(middle, rare, strict=True)],
        "search_field": [
            (f"{word} kind:quote tag:pricing", f'body:"{word}" kind:quote tags:pricing') for word in [*common, *middle]
        ],
    }


def search(notebook: Notebook, corpus: Corpus, connection: sqlite3.Connection) -> Iterator[Figure]:
    """Warm searches with fifty snippets."""
    for name, pairs in queries(corpus).items():
        value, floor = in_turns(_calls(notebook, connection, pairs))
        yield Figure(
            name,
            value * 1000,
            "ms",
            floor * 1000,
            f"{HITS} hits of {pairs[0][0]} and the like",
            "FTS5, the same with snippets",
        )


def _calls(
    notebook: Notebook, connection: sqlite3.Connection, pairs: Sequence[tuple[str, str]]
) -> Iterator[tuple[Call, Call]]:
    for round_number in range(ROUNDS + 1):
        for ours, theirs in pairs:
            calls = (
                lambda ours=ours: notebook.search.run(ours, limit=HITS),
                lambda theirs=theirs: connection.execute(_SELECT, (theirs, HITS)).fetchall(),
            )
            if round_number:
                yield calls
            else:
                # The first time is for the caches.
                for call in calls:
                    call()
