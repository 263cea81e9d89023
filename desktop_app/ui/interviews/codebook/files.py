"""Codebooks from files and to files: what an import would do is said first, and what it did is told in place."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.model.changes import Changes
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.ops import ChangeOp, Operations, ReadOp
from desktop_app.ui.widgets import InlineMessage
from desktop_app.ui.widgets.saving import Saver

if TYPE_CHECKING:
    from desktop_app.services.codebook_files import CodebookReport

MOST_NOTICES = 4
"""Remarks that stand in the message; all of them can be copied."""


class CodebookFiles(QObject):
    """``imported()`` codes have come in. Everything is said in ``message``."""

    imported = Signal()

    def __init__(self, operations: Operations, message: InlineMessage, window: QWidget) -> None:
        super().__init__(window)
        self._operations = operations
        self._message = message
        self._window = window
        self._saver = Saver(operations, window)
        self._saver.saved.connect(message.say)
        self._saver.failed.connect(message.say_error)

    def choose_import(self) -> None:
        dialog = QFileDialog(self._window, tr("Import a codebook"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("Codebooks (*.qdc *.csv)"), tr("All files (*)")])
        dialog.fileSelected.connect(lambda name: self.preview(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def choose_export(self) -> None:
        kinds = ((tr("CSV table"), ".csv"), (tr("REFI-QDA codebook"), ".qdc"))
        self._saver.ask(tr("Codebook"), kinds, lambda notebook, suffix: notebook.codebook.export(suffix.lstrip(".")))

    def preview(self, path: Path) -> None:
        """Says what importing a file would do, and offers to do it."""

        def show(report: "CodebookReport") -> None:
            if not report.new and not report.known:
                self._message.say(tr("There are no codes in {file}.", file=path.name), "warning")
                return
            words = f"{path.name}: {told(report)}."
            act = tr("Import") if report.new else ""
            self._message.say(words, action=act, on_action=lambda: self.take(path), details="\n".join(report.notices))

        self._operations.submit(
            ReadOp(
                tr("Look at the codebook"),
                lambda notebook: notebook.codebook.preview(path),
                show,
                self._message.say_error,
                key="codebook.preview",
            )
        )

    def take(self, path: Path) -> None:
        self._operations.submit(
            ChangeOp(
                tr("Import codebook"),
                lambda notebook: notebook.codebook.import_file(path),
                self._taken,
                self._message.say_error,
            )
        )

    def _taken(self, changes: "Changes[CodebookReport] | None") -> None:
        if changes is not None:
            report = changes.result
            made = count_text(len(report.new), "{number} code is new", "{number} codes are new")
            shown = " ".join(report.notices[:MOST_NOTICES])
            self._message.say(f"{made}. {shown}".strip(), details="\n".join(report.notices))
        self.imported.emit()


def told(report: "CodebookReport") -> str:
    """``12 new codes, 3 known, 1 of them with other words``."""
    parts = [count_text(len(report.new), "{number} new code", "{number} new codes")]
    if report.known:
        parts.append(tr("{number} known", number=f"{len(report.known):,}"))
    if report.changed:
        parts.append(tr("{number} of them with other words, which stay as they are here", number=len(report.changed)))
    return ", ".join(parts)
