"""The menu of the text: the same verbs as the keys, with their keys beside them."""

from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.ui.i18n import tr
from desktop_app.ui.interviews.coding.verbs import CodingVerbs


def coding_menu(parent: QWidget, verbs: CodingVerbs, has_chosen: bool) -> QMenu:
    """What can be done with the selected words, with the chosen coding and with the text."""
    menu = QMenu(parent)
    with_selection, always = verbs.has_selection(), True
    rows = (
        (tr("Code with…"), "/", verbs.find_code, with_selection),
        (tr("Code with these words"), tr("Shift+I"), verbs.apply_in_vivo, with_selection),
        (tr("Select the whole turn"), "T", verbs.select_turn, always),
        None,
        (tr("Give another code…"), "R", verbs.recode, has_chosen),
        (tr("Weight…"), "W", verbs.weigh, has_chosen),
        (tr("Memo…"), "M", verbs.write_memo, has_chosen),
        (tr("Uncode"), tr("Del"), verbs.uncode, has_chosen),
        None,
        (tr("Find in the text"), "Ctrl+F", verbs.find_text, always),
        (tr("Which codings are shown"), "F", verbs.show_filter, always),
        (tr("Correct the text"), "E", verbs.correct_text, always),
    )
    for row in rows:
        if row is None:
            menu.addSeparator()
            continue
        words, key, verb, enabled = row
        # The key is shown only: shortcuts of a menu would be taken from the fields beside the text.
        action = menu.addAction(f"{words}\t{key}")
        action.setEnabled(enabled)
        action.triggered.connect(lambda _=False, verb=verb: verb())
    return menu
