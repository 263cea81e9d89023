"""All of a lens of totals in one picture, for a file: the ratios asked for, and the options below them."""

from desktop_app.model.totals import Totals
from desktop_app.ui.lenses.drawing import Stacked
from desktop_app.ui.lenses.totals.options_drawing import OptionsDrawing
from desktop_app.ui.lenses.totals.ratio_drawing import RatioDrawing

MOST_RATIOS = 12


class TotalsDrawing(Stacked):
    """At most :data:`MOST_RATIOS` ratios, those whose totals are known first."""

    def __init__(self, found: Totals) -> None:
        ratios = sorted(found.ratios, key=lambda ratio: not ratio.known)[:MOST_RATIOS]
        options = [OptionsDrawing(found.comparison)] if found.comparison.options else []
        super().__init__([*(RatioDrawing(ratio) for ratio in ratios), *options])
