"""Retrieval: the quotes that a filter asks for, entries made of them, and places that could be coded as well."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from desktop_app.model.attributes import Value, shown
from desktop_app.model.changes import Changes
from desktop_app.model.coding import Code, Coding, CodingFilter, Extent, Proposal, Quote, Stretch, TargetKind
from desktop_app.model.entries import EntryFields, EntryKind
from desktop_app.model.errors import Invalid, NotFound
from desktop_app.model.ids import new_id
from desktop_app.model.links import End, LinkFields, Relation
from desktop_app.notebook.journal import Recorder
from desktop_app.notebook.projections import folded
from desktop_app.services.coded import Source, sources
from desktop_app.services.codes import Codes
from desktop_app.services.codings import EVERY, WIDTH, Codings
from desktop_app.services.context import Context
from desktop_app.services.spoken import Spoken
from desktop_app.text.anchors import surroundings
from desktop_app.text.markdown import from_plain

Span = tuple[int, int]
"""Code points ``[start, end)``."""


class Retrieval:
    def __init__(self, context: Context, codes: Codes, codings: Codings) -> None:
        self._context = context
        self._file = context.file
        self._codes = codes
        self._codings = codings

    # --- quotes -----------------------------------------------------------------------------------------------------

    def quotes(self, wanted: CodingFilter = EVERY) -> list[Quote]:
        """Codings that fit every part of a filter, with their words and 60 characters around them.

        Documents come by title and then entries by date; within one, codings in the order of the text.
        """
        return list(self._quotes(self._codings.find(wanted), Wanted(self._context, wanted)))

    def some(self, codings: Sequence[str]) -> list[Quote]:
        """The quotes of these codings, in the order asked for; what is not there, or in the trash, is left out."""
        found = {quote.coding.id: quote for quote in self._quotes(self._file.codings.some(codings))}
        return [found[item] for item in codings if item in found]

    def _quotes(self, codings: Sequence[Coding], wanted: "Wanted | None" = None) -> Iterator[Quote]:
        known = {code.id: code for code in self._codes.list()}
        entries = self._file.links.quoting() if codings else {}
        by_target: dict[str, list[Coding]] = {}
        for coding in self._codings.with_sources(codings):
            by_target.setdefault(coding.target, []).append(coding)
        for source in sources(self._context, ((coding.target_kind, coding.target) for coding in codings)):
            if wanted and not wanted.fits(source):
                continue
            spoken = Spoken(source.text)
            for coding in by_target[source.text.id]:
                quote = _quote(source, spoken, coding, known.get(coding.code), entries.get(coding.id))
                if wanted is None or wanted.said_by(source, quote.speaker, quote.person):
                    yield quote

    # --- entries ----------------------------------------------------------------------------------------------------

    def to_entries(self, codings: Sequence[str]) -> Changes[list[str]]:
        """Make an entry of kind quote from each coding, linked to it, and return their ids in that order.

        A coding whose entry is there already gives that one. A speaker who is not matched to a person becomes one, or
        is the one person of that name. Raises :class:`Invalid` where nothing is left of the words, or where two people
        have the speaker's name.
        """
        with self._context.change("Turn quote into entry" if len(codings) == 1 else "Turn quotes into entries") as made:
            found = {quote.coding.id: quote for quote in self.some(codings)}
            for coding in codings:
                if coding not in found:
                    raise NotFound(what="coding", name=coding)
            entries: dict[str, str] = {}
            for coding in dict.fromkeys(codings):
                entries[coding] = found[coding].entry or self._entry(made, found[coding])
        return self._context.changes(made, [entries[coding] for coding in codings])

    def _entry(self, recorder: Recorder, quote: Quote) -> str:
        if not quote.text.strip():
            raise Invalid(message="Nothing is left of the words of this coding; select where it belongs, or remove it.")
        speaker = quote.person or self._person(recorder, quote)
        fields = EntryFields(
            kind=EntryKind.QUOTE,
            body=quote.text if quote.coding.target_kind == TargetKind.ENTRY else from_plain(quote.text),
            occurred=quote.occurred,
            speaker=speaker,
            # As with any entry: the person may work elsewhere by the time it is read.
            org=self._file.journal.fields(speaker).get("org") if speaker else None,
        ).checked()
        item = new_id()
        recorder.record("entry", item, fields.to_json(), new=True)
        link = LinkFields(End("entry", item), Relation.MENTIONS, End("coding", quote.coding.id))
        recorder.record("link", new_id(), link.to_json(), new=True)
        return item

    def _person(self, recorder: Recorder, quote: Quote) -> str | None:
        from desktop_app.services.naming import Naming

        if len(self._file.people.named("person", quote.speaker)) > 1:
            raise Invalid(
                message=f"Several people are called “{quote.speaker}”; say in “{quote.document}” which of them speaks."
            )
        return Naming(self._context).person(recorder, quote.speaker, None)

    # --- what could be coded ----------------------------------------------------------------------------------------

    def search_text(
        self,
        text: str,
        *,
        regex: bool = False,
        targets: Sequence[str] | None = None,
        extent: str = Extent.MATCH,
        speakers: Sequence[str] = (),
    ) -> list[Stretch]:
        """Where words, a ``"phrase"``, ``begin*``, alternatives with ``OR``, or a regular expression are found.

        Looked through are all documents, or ``targets``: ids of documents and entries. ``extent`` says how much around
        each place is given; what comes to lie over each other is one stretch. ``speakers`` are names in the text, or of
        people. Raises a :class:`~desktop_app.text.finding.WrongSearch`.
        """
        from desktop_app.text.extents import Extents
        from desktop_app.text.finding import expression_finder, word_finder

        find = expression_finder(text) if regex else word_finder(text)
        around = Extent(extent)
        wanted = Wanted(self._context, CodingFilter(speakers=tuple(speakers)))
        found: list[Stretch] = []
        for source in self._searched(targets):
            extents, spoken = Extents(source.text), Spoken(source.text)
            unit = Extent.PARAGRAPH if around is Extent.MATCH else around
            spans = find(source.text.text, source.text.title, lambda span: extents.of(unit, *span))  # noqa: B023
            reached = _apart(extents.of(around, *span) for span in spans)
            found += (_stretch(source, *span) for span in reached if wanted.says(source, spoken, *span))
        return found

    def by_speaker(self, names: Sequence[str], targets: Sequence[str] | None = None) -> list[Stretch]:
        """The turns of these speakers, by their names in the text or the names of the people they are."""
        if not names:
            return []
        wanted = Wanted(self._context, CodingFilter(speakers=tuple(names)))
        found: list[Stretch] = []
        for source in self._searched(targets):
            spoken = Spoken(source.text)
            turns = (turn for turn in source.text.turns if turn.start < turn.end)
            found += (
                _stretch(source, turn.start, turn.end)
                for turn in turns
                if wanted.said_by(source, turn.speaker, spoken.person(turn.speaker))
            )
        return found

    def by_section(self, heading: str, targets: Sequence[str] | None = None, *, regex: bool = False) -> list[Stretch]:
        """What stands below headings that hold these words in sequence, or that a regular expression fits.

        Headings are those of Markdown, and a section goes to the next of its level or above; in a text without any,
        each line that fits is a heading, and its section goes to the next such line.
        """
        from desktop_app.text.finding import line_test
        from desktop_app.text.sections import sections

        fits = line_test(heading, regex=regex)
        found: list[Stretch] = []
        for source in self._searched(targets):
            found += (_stretch(source, *span) for span in sections(source.text.text, fits))
        return found

    def proposals(self, stretches: Sequence[Stretch]) -> list[Proposal]:
        """Stretches as a preview shows them: with the text's title, what stands around, who says it."""
        by_target: dict[str, list[Stretch]] = {}
        for stretch in stretches:
            by_target.setdefault(stretch.target, []).append(stretch)
        proposed: list[Proposal] = []
        for source in sources(self._context, ((stretch.target_kind, stretch.target) for stretch in stretches)):
            spoken = Spoken(source.text)
            for stretch in by_target[source.text.id]:
                turn = spoken.turn(stretch.start, stretch.end)
                proposed.append(
                    Proposal(
                        stretch,
                        source.text.title,
                        *surroundings(source.text.text, stretch.start, stretch.end, WIDTH),
                        *((turn.speaker, turn.begins) if turn else ()),
                    )
                )
        return proposed

    def autocode(self, stretches: Sequence[Stretch], code: str, label: str = "") -> Changes[int]:
        """Apply one code to all of them in one step; returns how many codings are new."""
        return self._codings.add_many(stretches, code, label=label or f"Code {len(stretches)} places")

    def _searched(self, targets: Sequence[str] | None) -> Iterator[Source]:
        if targets is None:
            return sources(self._context, ((TargetKind.DOCUMENT, item) for item in self._file.documents.titles()))
        entries = {entry.id for entry in self._file.entries.many(targets)}
        return sources(
            self._context, ((TargetKind.ENTRY if item in entries else TargetKind.DOCUMENT, item) for item in targets)
        )


