"""Documents to be coded: any text or transcript file becomes a ``ParsedDocument``, turns beside the text.

Refuses to normalise Unicode, to guess what a binary file says and to fetch anything a file points to.
"""

from desktop_app.exchange.documents.answers import Answers, read_answers
from desktop_app.exchange.documents.errors import UnreadableDocument
from desktop_app.exchange.documents.reading import MAX_FILE, SUFFIXES, read_document

__all__ = ["MAX_FILE", "SUFFIXES", "Answers", "UnreadableDocument", "read_answers", "read_document"]
