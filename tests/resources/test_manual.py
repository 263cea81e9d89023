"""The manual promises nothing that is not so: its pages, links, commands, profiles and words exist.

What its generated tables hold (keys, settings, search fields) is tested where they are made, in `tests/ui/help`.
"""

import re
import tomllib
from collections.abc import Iterator

import click
import pytest

from desktop_app.cli.app import terrain
from desktop_app.config.resources import resource_path
from desktop_app.config.settings import SETTINGS
from desktop_app.exchange.documents.styles import STYLES
from desktop_app.exchange.metrics import profiles
from desktop_app.model.agreement import Coefficients, Unit
from desktop_app.model.attributes import VariableType
from desktop_app.model.coding import Extent
from desktop_app.model.matrices import Measure, Relation
from desktop_app.model.vocabulary import Vocabulary

FOLDER = resource_path("manual")
PAGES = {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.md"))}
CONTENTS = tomllib.loads((FOLDER / "contents.toml").read_text(encoding="utf-8"))
TABLES = {"keys", "keys-of-screens", "without-keys", "settings"}
TABLES |= {"fields", "date-fields", "has-values", "is-values", "perspectives", "scales"}


def prose(text: str) -> list[str]:
    """The lines of a page outside its blocks of code."""
    lines, fenced = [], False
    for line in text.split("\n"):
        if line.startswith("```"):
            fenced = not fenced
        elif not fenced:
            lines.append(line)
    return lines


def code(text: str) -> Iterator[str]:
    """Every piece of code of a page, the lines of its blocks included."""
    yield from re.findall(r"`([^`\n]+)`", "\n".join(prose(text)))
    for block in re.findall(r"^```\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        yield from block.split("\n")


def anchors(text: str) -> set[str]:
    headings = [line.lstrip("#").strip() for line in prose(text) if re.match(r"#{1,6} ", line)]
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


# --- pages and links ------------------------------------------------------------------------------------------------


def test_every_page_is_in_the_contents_once():
    listed = [page for part in CONTENTS["part"] for page in part["pages"]]
    assert sorted(listed) == sorted(PAGES)
    assert listed[0] == "index"
    assert all(part["title"] for part in CONTENTS["part"])


@pytest.mark.parametrize("page", PAGES)
def test_a_page_begins_with_its_only_title(page):
    titles = [line for line in prose(PAGES[page]) if line.startswith("# ")]
    assert PAGES[page].startswith("# ")
    assert len(titles) == 1


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page):
    for target, anchor in re.findall(r"\]\(([^)#\s]*)(?:#([^)\s]+))?\)", "\n".join(prose(PAGES[page]))):
        if re.match(r"https?:", target):
            continue
        name = target.removesuffix(".md") if target else page
        assert name in PAGES, f"{target} does not exist"
        generated = {setting.section.lower() for setting in SETTINGS} if name == "settings" else set()
        assert not anchor or anchor in anchors(PAGES[name]) | generated, f"{target}#{anchor} does not exist"


@pytest.mark.parametrize("page", PAGES)
def test_a_paragraph_is_one_line(page):
    """A line break stays a line break, in the manual as in an entry."""
    for before, line in zip(prose(PAGES[page]), prose(PAGES[page])[1:], strict=False):
        running = re.match(r"[^\W\d_]|[`*“(]", line) and not line.startswith("* ")
        assert not (running and re.match(r"[^\s|#]", before)), f"“{line[:40]}” goes on from the line before"
        assert not line.startswith("  ") or before.startswith(("-", " ")) is False, line


@pytest.mark.parametrize("page", PAGES)
def test_tables_asked_for_exist(page):
    for line in prose(PAGES[page]):
        if line.startswith("<!--"):
            assert re.fullmatch(r"<!-- table: ([a-z-]+) -->", line)
            assert line[len("<!-- table: ") : -len(" -->")] in TABLES


def test_every_table_is_asked_for_once():
    asked = re.findall(r"^<!-- table: ([a-z-]+) -->$", "\n".join(PAGES.values()), re.MULTILINE)
    assert sorted(asked) == sorted(TABLES)


# --- the command line -----------------------------------------------------------------------------------------------


def commands_of(text: str) -> Iterator[list[str]]:
    for piece in code(text):
        words = piece.split()
        if words[:1] == ["terrain"] and len(words) > 1:
            yield words[1:]


@pytest.mark.parametrize("page", PAGES)
def test_every_command_exists_with_its_options(page):
    for words in commands_of(PAGES[page]):
        command: click.Command = terrain
        rest = words
        while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
            found = command.get_command(click.Context(command), rest[0])
            assert found is not None, f"there is no command “terrain {' '.join(words)}”"
            command, rest = found, rest[1:]
        known = {option for parameter in command.params for option in parameter.opts} | {"--help", "-h"}
        given = {found[1] for word in rest if (found := re.match(r"\[?(--[a-z-]+)", word))}
        assert given <= known, f"terrain {' '.join(words)}"


# --- words ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("profile", profiles(), ids=lambda profile: profile.id)
def test_every_import_profile_has_its_heading(profile):
    assert re.search(rf"^### .*\(`{profile.id}`\)$", PAGES["metrics"], re.MULTILINE)


@pytest.mark.parametrize("style", STYLES.values())
def test_every_way_a_document_comes_has_its_row(style):
    assert re.search(rf"^\| {re.escape(style)} \| \S", PAGES["interviews"], re.MULTILINE)


COEFFICIENTS = {
    "percent": "percent agreement",
    "holsti": "Holsti",
    "cohen_kappa": "Cohen’s κ (kappa)",
    "scott_pi": "Scott’s π (pi)",
    "fleiss_kappa": "Fleiss’ κ",
    "brennan_prediger": "Brennan–Prediger",
    "gwet_ac1": "Gwet’s AC1",
    "krippendorff_alpha": "Krippendorff’s α (alpha)",
    "u_alpha": "u-α",
    "u_alpha_binary": "binary u-α",
    "cu_alpha": "cu-α",
}
BESIDE = {"n", "prevalence", "interval", "interval_of"}
"""What stands beside the coefficients, and is told in prose."""


@pytest.mark.parametrize("field", [name for name in Coefficients.__dataclass_fields__ if name not in BESIDE])
def test_every_coefficient_is_told_in_words(field):
    assert re.search(rf"^\| {re.escape(COEFFICIENTS[field])} \| \S.+ \|$", PAGES["agreement"], re.MULTILINE)


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("agreement", list(Unit)),
        ("agreement", ["n", "prevalence", "interval", "n/a", "categories", "pooled"]),
        ("attributes", list(VariableType)),
        ("quotes-and-matrices", [*Measure, *(relation.replace("-", " ") for relation in Relation), *Extent]),
    ],
)
def test_the_words_of_interviews_are_told(page, words):
    for word in words:
        assert re.search(rf"\b{re.escape(word)}\b", PAGES[page]), word


def test_settings_named_in_prose_exist():
    titles = {setting.title for setting in SETTINGS}
    named = {"Backup folder", "Ask before opening a link", "Day before month"}
    assert named <= titles
    for title in named:
        assert any(re.search(rf"[*“]{title}[*”]", text) for text in PAGES.values())


def test_marks_of_the_examples_are_terms():
    terms = {
        mark: {
            term.id
            for term in Vocabulary.from_toml(
                name, tomllib.loads(resource_path("vocabulary", f"{name}s.toml").read_text(encoding="utf-8"))
            )
        }
        for mark, name in (("^", "perspective"), ("~", "scale"))
    }
    terms["^"].add("local-memory")  # the example of a word of one's own
    for page in ("index", "perspectives", "capture"):
        for piece in code(PAGES[page]):
            for mark, name in re.findall(r"(?:^| )([\^~])([a-z][a-z-]+)", piece):
                assert name in terms[mark], f"{mark}{name} on {page}"
