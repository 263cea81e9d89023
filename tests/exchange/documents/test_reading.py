"""Which reader takes a file, and the one sentence about a file that none takes."""

import io
import json
import random
import struct
import zipfile
from contextlib import suppress

import docx as python_docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.exchange.documents import SUFFIXES, UnreadableDocument, read_document, reading
from desktop_app.exchange.documents.errors import (
    DamagedDocument,
    DocumentTooLarge,
    EmptyDocument,
    LockedDocument,
    NotText,
    SwollenDocument,
    WrongKind,
)
from tests.exchange.documents.files import docx, epub, fodt, odt, p, pdf, r, zipped

TEXT = "One sentence of plain words."
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
WHISPER = json.dumps({"text": TEXT, "segments": [{"id": 0, "start": 0.0, "end": 2.5, "text": f" {TEXT}"}]}).encode()
CUES = f"00:00:01.000 --> 00:00:02.000\n{TEXT}\n"

KINDS = {
    "docx": docx(p(r(TEXT))),
    "odt": odt(f"<text:p>{TEXT}</text:p>"),
    "fodt": fodt(f"<text:p>{TEXT}</text:p>"),
    "rtf": rb"{\rtf1 " + TEXT.encode() + rb"\par}",
    "pdf": pdf([[(72, 700, TEXT)]]),
    "html": f"<!-- saved --><!DOCTYPE html><p>{TEXT}".encode(),
    "epub": epub({"a.xhtml": f"<p>{TEXT}</p>"}),
    "vtt": f"WEBVTT\n\n{CUES}".encode(),
    "srt": f"1\n{CUES}".replace(".000", ",000").encode(),
    "json": WHISPER,
    "txt": TEXT.encode("utf-16"),
}


def _fails(name: str, data: bytes, kind: type[UnreadableDocument] = UnreadableDocument) -> str:
    with pytest.raises(kind) as caught:
        read_document(name, data)
    sentence = str(caught.value)
    assert f"“{name}”" in sentence
    assert "\n" not in sentence
    assert "{" not in sentence
    return sentence


@pytest.mark.parametrize(
    ("kind", "suffix"),
    [
        (kind, suffix)
        for kind in KINDS
        for suffix in (*KINDS, "md", "unknown", "")
        if not (kind == "txt" and suffix in ("vtt", "srt", "json"))  # there a suffix promises what words alone are not
    ],
)
def test_the_bytes_count_before_the_suffix(kind: str, suffix: str) -> None:
    parsed = read_document(f"talk.{suffix}".rstrip("."), KINDS[kind])
    assert TEXT in parsed.text
    assert parsed.title


def test_markdown_is_told_by_its_name_alone() -> None:
    assert read_document("a.md", b"# Head\n\n*text*").format == "md"
    assert read_document("a.TXT", b"# Head\n\n*text*").format == "txt"


def test_every_suffix_that_folders_are_searched_for_has_a_reader() -> None:
    assert {f".{suffix}" for suffix in KINDS} < SUFFIXES
    assert all(suffix == suffix.lower() for suffix in SUFFIXES)


def test_plain_text_equals_its_source() -> None:
    text = "\n\nFirst.\n\n\n  e\u0301 \u200fשלום 😀\u00a0\n"
    parsed = read_document("a.txt", b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert (parsed.text, parsed.turns) == (text, ())


def test_turns_are_found_in_every_plain_reader() -> None:
    lines = ["I: How are you?", "Ana: Well 😀.", "I: Since when?", "Ana: Since Monday."]
    documents = {
        "a.docx": docx("".join(p(r(line)) for line in lines)),
        "a.odt": odt("".join(f"<text:p>{line}</text:p>" for line in lines)),
        "a.html": "".join(f"<p>{line}</p>" for line in lines).encode(),
        "a.rtf": b"{\\rtf1 " + "\\par ".join(lines).encode() + b"\\par}",
        "a.txt": "\r\n".join(lines).encode(),
    }
    for name, data in documents.items():
        parsed = read_document(name, data)
        assert parsed.speakers == ("I", "Ana"), name
        said = [parsed.text[turn.start : turn.end] for turn in parsed.turns]
        assert said == [line.split(": ", 1)[1] for line in lines], name


def test_notes_are_nobody_s_words() -> None:
    note = f'<w:footnote w:id="4">{p(r("A note"))}</w:footnote>'
    named = '<w:r><w:footnoteReference w:id="4"/></w:r>'
    lines = [p(r("I: How?")), p(r("Ana: So."), named), p(r("I: Since when?")), p(r("Ana: Since Monday."))]
    parsed = read_document("a.docx", docx("".join(lines), footnotes=note))
    said = [parsed.text[turn.start : turn.end] for turn in parsed.turns]
    assert said == ["How?", "So.[1]", "Since when?", "Since Monday."]
    assert parsed.text.endswith("Since Monday.\n―――\n[1] A note")


def test_the_notices_of_reader_and_encoding_stay_with_cues() -> None:
    parsed = read_document("a.srt", KINDS["srt"].replace(b"plain", "schön".encode("cp1252")))
    assert any("Windows-1252" in notice for notice in parsed.notices)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "a PNG picture, which is not read as a document; run text recognition"),
        (b"\x00\x00\x00\x20ftypisom" + b"\0" * 40, "a recording, which is not read as a document; transcribe it"),
        (b"ID3\x04\0\0", "a sound recording, which is not read as a document; transcribe it"),
        (b"\x1f\x8b\x08\0", "a gzip archive, which is not read as a document; unpack it"),
        (b"SQLite format 3\0", "a database"),
        (OLE + "WordDocument".encode("utf-16-le"), "a Word document of before 2007"),
        (OLE, "a file of an old office program"),
        (zipped({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "a spreadsheet"),
        (zipped({"[Content_Types].xml": "", "ppt/presentation.xml": ""}), "a presentation"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "a spreadsheet"),
        (zipped({"Index/Document.iwa": ""}), "an Apple document"),
        (zipped({"../../etc/passwd": "x", "talk.txt": "x"}), "a zip archive, which is not read as a document; unpack"),
    ],
)
def test_what_is_no_document_is_named(data: bytes, words: str) -> None:
    assert words in _fails("talk.txt", data, WrongKind)


