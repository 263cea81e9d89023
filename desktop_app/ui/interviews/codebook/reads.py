"""What the codebook page asks the notebook for. Plain functions of a notebook; they run on the read lane."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.model.changes import RevisionInfo
from desktop_app.model.coding import Code, CodingFilter, Quote
from desktop_app.model.memos import Memo
from desktop_app.ui.interviews.blindness import coders_seen, seen_of

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook

MOST_QUOTES = 3
"""Quotes that a code's page shows; all of them are under Quotes."""
MOST_SPLIT = 500
"""Quotes that are given out at once when a code is split."""


@dataclass(frozen=True, slots=True)
class CodePage:
    """One code with some of its quotes, memos about it and what became of it; ``names`` of codes by id."""

    code: Code
    quotes: tuple[Quote, ...]
    memos: tuple[Memo, ...]
    history: tuple[RevisionInfo, ...]
    names: Mapping[str, str]
    conflicts: int = 0
    """Fields to which several people gave different values."""


def read_codes(notebook: "Notebook", *, blind: bool = False) -> tuple[Code, ...]:
    return tuple(notebook.codes.list(coders_seen(notebook, blind=blind)))


def read_code(notebook: "Notebook", item: str, *, blind: bool = False) -> CodePage:
    """Raises :class:`NotFound`."""
    codes = read_codes(notebook, blind=blind)
    code = next((code for code in codes if code.id == item), None) or notebook.codes.get(item)
    return CodePage(
        code,
        tuple(own_quotes(notebook, item, MOST_QUOTES, blind=blind)),
        tuple(notebook.memos.of(item)),
        tuple(notebook.codes.history(item)),
        {code.id: code.label for code in codes},
        len(notebook.conflicts.of(item)),
    )


def own_quotes(notebook: "Notebook", code: str, most: int, *, blind: bool = False) -> list[Quote]:
    """Quotes of a code without those below it, in the order of the texts."""
    wanted = seen_of(notebook, CodingFilter(codes=(code,), deep=False), blind=blind)
    codings = notebook.codings.find(wanted)[:most]
    return notebook.retrieval.some([coding.id for coding in codings])
