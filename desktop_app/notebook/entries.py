"""Entries as they stand: one, many, and what lists and tracks need of them."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from desktop_app.model.entries import Entry, EntryFields, Mark, TagCount, tag_levels
from desktop_app.model.errors import NotFound
from desktop_app.model.facts import EntryFacts
from desktop_app.model.time import OPEN_START
from desktop_app.model.vocabulary import VocabularyName
from desktop_app.notebook.database import Database
from desktop_app.notebook.facts import entry_facts
from desktop_app.notebook.journal import Journal, moment
from desktop_app.notebook.log import has_arrivals

BATCH = 500
"""Ids in one statement; SQLite's own bound is far higher, but the plan stays the same text."""

_ENTRY = """
SELECT item.id, revision.fields, item.created, item.edited, item.author, item.head, item.trashed,
    coalesce(entry.starts, ''), coalesce(entry.ends, ''), person.name, organisation.name,
    item.revisions
FROM item JOIN revision ON revision.id = item.head
LEFT JOIN entry ON entry.id = item.id
LEFT JOIN person ON person.id = entry.speaker
LEFT JOIN organisation ON organisation.id = coalesce(entry.org, person.org)
"""


def batches(ids: Iterable[str]) -> Iterator[list[str]]:
    """Lists of at most :data:`BATCH`, in order."""
    waiting = list(ids)
    for first in range(0, len(waiting), BATCH):
        yield waiting[first : first + BATCH]


def holders(values: Sequence[object]) -> str:
    """``?,?,?`` for an ``IN (…)``."""
    return ",".join("?" * len(values))


