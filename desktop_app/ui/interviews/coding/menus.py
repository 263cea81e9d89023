"""The menu of the text: the same verbs as the keys, with their keys beside them."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.ui.i18n import tr
from desktop_app.ui.interviews.codebook.menus import Row, pop_up
from desktop_app.ui.interviews.coding.verbs import CodingVerbs


def pop_up_coding_menu(parent: QWidget, at: QPoint, verbs: CodingVerbs, has_chosen: bool) -> QMenu:
    """What can be done with the selected words, with the chosen coding and with the text."""
    rows: list[Row] = []
    if verbs.has_selection():
        rows += [
            (tr("Code with…"), "/", verbs.find_code),
            (tr("Code with these words"), tr("Shift+I"), verbs.apply_in_vivo),
        ]
    rows += [(tr("Select the whole turn"), "T", verbs.select_turn), None]
    if has_chosen:
        rows += [
            (tr("Give another code…"), "R", verbs.recode),
            (tr("Weight…"), "W", verbs.weigh),
            (tr("Memo…"), "M", verbs.write_memo),
            (tr("Uncode"), tr("Del"), verbs.uncode),
            None,
        ]
    rows += [
        (tr("Find in the text"), "Ctrl+F", verbs.find_text),
        (tr("Which codings are shown"), "F", verbs.show_filter),
        (tr("Correct the text"), "E", verbs.correct_text),
    ]
    return pop_up(parent, at, rows)
