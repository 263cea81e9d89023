"""Jump to anything: by name to screens, people, organisations, series, tags, saved searches, documents and codes, by
their words to entries and memos.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop_app.model.errors import KnownError
from desktop_app.model.queries import Hit
from desktop_app.ui.i18n import tr
from desktop_app.ui.ops import Operations, ReadOp
from desktop_app.ui.shell.chooser import Choice, Chooser
from desktop_app.ui.shell.places import Place
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets import card_of_hit
from desktop_app.ui.widgets.fuzzy import score

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook

NAMES_SHOWN = 8
SERIES_SHOWN = 3
ENTRIES_SHOWN = 12
HITS_READ = 40
"""Turns of interviews, which are no place to jump to, are among them."""


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a name to jump to. ``go`` names the kind of jump, ``id`` what it needs."""

    name: str
    kind: str
    icon: str
    go: str
    id: str


class Jump(Chooser):
    """``go(kind, id)`` is called with ``screen``, ``entry``, ``person``, ``series``, ``document``, ``code``, ``memo``
    or ``search``.
    """

    def __init__(
        self,
        appearance: Appearance,
        window: QWidget,
        operations: Operations,
        places: Sequence[Place],
        go: Callable[[str, str], None],
    ) -> None:
        super().__init__(appearance, tr("Jump to an entry, a person, a document, a code, a series, a screen…"), window)
        self._operations = operations
        self._places = places
        self._go = go
        self._names: tuple[Named, ...] = ()
        self._hits: tuple[Hit, ...] = ()
        self.typed.connect(self._filter)

    def open_with(self, text: str = "") -> None:
        self._operations.read(tr("Read names"), _read_names, self._take_names, key="jump-names")
        super().open_with(text)

    def _take_names(self, names: tuple[Named, ...]) -> None:
        self._names = names
        self._show()

    def _filter(self, text: str) -> None:
        self._hits = ()
        self._show()
        words = text.strip()
        if len(words) >= 2:
            self._operations.submit(
                ReadOp(
                    tr("Search"),
                    lambda notebook: notebook.search.run(_as_prefix(words), limit=HITS_READ).hits,
                    self._take_hits,
                    self._no_hits,
                    key="jump",
                )
            )

    def _take_hits(self, hits: tuple[Hit, ...]) -> None:
        self._hits = hits
        self._show()

    def _no_hits(self, error: KnownError) -> None:
        """Half a query is no query; the names are still offered."""

    def _show(self) -> None:
        text = self.field.text()
        places = tuple(Named(tr(place.title), tr("Screen"), place.icon, "screen", place.id) for place in self._places)
        scored = [(score(text, named.name, loose=False), named) for named in places + self._names]
        if text.strip():
            scored.sort(key=lambda pair: -pair[0])
        named = _few_series([named for points, named in scored if points])
        named = named[: NAMES_SHOWN if self._hits else NAMES_SHOWN + 3]
        choices = [
            Choice(found.name, found.kind, partial(self._go, found.go, found.id), icon=found.icon) for found in named
        ]
        written = [hit for hit in self._hits if hit.type in ("entry", "memo", "question")]
        self.set_choices(choices + [self._written(hit) for hit in written[:ENTRIES_SHOWN]])

    def _written(self, hit: Hit) -> Choice:
        card = card_of_hit(hit)
        mark = card.perspectives[0] if card.perspectives else ""
        icon = {"memo": "interviews", "question": "lenses"}.get(hit.type, "")
        return Choice(card.heading, card.meta, lambda: self._go(hit.type, hit.id), icon=icon, perspective=mark)


def _few_series(found: list[Named]) -> list[Named]:
    """Series come by the hundred and look alike: three of them, after the rest."""
    series = [named for named in found if named.go == "series"]
    return [named for named in found if named.go != "series"] + series[:SERIES_SHOWN]


def _as_prefix(words: str) -> str:
    """The last word as a prefix, as it is still being typed; a field or an operator is left as it is."""
    last = words.rsplit(" ", 1)[-1]
    return f"{words}*" if last.isalnum() and last not in ("OR", "NOT", "AND") else words


def _read_names(notebook: "Notebook") -> tuple[Named, ...]:
    searches = [
        Named(found.name, tr("Saved search"), "save-search", "search", found.query)
        for found in notebook.saved_searches.list()
    ]
    people = [
        Named(person.fields.name, person.org_name or tr("Person"), "person", "person", person.id)
        for person in notebook.people.list()
    ]
    organisations = [
        Named(found.fields.name, tr("Organisation"), "organisation", "search", f'org:"{found.fields.name}"')
        for found in notebook.people.organisations()
    ]
    series = [Named(found.label, found.source, "metrics", "series", found.id) for found in notebook.metrics.list()]
    tags = [Named(f"#{found.tag}", tr("Tag"), "tag", "search", f"tag:{found.tag}") for found in notebook.entries.tags()]
    documents = [
        Named(found.fields.title, tr("Document"), "interviews", "document", found.id)
        for found in notebook.documents.list()
    ]
    codes = [Named(found.label, tr("Code"), "interviews", "code", found.id) for found in notebook.codes.list()]
    return tuple(searches + people + organisations + documents + codes + series + tags)