class Wanted:
    """The parts of a filter that need the text: speakers, attributes and time."""

    def __init__(self, context: Context, wanted: CodingFilter) -> None:
        self._from, self._until = wanted.occurred_from, wanted.occurred_until
        self._speakers = {folded(name) for name in wanted.speakers} | set(wanted.speakers)
        self._attributes: dict[str, set[str]] = {}
        for variable, value in wanted.attributes:
            self._attributes.setdefault(variable, set()).add(folded(value))
        people = context.file.people
        self._names = {item: folded(name) for item, name in people.names("person").items()} if self._speakers else {}
        self._values = context.file.attributes.values("person") if self._attributes else {}

    def fits(self, source: Source) -> bool:
        """Whether the text occurred in the stretch of time asked for."""
        if not self._from and not self._until:
            return True
        return bool(source.start) and (not self._until or source.start < self._until) and source.end > self._from

    def said_by(self, source: Source, speaker: str, person: str | None) -> bool:
        """Whether what ``speaker`` says there is wanted, by who that is and by attributes of them or the text."""
        if self._speakers and not self._speakers & {folded(speaker), person, self._names.get(person or "")}:
            return False
        theirs = self._values.get(person or "", {})
        return all(
            folded(shown(_either(variable, source.values, theirs))) in allowed
            for variable, allowed in self._attributes.items()
        )

    def says(self, source: Source, spoken: Spoken, start: int, end: int) -> bool:
        """As :meth:`said_by`, for whoever says most of a stretch."""
        if not self._speakers and not self._attributes:
            return True
        turn = spoken.turn(start, end)
        speaker = turn.speaker if turn else ""
        return self.said_by(source, speaker, spoken.person(speaker))


def _either(variable: str, *carriers: Mapping[str, Value]) -> Value | None:
    return next((values[variable] for values in carriers if variable in values), None)


def _quote(source: Source, spoken: Spoken, coding: Coding, code: Code | None, entry: str | None) -> Quote:
    text = source.text
    before, after = surroundings(text.text, coding.start, coding.end, WIDTH)
    turn = spoken.turn(coding.start, coding.end)
    return Quote(
        coding=coding,
        text=text.text[coding.start : coding.end],
        before=before,
        after=after,
        document=text.title,
        path=code.path if code else (),
        colour=code.colour if code else "",
        speaker=turn.speaker if turn else "",
        person=spoken.person(turn.speaker) if turn else None,
        begins=turn.begins if turn else None,
        occurred=source.occurred,
        entry=entry,
    )


def _stretch(source: Source, start: int, end: int) -> Stretch:
    text = source.text
    return Stretch(text.kind, text.id, start, end, text.text[start:end])


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that lie over each other made one."""
    apart: list[Span] = []
    for start, end in sorted(spans):
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(apart[-1][1], end))
        elif start < end:
            apart.append((start, end))
    return apart
