"""The widgets of the editor's form: one per :class:`Shape`, each with ``value``, ``set_value`` and ``changed``."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.model.entries import COMPARISONS, Result
from desktop_app.ui.browse.fields import Field, Shape
from desktop_app.ui.i18n import tr
from desktop_app.ui.theme import Appearance, paint_mark
from desktop_app.ui.widgets import CompletionPopup, FlowLayout, MutedLabel, Offer

Pairs = Sequence[tuple[str, str]]
MOST_OFFERS = 8


class Input(QWidget):
    """Base of the form's widgets. Values are plain JSON, so that they can be kept as a draft."""

    changed = Signal()

    def value(self) -> Any:
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        raise NotImplementedError


class Toggles(Input):
    """Words to switch on and off; with ``single`` at most one is on. Perspectives show their mark."""

    def __init__(
        self, appearance: Appearance, name: str, pairs: Pairs, parent: QWidget, *, single: bool, required: bool = False
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._single, self._required = single, required
        self._marked = name == "perspectives"
        self._unknown: list[str] = []
        flow = FlowLayout(self, spacing=4)
        self._buttons: dict[str, QToolButton] = {}
        for value, label in pairs:
            button = QToolButton(self)
            button.setText(tr(label))
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(lambda _=False, value=value: self._clicked(value))
            if self._marked:
                button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
                button.setIconSize(QSize(16, 16))
                button.setIcon(mark_icon(appearance, value, self.devicePixelRatioF()))
            flow.addWidget(button)
            self._buttons[value] = button

    def value(self) -> Any:
        on = [value for value, button in self._buttons.items() if button.isChecked()]
        return (on[0] if on else "") if self._single else on + self._unknown

    def set_value(self, value: Any) -> None:
        wanted = {value} if self._single else set(value)
        for name, button in self._buttons.items():
            button.setChecked(name in wanted)
        # Terms that came with somebody else's notebook are kept, though they cannot be switched here.
        self._unknown = [] if self._single else sorted(wanted - set(self._buttons))

    def _clicked(self, value: str) -> None:
        if self._single:
            for name, button in self._buttons.items():
                button.setChecked(name == value and (button.isChecked() or self._required))
        self.changed.emit()


class Words(Input):
    """A line of text, completed from names; with a ``separator`` it is a list of them."""

    def __init__(
        self, appearance: Appearance, names: Pairs, hint: str, parent: QWidget, *, separator: str = ""
    ) -> None:
        super().__init__(parent)
        self._separator = separator
        self._names = [name for name, _ in names]
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(tr(hint))
        self.row.addWidget(self.line)
        self.line.textChanged.connect(lambda _: self.changed.emit())
        if self._names:
            self.popup = CompletionPopup(appearance, self.line, preselect=False)
            self.popup.wanted.connect(self._offer)

    def value(self) -> Any:
        text = self.line.text()
        if not self._separator:
            return text.strip()
        return [part.strip() for part in text.split(self._separator) if part.strip()]

    def set_value(self, value: Any) -> None:
        self.line.setText(f"{self._separator} ".join(value) if self._separator else str(value or ""))

    def _offer(self, text: str, position: int) -> None:
        start = text.rfind(self._separator, 0, position) + 1 if self._separator else 0
        start += len(text[start:position]) - len(text[start:position].lstrip())
        typed = text[start:position].casefold()
        begin = [name for name in self._names if name.casefold().startswith(typed)]
        inside = [name for name in self._names if typed in name.casefold() and name not in begin]
        found = [name for name in begin + inside if typed and name.casefold() != typed][:MOST_OFFERS]
        self.popup.offer([Offer(name, start, position) for name in found], text, position)


class When(Words):
    """A date or a rhythm as people type it. ``understanding_wanted(str)`` asks; :meth:`show_understood` tells, live."""

    understanding_wanted = Signal(str)

    def __init__(self, appearance: Appearance, names: Pairs, hint: str, parent: QWidget) -> None:
        super().__init__(appearance, names, hint, parent)
        self.line.setMinimumWidth(160)
        self.understood = MutedLabel("", self, wrap=True)
        self.row.setSpacing(12)
        self.row.setStretch(0, 3)
        self.row.addWidget(self.understood, 2)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(150)
        self._settle.timeout.connect(self._ask)
        self.line.textChanged.connect(lambda _: self._settle.start())

    def show_understood(self, text: str, words: str, *, problem: bool) -> None:
        """What ``text`` was read as, or why it was not; ignored when something else stands there by now."""
        if text == self.value():
            self.understood.setText(words)
            self.understood.setProperty("role", "error" if problem else "muted")
            self.understood.style().unpolish(self.understood)
            self.understood.style().polish(self.understood)

    def _ask(self) -> None:
        self.understanding_wanted.emit(self.value())

    def hideEvent(self, event: Any) -> None:
        self._settle.stop()
        super().hideEvent(event)


class Flag(Input):
    def __init__(self, hint: str, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.box = QCheckBox(tr(hint), self)
        self.box.toggled.connect(lambda _: self.changed.emit())
        row.addWidget(self.box)

    def value(self) -> Any:
        return self.box.isChecked()

    def set_value(self, value: Any) -> None:
        self.box.setChecked(bool(value))


class Percent(Input):
    """0 to 100 %, or not said; the value is a fraction or ``None``."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.spin = QSpinBox(self)
        self.spin.setRange(-1, 100)
        self.spin.setSingleStep(5)
        self.spin.setSuffix(" %")
        self.spin.setSpecialValueText(tr("not said"))
        self.spin.setMinimumWidth(110)
        self.spin.valueChanged.connect(lambda _: self.changed.emit())
        row.addWidget(self.spin)
        row.addStretch()

    def value(self) -> Any:
        return None if self.spin.value() < 0 else self.spin.value() / 100

    def set_value(self, value: Any) -> None:
        self.spin.setValue(-1 if value is None else round(float(value) * 100))


class CheckInput(Input):
    """A series, a comparison, a limit and a period; without a series there is no check."""

    def __init__(self, appearance: Appearance, names: Pairs, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.series = Words(appearance, names, "series", self)
        self.comparison = QComboBox(self)
        self.comparison.addItems(COMPARISONS)
        self.limit = QLineEdit(self)
        self.limit.setPlaceholderText(tr("1,200"))
        self.limit.setMaximumWidth(80)
        self.period = QLineEdit(self)
        self.period.setPlaceholderText(tr("2026-Q1"))
        self.period.setMaximumWidth(100)
        row.addWidget(self.series, 1)
        for widget in (self.comparison, self.limit, self.period):
            row.addWidget(widget)
        self.series.changed.connect(self.changed)
        self.comparison.currentIndexChanged.connect(lambda _: self.changed.emit())
        for line in (self.limit, self.period):
            line.textChanged.connect(lambda _: self.changed.emit())

    def value(self) -> Any:
        series = self.series.value()
        if not series:
            return None
        limit: object = self.limit.text().strip()
        with suppress(ValueError):  # said when it is saved: a draft keeps what was typed
            limit = float(str(limit))
        return [series, self.comparison.currentText(), limit, self.period.text().strip()]

    def set_value(self, value: Any) -> None:
        series, comparison, limit, period = value or ("", ">=", "", "")
        self.series.set_value(series)
        self.comparison.setCurrentText(str(comparison))
        self.limit.setText(f"{limit:g}" if isinstance(limit, float) else str(limit))
        self.period.setText(str(period))


class OutcomeInput(Input):
    """How a foresight turned out, and a word about it; nothing switched on means that it is still open."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        pairs = tuple((str(result), str(result)) for result in Result)
        self.result = Toggles(appearance, "outcome", pairs, self, single=True)
        self.note = QLineEdit(self)
        self.note.setPlaceholderText(tr("how it came about"))
        self._resolved = ""
        column.addWidget(self.result)
        column.addWidget(self.note)
        self.result.changed.connect(self._switched)
        self.note.textChanged.connect(lambda _: self.changed.emit())

    def value(self) -> Any:
        result = self.result.value()
        return [result, self.note.text().strip(), self._resolved] if result else None

    def set_value(self, value: Any) -> None:
        result, note, self._resolved = value or ("", "", "")
        self.result.set_value(result)
        self.note.setText(str(note))
        self.note.setVisible(bool(result))

    def _switched(self) -> None:
        self.note.setVisible(bool(self.result.value()))
        self.changed.emit()


def make_input(appearance: Appearance, field: Field, pairs: Pairs, parent: QWidget) -> Input:
    """The widget of a field's shape."""
    made: Input
    if field.shape in (Shape.ONE_OF, Shape.TERMS):
        single = field.shape == Shape.ONE_OF
        made = Toggles(appearance, field.name, pairs, parent, single=single, required=field.name == "kind")
    elif field.shape in (Shape.WORDS, Shape.LIST):
        made = Words(
            appearance, pairs, field.hint, parent, separator=field.separator if field.shape == Shape.LIST else ""
        )
    elif field.shape in (Shape.WHEN, Shape.RHYTHM):
        made = When(appearance, pairs, field.hint, parent)
    elif field.shape == Shape.FLAG:
        made = Flag(field.hint, parent)
    elif field.shape == Shape.PERCENT:
        made = Percent(parent)
    elif field.shape == Shape.CHECK:
        made = CheckInput(appearance, pairs, parent)
    else:
        made = OutcomeInput(appearance, parent)
    made.setAccessibleName(tr(field.label))
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return made


def mark_icon(appearance: Appearance, perspective: str, ratio: float) -> QIcon:
    """A perspective's mark as an icon of 16 px."""
    pixmap = QPixmap(QSize(round(16 * ratio), round(16 * ratio)))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_mark(painter, QPointF(8, 8), 10, perspective, appearance.theme)
    painter.end()
    return QIcon(pixmap)
