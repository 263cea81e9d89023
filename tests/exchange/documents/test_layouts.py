"""One talk as word processors, meeting programs and pages lay it out: the turns are the same in every file."""

import pytest

from desktop_app.exchange.documents import read_document
from tests.exchange.documents.files import docx, odt, p, pdf, r
from tests.exchange.documents.transcripts import times, told

SAID = [("Sam Reed", "Where is the mill?"), ("Ines Vidal", "Behind the bridge."), ("Sam Reed", "So: since when?")]
BEGINS = [3, 9, 3723]
TIMED = [(speaker, clock, text) for (speaker, text), clock in zip(SAID, ("0:03", "0:09", "1:02:03"), strict=True)]
BOLD, BREAK, TAB = "<w:b/>", "<w:r><w:br/></w:r>", "<w:r><w:tab/></w:r>"


def _table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{p(r(text))}</w:tc>" for text in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def _page(body: str) -> bytes:
    return f"<html><body>{body}</body></html>".encode()


def _each(pattern: str) -> str:
    return "".join(pattern.format(speaker=speaker, time=time, text=text) for speaker, time, text in TIMED)


UNTIMED: dict[str, tuple[str, bytes]] = {
    "bold name and colon": ("a.docx", docx("".join(p(r(who, BOLD), r(": " + text)) for who, text in SAID))),
    "colon in bold": ("a.docx", docx("".join(p(r(who + ":", BOLD), r(" " + text)) for who, text in SAID))),
    "name in two runs": ("a.docx", docx("".join(p(r(who[:3], BOLD), r(who[3:] + ":"), r(text)) for who, text in SAID))),
    "tab": ("a.docx", docx("".join(p(r(who + ":"), TAB, r(text)) for who, text in SAID))),
    "one paragraph": ("a.docx", docx(p(BREAK.join(r(f"{who}: {text}") for who, text in SAID)))),
    "table with colons": ("a.docx", docx(_table(*((who + ":", text) for who, text in SAID)))),
    "table with a head": ("a.docx", docx(_table(("Speaker", "Text"), *SAID))),
    "open document": ("a.odt", odt("".join(f"<text:p>{who}:<text:s/>{text}</text:p>" for who, text in SAID))),
    "page with strong names": ("a.html", _page(_each("<p><strong>{speaker}</strong>:</p><p>{text}</p>"))),
    "page with spans": ("a.html", _page(_each("<p><span>{speaker}:</span><span>&nbsp;{text}</span></p><p></p>"))),
    "page with line breaks": ("a.html", _page(f"<p>{_each('<b>{speaker}:</b> {text}<br><br>')}</p>")),
    "pdf": ("a.pdf", pdf([[(72, 700 - 30 * n, f"{who}: {text}") for n, (who, text) in enumerate(SAID)]])),
    "rtf": (
        "a.rtf",
        b"{\\rtf1\\ansi " + "".join(f"{{\\b {who}:}} {text}\\par\n" for who, text in SAID).encode() + b"}",
    ),
}
WITH_TIMES: dict[str, tuple[str, bytes]] = {
    "teams": ("a.docx", docx("".join(p(r(who, BOLD), r("   " + at), BREAK, r(text)) for who, at, text in TIMED))),
    "teams with a break first": (
        "a.docx",
        docx("".join(p(BREAK, r(who, BOLD), r("   "), r(at), BREAK, r(text)) for who, at, text in TIMED)),
    ),
    "otter": ("a.docx", docx("".join(p(r(who, BOLD), r("  " + at)) + p(r(text)) + p("") for who, at, text in TIMED))),
    "nvivo": (
        "a.docx",
        docx(_table(("Timespan", "Content", "Speaker"), *((at, text, who) for who, at, text in TIMED))),
    ),
    "table without a head": ("a.docx", docx(_table(*((at, who, text) for who, at, text in TIMED)))),
    "page of a podcast": ("a.html", _page(_each("<cite>{speaker}:</cite><time>{time}</time><p>{text}</p>"))),
    "page of a meeting": ("a.html", _page(_each("<div><b>{speaker}</b> <i>{time}</i></div><div>{text}</div>"))),
}


@pytest.mark.parametrize(("name", "data"), [*UNTIMED.values(), *WITH_TIMES.values()], ids=[*UNTIMED, *WITH_TIMES])
def test_the_same_talk_has_the_same_turns(name: str, data: bytes) -> None:
    assert told(read_document(name, data)) == SAID


@pytest.mark.parametrize(("name", "data"), WITH_TIMES.values(), ids=WITH_TIMES)
def test_the_same_talk_has_the_same_times(name: str, data: bytes) -> None:
    assert times(read_document(name, data)) == [(begins * 1000, None) for begins in BEGINS]


def test_a_cell_of_several_paragraphs_is_one_turn() -> None:
    rows = (("0:03", "Where is it?", "Sam"), ("0:09", "Here.</w:t></w:r></w:p><w:p><w:r><w:t>And there.", "Ines"))
    parsed = read_document("a.docx", docx(_table(("Timespan", "Content", "Speaker"), *rows)))
    assert told(parsed) == [("Sam", "Where is it?"), ("Ines", "Here.\nAnd there.")]


def test_columns_that_are_left_out_are_told() -> None:
    rows = (("Sam", "Where is it?", ""), ("Ines", "Here.", "points"), ("Sam", "So.", ""))
    parsed = read_document("a.docx", docx(_table(("Speaker", "Text", "Gesture"), *rows)))
    assert [speaker for speaker, _ in told(parsed)] == ["Sam", "Ines", "Sam"]
    assert parsed.notices == ("Columns of the table were left out: Gesture.",)
