"""Which text is meant: a document by its title or id, or an entry by its id."""

from desktop_app.model.coding import TargetKind
from desktop_app.model.errors import NotFound
from desktop_app.services import Notebook


def target_of(notebook: Notebook, name: str) -> tuple[str, str]:
    """Kind and full id; raises :class:`NotFound` or :class:`Ambiguous`."""
    try:
        return TargetKind.DOCUMENT, notebook.documents.resolve(name)
    except NotFound:
        try:
            return TargetKind.ENTRY, notebook.entries.resolve(name)
        except NotFound:
            raise NotFound(what="document", name=name) from None
