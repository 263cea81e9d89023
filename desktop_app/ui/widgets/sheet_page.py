"""A whole screen that scrolls: a sheet no wider than the eye follows."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.ui.theme import SPACE_XL

WIDEST = 1240


class SheetPage(QScrollArea):
    """Fills ``screen``. ``body``, a vertical layout, is that of ``sheet``, which stands at the left or is centred."""

    def __init__(self, screen: QWidget, *, centred: bool = False) -> None:
        super().__init__(screen)
        outer = QVBoxLayout(screen)
        outer.setContentsMargins(0, 0, 0, 0)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalScrollBar().setSingleStep(24)
        outer.addWidget(self)
        content = QWidget(self)
        content.setProperty("role", "page")
        # The page is as high as its words need at this width; the minimum of wrapped labels is that of a narrow one.
        content.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        row = QHBoxLayout(content)
        row.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_XL)
        self.sheet = QWidget(content)
        self.sheet.setMaximumWidth(WIDEST)
        if centred:
            row.addStretch(1)
        row.addWidget(self.sheet, 1000)
        row.addStretch(1)
        self.body = QVBoxLayout(self.sheet)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(16)
        self.setWidget(content)
