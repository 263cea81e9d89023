"""What the page of attributes asks the notebook for, and what is pasted into it and copied from it."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.model.attributes import Subject, Value, Variable, VariableType
from desktop_app.ui.i18n import tr

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook


@dataclass(frozen=True, slots=True)
class Cases:
    """Documents or people with what they carry: rows of id and name, columns, and values by row and column."""

    subject: str
    items: tuple[tuple[str, str], ...]
    variables: tuple[Variable, ...]
    values: Mapping[str, Mapping[str, Value]]


def read_cases(notebook: "Notebook", subject: str) -> Cases:
    if subject == Subject.PERSON:
        items = tuple((person.id, person.fields.name) for person in notebook.people.list())
    else:
        items = tuple((document.id, document.fields.title) for document in notebook.documents.list())
    variables = tuple(notebook.attributes.variables(subject))
    return Cases(subject, items, variables, notebook.attributes.values(subject))


def type_words(type_: str) -> str:
    return {
        VariableType.TEXT: tr("text"),
        VariableType.INTEGER: tr("whole number"),
        VariableType.NUMBER: tr("number"),
        VariableType.BOOLEAN: tr("yes or no"),
        VariableType.DATE: tr("date"),
    }[VariableType(type_)]


def cells_of(text: str) -> list[list[str]]:
    """A block as spreadsheets copy it: tabs between cells, a line for each row, quotes around what holds a line."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    return list(csv.reader(io.StringIO(lines, newline=""), delimiter="\t"))


def block_of(rows: Sequence[Sequence[str]]) -> str:
    """The other way round."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(rows)
    return out.getvalue().removesuffix("\n")
