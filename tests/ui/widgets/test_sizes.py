"""Sizes of files, as people say them."""

from desktop_app.ui.widgets.sizes import size_text


def test_sizes_are_short() -> None:
    assert [size_text(size) for size in (439, 12_345, 3_400_000)] == ["439 bytes", "12 kB", "3.4 MB"]
