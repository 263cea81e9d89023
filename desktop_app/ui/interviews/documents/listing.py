"""The rows of the list of documents. Makes rows, no widgets."""

from collections.abc import Sequence

from desktop_app.model.documents import Document
from desktop_app.text.tokens import fold
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.interviews.telling import length_words, occurred_words
from desktop_app.ui.widgets import Row

MOST_SPEAKERS = 3


def document_rows(documents: Sequence[Document], wanted: str) -> list[Row]:
    """Documents whose title, speakers or note hold each word of ``wanted``."""
    words = fold(wanted).split()
    return [_row(document) for document in documents if _fits(words, document)]


def _fits(words: Sequence[str], document: Document) -> bool:
    if not words:
        return True
    fields = document.fields
    inside = fold(" ".join((fields.title, *fields.content.speakers, fields.note, fields.origin.file)))
    return all(word in inside for word in words)


def _row(document: Document) -> Row:
    coded = sum(document.codings.values())
    aside = [count_text(coded, "{number} coding", "{number} codings")] if coded else []
    if document.review:
        aside.append(count_text(document.review, "{number} waits", "{number} wait"))
    return Row(document.id, document.fields.title, about_words(document), " · ".join(aside))


def about_words(document: Document) -> str:
    """``14 March 2026 · 41 min · You, Ines Vidal``."""
    content = document.fields.content
    named = list(content.speakers[:MOST_SPEAKERS])
    if len(content.speakers) > MOST_SPEAKERS:
        named.append(tr("and {number} more", number=len(content.speakers) - MOST_SPEAKERS))
    length = length_words(content.milliseconds)
    parts = [occurred_words(document.fields.occurred), length, ", ".join(named)]
    if not length and not named:
        parts.append(count_text(content.characters, "{number} character", "{number} characters"))
    return " · ".join(part for part in parts if part)
