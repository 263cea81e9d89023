"""Background work: the only way from the window to a notebook.

Three lanes, each a thread that opens its own notebook and is the only one to use it: *read* (``ReadOp``), *write*
(``ChangeOp`` and ``LongOp``; the one lane that changes items) and *background*, started when first needed, which only
keeps the search index up to date so that a long build never makes saving wait. Results come back by queued signal on
the window's thread. Refuses to know what is read or changed.
"""

from desktop_app.ui.ops.operations import InlineOperations, NotebookInfo, Operations
from desktop_app.ui.ops.ops import ChangeOp, LongOp, Op, Progress, ReadOp, ShouldStop

__all__ = [
    "ChangeOp",
    "InlineOperations",
    "LongOp",
    "NotebookInfo",
    "Op",
    "Operations",
    "Progress",
    "ReadOp",
    "ShouldStop",
]
