"""One person as they are read: who they are, their way, and everything they said."""

from datetime import datetime

from PySide6.QtCore import QRect, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.model.entries import Entry
from desktop_app.model.errors import KnownError
from desktop_app.model.people import Person, StageStep
from desktop_app.model.time import BadDate, describe
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.ops import Operations
from desktop_app.ui.people.listing import day_of
from desktop_app.ui.people.reads import OrganisationPage, PersonPage, cards
from desktop_app.ui.people.stage_way import StageWay
from desktop_app.ui.people.steps import StepLines, StepMaker
from desktop_app.ui.theme import SPACE_M, Appearance
from desktop_app.ui.widgets import (
    CardStack,
    ChipRow,
    IconButton,
    InlineMessage,
    LinkButton,
    MutedLabel,
    SectionLabel,
    TextLabel,
    TitleLabel,
)
from desktop_app.ui.widgets.conflict_line import ConflictLine
from desktop_app.ui.widgets.memo_line import MemoLine


class PersonView(QWidget):
    """Signals are requests: ``entry_requested(str)``, ``organisation_requested(str)``, ``edit_requested()``,
    ``trash_requested()``, ``step_given(StageStep)``, ``step_removed(int)``, ``memo_requested()`` a new one,
    ``memo_opened(str)``, ``settle_requested()`` what several people gave different values;
    ``card_seen(QWidget, QRect)`` for scrolling.
    """

    entry_requested = Signal(str)
    organisation_requested = Signal(str)
    edit_requested = Signal()
    trash_requested = Signal()
    step_given = Signal(object)
    step_removed = Signal(int)
    memo_requested = Signal()
    memo_opened = Signal(str)
    settle_requested = Signal()
    card_seen = Signal(object, QRect)

    def __init__(self, appearance: Appearance, operations: Operations, page: PersonPage, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance, self._operations, self.page = appearance, operations, page
        self.maker: StepMaker | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE_M)
        self._build_head()
        self._build_way()
        self.memos = memo_section(self._appearance, page, self._column, self.memo_opened, self)
        self._build_words()
        self._column.addStretch(1)

    # --- parts -------------------------------------------------------------------------------------------------------

    def _build_head(self) -> None:
        person = self.page.person
        verbs = (self.edit_requested, self.memo_requested, self.trash_requested)
        self._column.addLayout(heading_row(self._appearance, self, person.fields.name, *verbs))
        about = MutedLabel(_told(person), self, wrap=True)
        about.setVisible(bool(about.text()))
        self._column.addWidget(about)
        self.conflict_line = ConflictLine(self._appearance, self.page.conflicts, self)
        self.conflict_line.clicked.connect(self.settle_requested)
        self._column.addWidget(self.conflict_line, 0, Qt.AlignmentFlag.AlignLeft)
        self.chips = ChipRow(self._appearance, self, removable=False)
        self.chips.set_texts(_chips(person))
        self.chips.chip_clicked.connect(self._chip_clicked)
        self._column.addWidget(self.chips)
        if person.fields.note:
            self._column.addSpacing(4)
            self._column.addWidget(reading_text(person.fields.note, self))
        if self.page.draft:
            kept = LinkButton(tr("Something you typed about them is kept; go on with it"), self)
            kept.clicked.connect(self.edit_requested)
            self._column.addWidget(kept, 0, Qt.AlignmentFlag.AlignLeft)

    def _build_way(self) -> None:
        steps = self.page.person.fields.stages
        self._column.addSpacing(12)
        row = QHBoxLayout()
        row.addWidget(SectionLabel(tr("Their way"), self))
        row.addStretch()
        self.add_step = LinkButton(tr("+ step"), self)
        self.add_step.setToolTip(tr("Note a step of their way") + "  S")
        self.add_step.clicked.connect(self.begin_step)
        row.addWidget(self.add_step)
        self._column.addLayout(row)
        self._maker_place = QVBoxLayout()
        self.message = InlineMessage(self._appearance, self)
        self._maker_place.addWidget(self.message)
        self._column.addLayout(self._maker_place)
        if not steps:
            text = tr("No step noted yet: stranger, prospect, customer, loyal client or advocate, and when.")
            self._column.addWidget(MutedLabel(text, self, wrap=True))
        self.way = StageWay(self._appearance, self)
        self.way.show_way(steps, self.page.entries, datetime.now().date().isoformat())
        self.way.setVisible(bool(steps or self.page.entries))
        self.way.entry_requested.connect(self.entry_requested)
        self._column.addWidget(self.way)
        self.lines = StepLines(self._appearance, steps, self.page.headings, self)
        self.lines.setVisible(bool(steps))
        self.lines.entry_requested.connect(self.entry_requested)
        self.lines.remove_requested.connect(self.step_removed)
        self.lines.entry_hovered.connect(self.way.light)
        self._column.addWidget(self.lines)

    def _build_words(self) -> None:
        self._column.addSpacing(12)
        self._column.addWidget(SectionLabel(tr("What they said"), self))
        self.stack = said(self._appearance, self.page.entries, self)
        self.stack.entry_opened.connect(self.entry_requested)
        self.stack.entry_hovered.connect(self.way.light)
        self.stack.card_seen.connect(lambda part: self.card_seen.emit(self.stack, part))
        self._column.addWidget(self.stack)
        if not self.page.entries:
            text = tr("Nothing yet. Write @{name} in an entry, and it stands here.", name=self.page.person.fields.name)
            self._column.addWidget(MutedLabel(text, self, wrap=True))

    def _chip_clicked(self, number: int) -> None:
        org = self.page.person.fields.org
        if number == 0 and org:
            self.organisation_requested.emit(org)
        else:
            self.edit_requested.emit()

    # --- a step in place ---------------------------------------------------------------------------------------------

    def begin_step(self) -> None:
        """Unfolds the line that adds a step."""
        if self.maker is None:
            self.maker = StepMaker(self._operations, self.page.person.stage, self.page.entries, self)
            self.maker.made.connect(self._give_step)
            self.maker.left.connect(self.end_step)
            self._maker_place.addWidget(self.maker)
        self.maker.focus_first()

    def end_step(self) -> None:
        if self.maker is not None:
            self.maker.hide()
            self.maker.deleteLater()
            self.maker = None
            self.message.dismiss()
            self.add_step.setFocus()

    def _give_step(self, step: StageStep) -> None:
        self.step_given.emit(step)

    def show_error(self, error: KnownError) -> None:
        self.message.say_error(error)


