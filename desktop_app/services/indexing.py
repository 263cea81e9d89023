"""From what a notebook holds to what the search index holds of it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from desktop_app.model.coding import Coding
from desktop_app.model.entries import Entry, EntryKind
from desktop_app.model.people import Person, stage_at
from desktop_app.model.queries import LINK_FIELDS
from desktop_app.model.questions import EVIDENCE_KINDS, EVIDENCE_RELATIONS
from desktop_app.model.time import OPEN_END, BadDate, parse_edtf
from desktop_app.notebook.file import NotebookFile
from desktop_app.search.documents import SearchDocument
from desktop_app.services.indexing_texts import CodedTexts, local_minute
from desktop_app.text.markdown import to_plain

BATCH = 200


class Documents:
    """Makes search documents of a notebook's items; each person is read once per use."""

    def __init__(self, file: NotebookFile) -> None:
        self._file = file
        self._people: dict[str, Person] = {}
        self._texts = CodedTexts(file)

    def of(self, items: Iterable[tuple[str, str]]) -> Iterator[SearchDocument]:
        """Documents of ``(id, kind)`` pairs, several of one item after another.

        What is in the trash, or not there, is left out.
        """
        conflicting = {item for item, _, _ in self._file.lineage.conflicting()}
        waiting = self._of(items)
        while some := list(islice(waiting, BATCH)):
            relations = self._file.links.relations({document.id for document in some if _is_whole(document)})
            for document in some:
                if _is_whole(document):
                    document = _linked(document, relations.get(document.id, ()))
                    if document.id in conflicting:
                        document = replace(document, states=document.states | {"conflicting"})
                yield document

    def _of(self, items: Iterable[tuple[str, str]]) -> Iterator[SearchDocument]:
        by_kind: dict[str, list[str]] = defaultdict(list)
        for item, kind in items:
            by_kind[kind].append(item)
        entries = by_kind["entry"]
        for first in range(0, len(entries), BATCH):
            found = self._file.entries.many(entries[first : first + BATCH])
            self._meet(entry.fields.speaker for entry in found)
            applied = self._texts.applied([entry.id for entry in found])
            yield from (self._entry(entry, applied.get(entry.id, ())) for entry in found if not entry.trashed)
        yield from self._persons(by_kind["person"])
        yield from self._questions(by_kind["question"])
        yield from self._series(by_kind["series"])
        yield from self._texts.codes(by_kind["code"])
        yield from self._texts.memos_of(by_kind["memo"])
        yield from self._texts.codings(by_kind["coding"])
        yield from self._texts.documents(by_kind["document"])

    def expected(self, items: Sequence[tuple[str, str]]) -> int:
        """About how many documents :meth:`of` makes."""
        return len(items) + self._texts.expected([item for item, kind in items if kind == "document"])

    def _meet(self, people: Iterable[str | None]) -> None:
        self._people |= self._file.people.some({item for item in people if item} - self._people.keys())

    def _entry(self, entry: Entry, applied: Sequence[Coding] = ()) -> SearchDocument:
        fields = entry.fields
        person = self._people.get(fields.speaker or "")
        stages = person.fields.stages if person else ()
        pseudonym = person.fields.pseudonym if person else ""
        outcome = fields.outcome
        return SearchDocument(
            id=entry.id,
            type="entry",
            title=fields.title,
            body="\n".join([to_plain(fields.body), *(file.name for file in fields.attachments)]),
            kind=fields.kind,
            tags=fields.tags,
            perspectives=fields.perspectives,
            scales=fields.scales,
            speakers=(entry.speaker_name,) if entry.speaker_name else (),
            people=tuple(name for name in (entry.speaker_name, pseudonym) if name),
            organisations=(entry.org_name,) if entry.org_name else (),
            basis=fields.basis,
            channel=fields.channel,
            consent=fields.consent or (person.fields.consent if person else ""),
            stage=stage_at(stages, entry.start),
            has=frozenset(self._traits(entry)),
            states=frozenset(_states(entry)),
            start=entry.start,
            end=entry.end,
            added=local_minute(entry.created),
            edited=local_minute(entry.edited),
            due=_due(entry),
            resolved=_bounds(outcome.resolved) if outcome else ("", ""),
            confidence=fields.confidence,
            author=entry.author,
            act=fields.act,
            outcome=outcome.result if outcome else "",
            things=tuple(self._things(entry, person, applied)),
            codes=tuple(dict.fromkeys(path for coding in applied for path in self._texts.path(coding.code))),
            coders=tuple(dict.fromkeys(coding.coder for coding in applied)),
        )

    def _things(self, entry: Entry, person: Person | None, applied: Sequence[Coding]) -> Iterator[tuple[str, str]]:
        """Whom and what an entry is found by beside their names."""
        if speaker := entry.fields.speaker:
            yield "speaker", speaker
            yield "person", speaker
        if org := entry.fields.org or (person.fields.org if person else None):
            yield "org", org
        yield from self._texts.code_things(coding.code for coding in applied)

    def _traits(self, entry: Entry) -> Iterator[str]:
        if entry.fields.attachments:
            yield "attachment"
        if entry.fields.series:
            yield "metric"
        if entry.fields.outcome:
            yield "outcome"
        if entry.fields.recurs:
            yield "recurrence"
        yield from self._texts.traits(entry.id)

    def _persons(self, ids: Sequence[str]) -> Iterator[SearchDocument]:
        self._meet(ids)
        for person in (self._people[item] for item in ids if item in self._people):
            fields = person.fields
            yield SearchDocument(
                id=person.id,
                type="person",
                title=fields.name,
                body=to_plain(fields.note),
                people=tuple(name for name in (fields.name, fields.pseudonym) if name),
                organisations=(person.org_name,) if person.org_name else (),
                consent=fields.consent,
                stage=person.stage,
                has=self._texts.traits(person.id),
                things=(("person", person.id), *((("org", fields.org),) if fields.org else ())),
            )

    def _questions(self, ids: Sequence[str]) -> Iterator[SearchDocument]:
        found = [question for question in self._file.questions.many(ids) if not question.trashed]
        self._meet(item for question in found for item in (question.fields.asker, question.fields.whom))
        for question in found:
            fields = question.fields
            asked = dict.fromkeys(item for item in (fields.asker, fields.whom) if item)
            people = [self._people[item].fields for item in asked if item in self._people]
            yield SearchDocument(
                id=question.id,
                type="question",
                title=fields.text,
                body="\n".join(to_plain(text) for text in (fields.note, fields.answer) if text),
                people=tuple(name for person in people for name in (person.name, person.pseudonym) if name),
                has=self._texts.traits(question.id),
                states=frozenset({"unanswered" if question.is_open else "answered"}),
                start=question.start,
                end=question.end,
                added=local_minute(question.created),
                edited=local_minute(question.edited),
                things=tuple(("person", item) for item in asked),
            )

    def _series(self, ids: Sequence[str]) -> Iterator[SearchDocument]:
        for series in self._file.metrics.series(ids):
            yield SearchDocument(
                id=series.id, type="series", title=series.label, body=f"{series.source} {series.account}".strip()
            )


