"""The shared folder: attached or not, who is how far, and what is wrong there."""

from desktop_app.ui.exchange.folder.page import FolderPage

__all__ = ["FolderPage"]
