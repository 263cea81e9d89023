"""What lenses work on: the light facts of each entry, and the query that chose them."""

from dataclasses import dataclass

from desktop_app.model.entries import Check, Outcome

ENTRIES = "kind:note,quote,event,foresight"
"""Of all that a search can find, the entries alone."""


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """An entry without its words.

    ``start`` and ``end`` bound ``occurred`` as ``model.time`` gives them (local ``YYYY-MM-DDTHH:MM``, end exclusive,
    both empty without a date), so that they compare as text. ``heading`` is what a list shows first. ``speaker`` and
    ``org`` are ids; ``created`` and ``edited`` UTC moments in ISO 8601; ``series`` the ids of pinned series.
    """

    id: str
    kind: str
    heading: str
    occurred: str
    start: str
    end: str
    scales: tuple[str, ...] = ()
    perspectives: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    speaker: str | None = None
    org: str | None = None
    speaker_name: str = ""
    org_name: str = ""
    channel: str = ""
    basis: str = ""
    surprise: bool = False
    author: str = ""
    created: str = ""
    edited: str = ""
    series: tuple[str, ...] = ()
    horizon: str = ""
    confidence: float | None = None
    check: Check | None = None
    outcome: Outcome | None = None
    act: str = ""
    recurs: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a lens looks at: ``query`` in canonical print (empty: everything), its explanation, and how many entries
    it finds. Every figure of the lens adds its own part to this query. ``is_choice``: its parts are joined by OR."""

    query: str
    explanation: str
    total: int
    is_choice: bool = False

    def narrowed(self, *parts: str) -> str:
        """The query that finds what this one finds and what each of ``parts`` finds, all at once.

        Parts are of the search language, in which words side by side are joined by AND, so that they can be put one
        after another; of a choice the canonical print is in parentheses there.
        """
        added = [part for part in parts if part]
        query = f"({self.query})" if self.is_choice and added else self.query
        return " ".join([query, *added] if query else added)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, and the query that finds the entries it counts. ``value`` is ``None`` where there is none to give."""

    value: float | None
    query: str
