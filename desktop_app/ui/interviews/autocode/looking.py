"""What is looked for, and the looking: one document after the other, so that it can be stopped."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from desktop_app.model.coding import Extent, Proposal, Stretch
from desktop_app.model.errors import Interrupted
from desktop_app.ui.i18n import tr

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook


class By(StrEnum):
    """How places are found."""

    WORDS = "words"
    EXPRESSION = "expression"
    SPEAKER = "speaker"
    SECTION = "section"


@dataclass(frozen=True, slots=True)
class Wanted:
    """``text`` are words, an expression, the name of a speaker or words of a heading. No documents: all of them.

    ``speakers`` narrows a search of words or an expression to what these say.
    """

    by: By
    text: str
    extent: Extent = Extent.MATCH
    documents: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()


def look_for(
    notebook: "Notebook", wanted: Wanted, progress: Callable[[float, str], None], should_stop: Callable[[], bool]
) -> tuple[Proposal, ...]:
    """Places in the order of the documents' titles. Raises :class:`Interrupted`, and what the search raises."""
    documents = [item for item in notebook.documents.list() if not wanted.documents or item.id in wanted.documents]
    found: list[Stretch] = []
    for number, document in enumerate(documents):
        if should_stop():
            raise Interrupted(what=tr("The search"))
        progress(number / len(documents), document.fields.title)
        found += _in(notebook, wanted, document.id)
    return tuple(notebook.retrieval.proposals(found))


def _in(notebook: "Notebook", wanted: Wanted, document: str) -> list[Stretch]:
    match wanted.by:
        case By.SPEAKER:
            return notebook.retrieval.by_speaker([wanted.text], [document])
        case By.SECTION:
            return notebook.retrieval.by_section(wanted.text, [document])
    return notebook.retrieval.search_text(
        wanted.text,
        regex=wanted.by == By.EXPRESSION,
        targets=[document],
        extent=wanted.extent,
        speakers=wanted.speakers,
    )


def by_words(by: By) -> str:
    return {
        By.WORDS: tr("by words"),
        By.EXPRESSION: tr("by expression"),
        By.SPEAKER: tr("by speaker"),
        By.SECTION: tr("by section"),
    }[by]


def hint_words(by: By) -> str:
    return {
        By.WORDS: tr('invoice OR bill, "out of the blue", pric*'),
        By.EXPRESSION: tr(r"a regular expression, such as \beuros?\b"),
        By.SPEAKER: tr("name of a speaker"),
        By.SECTION: tr("words of a heading"),
    }[by]


def extent_words(extent: Extent) -> str:
    return {
        Extent.MATCH: tr("what is found"),
        Extent.SENTENCE: tr("its sentence"),
        Extent.PARAGRAPH: tr("its paragraph"),
        Extent.TURN: tr("its turn"),
    }[extent]
