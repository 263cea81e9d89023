"""The page of agreement: how far coders agree, each figure explained, and where they differ, to be settled."""

from desktop_app.ui.interviews.agreement.page import AgreementPage

__all__ = ["AgreementPage"]
