"""The capture window: writing, completing, saving, taking back, and losing nothing."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog
from shiboken6 import Shiboken

from desktop_app.config.settings import Settings
from desktop_app.model.entries import EntryDraft
from desktop_app.model.errors import Invalid
from desktop_app.ui.capture import CaptureWindow
from desktop_app.ui.ops import ChangeOp
from desktop_app.ui.widgets.capture_box.box import CaptureBox


def newest(notebook):
    return notebook.entries.recent(1)[0]


def told(window: CaptureWindow) -> list[str]:
    return [piece.text for piece in window.box.told.pieces()]


def problems(window: CaptureWindow) -> list[str]:
    return [piece.text for piece in window.box.told.pieces() if piece.role == "warning"]


def press_save(qtbot, window: CaptureWindow) -> None:
    qtbot.keyClick(window.box.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def crash(window: CaptureWindow) -> None:
    """The window is gone without having been closed."""
    Shiboken.delete(window)


# --- saving ---------------------------------------------------------------------------------------------------------


def test_what_is_typed_is_saved_with_its_marks(qtbot, window, notebook):
    window.open_with('"The boat did not come." #supply/port @ines =[14 March 2026] ~week ^holistic ')
    press_save(qtbot, window)
    entry = newest(notebook)
    assert (entry.fields.kind, entry.fields.body, entry.speaker_name) == (
        "quote",
        "The boat did not come.",
        "Ines Vidal",
    )
    assert (entry.fields.occurred, entry.fields.tags) == ("2026-03-14", ("supply/port",))
    assert (entry.fields.scales, entry.fields.perspectives) == (("week",), ("holistic",))


def test_after_saving_the_field_is_empty_and_says_so(qtbot, window, notebook):
    qtbot.keyClicks(window.box.editor, "The lane smelled of tar")
    with qtbot.waitSignal(window.entry_saved) as saved:
        press_save(qtbot, window)
    assert saved.args == [newest(notebook).id]
    assert window.box.editor.text() == ""
    assert (window.box.note.text(), window.box.undo_button.isVisible()) == ("Saved", True)
    assert not window.box.save_button.isEnabled()
    assert window.box.editor.hasFocus()
    qtbot.keyClicks(window.box.editor, "N")
    assert not window.box.undo_button.isVisible()


def test_an_empty_field_saves_nothing(qtbot, window, notebook):
    qtbot.keyClicks(window.box.editor, "  ")
    press_save(qtbot, window)
    assert len(notebook.entries.recent()) == 4


def test_non_breaking_spaces_stay(qtbot, window, notebook):
    window.open_with("40\u00a0kg of Yirgacheffe ✍🏽")
    press_save(qtbot, window)
    assert newest(notebook).fields.body == "40\u00a0kg of Yirgacheffe ✍🏽"


def test_undo_takes_the_entry_back_and_gives_the_words_back(qtbot, window, notebook):
    window.open_with("Too early #pricing @Marisela")
    press_save(qtbot, window)
    qtbot.mouseClick(window.box.undo_button, Qt.MouseButton.LeftButton)
    assert len(notebook.entries.recent()) == 4
    assert "Marisela" not in notebook.people.names()
    assert window.box.editor.text() == "Too early #pricing @Marisela"
    assert not window.box.undo_button.isVisible()


def test_ctrl_z_in_the_empty_field_takes_the_entry_back(qtbot, window, notebook):
    qtbot.keyClicks(window.box.editor, "Too early")
    press_save(qtbot, window)
    qtbot.keyClick(window.box.editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(notebook.entries.recent()) == 4
    assert window.box.editor.text() == "Too early"


def test_undo_touches_nothing_that_was_done_since(qtbot, window, notebook):
    window.open_with("Too early")
    press_save(qtbot, window)
    notebook.entries.add(EntryDraft(body="Written by another program"))
    window.box.undo()
    assert newest(notebook).fields.body == "Written by another program"
    assert [entry.fields.body for entry in notebook.entries.trashed()] == ["Too early"]


def test_undo_is_offered_no_longer_when_it_was_done_elsewhere(qtbot, window, context):
    window.open_with("Too early")
    press_save(qtbot, window)
    assert window.box.undo_button.isVisible()
    context.operations.submit(ChangeOp("Undo", lambda nb: nb.history.undo()))
    assert not window.box.undo_button.isVisible()


# --- errors ---------------------------------------------------------------------------------------------------------


def test_a_bad_date_is_told_in_place_and_nothing_is_lost(qtbot, window, notebook):
    window.open_with("Something happened =[the day of the heron]")
    press_save(qtbot, window)
    assert "the day of the heron" in window.box.message.text()
    assert window.box.editor.text() == "Something happened =[the day of the heron]"
    assert len(notebook.entries.recent()) == 4


def test_marks_alone_are_no_entry(qtbot, window):
    window.open_with("#pricing ~week")
    press_save(qtbot, window)
    assert "needs some words" in window.box.message.text()
    assert window.box.editor.text() == "#pricing ~week"


def test_words_come_back_where_the_notebook_refuses(qtbot, window, context, notebook, monkeypatch):
    context.operations.read("patch", lambda nb: monkeypatch.setattr(nb.entries, "add", _refuse), lambda _: None)
    window.open_with("Not to be lost")
    press_save(qtbot, window)
    assert window.box.editor.text() == "Not to be lost"
    assert window.box.message.text() == "The disk is full."
    assert notebook.drafts.load("capture") == {"text": "Not to be lost", "files": []}


def test_words_come_back_after_a_bug(qtbot, window, context, monkeypatch):
    context.operations.read("patch", lambda nb: monkeypatch.setattr(nb.entries, "add", _break), lambda _: None)
    window.open_with("Not to be lost")
    press_save(qtbot, window)
    assert window.box.editor.text() == "Not to be lost"
    assert "still here" in window.box.message.text()


def _refuse(*_: object, **__: object) -> None:
    raise Invalid(message="The disk is full.")


def _break(*_: object, **__: object) -> None:
    raise RuntimeError("that should not have happened")


# --- drafts ---------------------------------------------------------------------------------------------------------


def test_what_was_typed_comes_back_after_a_crash(qtbot, make_window, notebook):
    first = make_window()
    qtbot.keyClicks(first.box.editor, "Half a thought")
    qtbot.waitUntil(lambda: notebook.drafts.load("capture") is not None)
    crash(first)
    second = make_window()
    assert second.box.editor.text() == "Half a thought"
    assert second.box.message.text() == "Brought back what you were writing."


def test_discard_forgets_the_draft_and_can_be_taken_back(qtbot, make_window, notebook):
    first = make_window()
    qtbot.keyClicks(first.box.editor, "Half a thought")
    first.hide()
    crash(first)
    second = make_window()
    qtbot.mouseClick(second.box.message._action, Qt.MouseButton.LeftButton)
    assert second.box.editor.text() == ""
    assert notebook.drafts.load("capture") is None
    qtbot.mouseClick(second.box.message._action, Qt.MouseButton.LeftButton)
    assert second.box.editor.text() == "Half a thought"


def test_esc_hides_and_keeps_the_draft(qtbot, window, notebook):
    qtbot.keyClicks(window.box.editor, "Half a thought")
    qtbot.keyClick(window.box.editor, Qt.Key.Key_Escape)
    assert window.isHidden()
    assert notebook.drafts.load("capture") == {"text": "Half a thought", "files": []}
    window.open_with()
    assert window.box.editor.text() == "Half a thought"


def test_a_saved_draft_does_not_come_back(qtbot, make_window, notebook):
    first = make_window()
    qtbot.keyClicks(first.box.editor, "A whole thought")
    qtbot.waitUntil(lambda: notebook.drafts.load("capture") is not None)
    press_save(qtbot, first)
    first.hide()
    assert notebook.drafts.load("capture") is None


def test_a_text_to_open_with_is_added_to_what_is_there(qtbot, window):
    qtbot.keyClicks(window.box.editor, "First")
    window.open_with("Second #pricing")
    window.open_with("Second #pricing")
    assert window.box.editor.text() == "First\n\nSecond #pricing"


def test_a_prompt_is_shown_until_it_is_answered(qtbot, window):
    window.open_with(prompt="What happened that was on nobody's map?")
    assert window.box.prompt.isVisible()
    assert "nobody's map" in window.box.prompt.text()
    qtbot.keyClicks(window.box.editor, "The film crew")
    press_save(qtbot, window)
    assert not window.box.prompt.isVisible()


# --- telling and completing -----------------------------------------------------------------------------------------


def test_the_line_below_says_what_was_understood(window):
    window.open_with('"The boat did not come." #supply/port @ines ~week ^holistic !surprise ')
    assert told(window) == ["Quote, a surprise", "Ines Vidal", "now", "week", "Holistic", "#supply/port"]


def test_a_date_is_told_as_it_was_read(qtbot, window):
    window.open_with("> Invoices will win =[by June 2027] ")
    qtbot.waitUntil(lambda: told(window) == ["Foresight", "by June 2027"])


def test_a_date_that_cannot_be_read_is_told(qtbot, window):
    window.open_with("It rained =[the day of the heron] ")
    qtbot.waitUntil(lambda: problems(window) == ["=the day of the heron is no date"], timeout=20_000)


def test_unknown_marks_are_told_once_they_are_left(qtbot, window):
    qtbot.keyClicks(window.box.editor, "So ^foresite")
    qtbot.keyClick(window.box.editor, Qt.Key.Key_Escape)
    assert problems(window) == []
    qtbot.keyClicks(window.box.editor, " ~m ")
    assert problems(window) == ["^foresite is no perspective", "~m could be moment or month"]


def test_an_empty_field_shows_the_marks_there_are(window):
    assert told(window)[0] == "#tag"


def test_completion_by_keyboard(qtbot, window):
    editor = window.box.editor
    qtbot.keyClicks(editor, "Dear #pri")
    qtbot.waitUntil(lambda: bool(window.box.popup.offers()))
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    qtbot.keyClicks(editor, "@vi")
    qtbot.waitUntil(lambda: bool(window.box.popup.offers()))
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClicks(editor, "~mo")
    qtbot.waitUntil(lambda: len(window.box.popup.offers()) == 2)
    qtbot.keyClick(editor, Qt.Key.Key_Down)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert editor.text() == 'Dear #pricing @"Ines Vidal" ~month '


def test_esc_closes_the_completion_before_the_window(qtbot, window):
    qtbot.keyClicks(window.box.editor, "Dear #pri")
    qtbot.waitUntil(lambda: bool(window.box.popup.offers()))
    qtbot.keyClick(window.box.editor, Qt.Key.Key_Escape)
    assert window.isVisible()
    qtbot.keyClick(window.box.editor, Qt.Key.Key_Escape)
    assert window.isHidden()


def test_new_tags_are_offered_once_saved(qtbot, window):
    window.open_with("The crane stood still #harbour/crane")
    press_save(qtbot, window)
    qtbot.keyClicks(window.box.editor, "#cra")
    qtbot.waitUntil(lambda: [offer.label for offer in window.box.popup.offers()] == ["harbour/crane"])
    qtbot.keyClick(window.box.editor, Qt.Key.Key_Escape)


def test_marks_are_tinted_while_typing(window):
    window.open_with("The boat ✍🏽 #late and\n~week ^foresite ")
    first, second = window.box.editor.document().firstBlock(), window.box.editor.document().lastBlock()
    assert [(span.start, span.length) for span in first.layout().formats()] == [(13, 5)]
    known, unknown = second.layout().formats()
    assert (known.start, known.length, known.format.fontUnderline()) == (0, 5, False)
    assert (unknown.start, unknown.length) == (6, 9)
    assert unknown.format.underlineStyle() == unknown.format.UnderlineStyle.DotLine


def test_a_tint_goes_when_another_line_ends_it(qtbot, window):
    editor = window.box.editor
    window.open_with("The\n#late boat")
    assert editor.document().lastBlock().layout().formats()
    editor.moveCursor(editor.textCursor().MoveOperation.Start)
    qtbot.keyClicks(editor, "```")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert not editor.document().lastBlock().layout().formats()


# --- files ----------------------------------------------------------------------------------------------------------


def picture() -> QImage:
    image = QImage(20, 10, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    return image


def paste(window: CaptureWindow, data: QMimeData) -> None:
    QGuiApplication.clipboard().setMimeData(data)
    window.box.editor.paste()
    QGuiApplication.clipboard().clear()


def image_data() -> QMimeData:
    data = QMimeData()
    data.setImageData(picture())
    return data


def test_a_pasted_picture_becomes_a_png(qtbot, window, notebook):
    steps = len(notebook.history.log())
    qtbot.keyClicks(window.box.editor, "As it looked")
    paste(window, image_data())
    assert window.box.chips.texts()[0].startswith("Pasted 20")
    press_save(qtbot, window)
    (file,) = newest(notebook).fields.attachments
    assert (file.media_type, Path(file.name).suffix) == ("image/png", ".png")
    assert QImage.fromData(notebook.entries.attachment(file.blob)).size() == picture().size()
    assert window.box.chips.texts() == ()
    assert len(notebook.history.log()) == steps + 1, "the entry and its picture are one step"


def test_a_pasted_picture_comes_back_after_a_crash(qtbot, make_window, notebook):
    first = make_window()
    paste(first, image_data())
    name = first.box.chips.texts()[0]
    qtbot.waitUntil(lambda: notebook.drafts.load("capture") is not None)
    crash(first)
    second = make_window()
    assert second.box.chips.texts() == (name,)
    press_save(qtbot, second)
    (file,) = newest(notebook).fields.attachments
    assert QImage.fromData(notebook.entries.attachment(file.blob)).size() == picture().size()
    second.hide()
    assert notebook.drafts.surfaces() == []


def test_files_are_dropped_pasted_and_taken_off(qtbot, window, notebook, tmp_path):
    letter, photo = tmp_path / "letter.txt", tmp_path / "photo.jpg"
    letter.write_bytes(b"Dear Aoife")
    photo.write_bytes(b"\xff\xd8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(letter)), QUrl.fromLocalFile(str(photo)), QUrl.fromLocalFile(str(letter))])
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.box.editor.dropEvent(drop)
    assert window.box.chips.texts() == ("letter.txt", "photo.jpg")
    window.box.chips.chip_removed.emit(1)
    press_save(qtbot, window)
    entry = newest(notebook)
    assert [file.name for file in entry.fields.attachments] == ["letter.txt"]
    assert notebook.entries.attachment(entry.fields.attachments[0].blob) == b"Dear Aoife"


def test_a_file_that_has_gone_is_told_and_the_words_stay(qtbot, window, tmp_path):
    window.box.attach([str(tmp_path / "gone.txt")])
    qtbot.keyClicks(window.box.editor, "See there")
    press_save(qtbot, window)
    assert "gone.txt" in window.box.message.text()
    assert (window.box.editor.text(), window.box.chips.texts()) == ("See there", ("gone.txt",))


def test_the_clip_asks_for_files(qtbot, window, tmp_path):
    qtbot.mouseClick(window.box.attach_button, Qt.MouseButton.LeftButton)
    dialog = window.findChild(QFileDialog)
    dialog.filesSelected.emit([str(tmp_path / "letter.txt")])
    dialog.close()
    assert window.box.chips.texts() == ("letter.txt",)


def test_a_folder_is_not_attached(window, tmp_path):
    window.box.attach([str(tmp_path)])
    assert window.box.chips.texts() == ()
    assert "is a folder" in window.box.message.text()


def test_text_with_a_picture_of_itself_is_pasted_as_text(window):
    data = image_data()
    data.setText("From a spreadsheet")
    paste(window, data)
    assert (window.box.editor.text(), window.box.chips.texts()) == ("From a spreadsheet", ())


# --- the window -----------------------------------------------------------------------------------------------------


def test_it_remembers_its_size(make_window):
    first = make_window()
    first.resize(702, 411)
    first.hide()
    assert make_window().size().toTuple() == (702, 411)


@pytest.mark.parametrize("percent", [100, 150])
def test_it_grows_with_what_it_has_to_show(qtbot, context, window, percent, tmp_path):
    context.settings.set("text_size", percent)
    context.appearance.settings_changed()
    window.resize(window.minimumSize())
    window.box.attach([str(tmp_path / f"a rather long name of a file {number}.txt") for number in range(5)])
    window.box.message.say("Something to say that is rather long. " * 4)
    needed = window.layout().totalMinimumHeightForWidth
    qtbot.waitUntil(lambda: window.height() >= needed(window.width()))


def test_everything_has_a_name_and_can_be_reached_by_tab(qtbot, window):
    qtbot.keyClicks(window.box.editor, "So")
    seen = []
    for _ in range(4):
        seen.append(window.focusWidget().accessibleName() or window.focusWidget().text())
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert seen[:3] == ["Write", "Attach files", "Save"]


def test_two_boxes_keep_their_own_drafts(qtbot, context, window, notebook):
    other = CaptureBox(context, "today")
    qtbot.addWidget(other)
    other.editor.set_text("Elsewhere")
    other._keeper.keep_now()
    qtbot.keyClicks(window.box.editor, "Here")
    window.hide()
    assert notebook.drafts.load("today")["text"] == "Elsewhere"
    assert notebook.drafts.load("capture")["text"] == "Here"


def test_settings_decide_how_a_date_is_read(qtbot, context, window, notebook):
    assert isinstance(context.settings, Settings)
    context.settings.set("day_first", False)
    window.open_with("> It will rain =3/4/2027 ")
    qtbot.waitUntil(lambda: told(window) == ["Foresight", "by 4 March 2027"])


def test_files_can_be_dropped_anywhere_on_the_box(window, tmp_path):
    path = tmp_path / "letter.txt"
    path.write_bytes(b"Dear Aoife")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), copy, data, left, none)
    window.box.dragEnterEvent(enter)
    assert enter.isAccepted()
    window.box.dropEvent(QDropEvent(QPointF(5, 5), copy, data, left, none))
    assert window.box.chips.texts() == ("letter.txt",)


def test_an_empty_box_leaves_undo_to_the_notebook(window, context):
    """Neither its making nor a change of the look or of the size is something that could be taken back."""
    document = window.box.editor.document()
    assert not document.isUndoAvailable()
    context.appearance.changed.emit()
    assert not document.isUndoAvailable()
    context.settings.set("text_size", 150)
    context.appearance.settings_changed()
    assert not document.isUndoAvailable()
    assert document.firstBlock().blockFormat().lineHeight() > 100


def test_a_change_of_the_look_leaves_typing_to_be_undone(qtbot, window, context):
    qtbot.keyClicks(window.box.editor, "beans")
    context.appearance.changed.emit()
    window.box.editor.undo()
    assert window.box.editor.text() == ""
