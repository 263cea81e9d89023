"""A list with a page beside it: keys go from pane to pane, and the page lets its focus go."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop_app.ui.widgets import ListBeside, ListCard, ListPane, Row, RowList, ScrollPage


class Sample(QWidget):
    def __init__(self, appearance) -> None:
        super().__init__()
        self.added = 0
        pane = ListPane(appearance, "Name", (("plus", "Add", "N", self.add),), self, narrowest=200)
        self.filter = pane.filter
        self.list = RowList(appearance, "Rows", pane)
        self.card = ListCard(self.list, "None fits.", pane)
        pane.column.addWidget(self.card, 1)
        self.pane, self.page = pane, ScrollPage("Page", self)
        self.beside = ListBeside(self, pane, self.filter, self.list, self.page, share=40)
        QVBoxLayout(self).addWidget(self.beside)

    def add(self) -> None:
        self.added += 1


@pytest.fixture
def sample(qtbot, look):
    made = Sample(look)
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.list.set_rows([Row("a", "A"), Row("b", "B")])
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def test_f6_goes_round_and_the_slash_to_the_filter(qtbot, sample):
    sample.filter.setText("x")
    sample.list.setFocus()
    for pane in (sample.page.area, sample.filter, sample.list):
        qtbot.keyClick(sample.focusWidget(), Qt.Key.Key_F6)
        assert pane.hasFocus()
    qtbot.keyClick(sample.list, Qt.Key.Key_Slash)
    assert sample.filter.hasFocus()
    assert sample.filter.selectedText() == "x"


def test_enter_in_the_filter_goes_to_the_first_row(qtbot, sample):
    sample.filter.setFocus()
    with qtbot.waitSignal(sample.filter.settled, timeout=0):
        qtbot.keyClick(sample.filter, Qt.Key.Key_Return)
    assert sample.list.hasFocus()
    assert sample.list.current_id() == "a"


def test_what_is_put_in_its_place_lets_the_focus_go_to_the_list(sample):
    first, second = QWidget(), QWidget()
    field = QLineEdit(first)
    sample.beside.put(first)
    first.show()
    field.setFocus()
    assert field.hasFocus()
    sample.beside.put(second)
    assert sample.list.hasFocus()
    assert first.isHidden()
    assert second.parent() is sample.page.sheet
    sample.beside.put(None)
    assert second.isHidden()


def test_where_nothing_fits_it_is_said_in_place_of_the_list(sample):
    sample.card.tell(found=False)
    assert sample.card.none_fits.isVisible()
    assert not sample.list.isVisible()
    sample.card.tell(found=True)
    assert not sample.card.none_fits.isVisible()
    assert sample.list.isVisible()


def test_the_buttons_beside_the_filter_do_what_they_say(sample):
    button = next(one for one in sample.pane.findChildren(QWidget) if one.accessibleName() == "Add")
    button.click()
    assert sample.added == 1
