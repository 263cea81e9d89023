"""Word documents: what a reader of the page sees, and nothing twice."""

import io

import docx as python_docx
import pytest

from desktop_app.exchange.documents.docx import read_docx
from desktop_app.exchange.documents.errors import DamagedDocument
from tests.exchange.documents.files import docx, p, r, zipped

UNTOUCHED = "e\u0301 👩\u200d👩\u200d👧 \u200fשלום\u200e مرحبا 採訪 a\u00a0b ﬁ"


def _paragraphs(body: str, **parts: str) -> tuple[str, ...]:
    return read_docx("talk.docx", docx(body, **parts)).paragraphs


def test_what_word_processors_write_is_read_as_written() -> None:
    document = python_docx.Document()
    document.add_heading("Talk", 1)
    document.add_paragraph(UNTOUCHED)
    document.add_paragraph("")
    document.add_paragraph("Ana Lima   0:03\nA line\tand a tab")
    document.sections[0].header.paragraphs[0].text = "Page head"
    out = io.BytesIO()
    document.save(out)
    source = read_docx("Talk 7.docx", out.getvalue())
    assert source.paragraphs == ("Talk", UNTOUCHED, "", "Ana Lima   0:03\nA line\tand a tab")
    assert (source.title, source.format, source.notices) == ("Talk 7", "docx", ())


def test_strict_documents_are_read_too() -> None:
    assert read_docx("a.docx", docx(p(r("Hello")), strict=True)).paragraphs == ("Hello",)


