"""Which revisions of a foreign journal are taken: what each of them is in itself, and what it builds on.

Rows that are here too are compared with ours, the rest is proven by its id. What is left out takes with it whatever
builds on it; that is told once, where it began, with the number of those that followed.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from desktop_app.model.changes import Absent, Revision
from desktop_app.model.merging import CONFLICTS
from desktop_app.model.shapes import MOST_MILLISECONDS, MOST_PARENTS, is_digest, is_id, wrong_with_revision
from desktop_app.notebook import points
from desktop_app.notebook.errors import DamagedPoints
from desktop_app.notebook.incoming import Refused
from desktop_app.notebook.lineage import Lineage

Row = tuple[Any, ...]
"""Id, item, kind, parents (JSON), author, device, clock, fields, as SQLite gave them."""

MOST_TOLD = 1_000
"""Revisions that are told one by one where they are not taken; of more only the number is."""

_MOST_PARTS = 10_000_000
"""Commas in the points of an import or the turns of a text: a megabyte that is packed well can hold a thousand times
as much, and each costs some hundred bytes once it is read."""

_LONGEST_TEXT = 256 << 20
"""Bytes of UTF-8: more than comes of any file that is read as a document."""

_FORGED = "its content is not what its id promises"
_STRANGER = "what came before it is of another item"
_UNKNOWN = "it is neither in that copy nor here"


class Proof:
    """What of another copy's journal is taken. First :meth:`meet` its rows, then :meth:`sift` them."""

    def __init__(self, own: Lineage, latest: str) -> None:
        self._own = own
        self._latest = latest
        self._kin: dict[str, tuple[str, str]] = {}
        """Item and kind of every revision that is here, or has been found good."""
        self._news: dict[str, Revision] = {}
        self._refused: dict[str, Refused] = {}
        self._because_of: dict[str, str] = {}
        """For what was left out with another: where that began."""
        self._item_of_missing: dict[str, str] = {}
        self.items: set[str] = set()
        self.absent: list[Absent] = []

    @property
    def revisions(self) -> list[Revision]:
        return list(self._news.values())

    @property
    def refused(self) -> list[Refused]:
        """Where it began, each with the number of those that it took along."""
        followers = Counter(self._because_of.values())
        return [
            Refused(one.revision, one.item, one.kind, _with_followers(one.why, followers[root]))
            for root, one in list(self._refused.items())[:MOST_TOLD]
        ]

    @property
    def untold(self) -> int:
        return max(len(self._refused) - MOST_TOLD, 0)

    # --- each in itself ---------------------------------------------------------------------------------------------

    def meet(self, rows: Iterable[Row]) -> None:
        """Go through their rows beside ours, both by id."""
        ours = self._own.rows()
        mine = next(ours, None)
        last = ""
        for row in rows:
            id_ = row[0]
            if not is_digest(id_):
                self._refuse(row, "its id is none")
                continue
            if id_ <= last:
                self._refuse(row, "it stands there twice")
                continue
            last = id_
            while mine is not None and mine[0] < id_:
                self._kin[mine[0]] = mine[1], mine[2]
                mine = next(ours, None)
            if mine is not None and mine[0] == id_:
                self._compare(row, mine)
            else:
                self._prove(row)
        while mine is not None:
            self._kin[mine[0]] = mine[1], mine[2]
            mine = next(ours, None)

    def _compare(self, row: Row, mine: Row) -> None:
        if row == mine or _revision(row) == _revision(mine):
            self.items.add(mine[1])
        else:
            self._refuse((mine[0], mine[1], mine[2]), _FORGED)

    def _prove(self, row: Row) -> None:
        revision = _revision(row)
        why = "it cannot be read" if revision is None else wrong_with_revision(revision, latest=self._latest)
        if revision is None or why:
            self._refuse(row, why)
        else:
            self._news[revision.id] = revision

    def _refuse(self, row: Row, why: str) -> None:
        id_, item, kind = (_told(cell) for cell in row[:3])
        self._refused[id_] = Refused(id_, item if is_id(item) else "", kind, why)

    # --- what each builds on ----------------------------------------------------------------------------------------

    def sift(self, absent: Iterable[Absent], wrong_with: Callable[[Revision], str]) -> None:
        """Leave out what builds on nothing that is known, and that of which ``wrong_with`` says so.

        ``absent`` is what the copy says is missing in it: not proven, so that it is believed only where nothing that
        is proven contradicts it.
        """
        missing = {one.revision: one for one in absent if one.revision not in self._kin}
        missing = {id_: one for id_, one in missing.items() if id_ not in self._news}
        taken: dict[str, Revision] = {}
        for revision in _parents_first(self._news):
            if not self._leave_out(revision, missing) and not self._is_wrong(revision, wrong_with):
                taken[revision.id] = revision
                self._kin[revision.id] = revision.item, revision.kind
                self.items.add(revision.item)
        self._news = taken
        self.absent = self._believed(missing)

    def _is_wrong(self, revision: Revision, wrong_with: Callable[[Revision], str]) -> bool:
        why = wrong_with(revision)
        if why:
            self._refused[revision.id] = Refused(revision.id, revision.item, revision.kind, why)
        return bool(why)

    def _leave_out(self, revision: Revision, missing: Mapping[str, Absent]) -> bool:
        """Whether a revision has to go because of what it builds on, which is noted."""
        for parent in revision.parents:
            if parent in self._kin:
                if self._kin[parent] == (revision.item, revision.kind):
                    continue
            elif parent in self._refused or parent in self._because_of:
                self._because_of[revision.id] = self._because_of.get(parent, parent)
                return True
            elif self._is_missing_of(parent, revision, missing):
                continue
            elif parent not in missing and not self._own.knows(parent):
                self._refused[parent] = Refused(parent, revision.item, revision.kind, _UNKNOWN)
                self._because_of[revision.id] = parent
                return True
            self._refused[revision.id] = Refused(revision.id, revision.item, revision.kind, _STRANGER)
            return True
        return False

    def _is_missing_of(self, parent: str, revision: Revision, missing: Mapping[str, Absent]) -> bool:
        """Whether a parent is known to be missing there or here, and of no other item as far as is known."""
        if parent in self._item_of_missing:
            return self._item_of_missing[parent] == revision.item
        known = self._own.absent([parent])
        if parent not in missing and parent not in known:
            return False
        if parent in known and known[parent].item not in ("", revision.item):
            return False
        self._item_of_missing[parent] = revision.item
        return True

    def _believed(self, missing: Mapping[str, Absent]) -> list[Absent]:
        """What is known to be missing before what is taken; claims that go round in a circle are none."""
        believed: dict[str, Absent] = {}
        waiting = [(id_, item) for id_, item in self._item_of_missing.items() if id_ in missing]
        while waiting:
            id_, item = waiting.pop()
            if id_ in believed:
                continue
            one = missing[id_]
            parents = () if one.item not in ("", item) else tuple(p for p in one.parents if self._may_be(p, item))
            believed[id_] = Absent(id_, item, parents, one.reason)
            waiting += [(parent, item) for parent in parents if parent in missing]
        if believed:
            for id_ in self._in_circles(believed):
                believed[id_] = Absent(id_, believed[id_].item, (), believed[id_].reason)
        return list(believed.values())

    def _in_circles(self, believed: Mapping[str, Absent]) -> set[str]:
        """Those of the missing whose claims do not fit into one order with each other and with what is proven."""
        before = {id_: one.parents for id_, one in believed.items()}
        items = {one.item for one in believed.values()}
        before.update((one.id, one.parents) for one in self._news.values() if one.item in items)
        met = {parent for parents in before.values() for parent in parents if parent not in before}
        here, missing = self._own.before(self._own.some(met).values())
        before.update((one.id, one.parents) for revisions in here.values() for one in revisions)
        for one in (one for some in missing.values() for one in some):
            before[one.revision] = (*before.get(one.revision, ()), *one.parents)
        return believed.keys() & (before.keys() - set(_ordered(before)))

    def _may_be(self, parent: str, item: str) -> bool:
        """Whether nothing that is known speaks against a revision being of this item."""
        if parent in self._kin:
            return self._kin[parent][0] == item
        return self._item_of_missing.get(parent, item) == item


