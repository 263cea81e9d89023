"""How codes and their columns are named in drawings."""

from collections.abc import Iterable, Sequence
from datetime import date

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from desktop_app.model.code_lens import EARLIER, INTERVIEWS, UNDATED, WITHOUT, CodeCell, CodeCount
from desktop_app.model.matrices import Heading
from desktop_app.model.metrics import Grain
from desktop_app.model.time import describe
from desktop_app.model.time.words import MONTHS
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.lenses.drawing import Look, write_text

INDENT = 14
DOT = 9


def most_used(codes: Sequence[CodeCount], most: int, used: Iterable[str] | None = None) -> list[CodeCount]:
    """The codes with codings (those among ``used``, where that is told), in their order; of too many those with most
    codings."""
    kept = set(used) if used is not None else {code.code for code in codes if code.codings}
    chosen = [code for code in codes if code.code in kept]
    if len(chosen) > most:
        strongest = {code.code for code in sorted(chosen, key=lambda code: -code.codings)[:most]}
        chosen = [code for code in chosen if code.code in strongest]
    return chosen


def codings_text(count: int) -> str:
    return count_text(count, "{number} coding", "{number} codings")


def short_count(count: int) -> str:
    """A count in a narrow cell: ``214``, ``1.2k``, ``31k``."""
    if count < 1000:
        return str(count)
    return f"{count / 1000:.1f}k" if count < 9_950 else f"{round(count / 1000)}k"


def pair_words(cell: CodeCell, names: dict[str, str]) -> str:
    return tr(
        "{one} with {other}: {count}, {codings}",
        one=names[cell.row],
        other=names[cell.column],
        count=count_text(cell.count, "once", "{number} times"),
        codings=codings_text(cell.codings),
    )


# --- columns ----------------------------------------------------------------------------------------------------------


def column_name(heading: Heading, grain: Grain | None) -> str:
    """The whole name of a column; of a period as a date is told."""
    column, label = heading
    beside = {
        EARLIER: tr("earlier"),
        UNDATED: tr("no date"),
        WITHOUT: tr("entries without one"),
        INTERVIEWS: tr("interviews, which have none"),
    }
    if column in beside:
        return beside[column]
    return _period(column, grain) if grain else label


def _period(first: str, grain: Grain) -> str:
    day = date.fromisoformat(first)
    match grain:
        case Grain.YEAR:
            return str(day.year)
        case Grain.QUARTER:
            return f"Q{(day.month + 2) // 3} {day.year}"
        case Grain.MONTH:
            return describe(first[:7])
        case Grain.WEEK:
            return tr("week of {day}", day=describe(first))
    return describe(first)


def column_head(heading: Heading, grain: Grain | None, *, with_year: bool) -> str:
    """The short name above a column; of a period the year stands below it where it is wanted."""
    column, label = heading
    beside = {
        EARLIER: tr("earlier"),
        UNDATED: tr("no date"),
        WITHOUT: tr("without"),
        INTERVIEWS: tr("interviews"),
    }
    if column in beside:
        return beside[column]
    if not grain:
        return label
    day = date.fromisoformat(column)
    year = str(day.year)
    match grain:
        case Grain.YEAR:
            return year
        case Grain.QUARTER:
            name = f"Q{(day.month + 2) // 3}"
        case Grain.MONTH:
            name = MONTHS[day.month - 1][:3]
        case _:
            name = f"{day.day} {MONTHS[day.month - 1][:3]}"
    return f"{name}\n{year}" if with_year else name


# --- rows -------------------------------------------------------------------------------------------------------------


class CodeNames:
    """The codes of a drawing, one below the other: indented where the code above them is shown too, else by their
    whole path."""

    def __init__(self, codes: Sequence[CodeCount]) -> None:
        shown = {code.path for code in codes}
        self.codes = tuple(codes)
        self._names: list[tuple[int, str]] = []
        for code in codes:
            above = code.path[: -len(code.name)].rstrip(" /")
            depth = code.path.count(" / ") if above in shown else 0
            self._names.append((depth, code.name if above in shown else code.path))

    def width(self, look: Look, most: float) -> float:
        """What the names need, up to ``most``."""
        return min(
            max((d * INDENT + look.width(name, look.sizes.small) for d, name in self._names), default=0) + DOT + 20,
            most,
        )

    def paint(self, painter: QPainter, look: Look, at: int, rect: QRectF) -> None:
        """The name of one code in a row, behind its colour."""
        depth, name = self._names[at]
        left = rect.left() + depth * INDENT
        paint_dot(painter, self.codes[at].colour, QRectF(left, rect.center().y() - DOT / 2, DOT, DOT))
        place = QRectF(left + DOT + 7, rect.top(), rect.right() - left - DOT - 13, rect.height())
        write_text(painter, look, place, name, size=look.sizes.small)


def paint_dot(painter: QPainter, colour: str, rect: QRectF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(rect, 2.5, 2.5)
