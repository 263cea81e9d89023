"""Books: their pages in the order of the spine."""

import pytest

from desktop_app.exchange.documents.epub import read_epub
from desktop_app.exchange.documents.errors import DamagedDocument, LockedDocument
from tests.exchange.documents.files import epub, zipped


def test_pages_come_in_the_order_of_the_spine() -> None:
    pages = {
        "two.xhtml": "<p>Zwei 😀</p>",
        "text/one%20a.xhtml": "<h1>Eins</h1><p>שלום</p>",
        "nav.xhtml": "<p>Contents</p>",
    }
    source = read_epub("book.epub", epub(pages, spine=["text/one%20a.xhtml", "two.xhtml"], title="A book"))
    assert source.paragraphs == ("Eins", "שלום", "Zwei 😀")
    assert (source.title, source.format, source.notices) == ("A book", "epub", ())


def test_a_licence_on_a_page_locks_the_book_and_one_on_a_font_does_not() -> None:
    lock = '<e><CipherReference URI="OPS/{}"/></e>'
    with pytest.raises(LockedDocument):
        read_epub("a.epub", epub({"a.xhtml": "<p>x</p>"}, encryption=lock.format("a.xhtml")))
    assert read_epub("a.epub", epub({"a.xhtml": "<p>x</p>"}, encryption=lock.format("font.otf"))).paragraphs == ("x",)


@pytest.mark.parametrize(
    "parts",
    [
        {"mimetype": "application/epub+zip"},
        {"META-INF/container.xml": "<c/>"},
        {"META-INF/container.xml": '<c><rootfile full-path="../../etc/passwd"/></c>'},
    ],
)
def test_a_book_that_does_not_say_where_its_pages_are_is_damaged(parts: dict[str, str]) -> None:
    with pytest.raises(DamagedDocument):
        read_epub("a.epub", zipped(parts))
