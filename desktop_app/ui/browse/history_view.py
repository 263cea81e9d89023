"""The history of an entry, unfolded in place: who wrote what when, and a way back to every version."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop_app.model.changes import RevisionInfo
from desktop_app.ui.browse.telling import changed_text, said_at
from desktop_app.ui.i18n import tr
from desktop_app.ui.theme import Appearance
from desktop_app.ui.widgets import FaintLabel, HairLine, MutedLabel, SectionLabel, SmallLink
from desktop_app.ui.widgets.origins import version_author, version_words, with_parents


class HistoryView(QWidget):
    """Versions, newest first. ``bring_back_requested(str)`` gives a revision id."""

    bring_back_requested = Signal(str)

    def __init__(
        self, appearance: Appearance, revisions: Sequence[RevisionInfo], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(HairLine(self))
        column.addWidget(SectionLabel(tr("Versions"), self))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for at, (info, before) in enumerate(with_parents(revisions)):
            grid.addWidget(FaintLabel(f"{said_at(info.at)} · {version_author(info)}", self), at, 0)
            grid.addWidget(MutedLabel(version_words(info, changed_text(info, before)), self, wrap=True), at, 1)
            if at == 0:
                grid.addWidget(FaintLabel(tr("as it stands"), self), at, 2)
            else:
                again = tr("Make this version the current one again")
                back = SmallLink(appearance, tr("Bring back"), self, more=again)
                back.clicked.connect(lambda _=False, item=info.id: self.bring_back_requested.emit(item))
                grid.addWidget(back, at, 2)
        column.addLayout(grid)
