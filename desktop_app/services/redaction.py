"""Redacted copies: every revision again, without the names of people, each remembered for the one that it stands for.

The same state of a notebook gives the same revisions every time, so that copies of different days fit together. Where a
copy holds only how things stand, a revision has for parents what stood for its ancestors in earlier copies.
"""

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from desktop_app.model.changes import Absent, Revision, canonical_json, revision_id
from desktop_app.model.errors import Interrupted
from desktop_app.model.exchange import History, LeftOut
from desktop_app.model.redaction import SOMEONE, RedactionPreview, Replacement, Suspect
from desktop_app.notebook.file import NotebookFile
from desktop_app.notebook.graph import Graph
from desktop_app.notebook.incoming import BlobRow
from desktop_app.notebook.stand_ins import StandIns
from desktop_app.services.consent import Consents, consents
from desktop_app.services.context import Context
from desktop_app.services.pseudonyms import Pseudonyms
from desktop_app.services.redacting import Redacting, redacted_series
from desktop_app.text.names import name_words
from desktop_app.text.redaction import Redactor
from desktop_app.text.replacing import Redacted
from desktop_app.text.suspects import suspects

MOST_SUSPECTS = 500
"""That a preview lists; nobody looks at more at once."""

_LONGEST_CONTEXT = 40
_WHERE = {
    "entry": "entries",
    "person": "people",
    "memo": "memos",
    "dismissal": "dismissed places",
    "search": "saved searches",
    "series": "settings of series",
    "import": "imports",
    "notebook": "the title",
}


@dataclass(slots=True)
class RedactedCopy:
    """What leaves in another state: ``revisions``, parents first, and the ``blobs`` that were made for them.
    ``stand_ins`` maps each to the revision it stands for (itself, where it is as it was), ``absent`` are those before
    them that are not in the copy. ``labels`` gives the label of a change. ``key``: name and id by pseudonym."""

    revisions: list[Revision] = field(default_factory=list)
    blobs: dict[str, BlobRow] = field(default_factory=dict)
    absent: list[Absent] = field(default_factory=list)
    stand_ins: dict[str, str] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    labels: Callable[[str], str] = str
    key: dict[str, tuple[str, str]] = field(default_factory=dict)


def withheld(file: NotebookFile, items: Collection[str]) -> set[str]:
    """Those of these items that must not leave in any copy, in no version of theirs."""
    return consents(file, items).withheld


