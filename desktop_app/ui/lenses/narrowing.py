"""The field that narrows a lens: a query with completion, and stretches of time to choose from."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.model.queries import Completion
from desktop_app.ui.i18n import tr
from desktop_app.ui.widgets import CompletionPopup, Offer, ScreenContext, SearchField

WIDTH = 300

STRETCHES = (
    ("All time", ""),
    ("Last 30 days", 'in:"last 30 days"'),
    ("This month", 'in:"this month"'),
    ("This quarter", 'in:"this quarter"'),
    ("This year", 'in:"this year"'),
    ("Last year", 'in:"last year"'),
)


_OPEN_BEFORE = re.compile(r"(\bOR|\bNOT|-|\(|:|,)$")
_OPEN_AFTER = re.compile(r"OR\b|\)|,")


def in_stretch(query: str, part: str) -> str:
    """The query with another stretch of time in place of one of :data:`STRETCHES`: only what is joined to the rest
    by AND is taken out, and the rest keeps its meaning."""
    for _, known in STRETCHES:
        before, found, after = query.partition(known) if known else (query, "", "")
        before, after = before.strip(), after.strip()
        if found and not (_OPEN_BEFORE.search(before) or _OPEN_AFTER.match(after)):
            query = " ".join(words for words in (before, after) if words)
    query = query.strip()
    if part and re.search(r"\bOR\b", query) and not _is_enclosed(query):
        query = f"({query})"
    return " ".join(words for words in (query, part) if words)


def _is_enclosed(query: str) -> bool:
    """Whether one pair of parentheses holds all of it."""
    depth = 0
    for at, sign in enumerate(query):
        depth += (sign == "(") - (sign == ")")
        if depth <= 0:
            return sign == ")" and at == len(query) - 1
    return False


class NarrowField(SearchField):
    """``settled(str)`` with the whole query; ``left()`` on Esc in the empty field. Down, or the button at its end,
    offers stretches of time."""

    left = Signal()

    def __init__(self, context: ScreenContext, parent: QWidget) -> None:
        super().__init__(context.appearance, tr("Narrow: tag: person: in: …"), parent)
        self._operations = context.operations
        self.setFixedWidth(WIDTH)
        self.setToolTip(tr("Only what this search finds") + "  /")
        self.popup = CompletionPopup(context.appearance, self, preselect=False)
        self.popup.wanted.connect(self._ask)
        self.popup.accepted.connect(lambda _: self.settle_now())
        self.menu_action = QAction(tr("A stretch of time"), self)
        self.menu_action.triggered.connect(self.offer_stretches)
        self.addAction(self.menu_action, SearchField.ActionPosition.TrailingPosition)
        self._appearance = context.appearance
        self._appearance.changed.connect(self._draw_menu)
        self._draw_menu()

    def show_query(self, query: str) -> None:
        """Shows a query that was given elsewhere, without asking for it again."""
        self.blockSignals(True)
        self.setText(query)
        self.blockSignals(False)

    # --- completion --------------------------------------------------------------------------------------------------

    def _ask(self, text: str, position: int) -> None:
        def offer(found: Sequence[Completion]) -> None:
            if self.text() == text and self.hasFocus():
                offers = [Offer(one.text, one.start, one.end, one.note) for one in found]
                self.popup.offer([one for one in offers if text[one.start : one.end] != one.text], text, position)

        self._operations.read(
            tr("Complete a search"),
            lambda notebook: notebook.search.complete(text, position),
            offer,
            key="lenses.complete",
        )

    # --- stretches ---------------------------------------------------------------------------------------------------

    def offer_stretches(self) -> None:
        menu = QMenu(self)
        for words, part in STRETCHES:
            menu.addAction(tr(words)).triggered.connect(lambda _checked=False, part=part: self._take(part))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _take(self, part: str) -> None:
        self.setText(in_stretch(self.text(), part))
        self.settle_now()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.offer_stretches()
        elif event.key() == Qt.Key.Key_Escape and not self.text():
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _draw_menu(self) -> None:
        self.menu_action.setIcon(self._appearance.icon("chevron-down", size=16))
