"""What a card in a list of entries says, as data; made from an entry or from a search hit."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from desktop_app.model.entries import Entry, EntryKind
from desktop_app.model.time import describe_short
from desktop_app.ui.i18n import tr

if TYPE_CHECKING:
    from desktop_app.model.queries import Hit

KIND_NAMES = {
    EntryKind.NOTE: "Note",
    EntryKind.QUOTE: "Quote",
    EntryKind.EVENT: "Event",
    EntryKind.FORESIGHT: "Foresight",
}
TYPE_NAMES = {
    "person": "Person",
    "series": "Series",
    "organisation": "Organisation",
    "document": "Document",
    "coding": "Coding",
    "memo": "Memo",
    "code": "Code",
    "question": "Question",
}
PLACE_TYPES = ("document", "coding", "memo", "code", "question")
"""What is opened on another screen rather than read here."""


@dataclass(frozen=True, slots=True)
class EntryCard:
    """One card. ``spans`` are code-point ranges of ``snippet`` to emphasise; ``perspectives`` in vocabulary order.

    Several cards of one document differ by ``id``: ``thing`` is the document's own, ``at`` the code point (or -1).
    """

    id: str
    heading: str
    meta: str = ""
    faint: str = ""
    perspectives: tuple[str, ...] = ()
    snippet: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    type: str = "entry"
    item: str = ""
    at: int = -1

    @property
    def thing(self) -> str:
        return self.item or self.id

    @property
    def spoken(self) -> str:
        """The card as a screen reader says it."""
        return ". ".join(part for part in (self.heading, self.meta, self.snippet, self.faint) if part)


def card_of_entry(entry: Entry, *, snippet: str = "") -> EntryCard:
    """The card of an entry; ``snippet`` adds lines of its text."""
    fields = entry.fields
    return EntryCard(
        id=entry.id,
        heading=_heading(fields.kind, fields.title, entry.heading),
        meta=_meta(fields.kind, fields.basis, fields.surprise, fields.occurred, entry.speaker_name or entry.org_name),
        faint=_faint(fields.scales, fields.tags),
        perspectives=fields.perspectives,
        snippet=snippet,
    )


def card_of_hit(hit: "Hit") -> EntryCard:
    """The card of a found thing, with the matched words of its snippet emphasised."""
    if hit.type in PLACE_TYPES:
        return _card_of_place(hit)
    if hit.type != "entry":
        return EntryCard(hit.id, hit.title, tr(TYPE_NAMES.get(hit.type, hit.type)), snippet=hit.snippet, type=hit.type)
    # A heading that only repeats the snippet's beginning says it once, with the matches marked.
    same = not hit.title or hit.snippet.strip("… ") == hit.title.strip("… ")
    return EntryCard(
        id=hit.id,
        heading=_heading(hit.kind, "", hit.title or hit.snippet),
        meta=_meta(hit.kind, hit.basis, hit.surprise, hit.occurred, hit.speaker or hit.org),
        faint=_faint(hit.scales, hit.tags),
        perspectives=hit.perspectives,
        snippet="" if same else hit.snippet,
        spans=() if same else hit.spans,
    )


def _card_of_place(hit: "Hit") -> EntryCard:
    """A paragraph under its document, a coding under its code, a memo or a code under its name."""
    about = [tr(TYPE_NAMES[hit.type])]
    about += [hit.coder, hit.document_title] if hit.type == "coding" else [hit.speaker]
    if hit.occurred:
        about.append(describe_short(hit.occurred, datetime.now()))
    return EntryCard(
        id=hit.id if hit.type != "document" else f"{hit.id}@{hit.at}",
        heading=hit.title,
        meta=" · ".join(part for part in about if part),
        snippet=hit.snippet,
        spans=hit.spans,
        type=hit.type,
        item=hit.id,
        at=hit.at,
    )


def kind_name(kind: str) -> str:
    """The name of an entry kind as shown: ``Quote``."""
    return tr(KIND_NAMES.get(EntryKind(kind), kind)) if kind in set(EntryKind) else kind


def _heading(kind: str, title: str, heading: str) -> str:
    words = " ".join((title or heading).split()).lstrip("#> ")
    if kind == EntryKind.QUOTE and words and words[0] not in "“\"„«‘'":
        return f"“{words}”"
    return words


def _meta(kind: str, basis: str, surprise: bool, occurred: str, who: str) -> str:
    parts = [kind_name(kind)]
    if kind == EntryKind.EVENT:
        parts.append(tr("surprise") if surprise else tr("planned"))
    elif basis:
        parts.append(tr(basis))
    if occurred:
        parts.append(describe_short(occurred, datetime.now()))
    if who:
        parts.append(who)
    return " · ".join(parts)


def _faint(scales: tuple[str, ...], tags: tuple[str, ...]) -> str:
    return " ".join([*scales, *(f"#{tag}" for tag in tags)])
