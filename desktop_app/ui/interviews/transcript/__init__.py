"""The view in which a text is read and coded. Knows dataclasses of the model only: no operations, no services.

Positions that come in and go out are code points; inside, they are the UTF-16 units that Qt counts in.
"""

from desktop_app.ui.interviews.transcript.view import TranscriptView

__all__ = ["TranscriptView"]
