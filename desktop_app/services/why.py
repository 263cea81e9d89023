"""The ledger of causes over a notebook: reading it, giving a reason, asking somebody, and dismissing a place."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from desktop_app.lenses.offmap import found_by
from desktop_app.lenses.why import Known, Watched, speaks_of, totals_of, why
from desktop_app.model.changes import Changes
from desktop_app.model.entries import EntryDraft
from desktop_app.model.errors import Ambiguous, Invalid, KnownError, NotFound
from desktop_app.model.facts import EntryFacts
from desktop_app.model.links import End, LinkFields, Relation
from desktop_app.model.metrics import Grain, Series
from desktop_app.model.places import Place
from desktop_app.model.questions import QuestionDraft
from desktop_app.model.samples import days
from desktop_app.model.why import (
    AskedAbout,
    Ledger,
    Reason,
    SeriesLine,
    ShownStep,
    Standing,
    Statement,
    Totals,
    Why,
)
from desktop_app.services.context import Context
from desktop_app.services.dismissals import Dismissals
from desktop_app.services.entries import Entries
from desktop_app.services.headings import Headings
from desktop_app.services.lens_scope import LensScope
from desktop_app.services.links import Links
from desktop_app.services.offmap import FOUND
from desktop_app.services.questions import Questions
from desktop_app.services.series_places import SeriesPlaces
from desktop_app.services.stretches import figure_of

MOST_UNNAMED = 12
"""Series that are looked at where entries name fewer."""
HEADER = (
    *("side", "kind", "id", "name", "at", "start", "end", "before", "after", "swing", "state"),
    *("entry", "relation", "basis", "heading", "speaker", "then", "now", "restated", "query"),
)


class NoPlace(KnownError):
    template = "{series} has no place at {when}; its places are {places}."


class WhyLens:
    def __init__(
        self,
        context: Context,
        scope: LensScope,
        entries: Entries,
        links: Links,
        questions: Questions,
        dismissals: Dismissals,
        places: SeriesPlaces,
    ) -> None:
        self._context = context
        self._file = context.file
        self._scope = scope
        self._entries = entries
        self._links = links
        self._questions = questions
        self._dismissals = dismissals
        self._places = places

    # --- reading -----------------------------------------------------------------------------------------------------

    def read(self, query: str = "", series: Iterable[str] = ()) -> Why:
        """Places with their reasons, and effects with their causes; only entries that a query finds are reasons.

        ``series`` are ids or unique names; without any, those that entries pin, check or are linked to, of which
        somebody has asked or dismissed something, and totals up to twelve. The first time it works out the places of
        each series, which may take a second or two.
        """
        scope, entries = self._scope.read(query)
        every = self._scope.every()
        statements = [
            Statement(link.id, link.source.id, link.relation, link.target) for link in self._file.links.from_entries()
        ]
        named = list(dict.fromkeys(self._file.metrics.resolve(name) for name in series))
        watched, without_totals = self._watched(named or self._named(every, statements))
        known = Known(statements, self._dismissals.all(), self._steps(), self._standings(), self._thing)
        return why(scope, entries, every, watched, without_totals, known)

    def _named(self, every: Iterable[EntryFacts], statements: Iterable[Statement]) -> list[str]:
        named = {item for entry in every for item in entry.series}
        named |= {entry.check.series for entry in every if entry.check}
        standing = {entry.id for entry in every}
        named |= {one.target.id for one in statements if one.target.kind == "series" and one.entry in standing}
        named |= {dismissal.fields.series for dismissal in self._dismissals.all()}
        over_time = [item for item, _ in self._file.metrics.over_time()]
        named |= {series for series in over_time if series not in named and any(self._asked_about(series))}
        totals = (one.id for one in self._file.metrics.series(over_time) if one.additive and one.id not in named)
        return [*sorted(named), *(item for _, item in zip(range(MOST_UNNAMED - len(named)), totals, strict=False))]

    def _watched(self, named: Sequence[str]) -> tuple[list[Watched], list[Series]]:
        watched, without_totals = [], []
        found = [one for one in self._file.metrics.series(named) if one.grain != Grain.RANGE]
        for series in sorted(found, key=lambda one: (one.label.casefold(), one.id)):
            parts = self._parts(series)
            if _is_ratio(series) and not parts:
                without_totals.append(series)
                continue
            places = self._places.of(series)
            totals = self._totals(series, places, parts) if parts and places else {}
            watched.append(Watched(series, places, totals, tuple(self._asked_about(series.id))))
        return watched, without_totals

    def _parts(self, series: Series) -> tuple[Series, ...]:
        """The two totals that a ratio divides; nothing where they are not both here."""
        if not series.numerator or not series.denominator:
            return ()
        found = {one.id: one for one in self._file.metrics.series([series.numerator, series.denominator])}
        parts = (found.get(series.numerator), found.get(series.denominator))
        return tuple(part for part in parts if part is not None) if all(parts) else ()

    def _totals(self, series: Series, places: Iterable[Place], parts: Sequence[Series]) -> dict[str, Totals]:
        points = self._file.metrics.points(series.id)
        above, below = ((part, self._file.metrics.points(part.id)) for part in parts)
        made = {place.at: totals_of(series, points, place, above, below) for place in places}
        return {at: totals for at, totals in made.items() if totals is not None}

    def _asked_about(self, series: str) -> Iterator[tuple[End, AskedAbout]]:
        """The stretches of a series that questions are about."""
        for link in self._file.links.of(series):
            if link.source.id != series or link.target.kind != "question":
                continue
            try:
                question = self._file.questions.get(link.target.id)
            except NotFound:
                continue  # it did not come along with an exchange
            if not question.trashed:
                text, query = question.fields.text, found_by([question.id])
                yield link.source, AskedAbout(question.id, text, question.whom_name, question.is_open, query)

    def _steps(self) -> dict[str, tuple[ShownStep, ...]]:
        """The steps of people's ways, by the entry that shows them."""
        found: defaultdict[str, list[ShownStep]] = defaultdict(list)
        for person in self._file.people.people():
            for step in person.fields.stages:
                if step.entry:
                    found[step.entry].append(ShownStep(person.id, person.fields.name, step.stage))
        return {entry: tuple(steps) for entry, steps in found.items()}

    def _thing(self, end: End) -> tuple[str, str] | None:
        """What a thing that is no entry is called, and the query that finds it (empty: no search does)."""
        if end.kind == "series":
            found = self._file.metrics.series([end.id])
            return (found[0].label, found_by([end.id])) if found else None
        try:
            trashed = self._file.journal.fields(end.id).get("trashed")
        except NotFound:
            return None  # it did not come along with an exchange
        query = found_by([end.id]) if end.kind in FOUND else ""
        return None if trashed else (Headings(self._context).of(end.kind, end.id), query)

    def _standings(self) -> "_Standings":
        return _Standings(self._context)

    def line(self, series: str) -> SeriesLine:
        """A series (by id or unique name) with its points and those of its totals."""
        found = self._file.metrics.series([self._file.metrics.resolve(series)])[0]
        points = self._file.metrics.points
        return SeriesLine(found, points(found.id), tuple((part, points(part.id)) for part in self._parts(found)))

    def place(self, series: str, when: str) -> tuple[Series, Place]:
        """The place of a series (id or unique name) at a time as typed: the one that changed then, else the one in
        whose stretch that lies.

        Raises :class:`NoPlace`, or :class:`Ambiguous` where the time fits several.
        """
        found = self._file.metrics.series([self._file.metrics.resolve(series)])[0]
        asked = self._context.when(when)
        low, high = days(asked.start), days(asked.end)
        places = self._places.of(found)
        fits = [place for place in places if low <= days(place.at) < high]
        fits = fits or [place for place in places if days(place.start) < high and days(place.end) > low]
        told = ", ".join(place.at for place in fits or places)
        if len(fits) > 1:
            raise Ambiguous(name=when, what="place", count=len(fits), examples=told)
        if not fits:
            raise NoPlace(series=found.label, when=when, places=told or "none")
        return found, fits[0]

    # --- from a place ------------------------------------------------------------------------------------------------

    def reason(
        self, series: str, start: str, end: str, text: str, basis: str = "", speaker: str = "", *, draft_of: str = ""
    ) -> Changes[str]:
        """Write a note that explains ``[start, end)`` of a series, in one step; returns the entry's id.

        ``speaker`` is a name; somebody new is made. ``draft_of`` names the surface whose kept draft this replaces.
        Raises like :meth:`Entries.add` and :meth:`Links.add`, and :class:`Invalid` without words.
        """
        if not text.strip():
            raise Invalid(message="A reason needs words; write why it changed.")
        draft = EntryDraft(body=text, basis=basis or None, speaker=speaker.strip() or None)
        with self._context.change("Write a reason") as recorder:
            entry = self._entries.add(draft, draft_of=draft_of).result
            self._explain(entry, series, start, end)
        return self._context.changes(recorder, entry)

    def link_reason(
        self, entry: str, series: str, start: str, end: str, relation: str = Relation.EXPLAINS
    ) -> Changes[str]:
        """Link an entry (id or its unique beginning) to ``[start, end)`` of a series; returns the link's id. What is
        linked so already stays as it is."""
        item = self._entries.resolve(entry)
        target = (self._file.metrics.resolve(series), start, end)
        for link in self._file.links.of(item):
            if link.relation == relation and (link.target.id, link.target.start, link.target.end) == target:
                return Changes("Link a reason", {}, link.id)
        with self._context.change("Link a reason") as recorder:
            made = self._explain(item, series, start, end, relation)
        return self._context.changes(recorder, made)

    def _explain(self, entry: str, series: str, start: str, end: str, relation: str = Relation.EXPLAINS) -> str:
        fields = LinkFields(End("entry", entry), relation, End("series", series, start, end))
        return self._links.add(fields).result

    def ask(self, series: str, start: str, end: str, text: str, whom: str = "", *, draft_of: str = "") -> Changes[str]:
        """Note a question about ``[start, end)`` of a series and whom to ask (a name, or nothing), in one step; the
        stretch becomes evidence of it. Returns the question's id."""
        with self._context.change("Note whom to ask") as recorder:
            draft = QuestionDraft(text=text, whom=whom.strip() or None)
            question = self._questions.add(draft, draft_of=draft_of).result
            self._questions.gather(question, End("series", series, start, end), Relation.MENTIONS)
        return self._context.changes(recorder, question)

    def dismiss(self, series: str, start: str, end: str, note: str = "", *, draft_of: str = "") -> Changes[str]:
        """Say that nobody needs to ask about a place, by its stretch; returns the dismissal's id."""
        with self._context.change("Dismiss a place") as recorder:
            made = self._dismissals.add(series, start, end, note).result
            if draft_of:
                self._file.drafts.discard(draft_of)
        return self._context.changes(recorder, made)

    def take_back(self, series: str, at: str) -> Changes[int]:
        """Take back what dismisses the place of a series that changed at ``at``; returns how many dismissals.

        Raises :class:`NotFound` where nothing does.
        """
        found, place = self.place(series, at)
        standing = [one.id for one in self._dismissals.all() if one.fields.series == found.id and speaks_of(one, place)]
        if not standing:
            raise NotFound(what="dismissed place", name=f"{found.label} {place.at}")
        return self._dismissals.take_back(standing)

    # --- files -------------------------------------------------------------------------------------------------------

    def csv(self, found: Why) -> bytes:
        """A row for each place and reason, and for each effect and cause; one row for a place without a reason."""
        return self._scope.table(HEADER, [*_place_rows(found), *_effect_rows(found)])


