"""Reading the journal: the log, what became of an item, and where it comes from.

A history is a graph: versions written apart have the same parent, and what a merge made of them has several. So a line
is told by what it differs in from its own parents, never from the line below it.
"""

import heapq
import json
from collections.abc import Iterable, Mapping
from typing import Any

from desktop_app.model.changes import NOBODY, Change, RevisionInfo
from desktop_app.model.ids import derived_id
from desktop_app.model.merging import TRASHED
from desktop_app.model.provenance import Provenance
from desktop_app.notebook.database import Database
from desktop_app.notebook.journal import moment
from desktop_app.notebook.projections import folded

DEVICE = "device"

_CHANGE = """
SELECT id, kind, label, clock, author, device, undone, last - first + 1,
    (SELECT max(file) FROM exchange WHERE exchange.change = change.id AND direction = 'in'),
    (SELECT count(*) FROM turned WHERE turned.change = change.id)
FROM change
"""

_ANCESTRY = """
WITH RECURSIVE line (item, id) AS (
    SELECT id, head FROM item WHERE id IN (SELECT value FROM json_each(?))
    UNION SELECT line.item, json_each.value FROM line JOIN revision USING (id), json_each(revision.parents)
)
"""

_SOURCE = "SELECT max(file) FROM exchange WHERE exchange.change = revision.change AND direction = 'in'"


def device_item(device: str) -> str:
    """The id of the item that holds a device's name."""
    return derived_id(DEVICE, device)


def has_arrivals(database: Database) -> bool:
    """Whether anything has ever come in from another copy."""
    return database.one("SELECT 1 FROM exchange WHERE direction = 'in' LIMIT 1") is not None


