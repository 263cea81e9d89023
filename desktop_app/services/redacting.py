"""The fields of revisions without the names of people, kind by kind, with the blobs that they name."""

import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any

from desktop_app.model.changes import Revision
from desktop_app.model.documents import Turn
from desktop_app.model.errors import NotFound
from desktop_app.model.merging import CONFLICTS
from desktop_app.model.metrics import ParsedSeries, ParsedTable, SeriesKey
from desktop_app.model.redaction import SOMEONE
from desktop_app.model.shapes import is_digest, is_id
from desktop_app.notebook.documents import content_of, unpack_turns
from desktop_app.notebook.file import NotebookFile
from desktop_app.notebook.incoming import BlobRow
from desktop_app.notebook.points import pack, unpack
from desktop_app.text.anchors import version
from desktop_app.text.redaction import Redactor
from desktop_app.text.replacing import Redacted

_NO_WORDS = frozenset(
    "kind occurred horizon basis consent date stage target_kind relation comparison period resolved result start end"
    " type subject media_type colour language format vocabulary profile encoding delimiter timezone device clock"
    " revision then trashed act recurs asked answered".split()
)
"""Fields of any kind that hold no words of people."""

_LABELS = frozenset(("tags", "scales", "perspectives", "term"))
_FILES = frozenset(("file",))
_WHO_SPEAKS = {"entry": ("speaker", "org"), "question": ("asker", "entry", "answer_entry")}
"""Fields that tell who spoke, by kind of item."""

PLAIN = frozenset(
    "text/plain text/csv text/markdown text/tab-separated-values text/vtt application/x-subrip text/x-markdown".split()
)
"""Attachments in which a name is written as it is, without entities or escapes."""

Heard = Callable[[str, str, Redacted, Redactor], None]
"""Told where (by kind), what a text was, and what it has become."""


