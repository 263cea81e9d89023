"""The use cases, one small class per topic: the only door for ``ui`` and ``cli``.

Every change is one transaction under a label and returns :class:`desktop_app.model.changes.Changes`; every read returns
frozen dataclasses. Services refuse to know who asks: no printing, no windows, no threads.
"""

from desktop_app.services.notebooks import Identity, Notebook, create_notebook, open_notebook

__all__ = ["Identity", "Notebook", "create_notebook", "open_notebook"]
