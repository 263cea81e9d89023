"""The manual as data: whole, linked, found; and its tables hold what the program's tables hold."""

import re

import pytest

from desktop_app.config.resources import resource_path
from desktop_app.config.settings import SETTINGS
from desktop_app.model.queries import DATE_FIELDS, FIELDS, HAS_VALUES, IS_VALUES
from desktop_app.ui.help import KeyRow
from desktop_app.ui.help.manual import Manual, fold, read_manual, sections_of, slug
from desktop_app.ui.help.tables import default_in_words, with_tables

KEYS = (
    KeyRow("Write", "Write", ("Ctrl+N",)),
    KeyRow("Notebook", "Back up now", ()),
    KeyRow("Go", "Pane", ("F6",), "Browse"),
)


@pytest.fixture(scope="module")
def manual() -> Manual:
    return read_manual(KEYS)


def test_every_page_there_is_can_be_read(manual):
    files = {path.stem for path in resource_path("manual").glob("*.md")}
    assert {page.id for page in manual.pages} == files
    for page in manual.pages:
        assert page.title
        assert "<!-- table" not in page.html
        assert "manual.invalid" not in page.html


def test_every_heading_has_its_anchor_and_every_link_an_end(manual):
    for page in manual.pages:
        anchors = re.findall(r'<h[1-6]><a name="([^"]+)">', page.html)
        assert anchors == [section.anchor for section in page.sections]
        assert len(set(anchors)) == len(anchors)
        for target, anchor in re.findall(r'href="terrain:([^/"]+)/([^"]*)"', page.html):
            found = manual.page(target)
            assert found is not None, (page.id, target)
            assert not anchor or anchor in {section.anchor for section in found.sections}, (page.id, target, anchor)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_every_setting_is_told_with_its_default(manual, setting):
    html = manual.page("settings").html
    row = next(row for row in re.findall(r"<tr>.*?</tr>", html, re.DOTALL) if f"<td>{setting.title}</td>" in row)
    assert setting.description in row
    assert f"<td>{default_in_words(setting)}</td>" in row
    assert all(label in row for _, label in setting.choices)
    assert f">{setting.section}</h2>" in html


def test_every_search_field_and_value_is_told(manual):
    html = manual.page("fields").html
    for name in (*FIELDS, *DATE_FIELDS):
        assert f'<a href="terrain:search/{name}"' in html
    for field, values in (("has", HAS_VALUES), ("is", IS_VALUES)):
        for value in values:
            assert f"<code>{field}:{value}</code>" in html


def test_keys_are_told_where_they_count(manual):
    _, everywhere, in_one, by_name, *_ = manual.page("keyboard").html.split("<h2>")
    assert "Ctrl+N" in everywhere
    assert "F6" in in_one
    assert "F6" not in everywhere
    assert "Back up now" in by_name


def test_both_vocabularies_are_explained(manual):
    headings = [section.heading for section in manual.page("perspectives").sections]
    assert {"Holistic", "Random events", "Moment", "Generation"} <= set(headings)
    assert len([section for section in manual.page("perspectives").sections if section.level == 3]) == 7 + 8


def test_a_table_that_does_not_exist_is_a_mistake():
    with pytest.raises(KeyError):
        with_tables("<!-- table: wishes -->", KEYS)


def test_sections_know_code_from_headings():
    text = "# Page\n\nFirst.\n\n```\n# no heading\n```\n\n## Two: `kind:`?\n\nText\n\n## Two: kind?"
    first, second, third = sections_of(text)
    assert (first.heading, first.level, first.text) == ("Page", 1, "First. # no heading")
    assert (second.heading, second.anchor, second.text) == ("Two: kind:?", "two-kind", "Text")
    assert third.anchor == "two-kind-1"
    assert slug("What you can type") == "what-you-can-type"


# --- finding --------------------------------------------------------------------------------------------------------


def test_headings_come_before_text(manual):
    found = manual.find("backups")
    assert (found[0].page.id, found[0].section.anchor) == ("notebook", "backups")
    assert len(found) > 1


def test_every_word_must_be_there_in_any_place(manual):
    found = manual.find("undo trash")
    assert found
    for one in found:
        text = fold(f"{one.page.title} {one.section.heading} {one.section.text}")
        assert "undo" in text
        assert "trash" in text
    assert manual.find("undo xylophone") == []
    assert manual.find("   ") == []


def test_case_and_accents_do_not_matter(manual):
    assert manual.find("METIS") == manual.find("mētis") != []


def test_a_snippet_shows_the_word(manual):
    one = next(one for one in manual.find("pseudonym") if one.page.id == "privacy")
    assert "pseudonym" in one.snippet
