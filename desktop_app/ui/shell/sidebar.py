"""The narrow column on the left: the notebook, the screens, the saved searches, and what the keys do."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui.i18n import tr
from desktop_app.ui.shell.places import Place
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets import ElidedLabel, IconButton, SectionLabel, TitleLabel

WIDTH, BODY = 176, 14
"""Pixels: its width, and the body text for which that is enough."""
WIDER = 5
"""Pixels more for each that body text is larger."""


@dataclass(frozen=True, slots=True)
class SavedCount:
    """A saved search with the number of its hits; ``None`` while it is not known or not understood."""

    id: str
    name: str
    query: str
    count: int | None


class _SavedRow(QWidget):
    """A saved search as a row: its name, its count, and renaming in place."""

    def __init__(self, saved: SavedCount, sidebar: "Sidebar") -> None:
        super().__init__(sidebar)
        self.saved = saved
        self._sidebar = sidebar
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.button = QPushButton(self)
        self.button.setProperty("role", "side-link")
        self.button.setFixedHeight(26)
        self.button.setAccessibleName(f"{saved.name}, {saved.count}" if saved.count is not None else saved.name)
        self.button.setToolTip(saved.query)
        self.button.clicked.connect(lambda: sidebar.search_requested.emit(saved.query))
        self.button.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.button.customContextMenuRequested.connect(self._menu)
        inner = QHBoxLayout(self.button)
        inner.setContentsMargins(12, 0, 8, 0)
        inner.setSpacing(8)
        name = ElidedLabel(saved.name, self.button, role="side-muted")
        count = QLabel("" if saved.count is None else f"{saved.count:,}", self.button)
        count.setProperty("role", "section")
        for label in (name, count):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inner.addWidget(name, 1)
        inner.addWidget(count)
        row.addWidget(self.button)
        self.edit = QLineEdit(self)
        self.edit.setAccessibleName(tr("New name"))
        self.edit.editingFinished.connect(self._renamed)
        self.edit.hide()
        row.addWidget(self.edit)

    def _menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Rename"), self._start_renaming)
        menu.addAction(tr("Remove"), lambda: self._sidebar.remove_requested.emit(self.saved.id))
        menu.popup(self.button.mapToGlobal(at))

    def _start_renaming(self) -> None:
        self.edit.setText(self.saved.name)
        self.button.hide()
        self.edit.show()
        self.edit.selectAll()
        self.edit.setFocus()

    def _renamed(self) -> None:
        if self.edit.isHidden():
            return
        self.edit.hide()
        self.button.show()
        name = self.edit.text().strip()
        if name and name != self.saved.name:
            self._sidebar.rename_requested.emit(self.saved.id, name, self.saved.query)


def _count_in(button: QPushButton) -> QLabel:
    """A place for a number at the end of a button."""
    row = QHBoxLayout(button)
    row.setContentsMargins(0, 0, 8, 0)
    row.addStretch()
    label = QLabel(button)
    label.setProperty("role", "section")
    label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    row.addWidget(label)
    return label


class Sidebar(QFrame):
    """Requests only: the window answers them."""

    place_requested = Signal(str)
    search_requested = Signal(str)
    write_requested = Signal()
    undo_requested = Signal()
    menu_requested = Signal(QPoint)
    rename_requested = Signal(str, str, str)
    remove_requested = Signal(str)

    def __init__(self, appearance: Appearance, places: Sequence[Place], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._places = places
        self._shown_searches: tuple[SavedCount, ...] = ()
        self.setProperty("role", "side")
        self._appearance = appearance
        self._buttons: dict[str, QPushButton | IconButton] = {}
        self._waiting: dict[str, QLabel] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 20, 12, 12)
        self._column.setSpacing(4)
        self._build_head()
        self._build_places()
        self._build_saved()
        self._build_foot()
        appearance.changed.connect(self._draw)
        self._draw()

    # --- building ---------------------------------------------------------------------------------------------------

    def _build_head(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 0, 0)
        head.addWidget(TitleLabel("Terrain", self), 1)
        self.menu_button = IconButton(self._appearance, "menu", tr("Menu"), self, role="muted_strong")
        self.menu_button.clicked.connect(
            lambda: self.menu_requested.emit(self.menu_button.mapToGlobal(QPoint(0, self.menu_button.height())))
        )
        head.addWidget(self.menu_button)
        self._column.addLayout(head)
        self.notebook_title = ElidedLabel(parent=self, role="side-muted")
        self.notebook_title.setContentsMargins(12, 0, 0, 0)
        self._column.addWidget(self.notebook_title)
        self._column.addSpacing(16)

    def _build_places(self) -> None:
        for place in self._places:
            if place.foot:
                continue
            # The space widens the gap between icon and name, which no style sheet can.
            button = QPushButton(f" {tr(place.title)}", self)
            button.setAccessibleName(tr(place.title))
            button.setProperty("role", "nav")
            button.setCheckable(True)
            button.setIconSize(QSize(18, 18))
            button.clicked.connect(lambda _checked=False, place=place: self.place_requested.emit(place.id))
            self._buttons[place.id] = button
            self._waiting[place.id] = _count_in(button)
            self._column.addWidget(button)

    def _build_saved(self) -> None:
        self._column.addSpacing(24)
        self._saved_title = SectionLabel(tr("Saved searches"), self)
        self._saved_title.setContentsMargins(12, 0, 0, 4)
        self._column.addWidget(self._saved_title)
        self._saved_area = QScrollArea(self)
        self._saved_area.setWidgetResizable(True)
        self._saved_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._saved_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget(self._saved_area)
        page.setProperty("role", "page")
        self._saved = QVBoxLayout(page)
        self._saved.setContentsMargins(0, 0, 0, 0)
        self._saved.setSpacing(0)
        self._saved.addStretch()
        self._saved_area.setWidget(page)
        self._saved_area.viewport().setAutoFillBackground(False)
        self._column.addWidget(self._saved_area, 1)
        self._saved_title.hide()

    def _build_foot(self) -> None:
        self.write_hint = self._hint(tr("Ctrl+N write"))
        self.write_hint.clicked.connect(self.write_requested)
        self.undo_hint = self._hint("")
        self.undo_hint.clicked.connect(self.undo_requested)
        self.undo_hint.hide()
        self._column.addWidget(self.undo_hint)
        self._column.addWidget(self.write_hint)
        foot = QHBoxLayout()
        foot.setContentsMargins(8, 4, 0, 0)
        foot.setSpacing(4)
        for place in self._places:
            if place.foot:
                button = IconButton(self._appearance, place.icon, tr(place.title), self, role="muted_strong")
                button.setCheckable(True)
                button.clicked.connect(lambda _checked=False, place=place: self.place_requested.emit(place.id))
                self._buttons[place.id] = button
                foot.addWidget(button)
        foot.addStretch()
        self._column.addLayout(foot)

    def _hint(self, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setProperty("role", "side-link")
        return button

    # --- showing ----------------------------------------------------------------------------------------------------

    def set_notebook(self, title: str) -> None:
        self.notebook_title.set_text(title)

    def set_enabled(self, enabled: bool) -> None:
        """Without a notebook there is nowhere to go and nothing to write."""
        for button in self._buttons.values():
            button.setEnabled(enabled)
        self.write_hint.setVisible(enabled)

    def set_current(self, place_id: str) -> None:
        for known, button in self._buttons.items():
            button.setChecked(known == place_id)
        self._draw()

    def set_waiting(self, place_id: str, count: int, words: str) -> None:
        """How much waits for a person on a screen, and what that is; 0 shows nothing."""
        label = self._waiting.get(place_id)
        if label is not None:
            title = tr(next(place.title for place in self._places if place.id == place_id))
            label.setText(f"{count:,}" if count else "")
            self._buttons[place_id].setAccessibleName(f"{title}, {words}" if count else title)
            self._buttons[place_id].setToolTip(words if count else "")

    def set_undo(self, label: str) -> None:
        """What Ctrl+Z would take back; an empty label hides the hint."""
        text = tr("Undo {label}", label=label[:1].lower() + label[1:]) if label else ""
        self.undo_hint.setText(tr("Ctrl+Z undo"))
        self.undo_hint.setToolTip(text)
        self.undo_hint.setAccessibleName(text)
        self.undo_hint.setVisible(bool(label))

    def saved(self) -> tuple[SavedCount, ...]:
        """The saved searches that are shown."""
        return self._shown_searches

    def set_saved(self, searches: Sequence[SavedCount]) -> None:
        self._shown_searches = tuple(searches)
        while self._saved.count() > 1:
            item = self._saved.takeAt(0)
            if item and (widget := item.widget()):
                widget.deleteLater()
        for at, saved in enumerate(searches):
            self._saved.insertWidget(at, _SavedRow(saved, self))
        self._saved_title.setVisible(bool(searches))

    def _draw(self) -> None:
        # Wide enough for the names of places; more would be taken from what is read.
        self.setFixedWidth(WIDTH + WIDER * max(self._appearance.sizes.body - BODY, 0))
        for place in self._places:
            button = self._buttons[place.id]
            if isinstance(button, QPushButton):
                button.setIcon(
                    self._appearance.icon(place.icon, "accent" if button.isChecked() else "muted_strong", 18)
                )
