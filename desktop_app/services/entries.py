"""Writing entries down, changing them, and the lists that need no query."""

import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from desktop_app.model.changes import Changes
from desktop_app.model.coding import Coding
from desktop_app.model.entries import Attachment, Check, Entry, EntryDraft, EntryFields, EntryKind, Outcome, TagCount
from desktop_app.model.errors import Invalid
from desktop_app.model.ids import new_id
from desktop_app.model.time import parse_edtf, parse_recurrence
from desktop_app.notebook.blobs import MAXIMUM
from desktop_app.notebook.journal import Recorder
from desktop_app.services.context import Context
from desktop_app.services.naming import Naming

NEIGHBOURHOOD = timedelta(days=3)
"""How far from the very day an entry of an earlier year may lie to be shown as "this day"."""


@dataclass(frozen=True, slots=True)
class EntryCounts:
    """Entries outside the trash, in all and by kind."""

    total: int
    by_kind: dict[str, int]


class Entries:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._file = context.file
        self._naming = Naming(context)

    # --- writing ----------------------------------------------------------------------------------------------------

    def add(self, draft: EntryDraft, *, draft_of: str = "") -> Changes[str]:
        """Write an entry and return its id; without ``when`` it happened now.

        People and organisations named for the first time are made in the same step. ``draft_of`` names the surface
        whose kept draft this replaces. Raises :class:`Invalid`, :class:`BadDate` or :class:`NotFound`; nothing is kept
        then.
        """
        item = new_id()
        kind = draft.kind or EntryKind.NOTE
        with self._context.change(f"Write {kind}") as recorder:
            fields = self._apply(recorder, EntryFields(kind=kind, occurred=self._now(draft)), draft)
            recorder.record("entry", item, fields.checked().to_json(), new=True)
            if draft_of:
                self._file.drafts.discard(draft_of)
        return self._context.changes(recorder, item)

    def edit(self, entry: str, draft: EntryDraft, *, draft_of: str = "") -> Changes[str]:
        """Change what the draft gives and nothing else; empty text and empty sets clear. Raises like :meth:`add`."""
        item = self.resolve(entry)
        with self._context.change("Edit entry") as recorder:
            # Read inside the transaction: another process may have edited it a moment ago.
            before = self._file.journal.fields(item)
            if recorder.label == "Edit entry":
                recorder.label = f"Edit {before['kind']}"
            fields = self._apply(recorder, EntryFields.from_json(before), draft)
            after = _written_over(before, fields.checked())
            recorder.record("entry", item, after)
            self._follow(recorder, item, before["body"], after["body"])
            if draft_of:
                self._file.drafts.discard(draft_of)
        return self._context.changes(recorder, item)

    def _follow(self, recorder: Recorder, entry: str, before: str, after: str) -> None:
        """Codings of a body that has been edited go with their words."""
        # Trashed codings of a trashed entry go with it too.
        if before != after and (self._file.codings.of(entry) or self._file.journal.fields(entry).get("trashed")):
            from desktop_app.services.coded import follow

            follow(self._context, recorder, entry, before, after)

    def _now(self, draft: EntryDraft) -> str:
        return "" if draft.when is not None else self._context.now().strftime("%Y-%m-%dT%H:%M")

    def _apply(self, recorder: Recorder, fields: EntryFields, draft: EntryDraft) -> EntryFields:
        new: dict[str, Any] = {
            name: value
            for name in ("kind", "title", "body", "channel", "basis", "consent", "surprise", "tags", "act")
            if (value := getattr(draft, name)) is not None
        }
        if draft.when is not None:
            new["occurred"] = self._date(draft.when)
        if draft.scales is not None:
            new["scales"] = self._naming.terms("scale", draft.scales)
        if draft.perspectives is not None:
            new["perspectives"] = self._naming.terms("perspective", draft.perspectives)
        if draft.series is not None:
            new["series"] = tuple(self._file.metrics.resolve(name) for name in draft.series)
        if draft.attach or draft.detach:
            new["attachments"] = self._files(fields.attachments, draft)
        if draft.recurs is not None:
            new["recurs"] = parse_recurrence(draft.recurs)
        applied = replace(fields, **new, **self._said_by(recorder, draft), **self._foresight(draft))
        if draft.when is not None or draft.recurs is not None:
            _refuse_endless(applied)
        return applied

    def _said_by(self, recorder: Recorder, draft: EntryDraft) -> dict[str, Any]:
        new: dict[str, Any] = {}
        if draft.org is not None:
            new["org"] = self._naming.organisation(recorder, draft.org)
        if draft.speaker is not None:
            new["speaker"] = self._naming.person(recorder, draft.speaker, new.get("org"))
            if draft.org is None and new["speaker"]:
                # Kept on the entry itself: the person may work elsewhere by the time it is read.
                new["org"] = self._file.journal.fields(new["speaker"]).get("org")
        return new

    def _foresight(self, draft: EntryDraft) -> dict[str, Any]:
        new: dict[str, Any] = {}
        if draft.horizon is not None:
            new["horizon"] = self._date(draft.horizon)
        if draft.confidence is not None:
            new["confidence"] = draft.confidence if draft.confidence >= 0 else None
        if draft.check is not None:
            new["check"] = self._check(draft.check) if draft.check.series else None
        if draft.outcome is not None:
            new["outcome"] = self._outcome(draft.outcome) if draft.outcome.result else None
        return new

    def _check(self, check: Check) -> Check:
        series = self._file.metrics.resolve(check.series)
        return replace(check, series=series, period=self._date(check.period))

    def _outcome(self, outcome: Outcome) -> Outcome:
        return replace(outcome, resolved=self._date(outcome.resolved or "today"))

    def _date(self, text: str) -> str:
        return self._context.when(text).edtf if text.strip() else ""

    def _files(self, before: tuple[Attachment, ...], draft: EntryDraft) -> tuple[Attachment, ...]:
        kept = [file for file in before if file.blob not in draft.detach and file.name not in draft.detach]
        for name in draft.attach:
            path = _path(name)
            kept.append(self._keep(path.name, mimetypes.guess_type(path.name)[0] or "", _bytes_of(path)))
        return tuple(dict.fromkeys(kept))

    def _keep(self, name: str, media_type: str, data: bytes) -> Attachment:
        return Attachment(name, self._file.blobs.put(data), media_type or "application/octet-stream", len(data))

    def attach_bytes(self, entry: str, name: str, media_type: str, data: bytes) -> Changes[str]:
        """Attach what was pasted or dropped; returns the blob's name."""
        item = self.resolve(entry)
        with self._context.change("Attach file") as recorder:
            before = self._file.journal.fields(item)
            fields = EntryFields.from_json(before)
            file = self._keep(name, media_type, data)
            attachments = tuple(dict.fromkeys((*fields.attachments, file)))
            recorder.record("entry", item, _written_over(before, replace(fields, attachments=attachments)))
        return self._context.changes(recorder, file.blob)

    def trash(self, entries: Sequence[str]) -> Changes[int]:
        """Put entries into the trash; returns how many were not there yet."""
        return self._set_trashed(entries, "Move to trash", trashed=True)

    def restore(self, entries: Sequence[str]) -> Changes[int]:
        """Take entries out of the trash; returns how many were in it."""
        return self._set_trashed(entries, "Restore from trash", trashed=False)

    def _set_trashed(self, entries: Sequence[str], label: str, *, trashed: bool) -> Changes[int]:
        items = [self.resolve(entry) for entry in entries]
        with self._context.change(label) as recorder:
            moved = sum(self._move(recorder, item, trashed=trashed) for item in items)
        return self._context.changes(recorder, moved)

    def _move(self, recorder: Recorder, entry: str, *, trashed: bool) -> bool:
        """Into the trash or out of it, with the entry's codings; whether it was elsewhere."""
        from desktop_app.services.coded import restore_codings, trash_codings

        if trashed:
            trash_codings(self._context, recorder, entry)
        else:
            restore_codings(self._context, recorder, entry)
        return self._file.journal.trash(recorder, "entry", entry, trashed=trashed)

    def bring_back(self, entry: str, revision: str) -> Changes[str]:
        """Make an earlier revision of an entry its current state again, as a new revision."""
        item = self.resolve(entry)
        found = next((info for info in self._file.log.history(item) if info.id == revision), None)
        if found is None:
            raise Invalid(message="That version does not belong to this entry; open its history again.")
        with self._context.change("Bring back a version") as recorder:
            before = self._file.journal.fields(item)
            if before.get("trashed"):
                self._move(recorder, item, trashed=False)
            recorder.record("entry", item, {k: v for k, v in found.fields.items() if k != "trashed"})
            self._follow(recorder, item, before["body"], found.fields["body"])
        return self._context.changes(recorder, item)

    # --- reading ----------------------------------------------------------------------------------------------------

    def resolve(self, entry: str) -> str:
        """The full id of an id or of its unique beginning; raises :class:`NotFound` or :class:`Ambiguous`."""
        return self._file.journal.resolve("entry", entry)

    def get(self, entry: str) -> Entry:
        """One entry by id or by its unique beginning, in the trash or not."""
        return self._file.entries.get(self.resolve(entry))

    def many(self, ids: Sequence[str]) -> list[Entry]:
        """Entries in the order asked for; what is not there is left out."""
        return self._file.entries.many(ids)

    def codings(self, entry: str) -> list[Coding]:
        """Codings of an entry's words (its full id), in the order of the text; loads nothing of coding itself."""
        return self._file.codings.of(entry)

    def recent(self, limit: int = 50) -> list[Entry]:
        """The entries written last, newest first."""
        return self.many(self._file.entries.newest(limit))

    def trashed(self, limit: int = 500) -> list[Entry]:
        """What lies in the trash, last trashed first."""
        return self.many(self._file.entries.newest(limit, trashed=True))

    def on_this_day(self, day: date, limit: int = 20) -> list[Entry]:
        """What happened within three days of this day in earlier years, the nearest year first."""
        found: list[str] = []
        for year in range(day.year - 1, self._first_year(day.year) - 1, -1):
            # The 29th of February falls on the 28th in other years.
            middle = day.replace(year=year, day=min(day.day, 28)) if day.month == 2 else day.replace(year=year)
            if middle < date.min + NEIGHBOURHOOD:
                break
            first, last = middle - NEIGHBOURHOOD, middle + NEIGHBOURHOOD + timedelta(days=1)
            found += self._file.entries.between(f"{first}T00:00", f"{last}T00:00")
            if len(found) >= limit:
                break
        return self.many(found[:limit])

    def _first_year(self, otherwise: int) -> int:
        first = self._file.entries.first_start()
        return int(first[:4]) if first else otherwise

    def counts(self) -> EntryCounts:
        by_kind = self._file.entries.counts()
        return EntryCounts(sum(by_kind.values()), by_kind)

    def tags(self) -> list[TagCount]:
        """Tags with their ancestors, each with the number of entries in it or below it."""
        return self._file.entries.tags()

    def channels(self) -> list[str]:
        """Channels in use, most used first."""
        return self._file.entries.channels()

    def attachment(self, blob: str) -> bytes:
        """The bytes of an attachment; raises :class:`NotFound` or :class:`NotebookDamaged`."""
        return self._file.blobs.get(blob)


