"""Quotes in words: as cards, under headings, and as plain text to paste elsewhere."""

from collections.abc import Callable, Sequence
from enum import StrEnum

from desktop_app.model.coding import PATH_SEPARATOR, Proposal, Quote
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.interviews.quotes.quote_card import QuoteCard
from desktop_app.ui.interviews.telling import clock_words, occurred_words
from desktop_app.ui.widgets.origins import source_words


class Grouping(StrEnum):
    """Under what quotes are put together."""

    DOCUMENT = "document"
    CODE = "code"
    SPEAKER = "speaker"
    CODER = "coder"


def grouping_words(grouping: Grouping) -> str:
    return {
        Grouping.DOCUMENT: tr("by document"),
        Grouping.CODE: tr("by code"),
        Grouping.SPEAKER: tr("by speaker"),
        Grouping.CODER: tr("by coder"),
    }[grouping]


_KEYS: dict[Grouping, Callable[[Quote], str]] = {
    Grouping.DOCUMENT: lambda quote: quote.document,
    Grouping.CODE: lambda quote: PATH_SEPARATOR.join(quote.path),
    Grouping.SPEAKER: lambda quote: quote.speaker,
    Grouping.CODER: lambda quote: quote.coding.coder,
}


def grouped(quotes: Sequence[Quote], grouping: Grouping) -> list[tuple[str, list[Quote]]]:
    """Quotes under headings, in the order in which each heading first comes; of codes in alphabetical order."""
    key = _KEYS[grouping]
    groups: dict[str, list[Quote]] = {}
    for quote in quotes:
        groups.setdefault(key(quote), []).append(quote)
    if grouping is Grouping.DOCUMENT:
        return list(groups.items())
    return sorted(groups.items(), key=lambda pair: (not pair[0], pair[0].casefold()))


def quote_cards(groups: Sequence[tuple[str, list[Quote]]], grouping: Grouping, author: str) -> list[QuoteCard]:
    cards: list[QuoteCard] = []
    for name, quotes in groups:
        count = count_text(len(quotes), "{number} quote", "{number} quotes")
        heading = name or (tr("nobody named") if grouping is Grouping.SPEAKER else tr("a code in the trash"))
        if grouping is Grouping.CODER and name == author:
            heading = tr("you")
        cards.append(QuoteCard("", f"{heading}  ·  {count}"))
        cards += [quote_card(quote, author, document=grouping is not Grouping.DOCUMENT) for quote in quotes]
    return cards


def quote_card(quote: Quote, author: str, *, document: bool = True) -> QuoteCard:
    """``document``: whether to say where it stands, which the heading over it may have said."""
    return QuoteCard(
        id=quote.coding.id,
        heading=PATH_SEPARATOR.join(quote.path) or tr("a code in the trash"),
        text=quote.text or tr("nothing is left of the words"),
        before=quote.before,
        after=quote.after,
        meta=_place(quote, author, document=document),
        colour=quote.colour,
        mark=tr("entry") if quote.entry else "",
    )


def proposal_card(proposal: Proposal, number: int) -> QuoteCard:
    """A stretch that could be coded; its id is its place in the list."""
    parts = (proposal.document, proposal.speaker, clock_words(proposal.begins))
    return QuoteCard(
        id=str(number),
        heading="",
        text=proposal.stretch.quote,
        before=proposal.before,
        after=proposal.after,
        meta=" · ".join(part for part in parts if part),
    )


def _place(quote: Quote, author: str, *, document: bool) -> str:
    coding = quote.coding
    parts = (
        quote.document if document else "",
        quote.speaker,
        clock_words(quote.begins) or occurred_words(quote.occurred),
        tr("you") if coding.coder == author else coding.coder,
        tr("weight {weight}", weight=coding.weight) if coding.weight is not None else "",
        count_text(coding.memos, "{number} memo", "{number} memos") if coding.memos else "",
        tr("waits for you") if coding.review else "",
        source_words(coding.source),
    )
    return " · ".join(part for part in parts if part)


def plain_quote(quote: Quote) -> str:
    """As it is pasted elsewhere: the words, who said them and where, the code."""
    source = ", ".join(part for part in (quote.speaker, quote.document, occurred_words(quote.occurred)) if part)
    return f"“{quote.text}”\n— {source} [{PATH_SEPARATOR.join(quote.path)}]"


def found_words(quotes: Sequence[Quote], all_codings: int) -> str:
    """How much was found of how much there is."""
    if not quotes:
        return ""
    words = count_text(len(quotes), "{number} quote", "{number} quotes")
    if len(quotes) != all_codings:
        words += " " + tr("of {all}", all=f"{all_codings:,}")
    documents = len({quote.coding.target for quote in quotes})
    return f"{words} · " + count_text(documents, "{number} document", "{number} documents")
