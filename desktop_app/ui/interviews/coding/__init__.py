"""The page on which a text is coded: the transcript, the codebook beside it, and what is done with the keyboard."""

from desktop_app.ui.interviews.coding.page import CodingPage

__all__ = ["CodingPage"]
