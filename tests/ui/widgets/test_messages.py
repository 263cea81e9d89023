"""Messages, progress, empty places and the search line."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from desktop_app.model.errors import NotFound
from desktop_app.ui.widgets import EmptyState, InlineMessage, LinkButton, ProgressStrip, SearchField


def test_a_message_is_said_acted_on_and_gone(qtbot, look):
    message = InlineMessage(look)
    qtbot.addWidget(message)
    done = []
    message.say("Saved.", action="Undo", on_action=lambda: done.append(True))
    assert message.text() == "Saved."
    assert message.accessibleName() == "Saved."
    with qtbot.waitSignal(message.dismissed):
        message._action.click()
    assert done == [True]
    assert message.text() == ""


def test_an_error_is_its_sentence(qtbot, look):
    message = InlineMessage(look)
    qtbot.addWidget(message)
    message.say_error(NotFound(what="entry", name="a1b2"))
    assert message.text() == "There is no entry “a1b2” in this notebook."
    assert message.property("level") == "error"


def test_details_can_be_copied(qtbot, look):
    message = InlineMessage(look)
    qtbot.addWidget(message)
    message.say("Broken.", "error", details="Traceback …")
    next(button for button in message.findChildren(LinkButton) if button.text() == "Copy the report").click()
    assert QApplication.clipboard().text() == "Traceback …"


def test_markup_in_a_message_is_shown_as_it_is(qtbot, look):
    message = InlineMessage(look)
    qtbot.addWidget(message)
    message.say("<b>x</b>")
    assert message.findChildren(QLabel)[1].textFormat() == Qt.TextFormat.PlainText


def test_progress_is_shown_and_stopped_once(qtbot):
    strip = ProgressStrip()
    qtbot.addWidget(strip)
    strip.begin("Reading x.csv")
    strip.progress(0.4, "table 2 of 5")
    assert strip._label.whole_text() == "Reading x.csv · table 2 of 5"
    assert strip._bar.value() == 400
    with qtbot.waitSignal(strip.stop_requested):
        strip._stop.click()
    assert not strip._stop.isEnabled()
    strip.finish()
    assert strip.isHidden()


def test_an_empty_place_offers_its_step(qtbot, look):
    place = EmptyState(look, "No metrics yet", "Drop a file here.", "Choose files")
    qtbot.addWidget(place)
    with qtbot.waitSignal(place.step_requested):
        place.button.click()
    assert "No metrics yet" in place.accessibleName()
    assert EmptyState(look, "Nothing", "At all.", parent=place).button.isHidden()


def test_the_search_line_settles_after_typing_and_at_once_on_enter(qtbot, look):
    field = SearchField(look, "Search")
    qtbot.addWidget(field)
    field.show()
    with qtbot.waitSignal(field.settled) as told:
        qtbot.keyClicks(field, "port")
    assert told.args == ["port"]
    told_now = []
    field.settled.connect(told_now.append)
    field.setText("strike")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert told_now == ["strike"]
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    field.settle_now()


def test_a_problem_shows_on_the_line(qtbot, look):
    field = SearchField(look, "Search")
    qtbot.addWidget(field)
    field.set_problem(True)
    assert field.property("problem") is True
