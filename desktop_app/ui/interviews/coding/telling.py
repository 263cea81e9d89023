"""What the coding page says of a text and of its codings. Words only, no widgets."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from desktop_app.model.changes import RevisionInfo
from desktop_app.model.coding import Code, Coding
from desktop_app.model.documents import Document, Text
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.interviews.coding.filtering import Looking
from desktop_app.ui.interviews.telling import length_words
from desktop_app.ui.widgets.days import day_words
from desktop_app.ui.widgets.origins import source_words

MOST_CODERS = 3
"""Others who are named beside the author; further ones are counted together."""


def head_words(text: Text, document: Document | None, coders: Mapping[str, int], author: str) -> str:
    """``41 min · 2 speakers · 48 codings by you, 39 by M.``"""
    parts = []
    if document is not None:
        parts.append(length_words(document.fields.content.milliseconds))
        if speakers := len(document.fields.content.speakers):
            parts.append(count_text(speakers, "{number} speaker", "{number} speakers"))
    if not parts or not any(parts):
        parts = [count_text(len(text.text.split()), "{number} word", "{number} words"), *parts]
    parts.append(_coded_words(coders, author))
    return " · ".join(part for part in parts if part)


def _coded_words(coders: Mapping[str, int], author: str) -> str:
    others = [(coder, count) for coder, count in coders.items() if coder != author and count]
    others.sort(key=lambda pair: -pair[1])
    if not coders.get(author, 0) and not others:
        return tr("nothing coded yet")
    own = coders.get(author, 0)
    words = [count_text(own, "{number} coding by you", "{number} codings by you")] if own else []
    for coder, count in others[:MOST_CODERS]:
        if words:
            words.append(tr("{number} by {coder}", number=f"{count:,}", coder=coder))
        else:
            words.append(
                tr("{count} by {coder}", count=count_text(count, "{number} coding", "{number} codings"), coder=coder)
            )
    if rest := sum(count for _, count in others[MOST_CODERS:]):
        words.append(tr("{number} by others", number=f"{rest:,}"))
    return ", ".join(words)


def unseen_words(looking: Looking) -> str:
    """That some codings are not shown, so that nobody takes them for lost; nothing where all are."""
    if looking.blind:
        return tr("blind: only your own are shown")
    return tr("not shown: {coders}", coders=", ".join(sorted(looking.hidden))) if looking.hidden else ""


def who_words(coder: str, author: str) -> str:
    return tr("you") if coder == author else coder


def hover_lines(
    here: Sequence[Coding], codes: Mapping[str, Code], author: str, now: datetime | None = None
) -> list[tuple[str, str]]:
    """For the codings under the pointer: the code's path, and who applied it when and how heavily.

    Codings of other coders on the very same words are told with the first of them.
    """
    told: list[tuple[str, str]] = []
    taken: set[str] = set()
    for coding in sorted(here, key=lambda coding: coding.coder != author):
        if coding.id in taken:
            continue
        same = [
            other
            for other in here
            if other.coder != coding.coder and (other.start, other.end) == (coding.start, coding.end)
        ]
        line = [_applied_words(coding, author, now)]
        for other in same if coding.coder == author else ():
            taken.add(other.id)
            name = codes[other.code].fields.name if other.code in codes else ""
            line.append(
                tr("{coder} too", coder=other.coder)
                if other.code == coding.code
                else tr("{coder} coded the same words “{code}”", coder=other.coder, code=name)
            )
        told.append((code_label(codes, coding.code), " · ".join(line)))
    return told


def _applied_words(coding: Coding, author: str, now: datetime | None) -> str:
    parts = [who_words(coding.coder, author)]
    if day := day_words(coding.at, now):
        parts.append(day)
    words = ", ".join(parts)
    if coding.weight is not None:
        words += " · " + tr("weight {weight}", weight=coding.weight)
    if coding.memos:
        words += " · " + count_text(coding.memos, "{number} memo", "{number} memos")
    if coding.review:
        words += " · " + tr("waits for you")
    if coding.author not in ("", coding.coder):
        words += " · " + tr("written down by {author}", author=who_words(coding.author, author))
    if coding.source:
        words += " · " + source_words(coding.source)
    return words


def code_label(codes: Mapping[str, Code], code: str) -> str:
    return codes[code].label if code in codes else tr("a code in the trash")


def revision_words(info: RevisionInfo, before: RevisionInfo | None, codes: Mapping[str, Code]) -> str:
    """What a revision of a coding did: ``coded “opaque”``, ``recoded to “fair”``, ``resized``, …; nothing where a merge
    made it, or where what it was made from is not here."""
    if info.is_derived or info.shallow:
        return ""
    fields = info.fields
    code = codes[str(fields["code"])].fields.name if str(fields.get("code")) in codes else tr("a code in the trash")
    if before is None:
        return tr("coded “{code}”", code=code)
    old = before.fields
    if fields.get("trashed") != old.get("trashed"):
        return tr("uncoded") if fields.get("trashed") else tr("brought back")
    did = []
    if fields["code"] != old["code"]:
        did.append(tr("recoded to “{code}”", code=code))
    if fields.get("review") and not old.get("review"):
        did.append(tr("left for review by a correction"))
    elif old.get("review") and not fields.get("review"):
        did.append(tr("confirmed"))
    elif (fields["start"], fields["end"]) != (old["start"], old["end"]):
        moved = fields["quote"] == old["quote"]
        did.append(tr("moved with its words") if moved else tr("resized"))
    if fields.get("weight") != old.get("weight"):
        weight = fields.get("weight")
        did.append(tr("weight {weight}", weight=weight) if weight is not None else tr("weight taken away"))
    return ", ".join(did) or tr("changed")
