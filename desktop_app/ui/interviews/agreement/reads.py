"""What the page of agreement asks the notebook for. Plain functions of a notebook; they run off the window's thread."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.model.agreement import Agreement, Difference, Unit
from desktop_app.model.coding import Code
from desktop_app.ui.interviews.quotes.filtering import Choices
from desktop_app.ui.interviews.quotes.reads import read_choices

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook


@dataclass(frozen=True, slots=True)
class Setup:
    """What is compared. Coders ``None``: everybody but the consensus. No codes or documents: all of them."""

    coders: tuple[str, ...] | None = None
    unit: Unit = Unit.CHARACTER
    overlap: float = 0.9
    codes: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """Who and what can be compared, and where the coders differ."""

    choices: Choices
    coders: tuple[str, ...]
    codes: Mapping[str, Code]
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """The figures, with the titles of the documents."""

    report: Agreement
    titles: Mapping[str, str]


def read_standing(notebook: "Notebook", setup: Setup) -> Standing:
    choices = read_choices(notebook)
    found = notebook.agreement.disagreements(
        setup.coders, document=setup.documents[0] if len(setup.documents) == 1 else None
    )
    wanted = notebook.codes.below(setup.codes) if setup.codes else None
    differences = tuple(
        one
        for one in found
        if (wanted is None or one.code in wanted) and (not setup.documents or one.target in setup.documents)
    )
    return Standing(choices, notebook.agreement.coders(), {code.id: code for code in choices.codes}, differences)


def compare(
    notebook: "Notebook", setup: Setup, progress: Callable[[float, str], None], should_stop: Callable[[], bool]
) -> Compared:
    """Raises :class:`Interrupted` when stopped."""
    report = notebook.agreement.report(
        setup.coders,
        setup.unit,
        codes=setup.codes or None,
        documents=setup.documents or None,
        overlap=setup.overlap,
        progress=progress,
        should_stop=should_stop,
    )
    return Compared(report, notebook.agreement.titles(report.documents))
