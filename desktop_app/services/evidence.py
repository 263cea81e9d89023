"""The evidence of a question, read whole: each thing with its words, who said them, when, and what is known of it."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from desktop_app.model.coding import Quote, TargetKind
from desktop_app.model.entries import Entry
from desktop_app.model.questions import Piece
from desktop_app.model.time import BadDate, parse_edtf
from desktop_app.notebook.links import StoredLink
from desktop_app.services.context import Context
from desktop_app.services.headings import Headings
from desktop_app.services.stretches import figure_of
from desktop_app.text.markdown import to_plain

if TYPE_CHECKING:
    from desktop_app.services.retrieval import Retrieval


class Evidence:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._file = context.file

    def of(self, question: str) -> tuple[Piece, ...]:
        """Every piece that stands, by time, undated last; ``question`` is a full id."""
        links = self._file.questions.evidence([question]).get(question, ())
        ids = {kind: [link.source.id for link in links if link.source.kind == kind] for kind in ("entry", "coding")}
        quotes = {quote.coding.id: quote for quote in self._retrieval.some(ids["coding"])} if ids["coding"] else {}
        coded = [quote.coding.target for quote in quotes.values() if quote.coding.target_kind == TargetKind.ENTRY]
        entries = {entry.id: entry for entry in self._file.entries.many([*ids["entry"], *coded])}
        headings = Headings(self._context)
        pieces = [self._piece(link, headings, entries, quotes) for link in links]
        return tuple(sorted(pieces, key=_order))

    def of_entry(self, entry: Entry) -> Piece:
        """An entry as a piece that speaks for nothing: without a link and a relation."""
        return _of_entry(Piece("", "", "entry", entry.id, entry.heading), entry)

    @cached_property
    def _retrieval(self) -> "Retrieval":
        from desktop_app.services.codes import Codes
        from desktop_app.services.codings import Codings
        from desktop_app.services.retrieval import Retrieval

        codes = Codes(self._context)
        return Retrieval(self._context, codes, Codings(self._context, codes))

    def _piece(
        self, link: StoredLink, headings: Headings, entries: Mapping[str, Entry], quotes: Mapping[str, Quote]
    ) -> Piece:
        kind, item = link.source.kind, link.source.id
        heading = entries[item].heading if kind == "entry" else headings.of(kind, item)
        piece = Piece(link.id, link.relation, kind, item, heading)
        match kind:
            case "entry":
                return _of_entry(piece, entries[item])
            case "coding":
                return self._of_coding(piece, entries, quotes.get(item))
            case "document":
                return self._of_document(piece)
            case "memo":
                memo = self._file.memos.get(item)
                return replace(piece, text=to_plain(memo.fields.body))
        return self._of_stretch(piece, link)

    def _of_coding(self, piece: Piece, entries: Mapping[str, Entry], quote: Quote | None) -> Piece:
        fields = self._file.codings.full(piece.id)
        words = fields.review.quote if fields.review else fields.quote
        piece = replace(piece, text=words, target=fields.target)
        if quote is None:
            # Its text did not come along with an exchanged notebook.
            return piece
        start, end = _bounds(quote.occurred)
        piece = replace(
            piece, speaker=quote.speaker, person=quote.person, occurred=quote.occurred, start=start, end=end
        )
        entry = entries.get(fields.target)
        if entry is None:
            return piece
        return replace(
            piece, basis=entry.fields.basis, perspectives=entry.fields.perspectives, scales=entry.fields.scales
        )

    def _of_document(self, piece: Piece) -> Piece:
        document = self._file.documents.get(piece.id)
        return replace(piece, occurred=document.fields.occurred, start=document.start, end=document.end)

    def _of_stretch(self, piece: Piece, link: StoredLink) -> Piece:
        end = link.source
        series, now = figure_of(self._file, end.id, end.start, end.end)
        unit = series.unit if series else ""
        return replace(piece, unit=unit, start=end.start, end=end.end, then=end.then, now=now)


def _of_entry(piece: Piece, entry: Entry) -> Piece:
    fields = entry.fields
    return replace(
        piece,
        text=to_plain(fields.body),
        entry_kind=fields.kind,
        speaker=entry.speaker_name,
        person=fields.speaker,
        occurred=fields.occurred,
        start=entry.start,
        end=entry.end,
        basis=fields.basis,
        perspectives=fields.perspectives,
        scales=fields.scales,
        horizon=fields.horizon,
        confidence=fields.confidence,
        outcome=fields.outcome,
    )


def _bounds(occurred: str) -> tuple[str, str]:
    try:
        found = parse_edtf(occurred)
    except BadDate:
        # It came with an exchange, or there is none.
        return "", ""
    return found.start, found.end


def _order(piece: Piece) -> tuple[bool, str, str, str]:
    return not piece.start, piece.start, piece.end, piece.link
