"""Which codings are looked at: coders shown, hidden or blind, codes, speakers. One line of toggles above the text."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.model.coding import Code
from desktop_app.ui.i18n import tr
from desktop_app.ui.interviews.codebook.finding import find_codes, find_named
from desktop_app.ui.interviews.coding.filtering import Looking
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets import ChipRow, CompletionPopup, FaintLabel, FlowLayout, IconButton, LinkButton, Offer

MOST_OFFERS = 8


class FilterBar(QWidget):
    """``looked(Looking)`` what is to be looked at from now on; ``left()`` Escape."""

    looked = Signal(object)
    left = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._looking = Looking()
        self._codes: dict[str, Code] = {}
        self.blind = QCheckBox(tr("Blind: only mine"), self)
        self.blind.setToolTip(tr("Nothing of the others is shown: no stripes, no counts, no hints"))
        self.code = QLineEdit(self)
        self.chips = ChipRow(appearance, self, removable=True)
        self.reset = LinkButton(tr("Show everything"), self)
        self._people = QWidget(self)
        self._flow = FlowLayout(self._people, spacing=12)
        self.boxes: dict[tuple[str, str], QCheckBox] = {}
        self._build()
        self.hide()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._people)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(FaintLabel(tr("Codes"), self))
        self.code.setPlaceholderText(tr("only these codes…"))
        self.code.setAccessibleName(tr("Show only codings with this code"))
        self.code.setMaximumWidth(240)
        self._popup = CompletionPopup(self._appearance, self.code)
        self._popup.wanted.connect(self._offer)
        self._popup.accepted.connect(lambda _: self._take_code())
        self.code.returnPressed.connect(self._take_code)
        row.addWidget(self.code, 1)
        self.chips.chip_removed.connect(self._drop_code)
        row.addWidget(self.chips, 2)
        row.addStretch(1)
        row.addWidget(self.reset)
        close = IconButton(self._appearance, "close", tr("Close"), self, shortcut="Esc", size=16)
        close.clicked.connect(self.left)
        row.addWidget(close)
        column.addLayout(row)
        self.blind.toggled.connect(self._set_blind)
        self.reset.clicked.connect(lambda: self._look(Looking(author=self._looking.author)))

    def show_choices(
        self, looking: Looking, coders: Mapping[str, int], speakers: Sequence[str], codes: Mapping[str, Code]
    ) -> None:
        """Who has coded here, who speaks, which codes there are; the boxes stand as ``looking`` says."""
        self._looking, self._codes = looking, dict(codes)
        wanted = [("coder", coder) for coder in coders] + [("speaker", name) for name in speakers]
        if list(self.boxes) != wanted:
            self._make_boxes(wanted, looking.author)
        for (kind, name), box in self.boxes.items():
            ticked = name not in looking.hidden if kind == "coder" else not looking.speakers or name in looking.speakers
            box.blockSignals(True)
            box.setChecked(ticked)
            box.setEnabled(kind == "speaker" or not looking.blind)
            box.blockSignals(False)
        self.blind.blockSignals(True)
        self.blind.setChecked(looking.blind)
        self.blind.blockSignals(False)
        self.chips.set_texts([codes[code].label for code in sorted(looking.codes) if code in codes])
        self.chips.setVisible(bool(looking.codes))
        self.reset.setVisible(not looking.is_plain)

    def begin(self) -> None:
        self.show()
        self.code.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _make_boxes(self, wanted: Sequence[tuple[str, str]], author: str) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            if (old := item.widget()) and old is not self.blind:
                old.hide()
                old.deleteLater()
        self.boxes.clear()
        self._flow.addWidget(self._word(tr("Coders")))
        self._flow.addWidget(self.blind)
        for number, (kind, name) in enumerate(wanted):
            if kind == "speaker" and (not number or wanted[number - 1][0] == "coder"):
                self._flow.addWidget(self._word(tr("Speakers")))
            box = QCheckBox(tr("you") if (kind, name) == ("coder", author) else name, self._people)
            box.toggled.connect(self._toggler(kind, name))
            self.boxes[kind, name] = box
            self._flow.addWidget(box)

    def _word(self, words: str) -> FaintLabel:
        label = FaintLabel(words, self._people)
        label.setMinimumHeight(self.blind.sizeHint().height())
        return label

    def _toggler(self, kind: str, name: str) -> Callable[[bool], None]:
        return lambda on: self._toggle(kind, name, on)

    # --- choosing ----------------------------------------------------------------------------------------------------

    def _toggle(self, kind: str, name: str, on: bool) -> None:
        if kind == "coder":
            hidden = self._looking.hidden - {name} if on else self._looking.hidden | {name}
            self._look(replace(self._looking, hidden=hidden))
            return
        everybody = frozenset(who for what, who in self.boxes if what == "speaker")
        chosen = self._looking.speakers or everybody
        chosen = chosen | {name} if on else chosen - {name}
        self._look(replace(self._looking, speakers=frozenset() if chosen in (everybody, frozenset()) else chosen))

    def _set_blind(self, on: bool) -> None:
        self._look(replace(self._looking, blind=on))

    def _offer(self, typed: str, position: int) -> None:
        found = find_codes(list(self._codes.values()), typed)[:MOST_OFFERS] if typed.strip() else []
        self._popup.offer([Offer(code.label, 0, len(typed)) for code in found], typed, position)

    def _take_code(self) -> None:
        code = find_named(list(self._codes.values()), self.code.text())
        if code is not None:
            self.code.clear()
            self._look(replace(self._looking, codes=self._looking.codes | {code.id}))

    def _drop_code(self, number: int) -> None:
        shown = [code for code in sorted(self._looking.codes) if code in self._codes]
        self._look(replace(self._looking, codes=self._looking.codes - {shown[number]}))

    def _look(self, looking: Looking) -> None:
        self._looking = looking
        self.looked.emit(looking)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
