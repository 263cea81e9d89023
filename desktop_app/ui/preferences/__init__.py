"""Preferences: a form made from the table of settings, and what belongs to the open notebook.

Everything counts at once; there is nothing to confirm but going back to a backup. Refuses to know a setting by name.
"""

from desktop_app.ui.preferences.screen import PreferencesScreen

__all__ = ["PreferencesScreen"]
