"""The page of the shared folder: what is attached, who is how far, what is wrong, and doing it now."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.config.places import warning_for
from desktop_app.model.changes import Changes
from desktop_app.model.errors import Interrupted, KnownError
from desktop_app.model.folder import FolderStatus, SyncReport
from desktop_app.ui.exchange.folder.telling import device_rows, out_words, sync_words
from desktop_app.ui.exchange.page import Page
from desktop_app.ui.exchange.telling import first_lines
from desktop_app.ui.exchange.touring import shared_beside
from desktop_app.ui.i18n import tr
from desktop_app.ui.ops import ChangeOp, LongOp, Progress, ShouldStop
from desktop_app.ui.theme import SPACE_M
from desktop_app.ui.widgets import (
    ElidedLabel,
    EmptyState,
    InlineMessage,
    ListCard,
    MutedLabel,
    PrimaryButton,
    ProgressStrip,
    RowList,
    ScreenContext,
    SectionLabel,
    add_buttons,
    add_shortcuts,
)

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook


@dataclass(frozen=True, slots=True)
class FolderRead:
    """How the folder stands (``None``: none is attached), and what is wrong with where the notebook itself lies."""

    status: FolderStatus | None
    warning: str


def read_folder(notebook: "Notebook") -> FolderRead:
    return FolderRead(notebook.folder.status(), warning_for(notebook.path))


class FolderPage(Page):
    """Everybody writes their own files there and reads those of the others."""

    page_id = "folder"
    title = "Shared folder"

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.syncing = False
        self._label = tr("Exchange with the shared folder")
        self.nothing = EmptyState(
            self.appearance,
            tr("No shared folder"),
            tr(
                "Attach a folder that you and others share: Syncthing, Nextcloud, a network drive, a memory stick. "
                "Each computer writes its own files there and reads those of the others; the notebook itself stays "
                "where it is."
            ),
            tr("Attach a folder…"),
            self,
            perspective="cunning-intelligence",
        )
        self._build()
        self._connect()
        self.operations.exchanged.connect(self._exchanged)

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        self.warning = InlineMessage(self.appearance, self)
        self.message = InlineMessage(self.appearance, self)
        self.strip = ProgressStrip(self)
        self.attached = QWidget(self)
        column = QVBoxLayout(self.attached)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_M)
        self.path = ElidedLabel(parent=self.attached, role="title", mode=Qt.TextElideMode.ElideMiddle)
        self.out = MutedLabel("", self.attached, wrap=True)
        self.sync_button = PrimaryButton(tr("Exchange now"), self.attached)
        self.detach_button = QPushButton(tr("Detach"), self.attached)
        self.detach_button.setAccessibleDescription(tr("What is in the folder stays there; nothing here is lost."))
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        row.addWidget(self.path, 1)
        add_buttons(row, ((self.sync_button, "S"), (self.detach_button, "")))
        column.addLayout(row)
        column.addWidget(self.out)
        self.problems = QVBoxLayout()
        self.problems.setSpacing(4)
        column.addLayout(self.problems)
        column.addSpacing(8)
        column.addWidget(SectionLabel(tr("Who is how far"), self.attached))
        self.list = RowList(self.appearance, tr("Who is how far"), self.attached)
        alone = tr("Nobody else has written there yet. They attach the same folder to their copy of this notebook.")
        self.card = ListCard(self.list, alone, self.attached)
        column.addWidget(self.card, 1)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.attached)
        self.stack.addWidget(self.nothing)
        for widget in (self.warning, self.message, self.strip):
            outer.addWidget(widget)
        outer.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.nothing.step_requested.connect(self.choose_folder)
        self.sync_button.clicked.connect(self.sync)
        self.detach_button.clicked.connect(self.detach)
        self.strip.stop_requested.connect(lambda: self.operations.stop(self._label))
        self.operations.bug.connect(self._broke)
        add_shortcuts(self, (("S", self.sync), ("F5", self.sync), ("A", self.choose_folder)))

    # --- reading -----------------------------------------------------------------------------------------------------

    def concerned_by(self, _changes: object) -> bool:
        """Always: what is written here waits to go out, what came in was read there."""
        return True

    def read_if_stale(self) -> None:
        """Others write there without telling."""
        self._stale = True
        super().read_if_stale()

    def read(self) -> None:
        # Not among the reads: a folder on a network may take its time, and nothing else should wait for it.
        self.operations.submit(
            LongOp(
                tr("Look into the shared folder"),
                lambda notebook, _progress, _should_stop: read_folder(notebook),
                self._show,
                self.message.say_error,
                lane="background",
                key="exchange.folder",
            )
        )

    def _show(self, found: FolderRead) -> None:
        if found.warning:
            self.warning.say(found.warning, "warning")
        else:
            self.warning.dismiss()
        if found.status is not None:
            self._show_status(found.status)
        self._put(1 if found.status is None else 0)

    def _put(self, index: int) -> None:
        """Shows what belongs to a folder that is attached (0) or to none (1); the focus goes along."""
        focused = QApplication.focusWidget()
        held = focused is not None and self.stack.isAncestorOf(focused)
        moved = index != self.stack.currentIndex()
        self.stack.setCurrentIndex(index)
        if moved and held:
            self.focus_first()

    def _show_status(self, status: FolderStatus) -> None:
        if self.message.text() in status.problems:
            # It stands below for as long as it is so.
            self.message.dismiss()
        self.path.set_text(status.path)
        self.out.setText(out_words(status))
        while (item := self.problems.takeAt(0)) is not None:
            if old := item.widget():
                old.deleteLater()
        for problem in first_lines(status.problems):
            label = MutedLabel(f"! {problem}", self.attached, wrap=True)
            label.setProperty("role", "warning")
            self.problems.addWidget(label)
        rows = device_rows(status.devices)
        self.list.set_rows(rows)
        self.card.tell(found=bool(rows))

    # --- verbs -------------------------------------------------------------------------------------------------------

    def choose_folder(self) -> None:
        """Asks which folder to attach."""
        dialog = QFileDialog(self, tr("Attach a shared folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.attach(Path(name)))
        dialog.open()

    def attach(self, path: Path) -> None:
        """Attaches a folder, and exchanges with it for the first time."""

        def call(notebook: "Notebook") -> None:
            notebook.folder.attach(path)

        self.operations.submit(
            ChangeOp(tr("Attach a shared folder"), call, lambda _changes: self.sync(), self.message.say_error)
        )

    def detach(self) -> None:
        """Lets go of the folder; what is in it stays there."""

        def call(notebook: "Notebook") -> None:
            notebook.folder.detach()

        self.operations.submit(
            ChangeOp(tr("Detach the shared folder"), call, lambda _changes: self._detached(), self.message.say_error)
        )

    def _detached(self) -> None:
        self.message.say(tr("The folder is detached; what is in it stays there, and so does the notebook here."))
        self.operations.follow_folder()
        self._put(1)
        self.mark_stale()

    def sync(self) -> None:
        """Writes what waits, and reads what others wrote."""
        if self.syncing:
            return

        def call(notebook: "Notebook", progress: Progress, should_stop: ShouldStop) -> Changes[SyncReport]:
            return notebook.folder.sync(progress, should_stop)

        self.syncing = True
        self.message.dismiss()
        self.strip.begin(tr("Exchanging with the shared folder"))
        self.operations.submit(LongOp(self._label, call, self._synced, self._not_synced, self.strip.progress))

    def _synced(self, changes: Changes[SyncReport]) -> None:
        self._ended()
        self.status_message.emit(sync_words(changes.result))

    def _not_synced(self, error: KnownError) -> None:
        if isinstance(error, Interrupted):
            self.message.say(tr("It was stopped; what is whole was kept."))
        else:
            self.message.say_error(error)
        self._ended()

    def _exchanged(self, _changes: object) -> None:
        """It was caught up with by itself."""
        self.mark_stale()

    def _broke(self, label: str, _report: str) -> None:
        """The window tells of it; here it must not look as if work went on for ever."""
        if self.syncing and label == self._label:
            self._ended()

    def _ended(self) -> None:
        self.syncing = False
        self.strip.finish()
        self.operations.follow_folder()
        self.mark_stale()

    # --- screen ------------------------------------------------------------------------------------------------------

    def begin_tour(self) -> None:
        self.operations.read(tr("Share a folder"), shared_beside, self.attach)

    def end_tour(self) -> None:
        if not self.stack.currentIndex():
            self.detach()

    def focus_first(self) -> None:
        if self.stack.currentIndex():
            self.nothing.button.setFocus()
        elif self.list.rows():
            self.list.setFocus()
        else:
            self.sync_button.setFocus()
