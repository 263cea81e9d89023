"""The view: code points in and out, choosing by key and pointer, fading, and the card."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from desktop_app.model.documents import Turn
from desktop_app.ui.interviews.transcript import TranscriptView
from desktop_app.ui.interviews.transcript.gutter import clock_text
from tests.ui.interviews.transcript.conftest import CODES, coding, over, text_of


def spot(view: TranscriptView, position: int) -> QPoint:
    """Where the left half of a character is in the viewport."""
    cursor = view.textCursor()
    cursor.setPosition(view._now().to_utf16(position))
    return view.cursorRect(cursor).center() + QPoint(3, 0)


def click(view: TranscriptView, position: int) -> None:
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot(view, position))


def test_clocks():
    assert [clock_text(at) for at in (0, 61_999, 3_600_000, 36_061_000)] == ["00:00", "01:01", "1:00:00", "10:01:01"]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.text(st.sampled_from("ab \n\r\u2028\u2029\x0c\0é😀👍🏽\u200de\u0301שא\u00a0"), min_size=1, max_size=40),
    data=st.data(),
)
def test_a_selection_and_a_coding_are_counted_in_code_points(qtbot, look, words, data):
    start = data.draw(st.integers(0, len(words)))
    end = data.draw(st.integers(start, len(words)))
    view = TranscriptView(look)
    qtbot.addWidget(view)
    view.set_text(text_of(words))
    view.set_codings([coding("c", "help", start, end)], CODES)
    view.select(start, end)
    low, high = view.selection()
    assert low <= start <= end <= high
    if start == end:
        assert low == high == start
    assert [found.id for found in view.codings_at(start)] == (["c"] if start < len(words) or start == end else [])
    assert view.corrected_text() == words


def test_a_selection_takes_in_whole_graphemes(view, text):
    family = text.text.index("👩")
    view.select(family + 2, family + 3)
    start, end = view.selection()
    assert text.text[start:end] == "👩‍👩‍👧‍👦"


def test_selecting_is_told_once_in_code_points(qtbot, view, text):
    told = []
    view.selection_changed.connect(lambda start, end: told.append((start, end)))
    start = text.text.index("vendor")
    view.select(start, start + 6)
    assert told == [(start, start + 6)]
    view.select(start, start + 6)
    assert len(told) == 1


def test_the_turn_at_the_cursor_is_selected(view, text):
    view.select(text.turns[1].start + 20, text.turns[1].start + 20)
    view.select_turn()
    assert view.selection() == (text.turns[1].start, text.turns[1].end)
    assert view.turn_at(text.turns[1].end) == text.turns[1]


def test_without_turns_it_is_the_paragraph(shown):
    view = shown(text_of("One.\nTwo two.\nThree."))
    view.select(7, 7)
    view.select_turn()
    assert view.selection() == (5, 13)
    assert view.turn_at(7) is None


def test_between_turns_there_is_none(shown):
    view = shown(text_of("One\n\nnobody\n\nTwo", (Turn(0, 3, "A"), Turn(13, 16, "B"))))
    assert view.turn_at(6) is None
    assert view.turn_at(14).speaker == "B"


def test_the_shortest_coding_is_on_top(view, text):
    assert [found.id for found in view.codings_at(text.text.index("friend"))] == ["showing", "friend"]
    view.set_filter(lambda found: found.coder == "you", None)
    assert [found.id for found in view.codings_at(text.text.index("friend"))] == ["friend", "showing"]


def test_codings_beyond_the_text_are_held_to_it(shown):
    view = shown(text_of("Short."), [coding("c", "help", 4, 900), coding("d", "help", 800, 900)])
    view.viewport().repaint()
    assert [found.id for found in view.codings_at(5)] == ["c"]


# --- by key -------------------------------------------------------------------------------------------------------


@pytest.fixture
def between(qtbot, look, text, codings) -> tuple[QWidget, TranscriptView, QLineEdit]:
    """A page that lives as long as its fixture, the view on it, and the field behind that; there is one before it."""
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    before, view, behind = QLineEdit(page), TranscriptView(look, page), QLineEdit(page)
    for widget in (before, view, behind):
        column.addWidget(widget)
    view.set_text(text)
    view.set_codings(codings, CODES)
    page.resize(900, 700)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    view.setFocus()
    return page, view, behind


def test_tab_goes_through_all_codings_and_then_leaves(between):
    _, view, behind = between
    chosen = []
    view.coding_chosen.connect(chosen.append)
    for _ in range(4):
        QTest.keyClick(view, Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is view
    assert chosen == ["friend", "showing", "invoice", "worth"]
    QTest.keyClick(view, Qt.Key.Key_Backtab)
    assert view.chosen() == "invoice"
    QTest.keyClick(view, Qt.Key.Key_Tab)
    QTest.keyClick(view, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is behind


@pytest.mark.parametrize("leave", ["escape", "control"])
def test_tab_is_no_trap(between, leave):
    _, view, behind = between
    QTest.keyClick(view, Qt.Key.Key_Tab)
    if leave == "escape":
        QTest.keyClick(view, Qt.Key.Key_Escape)
        assert view.chosen() is None
        QTest.keyClick(view, Qt.Key.Key_Tab)
    else:
        QTest.keyClick(view, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is behind


def test_codings_that_fade_are_passed_over(view):
    view.set_filter(lambda found: found.code == "price", None)
    QTest.keyClick(view, Qt.Key.Key_Tab)
    assert view.chosen() == "invoice"


def test_enter_opens_the_chosen_coding(view):
    opened = []
    view.coding_opened.connect(opened.append)
    QTest.keyClick(view, Qt.Key.Key_Return)
    view.choose("invoice")
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert opened == ["invoice"]


def test_a_cursor_that_leaves_the_chosen_coding_gives_it_up(view, text):
    view.choose("invoice")
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.chosen() == "invoice"
    QTest.keyClick(view, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert view.chosen() is None


def test_a_chosen_coding_that_is_removed_is_chosen_no_more(view):
    chosen = []
    view.choose("invoice")
    view.coding_chosen.connect(chosen.append)
    view.put_codings([], ["invoice"])
    assert (view.chosen(), chosen) == (None, [""])
    assert view.codings_at(view.selection()[0]) == []


def test_letters_and_select_all_are_left_to_the_screen(between):
    _, view, _ = between
    pressed = []
    view.parentWidget().keyPressEvent = lambda event: pressed.append(event.key())
    QTest.keyClick(view, Qt.Key.Key_T)
    QTest.keyClick(view, Qt.Key.Key_1)
    QTest.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert pressed == [Qt.Key.Key_T, Qt.Key.Key_1, Qt.Key.Key_Control, Qt.Key.Key_A]
    assert view.selection() == (0, 0)


def test_a_range_grows_by_characters_and_words(shown):
    words = "One two 👍🏽 three four"
    view = shown(text_of(words), [coding("c", "help", 4, 7)])
    assert view.grow_end(True, 1) is None
    view.choose("c")
    assert view.grow_end(False, 2) == (4, 10), "the thumb with its colour is one character"
    assert view.grow_end(True, 2) == (4, 16)
    assert view.grow_end(True, -1) == (4, 7), "something always stays"
    assert view.grow_start(True, -1) == (0, 7)
    assert view.grow_start(False, 1) == (5, 7)
    assert view.grow_start(False, 9) == (4, 7)


def test_a_word_less_at_the_end(shown):
    view = shown(text_of("One two three four"), [coding("c", "help", 0, 13)])
    view.choose("c")
    assert view.grow_end(True, -1) == (0, 7)
    assert view.grow_end(True, -2) == (0, 3)


# --- by pointer -------------------------------------------------------------------------------------------------------


def test_clicking_again_walks_through_what_lies_over_each_other(qtbot, view, text):
    place = text.text.index("friend") + 2
    found = []
    for _ in range(3):
        click(view, place)
        found.append(view.chosen())
        QTest.qWait(0)
    assert found == ["showing", "friend", "showing"]
    click(view, 3)
    assert view.chosen() is None


def test_a_click_in_the_other_direction_chooses_what_is_there(view, text):
    click(view, text.text.index("המחיר") + 2)
    assert view.chosen() == "worth"
    click(view, text.text.index("לא ברור") + 4)
    assert view.chosen() is None


def test_a_stripe_chooses_and_a_double_click_opens(view):
    opened = []
    view.coding_opened.connect(opened.append)
    stripe = next(stripe for stripe in view._stripes if stripe.span.coding.id == "invoice")
    point = stripe.box.center().toPoint()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert view.chosen() == "invoice"
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert opened == ["invoice"]


def test_pulling_at_an_end_asks_for_another_range_and_changes_nothing(view, text):
    asked = []
    view.resize_requested.connect(lambda *range_: asked.append(range_))
    view.choose("invoice")
    view.viewport().repaint()
    start, end = (text.text.index("The invoice"), text.text.index("The invoice") + len("The invoice was not."))
    here = view._boxes(view._spans.get("invoice"))[-1].topRight().toPoint() + QPoint(0, 8)
    there = spot(view, end - 5) - QPoint(3, 0)
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=here)
    QTest.mouseMove(view.viewport(), there)
    moved = QMouseEvent(
        QMouseEvent.Type.MouseMove, there.toPointF(), view.viewport().mapToGlobal(there).toPointF(),
        Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), moved)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=there)
    assert asked == [("invoice", start, end - 5)]
    assert [found.id for found in view.codings_at(end - 1)] == ["invoice"]


def test_the_menu_is_the_screens(view, text):
    asked = []
    view.context_requested.connect(asked.append)
    point = spot(view, text.text.index("invoice was"))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, view.viewport().mapToGlobal(point))
    QApplication.sendEvent(view.viewport(), event)
    assert asked == [view.viewport().mapToGlobal(point)]
    assert view.chosen() == "invoice"


def test_the_card_tells_about_what_is_under_the_pointer(qtbot, view, text):
    view.set_note_of(lambda found: [(item.code, item.coder) for item in found])
    QTest.mouseMove(view.viewport(), spot(view, text.text.index("friend") + 2))
    qtbot.waitUntil(lambda: view._card.told() == [("fair", "M."), ("help", "you")])
    QTest.mouseMove(view.viewport(), spot(view, 3))
    qtbot.waitUntil(lambda: view._card.told() == [])


def test_what_is_chosen_by_key_is_told_about_too(view):
    view.set_note_of(lambda found: [(item.code, item.coder) for item in found])
    QTest.keyClick(view, Qt.Key.Key_Tab)
    assert view._card.told() == [("help", "you")]
    assert view.accessibleDescription() == "Coded help"
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view._card.told() == []
    assert view.accessibleDescription() == ""


# --- painting ---------------------------------------------------------------------------------------------------------


def test_tints_are_painted_where_the_words_are(view, text, codings):
    coded = view.grab().toImage()
    view.set_codings([], CODES)
    plain = view.grab().toImage()

    def is_tinted(words: str) -> bool:
        point = spot(view, text.text.index(words)) - QPoint(0, 8)
        return coded.pixelColor(point) != plain.pixelColor(point)

    tinted = ("felt", "round", "The invoice", "was not", "המחיר", "invoice לא")
    assert [words for words in tinted if not is_tinted(words)] == []
    assert [words for words in ("It felt", "fine", "not a", "לה ש", "ברור") if is_tinted(words)] == []


def test_applying_a_code_lays_nothing_out(view, text):
    layout = view.document().begin().next().layout()
    before = [layout.lineAt(number).y() for number in range(layout.lineCount())]
    view.put_codings([over(text, "new", "fair", "not a vendor")])
    assert [layout.lineAt(number).y() for number in range(layout.lineCount())] == before != []


def test_only_what_is_seen_is_laid_out(shown):
    view = shown(text_of("\n".join(f"Line {number} of many." for number in range(3000))))
    view.viewport().repaint()
    assert sum(view.document().findBlockByNumber(n).layout().lineCount() > 0 for n in range(3000)) < 100


def test_scrolling_to_a_place_shows_it(shown):
    words = "\n".join(f"Line {number} of many." for number in range(3000))
    view = shown(text_of(words))
    place = words.index("Line 2500 ")
    view.scroll_to(place)
    assert view.selection() == (place, place)
    assert view.viewport().rect().contains(view.cursorRect())


def test_a_text_size_is_followed(view, look, light):
    before = view._columns.text_width
    light.set("text_size", 150)
    look.settings_changed()
    view.viewport().repaint()
    assert view._layout.row >= look.sizes.line
    assert view._columns.text_width > before


@pytest.mark.parametrize("width", [320, 500, 1400])
def test_every_width_is_painted(shown, text, codings, width):
    view = shown(text, codings, width=width)
    many = [coding(f"m{number}", "help", 25, 40 + number) for number in range(200)]
    view.set_codings([*codings, *many, coding("empty", "fair", 30, 30, review=True, memos=2)], CODES)
    view.choose("m3")
    view.set_filter(lambda found: found.coder == "M.", frozenset({"You"}))
    assert not view.viewport().grab().isNull()


def test_of_a_single_long_paragraph_what_is_in_sight_is_shown(shown):
    words = " ".join(f"word{number}" for number in range(20_000))
    many = [coding(f"c{number}", "help", number * 60, number * 60 + 20, f"coder {number}") for number in range(2500)]
    view = shown(text_of(words), [*many, coding("all", "fair", 0, len(words))])
    view.scroll_to(90_000)
    view.viewport().repaint()
    image = view.grab().toImage()
    seen = {stripe.span.coding.id for stripe in view._stripes}
    assert "all" in seen
    assert "c1500" in seen
    assert len(seen) < 200
    view.set_codings([], CODES)
    place = spot(view, 90_002) - QPoint(0, 8)
    assert image.pixelColor(place) != view.grab().toImage().pixelColor(place)
    click(view, 90_002)


def test_a_drag_is_let_go_when_codings_change(view, text):
    asked = []
    view.resize_requested.connect(lambda *range_: asked.append(range_))
    view.choose("invoice")
    view.viewport().repaint()
    here = view._boxes(view._spans.get("invoice"))[-1].topRight().toPoint() + QPoint(0, 8)
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=here)
    view._drag_to(here - QPoint(60, 0))
    view.put_codings([over(text, "new", "fair", "not a vendor")])
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=here)
    assert asked == []
    assert [found.id for found in view.codings_at(text.text.index("was not.") + 7)] == ["invoice"]


def test_with_words_selected_tab_chooses_the_coding_of_just_these(view, text):
    start = text.text.index("friend showing")
    view.select(start, start + len("friend showing"))
    QTest.keyClick(view, Qt.Key.Key_Tab)
    assert view.chosen() == "showing"


def test_paragraphs_from_right_to_left_stand_at_the_right(view, text):
    block = view.document().findBlock(view._offsets.to_utf16(text.text.index("אמרתי")))
    view.document().documentLayout().blockBoundingRect(block)
    line = block.layout().lineAt(0)
    assert line.naturalTextRect().right() == pytest.approx(line.x() + line.width(), abs=2)
    first = view.document().firstBlock()
    line = first.layout().lineAt(0)
    assert line.naturalTextRect().left() == pytest.approx(line.x(), abs=2)
