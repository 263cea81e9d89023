"""One exchange of the past: which way, whose, and what came of it."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.model.exchange import Exchange
from desktop_app.ui.exchange.past.telling import exchange_lines, exchange_lists, way_words
from desktop_app.ui.exchange.telling import who_words
from desktop_app.ui.i18n import tr
from desktop_app.ui.theme import SPACE_M
from desktop_app.ui.widgets import MutedLabel, SectionLabel, TextLabel, TitleLabel


class ExchangeView(QWidget):
    """``undo_button`` is there where undoing would take back this very merge."""

    def __init__(self, exchange: Exchange, may_undo: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.exchange, self.may_undo = exchange, may_undo
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE_M)
        self._column.addWidget(TitleLabel(exchange.file or tr("without a name"), self, wrap=True))
        facts = [way_words(exchange), who_words(exchange.author, exchange.at)]
        facts += [tr("taken back")] if exchange.undone else []
        self._column.addWidget(MutedLabel(" · ".join(facts), self, wrap=True))
        for words in exchange_lines(exchange):
            self._column.addWidget(TextLabel(words, self, wrap=True))
        for title, lines in exchange_lists(exchange.report):
            self._column.addSpacing(4)
            self._column.addWidget(SectionLabel(title, self))
            for line in lines:
                self._column.addWidget(MutedLabel(line, self, wrap=True))
        self._build_verbs()
        self._column.addStretch(1)

    def _build_verbs(self) -> None:
        row = QHBoxLayout()
        self.undo_button = QPushButton(tr("Undo this merge"), self)
        self.undo_button.setToolTip(f"{tr('Undo this merge')}  U")
        self.undo_button.setVisible(self.may_undo)
        row.addWidget(self.undo_button)
        row.addStretch()
        self._column.addSpacing(4)
        self._column.addLayout(row)
        exchange = self.exchange
        if exchange.change is not None and not self.may_undo and not exchange.undone:
            told = tr("It can be undone once what was done since is undone.")
            self._column.addWidget(MutedLabel(told, self, wrap=True))
