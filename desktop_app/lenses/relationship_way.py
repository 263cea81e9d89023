"""The way of one person or organisation: everything of theirs in the order of time, and what was planned meanwhile."""

from collections.abc import Iterable, Iterator, Mapping

from desktop_app.lenses.relationships import CONVERSATIONS, Sources, bounds, steps_of
from desktop_app.model.entries import Act, EntryKind
from desktop_app.model.facts import EntryFacts, Scope
from desktop_app.model.memory import paused_collector
from desktop_app.model.people import Person
from desktop_app.model.relationships import Campaign, Lane, Relationship, Way, WayMoment, WayStep
from desktop_app.model.time import OPEN_START

_LANES = tuple(Lane)


@paused_collector()
def way(
    scope: Scope,
    entries: Iterable[EntryFacts],
    sources: Sources,
    relationship: Relationship,
    today: str,
) -> Way:
    """The way of whom ``relationship`` is with; an organisation's is that of its people together.

    Help stands in the lane of help, a quote in that of quotes, every other conversation in that of conversations.
    """
    people = _people(sources, relationship)
    moments = [
        *(
            _step(step, sources.known, relationship)
            for person in people.values()
            for step in steps_of(person, sources.known)
        ),
        *_conversations(entries, people, relationship),
        *_transcripts(sources, people, relationship),
        *_questions(sources, people, relationship),
    ]
    moments.sort(key=lambda moment: (moment.start, _LANES.index(moment.lane), moment.id))
    return Way(scope, today, relationship, tuple(moments), tuple(_campaigns(moments, sources.known.values(), today)))


def _people(sources: Sources, relationship: Relationship) -> dict[str, Person]:
    if relationship.kind == "person":
        return {person.id: person for person in sources.people if person.id == relationship.id}
    return {person.id: person for person in sources.people if person.fields.org == relationship.id}


def _who(relationship: Relationship, name: str) -> str:
    """Of a person's own way it goes without saying who it was."""
    return "" if relationship.kind == "person" else name


def _step(step: WayStep, known: Mapping[str, EntryFacts], relationship: Relationship) -> WayMoment:
    return WayMoment(
        Lane.STEP,
        "entry" if step.entry else "person",
        step.entry or step.person,
        known[step.entry].heading if step.entry else "",
        step.date,
        step.start,
        step.end,
        step.query,
        _who(relationship, step.name),
        step.stage,
        back=step.back,
    )


def _conversations(
    entries: Iterable[EntryFacts], people: Mapping[str, Person], relationship: Relationship
) -> Iterator[WayMoment]:
    org = relationship.id if relationship.kind == "organisation" else None
    for entry in entries:
        if entry.kind in CONVERSATIONS and (entry.speaker in people or (org and entry.org == org)):
            yield WayMoment(
                _lane(entry),
                "entry",
                entry.id,
                entry.heading,
                entry.occurred,
                entry.start,
                entry.end,
                f"id:{entry.id}",
                _who(relationship, entry.speaker_name),
                entry.kind,
            )


def _lane(entry: EntryFacts) -> Lane:
    if entry.act == Act.HELPED:
        return Lane.HELP
    return Lane.QUOTE if entry.kind == EntryKind.QUOTE else Lane.CONVERSATION


def _transcripts(sources: Sources, people: Mapping[str, Person], relationship: Relationship) -> Iterator[WayMoment]:
    for one in sources.transcripts:
        if names := [person.fields.name for item, person in people.items() if item in one.characters]:
            who = _who(relationship, ", ".join(names))
            dates = one.occurred, one.start, one.end
            yield WayMoment(Lane.CONVERSATION, "document", one.id, one.title, *dates, f"id:{one.id}", who, "document")


def _questions(sources: Sources, people: Mapping[str, Person], relationship: Relationship) -> Iterator[WayMoment]:
    for question in sources.questions:
        fields = question.fields
        if fields.asker in people:
            yield WayMoment(
                Lane.QUESTION,
                "question",
                question.id,
                fields.text,
                fields.asked,
                question.start,
                question.end,
                f"id:{question.id}",
                _who(relationship, question.asker_name),
                "open" if question.is_open else "answered",
                bounds(fields.answered)[0] if fields.answered else "",
            )


def _campaigns(moments: Iterable[WayMoment], known: Iterable[EntryFacts], today: str) -> Iterator[Campaign]:
    """Planned events from the first moment to today or the last; one that somebody speaks in is a conversation."""
    dated = [moment for moment in moments if moment.start > OPEN_START]
    if not dated:
        return
    first, last = min(moment.start for moment in dated), max(f"{today}T24:00", *(moment.start for moment in dated))
    for entry in known:
        planned = entry.kind == EntryKind.EVENT and not entry.surprise and not entry.speaker
        if planned and entry.start and entry.start < last and entry.end > first:
            yield Campaign(entry.id, entry.heading, entry.start, entry.end, f"id:{entry.id}")
