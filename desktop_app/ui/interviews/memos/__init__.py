"""The page of memos: all of them, searched, read beside the list and edited in place."""

from desktop_app.ui.interviews.memos.page import MemosPage

__all__ = ["MemosPage"]
