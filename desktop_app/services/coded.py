"""What is coded, and how its codings go with it: through corrections of a text, into the trash and back.

Documents and entries share this; the codings themselves are applied and changed in ``codings.py``.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from desktop_app.model.attributes import Value
from desktop_app.model.coding import CodingFields, TargetKind
from desktop_app.model.documents import DocumentFields, Text, Turn
from desktop_app.model.entries import Entry
from desktop_app.model.errors import Invalid, NotFound
from desktop_app.model.merging import TRASHED, TRASHED_WITH
from desktop_app.notebook.coherence import looked_for
from desktop_app.notebook.journal import Recorder
from desktop_app.notebook.projections import folded
from desktop_app.services.context import Context
from desktop_app.text.anchors import Correction, version
from desktop_app.text.codings import moved_coding


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a correction of a text did: codings that moved with their words, and those that wait for a person."""

    moved: int
    waiting: tuple[str, ...]


def follow(
    context: Context, recorder: Recorder, target: str, old: str, new: str, correction: Correction | None = None
) -> Corrected:
    """Move the codings of a text that has become another one, within the caller's change.

    Those that lie in the trash with their text move too, so that they fit it when both come back.
    """
    file = context.file
    codings = [] if old == new else [coding.id for coding in file.codings.of(target)] + _beside(context, target)
    if not codings:
        return Corrected(0, ())
    correction = correction or Correction(old, new)
    now = version(new)
    moved, waiting = 0, []
    for coding in codings:
        before = file.journal.fields(coding)
        fields = CodingFields.from_json(before)
        placed = file.codings.before_merging(coding, now)
        if placed is None:
            after, certain = moved_coding(fields, correction, now)
        else:
            # It was put there by somebody, before a merge chose another text.
            after = replace(placed, code=fields.code, coder=fields.coder, weight=fields.weight, settles=fields.settles)
            certain = placed.review is None
        if not certain:
            waiting.append(coding)
        moved += certain and (after.start, after.end) != (fields.start, fields.end)
        recorder.record("coding", coding, {**before, **after.to_json()}, settles=False)
    return Corrected(moved, tuple(waiting))


def as_of_now(context: Context, fields: CodingFields) -> CodingFields:
    """A coding as somebody once left it, on its text as it stands and with the code that took over since; raises
    :class:`Invalid` where its code is gone."""
    code = _standing_code(context, fields.code)
    if code is None:
        raise Invalid(message="The code of that coding is in the trash; choose another value.")
    entry = fields.target_kind == TargetKind.ENTRY
    text = entry_text(context, fields.target) if entry else document_text(context, fields.target)
    fields = replace(fields, code=code)
    if fields.version == text.version:
        return fields
    old = _earlier_body(context, fields) if entry else _blob_text(context, fields.version)
    if old is None:
        return looked_for(fields, text.text, text.version)
    return moved_coding(fields, Correction(old, text.text), text.version)[0]


def _earlier_body(context: Context, coding: CodingFields) -> str | None:
    bodies = (str(info.fields.get("body", "")) for info in context.file.log.history(coding.target))
    return next((body for body in bodies if version(body) == coding.version), None)


def _blob_text(context: Context, name: str) -> str | None:
    blobs = context.file.blobs
    return blobs.get(name).decode("utf-8", "surrogatepass") if blobs.has(name) else None


def trash_codings(context: Context, recorder: Recorder, target: str) -> None:
    """Put the codings of a text into the trash with it.

    They remember it, so that they come back with it where a merge finds that somebody else went on with the text.
    """
    for coding in context.file.codings.of(target):
        fields = context.file.journal.fields(coding.id)
        recorder.record("coding", coding.id, {**fields, TRASHED: True, TRASHED_WITH: target})


