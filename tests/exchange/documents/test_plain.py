"""Plain text and Markdown: the text equals the file."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.exchange.documents.errors import EmptyDocument, NotText
from desktop_app.exchange.documents.plain import decode, read_plain


def test_lines_are_kept_as_they_are() -> None:
    source = read_plain("Talk 1.txt", b"\xef\xbb\xbfI: Hi  \r\n\r\n\r\n\tB: Ho\rend\n")
    assert source.paragraphs == ("I: Hi  ", "", "", "\tB: Ho", "end", "")
    assert (source.title, source.format, source.notices) == ("Talk 1", "txt", ())


def test_markdown_stays_its_source() -> None:
    source = read_plain("a.md", b"# Talk\n\n**I:** *Hi*", "md")
    assert ("\n".join(source.paragraphs), source.format) == ("# Talk\n\n**I:** *Hi*", "md")


@settings(max_examples=50)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n\t")))
def test_any_text_in_utf_8_or_utf_16_equals_its_source(text: str) -> None:
    text = "Ana: " + text.removeprefix("\ufeff")
    for data in (text.encode(), text.encode("utf-8-sig"), text.encode("utf-16"), text.encode("utf-32")):
        assert decode("a.txt", data) == (text, ())
        assert "\n".join(read_plain("a.txt", data.replace(b"\n", b"\n")).paragraphs) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Interviewer: Où était le café ? J’ai été déçu…\n", "cp1252"),
        ("I: Größe und Maß\nB: schön, naïve Fälle\n", "cp1252"),
        ("Ana: não, o coração “aqui” – já\n", "cp1252"),
        ("I: Zażółć gęślą jaźń, proszę. Dziękuję bardzo za rozmowę, już wszystko wiem o tym produkcie.\n", "cp1250"),
        ("Интервьюер: Как вы узнали о нас?\nОтвет: От друзей, конечно.\n", "cp1251"),
        ("質問：このサービスをどこで知りましたか？\n答え：友達から聞きました。\n", "cp932"),
    ],
)
def test_other_encodings_are_found_and_named(text: str, encoding: str) -> None:
    found, notices = decode("a.txt", text.encode(encoding) * 3)
    assert found == text * 3
    assert len(notices) == 1
    assert ("Windows-1252" if encoding == "cp1252" else encoding) in notices[0]


def test_a_few_broken_bytes_do_not_spoil_the_rest() -> None:
    text = "Größe, Maß, naïve Fälle, schön, für, über, Äpfel: "
    found, notices = decode("a.txt", text.encode() + b"\xff!")
    assert found == text + "\ufffd!"
    assert notices == ("1 character is damaged in the file and shown as \ufffd.",)
    assert decode("a.txt", "Ana: schö".encode()[:-1])[0] == "Ana: sch\ufffd"


@pytest.mark.parametrize("data", [b"a\0b", b"\x01\x02\x03text", b"\xffabc\0\0", bytes(range(256)) * 4])
def test_binary_data_is_no_text(data: bytes) -> None:
    with pytest.raises(NotText, match=r"“a\.txt”"):
        decode("a.txt", data)


@pytest.mark.parametrize("data", [b"", b" \r\n\t ", b"\xef\xbb\xbf"])
def test_a_file_without_a_word_is_empty(data: bytes) -> None:
    with pytest.raises(EmptyDocument):
        decode("a.txt", data)