def _is_whole(document: SearchDocument) -> bool:
    """Whether it is a thing, and not a paragraph of one."""
    return document.type != "document" or document.at < 0


def _linked(document: SearchDocument, relations: Sequence[tuple[str, str, str, bool]]) -> SearchDocument:
    """The same with its links (see ``notebook.links.Links.relations``)."""
    if not relations:
        return document
    things = dict.fromkeys(document.things)
    for relation, kind, other, outgoing in relations:
        things["linked", other] = None
        if outgoing and relation in LINK_FIELDS:
            things[relation, other] = None
        if outgoing and kind == "question" and relation in EVIDENCE_RELATIONS and document.type in EVIDENCE_KINDS:
            things["question", other] = None
    return replace(document, has=document.has | {"link"}, things=tuple(things))


def _states(entry: Entry) -> Iterator[str]:
    if entry.fields.surprise:
        yield "surprise"
    if entry.fields.kind == EntryKind.FORESIGHT:
        yield "resolved" if entry.fields.outcome else "open"
    if entry.revisions > 1:
        yield "edited"


def _due(entry: Entry) -> str:
    """When the horizon ends; one that is open never does."""
    _, end = _bounds(entry.fields.horizon)
    return "" if end == OPEN_END else end


def _bounds(edtf: str) -> tuple[str, str]:
    """Start and end of a date; empty without one."""
    if not edtf:
        return "", ""
    try:
        when = parse_edtf(edtf)
    except BadDate:
        # Came from a later Terrain: a date that cannot be read here bars nothing.
        return "", ""
    return when.start, when.end
