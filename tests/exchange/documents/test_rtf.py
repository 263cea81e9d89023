"""Rich text: code pages, Unicode with its stand-ins, and what is no text of the document."""

import pytest

from desktop_app.exchange.documents.errors import DamagedDocument
from desktop_app.exchange.documents.rtf import read_rtf

F4 = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial{\*\falt Helv};}{\f1\fnil\fcharset2 Symbol;}}"
    r"{\colortbl;\red0\green0\blue0;}{\stylesheet{\s0 Normal;}}{\*\generator made up;}\viewkind4\uc1\pard\f0\fs22 "
    r"I: Wie gr\'fc\'dfen Sie? #00:00:12-3#\par"
    "\r\n"
    r"B: Sch\u246?n, \ldblquote ja\rdblquote\~gut\emdash  #00:01:02-0#\par"
    "\r\n"
    r"\par}"
)


def _paragraphs(text: str | bytes) -> tuple[str, ...]:
    return read_rtf("talk.rtf", text if isinstance(text, bytes) else text.encode("latin-1")).paragraphs


def test_a_transcript_as_transcription_programs_write_it() -> None:
    source = read_rtf("talk.rtf", F4.encode())
    expected = ("I: Wie grüßen Sie? #00:00:12-3#", "B: Schön, “ja”\u00a0gut— #00:01:02-0#", "")
    assert source.paragraphs == expected
    assert (source.title, source.format, source.notices) == ("talk", "rtf", ())


def test_a_line_end_after_a_backslash_ends_a_paragraph() -> None:
    text = "{\\rtf1\\ansi\\cocoartf2639\n\\pard\\f0 \\cf0 I: Hello \\uc0\\u8217 s\\\nB: \\'93so\\'94\\\n\\\nend}"
    assert _paragraphs(text) == ("I: Hello ’s", "B: “so”", "", "end")


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        (r"\ansicpg1252{\fonttbl{\f0\fcharset204 A;}}\f0", r"\'cf\'f0", "Пр"),
        (r"\ansicpg932{\fonttbl{\f0\fcharset128 A;}}\f0", r"\'8e\'bf\'96\'e2\'83A", "質問ア"),
        (r"\ansicpg1251{\fonttbl{\f0\fcharset0 A;}}\f0", r"\'cf", "П"),
        (r"\ansicpg1251{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}}\f0", r"\'e9", "é"),
        (r"\ansicpg65001", r"\'c3\'a9", "é"),
        (r"\mac", r"\'8e", "é"),
        (r"\ansi{\fonttbl{\f0\fcharset2 Symbol;}}\f0", r"\'b3", "≥"),
        (r"\ansi", r"\'e9", "é"),
    ],
)
def test_bytes_are_read_in_the_code_page_of_their_font(head: str, body: str, expected: str) -> None:
    assert _paragraphs(rf"{{\rtf1{head} {body}\par}}") == (expected,)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (r"\u-10179?\u-8704?", "😀"),
        (r"\uc0\u55357 \u56832 x", "😀x"),
        (r"\uc2\u12354\'82\'a0x", "あx"),
        (r"{\uc0 \u233 a}\u233?b", "éaéb"),
        (r"\u-10179?x", "\ufffdx"),
        (r"e\u769?", "e\u0301"),
        (r"\u1513?\u1500?\rtlmark", "של\u200f"),
        (r"a\~b\-c\_d\{\}\\", "a\u00a0b\u00adc\u2011d{}\\"),
        (r"{\upr{ansi}{\*\ud uni\u233?}}", "unié"),
    ],
)
def test_unicode(body: str, expected: str) -> None:
    assert _paragraphs(rf"{{\rtf1\ansi {body}\par}}") == (expected,)


def test_utf_8_where_rtf_has_only_ascii() -> None:
    assert _paragraphs("{\\rtf1 Größe\\par 日本 😀}".encode()) == ("Größe", "日本 😀")


def test_what_is_no_text_is_left_out_and_told() -> None:
    source = read_rtf(
        "a.rtf",
        rb"{\rtf1{\info{\title T}}{\header H\par}A{\footnote \chftn note {\b bold}\par two} b{\v hidden}c"
        rb"{\deleted gone}d"
        rb"{\*\annotation remark}{\field{\*\fldinst HYPERLINK x}{\fldrslt link}}{\pict 0102}{\listtext 1.\tab}\par}",
    )
    assert source.paragraphs == ("A[1] bcdlink", "―――", "[1] note bold\ntwo")
    assert source.notices == (
        "1 deleted passage was left out.",
        "1 note was put at the end.",
        "1 comment was left out.",
        "1 piece of hidden text was left out.",
    )


def test_tables_are_rows_of_cells() -> None:
    row = r"\trowd\pard\intbl {}\cell {}\cell\row"
    rows = row.format("I", "one") + row.format("B", r"two\par three")
    text = rf"{{\rtf1 before\par{rows}\pard after\par}}"
    assert _paragraphs(text) == ("before", "I\tone", "B\ttwo\nthree", "after")


def test_a_text_box_is_read_once_after_what_it_stands_by() -> None:
    shape = r"{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt in the box\par}}{\shprslt in the box}}"
    assert _paragraphs(rf"{{\rtf1 pa{shape}ra\par next\par}}") == ("para", "in the box", "next")
    assert _paragraphs(rf"{{\rtf1 {{\header {shape}}}text\par}}") == ("text",)


def test_binary_data_is_stepped_over() -> None:
    assert _paragraphs(b"{\\rtf1 a{\\pict\\bin6 }}{\\\\\\}b\\par}") == ("ab",)


def test_a_file_cut_in_the_middle_gives_what_there_is() -> None:
    source = read_rtf("a.rtf", rb"{\rtf1 one\par tw")
    assert source.paragraphs == ("one", "tw")
    assert source.notices == ("The file ends in the middle; what is there was taken over.",)


def test_groups_without_end_are_refused() -> None:
    with pytest.raises(DamagedDocument, match="nested too deep"):
        read_rtf("a.rtf", b"{\\rtf1 " + b"{" * 200_000)
