"""When pieces of the index are merged: often enough to keep searching fast, never so much that a save has to wait.

Every commit adds one segment, and every segment costs a little on each search. Whoosh's own policy looks at all
segments at every commit; this one works in tiers of a factor of eight, so that a document is rewritten at most once per
tier, and leaves what is larger than ``_AT_ONCE`` documents to ``SearchIndex.tidy``, which runs when nobody waits.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

_TIER = 8
_AT_ONCE = 256
_MANY = 6


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


def merge_all(writer: Any, segments: Sequence[Any]) -> list[Any]:
    """One segment out of all."""
    return _merge(writer, segments, segments)


def wants_tidying(sizes: Sequence[tuple[int, int]]) -> bool:
    """Whether merging all is worth it, by the number of live documents and of all documents in each segment."""
    live, held = sum(size for size, _ in sizes), sum(size for _, size in sizes)
    return len([size for size, _ in sizes if size >= _AT_ONCE // _TIER]) > _MANY or held > 2 * live + _AT_ONCE


def _merge(writer: Any, segments: Sequence[Any], merged: Sequence[Any]) -> list[Any]:
    from whoosh.reading import SegmentReader

    for segment in merged:
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return [segment for segment in segments if segment not in merged]