class _Standings:
    """Figures of stretches as they stand, each worked out once."""

    def __init__(self, context: Context) -> None:
        self._file = context.file
        self._known: dict[End, Standing] = {}

    def __call__(self, end: End) -> Standing:
        if end not in self._known:
            self._known[end] = self._of(end)
        return self._known[end]

    def _of(self, end: End) -> Standing:
        series, now = figure_of(self._file, end.id, end.start, end.end)
        if series is None or now is None or end.then is None or now == end.then:
            return Standing(now)
        parts = [part for part in (series.id, series.numerator, series.denominator) if part]
        holding = self._file.metrics.holding(parts)
        held = [record for record in self._file.metrics.imports() if record.id in holding]
        since = ""
        for made in dict.fromkeys(record.imported for record in held):  # newest first
            # Records tell the second.
            as_of = datetime.fromisoformat(made) + timedelta(milliseconds=999)
            if figure_of(self._file, end.id, end.start, end.end, as_of)[1] != now:
                break
            since = made
        file = " / ".join(dict.fromkeys(record.file for record in held if record.imported == since))
        return Standing(now, since, file)


def _is_ratio(series: Series) -> bool:
    return series.unit == "ratio" or bool(series.numerator or series.denominator)


Cells = tuple[str | float | None, ...]


def _place_rows(found: Why) -> Iterator[Cells]:
    for one in found.places:
        place = one.place
        state = "dismissed" if one.dismissal else "open" if one.is_open else "reasons"
        figures = (place.at, place.start, place.end, place.before, place.after, place.swing, state)
        start: Cells = ("place", str(place.kind), one.series.id, one.series.label, *figures)
        yield from (_with_reasons(start, one.ledger))


def _effect_rows(found: Why) -> Iterator[Cells]:
    for one in found.effects:
        start: Cells = ("effect", one.kind, one.id, one.label, "", one.start, one.end, None, None, None, "")
        yield from _with_reasons(start, one.ledger)


def _with_reasons(start: Cells, ledger: Ledger) -> Iterator[Cells]:
    if not ledger.reasons:
        yield (*start, *("",) * 5, None, None, "", ledger.query)
    for reason in ledger.reasons:
        yield (*start, *_reason_cells(reason))


def _reason_cells(reason: Reason) -> Cells:
    words = (reason.entry, reason.relation, reason.basis, reason.heading, reason.speaker)
    return (*words, reason.then, reason.standing.now, reason.standing.since, reason.query)
