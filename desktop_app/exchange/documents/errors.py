"""Every way a document can be unreadable, one sentence each."""

from desktop_app.model.errors import KnownError

_LONGEST_REASON = 120


class UnreadableDocument(KnownError):
    """A document that cannot be read; nothing of it was taken over."""


class EmptyDocument(UnreadableDocument):
    template = "“{file}” has no text in it; check that it is the right file."


class DocumentTooLarge(UnreadableDocument):
    template = "“{file}” is larger than the {limit} MB Terrain reads at once; export its text and import that."


class WrongKind(UnreadableDocument):
    """``kind`` says what it looks like ("a PNG picture"); ``remedy`` what to do, as half a sentence."""

    template = "“{file}” is {kind}, which is not read as a document; {remedy}."


class NotText(UnreadableDocument):
    template = "“{file}” is no text but binary data (see byte {at}); save it as docx, pdf or plain text."


class DamagedDocument(UnreadableDocument):
    """``reason`` is what the parser stumbled over."""

    template = "“{file}” is damaged or incomplete ({reason}); open it in its own program and save it again."


class LockedDocument(UnreadableDocument):
    template = "“{file}” is locked with a password or a licence; save an unlocked copy and import that."


class SwollenDocument(UnreadableDocument):
    template = "“{file}” unpacks to far more than a file of its size should hold, so it was not opened; save it anew."


class ScannedDocument(UnreadableDocument):
    template = (
        "“{file}” holds pictures of its pages but no text; run text recognition (OCR) on it and import the result."
    )


def reason(error: Exception, otherwise: str) -> str:
    """What a parser said, short and in one line, as half a sentence; ``otherwise`` where it said nothing."""
    return " ".join(str(error).split())[:_LONGEST_REASON].strip(" .") or otherwise
