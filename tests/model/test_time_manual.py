"""The manual's page on dates promises nothing that is not so."""

import re
from datetime import datetime

import pytest

from desktop_app.config.resources import resource_path
from desktop_app.model.time import describe, parse_when

NOW = datetime(2026, 11, 22, 14, 50)
PAGE = resource_path("manual", "dates.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in row.strip("|").split("|")] for row in re.findall(r"^\| `.*$", PAGE, re.MULTILINE)]


@pytest.mark.parametrize(("typed", "_shown", "kept"), ROWS)
def test_what_can_be_typed(typed: str, _shown: str, kept: str) -> None:
    read = [parse_when(text, NOW).edtf for text in re.findall(r"`([^`]+)`", typed)]
    assert set(re.findall(r"`([^`]+)`", kept)) <= set(read)
    assert all(parse_when(describe(edtf), NOW).edtf == edtf for edtf in read)


def test_edtf_and_other_languages_of_the_page() -> None:
    examples = re.findall(r"`([^`]+)`", PAGE.partition("## EDTF directly")[2])
    assert len(examples) > 5
    for text in [*examples, *re.findall(r"`([^`]+)`", PAGE.partition("other languages")[2].partition("##")[0])]:
        assert parse_when(text, NOW).edtf
