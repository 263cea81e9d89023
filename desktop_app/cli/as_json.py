"""The JSON that commands print. Other programs rely on these keys: more may be added, none renamed or taken away.

Dates are EDTF texts as they stand, ``recurs`` is an ISO 8601 duration (``R5/P1M``: five in all), ``start`` and
``end`` ISO 8601 (``end`` exclusive, null where a side is open or nothing is known), moments ISO 8601 in UTC. What is
not known is null; titles and bodies are texts, sets are lists.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from desktop_app.model.agreement import Agreement, Coefficients, Difference
from desktop_app.model.attributes import Value, Variable
from desktop_app.model.changes import Change, RevisionInfo
from desktop_app.model.coding import Code, Coding, Proposal, Quote, Waiting
from desktop_app.model.documents import Document, ParsedDocument, Text
from desktop_app.model.entries import Entry
from desktop_app.model.exchange import Conflict
from desktop_app.model.links import Link
from desktop_app.model.matrices import Matrix
from desktop_app.model.memos import Memo
from desktop_app.model.metrics import Point, Series
from desktop_app.model.people import Organisation, Person
from desktop_app.model.provenance import Provenance
from desktop_app.model.queries import Hit
from desktop_app.model.questions import Piece, Question
from desktop_app.model.time import OPEN_END, OPEN_START, describe_recurrence
from desktop_app.services.maintenance import BackupInfo, CheckReport
from desktop_app.services.metrics import SeriesStretch

Json = dict[str, Any]


def entry(entry: Entry, links: Sequence[Link] = ()) -> Json:
    fields = entry.fields
    return {
        "id": entry.id,
        "type": "entry",
        "kind": str(fields.kind),
        "title": fields.title,
        "body": fields.body,
        "occurred": fields.occurred or None,
        "start": bound(entry.start),
        "end": bound(entry.end),
        "recurs": fields.recurs or None,
        "recurs_text": describe_recurrence(fields.recurs) or None,
        "scales": list(fields.scales),
        "perspectives": list(fields.perspectives),
        "tags": list(fields.tags),
        "speaker": entry.speaker_name or None,
        "speaker_id": fields.speaker,
        "org": entry.org_name or None,
        "org_id": fields.org,
        "channel": fields.channel or None,
        "basis": fields.basis or None,
        "act": fields.act or None,
        "consent": fields.consent or None,
        "surprise": fields.surprise,
        "attachments": [asdict(file) for file in fields.attachments],
        "series": list(fields.series),
        "horizon": fields.horizon or None,
        "confidence": fields.confidence,
        "check": asdict(fields.check) if fields.check else None,
        "outcome": asdict(fields.outcome) if fields.outcome else None,
        "links": [link_of(link) for link in links],
        "created": entry.created,
        "edited": entry.edited,
        "author": entry.author,
        "revision": entry.head,
        "revisions": entry.revisions,
        "trashed": entry.trashed,
    }


def provenance(found: Provenance) -> Json:
    """Where an entry comes from: ``source`` is the file that brought it, handed out by ``source_by``, null for one that
    was written here; ``shallow``: there were versions before the oldest that is here."""
    return {
        "author": found.author,
        "device": found.device,
        "device_name": found.device_name or None,
        "source": found.source or None,
        "source_by": found.source_by or None,
        "source_at": found.source_at or None,
        "shallow": found.shallow,
    }


def conflict(found: Conflict) -> Json:
    """A field that two people gave different values, numbered as ``conflicts settle --take`` takes them."""
    return {
        "item": found.item,
        "kind": found.kind,
        "heading": found.heading,
        "field": found.field,
        "values": [
            {"number": number, "value": one.value, "revision": one.revision, "author": one.author, "at": one.at}
            for number, one in enumerate(found.options, 1)
        ],
    }


def bound(stamp: str) -> str | None:
    """A side of a stretch; null where it is open."""
    return None if stamp in {"", OPEN_START, OPEN_END} else stamp


def link_of(link: Link) -> Json:
    return {
        "id": link.id,
        "relation": link.relation,
        "outgoing": link.outgoing,
        "other": link.other.to_json(),
        "label": link.label,
        "now": link.now,
    }


def change(change: Change) -> Json:
    return asdict(change) | {"source": change.source or None}


def hit(hit: Hit) -> Json:
    return {
        "id": hit.id,
        "type": hit.type,
        "kind": hit.kind,
        "title": hit.title,
        "snippet": hit.snippet,
        "spans": [list(span) for span in hit.spans],
        "occurred": hit.occurred or None,
        "start": bound(hit.start),
        "end": bound(hit.end),
        "scales": list(hit.scales),
        "perspectives": list(hit.perspectives),
        "tags": list(hit.tags),
        "score": hit.score,
        "speaker": hit.speaker or None,
        "org": hit.org or None,
        "basis": hit.basis or None,
        "surprise": hit.surprise,
        "at": hit.at if hit.at >= 0 else None,
        "document": hit.document or None,
        "document_title": hit.document_title or None,
        "code": hit.code or None,
        "coder": hit.coder or None,
    }


def series(series: Series, points: Sequence[Point] | None = None) -> Json:
    """One series; ``points`` is their count, or ``[[start, value], …]`` where they are given."""
    return {
        "series": series.id,
        "name": series.name,
        "source": series.source,
        "unit": series.unit,
        "grain": str(series.grain),
        "additive": series.additive,
        "account": series.account or None,
        "dimensions": dict(series.dimensions),
        "numerator": series.numerator,
        "denominator": series.denominator,
        "start": series.start or None,
        "end": series.end or None,
        "points": series.points if points is None else [[point.start, point.value] for point in points],
    }


def totals(found: SeriesStretch | None) -> Json:
    """The one figure of a series over a stretch; ``value`` of a ratio is its two totals divided."""
    if found is None:
        return {"value": None, "numerator_total": None, "denominator_total": None}
    return {
        "value": found.value,
        "numerator_total": found.numerator,
        "denominator_total": found.denominator,
    }


def person(person: Person) -> Json:
    fields = person.fields
    return {
        "id": person.id,
        "name": fields.name,
        "org": person.org_name or None,
        "org_id": fields.org,
        "stage": person.stage or None,
        "stages": [asdict(step) for step in fields.stages],
        "consent": fields.consent or None,
        "pseudonym": fields.pseudonym or None,
        "note": fields.note,
        "entries": person.entries,
        "last": bound(person.last),
    }


def organisation(organisation: Organisation) -> Json:
    return {
        "id": organisation.id,
        "name": organisation.fields.name,
        "note": organisation.fields.note,
        "people": organisation.people,
        "entries": organisation.entries,
    }


def check(report: CheckReport) -> Json:
    return {
        "ok": report.ok,
        "problems": [asdict(problem) for problem in report.problems],
        "revisions": report.revisions,
        "items": report.items,
        "blobs": report.blobs,
    }


def backup(info: BackupInfo) -> Json:
    return {"path": str(info.path), "at": info.at.isoformat(timespec="seconds"), "size": info.size}


def revision(info: RevisionInfo) -> Json:
    return {
        "revision": info.id,
        "parents": list(info.parents),
        "at": info.at,
        "author": info.author or None,
        "authors": list(info.authors),
        "source": info.source or None,
        "shallow": info.shallow,
        "label": info.label,
        "changed": list(info.changed),
        "fields": dict(info.fields),
    }


# --- interviews -----------------------------------------------------------------------------------------------------


def parsed_document(parsed: ParsedDocument, item: str, file: str) -> Json:
    """What a file became; ``turns`` is their count."""
    return {
        "id": item or None,
        "title": parsed.title,
        "characters": len(parsed.text),
        "turns": len(parsed.turns),
        "speakers": list(parsed.speakers),
        "file": file,
        "format": parsed.format,
        "attributes": dict(parsed.attributes),
        "notices": list(parsed.notices),
    }


def document(document: Document) -> Json:
    """One document without its text; ``turns`` is their count, ``people`` are ids by speaker."""
    fields = document.fields
    return {
        "id": document.id,
        "title": fields.title,
        "characters": fields.content.characters,
        "turns": fields.content.count,
        "speakers": list(fields.content.speakers),
        "milliseconds": fields.content.milliseconds,
        "occurred": fields.occurred or None,
        "start": bound(document.start),
        "end": bound(document.end),
        "note": fields.note,
        "file": fields.origin.file or None,
        "format": fields.origin.format or None,
        "people": dict(fields.people),
        "codings": dict(document.codings),
        "review": document.review,
        "created": document.created,
        "edited": document.edited,
        "author": document.author,
        "revision": document.head,
        "trashed": document.trashed,
    }


def text(text: Text, people: Mapping[str, str]) -> Json:
    """The text with its turns: places in code points (end exclusive), times in milliseconds; null where unknown."""
    return {
        "text": text.text,
        "version": text.version,
        "turns": [
            {
                "speaker": turn.speaker or None,
                "person": people.get(text.people.get(turn.speaker, "")),
                "start": turn.start,
                "end": turn.end,
                "begins": turn.begins,
                "ends": turn.ends,
                "text": text.text[turn.start : turn.end],
            }
            for turn in text.turns
        ],
    }


def attributes(values: Mapping[str, Value], names: Mapping[str, str]) -> Json:
    """Values by the names of their variables."""
    return {"attributes": {names.get(variable, variable): value for variable, value in values.items()}}


def variable(variable: Variable) -> Json:
    fields = variable.fields
    return {
        "id": variable.id,
        "name": fields.name,
        "type": str(fields.type),
        "subject": str(fields.subject),
        "description": fields.description,
        "choices": list(fields.choices),
        "values": variable.values,
    }


def code(code: Code) -> Json:
    fields = code.fields
    return {
        "id": code.id,
        "name": fields.name,
        "path": code.label,
        "parent": fields.parent,
        "definition": fields.definition,
        "include": fields.include,
        "exclude": fields.exclude,
        "examples": list(fields.examples),
        "colour": code.colour,
        "codings": code.count,
        "below": code.below,
    }


def coding(coding: Coding, quote: str, code: Code | None) -> Json:
    """One coding; ``document`` is the id of what is coded (an entry's where ``target_kind`` says so)."""
    return {
        "id": coding.id,
        "document": coding.target,
        "target_kind": str(coding.target_kind),
        "start": coding.start,
        "end": coding.end,
        "quote": quote,
        "code": code.fields.name if code else None,
        "path": code.label if code else "",
        "code_id": coding.code,
        "coder": coding.coder,
        "weight": coding.weight,
        "review": coding.review,
        "edited": coding.at,
        "author": coding.author,
        "source": coding.source or None,
    }


def waiting(one: Waiting) -> Json:
    return {
        "id": one.coding.id,
        "document": one.coding.target,
        "title": one.document,
        "path": " / ".join(one.path),
        "coder": one.coding.coder,
        "old": one.old.to_json(),
        "start": one.coding.start,
        "end": one.coding.end,
        "quote": one.text,
        "before": one.before,
        "after": one.after,
    }


def quote(quote: Quote) -> Json:
    """A coding with its words and what stands around them; ``begins`` is milliseconds into the recording."""
    return {
        "id": quote.coding.id,
        "document": quote.coding.target,
        "target_kind": str(quote.coding.target_kind),
        "title": quote.document,
        "start": quote.coding.start,
        "end": quote.coding.end,
        "quote": quote.text,
        "before": quote.before,
        "after": quote.after,
        "code": quote.path[-1] if quote.path else None,
        "path": " / ".join(quote.path),
        "coder": quote.coding.coder,
        "author": quote.coding.author,
        "source": quote.coding.source or None,
        "weight": quote.coding.weight,
        "speaker": quote.speaker or None,
        "person": quote.person,
        "begins": quote.begins,
        "occurred": quote.occurred or None,
        "entry": quote.entry,
    }


def proposal(one: Proposal) -> Json:
    return {
        "document": one.stretch.target,
        "title": one.document,
        "start": one.stretch.start,
        "end": one.stretch.end,
        "quote": one.stretch.quote,
        "before": one.before,
        "after": one.after,
        "speaker": one.speaker or None,
    }


def memo(memo: Memo) -> Json:
    fields = memo.fields
    return {
        "id": memo.id,
        "title": fields.title,
        "body": fields.body,
        "about": [
            {"kind": thing.kind, "id": thing.id, "name": name}
            for thing, name in zip(fields.about, memo.names, strict=True)
        ],
        "created": memo.created,
        "edited": memo.edited,
        "author": memo.author,
        "trashed": memo.trashed,
    }


def question(question: Question) -> Json:
    """A question with its evidence counted; ``answered`` is null while it is open."""
    fields = question.fields
    return {
        "id": question.id,
        "text": fields.text,
        "note": fields.note,
        "asked_by": question.asker_name or None,
        "asked_by_id": fields.asker,
        "ask": question.whom_name or None,
        "ask_id": fields.whom,
        "entry": fields.entry,
        "asked": fields.asked or None,
        "start": bound(question.start),
        "end": bound(question.end),
        "open": question.is_open,
        "answer": fields.answer,
        "answered": fields.answered or None,
        "answer_entry": fields.answer_entry,
        "options": [option.to_json() for option in fields.options],
        "for": question.supporting,
        "against": question.contradicting,
        "undecided": question.undecided,
        "created": question.created,
        "edited": question.edited,
        "author": question.author,
        "trashed": question.trashed,
    }


def piece(piece: Piece) -> Json:
    """One piece of evidence; ``then`` and ``now`` are totals of a stretch of a series."""
    return asdict(piece) | {
        "entry_kind": piece.entry_kind or None,
        "speaker": piece.speaker or None,
        "occurred": piece.occurred or None,
        "start": bound(piece.start),
        "end": bound(piece.end),
        "target": piece.target or None,
        "basis": piece.basis or None,
        "perspectives": list(piece.perspectives),
        "scales": list(piece.scales),
        "horizon": piece.horizon or None,
        "restated": piece.is_restated,
    }


def coefficients(found: Coefficients) -> Json:
    """One row of figures; ``percent`` is 0–100, what is undefined null. ``interval`` is ``[low, high]`` of α."""
    data = asdict(found)
    return data | {
        "interval": list(found.interval) if found.interval else None,
        "interval_of": found.interval_of or None,
    }


def agreement(report: Agreement, codes: Mapping[str, Code], titles: Mapping[str, str]) -> Json:
    """Figures by code and overall; ``method`` says what the overall ones are of."""

    def named(item: str) -> Json:
        known = codes.get(item)
        return {"code": known.fields.name if known else item, "path": known.label if known else item, "code_id": item}

    def by_document(rows: Sequence[tuple[str, Coefficients]]) -> list[Json]:
        return [{"document": item, "title": titles.get(item, item)} | coefficients(found) for item, found in rows]

    return {
        "coders": list(report.coders),
        "unit": str(report.unit),
        "documents": [{"id": item, "title": titles.get(item, item)} for item in report.documents],
        "codes": [
            named(row.code) | coefficients(row.coefficients) | {"by_document": by_document(row.by_document)}
            for row in report.codes
        ],
        "overall": coefficients(report.overall) | {"method": report.method},
        "pooled": coefficients(report.pooled),
        "by_document": by_document(report.by_document),
        "notes": list(report.notes),
    }


def difference(one: Difference) -> Json:
    return {
        "document": one.target,
        "title": one.document,
        "code": one.path[-1] if one.path else None,
        "path": " / ".join(one.path),
        "code_id": one.code,
        "start": one.start,
        "end": one.end,
        "quote": one.text,
        "before": one.before,
        "after": one.after,
        "speaker": one.speaker or None,
        "coders_with": list(one.coders_with),
        "coders_without": list(one.coders_without),
        "codings": list(one.codings),
        "settled": one.settled,
    }


def matrix(matrix: Matrix) -> Json:
    """Rows and columns with their ids, and the cells that are not empty with the codings behind each."""
    return {
        "measure": str(matrix.measure),
        "rows": [{"id": item, "label": label} for item, label in matrix.rows],
        "columns": [{"id": item, "label": label} for item, label in matrix.columns],
        "cells": [
            {"row": row, "column": column, "value": cell.value, "codings": list(cell.codings)}
            for (row, column), cell in matrix.cells.items()
        ],
    }
