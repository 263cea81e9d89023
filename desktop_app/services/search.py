"""Searching entries beside the numbers of the same time."""

from desktop_app.services.context import Context


class Search:
    def __init__(self, context: Context) -> None:
        self._context = context

    def close(self) -> None:
        """Let go of the index."""
