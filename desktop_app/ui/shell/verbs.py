"""What the window itself can do: the handlers that the table of actions names."""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.config.settings import BY_KEY
from desktop_app.model.changes import Changes
from desktop_app.ui.i18n import tr
from desktop_app.ui.ops import ChangeOp, LongOp, Progress, ShouldStop
from desktop_app.ui.shell.editing import can_redo, can_undo

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook
    from desktop_app.ui.shell.main_window import MainWindow


class Verbs(QObject):
    """One method for each ``handler`` of the table that belongs to no screen."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._operations = window.operations

    # --- writing and taking back ------------------------------------------------------------------------------------

    def write(self) -> None:
        self._window.capture_requested.emit("", "")

    def undo(self) -> None:
        """Takes back typing in a focused editor that has some, else the notebook's last change."""
        editor = _focused()
        if editor is not None and can_undo(editor):
            cast("_Undoable", editor).undo()
            return
        self._submit(tr("Undo"), lambda notebook: notebook.history.undo(), self._undone)

    def redo(self) -> None:
        editor = _focused()
        if editor is not None and can_redo(editor):
            cast("_Undoable", editor).redo()
            return
        self._submit(tr("Redo"), lambda notebook: notebook.history.redo(), self._redone)

    def _undone(self, changes: Changes[str] | None) -> None:
        if changes is None:
            self._window.status.say(tr("There is nothing to undo."))
        else:
            self._window.upkeep.said_already()
            self._window.status.say(tr("Undid: {label}", label=_small(changes.label)), tr("Redo"), self.redo)

    def _redone(self, changes: Changes[str] | None) -> None:
        if changes is None:
            self._window.status.say(tr("There is nothing to redo."))
        else:
            self._window.upkeep.said_already()
            self._window.status.say(tr("Redid: {label}", label=_small(changes.label)), tr("Undo"), self.undo)

    # --- going ------------------------------------------------------------------------------------------------------

    def go_to(self, place_id: str) -> None:
        self._window.go_to(place_id)

    def search(self) -> None:
        screen = self._window.go_to("browse")
        if screen is not None:
            screen.focus_first()

    def jump(self) -> None:
        self._window.chooser("jump").open_with()

    def palette(self) -> None:
        self._window.chooser("palette").open_with()

    def raise_window(self) -> None:
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()

    # --- the notebook -----------------------------------------------------------------------------------------------

    def new_notebook(self) -> None:
        self._window.notebook_requested.emit("new")

    def choose_notebook(self) -> None:
        self._window.notebook_requested.emit("open")

    def open_sample(self) -> None:
        self._window.notebook_requested.emit("sample")

    def back_up(self) -> None:
        def call(notebook: "Notebook", progress: Progress, should_stop: ShouldStop) -> str:
            return str(notebook.maintenance.backup())

        def done(path: str) -> None:
            self._window.status.say(tr("Backed up to {path}", path=path))

        self._operations.submit(LongOp(tr("Backing up"), call, done))

    def check(self) -> None:
        def call(notebook: "Notebook", progress: Progress, should_stop: ShouldStop) -> list[str]:
            report = notebook.maintenance.check(progress=progress)
            return [f"{problem.where}: {problem.what}" for problem in report.problems]

        def done(problems: list[str]) -> None:
            if problems:
                first = "; ".join(problems[:3])
                self._window.tell(tr("The check found {count} problems: {first}", count=len(problems), first=first))
            else:
                self._window.status.say(tr("The notebook is in order."))

        self._operations.submit(LongOp(tr("Checking the notebook"), call, done, lane="background"))

    def rebuild_index(self) -> None:
        def done(count: int) -> None:
            self._operations.indexed.emit(count)
            self._window.status.say(tr("The search index is new: {count} documents.", count=f"{count:,}"))

        self._operations.submit(
            LongOp(
                tr("Rebuilding the search index"),
                lambda notebook, progress, should_stop: notebook.search.rebuild(progress, should_stop),
                done,
                lane="background",
            )
        )

    def rename_search(self, item: str, name: str, query: str) -> None:
        self._submit(tr("Rename"), lambda notebook: notebook.saved_searches.edit(item, name, query))

    def remove_search(self, item: str) -> None:
        self._submit(tr("Remove"), lambda notebook: notebook.saved_searches.remove(item))

    def quit(self) -> None:
        self._window.close()

    # --- the look ---------------------------------------------------------------------------------------------------

    def switch_theme(self) -> None:
        dark = self._window.context.appearance.theme.dark
        self._set("theme", "light" if dark else "dark")

    def larger_text(self) -> None:
        self._step_text(+1)

    def smaller_text(self) -> None:
        self._step_text(-1)

    def _step_text(self, step: int) -> None:
        sizes = [int(size) for size, _ in BY_KEY["text_size"].choices]
        at = sizes.index(self._window.context.settings.number("text_size")) + step
        self._set("text_size", sizes[max(0, min(at, len(sizes) - 1))])

    def _set(self, key: str, value: str | int) -> None:
        settings = self._window.context.settings
        settings.set(key, value)
        self._window.context.appearance.settings_changed()
        try:
            settings.save()
        except OSError as error:
            self._window.tell(tr("The settings could not be saved: {why}", why=error.strerror or str(error)))

    def _submit(
        self,
        label: str,
        call: "Callable[[Notebook], Changes[str] | None]",
        done: Callable[[Changes[str] | None], None] | None = None,
    ) -> None:
        self._operations.submit(ChangeOp(label, call, done))


class _Undoable(QWidget):
    """What QLineEdit and the text editors have in common here; for the type checker only."""

    def undo(self) -> None: ...

    def redo(self) -> None: ...


def _focused() -> QWidget | None:
    return QApplication.focusWidget()


def _small(label: str) -> str:
    return label[:1].lower() + label[1:]
