"""PDF files: lines become paragraphs again."""

from io import BytesIO

import pytest
from pypdf import PdfWriter

from desktop_app.exchange.documents.errors import DamagedDocument, LockedDocument, ScannedDocument
from desktop_app.exchange.documents.lines import Line, Piece, flow, lines_of, without_running_heads
from desktop_app.exchange.documents.pdf import read_pdf
from tests.exchange.documents.files import pdf

LONG = "The page of prices was hard to read when we came to it for the first"
NEXT = "time, and nobody could tell us what it would really cost us in the"


def _page(*texts: str, top: float = 760, step: float = 14) -> list[tuple[float, float, str]]:
    return [(72, top - step * number, text) for number, text in enumerate(texts)]


def test_lines_that_go_on_are_joined_and_others_are_not() -> None:
    source = read_pdf(
        "talk.pdf", pdf([_page("Interview 7", f"I: {LONG}", NEXT, "end.", "Ana: Yes.", "I: Größe (so)?")])
    )
    assert source.paragraphs == ("Interview 7", f"I: {LONG} {NEXT} end.", "Ana: Yes.", "I: Größe (so)?")
    assert (source.title, source.format, source.notices) == ("talk", "pdf", ())


def test_a_gap_or_an_indent_begins_a_paragraph() -> None:
    lines = _page(LONG, NEXT) + _page(LONG, NEXT, top=700) + [(90, 670, LONG), (72, 656, NEXT)]
    assert read_pdf("a.pdf", pdf([lines])).paragraphs == tuple(f"{LONG} {NEXT}" for _ in range(3))


def test_words_parted_at_a_line_s_end_are_joined_where_the_next_goes_on_in_lower_case() -> None:
    source = read_pdf(
        "a.pdf",
        pdf([_page(LONG + " mo-", "ment, and then we asked the one we knew, whom we call Anna Marie-", "Luise.")]),
    )
    assert source.paragraphs == (f"{LONG} moment, and then we asked the one we knew, whom we call Anna Marie-Luise.",)
    assert source.notices == ("1 word parted at a line's end was joined.",)


def test_running_heads_and_page_numbers_are_left_out() -> None:
    words = ["apples", "pears", "plums", "grapes"]
    pages = [
        [(72, 800, "Talk of March"), (300, 40, str(9 + number)), *_page(f"They liked {word}.", "It was so.", top=500)]
        for number, word in enumerate(words)
    ]
    source = read_pdf("a.pdf", pdf(pages))
    assert [text for text in source.paragraphs if "They" in text] == [f"They liked {word}." for word in words]
    assert not any("Talk" in text or text.isdigit() for text in source.paragraphs)
    assert source.paragraphs.count("It was so.") == len(words)
    assert source.notices == ("8 lines at the edges of pages were left out.",)


def test_a_sentence_goes_on_over_the_turn_of_a_page() -> None:
    source = read_pdf("a.pdf", pdf([_page("Talk", LONG, top=100), _page(NEXT, "end.")]))
    assert source.paragraphs == ("Talk", f"{LONG} {NEXT} end.")


def test_columns_are_read_one_after_the_other() -> None:
    left = [(60, 760 - 14 * row, f"left {row} and on to the edge") for row in range(3)]
    right = [(320, 760 - 14 * row, f"right {row} and on to the edge") for row in range(3)]
    paragraphs = read_pdf("a.pdf", pdf([left + right])).paragraphs
    assert [text.split()[:2] for text in paragraphs] == [
        [side, str(row)] for side in ("left", "right") for row in range(3)
    ]


def test_words_that_hang_below_a_name_go_on_with_it() -> None:
    turns = [("Sam: Where is it, and how far is it from the bridge, and since when", "is it there, do you think?")]
    turns += [("Ines: Behind the bridge, as far as I know, and for longer than I can", "tell, for a hundred years.")]
    lines = [Line(text, x, 0, 12) for first, more in turns for text, x in ((first, 57), (more, 142))]
    placed = [Line(line.text, line.x, 700 - 14 * at, 12) for at, line in enumerate(lines)]
    placed += [Line(f"Sam: {number}", 57, 600 - 14 * number, 12) for number in range(5)]
    assert flow([placed])[0][:2] == [" ".join(turn) for turn in turns]


def test_ligatures_and_shapes_of_letters_are_letters() -> None:
    lines = lines_of([Piece("eﬃcient\tﬂow", 10, 10, 12), Piece(" ﻣﺮﺣﺒﺎ", 90, 10, 12), Piece("\0", 120, 10, 12)])
    assert [line.text for line in lines] == ["efficient flow مرحبا\ufffd"]


def test_pieces_that_run_leftwards_are_one_line_only_where_the_script_does() -> None:
    assert len(lines_of([Piece("שלום", 200, 10, 12), Piece("עולם", 150, 10, 12)])) == 1
    assert len(lines_of([Piece("right", 200, 10, 12), Piece("left", 50, 10, 12)])) == 2


def test_scripts_without_spaces_are_joined_without() -> None:
    text = "採訪者你好請問你是怎麼知道我們的謝謝您"
    lines = [Line(text, 10, 100, 12), Line(text, 10, 85, 12)]
    assert flow([lines]) == ([text + text], 0)


def test_what_would_leave_nothing_is_not_left_out() -> None:
    page = [Line("Same", 10, 100, 12)]
    assert without_running_heads([page, page]) == ([page, page], 0)


def test_a_scan_asks_for_text_recognition() -> None:
    with pytest.raises(ScannedDocument, match=r"“scan\.pdf” .* \(OCR\)"):
        read_pdf("scan.pdf", pdf([[], []]))


def test_a_locked_pdf_says_so() -> None:
    writer = PdfWriter(BytesIO(pdf([_page("secret")])))
    writer.encrypt("word", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    with pytest.raises(LockedDocument):
        read_pdf("a.pdf", out.getvalue())


@pytest.mark.parametrize(
    "data", [b"%PDF-1.4", b"%PDF-1.4\n%%EOF", b"%PDF-1.7\nstartxref\n99999\n%%EOF", b"%PDF-" + b"\xff" * 500]
)
def test_a_damaged_pdf_says_so(data: bytes) -> None:
    with pytest.raises(DamagedDocument, match=r"“a\.pdf” is damaged"):
        read_pdf("a.pdf", data)


def test_a_pdf_cut_anywhere_is_read_or_refused() -> None:
    whole = pdf([_page("I: One", "B: Two"), _page("I: Three")])
    for end in range(0, len(whole), 37):
        try:
            read_pdf("a.pdf", whole[:end])
        except (DamagedDocument, ScannedDocument, LockedDocument):
            continue


def test_a_number_under_the_text_is_a_page_s_number_and_an_answer_is_not() -> None:
    talks = [_page(f"Talk {word}", "Yes.", top=100) for word in "abc"]
    pages = [[*talk, (300, 72, f"Page {number}")] for number, talk in enumerate(talks)]
    assert read_pdf("a.pdf", pdf(pages)).paragraphs == ("Talk a", "Yes.", "Talk b", "Yes.", "Talk c", "Yes.")


def test_the_same_answer_at_the_foot_of_every_page_is_text() -> None:
    pages = [_page(f"Talk {word}", "Yes.", top=100) for word in "abc"]
    assert read_pdf("a.pdf", pdf(pages)).paragraphs == ("Talk a", "Yes.", "Talk b", "Yes.", "Talk c", "Yes.")


def test_time_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.exchange.documents.pdf._SECONDS", -1.0)
    with pytest.raises(DamagedDocument, match="takes too long"):
        read_pdf("a.pdf", pdf([_page("I: One")]))
