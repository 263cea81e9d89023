"""Searching: the query language and the index behind it. Knows texts and the model; refuses to know the notebook file.

Importing this package is cheap: Whoosh is loaded when an index is opened, not before.
"""

from desktop_app.search.completion import chips, complete, without
from desktop_app.search.errors import QueryError
from desktop_app.search.language import metric_names, understand
from desktop_app.search.names import QueryVocabulary
from desktop_app.search.printing import print_query

__all__ = [
    "QueryError",
    "QueryVocabulary",
    "chips",
    "complete",
    "metric_names",
    "print_query",
    "understand",
    "without",
]
