"""Whose codings a page may show: those of the author only while working blind. Plain functions of a notebook."""

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop_app.model.coding import CodingFilter
from desktop_app.model.documents import Document

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook


def coders_seen(notebook: "Notebook", *, blind: bool) -> list[str] | None:
    """The coders whose codings may be counted and shown; ``None`` for everybody."""
    return [notebook.author] if blind else None


def seen_of(notebook: "Notebook", wanted: CodingFilter, *, blind: bool) -> CodingFilter:
    """What was asked for, without what others coded while working blind."""
    return replace(wanted, coders=(notebook.author,)) if blind else wanted


def document_seen(notebook: "Notebook", document: Document, *, blind: bool) -> Document:
    """A document that counts the author's codings only while working blind."""
    if not blind or not set(document.codings) - {notebook.author}:
        return document
    own = document.codings.get(notebook.author, 0)
    review = 0
    if own and document.review:
        review = sum(one.coding.coder == notebook.author for one in notebook.codings.waiting(document.id))
    return replace(document, codings={notebook.author: own} if own else {}, review=review)
