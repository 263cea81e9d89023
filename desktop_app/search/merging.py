"""When pieces of the index are merged: often enough to keep searching fast, never so much that a save has to wait.

Every commit adds one segment, and every segment costs a little on each search. Whoosh's own policy looks at all
segments at every commit; this one works in tiers of a factor of eight, so that a document is rewritten at most once per
tier, and leaves more than ``_AT_ONCE`` documents to ``SearchIndex.tidy``, which runs when nobody waits.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

_TIER = 8
_AT_ONCE = 256
_MANY = 6
FULL = 8_000
"""Documents that a segment has when it is built at one go: what is kept in memory until it is written."""


def _tier(size: int) -> int:
    return (max(size, 1).bit_length() - 1) // 3


def merge_none(writer: Any, segments: Sequence[Any]) -> list[Any]:
    """Keep every segment."""
    return list(segments)


def merge_small(writer: Any, segments: Sequence[Any]) -> list[Any]:
    """Merge the tiers that are full, as long as the whole stays small; drop what holds nothing any more."""
    kept = [segment for segment in segments if segment.doc_count() > 0]
    tiers: defaultdict[int, list[Any]] = defaultdict(list)
    for segment in kept:
        tiers[_tier(segment.doc_count())].append(segment)
    merged: list[Any] = []
    for number in sorted(tiers):
        # What was merged so far becomes one more segment of the next tier.
        carried = 1 if merged else 0
        size = sum(segment.doc_count() for segment in (*merged, *tiers[number]))
        if len(tiers[number]) + carried < _TIER - 1 or size > _AT_ONCE:
            break
        merged += tiers[number]
    return _merge(writer, kept, merged)


def merge_worn(writer: Any, segments: Sequence[Any]) -> list[Any]:
    """Make one segment of the worn ones, the smallest first, up to the size of a full one."""
    worn = [segment for segment in segments if _is_worn(segment.doc_count(), segment.doc_count_all())]
    merged: list[Any] = []
    for segment in sorted(worn, key=lambda segment: int(segment.doc_count())):
        if merged and sum(piece.doc_count() for piece in (*merged, segment)) > FULL:
            break
        merged.append(segment)
    return _merge(writer, segments, merged)


def wants_tidying(sizes: Sequence[tuple[int, int]]) -> bool:
    """Whether merging is worth it, by the number of live documents and of all documents in each segment."""
    worn = [(live, held) for live, held in sizes if _is_worn(live, held)]
    dead = sum(held - live for live, held in worn)
    return sum(live >= _AT_ONCE // _TIER for live, _ in worn) > _MANY or dead > max(
        _AT_ONCE, sum(live for live, _ in worn)
    )


def _is_worn(live: int, held: int) -> bool:
    return live < FULL // 2 or held > 2 * live


def _merge(writer: Any, segments: Sequence[Any], merged: Sequence[Any]) -> list[Any]:
    from whoosh.reading import SegmentReader

    for segment in merged:
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return [segment for segment in segments if segment not in merged]
