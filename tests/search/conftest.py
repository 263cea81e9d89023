"""Small indexes in real folders."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop_app.search import SearchDocument
from tests.search.library import OPENED, Library


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    while OPENED:
        OPENED.pop().close()


@pytest.fixture
def library(tmp_path: Path) -> Callable[..., Library]:
    made: list[Library] = []

    def make(*documents: SearchDocument, language: str = "en") -> Library:
        made.append(Library(tmp_path / f"index-{len(made)}", documents, language))
        return made[-1]

    return make
