"""Exchanges in words: outcomes, kinds of items, fields and their values. Makes texts, no widgets."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from desktop_app.model.exchange import Conflict, History, LeftOut, Manifest, Outcome
from desktop_app.model.time import BadDate, describe, parse_edtf
from desktop_app.ui.i18n import count_text, tr

MOST_LETTERS = 200
"""Of a heading, a name or a reason that came with a file."""

OUTCOMES: Mapping[Outcome, tuple[str, str, str]] = {
    Outcome.NEW: ("+", "new", "Not here yet; it is added."),
    Outcome.IDENTICAL: ("=", "identical", "The same here and there; nothing is done."),
    Outcome.FAST_FORWARD: ("→", "moved on", "Only changed there since; it becomes as it is there."),
    Outcome.MERGED: ("∪", "merged", "Changed here and there; both changes are kept."),
    Outcome.CONFLICTING: ("≠", "conflicting", "Changed here and there in the same place; both wait for you."),
    Outcome.REJECTED: ("×", "rejected", "Not taken, because something is wrong with it."),
}
"""A sign, the word, and what it means for the notebook that is open."""

KINDS: Mapping[str, tuple[str, str, str]] = {
    "entry": ("entry", "{number} entry", "{number} entries"),
    "person": ("person", "{number} person", "{number} people"),
    "organisation": ("organisation", "{number} organisation", "{number} organisations"),
    "document": ("document", "{number} document", "{number} documents"),
    "code": ("code", "{number} code", "{number} codes"),
    "coding": ("coding", "{number} coding", "{number} codings"),
    "memo": ("memo", "{number} memo", "{number} memos"),
    "question": ("question", "{number} question", "{number} questions"),
    "link": ("link", "{number} link", "{number} links"),
    "import": ("import of metrics", "{number} import of metrics", "{number} imports of metrics"),
    "series": ("series", "settings of {number} series", "settings of {number} series"),
    "dismissal": ("dismissed place", "{number} dismissed place", "{number} dismissed places"),
    "search": ("saved search", "{number} saved search", "{number} saved searches"),
    "term": ("word of the vocabulary", "{number} word of the vocabulary", "{number} words of the vocabulary"),
    "variable": ("attribute", "{number} attribute", "{number} attributes"),
    "notebook": ("notebook", "the notebook’s title", "the notebook’s title"),
    "device": ("device", "{number} device’s name", "names of {number} devices"),
}

_COUNTED = (
    *((one, many) for _, one, many in KINDS.values()),
    ("{number} attachment", "{number} attachments"),
    ("{number} original file", "{number} original files"),
    ("{number} original metric file", "{number} original metric files"),
    ("{number} other thing", "{number} other things"),
)
"""What copies say that they leave out, one and several."""

FIELDS: Mapping[str, str] = {
    "about": "about",
    "answer_entry": "entry that answers it",
    "answered": "when it was answered",
    "asked": "when it was asked",
    "asker": "who asked",
    "act": "what we did",
    "attributes": "attributes",
    "body": "text",
    "channel": "channel",
    "check": "check",
    "confidence": "confidence",
    "content": "text",
    "colour": "colour",
    "definition": "definition",
    "exclude": "when not to use it",
    "include": "when to use it",
    "examples": "examples",
    "horizon": "horizon",
    "kind": "kind",
    "language": "language",
    "name": "name",
    "note": "note",
    "occurred": "date",
    "org": "organisation",
    "organisation": "organisation",
    "outcome": "outcome",
    "parent": "place in the tree",
    "people": "speakers and people",
    "pseudonym": "pseudonym",
    "quote": "quote",
    "recurs": "how often it comes again",
    "scales": "time scales",
    "series": "series beside it",
    "stages": "steps of the way",
    "start": "place in the text",
    "trashed": "trash",
    "whom": "whom to ask",
}
"""Names of fields that are not called as people call them."""


def short(text: str) -> str:
    """Words of others on one line, cut where nobody would read on."""
    line = " ".join(text[: 4 * MOST_LETTERS].split())
    return line if len(line) <= MOST_LETTERS else f"{line[: MOST_LETTERS - 1]}…"


def outcome_words(outcome: Outcome) -> str:
    """``+ new``: the sign goes with the word, so that neither a colour nor the place is needed."""
    sign, word, _ = OUTCOMES[outcome]
    return f"{sign} {tr(word)}"


def outcome_heading(outcome: Outcome, count: int) -> str:
    return f"{outcome_words(outcome)} · {count:,}"


def counts_words(counts: Mapping[Outcome, int]) -> str:
    """``12 new, 3 moved on, 1 conflicting``: what is not zero, the identical ones last."""
    order = [outcome for outcome in Outcome if outcome is not Outcome.IDENTICAL] + [Outcome.IDENTICAL]
    parts = [f"{counts[outcome]:,} {tr(OUTCOMES[outcome][1])}" for outcome in order if counts.get(outcome)]
    return ", ".join(parts) or tr("nothing in it")


def kind_word(kind: str) -> str:
    return tr(KINDS[kind][0]) if kind in KINDS else kind


def kinds_words(items: Mapping[str, int]) -> str:
    """``812 entries, 14 people``: the kinds that there are, as people count them."""
    known = [(kind, items[kind]) for kind in KINDS if items.get(kind)]
    other = [(kind, number) for kind, number in sorted(items.items()) if kind not in KINDS and number]
    parts = [count_text(number, *KINDS[kind][1:]) for kind, number in known]
    return ", ".join(parts + first_lines([f"{number:,} {short(kind)}" for kind, number in other]))


def field_word(kind: str, name: str) -> str:
    """A field as people call it; ``attributes/ID`` is one key of a field."""
    whole, _, key = name.partition("/")
    word = tr(FIELDS.get(whole, whole.replace("_", " ")))
    return f"{word}: {key}" if key and kind != "person" else word


def at_words(moment: str) -> str:
    """A moment (ISO 8601) in local time: ``14 December 2025, 10:20``; empty for none, as it is where it is broken."""
    try:
        when = datetime.fromisoformat(moment)
        local = when.astimezone() if when.tzinfo is not None else when
        return describe(parse_edtf(local.isoformat()[:16]))
    except (ValueError, OverflowError, OSError, BadDate):
        # What others wrote may be no moment at all, or one that no calendar of this computer has.
        return moment


def who_words(author: str, moment: str) -> str:
    """``Ben · 14 December 2025, 10:20``."""
    return " · ".join(part for part in (short(author) or tr("nobody in particular"), at_words(moment)) if part)


def manifest_words(manifest: Manifest | None) -> str:
    """Who made the copy, when, of what, in a sentence or two."""
    if manifest is None:
        return tr("It does not say who made it: it is a notebook as it is worked in, or of an earlier Terrain.")
    device = tr(" on {device}", device=short(manifest.device_name)) if manifest.device_name else ""
    made = tr(
        "{author} made this copy of “{title}”{device}, {at}.",
        author=short(manifest.author) or tr("Somebody"),
        title=short(manifest.title),
        device=device,
        at=short(at_words(manifest.at)),
    )
    what = tr("what “{query}” finds", query=short(manifest.query)) if manifest.query else tr("everything")
    past = tr("as it stood") if manifest.history == History.HEADS else tr("with its history")
    hidden = tr(", people with pseudonyms") if manifest.redacted else ""
    holds = kinds_words(manifest.items)
    told = tr("It holds {what}, {past}{hidden}", what=what, past=past, hidden=hidden)
    return f"{made} {told}: {holds}." if holds else f"{made} {told}."


def left_out_words(one: LeftOut) -> str:
    forms = next((forms for forms in _COUNTED if forms[1] == f"{{number}} {one.what}"), None)
    counted = count_text(one.count, *forms) if forms else f"{one.count:,} {short(one.what)}"
    return tr("{what}, because {why}", what=counted, why=short(one.why))


def first_lines(lines: Sequence[str], most: int = 20) -> list[str]:
    """The first of many lines, and how many more there are: a hostile file has as many as it likes."""
    more = len(lines) - most
    if more <= 0:
        return list(lines)
    return [*lines[:most], count_text(more, "and {number} more", "and {number} more")]


def conflict_words(conflict: Conflict) -> str:
    """``text · Ben, Carla``."""
    names = dict.fromkeys(option.author or tr("nobody in particular") for option in conflict.options)
    return f"{field_word(conflict.kind, conflict.field)} · {', '.join(names)}"


# --- values ----------------------------------------------------------------------------------------------------------


def value_words(name: str, value: Any, names: Mapping[str, str]) -> str:
    """A field's value as a text, one line for each element; ``names`` of things by id. Empty for nothing."""
    if value is None or value in ("", [], {}):
        return ""
    if name == "trashed":
        return tr("in the trash")
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    if name == "content" and isinstance(value, Mapping):
        return names.get(str(value.get("blob")), "") or _text_words(value)
    if isinstance(value, str):
        return _string_words(name, value, names)
    if isinstance(value, list):
        return "\n".join(filter(None, (_element_words(name, one, names) for one in value)))
    if isinstance(value, Mapping):
        return _element_words(name, value, names)
    return f"{value:g}" if isinstance(value, float) else str(value)


