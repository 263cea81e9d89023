"""OpenDocument texts, zipped and flat."""

import pytest

from desktop_app.exchange.documents.errors import DamagedDocument, LockedDocument
from desktop_app.exchange.documents.odt import read_odt
from tests.exchange.documents.files import fodt, odt, zipped


def _paragraphs(body: str, automatic: str = "") -> tuple[str, ...]:
    return read_odt("talk.odt", odt(body, automatic=automatic)).paragraphs


def test_white_space_collapses_as_the_standard_says() -> None:
    body = "<text:p>\n  A  <text:span> b\t c </text:span> d<text:s text:c='3'/>e<text:s/> f \n</text:p><text:p/>"
    assert _paragraphs(body) == ("A b c d   e  f", "")


def test_unicode_is_untouched() -> None:
    text = "e\u0301 👩\u200d👩\u200d👧 \u200fשלום\u200e مرحبا 採訪 a\u00a0b ﬁ"
    assert _paragraphs(f"<text:h>{text}</text:h>") == (text,)
    assert read_odt("a.fodt", fodt(f"<text:p>{text}</text:p>")).paragraphs == (text,)


def test_tabs_line_breaks_links_and_fields() -> None:
    body = (
        "<text:p>Ana<text:tab/>0:03<text:line-break/> Hi <text:a><text:span>link</text:span></text:a> "
        "<text:date>today</text:date><text:soft-page-break/><text:bookmark text:name='x'/></text:p>"
    )
    assert _paragraphs(body) == ("Ana\t0:03\n Hi link today",)


def test_lists_sections_and_tables() -> None:
    row = "<table:table-row><table:table-cell><text:p>I</text:p></table:table-cell>{}</table:table-row>"
    cell = "<table:table-cell><text:p>one</text:p><text:p>two</text:p></table:table-cell><table:covered-table-cell/>"
    body = (
        "<text:list><text:list-item><text:p>item</text:p><text:list><text:list-item><text:p>below</text:p>"
        "</text:list-item></text:list></text:list-item></text:list><text:section><text:p>s</text:p></text:section>"
        "<text:section text:display='none'><text:p>unseen</text:p></text:section><table:table><table:table-header-rows>"
        f"{row.format(cell)}</table:table-header-rows>{row.format('')}</table:table>"
    )
    assert _paragraphs(body) == ("item", "below", "s", "I\tone\ntwo", "I")


def test_changes_notes_comments_and_hidden_text() -> None:
    hidden = "<style:style style:name='T1'><style:text-properties text:display='none'/></style:style>"
    note = "<text:note-body><text:p>Note</text:p></text:note-body>"
    note = f"<text:note><text:note-citation>1</text:note-citation>{note}</text:note>"
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>"
        f"</text:changed-region></text:tracked-changes><text:p>A<text:change/>{note} b"
        "<office:annotation><text:p>hm</text:p></office:annotation><text:span text:style-name='T1'>unseen</text:span>"
        "<text:hidden-text>x</text:hidden-text></text:p>"
    )
    source = read_odt("a.odt", odt(body, automatic=hidden))
    assert source.paragraphs == ("A[1] b", "―――", "[1] Note")
    assert source.notices == (
        "1 tracked change was taken as accepted.",
        "1 note was put at the end.",
        "1 comment was left out.",
        "2 pieces of hidden text were left out.",
    )


def test_frames_and_shapes_come_after_what_they_stand_by() -> None:
    frame = "<draw:frame><draw:text-box><text:p>framed</text:p></draw:text-box></draw:frame>"
    shape = "<draw:custom-shape><text:p>shaped</text:p></draw:custom-shape>"
    assert _paragraphs(f"<text:p>a{frame}b{shape}</text:p><text:p>c</text:p>") == ("ab", "framed", "shaped", "c")


def test_a_count_of_spaces_is_bounded() -> None:
    assert len(_paragraphs("<text:p>a<text:s text:c='999999999999'/>b</text:p>")[0]) < 20_000


def test_a_locked_document_says_so() -> None:
    locked = zipped({"META-INF/manifest.xml": "<m><encryption-data/></m>", "content.xml": b"\x8e\xff"})
    with pytest.raises(LockedDocument, match=r"“a\.odt” is locked"):
        read_odt("a.odt", locked)


@pytest.mark.parametrize("parts", [{"x": ""}, {"content.xml": "<a/>"}, {"content.xml": "<a>"}])
def test_a_document_without_a_body_is_damaged(parts: dict[str, str]) -> None:
    with pytest.raises(DamagedDocument):
        read_odt("a.odt", zipped(parts))
