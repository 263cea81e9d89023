"""The page that brings copies in: files are dropped or chosen, looked at one after the other, and merged or left."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.model.errors import Interrupted, KnownError
from desktop_app.model.exchange import Outcome
from desktop_app.model.merging import RULES
from desktop_app.ui.exchange.incoming.bringing import Bringing, Looked, Merged
from desktop_app.ui.exchange.incoming.done import DoneView
from desktop_app.ui.exchange.incoming.preview import PreviewView
from desktop_app.ui.exchange.page import Page
from desktop_app.ui.exchange.touring import copy_beside, work_apart
from desktop_app.ui.exchange.undoing import taken_back, undo_change
from desktop_app.ui.exchange.unsealing import Opening, UnsealForm, wanted_of
from desktop_app.ui.i18n import error_sentence, tr
from desktop_app.ui.ops import ChangeOp
from desktop_app.ui.widgets import EmptyState, InlineMessage, ProgressStrip, ScreenContext, TourStep, add_shortcuts
from desktop_app.ui.widgets.dropped import files_in


class IncomingPage(Page):
    """Nothing is written before it was seen what it would be."""

    page_id = "incoming"
    title = "Bring in"
    kinds = tuple(RULES)

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setAcceptDrops(True)
        self._waiting: list[Path] = []
        self._number = self._of = 0
        self._path: Path | None = None
        self._opening = Opening()
        self._merged: list[Merged] = []
        self._told: list[str] = []
        self.form: UnsealForm | None = None
        self.preview: PreviewView | None = None
        self.done: DoneView | None = None
        self.bringing = Bringing(self.operations, self)
        self._build()
        self._connect()

    # --- parts -------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        self.message = InlineMessage(self.appearance, self)
        self.strip = ProgressStrip(self)
        self.empty = EmptyState(
            self.appearance,
            tr("Bring in a notebook"),
            tr(
                "Drop a copy that somebody sent you anywhere here, encrypted or not. You see first what would come of "
                "it; merging is one step that can be undone, and nobody’s words get lost."
            ),
            tr("Choose files…"),
            self,
            perspective="holistic",
        )
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.empty)
        outer.addWidget(self.message)
        outer.addWidget(self.strip)
        outer.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.empty.step_requested.connect(self.choose_files)
        self.bringing.began.connect(self._began)
        self.bringing.progressed.connect(self.strip.progress)
        self.bringing.ended.connect(self.strip.finish)
        self.bringing.looked.connect(self._show_preview)
        self.bringing.merged.connect(self._show_merged)
        self.bringing.failed.connect(self._refused)
        self.bringing.broke.connect(self._broke)
        self.strip.stop_requested.connect(self.bringing.stop)
        add_shortcuts(self, (("I", self.choose_files), ("Ctrl+Return", self.merge), ("Ctrl+Enter", self.merge)))

    def _put(self, widget: QWidget | None) -> None:
        """Shows ``widget`` in the place of what was there; nothing: the empty place."""
        old = self.stack.currentWidget()
        held = old is not None and old.isAncestorOf(self.focusWidget())
        self.form = self.preview = self.done = None
        if widget is not None:
            self.stack.addWidget(widget)
        self.stack.setCurrentWidget(widget or self.empty)
        if old is not None and old is not self.empty:
            self.stack.removeWidget(old)
            old.deleteLater()
        if held:
            self.setFocus()

    # --- files -------------------------------------------------------------------------------------------------------

    def choose_files(self) -> None:
        dialog = QFileDialog(self, tr("Bring in notebooks"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([tr("Notebooks (*.terrain *.age)"), tr("All files (*)")])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.take_paths([Path(name) for name in names]))
        dialog.open()

    def take_paths(self, paths: list[Path]) -> None:
        """Looks at these files one after the other, after those that wait already."""
        if not paths:
            return
        if self._path is None and not self._waiting:
            self._number, self._of = 0, 0
            self._merged, self._told = [], []
            self.message.dismiss()
        self._waiting += paths
        self._of += len(paths)
        if self._path is None:
            self._next()
        elif self.preview is not None:
            self.preview.head.set_place(self._place())

    def _next(self) -> None:
        """The next file, or what came of all of them."""
        self._opening = Opening()
        if self._waiting:
            self._path = self._waiting.pop(0)
            self._number += 1
            self.bringing.look(self._path, self._opening)
        else:
            self._path = None
            self._show_done()

    def _place(self) -> str:
        return tr("{number} of {count}", number=self._number, count=self._of) if self._of > 1 else ""

    def leave(self) -> None:
        """Leaves the file in front as it is."""
        if self._path is not None and not self.bringing.running:
            self.message.dismiss()
            self._put(None)
            self._next()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if files_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.take_paths(files_in(event.mimeData()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.take_paths(files_in(QApplication.clipboard().mimeData()))
        elif event.key() == Qt.Key.Key_Escape and self.preview is not None:
            self.leave()
        else:
            super().keyPressEvent(event)

    # --- looking -----------------------------------------------------------------------------------------------------

    def _began(self, title: str) -> None:
        self.strip.begin(title)
        if self.preview is not None:
            self.preview.setEnabled(False)
        elif self.form is not None:
            self.form.setEnabled(False)

    def _show_preview(self, looked: Looked) -> None:
        if looked.path != self._path:
            return
        view = PreviewView(self.appearance, looked, self._place(), self)
        view.merge_requested.connect(self.merge)
        view.leave_requested.connect(self.leave)
        view.open_requested.connect(self.item_requested)
        self._put(view)
        self.preview = view
        view.focus_first()

    def _refused(self, error: KnownError) -> None:
        if isinstance(error, Interrupted):
            self._stopped()
        elif needs := wanted_of(error):
            self._ask_to_open(needs, error)
        elif self.form is not None:
            self.form.setEnabled(True)
            self.form.show_error(error)
        elif self.preview is not None:
            self.preview.setEnabled(True)
            self.preview.focus_first()
            self.message.say(f"{error_sentence(error)} {tr('Nothing was merged.')}", "error")
        else:
            # The next file may be refused too, and then both are to be read.
            self._told.append(error_sentence(error))
            self.message.say("\n".join(self._told), "error")
            self._next()

    def _stopped(self) -> None:
        self.message.say(tr("It was stopped; nothing was changed."))
        if self.preview is not None:
            self.preview.setEnabled(True)
            self.preview.focus_first()
        else:
            self._put(None)
            self._next()

    def _broke(self) -> None:
        """After a bug the file in front is left; what was not looked at yet goes on."""
        self._put(None)
        self._next()

    def _ask_to_open(self, needs: str, error: KnownError) -> None:
        if self._path is None:
            return
        again = self.form is not None
        if self.form is None:
            form = UnsealForm(self.appearance, self._path.name, needs, self)
            form.given.connect(self._open_with)
            form.left.connect(self.leave)
            self._put(form)
            self.form = form
        self.form.setEnabled(True)
        if again:
            self.form.show_error(error)
        else:
            self.form.focus_first()

    def _open_with(self, opening: Opening) -> None:
        if self._path is not None:
            self._opening = opening
            self.bringing.look(self._path, opening)

    # --- merging -----------------------------------------------------------------------------------------------------

    def merge(self) -> None:
        """Merges the file in front, if something would come of it."""
        if self.preview is not None and self._path is not None and self.preview.looked.report.changes_something:
            self.message.dismiss()
            self.bringing.merge(self._path, self._opening)

    def _show_merged(self, merged: Merged) -> None:
        self._merged.append(merged)
        self._put(None)
        self._next()

    def _show_done(self) -> None:
        if not self._merged:
            self._put(None)
            self.focus_first()
            return
        view = DoneView(self.appearance, self._merged, self)
        view.undo_requested.connect(self._undo)
        view.conflicts_requested.connect(lambda: self.conflict_requested.emit(""))
        view.more_requested.connect(self.choose_files)
        self._put(view)
        self.done = view
        view.focus_first()

    def _undo(self) -> None:
        change = self._merged[-1].change if self._merged else None
        if change is not None:
            undo = ChangeOp(
                tr("Undo"), lambda notebook: undo_change(notebook, change), self._undone, self.message.say_error
            )
            self.operations.submit(undo)

    def _undone(self, _changes: object) -> None:
        taken_back = self._merged.pop()
        self.message.say(tr("{name} is taken back; the notebook is as it was.", name=taken_back.path.name))
        self._show_done()

    # --- what changes meanwhile --------------------------------------------------------------------------------------

    def read(self) -> None:
        """What was looked at may be other now; what was merged may be taken back."""
        if self.preview is not None and not self.bringing.running:
            told = tr("The notebook has changed since this was looked at; merging goes by what it is then.")
            self.message.say(told, action=tr("Look again"), on_action=self._look_again)
        elif self.done is not None:
            self.operations.read(tr("Read exchanges"), taken_back, self._show_taken_back, key="exchange.incoming")

    def _look_again(self) -> None:
        if self._path is not None:
            self.bringing.look(self._path, self._opening)

    def _show_taken_back(self, changes: frozenset[int]) -> None:
        left = [one for one in self._merged if one.change not in changes]
        if self.done is not None and left != self._merged:
            self._merged = left
            self._show_done()

    # --- screen ------------------------------------------------------------------------------------------------------

    def focus_first(self) -> None:
        shown = self.form or self.preview or self.done
        if shown is not None:
            shown.focus_first()
        else:
            self.empty.button.setFocus()

    def tour_steps(self) -> list[TourStep]:
        return [("preview", self._tour_preview), ("changed", self._tour_changed), ("merged", self.merge)]

    def end_tour(self) -> None:
        self._merged = []
        self._put(None)

    def _tour_preview(self) -> None:
        def look(_changes: object) -> None:
            self.operations.read(tr("Name the copy"), copy_beside, lambda path: self.take_paths([path]))

        self.operations.submit(ChangeOp(tr("Work apart"), work_apart, look))

    def _tour_changed(self) -> None:
        if self.preview is not None:
            self.preview.head.counts[Outcome.CONFLICTING].click()
            self.preview.list.choose_first()
