"""Chips: clicked and removed by mouse and by key, wrapped like words."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QWidget

from desktop_app.ui.widgets import Chip, ChipRow, FlowLayout, IconButton


def test_a_chip_is_removed_by_its_cross_and_by_delete(qtbot, look):
    chip = Chip(look, "kind: quote")
    qtbot.addWidget(chip)
    with qtbot.waitSignal(chip.removed):
        chip.findChild(IconButton).click()
    with qtbot.waitSignal(chip.removed):
        qtbot.keyClick(chip, Qt.Key.Key_Delete)
    with qtbot.waitSignal(chip.clicked):
        qtbot.keyClick(chip, Qt.Key.Key_Return)


def test_a_fixed_chip_cannot_be_removed(qtbot, look):
    chip = Chip(look, "kind: quote", removable=False)
    qtbot.addWidget(chip)
    with qtbot.assertNotEmitted(chip.removed):
        qtbot.keyClick(chip, Qt.Key.Key_Delete)


def test_a_row_tells_which_chip(qtbot, look):
    row = ChipRow(look)
    qtbot.addWidget(row)
    row.set_texts(["one", "two"])
    chips = row.findChildren(Chip)
    with qtbot.waitSignal(row.chip_removed) as told:
        chips[1].removed.emit()
    assert told.args == [1]
    row.set_texts([])
    assert row.isHidden()


def test_flow_wraps_and_its_height_follows_the_width(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder, spacing=8)
    for _ in range(4):
        box = QWidget()
        box.setFixedSize(100, 20)
        flow.addWidget(box)
    assert flow.heightForWidth(1000) == 20
    assert flow.heightForWidth(220) == 48
    assert flow.heightForWidth(100) == 104


def test_what_is_lower_than_its_row_stands_in_the_middle(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder, spacing=8)
    for height in (30, 20):
        box = QWidget()
        box.setFixedSize(50, height)
        flow.addWidget(box)
    flow.setGeometry(QRect(0, 0, 400, 30))
    assert [flow.itemAt(at).geometry().top() for at in range(2)] == [0, 5]