def test_a_word_document_behind_a_password() -> None:
    _fails("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), LockedDocument)


@pytest.mark.parametrize("data", [b"", b" \r\n", docx(p()), odt("<text:p/>"), b"<html><p></p></html>", b"{\\rtf1 }"])
def test_a_file_without_words_is_empty(data: bytes) -> None:
    _fails("a.docx", data, EmptyDocument)


def test_binary_data_without_a_known_beginning() -> None:
    _fails("a.txt", b"words\0\0words", NotText)
    _fails("a.docx", random.Random(7).randbytes(4000), NotText)


def test_json_that_is_no_transcript() -> None:
    _fails("a.json", b'{"segments": [', DamagedDocument)
    _fails("a.json", b"[" * 100_000, DamagedDocument)
    _fails("a.json", b'{"name": "package"}')
    assert read_document("a.txt", b'{"segments": [').text == '{"segments": ['


def test_a_file_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_FILE", 10)
    _fails("a.txt", b"more than ten", DocumentTooLarge)


def test_a_bomb_is_not_unpacked() -> None:
    zeros = b"<w:document>" + b" " * 60_000_000
    _fails("a.docx", zipped({"[Content_Types].xml": "", "word/document.xml": zeros}), SwollenDocument)


def test_more_parts_than_a_document_has_are_not_listed() -> None:
    _fails("a.docx", b"PK\x03\x04" + b"PK\x01\x02" * 30_000, SwollenDocument)


def test_a_part_that_lies_about_its_size_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.exchange.documents.archives.MAX_UNPACKED", 1000)
    data = bytearray(zipped({"[Content_Types].xml": "", "word/document.xml": b"<a>" + b" " * 5000 + b"</a>"}))
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<L", data, at + 24, 5)
    _fails("a.docx", bytes(data))


def test_a_part_behind_a_password() -> None:
    data = bytearray(zipped({"[Content_Types].xml": "", "word/document.xml": "<a/>"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.rindex(mark)
        data[at + offset] |= 1
    _fails("a.docx", bytes(data), LockedDocument)


def test_comments_before_a_page_are_tried_once() -> None:
    assert read_document("a.txt", b"<!---->" * 400 + b"words").text.endswith("words")


def test_entities_that_grow_are_refused() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE d [<!ENTITY e0 "ha">{entities}]><d>&e11;</d>'
    _fails("a.docx", zipped({"[Content_Types].xml": "", "word/document.xml": bomb}), DamagedDocument)


def _written_by_word() -> bytes:
    document = python_docx.Document()
    for number in range(20):
        document.add_paragraph(f"I: Sentence {number} of the talk")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["docx", "odt", "epub", "pdf", "rtf", "html", "vtt", "json"])
def test_a_file_cut_short_is_read_or_refused(kind: str) -> None:
    whole = _written_by_word() if kind == "docx" else KINDS[kind]
    for end in range(0, len(whole), max(1, len(whole) // 40)):
        with suppress(UnreadableDocument):
            read_document(f"a.{kind}", whole[:end])


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(KINDS)), st.integers(0, 2**32))
def test_a_file_with_wrong_bytes_is_read_or_refused(kind: str, seed: int) -> None:
    dice = random.Random(seed)
    data = bytearray(KINDS[kind])
    for _ in range(dice.randint(1, 8)):
        data[dice.randrange(len(data))] = dice.randrange(256)
    with suppress(UnreadableDocument):
        read_document(f"a.{kind}", bytes(data))


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(["word/document.xml"]), st.integers(0, 2**32))
def test_a_part_with_wrong_bytes_is_read_or_refused(part: str, seed: int) -> None:
    dice = random.Random(seed)
    with zipfile.ZipFile(io.BytesIO(KINDS["docx"])) as archive:
        parts = {name: bytearray(archive.read(name)) for name in archive.namelist()}
    for _ in range(dice.randint(1, 4)):
        parts[part][dice.randrange(len(parts[part]))] = dice.randrange(256)
    with suppress(UnreadableDocument):
        read_document("a.docx", zipped({name: bytes(content) for name, content in parts.items()}))
