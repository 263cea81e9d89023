"""The manual's page on searching names every field and every value, and its examples can be read."""

import re

import pytest

from desktop_app.config.resources import resource_path
from desktop_app.model.queries import DATE_FIELDS, FIELDS, HAS_VALUES, IS_VALUES
from desktop_app.search import understand
from tests.search.library import NOW, VOCAB

PAGE = resource_path("manual", "search.md").read_text("utf-8")


@pytest.mark.parametrize("field", [*FIELDS, *DATE_FIELDS])
def test_every_field_has_its_heading_and_an_example(field: str) -> None:
    section = re.search(rf"^### {field}:\n\n(.+?)(?=\n#|\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert section is not None
    values = VOCAB.closed(field) if field in FIELDS else None
    assert f"`{field}:" in section[1] or (values and all(f"`{value}`" in section[1] for value in values))


def test_every_value_is_named() -> None:
    for value in (*HAS_VALUES, *IS_VALUES):
        assert f"`{value}`" in PAGE


def test_every_example_can_be_read() -> None:
    examples = [example for example in re.findall(r"`([^`]*)`", PAGE) if re.search(r"\w:\S|OR|\"|\w[*~]", example)]
    assert len(examples) > 40
    for example in examples:
        if not example.endswith(":") and example != "OR":
            understand(example.replace("\\|", "|"), now=NOW, vocab=VOCAB)
