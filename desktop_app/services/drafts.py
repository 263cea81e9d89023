"""What is being typed: kept twice a second, given back after a crash, forgotten once saved."""

from collections.abc import Mapping
from typing import Any

from desktop_app.services.context import Context


class Drafts:
    """Drafts by surface: ``capture``, or ``entry:<id>`` for an entry being edited."""

    def __init__(self, context: Context) -> None:
        self._drafts = context.file.drafts

    def save(self, surface: str, content: Mapping[str, Any]) -> None:
        """Keep what is being typed; ``content`` is plain JSON."""
        self._drafts.save(surface, content)

    def load(self, surface: str) -> dict[str, Any] | None:
        """What was being typed when it was last kept, or ``None``."""
        return self._drafts.load(surface)

    def surfaces(self) -> list[str]:
        """Surfaces with a draft, newest first."""
        return self._drafts.surfaces()

    def discard(self, surface: str) -> None:
        self._drafts.discard(surface)
