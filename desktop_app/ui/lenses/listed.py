"""A lens with a list, and beside it the page of what is chosen there."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop_app.ui.lenses.page import LensPage, Result
from desktop_app.ui.widgets import ListBeside, ListCard, ListPane, RowList, ScrollPage
from desktop_app.ui.widgets.list_beside import Verb

NARROWEST_PAPER = 400
"""Of the page beside the list, in pixels."""


class ListedLens(LensPage[Result]):
    """Subclasses call :meth:`lay_beside` and write what follows it: the filter is typed in, a row is chosen, and what
    takes the focus when a row is opened."""

    def lay_beside(
        self,
        hint: str,
        listed: str,
        nothing: str,
        read: str,
        *,
        narrowest: int,
        share: int = 28,
        verbs: Sequence[Verb] = (),
    ) -> None:
        """``hint`` stands in the filter, ``nothing`` in the list where it leaves none; ``listed`` and ``read`` are what
        a screen reader calls the list and the page."""
        self.pane = ListPane(self.appearance, f"{hint}  F", verbs, self.sheet, narrowest=narrowest)
        self.list = RowList(self.appearance, listed, self.pane)
        self.card = ListCard(self.list, nothing, self.pane)
        self.pane.column.addWidget(self.card, 1)
        self.paper = ScrollPage(read, self.sheet)
        self.paper.setMinimumWidth(NARROWEST_PAPER)
        self.beside = ListBeside(
            self,
            self.pane,
            self.pane.filter,
            self.list,
            self.paper,
            share=share,
            reading=self.place_to_read,
            filter_key="F",
        )
        self.body.addWidget(self.beside, 1)
        self.pane.filter.settled.connect(lambda _: self.fill_list())
        self.list.row_chosen.connect(self.choose_row)
        self.list.row_opened.connect(lambda _: self.enter())
        self.list.left_upwards.connect(self.pane.filter.setFocus)

    def fill_list(self) -> None:
        """Shows the rows that fit the filter."""
        raise NotImplementedError

    def choose_row(self, row: str) -> None:
        """Shows what a row stands for."""
        raise NotImplementedError

    def place_to_read(self) -> QWidget:
        """What takes the focus beside the list."""
        return self.paper.area

    def enter(self) -> None:
        self.place_to_read().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def find_row(self) -> None:
        """Goes to the line that filters the list."""
        self.pane.filter.begin()

    def next_pane(self) -> None:
        """From the filter to the list to what is read and round."""
        self.beside.next_pane()

    def focus_first(self) -> None:
        if self.stack.currentIndex():
            self.nothing.button.setFocus()
        else:
            self.list.setFocus()
