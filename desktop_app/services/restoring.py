"""Fields that somebody wrote in a copy without names, as they would have written them here."""

import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from desktop_app.model.changes import Revision
from desktop_app.model.documents import Turn
from desktop_app.model.errors import NotFound
from desktop_app.model.merging import CONFLICTS, TOGETHER, value_of
from desktop_app.model.redaction import SOMEONE
from desktop_app.model.shapes import is_digest, is_id
from desktop_app.notebook.blobs import unpack
from desktop_app.notebook.documents import content_of, unpack_turns
from desktop_app.notebook.file import NotebookFile
from desktop_app.notebook.incoming import BlobRow, Incoming
from desktop_app.services.redacting import PLAIN
from desktop_app.services.redaction import Redactors
from desktop_app.text.anchors import version
from desktop_app.text.redaction import Redactor
from desktop_app.text.replacing import Redacted

_LABELS = ("tags", "scales", "perspectives")
_PLACE = TOGETHER["coding"][0]


class Pair(NamedTuple):
    """A state as it stood in the copy, and as it stands here."""

    there: Mapping[str, Any]
    here: Mapping[str, Any]


class Restoring:
    """``series`` are ids of series by those that they have in the copy; ``made`` collects new blobs."""

    def __init__(self, file: NotebookFile, incoming: Incoming, redactors: Redactors, series: Mapping[str, str]) -> None:
        self._file = file
        self._incoming = incoming
        self._redactors = redactors
        self._series = series
        self._texts: dict[tuple[str, str], Redacted] = {}
        self._states: dict[tuple[str, str], Pair] = {}
        self._lent: dict[str, BlobRow] = {}
        self.made: dict[str, BlobRow] = {}
        self._item = ""
        self._redactor = Redactor({})

    def use(self, blobs: Mapping[str, BlobRow]) -> None:
        """Further blobs that may be read, and are nobody's."""
        self._lent.update(blobs)

    def pair(self, one: Revision, here: str) -> Pair:
        """A revision of the copy beside the state (canonical JSON) that it means here."""
        pair = Pair(json.loads(one.fields), json.loads(here))
        if one.kind == "entry":
            self._states.setdefault((one.item, version(str(pair.there.get("body", "")))), pair)
        elif one.kind == "document":
            self._states.setdefault((one.item, pair.there["content"]["blob"]), pair)
        return pair

    def _text_between(self, item: str, pair: Pair) -> Redacted:
        """From the text of a state in the copy to the one here."""
        here, there = self._text_in(pair.here), self._text_in(pair.there)
        return self._redactors.of(item).restore(here, there, there)

    def _text_in(self, fields: Mapping[str, Any]) -> str:
        return self._text(fields["content"]["blob"]) if "content" in fields else str(fields.get("body", ""))

    def fields(self, one: Revision, pairs: Sequence[Pair]) -> dict[str, Any]:
        """The fields of a revision that was written after these states (none: of a new item)."""
        written: dict[str, Any] = json.loads(one.fields)
        self._item = one.item
        self._redactor = self._redactors.of(written["target"] if one.kind == "coding" else one.item)
        found = {
            name: self._field(one.kind, name, value, pairs) for name, value in written.items() if name != CONFLICTS
        }
        if one.kind == "coding":
            found |= self._place(written, pairs)
        marks = self._conflicts(one.kind, written.get(CONFLICTS, {}), pairs) | self._hidden(one.kind, found, pairs)
        return {**found, CONFLICTS: marks} if marks else found

    def _field(self, kind: str, name: str, value: Any, pairs: Sequence[Pair]) -> Any:
        for pair in pairs:
            if name in pair.there and pair.there[name] == value and name in pair.here:
                return pair.here[name]
        there, here = (pairs[0].there.get(name), pairs[0].here.get(name)) if pairs else (None, None)
        if name in _LABELS and isinstance(value, list):
            return self._labels(value, here or [])
        if name == "series" and isinstance(value, list):
            return sorted(self._series.get(one, one) for one in value)
        if (kind, name) == ("entry", "attachments"):
            return self._attachments(value, there or [], here or [])
        if (kind, name) == ("document", "content"):
            return self._content(value, there, here)
        if (kind, name) == ("document", "people"):
            return self._people(value, here or {})
        if (kind, name) == ("entry", "body"):
            return self._body(value, there, here)
        return self._value(value, there, here)

    def _value(self, value: Any, there: Any, here: Any) -> Any:
        if value == there and here is not None:
            return here
        if isinstance(value, str):
            return self._string(value, there, here).text
        if isinstance(value, list):
            return self._list(value, there, here)
        if isinstance(value, dict):
            before, now = (there if isinstance(there, dict) else {}), (here if isinstance(here, dict) else {})
            return {name: self._value(one, before.get(name), now.get(name)) for name, one in value.items()}
        return value

    def _string(self, value: str, there: Any, here: Any) -> Redacted:
        if is_digest(value):
            return Redacted(value)
        if is_id(value):
            return Redacted(self._series.get(value, value))
        if isinstance(there, str) and isinstance(here, str):
            return self._redactor.restore(here, there, value)
        return self._redactor.named(value)

    def _list(self, value: list[Any], there: Any, here: Any) -> list[Any]:
        known = list(zip(there, here, strict=True)) if _are_alike(there, here) else []
        found = []
        for number, one in enumerate(value):
            same = next((now for before, now in known if before == one), None)
            near = known[number] if number < len(known) and len(known) == len(value) else (None, None)
            found.append(same if same is not None else self._value(one, *near))
        return found

    def _labels(self, value: list[str], here: list[str]) -> list[str]:
        known = {self._redactor.label(one): one for one in here}
        return sorted({known.get(one) or self._redactor.named_label(one) for one in value})

    # --- texts ------------------------------------------------------------------------------------------------------

    def _body(self, value: str, there: str | None, here: str | None) -> str:
        found = self._string(value, there, here)
        self._texts[self._item, version(value)] = found
        return found.text

    def _content(
        self, value: dict[str, Any], there: Mapping[str, Any] | None, here: Mapping[str, Any] | None
    ) -> dict[str, Any]:
        text = self._text(value["blob"])
        if there is None or here is None:
            found = self._redactor.named(text)
        else:
            found = self._redactor.restore(self._text(here["blob"]), self._text(there["blob"]), text)
        self._texts[self._item, value["blob"]] = found
        before = self._turns(value)
        speakers = self._speakers(before, there, here)
        turns = [self._turn(turn, found, speaker) for turn, speaker in zip(before, speakers, strict=True)]
        if not found.spans and turns == list(before):
            return value
        return {**value, **content_of(found.text, turns, self._put).to_json()}

    def _turn(self, turn: Turn, found: Redacted, speaker: str) -> Turn:
        start, end = found.map_range(turn.start, turn.end)
        return replace(turn, start=start, end=end, speaker=speaker)

    def _speakers(
        self, turns: Sequence[Turn], there: Mapping[str, Any] | None, here: Mapping[str, Any] | None
    ) -> list[str]:
        """Who speaks in each turn. Where two speakers are one in the copy, it is told by place, or by time."""
        theirs, ours = (self._turns(there), self._turns(here)) if there and here else ((), ())
        called: dict[tuple[Any, ...], str] = {}
        if len(theirs) == len(ours):
            for one, own in zip(theirs, ours, strict=True):
                called.setdefault((one.speaker,), own.speaker)
                called.setdefault((one.speaker, one.begins, one.ends), own.speaker)
        same_place = ours if len(theirs) == len(ours) == len(turns) else ()
        found = []
        for number, turn in enumerate(turns):
            if same_place and theirs[number].speaker == turn.speaker:
                found.append(same_place[number].speaker)
                continue
            known = called.get((turn.speaker, turn.begins, turn.ends)) if turn.begins is not None else None
            found.append(known or called.get((turn.speaker,)) or self._redactor.named(turn.speaker).text)
        return found

    def _people(self, value: dict[str, str], here: Mapping[str, str]) -> dict[str, str]:
        found = {one: who for one, who in here.items() if self._redactors.pseudonym(self._item, one) == SOMEONE}
        for one, person in value.items():
            found |= dict.fromkeys(self._speakers_called(one, here) or [self._redactor.named(one).text], person)
        return found

    def _speakers_called(self, name: str, speakers: Iterable[str]) -> list[str]:
        """Those of these speakers of ours who are called so in the copy."""

        def called(one: str) -> str:
            return self._redactors.pseudonym(self._item, one) or self._redactor.text(one).text

        return [one for one in speakers if called(one) == name]

    def _text(self, blob: str) -> str:
        return (self._bytes(blob) or b"").decode("utf-8", "surrogatepass")

    def _turns(self, content: Mapping[str, Any]) -> tuple[Turn, ...]:
        data = self._bytes(content["turns"]) if content.get("turns") else None
        return unpack_turns(data) if data else ()

    def _bytes(self, name: str) -> bytes | None:
        row = self.made.get(name) or self._lent.get(name)
        if row is None:
            try:
                return self._file.blobs.get(name)
            except NotFound:
                row = self._incoming.blob(name)
        return None if row is None else unpack(*row)

    def _put(self, data: bytes) -> str:
        name = hashlib.sha256(data).hexdigest()
        packed = zlib.compress(data, 6)
        self.made[name] = (
            BlobRow(len(data), "zlib", packed) if len(packed) < len(data) else BlobRow(len(data), "plain", data)
        )
        return name

    # --- attachments ------------------------------------------------------------------------------------------------

    def _attachments(
        self, value: list[dict[str, Any]], there: list[dict[str, Any]], here: list[dict[str, Any]]
    ) -> list[dict[str, Any]]:
        """Those that did not leave are still here, those that left and are gone are gone, and new ones come last."""
        left = list(there)
        kept = []
        for one in here:
            went = bool(left) and one["media_type"] == left[0]["media_type"] and _is_plain(one)
            if not went or left.pop(0) in value:
                kept.append(one)
        return kept + [{**one, "name": self._redactor.named(one["name"]).text} for one in value if one not in there]

    # --- codings ----------------------------------------------------------------------------------------------------

    def _place(self, written: Mapping[str, Any], pairs: Sequence[Pair]) -> dict[str, Any]:
        """Where a coding is: the place as a whole is what stands here, or where it was put in the copy."""
        for pair in pairs:
            if all(pair.there.get(name) == written[name] for name in _PLACE):
                return {name: pair.here[name] for name in _PLACE}
        return self._placed(written)

    def _placed(self, place: Mapping[str, Any]) -> dict[str, Any]:
        found = self._text_of(place["target_kind"], place["target"], place["version"])
        review = place["review"] and {name: self._redactor.named(one).text for name, one in place["review"].items()}
        rest = {name: place[name] for name in _PLACE} | {"review": review}
        if found is None:
            return rest | {"quote": self._redactor.named(place["quote"]).text}
        start, end = found.map_range(place["start"], place["end"])
        quote = self._redactor.named(place["quote"]).text if review else found.text[start:end]
        named = version(found.text) if place["version"] else ""
        return rest | {"start": start, "end": end, "quote": quote, "version": named}

    def _text_of(self, kind: str, target: str, named: str) -> Redacted | None:
        """From the text of that version in the copy to the one here."""
        key = target, named
        if key not in self._texts and key in self._states:
            self._texts[key] = self._text_between(target, self._states[key])
        if key not in self._texts:
            head = self._file.journal.head(target)
            here = self._text_in(json.loads(head[1]) if head else {})
            redacted = self._redactors.of(target).text(here)
            if named not in ("", version(redacted.text)):
                return None
            self._texts[key] = self._redactors.of(target).restore(here, redacted.text, redacted.text)
        return self._texts[key]

    # --- conflicts --------------------------------------------------------------------------------------------------

    def _conflicts(self, kind: str, written: Mapping[str, Any], pairs: Sequence[Pair]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, options in written.items():
            own = self._mark_name(kind, name, pairs)
            known = [
                (before, now)
                for pair in pairs
                if _are_alike(pair.there.get(CONFLICTS, {}).get(name), pair.here.get(CONFLICTS, {}).get(own))
                for before, now in zip(pair.there[CONFLICTS][name], pair.here[CONFLICTS][own], strict=True)
            ]
            found[own] = [
                next((now for before, now in known if before == one), None) or self._option(kind, name, one)
                for one in options
            ]
        return found

    def _hidden(self, kind: str, fields: Mapping[str, Any], pairs: Sequence[Pair]) -> dict[str, Any]:
        """The marks that did not go out, as they would have told who speaks, and that nobody can have settled."""
        found: dict[str, Any] = {}
        for pair in pairs:
            went = {self._mark_name(kind, name, [pair]) for name in pair.there.get(CONFLICTS, {})}
            found |= {
                name: options
                for name, options in pair.here.get(CONFLICTS, {}).items()
                if name not in went and value_of(kind, fields, name) == value_of(kind, pair.here, name)
            }
        return found

    def _mark_name(self, kind: str, name: str, pairs: Sequence[Pair]) -> str:
        """What a conflict goes under here."""
        whole, _, key = name.partition("/")
        if (kind, whole) != ("document", "people") or not key:
            return name
        marks = (mark.partition("/") for pair in pairs for mark in pair.here.get(CONFLICTS, {}))
        ours = [speaker for mark, _, speaker in marks if mark == whole]
        ours += [speaker for pair in pairs for speaker in (*pair.here["people"], *_speakers_of(pair.here))]
        found = self._speakers_called(key, ours)
        return f"{whole}/{found[0] if found else self._redactor.named(key).text}"

    def _option(self, kind: str, name: str, one: Mapping[str, Any]) -> dict[str, Any]:
        value = one["value"]
        if kind == "coding" and isinstance(value, dict) and "quote" in value:
            return {**one, "value": self._placed(value)}
        if value is None:
            return dict(one)
        return {
            **one,
            "value": self._value(value, None, None) if "/" in name else self._field(kind, name, value, ()),
        }


def _speakers_of(fields: Mapping[str, Any]) -> Sequence[str]:
    found: Sequence[str] = fields["content"].get("speakers", ())
    return found


def _are_alike(there: Any, here: Any) -> bool:
    return isinstance(there, list) and isinstance(here, list) and len(there) == len(here)


def _is_plain(attachment: Mapping[str, Any]) -> bool:
    return str(attachment["media_type"]).split(";", maxsplit=1)[0].strip() in PLAIN
