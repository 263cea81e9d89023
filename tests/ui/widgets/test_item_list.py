"""What all painted lists do: keep the choice, be quiet about it, pass over headings, leave letters to the screen."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat

from desktop_app.ui.widgets.item_delegate import ItemDelegate
from desktop_app.ui.widgets.item_list import ItemList, ItemModel


@dataclass(frozen=True)
class Thing:
    id: str
    spoken: str = "a thing"


class Things(ItemModel[Thing]):
    def words(self, item: Thing) -> str:
        return item.id.upper()


class ThingList(ItemList[Thing]):
    def __init__(self, appearance) -> None:
        super().__init__(appearance, "Things")
        self.told: list[str] = []
        self.show_with(Things(self), ItemDelegate(appearance, self))

    def tell_chosen(self, item_id: str) -> None:
        self.told.append(item_id)


@pytest.fixture
def things(qtbot, look):
    made = ThingList(look)
    qtbot.addWidget(made)
    made.fill([Thing(""), Thing("a"), Thing("b")])
    return made


def test_the_first_that_can_be_chosen_is_no_heading(things):
    things.choose_first()
    assert things.current_id() == "a"
    assert things.told == ["a"]
    assert not things.choose("")


def test_filling_keeps_the_choice_without_telling(things):
    things.choose("b")
    things.fill([Thing("b"), Thing("c")])
    assert things.current_id() == "b"
    things.fill([Thing("c")])
    assert things.told == ["b"]


def test_quietly_within_quietly_stays_quiet(things):
    with things.quietly():
        things.choose_quietly("a")
        things.choose("b")
    assert things.told == []
    things.choose("a")
    assert things.told == ["a"]


def test_a_screen_reader_and_the_words_of_an_item(things):
    index = things.model().index(1, 0)
    assert index.data() == "A"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "a thing"


def test_letters_are_the_screen_s(qtbot, things):
    things.choose("a")
    qtbot.keyClick(things, Qt.Key.Key_B)
    assert things.current_id() == "a"
    qtbot.keyClick(things, Qt.Key.Key_Down)
    assert things.current_id() == "b"


def test_words_are_broken_into_so_many_lines_and_marked_by_utf16(things):
    look = QTextCharFormat()
    layout = ItemDelegate.lay_out("😀 one two three", things.font(), [(0, 2)], look, width=1, line_height=20, most=3)
    assert layout.lineCount() == 3
    assert layout.lineAt(2).position().y() == 40
    assert [(part.start, part.length) for part in layout.formats()] == [(0, 2)]
