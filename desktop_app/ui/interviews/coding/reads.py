"""What the coding page asks the notebook for. Plain functions of a notebook; they run on the read lane."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.model.changes import RevisionInfo
from desktop_app.model.coding import Code, Coding, CodingFields, TargetKind, Waiting
from desktop_app.model.documents import Document, Text
from desktop_app.model.memos import Memo
from desktop_app.model.provenance import Provenance

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook


@dataclass(frozen=True, slots=True)
class Opened:
    """A text with everything that is drawn on it; ``document`` is ``None`` for the body of an entry.

    ``memos`` counts those about the text; ``draft`` is a correction that was begun and not saved: its text and the
    version it began with.
    """

    text: Text
    document: Document | None
    codings: tuple[Coding, ...]
    codes: tuple[Code, ...]
    author: str
    draft: tuple[str, str] | None = None
    trashed: bool = False


@dataclass(frozen=True, slots=True)
class Again:
    """What has become other since: codes whole, codings as a difference. ``stale``: the text itself is another one."""

    target: str
    stale: bool
    document: Document | None = None
    codes: tuple[Code, ...] = ()
    changed: tuple[Coding, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChosenCoding:
    """Everything about one coding: its anchor, its code's definition, memos, who did what when, where it comes from;
    ``author`` is who reads it."""

    id: str
    fields: CodingFields
    code: Code | None
    at: str
    memos: tuple[Memo, ...]
    history: tuple[RevisionInfo, ...]
    origin: Provenance
    author: str


def correction_surface(target: str) -> str:
    """Under which name the draft of a correction is kept."""
    return f"correct:{target}"


def open_text(notebook: "Notebook", kind: str, target: str, *, blind: bool = False) -> Opened:
    """A text, with codes that count all codings, or the author's only. Raises :class:`NotFound`."""
    document = notebook.documents.get(target) if kind == TargetKind.DOCUMENT else None
    trashed = document.trashed if document else notebook.entries.get(target).trashed
    draft = notebook.drafts.load(correction_surface(target))
    return Opened(
        notebook.codings.text(kind, target),
        document,
        tuple(notebook.codings.of(target)),
        tuple(notebook.codes.list([notebook.author] if blind else None)),
        notebook.author,
        (str(draft["text"]), str(draft["version"])) if draft else None,
        trashed,
    )


def open_coding(notebook: "Notebook", coding: str, *, blind: bool = False) -> tuple[str, Opened]:
    """The text of a coding, and the coding's full id. Raises :class:`NotFound`."""
    item = notebook.codings.resolve(coding)
    fields = notebook.codings.get(item)
    return item, open_text(notebook, fields.target_kind, fields.target, blind=blind)


def look_again(
    notebook: "Notebook", before: Opened, known: Mapping[str, Coding], coders: Sequence[str] | None = None
) -> Again:
    """What differs from what is shown; the comparing is done here, off the window's thread.

    Codes count the codings of all, or of those ``coders`` only.
    """
    target = before.text.id
    document: Document | None = None
    if before.document is not None:
        document = notebook.documents.get(target)
        old, new = before.document.fields, document.fields
        stale = document.trashed or (old.content, dict(old.people)) != (new.content, dict(new.people))
    else:
        text = notebook.codings.text(before.text.kind, target)
        stale = text.version != before.text.version or notebook.entries.get(target).trashed
    if stale:
        return Again(target, True, document)
    now = {coding.id: coding for coding in notebook.codings.of(target)}
    changed = tuple(coding for item, coding in now.items() if known.get(item) != coding)
    removed = tuple(item for item in known if item not in now)
    return Again(target, False, document, tuple(notebook.codes.list(coders)), changed, removed)


def read_chosen(notebook: "Notebook", coding: str) -> ChosenCoding:
    """Raises :class:`NotFound`."""
    fields = notebook.codings.get(coding)
    code = next((code for code in notebook.codes.list() if code.id == fields.code), None)
    history = notebook.history.of(coding)
    return ChosenCoding(
        coding,
        fields,
        code,
        history[0].at if history else "",
        tuple(notebook.memos.of(coding)),
        tuple(history),
        notebook.history.provenance(coding),
        notebook.author,
    )


def read_waiting(notebook: "Notebook", target: str) -> tuple[Waiting, ...]:
    return tuple(notebook.codings.waiting(target))


def count_differences(notebook: "Notebook", document: str) -> int:
    """In how many stretches of a document its coders differ and have not settled it."""
    return sum(not one.settled for one in notebook.agreement.disagreements(document=document))
