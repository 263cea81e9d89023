"""Today: the capture box, what was written lately, foresights that are due, and this day in earlier years.

Refuses to nag: nothing here counts, scores or reminds. Entries are opened elsewhere, by signal.
"""

from desktop_app.ui.today.screen import TodayScreen

__all__ = ["TodayScreen"]