def absent_rows(rows: Iterable[Row]) -> Iterator[Absent]:
    """What rows of revision, item, parents (JSON) and reason say is missing; those that cannot be read are skipped."""
    for id_, item, parents, reason in rows:
        found = _ids(parents)
        if not is_digest(id_) or found is None or not isinstance(item, str) or (item and not is_id(item)):
            continue
        yield Absent(id_, item, found, "lost" if reason == "lost" else "shallow")


def _revision(row: Row) -> Revision | None:
    """A row with its parents in the order of their ids; ``None`` for one that is none."""
    parents = _ids(row[3]) if all(type(cell) is str for cell in row) else None
    return None if parents is None else Revision(row[0], row[1], row[2], parents, *row[4:8])


def _ids(text: object) -> tuple[str, ...] | None:
    """Ids of revisions out of JSON, sorted; ``None`` for anything else."""
    if text == "[]":
        return ()
    if not isinstance(text, str) or len(text) > 80 * MOST_PARENTS:
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return tuple(sorted(found)) if isinstance(found, list) and all(map(is_digest, found)) else None


def _told(cell: object) -> str:
    """Of a cell that may be anything what can be shown."""
    text = cell if isinstance(cell, str) else ""
    return text[:64].encode("utf-8", "replace").decode()


def _with_followers(why: str, count: int) -> str:
    if not count:
        return why
    what = "1 revision that builds on it goes" if count == 1 else f"{count:,} revisions that build on it go"
    return f"{why}, and {what} with it"