def test_tables_are_rows_of_cells_and_a_frame_of_one_cell_is_text() -> None:
    def row(*cells: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc><w:tcPr/>{cell}</w:tc>" for cell in cells) + "</w:tr>"

    inner = f"<w:tbl>{row(p(r('x')), p(r('y')))}</w:tbl>{p()}"
    body = f"<w:tbl>{row(p(r('I')), p(r('one')) + p(r('two')))}{row(p(r('B')), inner)}</w:tbl>"
    frame = f"<w:tbl>{row(p(r('first')) + p(r('second')))}</w:tbl>"
    assert _paragraphs(body + frame + p(r("end"))) == ("I\tone\ntwo", "B\tx\ty\n", "first", "second", "end")


def test_tracked_changes_are_taken_as_accepted() -> None:
    deleted = "<w:del><w:r><w:delText>never </w:delText></w:r></w:del>"
    body = p(r("I "), f"<w:ins>{r('really ')}</w:ins>", deleted, r("liked"))
    body += p(f"<w:moveFrom>{r('moved')}</w:moveFrom><w:moveTo>{r(' it')}</w:moveTo>")
    body += f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{r('one ')}</w:p>" + p(r("paragraph"))
    source = read_docx("a.docx", docx(body))
    assert source.paragraphs == ("I really liked", " it", "one paragraph")
    assert source.notices == ("5 tracked changes were taken as accepted.",)


def test_notes_stand_at_the_end_with_their_numbers() -> None:
    footnotes = f'<w:footnote w:id="-1" w:type="separator">{p(r("x"))}</w:footnote>'
    footnotes += f'<w:footnote w:id="4">{p(r(" A note"))}</w:footnote>'
    endnotes = f'<w:endnote w:id="4">{p(r("Last")) + p(r("words"))}</w:endnote>'
    end, foot = (f'<w:r><w:{kind}noteReference w:id="4"/></w:r>' for kind in ("end", "foot"))
    body = p(r("One"), end, r(" two"), foot)
    source = read_docx("a.docx", docx(body, footnotes=footnotes, endnotes=endnotes))
    assert source.paragraphs == ("One[1] two[2]", "―――", "[1] Last\nwords", "[2] A note")
    assert source.notices == ("2 notes were put at the end.",)


def test_a_text_box_is_read_once_after_what_it_stands_by() -> None:
    box = "<w:txbxContent>" + p(r("in the box")) + "</w:txbxContent>"
    choice = f"<mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
    fallback = f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
    drawing = f"<w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r>"
    assert _paragraphs(p(r("a"), drawing, r("b")) + p(r("c"))) == ("ab", "in the box", "c")


def test_signs_that_are_elements() -> None:
    run = (
        "<w:r><w:t>co</w:t><w:softHyphen/><w:t>op</w:t><w:noBreakHyphen/><w:t>x</w:t><w:tab/><w:t>y</w:t><w:br/>"
        '<w:t>z</w:t><w:cr/><w:sym w:font="Wingdings" w:char="F04A"/><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'
    )
    assert _paragraphs(p(run)) == ("co\u00adop\u2011x\ty\nz\n☺≥",)


def test_page_breaks_part_text_but_leave_no_empty_lines() -> None:
    page = '<w:r><w:br w:type="page"/></w:r>'
    assert _paragraphs(p(page, r("a"), page, r("b")) + p(page)) == ("a\nb", "")


def _field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def test_fields_show_their_results_and_links_their_text() -> None:
    code = "<w:r><w:instrText>REF x</w:instrText></w:r>"
    nested = _field("begin") + code + _field("separate") + r("hidden code") + _field("end")
    field = _field("begin") + code + nested + _field("separate") + r("shown") + _field("end")
    link = f"<w:hyperlink>{r('a link')}</w:hyperlink>"
    simple = f'<w:fldSimple w:instr="DATE">{r(" today")}</w:fldSimple>'
    assert _paragraphs(p(field, r(" and "), link, simple)) == ("shown and a link today",)


def test_a_field_without_an_end_swallows_no_more_than_its_paragraph() -> None:
    assert _paragraphs(p(_field("begin"), r("code")) + p(r("next"))) == ("", "next")


def test_hidden_text_and_comments_are_left_out_and_told() -> None:
    styles = '<w:style w:styleId="Unseen"><w:rPr><w:vanish/></w:rPr></w:style>'
    body = p(
        r("a"), r("secret", "<w:vanish/>"), r("b", '<w:vanish w:val="0"/>'), r("c", '<w:rStyle w:val="Unseen"/>'),
        '<w:r><w:commentReference w:id="1"/></w:r>',
    )  # fmt: skip
    source = read_docx("a.docx", docx(body, styles=styles, comments=f'<w:comment w:id="1">{p(r("hm"))}</w:comment>'))
    assert source.paragraphs == ("ab",)
    assert source.notices == ("1 comment was left out.", "2 pieces of hidden text were left out.")


def test_content_controls_are_read_unless_they_ask_for_their_text() -> None:
    asking = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('Click here')}</w:sdtContent></w:sdt>"
    block = f"<w:sdt><w:sdtPr/><w:sdtContent>{p(r('inside'), asking)}</w:sdtContent></w:sdt>"
    ruby = f"<w:r><w:ruby><w:rt>{r('かん')}</w:rt><w:rubyBase>{r('漢')}</w:rubyBase></w:ruby></w:r>"
    assert _paragraphs(block + p(ruby)) == ("inside", "漢")


@pytest.mark.parametrize(
    "parts",
    [
        {"[Content_Types].xml": "<Types/>"},
        {"word/document.xml": "<w:document"},
        {"word/document.xml": "<document/>"},
        {"word/document.xml": "<a>" * 3000 + "</a>" * 3000},
    ],
)
def test_a_package_without_a_readable_body_is_damaged(parts: dict[str, str]) -> None:
    with pytest.raises(DamagedDocument, match=r"“bad\.docx” is damaged"):
        read_docx("bad.docx", zipped(parts))


def test_entities_are_not_resolved() -> None:
    secret = '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    body = secret + "<d xmlns:w='w'><w:body><w:p><w:r><w:t>a&e;b</w:t></w:r></w:p></w:body></d>"
    with pytest.raises(DamagedDocument, match="it declares entities"):
        read_docx("a.docx", zipped({"word/document.xml": body}))
