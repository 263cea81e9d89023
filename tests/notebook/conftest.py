"""A real notebook file for each test: a template made once is copied."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.notebook.file import NotebookFile


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.terrain"
    NotebookFile.create(path, title="Template", language="en", author="Ada", device="one").close()
    return path


@pytest.fixture
def path(template: Path, tmp_path: Path) -> Path:
    target = tmp_path / "notes.terrain"
    shutil.copyfile(template, target)
    return target


@pytest.fixture
def file(path: Path) -> Iterator[NotebookFile]:
    opened = NotebookFile.open(path, author="Ada", device="one")
    yield opened
    opened.close()
