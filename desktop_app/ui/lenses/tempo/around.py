"""What was going on at a chosen time: the entries of each time scale, slower ones first, beside the lanes."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.model.tempo import Active, ActiveScale
from desktop_app.model.time import describe
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.theme import SPACE_S, Appearance
from desktop_app.ui.widgets import Card, FaintLabel, HeadingLabel, Row, RowList

MOST_ROWS = 30
"""Entries listed of one scale; the row of the scale leads to all of them."""
PACES = {"slower": "slower", "same": "at the same speed", "faster": "faster"}
QUERY = "query:"


class AroundCard(Card):
    """``entry_opened(id)`` for an entry, ``query_opened(query)`` for all of a scale."""

    entry_opened = Signal(str)
    query_opened = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent, spacing=SPACE_S)
        self.heading = HeadingLabel(tr("At other speeds"), self, wrap=True)
        self.words = FaintLabel("", self, wrap=True)
        self.list = RowList(appearance, tr("What was going on then"), self)
        self.list.row_opened.connect(self._open)
        self.list.doubleClicked.connect(lambda _: self._open(self.list.current_id()))
        for part in (self.heading, self.words):
            self.body.addWidget(part)
        self.body.addWidget(self.list, 1)
        self.body.addStretch()
        self.tell(None, "")

    def tell(self, active: Active | None, when: str) -> None:
        """Lists what was going on ``when``; without it, says how to choose a time."""
        if active is None:
            self.heading.setText(tr("At other speeds"))
            self.words.setText(
                tr("Click a time in the lanes, or walk to a mark with the arrows: what moved at other speeds then?")
            )
            self.list.hide()
            return
        self.heading.setText(when)
        rows = [row for scale in active.scales for row in _rows(scale)]
        self.words.setText(
            tr("What was going on then, slowest first.") if rows else tr("Nothing has been written about this time.")
        )
        self.list.setVisible(bool(rows))
        self.list.set_rows(rows)

    def _open(self, row: str) -> None:
        if row.startswith(QUERY):
            self.query_opened.emit(row.removeprefix(QUERY).strip())
        elif row:
            self.entry_opened.emit(row.rpartition(":")[2])


def _rows(scale: ActiveScale) -> list[Row]:
    """A row for the scale, which leads to all of its entries, and one for each of the first of them."""
    count = count_text(len(scale.entries), "{number} entry", "{number} entries")
    pace = tr(PACES[scale.pace]) if scale.pace else ""
    head = Row(f"{QUERY}{scale.figure.query}", tr(scale.name), "", " · ".join(part for part in (pace, count) if part))
    rows = [
        Row(f"{scale.scale}:{one.id}", one.heading or tr("(no words)"), describe(one.occurred), level=1)
        for one in scale.entries[:MOST_ROWS]
    ]
    if len(scale.entries) > MOST_ROWS:
        more = count_text(len(scale.entries) - MOST_ROWS, "and {number} more", "and {number} more")
        rows.append(Row(f"{QUERY}{scale.figure.query} ", more, level=1))
    return [head, *rows]
