"""Pictures of lenses for the command line: the drawing that belongs to each, in the light theme."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from desktop_app.model.errors import Invalid
from desktop_app.ui.i18n import tr
from desktop_app.ui.lenses.drawing import Drawing, Look, save_drawing
from desktop_app.ui.theme import TypeSizes, load_theme


def _coverage(found: Any) -> tuple[str, Drawing]:
    from desktop_app.ui.lenses.coverage.drawing import CoverageDrawing

    return tr("Coverage"), CoverageDrawing(found)


def _foresight(found: Any) -> tuple[str, Drawing]:
    from desktop_app.ui.lenses.foresight import ForesightDrawing

    return tr("Foresight"), ForesightDrawing(found, listed=False)


def _tempo(found: Any) -> tuple[str, Drawing]:
    from desktop_app.model.tempo import minute_of
    from desktop_app.ui.lenses.tempo.drawing import TempoDrawing
    from desktop_app.ui.lenses.tempo.groups import day_of

    active = found.active
    at = (day_of(minute_of(active.start)), day_of(minute_of(active.end))) if active else None
    return tr("Tempo"), TempoDrawing(found, at)


def _offmap(found: Any) -> tuple[str, Drawing]:
    from desktop_app.ui.lenses.offmap import OffMapDrawing

    return tr("Random events"), OffMapDrawing(found)


def _relationships(found: Any) -> tuple[str, Drawing]:
    from desktop_app.model.relationships import Way
    from desktop_app.ui.lenses.relationships import StepsDrawing, WayDrawing

    if isinstance(found, Way):
        return found.relationship.name, WayDrawing(found)
    return tr("Relationships"), StepsDrawing(found)


def _why(found: Any) -> tuple[str, Drawing]:
    from desktop_app.ui.lenses.why import WhyDrawing

    ledger, line = found
    if line is None:
        raise Invalid(message="There is no series to draw; import a metric file first.")
    return tr("Why"), WhyDrawing(line, ledger.places)


def _totals(found: Any) -> tuple[str, Drawing]:
    from desktop_app.ui.lenses.totals import TotalsDrawing

    return tr("Totals"), TotalsDrawing(found)


def _codes(found: Any) -> tuple[str, Drawing]:
    from desktop_app.ui.lenses.codes import GridDrawing

    return tr("Codes"), GridDrawing(found)


def _cooccurrence(found: Any) -> tuple[str, Drawing]:
    from desktop_app.ui.lenses.codes import GraphDrawing, MatrixDrawing
    from desktop_app.ui.lenses.drawing import Stacked

    return tr("Codes"), Stacked((MatrixDrawing(found), GraphDrawing(found)))


DRAWINGS: dict[str, Callable[[Any], tuple[str, Drawing]]] = {
    "coverage": _coverage,
    "tempo": _tempo,
    "why": _why,
    "foresight": _foresight,
    "off-map": _offmap,
    "relationships": _relationships,
    "totals": _totals,
    "codes": _codes,
    "cooccurrence": _cooccurrence,
}
"""The title and the drawing of a lens's result, by the lens's name on the command line. Cunning, aspiration and value
are read, not drawn: they are written as Markdown."""


def draw(lens: str, found: object, path: Path) -> None:
    """Writes a lens's drawing as SVG or PNG; raises :class:`Invalid` for a lens that is not drawn."""
    if lens not in DRAWINGS:
        raise Invalid(message=f"The lens {lens} has no picture; write it as .csv.")
    title, drawing = DRAWINGS[lens](found)
    sizes = TypeSizes.at(100)
    save_drawing(drawing, path, Look(load_theme("light"), sizes, QApplication.font()), title)
