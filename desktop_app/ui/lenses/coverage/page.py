"""The page of coverage: the grid, what its chosen cell asks, and the way to write what is missing."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop_app.model.coverage import Coverage
from desktop_app.model.vocabulary import Term, question_at
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.lenses.canvas import Canvas, CanvasArea
from desktop_app.ui.lenses.coverage.drawing import CoverageDrawing
from desktop_app.ui.lenses.drawing import Drawing, Spot
from desktop_app.ui.lenses.page import LensPage
from desktop_app.ui.widgets import ScreenContext

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook


class CoveragePage(LensPage[Coverage]):
    """What has been written where, and where nothing has."""

    page_id = "coverage"
    title = "Coverage"
    kinds = ("entry", "term")

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.canvas = Canvas(self.appearance, tr("Coverage"), self)
        self.body.addWidget(CanvasArea(self.canvas, self.sheet), 1)
        self.write_button = self.foot.add_link(tr("write one here"), "N", self.write_here)
        self.canvas.spot_chosen.connect(self._tell_cell)
        self.canvas.spot_opened.connect(self.open_spot)
        self.canvas.left_upwards.connect(self.narrow.begin)

    def keys(self) -> list[tuple[str, Callable[[], None]]]:
        return [("N", self.write_here)]

    def look(self, notebook: "Notebook", query: str) -> Coverage:
        return notebook.coverage.read(query)

    def table(self, notebook: "Notebook", result: Coverage) -> bytes:
        return notebook.coverage.csv(result)

    def drawing(self) -> Drawing | None:
        return CoverageDrawing(self.result) if self.result else None

    def show_result(self, result: Coverage) -> None:
        self.canvas.show_drawing(CoverageDrawing(result))
        count = count_text(result.scope.total, "{number} entry", "{number} entries")
        self.tell_scope(
            tr("What has been written where. {count}; an empty cell is a question nobody has asked yet.", count=count),
            result.scope,
        )
        self._tell_cell(self.canvas.chosen)

    def begin_tour(self) -> None:
        """Chooses the first cell in which nothing has been written."""
        blind = self.result.blind_spots if self.result else ()
        if blind:
            self.canvas.choose_key((blind[0].perspective, blind[0].scale))

    def _tell_cell(self, spot: Spot | None) -> None:
        place = self._cell(self.result, spot) if spot is not None and self.result is not None else None
        self.write_button.setVisible(place is not None)
        if spot is None or place is None:
            self.tell_spot(spot)
            return
        perspective, scale, count = place
        self.foot.tell(
            question_at(perspective, scale),
            name=tr("{perspective} × {scale}", perspective=perspective.short, scale=scale.short),
            query=spot.query,
            count=count,
        )

    def _cell(self, found: Coverage, spot: Spot) -> tuple[Term, Term, int] | None:
        """What a cell of the grid stands for, and how many entries are in it; ``None`` for a month."""
        at = next((at for at, cell in enumerate(found.cells) if (cell.perspective, cell.scale) == spot.key), -1)
        if at < 0:
            return None
        row, column = divmod(at, len(found.scales))
        return found.perspectives[row], found.scales[column], found.cells[at].count

    def write_here(self) -> None:
        """Opens the capture window on the chosen cell: its perspective and scale are set, its question is asked."""
        spot = self.canvas.chosen
        place = self._cell(self.result, spot) if spot is not None and self.result is not None else None
        if place is not None:
            perspective, scale, _ = place
            self.capture_requested.emit(f"^{perspective.id} ~{scale.id} ", question_at(perspective, scale))

    def open_spot(self, spot: Spot) -> None:
        """The entries of a cell; an empty one is written into."""
        place = self._cell(self.result, spot) if self.result is not None else None
        if place is not None and not place[2]:
            self.write_here()
        else:
            super().open_spot(spot)

    def focus_first(self) -> None:
        if self.stack.currentIndex():
            self.nothing.button.setFocus()
        else:
            self.canvas.setFocus()
