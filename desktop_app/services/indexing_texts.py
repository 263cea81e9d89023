"""What the search index holds of interviews: documents by paragraph, codings, codes and memos."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from itertools import groupby

from desktop_app.model.attributes import shown
from desktop_app.model.coding import CodeFields, Coding, TargetKind, tree
from desktop_app.model.documents import Document, Turn
from desktop_app.model.errors import KnownError
from desktop_app.model.people import Person
from desktop_app.notebook.file import NotebookFile
from desktop_app.search.documents import SearchDocument
from desktop_app.text.extents import turns_within
from desktop_app.text.markdown import to_plain
from desktop_app.text.paragraphs import paragraphs

PARAGRAPH = 300
"""Code points of a usual paragraph, for guessing how many a document has."""


class CodedTexts:
    """Makes search documents of one notebook's interviews; codes, memos and people are read once per use."""

    def __init__(self, file: NotebookFile) -> None:
        self._file = file
        self._people: dict[str, Person] = {}

    @cached_property
    def paths(self) -> Mapping[str, tuple[str, ...]]:
        """The path of every code, by id."""
        return {code.id: code.path for code in tree(self._codes, {})}

    @cached_property
    def _codes(self) -> Mapping[str, CodeFields]:
        return self._file.codes.fields()

    @cached_property
    def memos(self) -> Mapping[str, int]:
        """How many memos are about each thing."""
        return self._file.memos.counts()

    def traits(self, item: str) -> frozenset[str]:
        """What ``has:`` finds a thing by on account of its memos."""
        return frozenset({"memo"} if item in self.memos else ())

    def applied(self, targets: Sequence[str]) -> dict[str, list[Coding]]:
        """The codings of each of these texts that has any."""
        found: dict[str, list[Coding]] = {}
        for coding in self._file.codings.find(targets=targets):
            found.setdefault(coding.target, []).append(coding)
        return found

    def path(self, code: str) -> tuple[tuple[str, ...], ...]:
        """The paths of a coding's code: one, or none where it came by exchange without its code."""
        return (self.paths[code],) if code in self.paths else ()

    def code_things(self, codes: Iterable[str]) -> Iterator[tuple[str, str]]:
        """These codes and those above them, as ``code:`` finds them by their ids."""
        for code in codes:
            yield from (("code", item) for item in self._above.get(code, ()))

    @cached_property
    def _above(self) -> Mapping[str, tuple[str, ...]]:
        """Of every code that is here the ids of itself and of those above it, the nearest first."""
        return {code: tuple(self._upwards(code, len(path))) for code, path in self.paths.items()}

    def _upwards(self, code: str | None, levels: int) -> Iterator[str]:
        """As far as the path goes, which ends somewhere in a circle too."""
        while code in self._codes and levels:
            assert code is not None
            yield code
            code, levels = self._codes[code].parent, levels - 1

    def expected(self, documents: Sequence[str]) -> int:
        """About how many search documents these documents become."""
        contents = [document.fields.content for document in self._file.documents.many(documents)]
        return sum(content.count or content.characters // PARAGRAPH for content in contents)

    # --- documents --------------------------------------------------------------------------------------------------

    def documents(self, ids: Sequence[str]) -> Iterator[SearchDocument]:
        """Each document as a whole, by title, note and attributes, and then its paragraphs."""
        for item in ids:
            for document in self._file.documents.many([item]):
                if not document.trashed:
                    yield self._whole(document)
                    yield from self._paragraphs(document)

    def _whole(self, document: Document) -> SearchDocument:
        fields = document.fields
        values = [shown(value) for value in fields.attributes.values()]
        return SearchDocument(
            id=document.id,
            type="document",
            title=fields.title,
            body="\n".join([to_plain(fields.note), *values]),
            has=self.traits(document.id),
            start=document.start,
            end=document.end,
            added=local_minute(document.created),
            edited=local_minute(document.edited),
        )

    def _paragraphs(self, document: Document) -> Iterator[SearchDocument]:
        content = document.fields.content
        try:
            text, turns = self._file.documents.text(content), self._file.documents.turns(content)
        except KnownError:
            # A text that is damaged is for `check` to tell; everything else shall still be found.
            return
        said = self._names(content.speakers, document.fields.people)
        added, edited = local_minute(document.created), local_minute(document.edited)
        for paragraph in paragraphs(text, turns):
            speakers, people = said.get(paragraph.speaker, ((), ()))
            person = document.fields.people.get(paragraph.speaker)
            yield SearchDocument(
                id=document.id,
                type="document",
                body=text[paragraph.start : paragraph.end],
                speakers=speakers,
                people=people,
                start=document.start,
                end=document.end,
                added=added,
                edited=edited,
                things=_said_by(filter(None, (person,))),
                at=paragraph.start,
                until=paragraph.end,
            )

    def _names(
        self, speakers: Iterable[str], people: Mapping[str, str]
    ) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
        """What ``speaker:`` and ``person:`` find each speaker by: the name in the text, and whose it is."""
        known = {item for item in people.values() if item not in self._people}
        self._people |= self._file.people.some(known)
        found = {}
        for speaker in speakers:
            person = self._people.get(people.get(speaker, ""))
            name, pseudonym = (person.fields.name, person.fields.pseudonym) if person else ("", "")
            names = tuple(dict.fromkeys(filter(None, (speaker, name))))
            found[speaker] = names, tuple(filter(None, (*names, pseudonym)))
        return found

    def _turns(self, document: Document) -> Sequence[Turn]:
        """The turns, or none where they are damaged, as in :meth:`_paragraphs`."""
        try:
            return self._file.documents.turns(document.fields.content)
        except KnownError:
            return ()

    # --- codings, codes, memos --------------------------------------------------------------------------------------

    def codings(self, ids: Sequence[str]) -> Iterator[SearchDocument]:
        """Codings by their quoted words, code, coder and speaker."""
        found = sorted(self._file.codings.some(ids), key=lambda coding: (coding.target_kind, coding.target))
        for (kind, target), group in groupby(found, key=lambda coding: (coding.target_kind, coding.target)):
            yield from self._codings_of(kind, target, list(group))

    def _codings_of(self, kind: str, target: str, codings: list[Coding]) -> Iterator[SearchDocument]:
        quotes = self._file.codings.quotes(coding.id for coding in codings)
        turns: Sequence[Turn] = ()
        if kind == TargetKind.ENTRY:
            entries = self._file.entries.many([target])
            start, end = (entries[0].start, entries[0].end) if entries else ("", "")
            speaker = entries[0].speaker_name if entries else ""
            people = {speaker: entries[0].fields.speaker or ""} if entries else {}
            said = self._names([speaker] if speaker else (), people)
        else:
            start = end = speaker = ""
            said, people = {}, {}
            for document in self._file.documents.many([target]):
                start, end, turns = document.start, document.end, self._turns(document)
                people = dict(document.fields.people)
                said = self._names(document.fields.content.speakers, people)
        starts = [turn.start for turn in turns]
        for coding in codings:
            reached = turns_within(turns, starts, coding.start, coding.end)
            speakers = [turns[at].speaker for at in reached] or [speaker]
            yield SearchDocument(
                id=coding.id,
                type="coding",
                body=quotes.get(coding.id, ""),
                codes=self.path(coding.code),
                coders=(coding.coder,),
                speakers=_joined(said[name][0] for name in speakers if name in said),
                people=_joined(said[name][1] for name in speakers if name in said),
                has=frozenset({"memo"} if coding.memos else ()),
                states=frozenset({"review"} if coding.review else ()),
                things=(
                    *self.code_things((coding.code,)),
                    *_said_by(people[name] for name in speakers if people.get(name)),
                ),
                start=start,
                end=end,
                added=local_minute(coding.at),
                edited=local_minute(coding.at),
                at=coding.start,
                until=coding.end,
            )

    def codes(self, ids: Sequence[str]) -> Iterator[SearchDocument]:
        """Codes by their path and by what the codebook says about them."""
        for item in ids:
            if code := self._codes.get(item):
                words = (code.definition, code.include, code.exclude, *code.examples)
                yield SearchDocument(
                    id=item,
                    type="code",
                    title=" / ".join(self.paths[item]),
                    body="\n".join(filter(None, words)),
                    has=self.traits(item),
                )

    def memos_of(self, ids: Sequence[str]) -> Iterator[SearchDocument]:
        """Memos by their words."""
        for memo in self._file.memos.some(ids):
            if not memo.trashed:
                yield SearchDocument(
                    id=memo.id,
                    type="memo",
                    title=memo.fields.title,
                    body=to_plain(memo.fields.body),
                    added=local_minute(memo.created),
                    edited=local_minute(memo.edited),
                )


def local_minute(moment: str) -> str:
    """A UTC moment as the local ``YYYY-MM-DDTHH:MM``."""
    return datetime.fromisoformat(moment).astimezone().strftime("%Y-%m-%dT%H:%M")


def _said_by(people: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Who speaks, as ``speaker:`` and ``person:`` find them by their ids."""
    return tuple((field, person) for person in dict.fromkeys(people) for field in ("speaker", "person"))


def _joined(names: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for several in names for name in several))
