"""The manual as data: its pages in the order of ``contents.toml``, their sections, their HTML, and finding in them.

Links between pages (``writing.md#marks``) become addresses of this room, ``terrain:writing/marks``; all other
Markdown is set as everywhere else. Read on a worker: setting all pages takes a tenth of a second.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop_app.config.resources import resource_path
from desktop_app.text.markdown import to_html, to_plain
from desktop_app.ui.help.tables import KeyRow, with_tables

CONTENTS = "contents.toml"
LINK = re.compile(r"\]\((?P<page>[a-z-]+\.md)?(?:#(?P<anchor>[^)\s]+))?\)")
HERE = "https://manual.invalid/"
"""Stands for the manual while a page is made safe: only web addresses come through that."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what is below it, up to the next one. ``text`` is plain."""

    anchor: str
    heading: str
    level: int
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Page:
    """``sections[0]`` is the page's own title with what stands before the first heading."""

    id: str
    part: str
    sections: tuple[Section, ...]
    html: str = field(repr=False)

    @property
    def title(self) -> str:
        return self.sections[0].heading


@dataclass(frozen=True, slots=True)
class Found:
    """A section that has all words asked for, and some of its text about the first."""

    page: Page
    section: Section
    snippet: str


@dataclass(frozen=True, slots=True)
class Manual:
    pages: tuple[Page, ...]

    def page(self, page_id: str) -> Page | None:
        return next((page for page in self.pages if page.id == page_id), None)

    def find(self, text: str) -> list[Found]:
        """Sections that have every word of ``text``, as a part of a word too; those with it in a heading come first."""
        words = fold(text).split()
        if not words:
            return []
        ranked = []
        for page in self.pages:
            for section in page.sections:
                heading, body = fold(f"{page.title} {section.heading}"), fold(section.text)
                if all(word in heading or word in body for word in words):
                    own = fold(section.heading)
                    rank = (
                        0 if all(word in own for word in words) else 1 if all(word in heading for word in words) else 2
                    )
                    ranked.append((rank, Found(page, section, _snippet(section.text, words))))
        return [found for _, found in sorted(ranked, key=lambda pair: pair[0])]


def read_manual(keys: Sequence[KeyRow], folder: Path | None = None) -> Manual:
    """All pages of the contents; raises ``OSError`` where one is missing, as that is a broken installation."""
    root = folder or resource_path("manual")
    contents = tomllib.loads((root / CONTENTS).read_text(encoding="utf-8"))
    return Manual(
        tuple(
            _page(name, part["title"], with_tables((root / f"{name}.md").read_text(encoding="utf-8"), keys))
            for part in contents["part"]
            for name in part["pages"]
        )
    )


def _page(name: str, part: str, text: str) -> Page:
    sections = tuple(sections_of(text))
    anchors = iter(sections)

    def anchored(found: re.Match[str]) -> str:
        return f'{found[1]}<a name="{next(anchors).anchor}"></a>{found[2]}'

    html = re.sub(r"(<h[1-6]>)(.*?</h[1-6]>)", anchored, to_html(_marked_links(name, text)), flags=re.DOTALL)
    # Qt would show the line break that ends a block of code as one more line.
    html = html.replace("\n</code></pre>", "</code></pre>").replace(f'href="{HERE}', 'href="terrain:')
    return Page(name, part, sections, html)


def _marked_links(name: str, text: str) -> str:
    def marked(found: re.Match[str]) -> str:
        if not found["page"] and not found["anchor"]:
            return found[0]
        page = (found["page"] or f"{name}.md").removesuffix(".md")
        return f"]({HERE}{page}/{found['anchor'] or ''})"

    return LINK.sub(marked, text)


def sections_of(text: str) -> Iterator[Section]:
    """The sections of a Markdown page; anchors are unique within it."""
    heading, level, lines, used, fenced = "", 1, [], set[str](), False
    begun = False
    for line in [*text.split("\n"), "# "]:
        fenced ^= line.startswith("```")
        found = None if fenced else re.fullmatch(r"(#{1,6}) (.*)", line)
        if found is None:
            lines.append(line)
            continue
        if begun:
            yield Section(_free(slug(heading), used), heading, level, " ".join(to_plain("\n".join(lines)).split()))
        begun = True
        heading, level, lines = to_plain(found[2]).strip(), len(found[1]), []


def slug(heading: str) -> str:
    """The anchor of a heading, as code hosts make it: ``Who said it?`` is ``who-said-it``."""
    kept = re.sub(r"[^\w\- ]", "", heading.lower())
    return kept.strip().replace(" ", "-")


def _free(anchor: str, used: set[str]) -> str:
    free, number = anchor, 0
    while free in used:
        number += 1
        free = f"{anchor}-{number}"
    used.add(free)
    return free


def fold(text: str) -> str:
    """Without case and accents, for comparing."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in bare if not unicodedata.combining(sign))


def _snippet(text: str, words: Sequence[str], around: int = 36) -> str:
    """Some words about the first one found; the text's beginning where it has none of them."""
    shown = unicodedata.normalize("NFC", text)
    folded = fold(shown)
    at = min((folded.find(word) for word in words if word in folded), default=0)
    start = max(0, min(at, len(shown)) - around)
    start = shown.rfind(" ", 0, start) + 1
    return ("…" if start else "") + shown[start : start + 160]
