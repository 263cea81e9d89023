"""The Help screen: contents and finding at the left, the page at the right, its headings beside it."""

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QGridLayout, QSplitter, QTextEdit, QVBoxLayout, QWidget

from desktop_app.ui.help.manual import Found, Manual, Page, read_manual
from desktop_app.ui.help.tables import KeyRow
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.theme import SPACE_L, SPACE_M, SPACE_S, SPACE_XL
from desktop_app.ui.widgets import (
    Card,
    FaintLabel,
    MarkdownView,
    Row,
    RowList,
    Screen,
    ScreenContext,
    SearchField,
    SectionLabel,
    TourStep,
    add_shortcuts,
)

FIRST = "index"
MOST_MARKS = 500
OUTLINE_FROM = 780
"""Width of the page in pixels from which its headings stand beside it, at normal text size."""
Place = tuple[str, str]
"""A page and an anchor in it, or an empty one for its beginning."""


class HelpScreen(Screen):
    """The manual. ``keys`` are the rows of its page of keys: the table of actions, handed in by the shell."""

    screen_id = "help"
    title = "Help"
    kinds = ()

    def __init__(self, context: ScreenContext, parent: QWidget | None = None, *, keys: Sequence[KeyRow] = ()) -> None:
        super().__init__(context, parent)
        self._keys = tuple(keys)
        self._manual: Manual | None = None
        self._page: Page | None = None
        self._back: list[Place] = []
        self._wanted: Place = (FIRST, "")
        self._build()
        self._connect()

    # --- parts ------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SPACE_XL, 20, SPACE_XL, SPACE_XL)
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(16)
        self.split.addWidget(self._build_left())
        self.split.addWidget(self._build_right())
        self.split.setStretchFactor(1, 1)
        self.split.setSizes([268, 900])
        outer.addWidget(self.split)

    def _build_left(self) -> QWidget:
        left = QWidget(self)
        left.setMinimumWidth(220)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.field = SearchField(self.appearance, tr("Find in the manual"), left)
        self.told = FaintLabel("", left)
        self.told.hide()
        self.list = RowList(self.appearance, tr("Pages of the manual"), left)
        column.addWidget(self.field)
        column.addWidget(self.told)
        column.addWidget(self.list, 1)
        return left

    def _build_right(self) -> QWidget:
        card = Card(self, margin=1, spacing=0)
        # The headings stand over the page's right, where its lines of 72 characters do not come, so that the bar that
        # scrolls the page is at the very edge.
        pile = QGridLayout()
        pile.setContentsMargins(SPACE_XL + SPACE_M, SPACE_XL, SPACE_S, SPACE_L)
        self.view = MarkdownView(self.appearance, card)
        self.view.browser.setAccessibleName(tr("Page"))
        pile.addWidget(self.view, 0, 0)
        self.aside = QWidget(card)
        self.aside.setFixedWidth(236)
        column = QVBoxLayout(self.aside)
        column.setContentsMargins(0, SPACE_M, SPACE_L, 0)
        column.setSpacing(SPACE_S)
        label = SectionLabel(tr("On this page"), self.aside)
        label.setIndent(12)
        self.outline = RowList(self.appearance, tr("Headings of the page"), self.aside)
        column.addWidget(label)
        column.addWidget(self.outline, 1)
        pile.addWidget(self.aside, 0, 0, Qt.AlignmentFlag.AlignRight)
        card.body.addLayout(pile)
        self._card = card
        return card

    def _connect(self) -> None:
        self.field.textChanged.connect(self._find)
        self.field.returnPressed.connect(self._open_first)
        self.list.row_chosen.connect(self._open_row)
        self.list.row_opened.connect(lambda _: self.view.browser.setFocus())
        self.list.left_upwards.connect(self.field.setFocus)
        self.outline.row_chosen.connect(self._scroll_to)
        self.outline.row_opened.connect(lambda _: self.view.browser.setFocus())
        self.view.item_link_clicked.connect(self._follow)
        self.appearance.changed.connect(self._look_changed)
        add_shortcuts(self, (("/", self.field.setFocus), ("Alt+Left", self.go_back)))

    # --- reading ----------------------------------------------------------------------------------------------------

    def read(self) -> None:
        """Once: the manual does not change while the program runs."""
        if self._manual is None:
            keys = self._keys
            self.operations.read(tr("Read the manual"), lambda _: read_manual(keys), self._show_manual, key="manual")

    def focus_first(self) -> None:
        self.list.setFocus()

    def _show_manual(self, manual: Manual) -> None:
        self._manual = manual
        self._show_contents()
        self.open_page(*self._wanted)

    def _show_contents(self) -> None:
        """The pages under the names of their parts."""
        if self._manual is None:
            return
        rows = []
        for part, pages in groupby(self._manual.pages, key=lambda page: page.part):
            rows.append(Row(f"part:{part}", tr(part), kind="section"))
            rows += [Row(f"{page.id}/", page.title) for page in pages]
        self.told.hide()
        self.list.set_rows(rows)
        if self._page is not None:
            self.list.choose_quietly(f"{self._page.id}/")

    # --- pages ------------------------------------------------------------------------------------------------------

    def open_page(self, page_id: str, anchor: str = "", *, remember: bool = True) -> None:
        """Shows a page, at the heading with that anchor where it has one; a page that does not exist stays away."""
        self._wanted = (page_id, anchor)
        page = self._manual.page(page_id) if self._manual else None
        if page is None:
            return
        if page is not self._page:
            if remember and self._page is not None:
                self._back.append((self._page.id, ""))
            self._page = page
            self.view.set_html(page.html)
            self.view.browser.setAccessibleName(page.title)
            self.outline.set_rows(
                [
                    Row(section.anchor, section.heading, level=section.level - 2)
                    for section in page.sections[1:]
                    if section.level in (2, 3)
                ]
            )
            self._lay_out()
        if not self.field.text():
            self.list.choose_quietly(f"{page_id}/")
        self._mark_words()
        self._scroll_to(anchor)

    def go_back(self) -> None:
        """To the page that was read before."""
        if self._back:
            self.open_page(*self._back.pop(), remember=False)

    def _follow(self, address: str) -> None:
        page, _, anchor = address.partition("/")
        self.field.clear()
        self.open_page(page, anchor)

    def _open_row(self, row: str) -> None:
        page, _, anchor = row.partition("/")
        self.open_page(page, anchor)

    def _scroll_to(self, anchor: str) -> None:
        if anchor and self._page is not None and anchor != self._page.sections[0].anchor:
            self.view.browser.scrollToAnchor(anchor)
        else:
            self.view.browser.verticalScrollBar().setValue(0)

    # --- finding ----------------------------------------------------------------------------------------------------

    def _find(self, text: str) -> None:
        if self._manual is None:
            return
        if not text.strip():
            self._show_contents()
            self._mark_words()
            return
        found = self._manual.find(text)
        self.told.setText(
            count_text(len(found), "{number} place", "{number} places")
            if found
            else tr("Nothing in the manual has all these words.")
        )
        self.told.show()
        self.list.set_rows(_rows(found))
        self._mark_words()

    def _open_first(self) -> None:
        if self.field.text().strip() and self.list.rows():
            self.list.choose_first()
            self._open_row(self.list.current_id())
            self.list.setFocus()

    def _mark_words(self) -> None:
        """Marks what was looked for in the page."""
        browser, words = self.view.browser, self.field.text().split()
        marks: list[QTextEdit.ExtraSelection] = []
        look = QTextCharFormat()
        look.setBackground(self.appearance.theme.color("highlight"))
        for word in words:
            cursor = browser.document().find(word)
            while not cursor.isNull() and len(marks) < MOST_MARKS:
                mark = QTextEdit.ExtraSelection()
                mark.cursor, mark.format = QTextCursor(cursor), look
                marks.append(mark)
                cursor = browser.document().find(word, cursor)
        browser.setExtraSelections(marks)

    # --- events -----------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self.field.hasFocus():
            self._open_first()
            self.list.setFocus()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        """The headings stand beside the page where both have room, and where there are some."""
        wide = self._card.width() >= OUTLINE_FROM * self.appearance.sizes.body / 14
        self.aside.setVisible(wide and len(self.outline.rows()) > 1)

    def _look_changed(self) -> None:
        self._mark_words()
        self._lay_out()

    # --- the tour ---------------------------------------------------------------------------------------------------

    def tour_steps(self) -> list[TourStep]:
        return [("keys", lambda: self._tour("keyboard", "")), ("find", lambda: self._tour("notebook", "backup"))]

    def _tour(self, page: str, text: str) -> None:
        self.field.setText(text)
        self.open_page(page)
        if text:
            self._open_first()


def _rows(found: Sequence[Found]) -> list[Row]:
    """Found sections, each with its page and some of its text."""
    return [
        Row(
            f"{one.page.id}/{one.section.anchor}",
            one.section.heading,
            meta=one.snippet,
            aside=one.page.title if one.section is not one.page.sections[0] else "",
        )
        for one in found
    ]
