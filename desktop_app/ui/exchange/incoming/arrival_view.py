"""One item that arrives: what it was here, beside what it becomes, field by field."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.model.exchange import Arrival, Outcome
from desktop_app.model.merging import CONFLICTS
from desktop_app.ui.exchange.incoming.listing import writers
from desktop_app.ui.exchange.side_by_side import OneOfSeveral, SideBySide
from desktop_app.ui.exchange.telling import (
    HIDDEN,
    OUTCOMES,
    field_word,
    kind_word,
    outcome_words,
    short,
    value_words,
    who_words,
)
from desktop_app.ui.i18n import tr
from desktop_app.ui.theme import SPACE_M, Appearance
from desktop_app.ui.widgets import ElidedLabel, LinkButton, MutedLabel, SectionLabel, TextLabel, TitleLabel

FIRST = ("title", "name", "body", "text", "definition", "note", "quote", "code")
"""Fields that say what an item is stand before the others."""


class ArrivalView(QWidget):
    """``open_requested()``: read the item where it stands here."""

    open_requested = Signal()

    def __init__(self, appearance: Appearance, arrival: Arrival, names: Mapping[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self.arrival = arrival
        self.fields: dict[str, QLabel] = {}
        self._appearance, self._names = appearance, names
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE_M)
        heading = short(arrival.heading) or tr("without a name")
        self._column.addWidget(TitleLabel(heading, self, wrap=True))
        who = who_words(writers(arrival), arrival.at) if arrival.at else ""
        facts = (kind_word(arrival.kind), outcome_words(arrival.outcome), who)
        self._column.addWidget(MutedLabel(" · ".join(filter(None, facts)), self, wrap=True))
        self._column.addWidget(TextLabel(tr(OUTCOMES[arrival.outcome][2]), self, wrap=True))
        if arrival.before is not None and arrival.outcome is not Outcome.REJECTED:
            self._add_link()
        if arrival.after is None:
            self._add_nothing()
        else:
            self._build_conflicts(arrival.after.get(CONFLICTS) or {})
            self._build_fields(arrival.before or {}, arrival.after)
            if not self.fields:
                told = tr("Nothing that can be read in it becomes other than it is here now.")
                self._column.addWidget(TextLabel(told, self, wrap=True))
        self._column.addStretch(1)

    def _add_link(self) -> None:
        self.open_link = LinkButton(tr("Open it as it is here now"), self)
        self.open_link.setProperty("small", True)
        self.open_link.clicked.connect(self.open_requested)
        self._column.addWidget(self.open_link, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_nothing(self) -> None:
        told = tr("Nothing of it is taken. What is wrong with it stands in the list, under “not as it came”.")
        self._column.addWidget(TextLabel(told, self, wrap=True))

    def _build_conflicts(self, conflicts: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        """The values that wait to be settled, beside each other."""
        for name, options in conflicts.items():
            self._column.addSpacing(4)
            self._column.addWidget(MutedLabel(field_word(self.arrival.kind, name), self))
            grid = QGridLayout()
            grid.setHorizontalSpacing(12)
            texts = [value_words(name.partition("/")[0], option.get("value"), self._names) for option in options]
            for at, (option, text) in enumerate(zip(options, texts, strict=True)):
                author = short(str(option.get("author") or "")) or tr("nobody in particular")
                row, column = at // 2 * 2, at % 2
                grid.addWidget(ElidedLabel(author.upper(), self, role="section"), row, column)
                shown = OneOfSeveral(self._appearance, text, texts[0 if at else -1], self)
                grid.addWidget(shown, row + 1, column)
                grid.setColumnStretch(column, 1)
                self.fields[name] = shown
            self._column.addLayout(grid)

    def _build_fields(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        names = [name for name in self._changed(before, after) if name not in (CONFLICTS, *HIDDEN, *self.fields)]
        if self.arrival.before is not None and names:
            heads = QGridLayout()
            heads.addWidget(SectionLabel(tr("Here until now"), self), 0, 0)
            heads.addWidget(SectionLabel(tr("Afterwards"), self), 0, 1)
            heads.setColumnStretch(0, 1)
            heads.setColumnStretch(1, 1)
            self._column.addSpacing(4)
            self._column.addLayout(heads)
        for name in names:
            old, new = (value_words(name, fields.get(name), self._names) for fields in (before, after))
            if self.arrival.before is None and after.get(name) is False:
                continue
            if old == new and self.arrival.before is not None and name not in self.arrival.changed:
                continue
            self._add_field(name, old, new)

    def _changed(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
        """Changed fields, or for a new item all that say something; in the order in which they are read."""
        known = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
        known |= set(self.arrival.changed)
        return sorted(known, key=lambda name: (FIRST.index(name) if name in FIRST else len(FIRST), name))

    def _add_field(self, name: str, old: str, new: str) -> None:
        if not old and not new:
            return
        label = MutedLabel(field_word(self.arrival.kind, name), self)
        shown: QLabel
        if self.arrival.before is None:
            # All of it is new: marks would be on every word.
            shown = OneOfSeveral(self._appearance, new, new, self)
        else:
            shown = SideBySide(self._appearance, old, new, self)
        self._column.addSpacing(4)
        self._column.addWidget(label)
        self._column.addWidget(shown)
        self.fields[name] = shown


class ToldView(QWidget):
    """A loss, or a name that stands twice: the heading and why."""

    def __init__(self, heading: str, why: str, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_M)
        column.addWidget(TitleLabel(heading, self, wrap=True))
        column.addWidget(TextLabel(why, self, wrap=True))
        column.addStretch(1)
