"""One place where coders differ, as data: what each of them says there, and what could be agreed on by which key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop_app.model.agreement import Difference
from desktop_app.model.coding import PATH_SEPARATOR, Code
from desktop_app.ui.i18n import tr
from desktop_app.ui.interviews.quotes.quote_card import QuoteCard

MOST_CHOICES = 9
"""Keys 1 to 9."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A code that could be agreed on: its number is the key, ``coders`` are those who have it there."""

    number: int
    code: str
    label: str
    colour: str
    coders: tuple[str, ...]


def key_of(difference: Difference) -> str:
    """What tells one place from another while the list is read anew."""
    return f"{difference.target}:{difference.start}:{difference.end}:{difference.code}"


def choices_of(difference: Difference, codes: Mapping[str, Code]) -> list[Choice]:
    """The code they differ about first, then what else coders have applied there."""
    having: dict[str, list[str]] = {difference.code: []}
    for coder, codings in difference.said:
        for coding in codings:
            coders = having.setdefault(coding.code, [])
            if coder not in coders:
                coders.append(coder)
    return [
        Choice(number, code, *_look(code, difference, codes), tuple(coders))
        for number, (code, coders) in enumerate(list(having.items())[:MOST_CHOICES], start=1)
    ]


def _look(code: str, difference: Difference, codes: Mapping[str, Code]) -> tuple[str, str]:
    if code in codes:
        return codes[code].label, codes[code].colour
    if code == difference.code and difference.path:
        return PATH_SEPARATOR.join(difference.path), difference.colour
    return tr("a code in the trash"), ""


def who_words(coders: Sequence[str], author: str) -> str:
    return ", ".join(tr("you") if coder == author else coder for coder in coders)


def difference_card(difference: Difference, author: str) -> QuoteCard:
    with_it, without = who_words(difference.coders_with, author), who_words(difference.coders_without, author)
    return QuoteCard(
        id=key_of(difference),
        heading=PATH_SEPARATOR.join(difference.path) or tr("a code in the trash"),
        text=difference.text,
        meta=tr("{some}, not {others}", some=with_it, others=without),
        colour=difference.colour,
        mark=tr("settled") if difference.settled else "",
    )


def agreed_words(difference: Difference, codes: Mapping[str, Code]) -> str:
    """How a place was settled; empty where it was not."""
    if not difference.settled:
        return ""
    if difference.agreed:
        names = (codes[code].label if code in codes else tr("a code in the trash") for code in difference.agreed)
        return tr("Settled: {codes}.", codes=", ".join(names))
    return tr("Settled by a memo: this code does not stand here.")
