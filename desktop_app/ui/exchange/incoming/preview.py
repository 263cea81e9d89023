"""What a merge would do, before it is done: the head, the list of what arrives, and the chosen item beside it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.model.exchange import Outcome
from desktop_app.ui.exchange.incoming.arrival_view import ArrivalView, ToldView
from desktop_app.ui.exchange.incoming.bringing import Looked
from desktop_app.ui.exchange.incoming.head import PreviewHead
from desktop_app.ui.exchange.incoming.listing import arrival_of, arrival_rows, told_of
from desktop_app.ui.i18n import tr
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets import ListBeside, ListCard, ListPane, RowList, ScrollPage


class PreviewView(QWidget):
    """``merge_requested()``, ``leave_requested()``, ``open_requested(kind, id)`` an item as it is here now."""

    merge_requested = Signal()
    leave_requested = Signal()
    open_requested = Signal(str, str)

    def __init__(self, appearance: Appearance, looked: Looked, place: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance, self.looked = appearance, looked
        self._outcome: Outcome | None = None
        self.view: ArrivalView | ToldView | None = None
        self.head = PreviewHead(appearance, looked, place, self)
        self.left = ListPane(appearance, tr("Words of what arrives"), (), self, narrowest=250)
        self.list = RowList(appearance, tr("What arrives"), self.left)
        self.card = ListCard(self.list, tr("Nothing to look at here."), self.left)
        self.page = ScrollPage(tr("The chosen item, before and after"), self)
        self.page.setMinimumWidth(360)
        self._build()
        self._fill()

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        outer.addWidget(self.head)
        self.left.column.addWidget(self.card, 1)
        self.beside = ListBeside(self, self.left, self.left.filter, self.list, self.page, share=36)
        outer.addWidget(self.beside, 1)
        self.head.filtered.connect(self._filter)
        self.head.merge_requested.connect(self.merge_requested)
        self.head.leave_requested.connect(self.leave_requested)
        self.left.filter.settled.connect(lambda _: self._fill())
        self.list.row_chosen.connect(self._choose)
        self.list.row_opened.connect(lambda _: self.page.area.setFocus())
        self.list.left_upwards.connect(self.left.filter.setFocus)

    def focus_first(self) -> None:
        if self.list.rows():
            self.list.setFocus()
        else:
            self.head.leave_button.setFocus()

    def _filter(self, outcome: Outcome | None) -> None:
        self._outcome = outcome
        self._fill()

    def _fill(self) -> None:
        rows = arrival_rows(self.looked.report, self._outcome, self.left.filter.text())
        self.list.set_rows(rows)
        self.card.tell(found=bool(rows))
        if not rows:
            self._put(None if self.looked.report.changes_something else self._nothing_new())
        elif not self.list.current_id():
            self.list.choose_first()

    def _nothing_new(self) -> ToldView:
        told = tr(
            "All that it holds is here already. If it was merged before and taken back, redo brings it back, or what "
            "you miss is in the trash."
        )
        return ToldView(tr("Nothing new in it"), told, self.page.sheet)

    def _choose(self, row: str) -> None:
        arrival = arrival_of(self.looked.report, row)
        if arrival is None:
            self._put(ToldView(*told_of(self.looked.report, row), self.page.sheet))
            return
        view = ArrivalView(self._appearance, arrival, self.looked.names, self.page.sheet)
        view.open_requested.connect(lambda: self.open_requested.emit(arrival.kind, arrival.item))
        self._put(view)

    def _put(self, widget: ArrivalView | ToldView | None) -> None:
        self.beside.put(widget)
        self.view = widget
        self.page.to_top()
