"""Conflicts: what two people gave different values, side by side until somebody settles it."""

from desktop_app.ui.exchange.conflicts.page import ConflictsPage

__all__ = ["ConflictsPage"]
