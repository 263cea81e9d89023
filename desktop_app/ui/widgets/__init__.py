"""What two screens or more are built of. Refuses to know a notebook, a service or a screen.

Look and colours come from the application's style sheet by ``role``; widgets that paint take an ``Appearance`` first.
What no first screen shows is loaded when it is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from desktop_app.ui.widgets.buttons import IconButton, LinkButton, PrimaryButton, SmallLink, add_buttons
from desktop_app.ui.widgets.card_stack import CardStack
from desktop_app.ui.widgets.cards import Card, HairLine, TerrainDrawing
from desktop_app.ui.widgets.chips import Chip, ChipRow
from desktop_app.ui.widgets.completion import CompletionPopup, Offer
from desktop_app.ui.widgets.date_line import DateLine
from desktop_app.ui.widgets.empty import EmptyState
from desktop_app.ui.widgets.entry_cards import EntryCard, card_of_entry, card_of_hit
from desktop_app.ui.widgets.entry_list import EntryList
from desktop_app.ui.widgets.fields import SearchField
from desktop_app.ui.widgets.flow import FlowLayout
from desktop_app.ui.widgets.labels import (
    ElidedLabel,
    FaintLabel,
    HeadingLabel,
    KeyHint,
    MarkLabel,
    MutedLabel,
    SectionLabel,
    StrongLabel,
    TextLabel,
    TitleLabel,
)
from desktop_app.ui.widgets.messages import InlineMessage
from desktop_app.ui.widgets.progress import ProgressStrip
from desktop_app.ui.widgets.screen import Screen, ScreenContext, TourStep
from desktop_app.ui.widgets.scroll_page import ScrollPage
from desktop_app.ui.widgets.sheet_page import SheetPage
from desktop_app.ui.widgets.shortcuts import add_shortcuts, focus_next

if TYPE_CHECKING:
    from desktop_app.ui.widgets.form import Form
    from desktop_app.ui.widgets.list_and_page import ListAndPage
    from desktop_app.ui.widgets.list_beside import ListBeside, ListCard, ListPane
    from desktop_app.ui.widgets.markdown_view import MarkdownView
    from desktop_app.ui.widgets.row_list import Row, RowList
    from desktop_app.ui.widgets.tabs import tab_bar

__all__ = [
    "Card",
    "CardStack",
    "Chip",
    "ChipRow",
    "CompletionPopup",
    "DateLine",
    "ElidedLabel",
    "EmptyState",
    "EntryCard",
    "EntryList",
    "FaintLabel",
    "FlowLayout",
    "Form",
    "HairLine",
    "HeadingLabel",
    "IconButton",
    "InlineMessage",
    "KeyHint",
    "LinkButton",
    "ListAndPage",
    "ListBeside",
    "ListCard",
    "ListPane",
    "MarkLabel",
    "MarkdownView",
    "MutedLabel",
    "Offer",
    "PrimaryButton",
    "ProgressStrip",
    "Row",
    "RowList",
    "Screen",
    "ScreenContext",
    "ScrollPage",
    "SearchField",
    "SectionLabel",
    "SheetPage",
    "SmallLink",
    "StrongLabel",
    "TerrainDrawing",
    "TextLabel",
    "TitleLabel",
    "TourStep",
    "add_buttons",
    "add_shortcuts",
    "card_of_entry",
    "card_of_hit",
    "focus_next",
    "tab_bar",
]

_LATER = {
    "Form": "form",
    "ListAndPage": "list_and_page",
    "ListBeside": "list_beside",
    "ListCard": "list_beside",
    "ListPane": "list_beside",
    "MarkdownView": "markdown_view",
    "Row": "row_list",
    "RowList": "row_list",
    "tab_bar": "tabs",
}


def __getattr__(name: str) -> object:
    if name in _LATER:
        return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