class Entries:
    """Reads entries; writing them is :meth:`Journal.change` with kind ``entry``."""

    def __init__(self, database: Database, journal: Journal) -> None:
        self._database = database
        self._journal = journal

    def get(self, item: str) -> Entry:
        """One entry, in the trash or not; raises :class:`NotFound`."""
        found = self.many([item])
        if not found:
            raise NotFound(what="entry", name=item)
        return found[0]

    def many(self, ids: Sequence[str]) -> list[Entry]:
        """Entries in the order of ``ids``; ids that name none are left out."""
        found: dict[str, Entry] = {}
        for batch in batches(ids):
            sql = f"{_ENTRY} WHERE item.kind = 'entry' AND item.id IN ({holders(batch)})"
            found.update((row[0], self._entry(row)) for row in self._database.rows(sql, batch))
        return [found[item] for item in ids if item in found]

    def _entry(self, row: tuple[Any, ...]) -> Entry:
        item, text, created, edited, author, head, trashed, starts, ends, speaker, org, revisions = row
        fields = EntryFields.from_json(json.loads(text))
        return Entry(
            id=item,
            fields=fields,
            start=starts,
            end=ends,
            created=moment(created),
            edited=moment(edited),
            author=author,
            head=head,
            revisions=revisions,
            trashed=bool(trashed),
            speaker_name=speaker or self._gone_name(fields.speaker),
            org_name=org or self._gone_name(fields.org),
        )

    def _gone_name(self, item: str | None) -> str:
        """The name of somebody who is in the trash: their words are still theirs."""
        head = self._journal.head(item) if item else None
        return str(json.loads(head[1]).get("name", "")) if head else ""

    def facts(self) -> list[EntryFacts]:
        """What lenses work on: every entry that is not in the trash, by when it began, undated ones first."""
        return entry_facts(self._database, self._gone_name)

    def newest(self, limit: int, *, trashed: bool = False) -> list[str]:
        """Ids, last written first."""
        if trashed:
            sql = "SELECT id FROM item WHERE kind = 'entry' AND trashed = 1 ORDER BY edited DESC LIMIT ?"
        elif has_arrivals(self._database):
            # What others wrote long ago has come to the end of the journal with a merge.
            sql = "SELECT id FROM item WHERE kind = 'entry' AND trashed = 0 ORDER BY created DESC, id LIMIT ?"
        else:
            # Read from the end of the journal, which spares an index that each capture would have to write.
            sql = (
                "SELECT revision.item FROM revision JOIN item ON item.id = revision.item"
                " WHERE revision.kind = 'entry' AND parents = '[]' AND item.trashed = 0"
                " ORDER BY revision.number DESC LIMIT ?"
            )
        return [item for (item,) in self._database.rows(sql, (limit,))]

    def between(self, start: str, end: str) -> list[str]:
        """Ids of entries that lie within ``[start, end)``, oldest first."""
        rows = self._database.rows(
            "SELECT id FROM entry WHERE starts >= ? AND ends <= ? AND starts <> '' ORDER BY starts", (start, end)
        )
        return [item for (item,) in rows]

    def counts(self) -> dict[str, int]:
        """How many entries of each kind there are, without the trash."""
        return dict(self._database.rows("SELECT kind, count(*) FROM entry GROUP BY kind"))

    def tags(self) -> list[TagCount]:
        """Tags with their ancestors, each with the number of entries in it or below it, by name.

        Tags that differ in case only are counted together, under the spelling used most.
        """
        spelling: dict[str, dict[str, int]] = {}
        members: dict[str, set[str]] = {}
        for entry, tag in self._database.each("SELECT entry, value FROM entry_label WHERE field = 'tag'"):
            for name in tag_levels(tag):
                members.setdefault(name.casefold(), set()).add(entry)
                spellings = spelling.setdefault(name.casefold(), {})
                spellings[name] = spellings.get(name, 0) + 1
        names = {key: max(sorted(found), key=lambda name: found[name]) for key, found in spelling.items()}
        return [TagCount(names[key], len(members[key])) for key in sorted(members)]

    def tag_names(self) -> list[str]:
        """Tags with their ancestors by name, uncounted: what completion needs, at a tenth of the cost."""
        names: dict[str, str] = {}
        for (tag,) in self._database.rows(
            "SELECT value FROM entry_label WHERE field = 'tag' GROUP BY value ORDER BY count(*) DESC, value"
        ):
            for name in tag_levels(tag):
                names.setdefault(name.casefold(), name)
        return [names[key] for key in sorted(names)]

    def terms(self, vocabulary: VocabularyName) -> list[str]:
        """Ids of the terms of a vocabulary that entries have, by id; nobody here need have defined them."""
        rows = self._database.rows(
            "SELECT DISTINCT value FROM entry_label WHERE field = ? ORDER BY value", (vocabulary,)
        )
        return [term for (term,) in rows]

    def authors(self) -> list[str]:
        """Who wrote the entries that are not in the trash, by name."""
        rows = self._database.rows(
            "SELECT DISTINCT author FROM item WHERE kind = 'entry' AND trashed = 0 AND author <> '' ORDER BY author"
        )
        return [author for (author,) in rows]

    def channels(self) -> list[str]:
        """Channels in use, most used first."""
        rows = self._database.rows(
            "SELECT channel FROM entry WHERE channel <> '' GROUP BY channel ORDER BY count(*) DESC, channel"
        )
        return [channel for (channel,) in rows]

    def marks(self, ids: Sequence[str]) -> list[Mark]:
        """What the tracks draw of dated entries, in no particular order."""
        marks = []
        for batch in batches(ids):
            rows = self._database.rows(
                "SELECT id, kind, CASE title WHEN '' THEN substr(body, 1, 120) ELSE title END, occurred, starts, ends,"
                " surprise, (SELECT group_concat(value) FROM entry_label WHERE entry = id AND field = 'scale'),"
                " (SELECT group_concat(value) FROM entry_label WHERE entry = id AND field = 'perspective')"
                f" FROM entry WHERE starts <> '' AND id IN ({holders(batch)})",
                batch,
            )
            for item, kind, heading, occurred, starts, ends, surprise, scales, perspectives in rows:
                marks.append(
                    Mark(
                        id=item,
                        kind=kind,
                        heading=heading.strip().split("\n", 1)[0],
                        occurred=occurred,
                        start=starts,
                        end=ends,
                        scales=tuple(scales.split(",")) if scales else (),
                        perspectives=tuple(perspectives.split(",")) if perspectives else (),
                        surprise=bool(surprise),
                    )
                )
        return marks

    def first_start(self) -> str:
        """The earliest start of a dated entry that has one, ISO 8601, or an empty string."""
        (first,) = self._database.one("SELECT min(starts) FROM entry WHERE starts > ?", (OPEN_START,))
        return first or ""

    def pinned(self, ids: Sequence[str]) -> list[str]:
        """Series pinned to these entries, those pinned most first."""
        counts: dict[str, int] = {}
        for batch in batches(ids):
            rows = self._database.rows(
                "SELECT value, count(*) FROM entry_label"
                f" WHERE field = 'series' AND entry IN ({holders(batch)}) GROUP BY value",
                batch,
            )
            for series, count in rows:
                counts[series] = counts.get(series, 0) + count
        return sorted(counts, key=lambda series: (-counts[series], series))
