"""What the first bytes of a file tell."""

import pytest

from desktop_app.exchange.decoding import binary_kind, marked_encoding


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_mark_states_the_encoding(encoding: str) -> None:
    text = "Ana: tudo bem" if encoding == "utf-8-sig" else "\ufeffAna: tudo bem"
    assert marked_encoding(text.encode(encoding)) == encoding


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_wide_text_without_a_mark_shows_by_its_zeros(encoding: str) -> None:
    assert marked_encoding("Ana: tudo bem".encode(encoding)) == encoding
    assert marked_encoding(b"Ana: tudo bem") is None


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        (b"\x00\x00\x00\x20ftypisom", "a recording"),
        (b"\x00\x00\x00\x20ftypM4A ", "a sound recording"),
        (b"ID3\x04\x00", "a sound recording"),
        (b"RIFF\x24\x08\x00\x00WAVEfmt ", "a sound recording"),
    ],
)
def test_a_binary_file_is_named(head: bytes, kind: str) -> None:
    assert binary_kind(head) == kind


@pytest.mark.parametrize("head", [b"ID3 is what we call the third interview", b"Riffs and more", "ÿþ".encode()])
def test_text_is_no_binary_file(head: bytes) -> None:
    assert binary_kind(head) is None
