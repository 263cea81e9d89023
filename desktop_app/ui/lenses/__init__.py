"""The notebook seen through lenses: pages that draw what the services have found, with the entries behind each figure.

Refuses to count anything by itself, to rank people and to give advice.
"""

from desktop_app.ui.lenses.screen import LensesScreen

__all__ = ["LensesScreen"]