def _parents_first(revisions: Mapping[str, Revision]) -> list[Revision]:
    return [revisions[id_] for id_ in _ordered({id_: one.parents for id_, one in revisions.items()})]


def _ordered(before: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Parents first, those beside each other by id, without what stands in a circle or after one."""
    waiting: dict[str, int] = {}
    after: dict[str, list[str]] = {}
    for id_, parents in before.items():
        inside = [parent for parent in set(parents) if parent in before]
        waiting[id_] = len(inside)
        for parent in inside:
            after.setdefault(parent, []).append(id_)
    ready = sorted((id_ for id_, count in waiting.items() if not count), reverse=True)
    ordered: list[str] = []
    while ready:
        id_ = ready.pop()
        ordered.append(id_)
        for child in sorted(after.get(id_, ())):
            waiting[child] -= 1
            if not waiting[child]:
                ready.append(child)
    return ordered


# --- what the fields name ---------------------------------------------------------------------------------------------


def wrong_with_content(
    kind: str, fields: Mapping[str, Any], read: Callable[[str], bytes], known: dict[tuple[object, ...], str]
) -> str:
    """Why the bytes that an import or a document names are not what such an item is made from; empty where they are.

    ``read`` gives the bytes under a name that is there; ``known`` keeps what was found, since many revisions name the
    same. The table of points and the turns are read by everybody who opens the notebook, and would stop them.
    """
    if kind == "import":
        return _once(known, (fields["points"],), lambda: _wrong_with_points(read(fields["points"])))
    if kind != "document":
        return ""
    marked = [option["value"] for option in fields.get(CONFLICTS, {}).get("content", ())]
    for content in (fields["content"], *marked):
        key = content["blob"], content["turns"], content["characters"]
        wrong = _once(known, key, partial(_wrong_with_text, *key, read))
        if wrong:
            return wrong
    return ""


def _once(known: dict[tuple[object, ...], str], key: tuple[object, ...], look: Callable[[], str]) -> str:
    if key not in known:
        known[key] = look()
    return known[key]


def _wrong_with_points(data: bytes) -> str:
    if data.count(b",") > _MOST_PARTS:
        return "it holds more points than any file has"
    try:
        tables = points.unpack(data)
    except DamagedPoints as error:
        return f"its points cannot be read ({error.parts.get('reason', '')})"
    try:
        for table in tables:
            for series in table.series:
                names = (series.name, series.unit, *(part for pair in series.dimensions for part in pair))
                "".join(names).encode("utf-8")
    except UnicodeEncodeError:
        return "a name in its points is no UTF-8"
    return ""


def _wrong_with_text(blob: str, turns: str, characters: int, read: Callable[[str], bytes]) -> str:
    text = read(blob)
    if len(text) > _LONGEST_TEXT:
        return "its text is longer than any file has"
    try:
        length = len(text.decode("utf-8", "surrogatepass"))
    except UnicodeDecodeError:
        return "its text is no UTF-8"
    if length != characters:
        return "its text is not as long as it says"
    if not turns:
        return ""
    data = read(turns)
    if data.count(b",") > _MOST_PARTS:
        return "it has more turns than any text"
    try:
        rows = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        return "its turns cannot be read"
    if type(rows) is not list:
        return "its turns cannot be read"
    place = 0
    for row in rows:
        if not _is_turn(row, place, characters):
            return "its turns are none of its text"
        place = row[1]
    return ""


def _is_turn(row: Any, place: int, characters: int) -> bool:
    """Whether it is ``[start, end, speaker, begins, ends]``, and begins at ``place`` or after it."""
    if type(row) is not list or len(row) != 5:
        return False
    start, end, speaker, *times = row
    whole = type(start) is int and type(end) is int and place <= start <= end <= characters
    timed = all(time is None or (type(time) is int and abs(time) <= MOST_MILLISECONDS) for time in times)
    return whole and timed and type(speaker) is str and not any("\ud800" <= mark <= "\udfff" for mark in speaker)
