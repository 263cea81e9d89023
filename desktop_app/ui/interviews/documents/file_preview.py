"""What one file would become: how it was read and what was found; the pattern or the columns can be corrected."""

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.model.documents import ParsedDocument
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.interviews.telling import clock_words, length_words, occurred_words
from desktop_app.ui.theme import SPACE_M, Appearance
from desktop_app.ui.widgets import (
    FaintLabel,
    InlineMessage,
    LinkButton,
    MutedLabel,
    SectionLabel,
    StrongLabel,
    TextLabel,
    TitleLabel,
)

if TYPE_CHECKING:
    from desktop_app.services.documents import FilePreview, Reading

SETTLE_MILLISECONDS = 350
FIRST_TURNS = 8
FIRST_WORDS = 220
MOST_SPEAKERS = 12
MOST_NOTICES = 40
FIRST_ANSWERS = 6


class FileView(QWidget):
    """``reading_changed(path, Reading)`` a moment after a pattern was typed or a column chosen; ``all_wanted(pattern)``
    it is meant for all files.
    """

    reading_changed = Signal(object, object)
    all_wanted = Signal(str)

    def __init__(self, appearance: Appearance, file: "FilePreview", reading: "Reading", parent: QWidget) -> None:
        super().__init__(parent)
        self.path = file.path
        self._reading = reading
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MILLISECONDS)
        self._settle.timeout.connect(self.settle)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_M)
        column.addWidget(TitleLabel(file.path.name, self, wrap=True))
        self.found = MutedLabel("", self, wrap=True)
        column.addWidget(self.found)
        self.problem = InlineMessage(appearance, self)
        column.addWidget(self.problem)
        self.pattern, self.column_box, self.id_box = QLineEdit(self), QComboBox(self), QComboBox(self)
        self._controls = QWidget(self)
        column.addWidget(self._controls)
        self._build_controls(is_table=file.path.suffix.lower() in (".csv", ".tsv", ".xlsx"))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        column.addLayout(self._lines)
        column.addStretch(1)
        self.show_file(file)

    def _build_controls(self, *, is_table: bool) -> None:
        grid = QGridLayout(self._controls)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(1, 1)
        if is_table:
            self.pattern.hide()
            for at, (words, box) in enumerate(
                ((tr("Column of answers"), self.column_box), (tr("Column that names who answers"), self.id_box))
            ):
                grid.addWidget(FaintLabel(words, self), at, 0)
                box.setEditable(True)
                box.setAccessibleName(words)
                box.currentTextChanged.connect(lambda _: self._settle.start())
                grid.addWidget(box, at, 1)
            return
        self.column_box.hide()
        self.id_box.hide()
        self.pattern.setText(self._reading.pattern)
        self.pattern.setPlaceholderText(
            tr("found by itself; else write how a turn begins, as in [{time}] {speaker}: {text}")
        )
        self.pattern.setAccessibleName(tr("Speaker pattern"))
        self.pattern.textChanged.connect(lambda _: self._settle.start())
        self.pattern.returnPressed.connect(self.settle)
        everywhere = LinkButton(tr("Use it for all files"), self)
        everywhere.setProperty("small", True)
        everywhere.clicked.connect(lambda: self.all_wanted.emit(self.pattern.text().strip()))
        row = QHBoxLayout()
        row.addWidget(self.pattern, 1)
        row.addWidget(everywhere)
        grid.addWidget(FaintLabel(tr("Speaker pattern"), self), 0, 0)
        grid.addLayout(row, 0, 1)

    def settle(self) -> None:
        """Reads the file again if another way was chosen."""
        self._settle.stop()
        reading = replace(
            self._reading,
            pattern=self.pattern.text().strip(),
            column=self.column_box.currentText().strip(),
            id_column=self.id_box.currentText().strip(),
        )
        if reading != self._reading:
            self._reading = reading
            self.reading_changed.emit(self.path, reading)

    # --- what is shown -----------------------------------------------------------------------------------------------

    def show_file(self, file: "FilePreview") -> None:
        if file.problem:
            # What was read before stays: it is what a pattern is corrected by.
            self.problem.say(file.problem, "error", keep=True)
            self.found.setText("")
            return
        self._clear()
        self.problem.dismiss()
        if file.columns:
            self._set_columns(file)
        first = file.documents[0] if file.documents else None
        if first is None:
            self.found.setText(tr("There is nothing in it."))
        elif file.columns:
            self._show_answers(file)
        else:
            self._show_document(first)

    def _set_columns(self, file: "FilePreview") -> None:
        for box, chosen, names in (
            (self.column_box, file.column, file.columns),
            (self.id_box, file.id_column, ("", *file.columns)),
        ):
            box.blockSignals(True)
            if [box.itemText(at) for at in range(box.count())] != list(names):
                box.clear()
                box.addItems(list(names))
            box.setCurrentText(chosen)
            box.blockSignals(False)
        self._reading = replace(self._reading, column=file.column, id_column=file.id_column)

    def _show_answers(self, file: "FilePreview") -> None:
        self.found.setText(count_text(len(file.documents), "{number} answer", "{number} answers"))
        for one in file.documents[:FIRST_ANSWERS]:
            self._add(StrongLabel(one.title, self, wrap=True))
            self._add(TextLabel(_shortened(one.text), self, wrap=True))
            if one.attributes:
                shown = " · ".join(f"{name}: {value}" for name, value in one.attributes if value)
                self._add(MutedLabel(_shortened(shown), self, wrap=True))
        self._show_notices([notice for one in file.documents for notice in one.notices])

    def _show_document(self, parsed: ParsedDocument) -> None:
        ends = max((turn.ends or turn.begins or 0 for turn in parsed.turns), default=0)
        parts = [
            _style(parsed.format),
            occurred_words(parsed.occurred),
            length_words(ends),
            count_text(len(parsed.turns), "{number} turn", "{number} turns") if parsed.turns else "",
            count_text(len(parsed.text), "{number} character", "{number} characters"),
        ]
        self.found.setText(" · ".join(part for part in parts if part))
        self._show_notices(parsed.notices)
        counts = Counter(turn.speaker for turn in parsed.turns if turn.speaker)
        if counts:
            self._add(SectionLabel(tr("Who speaks"), self))
            named = [
                f"{name} ({count_text(number, '{number} turn', '{number} turns')})"
                for name, number in counts.most_common(MOST_SPEAKERS)
            ]
            if len(counts) > MOST_SPEAKERS:
                named.append(tr("and {number} more", number=len(counts) - MOST_SPEAKERS))
            self._add(TextLabel(", ".join(named), self, wrap=True))
        self._add(SectionLabel(tr("How it begins"), self))
        for turn in parsed.turns[:FIRST_TURNS]:
            head = " · ".join(part for part in (clock_words(turn.begins), turn.speaker) if part)
            self._add(MutedLabel(head, self))
            self._add(TextLabel(_shortened(parsed.text[turn.start : turn.end]), self, wrap=True))
        if not parsed.turns:
            self._add(TextLabel(_shortened(parsed.text, 3 * FIRST_WORDS), self, wrap=True))

    def _show_notices(self, notices: "list[str] | tuple[str, ...]") -> None:
        if notices:
            self._add(SectionLabel(tr("Remarks"), self))
        for notice in notices[:MOST_NOTICES]:
            self._add(MutedLabel(notice, self, wrap=True))
        if len(notices) > MOST_NOTICES:
            self._add(MutedLabel(tr("and {number} more", number=len(notices) - MOST_NOTICES), self))

    def _add(self, widget: QWidget) -> None:
        self._lines.addWidget(widget)

    def _clear(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if old := item.widget():
                old.hide()
                old.deleteLater()


def _shortened(text: str, most: int = FIRST_WORDS) -> str:
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"


def _style(style: str) -> str:
    from desktop_app.services.documents import style_name

    return style_name(style) if style else ""
