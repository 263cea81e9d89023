"""Shapes of transcripts in ``shapes.toml``: speakers, words and times are those of the file, and prose stays prose."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from desktop_app.exchange.documents import read_document
from tests.exchange.documents.transcripts import times, told

SHAPES: dict[str, dict[str, Any]] = tomllib.loads(Path(__file__).with_name("shapes.toml").read_text("utf-8"))
PROSE: dict[str, str] = SHAPES.pop("prose")
TALKS = {f"{group}-{name}": shape for group, shapes in SHAPES.items() for name, shape in shapes.items()}


@pytest.mark.parametrize("shape", TALKS.values(), ids=TALKS)
def test_a_shape_is_read(shape: dict[str, Any]) -> None:
    parsed = read_document(shape["file"], shape["text"].encode())
    assert told(parsed) == [tuple(turn) for turn in shape["said"]]
    if "begins" in shape:
        began = [-1 if begins is None else begins / 1000 for begins, _ in times(parsed)]
        assert began == shape["begins"]
    assert parsed.text[: parsed.turns[0].start].strip() == shape.get("before", "")


@pytest.mark.parametrize("text", PROSE.values(), ids=PROSE)
def test_prose_stays_prose(text: str) -> None:
    parsed = read_document("a.txt", text.encode())
    assert parsed.turns == ()
    assert parsed.text == text
