"""Quotes as a table for spreadsheets."""

from collections.abc import Sequence

from desktop_app.model.coding import PATH_SEPARATOR, Quote

HEADER = ("Code", "Quote", "Before", "After", "Document", "Speaker", "Occurred", "Begins (ms)", "Coder", "Weight",
          "Start", "End", "Coding")  # fmt: skip


def quotes_csv(quotes: Sequence[Quote]) -> bytes:
    """One row for each quote, in the order given; positions count code points, half-open."""
    from desktop_app.exchange.grids import write_csv

    return write_csv(
        HEADER,
        [
            (
                PATH_SEPARATOR.join(quote.path),
                quote.text,
                quote.before,
                quote.after,
                quote.document,
                quote.speaker,
                quote.occurred,
                quote.begins,
                quote.coding.coder,
                quote.coding.weight,
                quote.coding.start,
                quote.coding.end,
                quote.coding.id,
            )
            for quote in quotes
        ],
    )
