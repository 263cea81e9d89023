"""Lines beside each other: what is the same, what differs, and nothing lost."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QWidget

from desktop_app.ui.exchange.differing import AROUND, MOST_CHARACTERS, Row, marked, rows_of
from desktop_app.ui.exchange.side_by_side import OneOfSeveral, SideBySide

texts = st.lists(st.text(alphabet="ab \u00e9\U0001f642", max_size=6), max_size=12).map("\n".join)


def test_a_replaced_word_is_marked_in_its_line():
    rows = rows_of("one\nthe old word\nthree", "one\nthe new word\nthree")
    assert [row.same for row in rows] == [True, False, True]
    row = rows[1]
    assert [row.old[start:end] for start, end in row.old_marks] == ["old"]
    assert [row.new[start:end] for start, end in row.new_marks] == ["new"]


def test_an_added_line_stands_alone():
    assert rows_of("one", "one\ntwo") == [Row("one", "one"), Row(None, "two", (), ((0, 3),))]
    assert rows_of("", "two") == [Row(None, "two", (), ((0, 3),))]
    assert rows_of("", "") == []


def test_long_equal_stretches_are_folded():
    lines = [str(number) for number in range(40)]
    rows = rows_of("\n".join(lines), "\n".join([*lines[:20], "new", *lines[20:]]))
    assert [row.folded for row in rows if row.folded] == [20 - AROUND, 20 - AROUND]
    assert len(rows) == 2 + 2 * AROUND + 1


@given(texts, texts)
def test_both_texts_are_there_but_for_what_is_folded(old, new):
    rows = rows_of(old, new)
    for side, text in (("old", old), ("new", new)):
        lines = text.split("\n") if text else []
        shown = [getattr(row, side) for row in rows if getattr(row, side) is not None]
        assert len(shown) + sum(row.folded for row in rows) == len(lines)
        rest = iter(lines)
        assert all(line in rest for line in shown)
    for row in rows:
        if row.same:
            assert not row.old_marks
            assert not row.new_marks


@given(st.text(alphabet='a<&"\U0001f642', max_size=8))
def test_marks_escape_what_is_text(text):
    html = marked(text, ((0, len(text)),), "u")
    assert "<" not in html.removeprefix("<u>").removesuffix("</u>")


def test_only_the_beginning_of_a_very_long_text_is_looked_at(qtbot, look):
    (row,) = rows_of("x" * 40_000_000, "y" * 40_000_000)
    assert (len(row.old), len(row.new)) == (MOST_CHARACTERS, MOST_CHARACTERS)
    holder = QWidget()
    qtbot.addWidget(holder)
    assert "too long" in SideBySide(look, "x" * (MOST_CHARACTERS + 1), "y", holder).text()
    assert "too long" in OneOfSeveral(look, "x" * (MOST_CHARACTERS + 1), "y", holder).text()
    assert "too long" not in SideBySide(look, "x", "y", holder).text()


def test_what_came_from_others_is_text_and_never_markup(qtbot, look):
    holder = QWidget()
    qtbot.addWidget(holder)
    hostile = '<img src="file:///etc/passwd"> & <b>'
    for made in (SideBySide(look, hostile, "y", holder), OneOfSeveral(look, hostile, hostile, holder)):
        assert "<img" not in made.text()
        assert "&lt;img" in made.text()
