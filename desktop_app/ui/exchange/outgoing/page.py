"""The page that copies out: the form at the left, what the copy would hold at the right, and one button."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QMessageBox,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from desktop_app.model.errors import Interrupted, Invalid, KnownError
from desktop_app.model.exchange import ExportChoice
from desktop_app.model.merging import RULES
from desktop_app.ui.exchange.outgoing.copying import Copying, Previewed
from desktop_app.ui.exchange.outgoing.form import PLAIN, SEALED, CopyForm
from desktop_app.ui.exchange.outgoing.preview_view import CopyPreview
from desktop_app.ui.exchange.page import Page
from desktop_app.ui.i18n import error_sentence, tr
from desktop_app.ui.widgets import (
    InlineMessage,
    KeyHint,
    PrimaryButton,
    ProgressStrip,
    ScreenContext,
    ScrollPage,
    TourStep,
    add_shortcuts,
)

if TYPE_CHECKING:
    from desktop_app.services.exporting import Exported

NARROW = 380
"""Pixels of the form."""


class OutgoingPage(Page):
    """Nothing leaves that was not told before."""

    page_id = "outgoing"
    title = "Copy out"
    kinds = tuple(RULES)

    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.hide_words: dict[str, str] = {}
        self.left_words: list[str] = []
        self.view: CopyPreview | None = None
        self.copying = Copying(self.operations, self)
        self._build()
        self._connect()

    # --- parts -------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        self.message = InlineMessage(self.appearance, self)
        self.strip = ProgressStrip(self)
        outer.addWidget(self.message)
        outer.addWidget(self.strip)
        self.left = ScrollPage(tr("What goes into the copy"), self)
        self.left.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.left.setMinimumWidth(NARROW)
        self.form = CopyForm(self.appearance, self.left.sheet)
        self.left.body.addWidget(self.form)
        self.right = ScrollPage(tr("What the copy would hold"), self)
        self.right.setMinimumWidth(NARROW)
        self._place = QVBoxLayout()
        self.right.body.addLayout(self._place, 1)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(16)
        split.addWidget(self.left)
        split.addWidget(self.right)
        split.setSizes([420, 580])
        outer.addWidget(split, 1)
        row = QHBoxLayout()
        self.write_button = PrimaryButton(tr("Write the copy"), self)
        self.write_button.setToolTip(f"{tr('Write the copy')}  Ctrl+Enter")
        row.addWidget(self.write_button)
        row.addWidget(KeyHint(tr("Ctrl+Enter writes the copy · F6 to the preview"), self))
        row.addStretch()
        outer.addLayout(row)

    def _connect(self) -> None:
        self.form.changed.connect(self._look)
        self.form.revealed.connect(self._reveal)
        self.form.file_wanted.connect(self.choose_file)
        self.form.key_wanted.connect(self.choose_key)
        self.write_button.clicked.connect(self.write)
        self.copying.previewed.connect(self._show_preview)
        self.copying.not_previewed.connect(self._not_previewed)
        self.copying.began.connect(self._began)
        self.copying.progressed.connect(self.strip.progress)
        self.copying.ended.connect(self._ended)
        self.copying.written.connect(self._written)
        self.copying.failed.connect(self._failed)
        self.strip.stop_requested.connect(self.copying.stop)
        keys = (("Ctrl+Return", self.write), ("Ctrl+Enter", self.write), ("F6", self.next_pane))
        add_shortcuts(self, keys)

    def next_pane(self) -> None:
        if self.right.area.hasFocus() or self.right.isAncestorOf(self.focusWidget()):
            self.focus_first()
        else:
            self.right.area.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _reveal(self, part: QWidget) -> None:
        """Scrolls to what has only now been shown, as soon as it has its place."""
        QTimer.singleShot(0, part, lambda: self.left.scroll_to(part, part.rect()))

    # --- looking -----------------------------------------------------------------------------------------------------

    def read(self) -> None:
        self._look()

    def choice(self) -> ExportChoice:
        return self.form.choice(self.hide_words)

    def _look(self) -> None:
        if self.form.selects_nothing:
            self.form.explanation.setText(tr("Type what is to be found."))
            self._put(None)
        else:
            self.copying.look(self.choice())

    def _show_preview(self, previewed: Previewed) -> None:
        # The form may have been changed since this was asked.
        if previewed.choice != self.choice() or self.form.selects_nothing:
            return
        self.form.query.set_problem(False)
        self.form.explanation.setText(previewed.explanation)
        at = self.right.area.verticalScrollBar().value()
        before = self.view.state() if self.view is not None else None
        view = CopyPreview(self.appearance, previewed, self.left_words, self.right.sheet)
        view.hide_requested.connect(self._replace)
        view.leave_requested.connect(self._leave)
        self._put(view)
        self.right.area.verticalScrollBar().setValue(at)
        if before is not None:
            view.resume(before)

    def _not_previewed(self, error: KnownError) -> None:
        self._put(None)
        if self.form.what.value() == "query":
            self.form.query.set_problem(True)
            self.form.explanation.setText(error_sentence(error))
        else:
            self.message.say_error(error)

    def _put(self, view: CopyPreview | None) -> None:
        while (item := self._place.takeAt(0)) is not None:
            if old := item.widget():
                if old.isAncestorOf(self.focusWidget()):
                    self.right.area.setFocus()
                old.hide()
                old.deleteLater()
        if view is not None:
            self._place.addWidget(view)
        self.view = view

    def _replace(self, text: str, by: str) -> None:
        if by:
            self.hide_words[text] = by
        else:
            self.hide_words.pop(text, None)
        self._look()

    def _leave(self, text: str) -> None:
        self.left_words.append(text)
        if self.view is not None:
            self._show_preview(self.view.previewed)

    # --- where to ----------------------------------------------------------------------------------------------------

    def choose_file(self) -> None:
        """Asks where the copy is to be written."""
        ending = PLAIN if self.form.sealing.value() == "none" else SEALED
        dialog = self._dialog(tr("Write the copy to"), tr("Notebooks (*{ending})", ending=ending))
        dialog.selectFile(tr("copy") + ending)
        dialog.fileSelected.connect(self.form.target.setText)
        dialog.open()

    def choose_key(self) -> None:
        """Asks where the key of the pseudonyms is to be written."""
        dialog = self._dialog(tr("Write the key to"), tr("Keys of pseudonyms (*.json)"))
        dialog.selectFile(tr("key") + ".json")
        dialog.fileSelected.connect(self.form.key_file.setText)
        dialog.open()

    def _dialog(self, title: str, kinds: str) -> QFileDialog:
        dialog = QFileDialog(self, title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([kinds])
        # Whether one that is there may be replaced is asked when it is written.
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog

    # --- writing -----------------------------------------------------------------------------------------------------

    def write(self) -> None:
        """Writes the copy; asks where to, if that was not said."""
        if self.copying.running:
            return
        if self.form.selects_nothing:
            self.form.query.setFocus()
            return
        try:
            seal = self.form.seal()
        except Invalid as error:
            self.message.say_error(error)
            return
        if self.view is None or self.view.previewed.choice != self.choice():
            self._look()
            self.message.say(tr("What goes out is still being looked at; look at it, then write the copy."))
            return
        path = self.form.target_path()
        if path is None:
            self.choose_file()
            return
        self.message.dismiss()
        key = self.form.key_path()
        there = [one for one in (path, key) if one is not None and one.exists()]
        if there and not self._may_replace(there):
            return
        self.copying.write(path, self.choice(), seal, key, replace=bool(there))

    def _may_replace(self, there: Sequence[Path]) -> bool:
        asked = QMessageBox(self)
        asked.setIcon(QMessageBox.Icon.Warning)
        asked.setTextFormat(Qt.TextFormat.PlainText)
        asked.setText(tr("Replace {names}?", names=", ".join(path.name for path in there)))
        asked.setInformativeText(tr("A file of that name is there already; what it holds will be lost."))
        replace = asked.addButton(tr("Replace"), QMessageBox.ButtonRole.DestructiveRole)
        keep = asked.addButton(tr("Keep it"), QMessageBox.ButtonRole.RejectRole)
        asked.setDefaultButton(keep)
        asked.setEscapeButton(keep)
        asked.exec()
        return asked.clickedButton() is replace

    def _began(self, title: str) -> None:
        self.strip.begin(title)
        self.form.setEnabled(False)
        self.write_button.setEnabled(False)

    def _ended(self) -> None:
        self.strip.finish()
        self.form.setEnabled(True)
        self.write_button.setEnabled(True)

    def _written(self, exported: "Exported") -> None:
        self.form.forget_secrets()
        told = tr("{name} is written.", name=exported.path)
        if exported.key_path is not None:
            told = f"{told} {tr('The key is in {name}: keep it, and do not send it along.', name=exported.key_path)}"
        self.message.say(told, action=tr("Show the history"), on_action=lambda: self.page_requested.emit("past"))
        self.write_button.setFocus()

    def _failed(self, error: KnownError) -> None:
        if isinstance(error, Interrupted):
            self.message.say(tr("It was stopped; nothing was written."))
        else:
            self.message.say_error(error)

    # --- screen ------------------------------------------------------------------------------------------------------

    def focus_first(self) -> None:
        next(button for button in self.form.what.buttons.values() if button.isChecked()).setFocus()

    def tour_steps(self) -> list[TourStep]:
        return [("redacted", self.form.redact.click)]

    def end_tour(self) -> None:
        self.form.redact.click()
