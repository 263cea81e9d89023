"""A block of rows below one header, evened out: short rows filled, totals rows set aside, cut and overlong rows told.

Knows nothing of what a column means; refuses to drop a row without a reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from desktop_app.exchange.metrics.moments import Period
from desktop_app.exchange.metrics.names import LONGEST, is_total
from desktop_app.exchange.metrics.numbers import is_numeric
from desktop_app.model.metrics import Skipped

Row = list[str]
Dimensions = tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Block:
    """Rows below one header. ``period`` bounds it where the file says so; ``tags`` are dimensions of the whole block.

    ``file_end`` tells that the file ends with this block's last row.
    """

    title: str
    header: Row
    header_line: int
    rows: list[Row]
    lines: Sequence[int]
    period: Period | None = None
    tags: Dimensions = ()
    file_end: bool = False
    cut: bool = False
    ragged: bool = False


@dataclass(frozen=True, slots=True)
class Total:
    line: int
    label: str
    cells: Row


@dataclass(slots=True)
class Sheet:
    """A block with its rows evened out, totals rows set aside and cut rows dropped. ``columns`` are read down."""

    block: Block
    header: Row
    rows: list[Row]
    lines: Sequence[int]
    columns: list[Sequence[str]]
    totals: list[Total] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    _numeric: dict[int, bool] = field(default_factory=dict)

    def numeric(self, index: int) -> bool:
        """Whether a column holds numbers; looked at once."""
        if index not in self._numeric:
            self._numeric[index] = is_numeric(self.columns[index])
        return self._numeric[index]

    def numbers(self) -> list[tuple[str, Sequence[str]]]:
        """Header and cells of the columns of numbers, for deciding the file's decimal mark."""
        return [(self.header[i], self.columns[i]) for i in range(len(self.header)) if self.numeric(i)]

    def drop(self, unwanted: Mapping[int, str]) -> None:
        """Take rows out by index, each with its reason."""
        if not unwanted:
            return
        self.skipped += [Skipped(self.lines[index], reason) for index, reason in unwanted.items()]
        keep = [index for index in range(len(self.rows)) if index not in unwanted]
        self.lines = [self.lines[index] for index in keep]
        self.rows = [self.rows[index] for index in keep]
        self.columns = transpose(self.rows, len(self.header))
        self._numeric.clear()


def transpose(rows: list[Row], width: int) -> list[Sequence[str]]:
    return list(zip(*rows, strict=True)) if rows else [()] * width


def prepare(block: Block) -> Sheet:
    """Even out the rows of a block: short rows are filled, totals set aside, cut and overlong rows dropped and told."""
    header = [cell.strip()[:LONGEST] for cell in block.header]
    while header and not header[-1]:
        header.pop()
    width = len(header)
    sheet = Sheet(block, header, block.rows, block.lines, [])
    if block.cut and block.rows:
        sheet.skipped.append(Skipped(block.lines[-1], "The file is cut off in the middle of this row."))
        sheet.rows, sheet.lines = block.rows[:-1], block.lines[:-1]
    if {len(row) for row in sheet.rows} - {width}:
        _even_out(sheet, width)
    sheet.columns = transpose(sheet.rows, width)
    if sheet.columns:
        labels = {cell for cell in set(sheet.columns[0]) if is_total(cell)}
        if labels or "" in sheet.columns[0]:
            _set_totals_aside(sheet, labels)
    return sheet


def _even_out(sheet: Sheet, width: int) -> None:
    rows: list[Row] = []
    lines: list[int] = []
    short_elsewhere = any(len(row) < width for row in sheet.rows[:-1])
    last = len(sheet.rows) - 1
    for index, (row, line) in enumerate(zip(sheet.rows, sheet.lines, strict=True)):
        if len(row) > width and not any(cell.strip() for cell in row[width:]):
            row = row[:width]
        if len(row) > width:
            extra = next(cell for cell in row[width:] if cell.strip())
            if is_total(extra):
                sheet.totals.append(Total(line, extra.strip(), row[:width]))
            else:
                sheet.skipped.append(Skipped(line, f"The row has {len(row)} cells where the header has {width}."))
            continue
        if len(row) < width:
            whole = sheet.block.ragged or short_elsewhere
            if index == last and sheet.block.file_end and not whole:
                reason = f"The file is cut off here: the row has {len(row)} of {width} cells."
                sheet.skipped.append(Skipped(line, reason))
                continue
            if len(row) == 1 and width > 2:
                sheet.skipped.append(Skipped(line, f"The row is a remark: “{row[0].strip()[:80]}”."))
                continue
            row = row + [""] * (width - len(row))
        rows.append(row)
        lines.append(line)
    sheet.rows, sheet.lines = rows, lines


def _set_totals_aside(sheet: Sheet, labels: set[str]) -> None:
    keep: list[int] = []
    for index, row in enumerate(sheet.rows):
        if row[0] in labels:
            label = row[0].strip()
        elif not row[0] and len(row) > 1 and is_total(row[1]):
            label = row[1].strip()
        else:
            keep.append(index)
            continue
        sheet.totals.append(Total(sheet.lines[index], label, row))
    if len(keep) < len(sheet.rows):
        sheet.rows = [sheet.rows[index] for index in keep]
        sheet.lines = [sheet.lines[index] for index in keep]
        sheet.columns = transpose(sheet.rows, len(sheet.header))
