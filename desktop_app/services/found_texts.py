"""Hits in interviews: paragraphs of documents, codings, codes and memos, with the words that lead to them."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import ClassVar

from desktop_app.model.coding import Code, TargetKind, tree
from desktop_app.model.documents import Document
from desktop_app.model.entries import Entry
from desktop_app.model.errors import KnownError
from desktop_app.model.queries import Hit
from desktop_app.notebook.file import NotebookFile
from desktop_app.search.searching import FoundHit
from desktop_app.services.indexing_texts import local_minute
from desktop_app.text.markdown import to_plain
from desktop_app.text.snippets import Snippet


class TextHits:
    """Reads what one page of hits shows of interviews, each kind of thing at once."""

    TYPES: ClassVar = ("document", "coding", "code", "memo")

    def __init__(self, file: NotebookFile, found: Sequence[FoundHit], snippets: Callable[[str], Snippet]) -> None:
        self._file = file
        self._snippets = snippets
        ids = {kind: [hit.id for hit in found if hit.type == kind] for kind in self.TYPES}
        self._codings = {coding.id: coding for coding in file.codings.some(ids["coding"])}
        self._quotes = file.codings.quotes(self._codings)
        self._memos = {memo.id: memo for memo in file.memos.some(ids["memo"])}
        targets = {coding.target: coding.target_kind for coding in self._codings.values()}
        wanted = dict.fromkeys([*ids["document"], *(t for t, kind in targets.items() if kind == TargetKind.DOCUMENT)])
        self._documents = {document.id: document for document in file.documents.many(wanted)}
        entries = [target for target, kind in targets.items() if kind == TargetKind.ENTRY]
        self._entries = {entry.id: entry for entry in file.entries.many(entries)}

    @cached_property
    def _codes(self) -> dict[str, Code]:
        return {code.id: code for code in tree(self._file.codes.fields(), {})}

    def of(self, found: FoundHit) -> list[Hit]:
        """The hit, or none where the thing has gone since the index was read."""
        match found.type:
            case "document":
                return self._paragraph(found)
            case "coding":
                return self._coding(found)
            case "code":
                return self._code(found)
            case _:
                return self._memo(found)

    def _paragraph(self, found: FoundHit) -> list[Hit]:
        document = self._documents.get(found.id)
        if document is None:
            return []
        fields = document.fields
        text, speaker = to_plain(fields.note), ""
        if found.at >= 0:
            text, speaker = self._words(document, found), self._speaker(document, found.at)
        hit = self._hit(found, fields.title, text, document)
        return [replace(hit, speaker=speaker, at=found.at, document=document.id, document_title=fields.title)]

    def _words(self, document: Document, found: FoundHit) -> str:
        try:
            return self._file.documents.text(document.fields.content)[found.at : found.until]
        except KnownError:
            # As for turns.
            return ""

    def _speaker(self, document: Document, at: int) -> str:
        """The name in the text of whoever speaks at a code point."""
        try:
            turns = self._file.documents.turns(document.fields.content)
        except KnownError:
            # Turns that are damaged are for `check` to tell; the hit is shown all the same.
            return ""
        place = bisect_right(turns, at, key=lambda turn: turn.start) - 1
        return turns[place].speaker if place >= 0 and at < turns[place].end else ""

    def _coding(self, found: FoundHit) -> list[Hit]:
        coding = self._codings.get(found.id)
        if coding is None:
            return []
        document, entry = self._documents.get(coding.target), self._entries.get(coding.target)
        if document:
            title, speaker = document.fields.title, self._speaker(document, coding.start)
        elif entry:
            title, speaker = entry.heading, entry.speaker_name
        else:
            return []
        code = self._codes[coding.code].label if coding.code in self._codes else ""
        hit = self._hit(found, code, self._quotes.get(coding.id, ""), document or entry)
        hit = replace(hit, speaker=speaker, at=coding.start, document=coding.target, document_title=title)
        return [replace(hit, code=code, coder=coding.coder)]

    def _code(self, found: FoundHit) -> list[Hit]:
        code = self._codes.get(found.id)
        if code is None:
            return []
        words = (code.fields.definition, code.fields.include, code.fields.exclude, *code.fields.examples)
        return [replace(self._hit(found, code.label, "\n".join(filter(None, words))), code=code.label)]

    def _memo(self, found: FoundHit) -> list[Hit]:
        memo = self._memos.get(found.id)
        if memo is None:
            return []
        # A memo is dated by when it was written.
        hit = self._hit(found, memo.heading, to_plain(memo.fields.body))
        return [replace(hit, occurred=local_minute(memo.created)[:10])]

    def _hit(self, found: FoundHit, title: str, text: str, dated: Document | Entry | None = None) -> Hit:
        shown = self._snippets(text)
        return Hit(
            id=found.id,
            type=found.type,
            kind=found.type,
            title=title,
            snippet=shown.text,
            spans=shown.marks,
            occurred=dated.fields.occurred if dated else "",
            start=dated.start if dated else "",
            end=dated.end if dated else "",
            scales=(),
            perspectives=(),
            tags=(),
            score=found.score,
        )
