"""Codebooks in and out: REFI-QDA (.qdc) and CSV."""

from desktop_app.exchange.codebook.errors import CodebookError
from desktop_app.exchange.codebook.reading import read_codebook
from desktop_app.exchange.codebook.refi import write_qdc
from desktop_app.exchange.codebook.table import write_codebook_csv

__all__ = ["CodebookError", "read_codebook", "write_codebook_csv", "write_qdc"]
