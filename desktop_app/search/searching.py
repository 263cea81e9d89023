"""Searching an open index: how many are found, which come first, what to try when there are none."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Literal

from desktop_app.model.queries import And, Or, Prefix, Query, Words
from desktop_app.search.analysis import words
from desktop_app.search.evaluating import Evaluation, Layer
from desktop_app.search.index import SearchIndex
from desktop_app.search.printing import print_query
from desktop_app.search.view import View

_CLASSES = 2000
_SUGGESTED_FROM = 3

Sort = Literal["relevance", "occurred"]


@dataclass(frozen=True, slots=True)
class FoundHit:
    """A found document, or the part ``[at, until)`` of one; ``score`` is 0 where words do not decide."""

    id: str
    type: str
    score: float
    at: int = -1
    until: int = -1


@dataclass(frozen=True, slots=True)
class Found:
    """``total`` is exact; ``hits`` are those asked for, best first; ``every`` are ids of entries, newest first."""

    total: int
    hits: tuple[FoundHit, ...]
    every: tuple[str, ...] = ()


def search(
    index: SearchIndex,
    query: Query,
    *,
    now: datetime,
    limit: int = 50,
    offset: int = 0,
    sort: Sort = "relevance",
    stretch: tuple[str, str] | None = None,
    every: int = 0,
) -> Found:
    """Search the last commit. ``stretch`` (start and end, ISO 8601) keeps what happened in it; ``every`` asks for the
    ids of that many of all entries among the matches. By relevance, equally good ones are in the order of time, newest
    first, parts of texts after whole things.

    Raises :class:`IndexUnusable` where the index has to be built first.
    """
    view = index.view()
    evaluation = Evaluation(view, now)
    bits = evaluation.found(query)
    if stretch:
        bits &= evaluation.within(*stretch)
    classes = _classes(bits, list(evaluation.layers(query))) if sort == "relevance" else [(0.0, bits)]
    if sort == "relevance":
        classes = _whole_first(classes, evaluation.parts())
    hits = islice(_ranked(view, classes, offset + limit), offset, offset + limit)
    others = view.newest_first(bits & evaluation.entries(), every) if every else ()
    return Found(bits.bit_count(), tuple(hits), tuple(view.name(number)[1] for number in others))


def entry_ids(index: SearchIndex, query: Query, *, now: datetime) -> list[str]:
    """The ids of the entries that a query finds in the last commit, in no particular order; raises as :func:`search`.

    Nothing is ranked or ordered: fifty thousand take some milliseconds.
    """
    evaluation = Evaluation(index.view(), now)
    return list(evaluation.view.ids(evaluation.found(query) & evaluation.entries()))


def _ranked(view: View, classes: list[tuple[float, int]], wanted: int) -> Iterator[FoundHit]:
    """The first ``wanted`` documents, the best class first, newest first in each."""
    for score, members in classes:
        for number in view.newest_first(members, wanted):
            kind, key, at, until = view.name(number)
            yield FoundHit(key, kind, round(score, 4), at, until)
            wanted -= 1
        if wanted <= 0:
            return


def _whole_first(classes: list[tuple[float, int]], parts: int) -> list[tuple[float, int]]:
    """Classes in the order of their scores, each with its parts of texts after the rest."""
    ordered = sorted(classes, key=lambda pair: -pair[0])
    split = [(score, side) for score, members in ordered for side in (members & ~parts, members & parts)]
    return [pair for pair in split if pair[1]]


def _classes(bits: int, layers: list[Layer]) -> list[tuple[float, int]]:
    """Documents in classes of one score each: every layer splits the classes into those in it and those not."""
    classes = [(0.0, bits)] if bits else []
    for layer in sorted(layers, key=lambda layer: -layer.worth):
        if len(classes) > _CLASSES:
            break
        split = []
        for score, members in classes:
            if inside := members & layer.bits:
                split.append((score + layer.worth, inside))
            if outside := members & ~layer.bits:
                split.append((score, outside))
        classes = split
    return classes


def suggestion(index: SearchIndex, query: Query, *, now: datetime) -> str:
    """A query with the words that occur nowhere replaced by the nearest ones that do, or an empty text.

    Worth asking when nothing was found; it costs some milliseconds for each unknown word.
    """
    evaluation = Evaluation(index.view(), now)
    better = _spelt(evaluation, query)
    return print_query(better) if better != query and evaluation.found(better) else ""


def _spelt(evaluation: Evaluation, query: Query) -> Query:
    match query:
        case And(parts) | Or(parts):
            return replace(query, parts=tuple(_spelt(evaluation, part) for part in parts))
        case Words(text) | Prefix(text) if len(text) >= _SUGGESTED_FROM and not evaluation.found(query):
            near = _nearest(evaluation, text)
            return replace(query, text=near) if near else query
        case _:
            return query


def _nearest(evaluation: Evaluation, text: str) -> str:
    """The most frequent word within one edit, else within two; empty where there is none."""
    terms = words(text)
    if len(terms) != 1:
        return ""
    view = evaluation.view
    for edits in (1, 2):
        near = {word for segment in view.segments for word in segment.similar(terms[0], edits, 1)}
        if near:
            return max(sorted(near), key=lambda word: (view.term("exact", word) & view.all).bit_count())
    return ""
