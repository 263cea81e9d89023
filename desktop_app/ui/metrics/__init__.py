"""Metrics: files come in here, are reported on, and their series are drawn beside the entries that speak of them.

Refuses to draw a ratio without the totals it divides, to advise out of a number, and to ask the notebook anything on
the window's thread. The charting part is loaded after the words are shown.
"""

from desktop_app.ui.metrics.screen import MetricsScreen

__all__ = ["MetricsScreen"]