def key_file(key: Mapping[str, tuple[str, str]]) -> bytes:
    """Who has which pseudonym, as JSON: ``{"people": [{"pseudonym", "name", "id"}, …]}``."""
    people = [{"pseudonym": one, "name": name, "id": item} for one, (name, item) in key.items()]
    return (json.dumps({"people": people}, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


class Redactors:
    """The redactor of each item: everybody's names, and ``someone`` for those who want to be anonymous there."""

    def __init__(self, who: Pseudonyms, consent: Consents, hide: Mapping[str, str], *, redacts: bool = True) -> None:
        self._who = who
        self._anonymous = consent.anonymous
        self._hide = hide
        self._redacts = redacts
        self._made: dict[frozenset[str], Redactor] = {}

    def of(self, item: str) -> Redactor:
        nameless = self._anonymous.get(item, frozenset()).intersection(self._who.people)
        if nameless not in self._made:
            names = self._who.names(nameless) if self._redacts else {}
            if nameless:
                forms = [form for person in sorted(nameless) for form in self._who.people[person].forms]
                names = {**names, SOMEONE: tuple(forms)}
            self._made[nameless] = Redactor(names, self._hide, nameless={SOMEONE}, former=self._who.former())
        return self._made[nameless]

    def nameless(self, item: str) -> frozenset[str] | None:
        """The people whom an item must not tell of, where it leaves without somebody."""
        return self._anonymous.get(item)

    def pseudonym(self, item: str, speaker: str) -> str | None:
        """What a speaker of a document is called, or, without a document, the person of that id."""
        person = self._who.speakers.get(item, {}).get(speaker) if item else speaker
        if person is None or person not in self._who.people:
            return None
        if item and person in self._anonymous.get(item, frozenset()):
            return SOMEONE
        if self._redacts:
            return self._who.people[person].pseudonym
        return speaker if item else self._who.people[person].name


class Redaction:
    def __init__(self, context: Context) -> None:
        self._file = context.file
        self._stand_ins = StandIns(context.file.database)

    # --- looking ----------------------------------------------------------------------------------------------------

    def preview(self, items: Collection[str], hide: Mapping[str, str]) -> RedactionPreview:
        """What :meth:`redact` would replace in how things stand, and what a person should look at before."""
        who = Pseudonyms(self._file)
        consent = consents(self._file, items)
        heard = _Heard(who)
        work = self._work(who, Redactors(who, consent, hide), heard)
        heads = self._file.lineage.heads(set(items) - consent.withheld)
        for head in sorted(heads.values(), key=lambda one: (one.kind, one.clock, one.id)):
            work.fields(head, {})
        return RedactionPreview(
            heard.replacements(),
            heard.suspects,
            withdrawn=len(consent.withheld),
            anonymous=len(consent.anonymous),
            left_out=_left_out(work),
        )

    # --- making -----------------------------------------------------------------------------------------------------

    def redact(
        self,
        items: Collection[str],
        history: History,
        hide: Mapping[str, str],
        progress: Callable[[float], None] = lambda part: None,
        should_stop: Callable[[], bool] = lambda: False,
    ) -> RedactedCopy:
        """These items without names. Raises :class:`Interrupted`. Who has which pseudonym is kept in the notebook."""
        who = Pseudonyms(self._file)
        consent = consents(self._file, items)
        redactors = Redactors(who, consent, hide)
        work = self._work(who, redactors)
        copy = self._copy(set(items) - consent.withheld, history, work, progress, should_stop)
        copy.left_out = _left_out(work)
        copy.labels = lambda label: redactors.of("").text(label).text
        copy.key = who.key()
        who.keep()
        return copy

    def substitutes(self, items: Collection[str]) -> RedactedCopy:
        """Those of these items that leave without their speaker in a copy with names: how they stand, and no more."""
        consent = consents(self._file, items)
        if not consent.anonymous:
            return RedactedCopy()
        who = Pseudonyms(self._file)
        work = self._work(who, Redactors(who, consent, {}, redacts=False))
        return self._copy(consent.anonymous, History.HEADS, work)

    def _work(self, who: Pseudonyms, redactors: Redactors, heard: "_Heard | None" = None) -> Redacting:
        return Redacting(
            self._file,
            redactors.of,
            redactors.pseudonym,
            nameless=redactors.nameless,
            series=redacted_series(self._file, redactors.of("")),
            heard=heard,
        )

    def _copy(
        self,
        items: Iterable[str],
        history: History,
        work: Redacting,
        progress: Callable[[float], None] = lambda part: None,
        should_stop: Callable[[], bool] = lambda: False,
    ) -> RedactedCopy:
        lineage = self._file.lineage
        heads = lineage.heads(items)
        own, missing = lineage.before(heads.values())
        earlier = _Earlier(self._stand_ins, own) if history == History.HEADS else None
        copy = RedactedCopy()
        absent: dict[str, Absent] = {}
        for number, item in enumerate(sorted(heads)):
            if should_stop():
                raise Interrupted(what="The export")
            if number % 50 == 0:
                progress(number / len(heads))
            graph = Graph(own[item], missing.get(item, ()))
            if earlier is None:
                absent |= {one.revision: one for one in missing.get(item, ())}
                _rewrite(copy, work, (graph.revisions[node] for node in graph.order if node in graph.revisions), {})
                continue
            standing = _standing(graph, heads[item])
            before = {node: earlier.before(graph, node) for node in standing}
            _rewrite(copy, work, (graph.revisions[node] for node in standing), before)
            for parents in before.values():
                absent |= {parent: Absent(parent, item) for parent in parents}
        here = {one.id for one in copy.revisions}
        named = {parent for one in copy.revisions for parent in one.parents}
        copy.absent = [one for name, one in absent.items() if name not in here and (earlier is None or name in named)]
        copy.blobs = work.blobs
        return copy


class _Earlier:
    """What stood for the ancestors of revisions in earlier copies."""

    def __init__(self, stand_ins: StandIns, own: Mapping[str, Iterable[Revision]]) -> None:
        self._of = stand_ins.of(revision.id for revisions in own.values() for revision in revisions)

    def before(self, graph: Graph, node: str) -> list[str]:
        if not self._of:
            return []
        ancestors = (one for one in graph.nodes(graph.ancestry(node)) if one != node)
        return sorted({stand_in for one in ancestors for stand_in in self._of.get(one, ())})


def _standing(graph: Graph, head: Revision) -> list[str]:
    """A head with what it was derived from, parents first."""
    found = {head.id}
    waiting = [head]
    while waiting:
        one = waiting.pop()
        if one.is_derived:
            parents = [graph.revisions[parent] for parent in one.parents if parent in graph.revisions]
            waiting += [parent for parent in parents if parent.id not in found]
            found.update(parent.id for parent in parents)
    return [node for node in graph.order if node in found]


def _rewrite(
    copy: RedactedCopy, work: Redacting, revisions: Iterator[Revision], before: Mapping[str, list[str]]
) -> None:
    """Add the revisions of one item as they leave. ``before`` has what to put in the place of the parents of those
    written by people, where only these leave; a revision that is as it was, and its past too, stays itself."""
    ids: dict[str, str] = {}
    for one in revisions:
        fields = canonical_json(work.fields(one, ids))
        author = work.author(one.author) if one.author else ""
        item = work.series.get(one.item, one.item) if one.kind == "series" else one.item
        parents = sorted({ids.get(parent, parent) for parent in one.parents})
        is_same = (fields, author, item) == (one.fields, one.author, one.item)
        if one.id in before and not one.is_derived and not (is_same and not before[one.id]):
            parents = before[one.id]
        made = revision_id(item, one.kind, parents, author, one.device, one.clock, fields)
        ids[one.id] = made
        copy.stand_ins[made] = one.id
        copy.revisions.append(Revision(made, item, one.kind, tuple(parents), author, one.device, one.clock, fields))


def _left_out(work: Redacting) -> list[LeftOut]:
    return [
        LeftOut(what, len(blobs), "names in them cannot be replaced")
        if len(blobs) > 1
        else LeftOut(what.removesuffix("s"), 1, "names in it cannot be replaced")
        for what, blobs in sorted(work.dropped.items())
    ]


class _Heard:
    """Listens to what is replaced where, and looks at what is left."""

    def __init__(self, who: Pseudonyms) -> None:
        self._who = who
        self._counts: Counter[str] = Counter()
        self._where: dict[str, dict[str, None]] = {}
        self._parts = {word for one in who.people.values() for form in one.forms for word in name_words(form).alone}
        self._pseudonyms = {one.pseudonym for one in who.people.values()}
        self._seen: set[str] = set()
        self.suspects: list[Suspect] = []

    def __call__(self, kind: str, text: str, found: Redacted, redactor: Redactor) -> None:
        for pseudonym in found.replaced():
            self._counts[pseudonym] += 1
            self._where.setdefault(pseudonym, {})[_WHERE.get(kind, f"{kind}s")] = None
        if len(self.suspects) < MOST_SUSPECTS and found.text not in self._seen:
            self._seen.add(found.text)
            left = suspects(found.text, self._parts)
            # What is measured has capitals everywhere.
            left = [one for one in left if kind != "import" or one.kind != "name"]
            self.suspects += [one for one in left if one.text not in self._pseudonyms]
            self.suspects += [_doubt(text, start, end) for start, end in redactor.doubtful(text)]
            del self.suspects[MOST_SUSPECTS:]

    def replacements(self) -> list[Replacement]:
        shared = Redactor(self._who.names()).shared
        return [
            Replacement(
                one.name,
                one.pseudonym,
                item,
                self._counts[one.pseudonym],
                tuple(sorted(self._where.get(one.pseudonym, ()))),
                shared.get(one.pseudonym, ()),
            )
            for item, one in self._who.people.items()
        ]


def _doubt(text: str, start: int, end: int) -> Suspect:
    around = text[max(start - _LONGEST_CONTEXT, 0) : end + _LONGEST_CONTEXT]
    return Suspect("name", text[start:end], start, end, " ".join(around.split()))
