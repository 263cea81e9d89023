"""Conflicts: fields that two people gave different values, and settling them."""

import json
from collections.abc import Mapping
from typing import Any

from desktop_app.model.changes import Changes
from desktop_app.model.coding import CodingFields
from desktop_app.model.errors import Invalid
from desktop_app.model.exchange import Conflict, Option
from desktop_app.model.merging import CONFLICTS, with_value
from desktop_app.notebook.journal import Recorder, moment
from desktop_app.services.coded import as_of_now, follow
from desktop_app.services.context import Context
from desktop_app.services.headings import Headings

LABEL = "Settle conflict"


class Conflicts:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._file = context.file

    def count(self) -> int:
        """Items, outside the trash, of which something has to be settled."""
        return self._file.lineage.count_conflicting()

    def all(self) -> list[Conflict]:
        """Every field that waits, by kind of item and by its name."""
        headings = Headings(self._context)
        found = [
            _conflict(item, kind, headings.of(kind, item), name, options)
            for item, kind, text in self._file.lineage.conflicting()
            for name, options in sorted(json.loads(text)[CONFLICTS].items())
        ]
        return sorted(found, key=lambda one: (one.kind, one.heading.casefold(), one.item, one.field))

    def of(self, item: str) -> list[Conflict]:
        """Those of one item, by its full id."""
        waiting = self._file.journal.fields(item).get(CONFLICTS)
        if not waiting:
            return []
        kind = self._kind(item)
        heading = Headings(self._context).of(kind, item)
        return [_conflict(item, kind, heading, name, marks) for name, marks in sorted(waiting.items())]

    def settle(self, item: str, field: str, revision: str) -> Changes[str]:
        """Take the value that a revision gave a field; raises :class:`Invalid` where that is not one of them."""
        with self._context.change(LABEL) as recorder:
            found = next((one for one in self._waiting(item, field).options if one.revision.startswith(revision)), None)
            if found is None or not revision:
                raise Invalid(
                    message=f"No value of “{field}” is from revision “{revision}”; look at the conflict again."
                )
            self._settle(recorder, item, field, found.value)
        return self._context.changes(recorder, item)

    def settle_with(self, item: str, field: str, value: Any) -> Changes[str]:
        """Give a field a value of its own; raises :class:`Invalid` for one that it cannot have."""
        with self._context.change(LABEL) as recorder:
            self._waiting(item, field)
            self._settle(recorder, item, field, value)
        return self._context.changes(recorder, item)

    def settle_by(self, author: str) -> Changes[int]:
        """Take what one person wrote wherever that is one of the values; returns how many fields were settled."""
        settled = 0
        with self._context.change(f"Settle conflicts as {author} has it") as recorder:
            for conflict in self.all():
                own = [option for option in conflict.options if option.author.casefold() == author.strip().casefold()]
                if own:
                    self._settle(recorder, conflict.item, conflict.field, own[0].value)
                    settled += 1
        return self._context.changes(recorder, settled)

    def _waiting(self, item: str, field: str) -> Conflict:
        found = next((one for one in self.of(item) if one.field == field), None)
        if found is None:
            raise Invalid(message=f"Nothing is left to settle about “{field}” there; look at the list again.")
        return found

    def _settle(self, recorder: Recorder, item: str, field: str, value: Any) -> None:
        from desktop_app.model.shapes import wrong_with_fields

        kind = self._kind(item)
        before = self._file.journal.fields(item)
        after = with_value(kind, before, field, value)
        marks = {name: options for name, options in before[CONFLICTS].items() if name != field}
        after = {name: kept for name, kept in after.items() if name != CONFLICTS} | (
            {CONFLICTS: marks} if marks else {}
        )
        reason = wrong_with_fields(kind, after) or self._wrong_parent(kind, item, field, value)
        if reason:
            raise Invalid(message=f"“{field}” cannot have that value ({reason}); choose another one.")
        if kind == "coding":
            after |= as_of_now(self._context, CodingFields.from_json(after)).to_json()
        recorder.record(kind, item, after)
        if kind == "entry" and before["body"] != after["body"]:
            follow(self._context, recorder, item, before["body"], after["body"])
        if kind == "document" and before["content"]["blob"] != after["content"]["blob"]:
            texts = [self._text(fields) for fields in (before, after)]
            follow(self._context, recorder, item, texts[0], texts[1])

    def _kind(self, item: str) -> str:
        return self._file.lineage.kinds([item])[item]

    def _text(self, fields: Mapping[str, Any]) -> str:
        return self._file.blobs.get(fields["content"]["blob"]).decode("utf-8", "surrogatepass")

    def _wrong_parent(self, kind: str, item: str, field: str, parent: Any) -> str:
        if kind != "code" or field != "parent" or parent is None:
            return ""
        known = self._file.codes.fields()
        at, passed = parent, set[str]()
        while at in known and at not in passed:
            if at == item:
                return "it would lie below itself"
            passed.add(at)
            at = known[at].parent
        return "" if parent in known else "that code is not there any more"


def _conflict(item: str, kind: str, heading: str, name: str, marks: list[dict[str, Any]]) -> Conflict:
    options = tuple(Option(one["value"], one["revision"], one["author"], moment(one["clock"])) for one in marks)
    return Conflict(item, kind, heading, name, options)