def restore_codings(context: Context, recorder: Recorder, target: str) -> None:
    """Take out of the trash the codings that went there with their text; to be called before the text comes back.

    One whose code has been merged meanwhile has the code that took over; one whose code has gone stays in the trash.
    """
    for coding in _beside(context, target):
        fields = context.file.journal.fields(coding)
        code = _standing_code(context, fields["code"])
        fields.pop(TRASHED_WITH, None)
        if not fields.pop(TRASHED) or not code:
            continue
        there = context.file.codings.at(target, fields["start"], fields["end"])
        # Its code may have become one that the coder has on the very same words: one of them says it.
        if (code, fields["coder"]) not in {(other.code, other.coder) for other in there}:
            recorder.record("coding", coding, {**fields, "code": code})


def _beside(context: Context, target: str) -> list[str]:
    """The codings of a text that lie in the trash with it: those that say so, and those of the same change, as
    notebooks have them that an earlier Terrain wrote."""
    file = context.file
    if not file.journal.fields(target).get(TRASHED):
        return []
    found = dict.fromkeys(file.codings.trashed_with(target))
    for coding in file.journal.companions(target, "coding"):
        fields = file.journal.fields(coding)
        if fields["target"] == target and TRASHED_WITH not in fields:
            found.setdefault(coding)
    return list(found)


def _standing_code(context: Context, code: str) -> str | None:
    passed: set[str] = set()
    found: str | None = code
    while found and found not in passed and not context.file.codes.exists(found):
        passed.add(found)
        found = context.file.journal.fields(found).get("merged_into")
    return None if found in passed else found


def document_text(context: Context, item: str) -> Text:
    """The text of a document with its turns; raises :class:`NotFound`."""
    if context.file.lineage.kinds([item]) != {item: "document"}:
        raise NotFound(what="document", name=item)
    return _document_text(context, item, DocumentFields.from_json(context.file.journal.fields(item)))


def _document_text(context: Context, item: str, fields: DocumentFields) -> Text:
    documents = context.file.documents
    return Text(
        "document",
        item,
        fields.title,
        documents.text(fields.content),
        fields.content.blob,
        documents.turns(fields.content),
        fields.people,
    )


def entry_text(context: Context, item: str) -> Text:
    """The body of an entry, as something that can be coded; its speaker says all of it."""
    return _entry_text(context.file.entries.get(item))


def _entry_text(entry: Entry) -> Text:
    body = entry.fields.body
    speaker = entry.speaker_name
    turns = (Turn(0, len(body), speaker),) if speaker and body else ()
    people: Mapping[str, str] = {speaker: entry.fields.speaker} if speaker and entry.fields.speaker else {}
    return Text("entry", entry.id, entry.heading, body, version(body), turns, people)


@dataclass(frozen=True, slots=True)
class Source:
    """A coded text with what codings are chosen and compared by: when it occurred (``start`` and ``end`` as of an
    entry), and the values of its attributes by variable."""

    text: Text
    occurred: str
    start: str
    end: str
    values: Mapping[str, Value]


def sources(context: Context, targets: Iterable[tuple[str, str]]) -> Iterator[Source]:
    """The texts of these targets (kind and id), documents by title and then entries by date, one at a time.

    What is not in this notebook, because an exchange did not bring it, is left out.
    """
    wanted: dict[str, list[str]] = {TargetKind.DOCUMENT: [], TargetKind.ENTRY: []}
    for kind, item in dict.fromkeys(targets):
        wanted[kind].append(item)
    documents = context.file.documents.many(wanted[TargetKind.DOCUMENT])
    for document in sorted(documents, key=lambda found: (folded(found.fields.title), found.id)):
        text = _document_text(context, document.id, document.fields)
        fields = document.fields
        yield Source(text, fields.occurred, document.start, document.end, fields.attributes)
    for entry in sorted(context.file.entries.many(wanted[TargetKind.ENTRY]), key=lambda found: (found.start, found.id)):
        yield Source(_entry_text(entry), entry.fields.occurred, entry.start, entry.end, {})
