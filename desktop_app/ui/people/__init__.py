"""People and organisations: who is known, their way from stranger to advocate, and everything they said.

Refuses to rank or score anybody: nothing here counts people against each other. Entries are opened elsewhere.
"""

from desktop_app.ui.people.screen import PeopleScreen

__all__ = ["PeopleScreen"]
