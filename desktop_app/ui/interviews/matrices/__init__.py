"""The page of matrices: codes against codes, documents, speakers, coders, attributes and time."""

from desktop_app.ui.interviews.matrices.page import MatricesPage

__all__ = ["MatricesPage"]
