"""Sizes of files, as people say them."""

from desktop_app.ui.i18n import tr


def size_text(size: int) -> str:
    """Bytes as people read them: ``340 bytes``, ``12 kB``, ``3.4 MB``."""
    if size < 1000:
        return tr("{size} bytes", size=size)
    if size < 1_000_000:
        return f"{size / 1000:.0f} kB"
    return f"{size / 1_000_000:.1f} MB"
