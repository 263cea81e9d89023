"""Web pages: what is seen of them."""

import pytest

from desktop_app.exchange.documents.html import read_html


def _paragraphs(page: str | bytes) -> tuple[str, ...]:
    return read_html("page.html", page if isinstance(page, bytes) else page.encode()).paragraphs


def test_blocks_part_paragraphs_and_breaks_are_newlines() -> None:
    page = (
        "<!doctype html><html><head><title> A &amp;\n B </title><style>p{}</style></head><body><h1>Hi</h1>"
        "<p>one <b>two </b> <i> three</i> <br> four<br></p><script>x<y</script><p>&nbsp;</p><div>a<div>b</div>c</div>"
        "<ul><li>x<li>y</ul>"
    )
    source = read_html("page.html", page.encode())
    assert source.title == "A & B"
    assert source.paragraphs == ("Hi", "one two three\nfour", "a", "b", "c", "x", "y")
    assert _paragraphs("<p>no title") == ("no title",)
    assert read_html("page 7.html", b"<p>x").title == "page 7"


def test_tables_are_rows_of_cells() -> None:
    page = "<table><tr><th>I<td><p>one<p>two<tr><td>B<td></table><table><tr><td>first<p>second</table>"
    assert _paragraphs(page) == ("I\tone\ntwo", "B\t", "first", "second")
    nested = "<table><tr><td><table><tr><td>a<td>b</table><td>c</table>"
    assert _paragraphs(nested) == ("a\tb\tc",)


def test_preformatted_lines_are_paragraphs() -> None:
    assert _paragraphs("a<pre>\nI:  hi\n\n\tB: ho\n</pre>b  c") == ("a", "I:  hi", "", "\tB: ho", "b c")


def test_what_is_not_seen_is_not_read() -> None:
    page = (
        "<p hidden>no</p><div style='DISPLAY : none'><p>no</p><br>no</div><template><p>no</p></template><svg><title>no"
        "</title><text>no</text></svg><textarea>no</textarea><ruby>漢<rt>no</rt></ruby><noscript>no</noscript><p>yes"
    )
    assert _paragraphs(page) == ("漢", "yes")


def test_unicode_is_untouched_and_references_are_resolved() -> None:
    assert _paragraphs("<p>e\u0301 &#128512; &eacute;a&nbsp;b \u200fשלום &lt;x&gt; ﬁ") == (
        "e\u0301 😀 éa\u00a0b \u200fשלום <x> ﬁ",
    )


@pytest.mark.parametrize(
    "page",
    [
        '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><p>Größe “q”'.encode("cp1252"),
        '<meta charset="utf-8"><p>Größe “q”'.encode("cp1252"),
        '<meta charset="nonsense"><p>Größe “q”'.encode(),
        '<?xml version="1.0" encoding="utf-16"?><html><p>Größe “q”</p></html>'.encode(),
        "<p>Größe “q”</p>".encode("utf-16"),
        "\ufeff<p>Größe “q”</p>".encode(),
    ],
)
def test_the_stated_encoding_counts_unless_it_is_wrong(page: bytes) -> None:
    assert _paragraphs(page) == ("Größe “q”",)


def test_depth_costs_nothing() -> None:
    assert _paragraphs("<div>" * 20_000 + "deep" + "</div>" * 20_000) == ("deep",)
