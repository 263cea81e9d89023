"""The codebook: what codes mean, where they stand, and what becomes of them."""

from desktop_app.ui.interviews.codebook.page import CodebookPage

__all__ = ["CodebookPage"]
