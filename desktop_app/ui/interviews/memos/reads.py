"""What the page of memos asks the notebook for. Plain functions of a notebook; they run on the read lane."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop_app.model.memos import About, Memo
from desktop_app.text.tokens import fold
from desktop_app.ui.i18n import tr
from desktop_app.ui.widgets import Row
from desktop_app.ui.widgets.days import day_words

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook

WORDS = 60
"""Characters of a quote that name its coding."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A memo in the list, under its title or its first line without Markdown's marks."""

    memo: Memo
    heading: str


@dataclass(frozen=True, slots=True)
class Memos:
    """All memos, the one edited last first; ``author`` is who writes here."""

    listed: tuple[Listed, ...]
    author: str


@dataclass(frozen=True, slots=True)
class MemoPage:
    """A memo as it is read, with what was typed and not saved yet."""

    memo: Memo
    html: str
    draft: dict[str, Any] | None
    conflicts: int = 0
    """Fields to which several people gave different values."""


@dataclass(frozen=True, slots=True)
class NewMemo:
    """A memo that is begun: what it is about and what that is called, and what was typed before."""

    about: tuple[About, ...]
    names: tuple[str, ...]
    draft: dict[str, Any] | None


def surface(memo: str, about: tuple[About, ...] = ()) -> str:
    """Under which name a draft is kept; a new memo goes by what it is about."""
    return f"memo:{memo}" if memo else "memo:new:" + ",".join(f"{thing.kind}:{thing.id}" for thing in about)


def read_memos(notebook: "Notebook") -> Memos:
    from desktop_app.text.markdown import first_line

    listed = [Listed(memo, memo.fields.title or first_line(memo.fields.body)) for memo in notebook.memos.list()]
    return Memos(tuple(listed), notebook.author)


def read_memo(notebook: "Notebook", memo: str) -> MemoPage:
    """Raises :class:`NotFound`."""
    from desktop_app.text.markdown import to_html

    found = notebook.memos.get(memo)
    draft = notebook.drafts.load(surface(found.id))
    return MemoPage(found, to_html(found.fields.body), draft, len(notebook.conflicts.of(found.id)))


def read_new(notebook: "Notebook", kind: str, item: str) -> NewMemo:
    """A memo about a thing; about the project where no kind is given. Raises :class:`NotFound`."""
    about = About(kind, item) if kind and kind != "notebook" else About("notebook", notebook.id)
    return NewMemo((about,), (_name(notebook, about),), notebook.drafts.load(surface("", (about,))))


def _name(notebook: "Notebook", about: About) -> str:
    names: dict[str, Callable[[], str]] = {
        "notebook": lambda: notebook.title,
        "code": lambda: next((code.label for code in notebook.codes.list() if code.id == about.id), ""),
        "coding": lambda: _words(notebook.codings.get(about.id).quote),
        "document": lambda: notebook.documents.get(about.id).fields.title,
        "entry": lambda: notebook.entries.get(about.id).heading,
        "person": lambda: notebook.people.get(about.id).fields.name,
        "organisation": lambda: notebook.people.organisation(about.id).fields.name,
    }
    return names[about.kind]() if about.kind in names else ""


def _words(quote: str) -> str:
    line = " ".join(quote.split())
    return f"“{line}”" if len(line) <= WORDS else f"“{line[: WORDS - 1].rstrip()}…”"


def kind_words(kind: str) -> str:
    return {
        "code": tr("code"),
        "coding": tr("coding"),
        "document": tr("document"),
        "entry": tr("entry"),
        "person": tr("person"),
        "organisation": tr("organisation"),
        "notebook": tr("the project"),
    }.get(kind, kind)


def about_words(about: About, name: str) -> str:
    """What a memo is about, as a chip says it."""
    if about.kind == "notebook":
        return tr("the project")
    return f"{kind_words(about.kind)}: {name}" if name else kind_words(about.kind)


def memo_rows(memos: tuple[Listed, ...], wanted: str) -> list[Row]:
    """Memos that hold every word that is typed, in their title, words or what they are about."""
    words = fold(wanted).split()
    rows = []
    for one in memos:
        memo = one.memo
        about = [about_words(thing, name) for thing, name in zip(memo.fields.about, memo.names, strict=True)]
        text = fold(" ".join((memo.fields.title, memo.fields.body, *about)))
        if all(word in text for word in words):
            rows.append(Row(memo.id, one.heading, " · ".join(about) or tr("about nothing"), day_words(memo.edited)))
    return rows
