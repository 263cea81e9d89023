"""Documents: the list of texts, taking files in with a preview, and who speaks in them."""

from desktop_app.ui.interviews.documents.page import DocumentsPage

__all__ = ["DocumentsPage"]
