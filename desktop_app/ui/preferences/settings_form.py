"""The form: one card for each section of the table of settings, one row for each setting."""

import os
import tempfile
from functools import partial
from itertools import groupby
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.config.settings import SETTINGS, Setting, Value
from desktop_app.model.errors import KnownError
from desktop_app.ui.i18n import error_sentence, tr
from desktop_app.ui.ops import ChangeOp, ReadOp
from desktop_app.ui.preferences.controls import FolderField, control_for
from desktop_app.ui.theme import SPACE_L, SPACE_M, Appearance
from desktop_app.ui.widgets import Card, HairLine, IconButton, InlineMessage, MutedLabel, ScreenContext, SectionLabel
from desktop_app.ui.widgets.labels import TextLabel


class FolderNotUsable(KnownError):
    template = "Nothing can be written to {path} ({reason}); the setting stays as it was."


class SettingRow(QWidget):
    """Name and description at the left, the control at the right, and a way back to the default where it is not so."""

    changed = Signal(object)
    reset_wanted = Signal()

    def __init__(self, appearance: Appearance, setting: Setting, parent: QWidget) -> None:
        super().__init__(parent)
        self.setting = setting
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE_L)
        grid.setVerticalSpacing(2)
        title = TextLabel(tr(setting.title), self)
        self.control = control_for(setting, self)
        self.reset = IconButton(appearance, "undo", tr("Put back: {what}", what=tr(setting.title)), self, size=16)
        policy = self.reset.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.reset.setSizePolicy(policy)
        self.description = MutedLabel(tr(setting.description), self, wrap=True)
        self.message = InlineMessage(appearance, self)
        below = setting.kind in ("text", "folder")
        grid.addWidget(title, 0, 0)
        grid.addWidget(self.description, 1, 0)
        if below:
            # A line of text wants the whole width.
            grid.addWidget(self.control, 2, 0, 1, 2)
            grid.addWidget(self.reset, 2, 2, Qt.AlignmentFlag.AlignVCenter)
            grid.setRowMinimumHeight(2, 40)
        else:
            grid.addWidget(self.control, 0, 1, 2, 1, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
            grid.addWidget(self.reset, 0, 2, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self.message, 3, 0, 1, 3)
        grid.setColumnStretch(0, 1)
        self.control.changed.connect(self.changed)
        self.reset.clicked.connect(self.reset_wanted)

    def show_value(self, value: Value) -> None:
        self.control.show_value(value)
        self.reset.setVisible(value != self.setting.default)


class SettingsForm(QWidget):
    """Sets, saves and applies at once; what cannot be is told in its row."""

    def __init__(self, context: ScreenContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.rows: dict[str, SettingRow] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_M)
        for section, settings in groupby(SETTINGS, key=lambda setting: setting.section):
            column.addWidget(SectionLabel(tr(section), self))
            column.addWidget(self._card(list(settings)))
            column.addSpacing(SPACE_M)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.show_values()
        # Theme and text size have keys of their own.
        context.appearance.changed.connect(self.show_values)

    def _card(self, settings: list[Setting]) -> Card:
        card = Card(self, spacing=12)
        for number, setting in enumerate(settings):
            if number:
                card.body.addWidget(HairLine(card))
            row = SettingRow(self._context.appearance, setting, card)
            row.changed.connect(partial(self._change, row))
            row.reset_wanted.connect(partial(self._reset, row))
            card.body.addWidget(row)
            self.rows[setting.key] = row
        return card

    def show_values(self) -> None:
        for key, row in self.rows.items():
            row.show_value(self._context.settings.get(key))

    def focus_first(self) -> None:
        next(iter(self.rows.values())).control.focus()

    # --- changing ---------------------------------------------------------------------------------------------------

    def _change(self, row: SettingRow, value: Value) -> None:
        row.message.dismiss()
        if isinstance(row.control, FolderField) and value:
            row.control.set_problem(False)
            self._context.operations.submit(
                ReadOp(
                    tr("Look at the folder"),
                    lambda _: usable_folder(str(value)),
                    partial(self._apply, row),
                    partial(self._refuse, row),
                    key="preferences:folder",
                )
            )
        else:
            self._apply(row, value)

    def _apply(self, row: SettingRow, value: Value) -> None:
        self._context.settings.set(row.setting.key, value)
        self._applied(row)

    def _refuse(self, row: SettingRow, error: KnownError) -> None:
        assert isinstance(row.control, FolderField)
        row.control.set_problem(True)
        row.reset.show()
        row.message.say(error_sentence(error), "error")

    def _reset(self, row: SettingRow) -> None:
        row.message.dismiss()
        self._context.settings.reset(row.setting.key)
        self._applied(row)
        row.control.focus()

    def _applied(self, row: SettingRow) -> None:
        row.show_value(self._context.settings.get(row.setting.key))
        if isinstance(row.control, FolderField):
            row.control.set_problem(False)
        self._context.appearance.settings_changed()
        try:
            self._context.settings.save()
            self._follow()
        except OSError as error:
            sentence = tr(
                "It holds until Terrain is closed, but could not be saved in {path}: {why}.",
                path=self._context.settings.path,
                why=error.strerror or str(error),
            )
            row.message.say(sentence, "error")

    def _follow(self) -> None:
        """The open notebook is held by two threads that read and write by the settings; each is told in its turn."""
        operations, label = self._context.operations, tr("Follow the settings")
        operations.read(label, lambda notebook: notebook.follow_settings(), lambda _: None, key="preferences:follow")
        operations.submit(ChangeOp(label, lambda notebook: notebook.follow_settings()))


def usable_folder(folder: str) -> str:
    """The folder as a whole path, made where it was not yet; raises :class:`FolderNotUsable`."""
    path = Path(folder).expanduser().absolute()
    try:
        path.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path, prefix=".terrain-")
        os.close(handle)
        Path(name).unlink()
    except OSError as error:
        raise FolderNotUsable(path=path, reason=error.strerror or str(error)) from error
    return str(path)