def _written_over(before: dict[str, Any], fields: EntryFields) -> dict[str, Any]:
    """The fields of a revision after ``before``.

    What a later Terrain has added is carried along untouched; what an earlier one did not know and is still empty stays
    away, for it would be told as changed.
    """
    return {**before, **{name: value for name, value in fields.to_json().items() if value or name in before}}


def _refuse_endless(fields: EntryFields) -> None:
    """Raises :class:`Invalid` for what comes again but has no time of its own, or one without beginning or end."""
    when = parse_edtf(fields.occurred) if fields.recurs and fields.occurred else None
    if fields.recurs and (when is None or when.is_open_start or when.is_open_end):
        raise Invalid(
            message="What comes again needs a date with a beginning and an end; say when it happened the first time."
        )


def _path(name: str) -> Path:
    try:
        return Path(name).expanduser()
    except RuntimeError as error:
        raise Invalid(message=f"{name} cannot be attached (nobody of that name has a home here).") from error


def _bytes_of(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            # A pipe or a device may never end.
            raise Invalid(message=f"{path} cannot be attached (it is no file); save what it gives and attach that.")
        if path.stat().st_size > MAXIMUM:
            raise Invalid(message=f"{path} is larger than 900 MB; keep it elsewhere and write down where.")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Invalid(message=f"{path} cannot be attached ({reason}); check the name and try again.") from error