_ID = re.compile("[0-9a-z]{26}")
DATES = ("occurred", "horizon", "date", "resolved", "period", "asked", "answered")
HIDDEN = ("blob", "media_type", "version", "packing", "target_kind")
"""What says something to the program only."""


def _text_words(content: Mapping[str, Any]) -> str:
    """``12,340 characters, spoken by Ines Vidal``: a document's text from afar."""
    number = content.get("characters")
    told = count_text(number if isinstance(number, int) else 0, "{number} character", "{number} characters")
    speakers = content.get("speakers")
    by = ", ".join(str(one) for one in speakers) if isinstance(speakers, list) else ""
    return tr("{text}, spoken by {people}", text=told, people=by) if by else told


def _string_words(name: str, value: str, names: Mapping[str, str]) -> str:
    if _ID.fullmatch(value):
        return names.get(value) or tr("something that is not named here")
    return _date_words(value) if name in DATES else value


def _date_words(value: str) -> str:
    try:
        return describe(value)
    except BadDate:
        return value


def _element_words(name: str, value: Any, names: Mapping[str, str]) -> str:
    if not isinstance(value, Mapping):
        return value_words(name, value, names).replace("\n", ", ")
    parts = []
    for key, one in value.items():
        words = value_words(key, one, names).replace("\n", ", ")
        if words and key not in HIDDEN:
            named = names.get(key) or tr(FIELDS.get(key, key))
            parts.append(words if key in ("name", "stage", "quote") else f"{named}: {words}")
    return ", ".join(parts)
