"""Searching: the query language and the index behind it. Knows texts and the model; refuses to know the notebook file.

Importing this package is cheap: Whoosh is loaded when an index is opened, not before.
"""

from desktop_app.search.completion import chips, complete, without
from desktop_app.search.documents import SearchDocument
from desktop_app.search.errors import IndexBusy, IndexUnusable, IndexUnwritable, QueryError
from desktop_app.search.highlighting import highlighter
from desktop_app.search.index import Position, SearchIndex
from desktop_app.search.language import joined, metric_names, understand
from desktop_app.search.names import QueryVocabulary
from desktop_app.search.printing import print_query
from desktop_app.search.searching import Found, FoundHit, search, suggestion

__all__ = [
    "Found",
    "FoundHit",
    "IndexBusy",
    "IndexUnusable",
    "IndexUnwritable",
    "Position",
    "QueryError",
    "QueryVocabulary",
    "SearchDocument",
    "SearchIndex",
    "chips",
    "complete",
    "highlighter",
    "joined",
    "metric_names",
    "print_query",
    "search",
    "suggestion",
    "understand",
    "without",
]
