"""Questions: what they ask, the evidence gathered for them, and the briefs that they become."""

from desktop_app.ui.lenses.questions.page import QuestionsPage

__all__ = ["QuestionsPage"]
