"""The lens of totals: ratios with the totals they divide, options of a decision by total and by ratio."""

from desktop_app.ui.lenses.totals.drawing import TotalsDrawing
from desktop_app.ui.lenses.totals.options_drawing import OptionsDrawing
from desktop_app.ui.lenses.totals.page import TotalsPage
from desktop_app.ui.lenses.totals.ratio_drawing import RatioDrawing

__all__ = ["OptionsDrawing", "RatioDrawing", "TotalsDrawing", "TotalsPage"]
