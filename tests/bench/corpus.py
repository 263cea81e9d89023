"""A seeded corpus: always the same entries and metric files, with words as rare and as common as in a language."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

from desktop_app.model.entries import Basis, EntryDraft, EntryKind
from desktop_app.services import Notebook, create_notebook

SEED = 20261122
WORDS = 12_000
BATCH = 100
_CONSONANTS, _VOWELS = "bcdfghklmnprstvw", "aeiou"
_SCALES = ("moment", "day", "week", "month", "quarter", "year", "decade")
_PERSPECTIVES = ("holistic", "multi-temporal", "broad-foresight", "random-events", "cunning-intelligence")
_TAGS = ("pricing", "pricing/discounts", "onboarding", "port", "port/strike", "school", "trust", "channel/ads")


@dataclass(frozen=True)
class Corpus:
    """``texts`` are the bodies in order; ``words`` all words, the most common first."""

    texts: tuple[str, ...]
    words: tuple[str, ...]


def make(entries: int) -> Corpus:
    """Texts of 20 to 120 words drawn by Zipf's law."""
    chance = random.Random(SEED)
    words = tuple(_words(chance))
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(words))))
    texts = []
    for _ in range(entries):
        drawn = chance.choices(words, cum_weights=weights, k=chance.randrange(20, 120))
        sentences = [" ".join(drawn[first : first + 12]).capitalize() for first in range(0, len(drawn), 12)]
        texts.append(". ".join(sentences) + ".")
    return Corpus(tuple(texts), words)


def _words(chance: random.Random) -> Iterator[str]:
    known: set[str] = set()
    while len(known) < WORDS:
        syllables = chance.choices((2, 3, 4), weights=(5, 4, 1))[0]
        word = "".join(chance.choice(_CONSONANTS) + chance.choice(_VOWELS) for _ in range(syllables))
        word += chance.choice(("", "", "n", "s", "r"))
        if word not in known:
            known.add(word)
            yield word


def drafts(corpus: Corpus) -> Iterator[EntryDraft]:
    """The entries of the corpus, over three years."""
    chance = random.Random(SEED + 1)
    for number, text in enumerate(corpus.texts):
        day = date(2024, 1, 1) + timedelta(days=number * 1000 // max(len(corpus.texts), 1))
        kind = chance.choice(list(EntryKind))
        yield EntryDraft(
            body=text,
            kind=kind,
            title=" ".join(text.split()[:4]) if number % 2 else "",
            when=str(day),
            scales=tuple(chance.sample(_SCALES, chance.randrange(3))),
            perspectives=tuple(chance.sample(_PERSPECTIVES, chance.randrange(3))),
            tags=tuple(chance.sample(_TAGS, chance.randrange(3))),
            speaker=f"Person {chance.randrange(200)}" if kind == EntryKind.QUOTE else None,
            basis=chance.choice(list(Basis)) if kind == EntryKind.QUOTE else None,
        )


def notebook(path: Path, corpus: Corpus) -> Notebook:
    """A notebook of the corpus, written through the services, a hundred entries to a change."""
    made = create_notebook(path, title="Bench")
    waiting = list(drafts(corpus))
    for first in range(0, len(waiting), BATCH):
        with made._context.change("Write entries"):
            for draft in waiting[first : first + BATCH]:
                made.entries.add(draft)
    return made


# --- metric files -----------------------------------------------------------------------------------------------------


def wide(path: Path, seed: int, days: int = 730, metrics: int = 12) -> Path:
    """A daily table with a column for each metric."""
    chance = random.Random(seed)
    lines = ["Date," + ",".join(f"Metric {number}" for number in range(metrics))]
    for day in range(days):
        values = ",".join(str(chance.randrange(100_000)) for _ in range(metrics))
        lines.append(f"{date(2024, 1, 1) + timedelta(days=day)},{values}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def long(path: Path, seed: int, days: int = 730, metrics: int = 12) -> Path:
    """The same as a row for each value."""
    chance = random.Random(seed)
    lines = ["Date,Metric,Value"]
    for day in range(days):
        when = date(2024, 1, 1) + timedelta(days=day)
        lines += [f"{when},Metric {number},{chance.randrange(100_000)}" for number in range(metrics)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def console(folder: Path, seed: int, days: int = 480, queries: int = 1000) -> Path:
    """An export of Search Console as a folder: a daily chart and a table of queries."""
    chance = random.Random(seed)
    folder.mkdir()

    def row(head: str) -> str:
        shown = chance.randrange(100, 90_000)
        clicked = chance.randrange(shown // 10)
        return f"{head},{clicked},{shown},{clicked / shown:.2%},{chance.uniform(1, 60):.2f}"

    chart = [row(str(date(2025, 1, 1) + timedelta(days=day))) for day in range(days)]
    asked = [row(f"query {number}") for number in range(queries)]
    tables = {"Chart.csv": ("Date", chart), "Queries.csv": ("Top queries", asked)}
    for name, (head, rows) in tables.items():
        text = "\n".join([f"{head},Clicks,Impressions,CTR,Position", *rows])
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "Filters.csv").write_text("Filter,Value\nSearch type,Web\nDate,Last 16 months", encoding="utf-8")
    return folder
