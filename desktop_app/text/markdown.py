"""Markdown to safe HTML.

The Markdown is the one of Obsidian as far as notes need it: line breaks count, lists need no empty line before them and
nest by two spaces, ``~~struck~~``, tables, fenced code, ``- [ ]`` tasks. What comes out holds only the tags and
attributes below: no script, no style, no form, no frame; links lead to http, https or mailto; an image is an
attachment of the notebook (``blob:<sha256>``) or it is its text. A text that would take the parser minutes, or nest it
to death, is shown as it is written.
"""

import html
import re
from collections.abc import Iterator
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown import Markdown

TAGS = frozenset(
    "a b blockquote br code dd del dl dt em h1 h2 h3 h4 h5 h6 hr i img kbd li mark ol p pre s strong sub sup "
    "table tbody td th thead tr u ul".split()
)
ATTRIBUTES: dict[str, set[str]] = {
    "*": set(),  # without this line the cleaner lets lang and title through everywhere
    "a": {"href"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "td": {"align"},
    "th": {"align"},
}
LINK = re.compile(r"(?:https?://[^\s/?#\\]|mailto:[^\s?])[^\x00-\x20\x7f]*", re.IGNORECASE)
IMAGE = re.compile(r"blob:[0-9a-f]{64}")

# A parser keeps state while it works.
_one_at_a_time = Lock()
_MOST_CHARACTERS = 300_000
_MOST_STEPS = 400_000
_WITH_CONTENT_REMOVED = {"script", "style", "iframe", "object", "embed", "template", "noscript", "title", "svg", "math"}


def to_html(text: str) -> str:
    """A fragment of HTML that is safe to show; see the room's page for what is allowed."""
    if _too_costly(text):
        return _as_written(text)
    with _one_at_a_time:
        try:
            made = _parser().reset().convert(_with_closed_fence(text))
        except RecursionError:
            # The parser is left in the middle of a list; the next text gets a new one.
            _parser.cache_clear()
            return _as_written(text)
    return _clean(_tasks(made))


def _as_written(text: str) -> str:
    return f"<pre>{html.escape(text, quote=False)}</pre>"


def _clean(made: str) -> str:
    import nh3

    return nh3.clean(
        made,
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        attribute_filter=_attribute,
        clean_content_tags=_WITH_CONTENT_REMOVED,
        strip_comments=True,
        link_rel="noopener noreferrer nofollow",
        url_schemes={"http", "https", "mailto", "blob"},
    )


def _attribute(tag: str, name: str, value: str) -> str | None:
    """The value where it may stay; entities are already read when this is asked."""
    if name == "href":
        return value if LINK.fullmatch(value) else None
    if name == "src":
        return value if tag == "img" and IMAGE.fullmatch(value) else None
    if name == "align":
        return value if value in {"left", "center", "right"} else None
    if name == "start":
        return value if value.isdecimal() and len(value) < 10 else None
    return value


def _tasks(made: str) -> str:
    return re.sub(r"(<li>(?:\s*<p>)?)\[([ xX])\] ", lambda found: f"{found[1]}{'☐' if found[2] == ' ' else '☑'} ", made)


# --- the parser -------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _parser() -> "Markdown":
    from markdown import Markdown
    from markdown.extensions import Extension
    from markdown.inlinepatterns import SimpleTagInlineProcessor
    from markdown.preprocessors import Preprocessor
    from markdown.treeprocessors import Treeprocessor

    class ListsAfterText(Preprocessor):  # type: ignore[misc]
        """A list may follow a line of text directly."""

        def run(self, lines: list[str]) -> list[str]:
            return list(_with_room_for_lists(lines))

    class OnlySafeAddresses(Treeprocessor):  # type: ignore[misc]
        """A link or image that may not stay becomes its words. What guarantees safety is the cleaning afterwards."""

        def run(self, root: object) -> None:
            for element in root.iter():  # type: ignore[attr-defined]
                if element.tag == "img" and not IMAGE.fullmatch(element.get("src", "")):
                    element.tag, element.text = "span", element.get("alt", "")
                elif element.tag == "a" and not LINK.fullmatch(_address(element.get("href", ""))):
                    element.tag = "span"

    class AsInObsidian(Extension):  # type: ignore[misc]
        def extendMarkdown(self, md: "Markdown") -> None:  # noqa: N802
            # Text set in by two spaces belongs to its list; code is fenced.
            md.parser.blockprocessors.deregister("code")
            md.preprocessors.register(ListsAfterText(md), "lists_after_text", 15)
            md.inlinePatterns.register(SimpleTagInlineProcessor(r"()~~(?!~)(.{1,1000}?)~~", "del"), "struck", 65)
            md.inlinePatterns.register(SimpleTagInlineProcessor(r"()==(?!=)(.{1,1000}?)==", "mark"), "marked", 64)
            md.treeprocessors.register(OnlySafeAddresses(md), "only_safe_addresses", 5)

    return Markdown(
        extensions=["tables", "fenced_code", "sane_lists", "nl2br", AsInObsidian()],
        extension_configs={"tables": {"use_align_attribute": True}},
        tab_length=2,
        output_format="html",
    )


def _address(href: str) -> str:
    """A link's address as a browser reads it; the parser keeps ``&`` between its own control characters."""
    return html.unescape(href.replace("\x02amp\x03", "&"))


def _with_room_for_lists(lines: list[str]) -> Iterator[str]:
    """An empty line before a list that follows text, or a set-in paragraph of the item before."""
    before, set_in = "", False
    for line in lines:
        if not before.strip():
            set_in = line.startswith((" ", "\t"))
        if before.strip() and re.match(r"(?:[-*+]|1[.)]) +\S", line):
            begins = not re.match(r" |\t|>|[-*+] |\d+[.)] ", before)
            if begins or set_in:
                yield ""
                set_in = False
        yield line
        before = line


def _with_closed_fence(text: str) -> str:
    """Code whose fence is not closed goes to the end of the text, as it does while it is being written."""
    fence = ""
    for found in re.finditer(r"^(`{3,}|~{3,})(.*)$", text, re.MULTILINE):
        if not fence:
            fence = found[1]
        elif found[1] == fence and not found[2].strip():
            fence = ""
    return f"{text}\n{fence}" if fence else text


# --- what it would cost -----------------------------------------------------------------------------------------------


def _too_costly(text: str) -> bool:
    """Whether the parser would need seconds.

    It looks for the partner of each bracket anew, and takes the paragraph apart anew for each mark: the estimate is the
    sum of these ways, paragraph by paragraph.
    """
    if len(text) > _MOST_CHARACTERS:
        return True
    if _unclosed_ways(text, "<", ">") > 10 * _MOST_STEPS or re.search(r"(?:^|\n)[ \t]*(?:>[ \t]*){60}", text):
        return True
    steps = 0
    for paragraph in re.split(r"\n[ \t]*(?=\n|[-*+] |\d+[.)] |\||#)", text):
        marks = sum(map(paragraph.count, "[]()<*_`~\\&!\n"))
        steps += _ways(paragraph, "[", "]") + _ways(paragraph, "(", ")") + marks * len(paragraph) // 1000
        if steps > _MOST_STEPS:
            return True
    return False


def _ways(text: str, opening: str, closing: str) -> int:
    """Sum of the ways from each opening bracket to its partner, or to the end where it has none."""
    ways, stack = 0, []
    for match in re.finditer(rf"[{re.escape(opening + closing)}]", text):
        if match[0] == opening:
            stack.append(match.start())
        elif stack:
            ways += match.start() - stack.pop()
    return ways + sum(len(text) - start for start in stack)


def _unclosed_ways(text: str, opening: str, closing: str) -> int:
    """As :func:`_ways` where brackets do not nest: from each to the next closing one."""
    ways, at = 0, -1
    for match in re.finditer(re.escape(opening), text):
        if at < match.start():
            at = text.find(closing, match.start())
            at = len(text) if at < 0 else at
        ways += at - match.start()
    return ways


# --- plain text -------------------------------------------------------------------------------------------------------

# Lengths are bounded so that a megabyte of brackets is read in one go.
_INLINE = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?<!`)(?P<ticks>`{1,3})(?!`)(?P<code>[^`\n]{1,300})(?P=ticks)(?!`)"
    r"|!?\[\[(?:[^\[\]|\n]{0,300}\|)?(?P<wiki>[^\[\]|\n]{1,300})\]\]"
    r"|!?\[(?P<words>[^\[\]\n]{0,300})\](?:\([^()\n]{0,500}(?:\([^()\n]{0,100}\)[^()\n]{0,300})?\)|\[[^\[\]\n]{0,100}\])"
    r"|<(?P<address>[a-z][a-z0-9+.-]{1,20}:[^\s<>]{1,300}|[^\s<>@]{1,60}@[^\s<>@]{1,100})>"
    r"|(?P<tag></?[a-z][a-z0-9]{0,20}(?:\s[^<>\n]{0,300})?/?>)"
    r"|(?P<entity>&(?:\#\d{1,7}|\#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});)"
    r"|(?P<mark>(?<!\w)(?:\*{1,3}|_{1,3}|~~|==)(?=\S)|(?<=\S)(?:\*{1,3}|_{1,3}|~~|==)(?!\w))",
    re.IGNORECASE,
)
_BEGINS_MARK = re.compile(r"[\\`*_~=\[<&]")
_LINE_START = re.compile(r"[ \t]*(?:>[ \t]?)*[ \t]*(?:\#{1,6}[ \t]+|[-*+][ \t]+(?:\[[ xX]\][ \t]+)?)?")
_RULE = re.compile(r"[ \t]*(?:[-*_=][ \t]*){3,}|[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+(?:[ \t]*:?-+:?)?[ \t]*")


def to_plain(text: str) -> str:
    """The words without the marks, line by line: for titles, snippets and the index. Links give their words."""
    lines = []
    fence = ""
    for line in text.split("\n"):
        found = re.match(r"[ \t]*(`{3,}|~{3,})", line)
        if found and (not fence or line.strip() == fence):
            fence = "" if fence else found[1]
        elif fence:
            lines.append(line)
        elif not _RULE.fullmatch(line):
            lines.append(_plain_line(line))
    return "\n".join(lines).strip()


def first_line(text: str, limit: int = 80) -> str:
    """The first line with words in it, plain, at most ``limit`` characters and then cut between words with ``…``."""
    for line in to_plain(text[:4000]).splitlines():
        words = " ".join(line.split())
        if not words:
            continue
        if len(words) <= limit:
            return words
        cut = words[: limit - 1]
        return (cut.rpartition(" ")[0] if len(cut.rpartition(" ")[0]) > limit // 2 else cut).rstrip(" ,;:–—-") + "…"
    return ""


def _plain_line(line: str) -> str:
    found = _LINE_START.match(line)
    line = line[found.end() :] if found else line
    if line.startswith("|"):
        line = " ".join(cell.strip() for cell in line.strip().strip("|").split("|"))
    # Most lines hold none of the characters that a mark begins with, and are done a hundred times as fast.
    return (_INLINE.sub(_plain_mark, line) if _BEGINS_MARK.search(line) else line).rstrip()


def _plain_mark(found: re.Match[str]) -> str:
    kind = found.lastgroup
    if kind in {"mark", "tag"}:
        return ""
    if kind == "entity":
        return html.unescape(found[0])
    words = found["words"]
    if words is not None:
        return _INLINE.sub(_plain_mark, words)
    return found["escaped"] or found["code"] or found["wiki"] or found["address"] or ""


# --- and back ---------------------------------------------------------------------------------------------------------

_ANYWHERE = re.compile(r"[\\`*_]|<(?=\S)|&(?=#?\w+;)|~~+|==+")
_BRACKETS = re.compile(r"\](?=[(\[:])|\[(?=\[)")
_AT_LINE_START = re.compile(r"^([ \t]*)(?:(#{1,6}|[>+-])|(\d{1,9})([.)])(?=\s))", re.MULTILINE)
_BAR = re.compile(r"^([ \t]*)([|=])", re.MULTILINE)


def from_plain(text: str) -> str:
    """Markdown that shows these words as they stand, with marks and all; the way back from :func:`to_plain`."""
    made = _ANYWHERE.sub(_escaped, text)
    if _BRACKETS.search(made):
        made = made.replace("[", "\\[")
    made = _AT_LINE_START.sub(lambda found: f"{found[1]}{found[3] or ''}\\{found[2] or found[4]}", made)
    made = _BAR.sub(lambda found: f"{found[1]}&#{ord(found[2])};", made)
    # What rules a table off; dashes at the beginning of a line are escaped by now.
    return re.sub(r"^([ \t]*:)(?=-)", r"\1\\", made, flags=re.MULTILINE)


def _escaped(found: re.Match[str]) -> str:
    mark = found[0]
    if mark in "\\`*_":
        return "\\" + mark
    # The parser knows no backslash before these.
    return "".join(f"&{ {'<': 'lt', '&': 'amp'}.get(sign, f'#{ord(sign)}') };" for sign in mark)
