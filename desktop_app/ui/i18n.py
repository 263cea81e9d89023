"""Visible text: every sentence a person reads goes through here, so that it can be translated in one place."""

from PySide6.QtCore import QCoreApplication

from desktop_app.model.errors import KnownError

CONTEXT = "Terrain"


def tr(text: str, /, **parts: object) -> str:
    """``text`` in the person's language, then its ``{named}`` parts filled in."""
    translated = QCoreApplication.translate(CONTEXT, text)
    return translated.format(**parts) if parts else translated


def count_text(number: int, one: str, many: str) -> str:
    """``one`` or ``many`` by number, with ``{number}`` filled in: ``count_text(3, "{number} entry", …)``."""
    return tr(one if number == 1 else many, number=f"{number:,}")


def error_sentence(error: KnownError) -> str:
    """The sentence of a known error: its template translated, then filled with its parts."""
    return QCoreApplication.translate(CONTEXT, error.template).format(**error.parts)
