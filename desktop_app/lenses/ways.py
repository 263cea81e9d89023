"""Ways: the entries of cunning, aspiration or value put together by practice or person, and where they meet metrics.

Nothing is judged: an entry disagrees with a metric only where somebody has linked it so.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import takewhile

from desktop_app.lenses.offmap import NOTHING, found_by
from desktop_app.model.entries import EntryKind
from desktop_app.model.facts import EntryFacts, Figure, Scope
from desktop_app.model.links import End, Relation
from desktop_app.model.memory import paused_collector
from desktop_app.model.people import PersonFields, stage_at
from desktop_app.model.time import OPEN_START
from desktop_app.model.vocabulary import Term
from desktop_app.model.ways import PINNED, Beside, SeriesTie, Voice, Voices, WayGroup, Ways
from desktop_app.text.tokens import fold

MOST_PLACES = 400
"""Places that a query names; above that there is no figure for them."""
_KINDS = (EntryKind.QUOTE, EntryKind.NOTE, EntryKind.EVENT, EntryKind.FORESIGHT)
_ORDER = {str(kind): at for at, kind in enumerate(_KINDS)}
# A plain string, as entries have it: a member of an enumeration takes longer to compare.
_QUOTE = str(EntryKind.QUOTE)
_SPEAKS_FOR = (Relation.EXPLAINS, Relation.SUPPORTS)
_UNDATED = "~"
"""Sorts behind every date."""

ValueFor = Callable[[str, str, str], str]
"""Field, id and name to the part of a query that finds it."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What a reading needs beside its entries: people by id, every entry by id, what each link that starts at an entry
    says (id of the entry, relation, other end), and how a value is written in a query."""

    people: Mapping[str, PersonFields]
    known: Mapping[str, EntryFacts]
    links: Sequence[tuple[str, str, End]]
    value_for: ValueFor


@paused_collector()
def ways(scope: Scope, entries: Iterable[EntryFacts], way: str, by: str, perspective: Term, sources: Sources) -> Ways:
    """Reads the entries of ``perspective``, put together ``by`` ``tag`` or ``person``.

    A practice is the top level of a tag, whatever its case and accents; an entry stands in the group of each of its
    own. An entry disagrees with a metric where it contradicts a stretch of a series, or where it and an entry that
    explains or supports such a stretch contradict one another.
    """
    asked = f"perspective:{perspective.id}"
    voices = [Voice(entry, _stage(entry, sources.people)) for entry in entries if perspective.id in entry.perspectives]
    voices.sort(key=lambda voice: (_ORDER.get(voice.entry.kind, len(_ORDER)), voice.entry.start or _UNDATED))
    org_of: dict[str | None, str | None] = {item: person.org for item, person in sources.people.items()}
    # Every group asks for its places anew, and they are few.
    counting = _Counting(scope, asked, cache(sources.value_for), org_of)
    groups = _by_tag(voices, counting) if by == "tag" else _by_person(voices, counting)
    against, beside = _beside(voices, sources)
    return Ways(
        scope,
        way,
        by,
        perspective,
        counting.voices(voices),
        tuple(groups),
        against,
        Figure(len(against), found_by(one.voice.entry.id for one in against)),
        beside,
        Figure(len(beside), found_by(one.voice.entry.id for one in beside)),
    )


def _stage(entry: EntryFacts, people: Mapping[str, PersonFields]) -> str:
    person = people.get(entry.speaker) if entry.speaker else None
    return stage_at(person.stages, entry.start) if person and person.stages else ""


# --- groups -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Counting:
    scope: Scope
    asked: str
    value_for: ValueFor
    org_of: Mapping[str | None, str | None]

    def group(self, item: str, name: str, voices: Sequence[Voice], part: str) -> WayGroup:
        quotes = takewhile(lambda voice: voice.entry.kind == _QUOTE, voices)
        said = [voice for voice in quotes if voice.entry.start > OPEN_START]
        first, last = (said[0], said[-1]) if len(said) > 1 else (None, None)
        return WayGroup(item, name, tuple(voices), self.voices(voices, part), first, last)

    def voices(self, voices: Sequence[Voice], *parts: str) -> Voices:
        """``parts`` narrow the query to these voices."""
        entries = [voice.entry for voice in voices]
        these = self.scope.narrowed(self.asked, *parts)
        return Voices(
            Figure(len(entries), these),
            Figure([entry.kind for entry in entries].count(_QUOTE), f"{these} kind:quote"),
            Figure(len({entry.speaker for entry in entries if entry.speaker_name}), f"{these} has:speaker"),
            self._places(entries, these),
        )

    def _places(self, entries: Iterable[EntryFacts], these: str) -> Figure:
        """An entry's place is its organisation, else its speaker's, else its channel; what has a channel and no letter
        or digit in it names none."""
        org_of = self.org_of
        found = {(entry.org or org_of.get(entry.speaker), entry.org_name, entry.channel) for entry in entries}
        organisations: dict[str, str] = {}
        channels: dict[str, str] = {}
        without: set[str] = set()
        for org, name, channel in found:
            if org:
                organisations[org] = name
            if (folded := _folded(channel)) is not None:
                channels[folded] = min(channel, channels.get(folded, channel))
                if not org:
                    without.add(folded)
        if len(organisations) + len(channels) > MOST_PLACES:
            return Figure(None, "")
        value_for = self.value_for
        named = [value_for("org", org, name) for org, name in sorted(organisations.items())]
        named += [value_for("channel", channel, channel) for _, channel in sorted(channels.items())]
        any_of_them = " OR ".join(named) or NOTHING
        part = f"({any_of_them})" if len(named) > 1 else any_of_them
        return Figure(len(organisations) + len(without), f"{these} {part}")


@lru_cache(maxsize=1_000)
def _folded(channel: str) -> str | None:
    """A channel as a search compares it; ``None`` for what names none."""
    return fold(channel) if any(map(str.isalnum, channel)) else None


def _by_tag(voices: Iterable[Voice], counting: _Counting) -> list[WayGroup]:
    found: defaultdict[str, list[Voice]] = defaultdict(list)
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    untagged = []
    top_of = cache(lambda tag: (fold(tag.partition("/")[0]), tag.partition("/")[0]))
    for voice in voices:
        tops = dict(map(top_of, voice.entry.tags))
        for key, name in tops.items():
            found[key].append(voice)
            spellings[key][name] += 1
        if not tops:
            untagged.append(voice)
    groups = []
    for key in sorted(found):
        name = min(spellings[key], key=lambda one: (-spellings[key][one], one))
        groups.append(counting.group(key, name, found[key], counting.value_for("tag", name, name)))
    return groups + ([counting.group("", "", untagged, "is:untagged")] if untagged else [])


def _by_person(voices: Iterable[Voice], counting: _Counting) -> list[WayGroup]:
    found: defaultdict[str, list[Voice]] = defaultdict(list)
    for voice in voices:
        found[(voice.entry.speaker or "") if voice.entry.speaker_name else ""].append(voice)
    nobody = found.pop("", [])
    named = sorted((said[0].entry.speaker_name.casefold(), item) for item, said in found.items())
    groups = []
    for _, item in named:
        name = found[item][0].entry.speaker_name
        groups.append(counting.group(item, name, found[item], counting.value_for("speaker", item, name)))
    return groups + ([counting.group("", "", nobody, "-has:speaker")] if nobody else [])


# --- beside metrics ---------------------------------------------------------------------------------------------------


def _beside(voices: Sequence[Voice], sources: Sources) -> tuple[tuple[Beside, ...], tuple[Beside, ...]]:
    on_series: defaultdict[str, list[tuple[str, End]]] = defaultdict(list)
    opposed: defaultdict[str, list[str]] = defaultdict(list)
    known, contradicts = sources.known, str(Relation.CONTRADICTS)
    for entry, relation, end in sources.links:
        if end.kind == "series":
            if entry in known:
                on_series[entry].append((relation, end))
        elif relation == contradicts and end.kind == "entry" and entry in known and end.id in known:
            opposed[entry].append(end.id)
            opposed[end.id].append(entry)
    against, beside = [], []
    for voice in voices:
        item = voice.entry.id
        if not (voice.entry.series or item in on_series or item in opposed):
            continue
        direct = [_tie(item, relation, end) for relation, end in on_series.get(item, ())]
        denied = [tie for tie in direct if tie.relation == Relation.CONTRADICTS]
        denied += [
            _tie(item, Relation.CONTRADICTS, end, sources.known[other], relation)
            for other in dict.fromkeys(opposed.get(item, ()))
            for relation, end in on_series.get(other, ())
            if relation in _SPEAKS_FOR
        ]
        others = [tie for tie in direct if tie.relation != Relation.CONTRADICTS]
        others += [
            SeriesTie(PINNED, series, voice.entry.start, voice.entry.end, found_by([item]))
            for series in voice.entry.series
        ]
        against += [Beside(voice, tuple(denied))] if denied else []
        beside += [Beside(voice, tuple(others))] if others else []
    return tuple(against), tuple(beside)


def _tie(entry: str, relation: str, end: End, via: EntryFacts | None = None, via_relation: str = "") -> SeriesTie:
    query = found_by([entry, via.id] if via else [entry])
    return SeriesTie(relation, end.id, end.start, end.end, query, end.then, via, via_relation)
