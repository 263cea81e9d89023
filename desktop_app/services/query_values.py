"""What a notebook has names for in queries: the values that fields know, the names behind ids, and which of both to
write where one thing is meant."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from desktop_app.model.changes import Revision
from desktop_app.model.coding import Code, tree
from desktop_app.model.queries import ID_FIELDS, field_part, writable
from desktop_app.model.shapes import is_id
from desktop_app.model.vocabulary import Vocabulary, VocabularyName
from desktop_app.search import QueryVocabulary
from desktop_app.search.analysis import code_endings, code_name, name_words, stands_alone, words
from desktop_app.services.context import Context
from desktop_app.services.headings import Headings, first_words
from desktop_app.text.tokens import fold

T = TypeVar("T")

_FOUND = ("entry", "person", "document", "coding", "code", "memo", "question")
"""Kinds of items that a search can find; series are no items."""


class QueryValues:
    """Of one notebook. What takes a while to read is kept until something changes."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._file = context.file
        self._kept: dict[object, Any] = {}
        self._at: object = None

    def _keep(self, key: object, read: Callable[[], T]) -> T:
        now = self._file.outbox.position()
        if self._at != now:
            self._kept.clear()
            self._at = now
        if key not in self._kept:
            self._kept[key] = read()
        kept: T = self._kept[key]
        return kept

    # --- reading a query --------------------------------------------------------------------------------------------

    def reading(self, query: str) -> QueryVocabulary:
        """What decides how a query is read, and names the things in it."""
        return QueryVocabulary(
            perspectives=self._terms("perspective", query),
            scales=self._terms("scale", query),
            beginning=self._beginning,
            name_of=self.namer(),
        )

    def completing(self, before: str) -> QueryVocabulary:
        """What may complete a query up to the cursor; what many entries have to be asked for is read only then."""
        people, asked = self._file.people, before.lower()
        with_tags = "#" in asked or "tag:" in asked
        return QueryVocabulary(
            perspectives=self._terms("perspective", before),
            scales=self._terms("scale", before),
            tags=self._file.entries.tag_names() if with_tags else (),
            people=list(dict.fromkeys(people.names("person").values())),
            organisations=list(dict.fromkeys(people.names("organisation").values())),
            channels=self._file.entries.channels(),
            codes=self._code_names() if "code:" in asked else (),
            coders=list(self._file.codings.coders()) if "coder:" in asked else (),
            series=list(dict.fromkeys(name for _, name in self._file.metrics.names())),
            authors=self._authors() if "author:" in asked else (),
            questions=self._questions() if "question:" in asked else (),
        )

    def _terms(self, name: VocabularyName, query: str) -> Vocabulary:
        """The terms of a vocabulary, where it is asked for also those that entries have and nobody here has defined."""
        vocabulary = self._context.vocabulary(name)
        if f"{name}:" not in query.lower():
            return vocabulary
        used = self._keep(name, lambda: self._file.entries.terms(name))
        return vocabulary.with_terms(map(vocabulary.get, used))

    def _authors(self) -> list[str]:
        return self._keep("authors", lambda: [writable(author) for author in self._file.entries.authors()])

    def _questions(self) -> list[str]:
        return self._keep("questions", lambda: [writable(asked.fields.text) for asked in self._file.questions.all()])

    def _code_names(self) -> list[str]:
        """Codes as ``code:`` takes them: by name, and by path where another code has the name too."""
        codes = self._codes()
        named = Counter(code.fields.name.casefold() for code in codes)
        return [code.label if named[code.fields.name.casefold()] > 1 else code.fields.name for code in codes]

    def _codes(self) -> list[Code]:
        return self._keep("codes", lambda: tree(self._file.codes.fields(), {}))

    # --- ids --------------------------------------------------------------------------------------------------------

    def _beginning(self, begun: str) -> list[str]:
        """Ids of things that begin so, at most a few of them."""
        series = (item for item, _ in self._file.metrics.names() if item.startswith(begun))
        return list(dict.fromkeys((*self._file.journal.beginning(begun, _FOUND), *series)))

    def namer(self) -> Callable[[str], str]:
        """Gives the name of the thing of an id, empty for what is not here; each is read once."""
        headings = Headings(self._context)

        def name_of(item: str) -> str:
            kind = self._file.lineage.kinds([item]).get(item)
            if kind in _FOUND or kind == "organisation":
                return first_words(headings.of(kind, item))
            series = self._file.metrics.series([item])
            return series[0].label if series else ""

        return name_of

    # --- writing a query --------------------------------------------------------------------------------------------

    def value_for(self, field: str, item: str, name: str) -> str:
        """The part of a query that finds one thing by a field: by its name where no other thing of the notebook has
        all words of it, else by its id. Of a field that takes no ids ``item`` is the value itself."""
        if field not in ID_FIELDS:
            return field_part(field, item)
        named = writable(name)
        return field_part(field, named if self._meant(field, named) == {item} else item)

    def _meant(self, field: str, named: str) -> set[str]:
        """The things that a name finds by a field; none where an id has to be written."""
        if named.endswith("*") or is_id(named) or stands_alone(named):
            return set()
        if field == "code":
            return self._keep("endings", self._endings).get(fold(code_name(named)), set())
        kind = {"speaker": "person", "person": "person", "org": "organisation", "question": "question"}.get(field)
        if kind is None:
            return set()
        having = self._keep((kind, "words"), lambda: _by_word(self._named(kind)))
        return set.intersection(*(having.get(word, set()) for word in words(named) or ("",)))

    def _endings(self) -> Mapping[str, set[str]]:
        """The codes that each name or end of a path stands for."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for code in self._codes():
            for ending in code_endings(code.path):
                found[fold(ending)].add(code.id)
        return found

    def _named(self, kind: str) -> Iterator[tuple[str, str]]:
        """The things of a kind with every name they are found by, those in the trash too: entries still name them.

        A name in a transcript that is nobody's stands for itself.
        """
        if kind == "question":
            yield from ((asked.id, asked.fields.text) for asked in self._file.questions.all())
            return
        # One look at all items for all of these kinds: there is no index of kinds.
        for head in self._keep("heads", self._heads):
            fields = json.loads(head.fields)
            if head.kind == kind:
                yield from ((head.item, fields.get(key, "")) for key in ("name", "pseudonym"))
            elif kind == "person" and head.kind == "document":
                for speaker in fields["content"].get("speakers", ()):
                    yield fields["people"].get(speaker, f"“{speaker}”"), speaker

    def _heads(self) -> list[Revision]:
        lineage = self._file.lineage
        return list(lineage.heads(lineage.of_kinds(["person", "organisation", "document"])).values())


def _by_word(named: Iterable[tuple[str, str]]) -> Mapping[str, set[str]]:
    """The things that have each word in any of their names."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for item, name in named:
        for word in name_words(name):
            found[word].add(item)
    return found
