"""Who wrote something, which file brought it, and the lines of a history, in words."""

from collections.abc import Iterable
from datetime import datetime

from desktop_app.model.changes import RevisionInfo
from desktop_app.model.provenance import Provenance, short_device
from desktop_app.ui.i18n import tr
from desktop_app.ui.widgets.days import day_words

LONGEST_NAME = 60
"""Characters of a name that are shown: names come from elsewhere, and one without a gap would widen the page."""


def short_name(name: str) -> str:
    """A name in one line that fits."""
    line = " ".join(name.split())
    return line if len(line) <= LONGEST_NAME else f"{line[: LONGEST_NAME - 1].rstrip()}…"


def names_words(names: Iterable[str]) -> str:
    """``Ada``, ``Ada and Ben``, ``Ada, Ben and Carla``."""
    *most, last = [short_name(name) for name in names] or [""]
    return tr("{most} and {last}", most=", ".join(most), last=last) if most else last


def origin_words(found: Provenance, author: str, now: datetime | None = None) -> str:
    """``Ben, on “Ben’s laptop”, 12 November, came with “team.terrain” from Carla``; ``author`` is who reads it."""
    parts = [tr("you") if found.author == author else short_name(found.author) or tr("somebody")]
    if found.source:
        parts.append(_device_words(found))
    parts.append(day_words(found.at, now))
    if found.source:
        parts.append(
            tr("came with “{file}” from {person}", file=short_name(found.source), person=short_name(found.source_by))
            if found.source_by
            else source_words(found.source)
        )
    if found.shallow:
        parts.append(tr("earlier versions are not in this copy"))
    return ", ".join(part for part in parts if part)


def source_words(source: str) -> str:
    """Which file brought something; nothing for what was written here."""
    return tr("came with “{file}”", file=short_name(source)) if source else ""


def _device_words(found: Provenance) -> str:
    if found.device_name:
        return tr("on “{device}”", device=short_name(found.device_name))
    return tr("on device {start}", start=short_device(found.device))


def with_parents(history: Iterable[RevisionInfo]) -> list[tuple[RevisionInfo, RevisionInfo | None]]:
    """Each version with the one it was made from, of several the first; ``None`` where that is not here."""
    versions = list(history)
    known = {info.id: info for info in versions}
    return [(info, next((known[one] for one in info.parents if one in known), None)) for info in versions]


def version_author(info: RevisionInfo) -> str:
    return tr("Merged") if info.is_derived else short_name(info.author)


def version_words(info: RevisionInfo, did: str) -> str:
    """What a version ``did``, in words of its own room, and what any history says besides: whose versions were merged,
    that earlier ones are missing, which file brought it."""
    if info.is_derived:
        people = names_words(info.authors)
        did = tr("what {people} wrote: {fields}", people=people, fields=did) if did else people
    missing = tr("earlier versions are not in this copy") if info.shallow else ""
    return " · ".join(part for part in (did, missing, source_words(info.source)) if part)
