"""Tables that people bring along, such as attributes by respondent or ratings by coder: a head and rows below it."""

from dataclasses import dataclass
from pathlib import Path

from desktop_app.model.errors import Invalid
from desktop_app.services.documents import read_bytes


@dataclass(frozen=True, slots=True)
class Table:
    """Rows below the head, each as long as ``columns``; ``rows[i]`` stands on row ``numbers[i]`` of the file."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    notices: tuple[str, ...] = ()


def read_table(path: Path) -> Table:
    """The table of a CSV or XLSX file; empty rows are left out, columns without a name and a cell too.

    Raises one sentence for a file that cannot be read, that has no row below its head, or two columns of one name.
    """
    from desktop_app.exchange.grids import unguarded
    from desktop_app.exchange.tables import read_rows

    rows, notices = read_rows(path.name, read_bytes(path))
    filled = [
        (number, [unguarded(cell.strip()) for cell in row])
        for number, row in enumerate(rows, 1)
        if any(map(str.strip, row))
    ]
    if len(filled) < 2:
        raise Invalid(message=f"{path.name} has no rows below its head; check that it is the right file.")
    width = max(len(row) for _, row in filled)
    even = [row + [""] * (width - len(row)) for _, row in filled]
    kept = [at for at in range(width) if any(row[at] for row in even)]
    head = tuple(" ".join(even[0][at].split()) for at in kept)
    for at, name in zip(kept, head, strict=True):
        if not name:
            raise Invalid(message=f"Column {at + 1} of {path.name} has no name; write one into the first row.")
        if [other.casefold() for other in head].count(name.casefold()) > 1:
            raise Invalid(message=f"{path.name} has two columns “{name}”; give one of them another name.")
    body = tuple(tuple(row[at] for at in kept) for row in even[1:])
    return Table(head, body, tuple(number for number, _ in filled[1:]), tuple(notices))
