"""One quote as a list shows it."""

from dataclasses import dataclass

from desktop_app.ui.widgets.item_delegate import ITEM_ROLE

TICKED_ROLE = ITEM_ROLE + 1


@dataclass(frozen=True, slots=True)
class QuoteCard:
    """One quote. ``heading`` is its code, ``mark`` a word at the right, ``meta`` where it stands and who coded it.

    A card without an ``id`` is a heading over those that follow.
    """

    id: str
    heading: str
    text: str = ""
    before: str = ""
    after: str = ""
    meta: str = ""
    colour: str = ""
    mark: str = ""

    @property
    def spoken(self) -> str:
        """The card as a screen reader says it."""
        return ". ".join(part for part in (self.heading, self.text, self.meta, self.mark) if part)