class Redacting:
    """``of`` gives the redactor for an item; ``speakers`` says by document who of its speakers is to be called what;
    ``nameless`` gives the people (ids) whom an item must not tell of, ``None`` for one that leaves with its speaker.
    ``blobs`` collects what was made, ``dropped`` counts what was left out."""

    def __init__(
        self,
        file: NotebookFile,
        of: Callable[[str], Redactor],
        pseudonym: Callable[[str, str], str | None],
        *,
        nameless: Callable[[str], AbstractSet[str] | None],
        series: Mapping[str, str],
        heard: Heard | None = None,
    ) -> None:
        self._file = file
        self._of = of
        self._pseudonym = pseudonym
        self._nameless = nameless
        self.series = series
        self._heard = heard
        self.blobs: dict[str, BlobRow] = {}
        self.dropped: dict[str, set[str]] = {}
        self._texts: dict[tuple[int, str], Redacted | None] = {}
        self._bodies: dict[str, dict[str, str]] = {}
        self._contents: dict[str, dict[str, Any]] = {}
        self._kind = ""
        self._item = ""
        self._redactor = Redactor({})
        self._special: Mapping[tuple[str, str], Callable[[Any], Any]] = {
            ("entry", "attachments"): self._attachments,
            ("person", "name"): self._person_name,
            ("person", "pseudonym"): self._own_pseudonym,
            ("person", "stages"): self._stages,
            ("document", "content"): self._content,
            ("document", "people"): self._people,
            ("document", "origin"): self._origin,
            ("coding", "coder"): self.author,
            ("import", "parts"): self._parts,
            ("import", "points"): self._points,
            ("question", "asker"): self._asker,
            ("question", "entry"): self._asked_in,
            ("question", "answer_entry"): self._told_by,
            ("search", "query"): self._query,
        }

    def fields(self, revision: Revision, ids: Mapping[str, str]) -> dict[str, Any]:
        """The fields of a revision as they leave; ``ids`` are the revisions that stand for others already."""
        self._kind, self._item = revision.kind, revision.item
        before = json.loads(revision.fields)
        target = before.get("target") if revision.kind == "coding" else revision.item
        self._redactor = self._of(target)
        after = {name: self._field(name, value) for name, value in before.items() if name != CONFLICTS}
        if revision.kind == "coding":
            after |= self._place(before)
        if revision.kind == "entry" and self._is_nameless(revision.item):
            after |= dict.fromkeys(_WHO_SPEAKS["entry"])
        marks = self._marks(before.get(CONFLICTS, {}), ids)
        return {**after, CONFLICTS: marks} if marks else after

    def _is_nameless(self, item: str) -> bool:
        return self._nameless(item) is not None

    def author(self, name: str) -> str:
        """Of a revision or a coding: another one where it is the name of a person of the notebook."""
        redactor = self._of("")
        return redactor.text(name).text if redactor.bears(name) else name

    # --- fields -----------------------------------------------------------------------------------------------------

    def _marks(self, marks: Mapping[str, Any], ids: Mapping[str, str]) -> dict[str, Any]:
        """The marks of conflicts, without those that would tell who speaks."""
        found: dict[str, Any] = {}
        for name, options in marks.items():
            if name in _WHO_SPEAKS.get(self._kind, ()) and self._is_nameless(self._item):
                continue
            called = self._mark_name(name)
            if called:
                found.setdefault(called, [self._option(name, one, ids) for one in options])
        return found

    def _mark_name(self, name: str) -> str:
        """What a conflict goes under: that of a speaker's match has what a speaker is called in its name."""
        whole, _, key = name.partition("/")
        if (self._kind, whole) != ("document", "people") or not key:
            return name
        speaker = self._speaker(key)
        return "" if speaker == SOMEONE else f"{whole}/{speaker}"

    def _option(self, name: str, one: Mapping[str, Any], ids: Mapping[str, str]) -> Any:
        value = one["value"]
        if self._kind == "coding" and isinstance(value, dict) and "quote" in value:
            value = {**value, **self._place(value)}
        elif value is not None:
            value = self._value(name, value) if "/" in name else self._field(name, value)
        return {
            **one,
            "value": value,
            "author": self.author(one["author"]),
            "revision": ids.get(one["revision"], one["revision"]),
        }

    def _field(self, name: str, value: Any) -> Any:
        special = self._special.get((self._kind, name))
        if special is not None and value:
            return special(value)
        if name in _LABELS:
            labels = [self._redactor.label(one) for one in value] if isinstance(value, list) else []
            return sorted(dict.fromkeys(labels)) if isinstance(value, list) else self._redactor.label(value)
        found = self._value(name, value)
        return sorted(found) if name == "series" and isinstance(found, list) else found

    def _value(self, name: str, value: Any) -> Any:
        if isinstance(value, str):
            if name in _NO_WORDS or is_digest(value):
                return value
            if is_id(value):
                return self.series.get(value, value)
            return self._redactor.file_name(value) if name in _FILES else self._text(value)
        if isinstance(value, list):
            return [self._value(name, one) for one in value]
        if isinstance(value, dict):
            return {key: self._value(key, one) for key, one in value.items()}
        return value

    def _text(self, text: str) -> str:
        return self._redacted(text).text

    def _redacted(self, text: str) -> Redacted:
        found = self._redactor.text(text)
        if self._heard is not None:
            self._heard(self._kind, text, found, self._redactor)
        return found

    def _drop(self, what: str, blob: str) -> None:
        self.dropped.setdefault(what, set()).add(blob)

    def _put(self, data: bytes) -> str:
        name = hashlib.sha256(data).hexdigest()
        if name not in self.blobs and not self._file.blobs.has(name):
            packed = zlib.compress(data, 6)
            small = len(packed) < len(data)
            self.blobs[name] = BlobRow(len(data), "zlib" if small else "plain", packed if small else data)
        return name

    # --- entries ----------------------------------------------------------------------------------------------------

    def _attachments(self, value: list[dict[str, Any]]) -> list[dict[str, Any]]:
        found = []
        for one in value:
            text = self._plain_text(one)
            if text is None:
                self._drop("attachments", one["blob"])
                continue
            data = self._text(text).encode("utf-8")
            name = self._redactor.file_name(one["name"])
            found.append({**one, "name": name, "blob": self._put(data), "size": len(data)})
        return found

    def _plain_text(self, attachment: Mapping[str, Any]) -> str | None:
        if attachment["media_type"].split(";")[0].strip() not in PLAIN:
            return None
        try:
            return self._file.blobs.get(attachment["blob"]).decode("utf-8")
        except (NotFound, UnicodeDecodeError):
            return None

    # --- documents --------------------------------------------------------------------------------------------------

    def _content(self, value: dict[str, Any]) -> dict[str, Any]:
        key = f"{id(self._redactor)} {self._item} {value['blob']} {value.get('turns', '')}"
        if key not in self._contents:
            self._contents[key] = self._new_content(value)
        return self._contents[key]

    def _new_content(self, value: dict[str, Any]) -> dict[str, Any]:
        try:
            text = self._file.blobs.get(value["blob"]).decode("utf-8", "surrogatepass")
            turns = unpack_turns(self._file.blobs.get(value["turns"])) if value.get("turns") else ()
        except NotFound:
            text, turns = "", ()
        found = self._redacted(text)
        self._texts[id(self._redactor), value["blob"]] = found
        moved = [self._turn(turn, found) for turn in turns]
        if not found.spans and moved == list(turns):
            return value
        return {**value, **content_of(found.text, moved, self._put).to_json()}

    def _turn(self, turn: Turn, found: Redacted) -> Turn:
        start, end = found.map_range(turn.start, turn.end)
        return replace(turn, start=start, end=end, speaker=self._speaker(turn.speaker))

    def _speaker(self, speaker: str) -> str:
        return self._pseudonym(self._item, speaker) or self._text(speaker)

    def _people(self, value: dict[str, str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for speaker, person in value.items():
            found.setdefault(self._speaker(speaker), person)
        found.pop(SOMEONE, None)
        return found

    def _origin(self, value: dict[str, Any]) -> dict[str, Any]:
        if value.get("blob"):
            self._drop("original files", value["blob"])
        file = self._redactor.file_name(value.get("file", ""))
        return {**value, "file": file, "blob": ""}

    # --- codings ----------------------------------------------------------------------------------------------------

    def _place(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """Start, end, quote, version and review of a coding on the text as it leaves."""
        review = value["review"] and {name: self._text(text) for name, text in value["review"].items()}
        found = self._text_of(value["target_kind"], value["target"], value["version"])
        if found is None:
            return {"quote": self._text(value["quote"]), "review": review}
        start, end = found.map_range(value["start"], value["end"])
        quote = found.text[start:end] if not review else self._text(value["quote"])
        return {
            "start": start,
            "end": end,
            "quote": quote,
            "version": version(found.text) if value["version"] else "",
            "review": review,
        }

    def _text_of(self, kind: str, target: str, named: str) -> Redacted | None:
        key = id(self._redactor), named or target
        if key not in self._texts:
            text = self._document(target, named) if kind == "document" else self._body(target, named)
            self._texts[key] = None if text is None else self._redactor.text(text)
        return self._texts[key]

    def _document(self, target: str, named: str) -> str | None:
        head = None if named else self._file.journal.head(target)
        blob = named or (json.loads(head[1])["content"]["blob"] if head else "")
        try:
            return self._file.blobs.get(blob).decode("utf-8", "surrogatepass")
        except NotFound:
            return None

    def _body(self, target: str, named: str) -> str | None:
        if target not in self._bodies:
            lineage = self._file.lineage
            own = lineage.before(lineage.heads([target]).values())[0].get(target, [])
            bodies = [str(json.loads(one.fields).get("body", "")) for one in own]
            self._bodies[target] = {version(body): body for body in bodies}
            if bodies:
                self._bodies[target][""] = bodies[0]
        return self._bodies[target].get(named)

    # --- the rest ---------------------------------------------------------------------------------------------------

    def _query(self, value: str) -> str:
        return self._redactor.query(value)

    def _own_pseudonym(self, value: str) -> str:
        return self._pseudonym("", self._item) or ""

    def _stages(self, value: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Without the entries that must not tell who spoke."""
        return [{**step, "entry": None} if self._is_nameless(step["entry"] or "") else step for step in value]

    def _asker(self, value: str) -> str | None:
        return None if value in (self._nameless(self._item) or ()) else value

    def _asked_in(self, value: str) -> str | None:
        """The entry would tell who asked, where that must not be known."""
        return None if self._nameless(self._item) else self._told_by(value)

    def _told_by(self, value: str) -> str | None:
        return None if self._is_nameless(value) else value

    def _person_name(self, value: str) -> str:
        self._text(value)
        return self._pseudonym("", self._item) or self._text(value)

    def _parts(self, value: list[dict[str, Any]]) -> list[dict[str, Any]]:
        for one in value:
            self._drop("original metric files", one["blob"])
        return []

    def _points(self, value: str) -> str:
        try:
            tables = unpack(self._file.blobs.get(value))
        except NotFound:
            return value
        return self._put(pack([self._table(table) for table in tables]))

    def _table(self, table: ParsedTable) -> ParsedTable:
        return replace(
            table,
            title=self._text(table.title),
            series=tuple(self._one_series(one) for one in table.series),
            totals=tuple(replace(one, name=self._text(one.name)) for one in table.totals),
            skipped=tuple(replace(one, reason=self._text(one.reason)) for one in table.skipped),
        )

    def _one_series(self, one: ParsedSeries) -> ParsedSeries:
        return replace(
            one,
            name=self._text(one.name),
            dimensions=tuple((self._text(name), self._text(value)) for name, value in one.dimensions),
            numerator=self._text(one.numerator),
            denominator=self._text(one.denominator),
        )


def redacted_series(file: NotebookFile, redactor: Redactor) -> dict[str, str]:
    """The ids of series that are others once names are replaced in what makes them one, with those."""
    found = {}

    def text(words: str) -> str:
        return redactor.text(words).text

    for one in file.metrics.series():
        dimensions = tuple((text(name), text(value)) for name, value in one.dimensions)
        key = SeriesKey(text(one.source), text(one.account), text(one.name), dimensions, one.unit, str(one.grain))
        if key.id != one.id:
            found[one.id] = key.id
    return found


def counted(redacted: Redacted) -> Counter[str]:
    """How often each pseudonym stands in a text."""
    return Counter(redacted.replaced())
