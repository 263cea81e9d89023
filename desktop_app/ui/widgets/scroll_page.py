"""A surface that scrolls: what is read beside a list."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.ui.theme import SPACE_M, SPACE_XL


class ScrollPage(QFrame):
    """A card whose ``body``, a vertical layout, scrolls; it takes the focus so that keys can scroll it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        self.area = QScrollArea(self)
        self.area.setAccessibleName(name)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.verticalScrollBar().setSingleStep(24)
        outer.addWidget(self.area)
        self.sheet = QWidget(self.area)
        self.sheet.setProperty("role", "page")
        # The page is as high as its words need at this width; the minimum of wrapped labels is that of a narrow one.
        self.sheet.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.body = QVBoxLayout(self.sheet)
        self.body.setContentsMargins(SPACE_XL + 4, 20, SPACE_XL, SPACE_XL)
        self.body.setSpacing(SPACE_M)
        self.area.setWidget(self.sheet)

    def to_top(self) -> None:
        self.area.verticalScrollBar().setValue(0)

    def scroll_to(self, widget: QWidget, part: QRect) -> None:
        """Scrolls so that ``part`` of ``widget`` is seen."""
        top = widget.mapTo(self.sheet, part.topLeft()) if widget is not self.sheet else QPoint(part.topLeft())
        self.area.ensureVisible(top.x(), top.y() + part.height() // 2, 0, part.height() // 2 + SPACE_XL)
