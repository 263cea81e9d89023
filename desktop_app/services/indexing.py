"""From what a notebook holds to what the search index holds of it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from desktop_app.model.coding import Coding
from desktop_app.model.entries import Entry, EntryKind
from desktop_app.model.people import Person, StageStep
from desktop_app.model.time import BadDate, parse_edtf
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
        self._linked = file.links.linked()
        self._texts = CodedTexts(file)

    def of(self, items: Iterable[tuple[str, str]]) -> Iterator[SearchDocument]:
        """Documents of ``(id, kind)`` pairs, several of one item after another.

        What is in the trash, or not there, is left out.
        """
        conflicting = {item for item, _, _ in self._file.lineage.conflicting()}
        for document in self._of(items):
            is_whole = document.type != "document" or document.at < 0
            if is_whole and document.id in conflicting:
                yield replace(document, states=document.states | {"conflicting"})
            else:
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
            stage=_stage(stages, entry.start),
            has=frozenset(self._traits(entry)),
            states=frozenset(_states(entry)),
            start=entry.start,
            end=entry.end,
            added=local_minute(entry.created),
            edited=local_minute(entry.edited),
            due=_due(entry),
            codes=tuple(dict.fromkeys(path for coding in applied for path in self._texts.path(coding.code))),
            coders=tuple(dict.fromkeys(coding.coder for coding in applied)),
        )

    def _traits(self, entry: Entry) -> Iterator[str]:
        if entry.fields.attachments:
            yield "attachment"
        if entry.id in self._linked:
            yield "link"
        if entry.fields.series:
            yield "metric"
        if entry.fields.outcome:
            yield "outcome"
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
            )

    def _series(self, ids: Sequence[str]) -> Iterator[SearchDocument]:
        for series in self._file.metrics.series(ids):
            yield SearchDocument(
                id=series.id, type="series", title=series.label, body=f"{series.source} {series.account}".strip()
            )


def _states(entry: Entry) -> Iterator[str]:
    if entry.fields.surprise:
        yield "surprise"
    if entry.fields.kind == EntryKind.FORESIGHT:
        yield "resolved" if entry.fields.outcome else "open"
    if entry.revisions > 1:
        yield "edited"


def _stage(steps: Sequence[StageStep], at: str) -> str:
    """The stage reached by the time something was said; without a time, the newest."""
    stage = ""
    for step in steps:
        if at and step.date and _start(step.date) > at:
            break
        stage = step.stage
    return stage


def _start(edtf: str) -> str:
    try:
        return parse_edtf(edtf).start
    except BadDate:
        # Came from a later Terrain: a date that cannot be read here bars nothing.
        return ""


def _due(entry: Entry) -> str:
    if not entry.fields.horizon or entry.fields.outcome:
        return ""
    try:
        return parse_edtf(entry.fields.horizon).end
    except BadDate:
        return ""
