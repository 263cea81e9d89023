"""Keeps what is being typed, twice a second, and gives it back after a crash."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.model.errors import KnownError
from desktop_app.ui.i18n import tr
from desktop_app.ui.ops import ChangeOp, Operations, ReadOp
from desktop_app.ui.widgets.capture_box.files import Attached, brought_back, kept_bytes, listed

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook

KEEP_MILLISECONDS = 500


@dataclass(frozen=True, slots=True)
class Content:
    """What a box holds: its text and its files."""

    text: str = ""
    files: tuple[Attached, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text.strip() or self.files)


class DraftKeeper(QObject):
    """The draft of one surface. Pasted bytes are kept in a draft beside it, written only when they change.

    ``loaded(Content)`` what was kept, possibly nothing; ``refused(KnownError)`` the notebook cannot keep it.
    """

    loaded = Signal(object)
    refused = Signal(object)

    def __init__(self, operations: Operations, surface: str, content: Callable[[], Content], parent: QObject) -> None:
        super().__init__(parent)
        self._operations = operations
        self._surface = surface
        self._content = content
        self._bytes_of: tuple[str, ...] = ()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_MILLISECONDS)
        self._timer.timeout.connect(self._keep)

    @property
    def bytes_surface(self) -> str:
        """The draft that holds pasted bytes."""
        return f"{self._surface}:files"

    def load(self) -> None:
        surface, beside = self._surface, self.bytes_surface

        def call(notebook: "Notebook") -> Content:
            draft = notebook.drafts.load(surface) or {}
            data = notebook.drafts.load(beside) or {} if draft.get("files") else {}
            return _content(draft, data)

        self._operations.submit(ReadOp(tr("Read what was being written"), call, self._loaded, self.refused.emit))

    def _loaded(self, content: Content) -> None:
        self._bytes_of = tuple(file.name for file in content.files if not file.path)
        self.loaded.emit(content)

    def touch(self) -> None:
        """Something was typed: it is kept half a second from now, and again while typing goes on."""
        if not self._timer.isActive():
            self._timer.start()

    def keep_now(self) -> None:
        """Keeps at once what the timer would keep later."""
        if self._timer.isActive():
            self._timer.stop()
            self._keep()

    def forget(self) -> None:
        """What was typed is being saved, and its draft goes with that."""
        self._timer.stop()
        self._bytes_of = ()

    def _keep(self) -> None:
        content = self._content()
        names = tuple(file.name for file in content.files if not file.path)
        data = kept_bytes(content.files) if names != self._bytes_of else None
        self._bytes_of = names
        surface, beside = self._surface, self.bytes_surface

        def call(notebook: "Notebook") -> None:
            if data:
                notebook.drafts.save(beside, data)
            if content:
                notebook.drafts.save(surface, draft_content(content))
            else:
                notebook.drafts.discard(surface)
            if data is not None and not data:
                notebook.drafts.discard(beside)

        self._operations.submit(ChangeOp(tr("Keep what is being written"), call, on_error=self._refused))

    def _refused(self, error: KnownError) -> None:
        self._bytes_of = ()
        self.refused.emit(error)


def draft_content(content: Content) -> dict[str, Any]:
    """A box's content as its draft holds it, pasted bytes aside."""
    return {"text": content.text, "files": listed(content.files)}


def _content(draft: dict[str, Any], data: dict[str, Any]) -> Content:
    return Content(str(draft.get("text", "")), brought_back(draft.get("files"), data))
