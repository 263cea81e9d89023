"""Markdown: what it becomes, and that nothing unsafe comes out whatever goes in."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.text.markdown import ATTRIBUTES, TAGS, first_line, from_plain, to_html, to_plain

BLOB = "blob:" + "0123456789abcdef" * 4


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.others: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    def handle_decl(self, decl: str) -> None:
        self.others.append(decl)

    def handle_pi(self, data: str) -> None:
        self.others.append(data)


def read(made: str) -> _Reader:
    reader = _Reader()
    reader.feed(made)
    reader.close()
    return reader


def assert_safe(made: str) -> None:
    reader = read(made)
    assert reader.others == []
    for tag, attributes in reader.tags:
        assert tag in TAGS
        assert set(attributes) <= ATTRIBUTES.get(tag, set()) | ({"rel"} if tag == "a" else set())
        href, src = attributes.get("href"), attributes.get("src")
        assert href is None or re.fullmatch(r"(?i)(https?://[^/\s][^\s]*|mailto:[^\s]+)", href)
        assert src is None or re.fullmatch(r"blob:[0-9a-f]{64}", src)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("one\ntwo", "<p>one<br>\ntwo</p>"),
        ("**b** *i* ~~s~~ ==m== `c` snake_case_word", ("<p><strong>b</strong> <em>i</em> <del>s</del> <mark>m</mark> "
         "<code>c</code> snake_case_word</p>")),
        ("text\n- one\n  - two", "<p>text</p>\n<ul>\n<li>one<ul>\n<li>two</li>\n</ul>\n</li>\n</ul>"),
        ("- [ ] a\n- [x] b", "<ul>\n<li>☐ a</li>\n<li>☑ b</li>\n</ul>"),
        ("# H", "<h1>H</h1>"),
        ("> q", "<blockquote>\n<p>q</p>\n</blockquote>"),
        ("```py\n<b>\n```", "<pre><code>&lt;b&gt;\n</code></pre>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("|a|b|\n|-|-:|\n|1|2|", ("<table>\n<thead>\n<tr>\n<th>a</th>\n<th align=\"right\">b</th>\n</tr>\n</thead>\n"
         "<tbody>\n<tr>\n<td>1</td>\n<td align=\"right\">2</td>\n</tr>\n</tbody>\n</table>")),
        ("<kbd>Ctrl</kbd> <u>x</u>", "<p><kbd>Ctrl</kbd> <u>x</u></p>"),
        ("5 < 6 & 7", "<p>5 &lt; 6 &amp; 7</p>"),
        (f"![cup]({BLOB})", f'<p><img alt="cup" src="{BLOB}"></p>'),
        ("", ""),
    ],
)  # fmt: skip
def test_made(text: str, made: str) -> None:
    assert to_html(text) == made


@pytest.mark.parametrize(
    "address", ["https://a.example/b?c=d#e", "http://a.example", "HTTPS://A.example", "mailto:a@b.example"]
)
def test_links_that_stay(address: str) -> None:
    made = read(to_html(f"[words]({address}) and <{address}>"))
    links = [attributes for tag, attributes in made.tags if tag == "a"]
    assert [link["href"] for link in links] == [address, address]
    assert links[0]["rel"] == "noopener noreferrer nofollow"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#115;cript:alert(1)",
        "&#x6A;avascript:alert(1)",
        "java&Tab;script:alert(1)",
        "java&#10;script:alert(1)",
        "&#1;javascript:alert(1)",
        "vbscript:x",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
        "obsidian://open?vault=x",
        "//host.example/path",
        "/absolute",
        "relative/path",
        "#top",
        "https:evil",
        "https:///path",
        "http://",
        "mailto:",
        "blob:" + "0" * 64,
        "terrain:abc",
        "\\\\host\\share",
    ],
)
def test_links_that_lose_their_address(address: str) -> None:
    for text in (f"[words]({address})", f'<a href="{address}">words</a>', f"[words]\n\n[words]: {address}"):
        made = to_html(text)
        assert_safe(made)
        assert "href" not in made
        assert "words" in "".join(read(made).words)


@pytest.mark.parametrize(
    "address", ["https://a.example/x.png", "file:///etc/x.png", "data:image/png;base64,AAAA", "//host/x.png", "x.png",
                "blob:short", "blob:" + "A" * 64, "BLOB:" + "a" * 64, BLOB + "/.."],
)  # fmt: skip
def test_images_from_elsewhere_become_their_text(address: str) -> None:
    made = to_html(f"![the <cup>]({address})")
    assert "<img" not in made
    assert "the <cup>" in "".join(read(made).words)
    assert "src" not in to_html(f'<img src="{address}" alt=x>')


VECTORS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//x.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src=x:alert(alt) onerror=eval(src) alt=0>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mi//xlink:href='data:x,<script>alert(4)</script>'>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<body onload=alert(1)>",
    "<a href='javascript:alert(1)' onclick='x()'>a</a>",
    '<a href="https://a.example" style="position:fixed" target=_self>a</a>',
    "<b style='background:url(javascript:x)'>b</b>",
    "<style>*{background:url(https://x.example)}</style>",
    "<link rel=stylesheet href=https://x.example/x.css>",
    "<meta http-equiv=refresh content='0;url=https://x.example'>",
    "<base href=https://x.example>",
    "<form action=https://x.example><input name=a><button>b</button></form>",
    "<object data=x></object><embed src=x>",
    "<table background='https://x.example/x.png'><td style='x' onmouseover=x align='left' bgcolor=red>x",
    "<video src=x autoplay><audio src=x><source src=x>",
    "<details open ontoggle=alert(1)>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<title><a title="</title><img src=x onerror=alert(1)>">',
    '<!--<img src="--><img src=x onerror=alert(1)//">',
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>x</script>",
    "<p id=x class=y data-z=1 aria-label=q>x</p>",
    '[a](https://a.example "onmouseover=alert(1)")',
    '[a](https://a.example"onmouseover="alert(1))',
    '![a](x"onerror="alert(1))',
    '![a"onerror="alert(1)](' + BLOB + ")",
    "<https://a.example/<script>>",
    "<javascript:alert(1)>",
    "`<script>alert(1)</script>`",
    "```<img src=x onerror=alert(1)>\nx\n```",
    "[<script>alert(1)</script>](https://a.example)",
    "| <script>x</script> | b |\n|---|---|\n| <img src=x onerror=x> | d |",
    "\x02klzzwxh:0000\x03 <script>x</script>",
    "\x02wzxhzdk:0\x03<script>x</script>",
    '<a href="jav\tascript:alert(1)">x</a>',
    '<a href=" javascript:alert(1)">x</a>',
    "<img srcset='https://x.example/x.png 1x' src='" + BLOB + "' lazy>",
]


@pytest.mark.parametrize("vector", VECTORS)
def test_nothing_unsafe(vector: str) -> None:
    for text in (vector, f"before {vector} after", f"> - {vector}", f"# {vector}", f"{vector}\n\n{vector}"):
        assert_safe(to_html(text))


pieces = st.lists(
    st.sampled_from([*VECTORS, "<", ">", "&", '"', "'", "[", "]", "(", ")", "!", "`", "*", "_", "~~", "\n", "\n\n",
                     "  ", "- ", "> ", "1. ", "|", "javascript:", "https://a.example", BLOB, "&#106;", "\x00", "\x02",
                     "\x03", "\t", "<a href=", "<img src=", "onerror=x", "style=x", "</p>", "日本", "\ud7ff"]),
    max_size=12,
).map("".join)  # fmt: skip


@settings(deadline=None)
@given(pieces | st.text(max_size=60))
def test_nothing_unsafe_comes_out_of_anything(text: str) -> None:
    assert_safe(to_html(text))
    to_plain(text)


@pytest.mark.parametrize(
    "piece", ["*", "[", "<", "![", "](", "_a ", "`", "> ", "- ", "1. ", "<div>", "<a ", "[a](", "<![CDATA[", "&", "a\n",
              "**a** ", "\\", "[[", "<!--", "|a", "#"],
)  # fmt: skip
def test_pathological_text_is_bounded(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    assert_safe(to_html(text))
    to_plain(text)
    assert len(first_line(text)) <= 80


@pytest.mark.parametrize("piece", ["*", "[", "<"])
def test_a_megabyte_of_marks_is_shown_as_written(piece: str) -> None:
    text = piece * 1_000_000
    assert to_html(text).startswith("<pre>")
    to_plain(text)


def test_deep_nesting_is_shown_as_written_and_leaves_no_trace() -> None:
    deep = "".join("  " * level + "- x\n" for level in range(400))
    assert to_html(deep).startswith("<pre>- x\n  - x\n")
    assert to_html("1. " * 500 + "<b>").endswith("&lt;b&gt;</pre>")
    assert to_html("> " * 500).startswith("<pre>")
    assert to_html("plain") == "<p>plain</p>"


def test_a_long_note_is_still_markdown() -> None:
    assert to_html("word **bold** [a](https://a.example)\n\n" * 2000).count("<strong>") == 2000
    assert to_html("- [ ] task\n" * 1000).count("<li>") == 1000


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("# Title **bold**", "Title bold"),
        ("*it* __b__ ~~s~~ ==m== `a*b*` snake_case 2*3*4 5 * 3", "it b s m a*b* snake_case 2*3*4 5 * 3"),
        ("[the **words**](https://a.example/b_(c)) [a][b] ![alt](x)", "the words a alt"),
        ("[[Note|shown]] [[Only]]", "shown Only"),
        ("<https://a.example> <b>t</b> <3 a < b", "https://a.example t <3 a < b"),
        (r"\*not\* AT&T &amp; &copy; &nonsense;", "*not* AT&T & © &nonsense;"),
        ("> - [ ] todo\n> - other\n***\n1. one", "todo\nother\n1. one"),
        ("Title\n===\ntext", "Title\ntext"),
        ("| a | b |\n|---|:-:|\n| 1 | 2 |", "a b\n1 2"),
        ("```py\n# not *a* title\n```\nend", "# not *a* title\nend"),
        ("#tag @ines ~week", "#tag @ines ~week"),
        ("日本語の**太字**です", "日本語の太字です"),
        ("", ""),
    ],
)
def test_plain(text: str, plain: str) -> None:
    assert to_plain(text) == plain


def test_first_line() -> None:
    assert first_line("\n\n# A **title**\n\ntext") == "A title"
    assert first_line("***\n\n") == ""
    assert first_line("one two three four", 12) == "one two…"
    assert first_line("x" * 100, 20) == "x" * 19 + "…"
    assert len(first_line("word " * 100)) <= 80


_MARKED = st.lists(
    st.sampled_from(
        [
            *("](", "**", "\n\n", "\n- ", "\n1. ", "&amp;", "<b>", "```", "---\n", "[[a]]", "a@b.c", "[x]: y", "&#35;"),
            *("\n> ", "=---\n", "\n| a | b |\n|---|:-:|\n", "<http://a.b>"),
            *"ab \\`*_{}[]()<>#+-.!~=|&;:1/é\n",
        ]
    ),
    max_size=25,
).map("".join)


@settings(max_examples=150)
@given(_MARKED)
def test_words_made_markdown_are_shown_as_they_were(text: str) -> None:
    made = from_plain(text)
    assert "".join(read(to_html(made).replace("<br>", "\n")).words).split() == text.split()
    assert to_plain(made).split() == text.split()


def test_usual_words_stay_as_they_are() -> None:
    text = "It felt like a friend [laughs] — 3.5 € & more, isn't it? (No.)\nWell: yes; 1 < 2."
    assert from_plain(text) == text
