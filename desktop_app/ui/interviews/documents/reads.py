"""What the documents page asks the notebook for. Plain functions of a notebook; they run on the read lane."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.model.changes import Changes
from desktop_app.model.documents import Document
from desktop_app.model.memos import Memo
from desktop_app.ui.interviews.blindness import document_seen

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook

FIRST_WORDS = 420
"""Characters of a text that its page shows."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who speaks: the name in the text, the number of turns, the person it is matched to (empty: none)."""

    name: str
    turns: int
    person: str = ""
    person_id: str = ""


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """One document: who speaks in it, its first words, memos about it; ``people`` are names for completion."""

    document: Document
    speakers: tuple[Speaker, ...]
    beginning: str
    memos: tuple[Memo, ...]
    people: tuple[str, ...]
    style: str
    author: str
    conflicts: int = 0
    """Fields to which several people gave different values."""


def read_documents(notebook: "Notebook", *, blind: bool = False) -> tuple[Document, ...]:
    return tuple(document_seen(notebook, document, blind=blind) for document in notebook.documents.list())


def read_document(notebook: "Notebook", item: str, *, blind: bool = False) -> DocumentPage:
    """Raises :class:`NotFound`."""
    from desktop_app.services.documents import style_name

    document = document_seen(notebook, notebook.documents.get(item), blind=blind)
    text = notebook.documents.text(document.id)
    names = {person.id: person.fields.name for person in notebook.people.list()}
    return DocumentPage(
        document,
        _speakers(document, Counter(turn.speaker for turn in text.turns), names),
        _beginning(text.text),
        tuple(notebook.memos.of(document.id)),
        tuple(dict.fromkeys(names.values())),
        style_name(document.fields.origin.format) if document.fields.origin.format else "",
        notebook.author,
        len(notebook.conflicts.of(document.id)),
    )


def _beginning(text: str) -> str:
    return text if len(text) <= FIRST_WORDS else text[:FIRST_WORDS].rsplit(maxsplit=1)[0] + " …"


def _speakers(document: Document, turns: Counter[str], names: Mapping[str, str]) -> tuple[Speaker, ...]:
    fields = document.fields
    return tuple(
        Speaker(name, turns[name], names.get(fields.people.get(name, ""), ""), fields.people.get(name, ""))
        for name in fields.content.speakers
    )


def save_document(notebook: "Notebook", item: str, values: Mapping[str, str]) -> Changes[str]:
    """Raises :class:`Invalid` or :class:`BadDate`."""
    return notebook.documents.edit(item, title=values["title"], when=values["when"], note=values["note"])
