"""A vocabulary, a clock and small indexes in real folders, for the tests of this room."""

import tomllib
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from desktop_app.config.resources import resource_path
from desktop_app.model.vocabulary import Vocabulary, VocabularyName
from desktop_app.search import Found, Position, QueryVocabulary, SearchDocument, SearchIndex, search, understand

NOW = datetime(2026, 11, 22, 15, 0)


def _vocabulary(name: VocabularyName) -> Vocabulary:
    return Vocabulary.from_toml(name, tomllib.loads(resource_path("vocabulary", f"{name}s.toml").read_text("utf-8")))


HARBOUR, BAKERY, BAKER = "0harbour00aaaaaaaaaaaaaaaa", "0bakery000aaaaaaaaaaaaaaaa", "0bakery000bbbbbbbbbbbbbbbb"
"""Ids of three things; the last two begin alike for nine characters."""
_NAMES = {HARBOUR: "The harbour closed", BAKERY: "Bakery", BAKER: "Ines Vidal"}


VOCAB = QueryVocabulary(
    perspectives=_vocabulary("perspective"),
    scales=_vocabulary("scale"),
    tags=("pricing", "pricing/discounts", "onboarding"),
    people=("Ines Vidal", "Tomás Ruiz"),
    organisations=("Café Norte",),
    channels=("e-mail", "counter"),
    series=("Trials started",),
    authors=("Mara Lind", "Tom"),
    questions=("Why did they leave?",),
    beginning=lambda begun: [item for item in _NAMES if item.startswith(begun)],
    name_of=lambda item: _NAMES.get(item, ""),
)


OPENED: list[SearchIndex] = []
"""Indexes to close when the test is over."""


class Library:
    """An index with documents in it, and the ids a query finds."""

    def __init__(self, folder: Path, documents: Iterable[SearchDocument], language: str = "en") -> None:
        self.folder = folder
        documents = list(documents)
        self.index = SearchIndex(folder, notebook_id="n", language=language)
        OPENED.append(self.index)
        self.index.rebuild(documents, len(documents), Position(0))

    def search(self, query: str, **options: object) -> Found:
        tree = understand(query, now=NOW, vocab=VOCAB).query
        return search(self.index, tree, now=NOW, **options)  # type: ignore[arg-type]

    def ids(self, query: str) -> set[str]:
        found = self.search(query, limit=1000)
        assert found.total == len(found.hits) == len({hit.id for hit in found.hits})
        return {hit.id for hit in found.hits}

    def order(self, query: str, **options: object) -> list[str]:
        return [hit.id for hit in self.search(query, **options).hits]


def entry(key: str, body: str = "", **values: object) -> SearchDocument:
    return SearchDocument(key, "entry", body=body, **values)  # type: ignore[arg-type]
