"""Metric exports: a file, zip or folder becomes a ``ParsedFile`` with its series, totals checked and every skipped
row told.

Refuses to guess cell by cell, to invent daily values out of totals, and to drop a row without a reason.
"""

from desktop_app.exchange.metrics.errors import MetricFileError
from desktop_app.exchange.metrics.profile import ProfileInfo
from desktop_app.exchange.metrics.reading import profiles, read_metric_file

__all__ = ["MetricFileError", "ProfileInfo", "profiles", "read_metric_file"]
