"""Interviews: transcripts, the coding of them, the codebook, and what is found and counted in what was coded.

Refuses to change a text or a coding by itself: every change goes through ``ui.ops`` to the services and can be undone.
"""

from desktop_app.ui.interviews.screen import InterviewsScreen

__all__ = ["InterviewsScreen"]
