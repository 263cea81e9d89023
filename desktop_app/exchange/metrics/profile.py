"""What a profile is: a name, a test of the first rows, and a reader. And what all readers are handed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from desktop_app.exchange.metrics.moments import Period
from desktop_app.exchange.metrics.numbers import Marks, decide_marks
from desktop_app.exchange.metrics.rows import Rows
from desktop_app.exchange.metrics.sheets import Dimensions, Sheet
from desktop_app.model.metrics import ParsedTable, Skipped


@dataclass(frozen=True, slots=True)
class ProfileInfo:
    """A format Terrain reads: ``id`` for the command line, ``name`` for people, ``reads`` in one sentence."""

    id: str
    name: str
    reads: str


@dataclass(frozen=True, slots=True)
class Context:
    """What lies beside one table: the whole file's name, a period, dimensions and an account told by its neighbours."""

    file: str
    period: Period | None = None
    tags: Dimensions = ()
    account: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """Tables of one part, and the account and time zone where it names them."""

    tables: tuple[ParsedTable, ...]
    account: str = ""
    timezone: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """``matches`` looks at the first rows and the name only; ``read`` may trust that it said yes."""

    info: ProfileInfo
    source: str
    matches: Callable[[Rows], bool]
    read: Callable[[Rows, Context], Reading]
    context: Callable[[Sequence[Rows], str], Context] = field(default=lambda parts, file: Context(file))


def marks_for(sheets: Sequence[Sheet], delimiter: str) -> Marks:
    """The decimal mark of a file from all its sheets; where it is a guess, the first sheet that holds it tells so."""
    marks = decide_marks((pair for sheet in sheets for pair in sheet.numbers()), delimiter)
    if marks.guessed:
        sheet, line = _where(sheets, marks.guessed)
        number = marks.guessed.replace(",", "").replace(".", "")
        grouped = (marks.guessed[-4] == ",") == (marks.decimal == ".")
        read_as = number if grouped else number[:-3] + "." + number[-3:]
        reason = f"“{marks.guessed}” can be read in two ways and nothing in the file decides; it was read as {read_as}."
        sheet.skipped.append(Skipped(line, reason))
    return marks


def _where(sheets: Sequence[Sheet], cell: str) -> tuple[Sheet, int]:
    for sheet in sheets:
        for row, line in zip(sheet.rows, sheet.lines, strict=True):
            if any(cell in text for text in row):
                return sheet, line
    return sheets[0], sheets[0].block.header_line


def is_blank(row: Sequence[str]) -> bool:
    return not (row and row[0].strip()) and not any(cell.strip() for cell in row)
