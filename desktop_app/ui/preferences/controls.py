"""What a setting is changed with: one control for each kind. All give ``changed(value)`` when a person changes it."""

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from desktop_app.config.settings import Setting, Value
from desktop_app.ui.i18n import tr

MOST_SEGMENTS = 3
SEGMENT_PADDING = 27
FIELD_WIDTH = 200


class Control(QWidget):
    """Base: ``show_value`` shows a value without a signal."""

    changed = Signal(object)

    def show_value(self, value: Value) -> None:
        raise NotImplementedError

    def focus(self) -> None:
        """Puts the focus on what is changed."""


def control_for(setting: Setting, parent: QWidget) -> Control:
    """The control of a setting's kind, under the setting's name for those who listen."""
    if setting.kind == "flag":
        return Switch(setting, parent)
    if setting.kind == "folder":
        return FolderField(setting, parent)
    if setting.kind == "text":
        return TextField(setting, parent)
    return Segments(setting, parent) if len(setting.choices) <= MOST_SEGMENTS else Choices(setting, parent)


class Segments(Control):
    """A few choices side by side."""

    def __init__(self, setting: Setting, parent: QWidget) -> None:
        super().__init__(parent)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame = QFrame(self)
        frame.setProperty("role", "card")
        row = QHBoxLayout(frame)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        outer.addWidget(frame)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.buttons: dict[Value, QPushButton] = {}
        for value, name in setting.choices:
            button = QPushButton(tr(name), frame)
            button.setProperty("role", "nav")
            button.setCheckable(True)
            button.setAccessibleName(f"{tr(setting.title)}: {tr(name)}")
            button.clicked.connect(lambda _=False, value=value: self.changed.emit(value))
            self._group.addButton(button)
            self.buttons[value] = button
            row.addWidget(button)
        self._keep_widths()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "buttons"):
            self._keep_widths()

    def _keep_widths(self) -> None:
        """The chosen word is bold: each has room for it, so that nothing moves."""
        for button in self.buttons.values():
            font = QFont(button.font())
            font.setWeight(QFont.Weight.DemiBold)
            button.setMinimumWidth(QFontMetrics(font).horizontalAdvance(button.text()) + SEGMENT_PADDING)

    def show_value(self, value: Value) -> None:
        self.buttons[value].setChecked(True)

    def focus(self) -> None:
        button = self._group.checkedButton()
        if button is not None:
            button.setFocus()


class ComboBox(QComboBox):
    """Leaves the wheel to the page unless it has the focus: nobody changes a setting by scrolling past it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class Choices(Control):
    """Many choices, one shown."""

    def __init__(self, setting: Setting, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.box = ComboBox(self)
        self.box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.box.setMinimumWidth(140)
        self.box.setAccessibleName(tr(setting.title))
        self._values = [value for value, _ in setting.choices]
        for _, name in setting.choices:
            self.box.addItem(tr(name))
        self.box.activated.connect(lambda at: self.changed.emit(self._values[at]))
        row.addWidget(self.box)

    def show_value(self, value: Value) -> None:
        self.box.setCurrentIndex(self._values.index(value))

    def focus(self) -> None:
        self.box.setFocus()


class Switch(Control):
    """On or off."""

    def __init__(self, setting: Setting, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.box = QCheckBox(tr("On"), self)
        self.box.setAccessibleName(tr(setting.title))
        self.box.clicked.connect(lambda checked: self.changed.emit(bool(checked)))
        row.addWidget(self.box)

    def show_value(self, value: Value) -> None:
        self.box.setChecked(bool(value))

    def focus(self) -> None:
        self.box.setFocus()


class TextField(Control):
    """A line of text; it counts when it is left, or on Enter."""

    def __init__(self, setting: Setting, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.line = QLineEdit(self)
        self.line.setAccessibleName(tr(setting.title))
        self.line.setMinimumWidth(FIELD_WIDTH)
        self.line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.line.editingFinished.connect(self._finished)
        row.addWidget(self.line, 1)

    def show_value(self, value: Value) -> None:
        """A field that is being typed in is left alone."""
        if str(value) != self._shown or not self.line.isModified():
            self._shown = str(value)
            self.line.setText(self._shown)

    def set_problem(self, problem: bool) -> None:
        if bool(self.line.property("problem")) != problem:
            self.line.setProperty("problem", problem)
            self.line.style().unpolish(self.line)
            self.line.style().polish(self.line)

    def focus(self) -> None:
        self.line.setFocus()

    def _finished(self) -> None:
        text = self.line.text().strip()
        if text != self._shown:
            self._shown = text
            self.line.setModified(False)
            self.changed.emit(text)


class FolderField(TextField):
    """A folder, typed or chosen."""

    def __init__(self, setting: Setting, parent: QWidget) -> None:
        super().__init__(setting, parent)
        self._title = tr(setting.title)
        self.button = QPushButton(tr("Choose…"), self)
        self.button.setAccessibleName(tr("Choose: {what}", what=self._title))
        self.button.clicked.connect(self._choose)
        row = self.layout()
        assert row is not None
        row.addWidget(self.button)

    def _choose(self) -> None:
        there = self.line.text().strip()
        dialog = QFileDialog(self, self._title, there if there and Path(there).is_dir() else "")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.choose)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def choose(self, folder: str) -> None:
        self.line.setText(folder)
        self._finished()
