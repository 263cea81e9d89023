"""What can be wrong with a query, and with the index."""

from desktop_app.model.errors import KnownError


class QueryError(KnownError):
    """A query that cannot be read as it stands.

    Parts: ``message`` (one sentence), ``start`` and ``end`` (the code points of the query that it is about) and
    ``suggestion`` (a whole query that can be read, or an empty text).
    """

    def __init__(self, message: str, start: int, end: int, suggestion: str = "") -> None:
        super().__init__(message=message, start=start, end=end, suggestion=suggestion)
        self.start = start
        self.end = end
        self.suggestion = suggestion


class IndexBusy(KnownError):
    """Another process is writing to the index; what it does not get now it gets with the next catch-up."""

    template = "The search index is being written by another window or command; it will be brought up to date shortly."


class IndexUnwritable(KnownError):
    """The index cannot be written: no room, no permission. Nothing of the notebook is affected."""

    template = "The search index in {folder} cannot be written ({why}); make room or allow writing there."


class IndexUnusable(KnownError):
    """The index is missing or damaged: ``reason`` says which. Building it again helps; nothing else is affected."""

    template = "The search index cannot be used ({reason}); it has to be built again."
