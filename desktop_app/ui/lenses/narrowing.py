"""The field that narrows a lens: a query with completion, and stretches of time to choose from."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
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


class NarrowField(SearchField):
    """``settled(str)`` with the whole query. Down, or the button at its end, offers stretches of time."""

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
        parts = {words for _, words in STRETCHES if words}
        rest = self.text()
        for known in parts:
            rest = rest.replace(known, "")
        self.setText(" ".join(word for word in (rest.strip(), part) if word))
        self.settle_now()

    def _draw_menu(self) -> None:
        self.menu_action.setIcon(self._appearance.icon("chevron-down", size=16))
