"""Searching an open index: how many are found, which come first, what to try when there are none."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Literal

from desktop_app.model.queries import And, Or, Prefix, Query, Within, Words
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
    """A found document; ``score`` is 0 where words do not decide."""

    id: str
    type: str
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """``total`` is exact; ``hits`` are those asked for, best first; ``every`` is type and id of all, newest first."""

    total: int
    hits: tuple[FoundHit, ...]
    every: tuple[tuple[str, str], ...] = ()


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
    ids of that many of all matches. By relevance, equally good ones are in the order of time, newest first.

    Raises :class:`IndexUnusable` where the index has to be built first.
    """
    view = index.view()
    evaluation = Evaluation(view, now)
    bits = evaluation.found(query)
    if stretch:
        bits &= evaluation.found(Within("in", "", "", *stretch))
    layers = list(evaluation.layers(query)) if sort == "relevance" else []
    ranked = _ranked(view, bits, layers, offset + limit)
    hits = tuple(FoundHit(key, kind, score) for (kind, key), score in islice(ranked, offset, offset + limit))
    others = view.newest_first(bits, every) if every else ()
    return Found(bits.bit_count(), hits, tuple(view.name(number) for number in others))


def _ranked(view: View, bits: int, layers: list[Layer], wanted: int) -> Iterator[tuple[tuple[str, str], float]]:
    """The first ``wanted`` documents with their scores, best first, newest first among equals."""
    for score, members in sorted(_classes(bits, layers), key=lambda pair: -pair[0]):
        for number in view.newest_first(members, wanted):
            yield view.name(number), round(score, 4)
            wanted -= 1
        if wanted <= 0:
            return


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
