"""What may be handed to the desktop, and what goes in as bytes."""

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage

from desktop_app.model.entries import Attachment
from desktop_app.ui.browse.attachments import files_in, may_open, png_bytes


@pytest.mark.parametrize(
    ("kind", "opened"),
    [
        ("image/png", True),
        ("text/plain", True),
        ("text/csv", True),
        ("application/pdf", True),
        ("image/svg+xml", False),
        ("text/html", False),
        ("text/x-python", False),
        ("application/x-sh", False),
        ("application/octet-stream", False),
        ("", False),
    ],
)
def test_what_may_act_is_never_opened(kind: str, opened: bool) -> None:
    assert may_open(Attachment("file", "0" * 64, kind, 1)) is opened


def test_a_pasted_image_becomes_a_png() -> None:
    image = QImage(3, 2, QImage.Format.Format_RGB32)
    image.fill(0xFF0000)
    back = QImage.fromData(png_bytes(image))
    assert (back.width(), back.height()) == (3, 2)
    assert png_bytes(image).startswith(b"\x89PNG")


def test_only_local_files_are_taken() -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/tmp/a.txt"), QUrl("https://a.example/b.txt")])
    assert files_in(data) == ["/tmp/a.txt"]
