"""The light facts of all entries, read in one pass over the topic tables: what lenses work on."""

import json
import sys
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from desktop_app.model.entries import Check, Outcome
from desktop_app.model.facts import EntryFacts
from desktop_app.notebook.database import Database
from desktop_app.notebook.journal import moment

BEGINNING = 400
"""Characters of a body in which its first line of words is looked for; a longer run of blank lines is read whole."""

_FACTS = f"""
SELECT entry.id, entry.kind, title, substr(body, 1, {BEGINNING}), occurred, starts, ends, channel, basis, surprise,
    horizon, confidence, test, outcome, act, recurs, entry.speaker, entry.org, speaker.name, organisation.name,
    item.author, item.created, item.edited
FROM entry JOIN item ON item.id = entry.id
LEFT JOIN person AS speaker ON speaker.id = entry.speaker
LEFT JOIN organisation ON organisation.id = coalesce(entry.org, speaker.org)
ORDER BY starts, entry.id
"""


def entry_facts(database: Database, gone_name: Callable[[str | None], str]) -> list[EntryFacts]:
    """Facts of the entries that are not in the trash, by when they began, undated ones first.

    ``gone_name`` gives the name of a person or an organisation that is in the trash.
    """
    labels = _labels(database)
    nothing: dict[str, tuple[str, ...]] = {}
    intern = sys.intern
    found = []
    for row in database.each(_FACTS):
        item, kind, title, body, occurred, starts, ends, channel, basis, surprise, horizon, confidence = row[:12]
        test, outcome, act, recurs, speaker, org, speaker_name, org_name, author, created, edited = row[12:]
        mine = labels.get(item, nothing)
        written = moment(created)
        found.append(
            EntryFacts(
                id=item,
                kind=intern(kind),
                heading=title or _heading(database, item, body),
                occurred=occurred,
                start=starts,
                end=ends,
                scales=mine.get("scale", ()),
                perspectives=mine.get("perspective", ()),
                tags=mine.get("tag", ()),
                speaker=intern(speaker) if speaker else None,
                org=intern(org) if org else None,
                speaker_name=intern(speaker_name or gone_name(speaker)) if speaker else "",
                org_name=intern(org_name or gone_name(org)) if org or org_name else "",
                channel=intern(channel),
                basis=intern(basis),
                surprise=bool(surprise),
                author=intern(author),
                created=written,
                edited=written if edited == created else moment(edited),
                series=mine.get("series", ()),
                horizon=horizon,
                confidence=confidence,
                check=Check(**json.loads(test)) if test else None,
                outcome=Outcome(**json.loads(outcome)) if outcome else None,
                act=intern(act),
                recurs=recurs,
            )
        )
    return found


def _labels(database: Database) -> dict[str, dict[str, tuple[str, ...]]]:
    """Labels by entry and field. Equal sets of labels are one object, so that they are counted quickly."""
    rows: Iterator[tuple[str, str, str]] = database.each(
        "SELECT entry, field, value FROM entry_label ORDER BY entry, field, value"
    )
    known: dict[tuple[str, ...], tuple[str, ...]] = {}
    labels: dict[str, dict[str, tuple[str, ...]]] = {}
    for (entry, field), found in groupby(rows, lambda row: row[:2]):
        values = tuple(value for _, _, value in found)
        labels.setdefault(entry, {})[field] = known.setdefault(values, values)
    return labels


def _heading(database: Database, item: str, body: str) -> str:
    """As :attr:`Entry.heading` has it for an entry without a title."""
    line = _first_line(body)
    if not line or (len(body) == BEGINNING and "\n" not in body.strip()):
        row: tuple[Any, ...] = database.one("SELECT body FROM entry WHERE id = ?", (item,))
        line = _first_line(row[0])
    if line:
        return line
    named = database.one("SELECT name FROM entry_attachment WHERE entry = ? ORDER BY place LIMIT 1", (item,))
    return str(named[0]) if named else ""


def _first_line(text: str) -> str:
    return next((line for line in text.splitlines() if line.strip()), "").strip()
