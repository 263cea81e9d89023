"""The use cases, one small class per topic: the only door for ``ui`` and ``cli``.

Every change is one transaction under a label and returns :class:`desktop_app.model.changes.Changes`; every read returns
frozen dataclasses. Services refuse to know who asks: no printing, no windows, no threads.

``open_notebook`` and its kin are loaded when they are first asked for: a start that only looks up which notebook was
open last must not wait for all that a notebook needs.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Identity, Notebook, create_notebook, open_notebook

__all__ = ["Identity", "Notebook", "create_notebook", "open_notebook"]


def __getattr__(name: str) -> object:
    if name in __all__:
        from desktop_app.services import notebooks

        return getattr(notebooks, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
