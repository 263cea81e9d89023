"""What the page of quotes asks the notebook for. Plain functions of a notebook; they run on the read lane."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from desktop_app.model.attributes import Subject, shown
from desktop_app.model.coding import CodingFilter, Quote
from desktop_app.model.time import BadDate, Occurred, parse_when
from desktop_app.ui.interviews.blindness import coders_seen, seen_of
from desktop_app.ui.interviews.quotes.filtering import Choices

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook


@dataclass(frozen=True, slots=True)
class Found:
    """The quotes that were asked for, with what there is to ask for."""

    choices: Choices
    quotes: tuple[Quote, ...]


def read_choices(notebook: "Notebook", *, blind: bool = False) -> Choices:
    """What can be named; while working ``blind`` nothing of other coders."""
    documents = notebook.documents.list()
    seen = coders_seen(notebook, blind=blind)
    coders = {coder: count for coder, count in notebook.codings.coders().items() if seen is None or coder in seen}
    speakers = dict.fromkeys(name for document in documents for name in document.fields.content.speakers)
    return Choices(
        codes=tuple(notebook.codes.list(seen)),
        documents=tuple((document.id, document.fields.title) for document in documents),
        speakers=tuple(sorted(speakers, key=str.casefold)),
        coders=tuple(coders),
        values=_values(notebook),
        author=notebook.author,
        codings=sum(coders.values()),
    )


def _values(notebook: "Notebook") -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    found: list[tuple[str, str, tuple[str, ...]]] = []
    for subject in Subject:
        carried = notebook.attributes.values(subject)
        for variable in notebook.attributes.variables(subject):
            values = {shown(values[variable.id]) for values in carried.values() if variable.id in values}
            found.append((variable.id, variable.fields.name, tuple(sorted(values))))
    return tuple(found)


def read_quotes(notebook: "Notebook", wanted: CodingFilter, *, blind: bool = False) -> Found:
    quotes = notebook.retrieval.quotes(seen_of(notebook, wanted, blind=blind))
    return Found(read_choices(notebook, blind=blind), tuple(quotes))


def understand_time(typed: str, *, day_first: bool) -> Occurred | None:
    """What was typed as a date; ``None`` where it is none."""
    try:
        return parse_when(typed, datetime.now(), dayfirst=day_first)
    except BadDate:
        return None
