"""What is coded, and how its codings go with it: through corrections of a text, into the trash and back.

Documents and entries share this; the codings themselves are applied and changed in ``codings.py``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from desktop_app.model.coding import CodingFields, Review
from desktop_app.model.documents import DocumentFields, Text, Turn
from desktop_app.notebook.journal import Recorder
from desktop_app.services.context import Context
from desktop_app.text.anchors import Correction, surroundings, version


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a correction of a text did: codings that moved with their words, and those that wait for a person."""

    moved: int
    waiting: tuple[str, ...]


def follow(
    context: Context, recorder: Recorder, target: str, old: str, new: str, correction: Correction | None = None
) -> Corrected:
    """Move the codings of a text that has become another one, within the caller's change."""
    file = context.file
    codings = file.codings.of(target)
    if not codings or old == new:
        return Corrected(0, ())
    correction = correction or Correction(old, new)
    now = version(new)
    moved, waiting = 0, []
    for coding in codings:
        before = file.journal.fields(coding.id)
        fields = CodingFields.from_json(before)
        place = correction.move(fields.start, fields.end)
        quote = new[place.start : place.end]
        review = fields.review
        if not place.certain:
            around = surroundings(old, fields.start, fields.end)
            # What stood there before the first doubtful edit is what a person has to compare with.
            review = review or Review(fields.quote, *around)
            waiting.append(coding.id)
        moved += (place.start, place.end) != (fields.start, fields.end)
        after = replace(fields, start=place.start, end=place.end, quote=quote, version=now, review=review)
        recorder.record("coding", coding.id, {**before, **after.to_json()})
    return Corrected(moved, tuple(waiting))


def trash_codings(context: Context, recorder: Recorder, target: str) -> None:
    """Put the codings of a text into the trash with it."""
    for coding in context.file.codings.of(target):
        context.file.journal.trash(recorder, "coding", coding.id)


def restore_codings(context: Context, recorder: Recorder, target: str) -> None:
    """Take out of the trash the codings that went there with their text; to be called before the text comes back."""
    journal = context.file.journal
    for coding in journal.companions(target, "coding"):
        if journal.fields(coding)["target"] == target:
            journal.trash(recorder, "coding", coding, trashed=False)


def document_text(context: Context, item: str) -> Text:
    """The text of a document with its turns; raises :class:`NotFound`."""
    documents = context.file.documents
    fields = DocumentFields.from_json(context.file.journal.fields(item))
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
    entry = context.file.entries.get(item)
    body = entry.fields.body
    speaker = entry.speaker_name
    turns = (Turn(0, len(body), speaker),) if speaker and body else ()
    people: Mapping[str, str] = {speaker: entry.fields.speaker} if speaker and entry.fields.speaker else {}
    return Text("entry", item, entry.heading, body, version(body), turns, people)