class Log:
    """Of one notebook."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # --- changes ----------------------------------------------------------------------------------------------------

    def changes(self, limit: int, offset: int = 0, author: str = "") -> list[Change]:
        """Changes, newest first: all, or those that ``author`` made, or brought revisions of theirs.

        Names are compared without regard to case.
        """
        where, parameters = self._by(author) if author else ("", [])
        rows = self._database.rows(f"{_CHANGE} {where} ORDER BY id DESC LIMIT ? OFFSET ?", (*parameters, limit, offset))
        found = []
        for number, kind, label, clock, name, device, undone, count, source, turned in rows:
            items = turned if source and turned else count
            brought = self._brought(number) if source else {}
            found.append(
                Change(number, kind, label, moment(clock), name, device, items, bool(undone), source or "", brought)
            )
        return found

    def newest(self) -> tuple[int, str] | None:
        """Number and moment of the last change; cheap, whatever it was."""
        row = self._database.one("SELECT id, clock FROM change ORDER BY id DESC LIMIT 1")
        return (row[0], moment(row[1])) if row else None

    def _by(self, author: str) -> tuple[str, list[str]]:
        wanted = folded(author)
        merges = [change for change in self._merges() if any(folded(name) == wanted for name in self._brought(change))]
        spelled = [name for name in self._here() if folded(name) == wanted]
        where = "WHERE author IN (SELECT value FROM json_each(?)) OR id IN (SELECT value FROM json_each(?))"
        return where, [json.dumps(spelled), json.dumps(merges)]

    def authors(self) -> list[str]:
        """Everybody whom :meth:`changes` can be asked about, by name; of spellings that are the same name, one."""
        names = {folded(name): name for change in self._merges() for name in self._brought(change)}
        names |= {folded(name): name for name in self._here()}
        return [names[key] for key in sorted(names)]

    def _here(self) -> list[str]:
        return [name for (name,) in self._database.rows("SELECT DISTINCT author FROM change")]

    def _merges(self) -> list[int]:
        rows = self._database.rows("SELECT DISTINCT change FROM exchange WHERE direction = 'in' AND change IS NOT NULL")
        return [change for (change,) in rows]

    def _brought(self, change: int) -> dict[str, int]:
        """Whose revisions a merge brought, and how many; what it derived itself is nobody's."""
        rows = self._database.rows(
            "SELECT revision.author, count(*) FROM change JOIN revision ON number BETWEEN first AND last"
            " WHERE change.id = ? AND revision.device <> ? GROUP BY revision.author ORDER BY 2 DESC, 1",
            (change, NOBODY),
        )
        return dict(rows)

    # --- items ------------------------------------------------------------------------------------------------------

    def history(self, item: str) -> list[RevisionInfo]:
        """What stands, and every version that it came of, newest first; none comes before what was made of it."""
        rows = self._database.rows(
            f"{_ANCESTRY}"
            " SELECT revision.id, revision.parents, revision.clock, revision.author, revision.device, change.label,"
            f" revision.fields, ({_SOURCE})"
            " FROM line JOIN revision USING (id) JOIN change ON change.id = revision.change",
            (json.dumps([item]),),
        )
        nodes = {row[0]: (tuple(json.loads(row[1])), *row[2:6], json.loads(row[6]), row[7]) for row in rows}
        order = newest_first({node: (row[0], row[1]) for node, row in nodes.items()})
        authors: dict[str, tuple[str, ...]] = {}
        infos = []
        for node in reversed(order):
            parents, clock, author, device, label, fields, source = nodes[node]
            known = [parent for parent in parents if parent in nodes]
            if device == NOBODY:
                authors[node] = tuple(sorted({name for parent in known for name in authors[parent]}))
            else:
                authors[node] = (author,)
            shallow = len(known) < len(parents)
            changed = _changed(fields, [nodes[parent][5] for parent in known] if parents else [{}])
            told = (clock, moment(clock), author, device, label, changed, fields)
            infos.append(RevisionInfo(node, *told, parents, authors[node], source or "", shallow))
        return infos[::-1]

    def provenance(self, item: str) -> Provenance | None:
        """Where an item comes from; ``None`` for one that is not here."""
        rows = self._database.rows(
            f"{_ANCESTRY} SELECT revision.clock, revision.author, revision.device, revision.change, parents <> '[]'"
            " FROM line JOIN revision USING (id) ORDER BY revision.clock, revision.id",
            (json.dumps([item]),),
        )
        if not rows:
            return None
        # A first version of all may be dated wrongly; one without parents is first whatever its clock says. What a
        # merge made speaks for itself only where nothing else is here.
        clock, author, device, change, shallow = min(rows, key=lambda row: (row[2] == NOBODY, row[4]))
        source = self._database.one(
            "SELECT file, clock, coalesce(json_extract(report, '$.manifest.author'), '') FROM exchange"
            " WHERE change = ? AND direction = 'in' ORDER BY number LIMIT 1",
            (change,),
        )
        file, came, by = source or ("", "", "")
        return Provenance(
            author, device, self.device_name(device), moment(clock), file, str(by), came and moment(came), bool(shallow)
        )

    def sources(self, items: Iterable[str]) -> dict[str, str]:
        """Of those items that a merge brought, the name of the file that did."""
        if not has_arrivals(self._database):
            return {}
        rows = self._database.rows(
            f"{_ANCESTRY} SELECT line.item, ({_SOURCE}) FROM line JOIN revision USING (id)"
            " WHERE revision.device <> ? ORDER BY parents = '[]', revision.clock DESC",
            (json.dumps(list(items)), NOBODY),
        )
        found: dict[str, str] = dict(rows)
        return {item: source for item, source in found.items() if source}

    # --- devices ----------------------------------------------------------------------------------------------------

    def device_name(self, device: str) -> str:
        """What the owner of a device calls it, or an empty string."""
        row = self._database.one(
            "SELECT revision.fields FROM item JOIN revision ON revision.id = item.head WHERE item.id = ?",
            (device_item(device),),
        )
        fields: Mapping[str, Any] = json.loads(row[0]) if row else {}
        return "" if fields.get(TRASHED) else str(fields.get("name", ""))

    def device_names(self) -> dict[str, str]:
        """The names of all devices that have one, by their ids."""
        rows = self._database.rows(
            "SELECT revision.fields FROM item JOIN revision ON revision.id = item.head"
            " WHERE item.kind = ? AND item.trashed = 0",
            (DEVICE,),
        )
        named = [json.loads(text) for (text,) in rows]
        return {str(fields["device"]): str(fields["name"]) for fields in named if fields["name"]}


def newest_first(nodes: Mapping[str, tuple[tuple[str, ...], str]]) -> list[str]:
    """Revisions, each with its parents and its clock, so that none comes after a parent of its own; else by clock.

    What a merge derived has the clock of one of its parents, and a clock from elsewhere may be wrong: clocks alone
    would put effects before their causes.
    """
    children = dict.fromkeys(nodes, 0)
    for parents, _ in nodes.values():
        for parent in set(parents) & nodes.keys():
            children[parent] += 1
    ready = [_latest(node, nodes[node][1]) for node, count in children.items() if not count]
    heapq.heapify(ready)
    order = []
    while ready:
        node = heapq.heappop(ready)[1]
        order.append(node)
        for parent in set(nodes[node][0]) & nodes.keys():
            children[parent] -= 1
            if not children[parent]:
                heapq.heappush(ready, _latest(parent, nodes[parent][1]))
    return order


def _latest(node: str, clock: str) -> tuple[int, str]:
    """What makes the latest clock the least, as a heap wants it."""
    return -int(clock, 16), node


def _changed(fields: Mapping[str, Any], before: list[Mapping[str, Any]]) -> tuple[str, ...]:
    """Names of the fields that differ from any of several states."""
    names = {name for old in before for name in fields.keys() | old.keys() if fields.get(name) != old.get(name)}
    return tuple(sorted(names))