def heading_row(
    appearance: Appearance,
    parent: QWidget,
    name: str,
    edit: SignalInstance,
    memo: SignalInstance,
    trash: SignalInstance,
) -> QHBoxLayout:
    """The name, and the verbs at its right."""
    row = QHBoxLayout()
    row.setSpacing(2)
    title = TitleLabel(name, parent, wrap=True)
    row.addWidget(title, 1)
    for icon, text, key, signal in (
        ("edit", tr("Edit"), "E", edit),
        ("note", tr("Memo"), "M", memo),
        ("trash", tr("Move to the trash"), "Del", trash),
    ):
        button = IconButton(appearance, icon, text, parent, shortcut=key, size=18)
        button.clicked.connect(signal)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
    return row


def memo_section(
    appearance: Appearance,
    page: PersonPage | OrganisationPage,
    column: QVBoxLayout,
    opened: SignalInstance,
    parent: QWidget,
) -> list[MemoLine]:
    """The memos about whom the page shows, a line each; no section where there is none."""
    if not page.memos:
        return []
    column.addSpacing(12)
    column.addWidget(SectionLabel(tr("Memos"), parent))
    lines = [MemoLine(appearance, memo, page.author, parent) for memo in page.memos]
    for line in lines:
        line.opened.connect(opened)
        column.addWidget(line)
    return lines


def reading_text(text: str, parent: QWidget) -> TextLabel:
    """Running text, no wider than it reads well."""
    label = TextLabel(text, parent, wrap=True)
    label.setMaximumWidth(label.fontMetrics().averageCharWidth() * 84)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def said(appearance: Appearance, entries: tuple[Entry, ...], parent: QWidget) -> CardStack:
    """Their entries as cards at full height."""
    stack = CardStack(appearance, tr("What they said"), parent)
    stack.show_cards(cards(entries))
    return stack


def _told(person: Person) -> str:
    """Where they stand, since when, and when they were last heard."""
    parts = []
    if person.fields.stages:
        step = person.fields.stages[-1]
        parts.append(tr("{stage} since {date}", stage=tr(step.stage), date=_date(step.date)))
    if person.entries:
        parts.append(count_text(person.entries, "{number} entry", "{number} entries"))
    if person.last:
        parts.append(tr("last heard {date}", date=day_of(person.last)))
    return " · ".join(parts)


def _date(date: str) -> str:
    try:
        return describe(date)
    except BadDate:
        return date


def _chips(person: Person) -> list[str]:
    fields = person.fields
    made = [person.org_name] if fields.org and person.org_name else []
    made.append(tr("consent: {consent}", consent=tr(fields.consent)) if fields.consent else tr("consent not asked"))
    if fields.pseudonym:
        made.append(tr("stands as “{name}”", name=fields.pseudonym))
    return made
