"""The relationships lens over a notebook."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from desktop_app.lenses.relationship_way import way
from desktop_app.lenses.relationships import Sources, relationship, relationships
from desktop_app.model.documents import Content
from desktop_app.model.errors import Ambiguous, Invalid, KnownError, NotFound
from desktop_app.model.facts import EntryFacts, Scope
from desktop_app.model.relationships import STEP_GRAINS, Relationship, Relationships, Transcript, Way
from desktop_app.services.context import Context
from desktop_app.services.lens_scope import LensScope

_HEADER = (
    "id", "kind", "name", "organisation", "stage", "conversations", "contact_days", "last", "rhythm_days",
    "silent_days", "beyond", "listening", "telling", "listening_share", "helped", "not_said", "characters",
    "characters_of", "asked", "open", "query",
)  # fmt: skip
_WAY_HEADER = ("lane", "occurred", "what", "heading", "who", "back", "answered", "kind", "id", "query")


class RelationshipsLens:
    def __init__(self, context: Context, scope: LensScope) -> None:
        self._context = context
        self._file = context.file
        self._scope = scope
        # What lies under a SHA-256 never changes: the characters of each speaker are counted once.
        self._spoken: dict[str, dict[str, int]] = {}

    def read(self, query: str = "", *, grain: str = "year") -> Relationships:
        """Everybody in scope, and who reached which stage in which ``year`` or ``quarter``.

        A query narrows entries, transcripts and questions alike. Raises
        :class:`~desktop_app.search.errors.QueryError`, or :class:`Invalid` for another grain.
        """
        if grain not in STEP_GRAINS:
            raise Invalid(message=f"Steps are summed by year or by quarter, not by “{grain}”.")
        scope, entries, sources = self._read(query)
        return relationships(scope, entries, sources, self._context.now().date(), grain)

    def way(self, item: str, query: str = "") -> Way:
        """The way of one person or organisation (full id); raises :class:`NotFound` for one that is not there."""
        scope, entries, sources = self._read(query)
        today = self._context.now().date()
        found = relationship(scope, entries, sources, item, today)
        if found is None:
            raise NotFound(what="person or organisation", name=item)
        return way(scope, entries, sources, found, today.isoformat())

    def named(self, kind: str, name: str) -> str:
        """The id of a ``person`` or an ``organisation`` by name, id or the unique beginning of it.

        Raises :class:`NotFound` or :class:`Ambiguous`.
        """
        found = self._file.people.named(kind, name)
        if len(found) > 1:
            raise Ambiguous(name=name, what=kind, count=len(found), examples=", ".join(found))
        return found[0] if found else self._file.journal.resolve(kind, name)

    def _read(self, query: str) -> tuple[Scope, tuple[EntryFacts, ...], Sources]:
        scope, entries = self._scope.read(query)
        transcripts, questions = list(self._transcripts()), self._file.questions.all()
        if scope.query:
            found = {item for _, item in self._scope.search.matches(scope.narrowed("kind:document,question"))}
            transcripts = [one for one in transcripts if one.id in found]
            questions = [one for one in questions if one.id in found]
        questions.sort(key=lambda one: (one.start, one.id))
        known = {entry.id: entry for entry in self._scope.every()}
        people = self._file.people
        return scope, entries, Sources(people.people(), people.organisations(), transcripts, questions, known)

    def _transcripts(self) -> Iterator[Transcript]:
        """The documents in which somebody speaks who has been matched."""
        for document in self._file.documents.all():
            fields = document.fields
            if not fields.people or not fields.content.turns:
                continue
            spoken = self._characters(fields.content)
            theirs: defaultdict[str, int] = defaultdict(int)
            for speaker, person in fields.people.items():
                theirs[person] += spoken.get(speaker, 0)
            if matched := {person: count for person, count in theirs.items() if count}:
                dates = fields.occurred, document.start, document.end
                yield Transcript(document.id, fields.title, *dates, matched, sum(spoken.values()))

    def _characters(self, content: Content) -> Mapping[str, int]:
        """The characters of each named speaker's turns; none where the turns are damaged, which `check` tells."""
        if content.turns not in self._spoken:
            counted: defaultdict[str, int] = defaultdict(int)
            try:
                for turn in self._file.documents.turns(content):
                    if turn.speaker:
                        counted[turn.speaker] += turn.end - turn.start
            except KnownError:
                return {}
            self._spoken[content.turns] = dict(counted)
        return self._spoken[content.turns]

    # --- files ------------------------------------------------------------------------------------------------------

    def csv(self, found: Relationships) -> bytes:
        """One row for each person and organisation."""
        return self._scope.table(_HEADER, map(_row, (*found.people, *found.organisations)))

    def reached_csv(self, found: Relationships) -> bytes:
        """One row for each step of the table of steps."""
        return self._scope.table(
            ("period", "stage", "person", "name", "date", "back", "entry", "query"),
            (
                (one.period, one.stage, step.person, step.name, step.date, _yes(step.back), step.entry, step.query)
                for one in found.reached
                for step in one.steps
            ),
        )

    def way_csv(self, found: Way) -> bytes:
        """One row for each moment, in the order of time."""
        return self._scope.table(
            _WAY_HEADER,
            (
                (
                    moment.lane, moment.occurred, moment.detail, moment.heading, moment.who, _yes(moment.back),
                    moment.until, moment.kind, moment.id, moment.query,
                )
                for moment in found.moments
            ),
        )  # fmt: skip


def _yes(said: bool) -> str:
    return "yes" if said else ""


def _row(one: Relationship) -> tuple[str | int | float | None, ...]:
    rhythm = one.rhythm
    return (
        one.id, one.kind, one.name, one.org_name, one.stage, one.conversations.value, rhythm.days, rhythm.last,
        rhythm.days_between, rhythm.silent, _yes(rhythm.is_beyond), one.listening.part, one.telling.part,
        one.listening.share, one.helped.value, one.unsaid.value, one.spoken.part, one.spoken.of, one.asked.value,
        one.unanswered.value, one.conversations.query,
    )  # fmt: skip
