"""Reading text: safe HTML in, nothing loaded from anywhere, links opened only after asking in place."""

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage, QResizeEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QTextBrowser, QVBoxLayout, QWidget

from desktop_app.ui.i18n import tr
from desktop_app.ui.theme import READING_WIDTH_CHARACTERS, Appearance
from desktop_app.ui.theme.type_sizes import LINE_HEIGHT
from desktop_app.ui.widgets.buttons import LinkButton

SCHEMES = ("http", "https", "mailto")
IMAGE_RESOURCE = 2
PICTURE = "\ufffc"
"""What stands for a picture in a block's text."""
MOST_IMAGE_BYTES = 40_000_000


class _Browser(QTextBrowser):
    """A QTextBrowser that asks nobody for anything: resources come from ``images`` or not at all."""

    blob_missed = Signal(str)
    resized = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.images: dict[str, QImage] = {}
        self.setProperty("role", "bare")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.resized.emit()

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        url = QUrl(name)
        if url.scheme() == "blob" and int(kind) == IMAGE_RESOURCE:
            blob = url.path()
            if blob in self.images:
                return self.images[blob]
            self.blob_missed.emit(blob)
        # An empty image instead of nothing: QTextBrowser would look for the file itself.
        return QImage(1, 1, QImage.Format.Format_Alpha8)


class _LinkStrip(QFrame):
    """Asks in place whether to open an address, and shows all of it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "message")
        self.setProperty("level", "info")
        self.url = QUrl()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 6)
        column.setSpacing(4)
        self.address = QLabel(self)
        self.address.setTextFormat(Qt.TextFormat.PlainText)
        self.address.setWordWrap(True)
        self.address.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self.address)
        row = QHBoxLayout()
        self.open = LinkButton(tr("Open in the browser"), self)
        self.copy = LinkButton(tr("Copy the address"), self)
        self.leave = LinkButton(tr("Leave it"), self)
        for button in (self.open, self.copy, self.leave):
            row.addWidget(button)
        row.addStretch()
        column.addLayout(row)
        self.hide()

    def ask(self, url: QUrl) -> None:
        self.url = url
        # A zero-width space after each separator lets a long address wrap; the copy has none.
        shown = url.toString(QUrl.ComponentFormattingOption.FullyEncoded)
        for sign in "/?&=":
            shown = shown.replace(sign, sign + "\u200b")
        self.address.setText(shown)
        self.open.setText(tr("Write a mail") if url.scheme() == "mailto" else tr("Open in the browser"))
        self.show()
        self.open.setFocus()


class MarkdownView(QWidget):
    """Shows safe HTML at reading size, at most 72 characters a line.

    ``blob_wanted(sha)``: an attachment's image is needed; answer with :meth:`provide_blob`.
    ``link_opened(str)``: a web or mail address was handed to the desktop. ``item_link_clicked(str)``: an address of the
    notebook itself (``terrain:<id>``) was clicked.
    """

    blob_wanted = Signal(str)
    link_opened = Signal(str)
    item_link_clicked = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None, *, fit_height: bool = False) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._fit_height = fit_height
        self._html = ""
        self._asked: set[str] = set()
        self.browser = _Browser(self)
        self.strip = _LinkStrip(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.browser, 1)
        column.addWidget(self.strip)
        if fit_height:
            self.browser.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.browser.document().setDocumentMargin(0)
        self.browser.anchorClicked.connect(self._link_clicked)
        self.browser.blob_missed.connect(self._blob_missed)
        self.strip.open.clicked.connect(lambda: self._open(self.strip.url))
        self.strip.copy.clicked.connect(self._copy)
        self.strip.leave.clicked.connect(self._leave)
        self.browser.resized.connect(self._fit)
        appearance.changed.connect(self._show)

    def set_html(self, html: str) -> None:
        """``html`` must come from the text room, which has made it safe."""
        self._html = html
        self._asked.clear()
        self.strip.hide()
        self._show()
        self.browser.verticalScrollBar().setValue(0)

    def provide_blob(self, blob: str, data: bytes) -> None:
        """Gives an image asked for by ``blob_wanted``; bytes that are no image are ignored."""
        image = QImage.fromData(data) if len(data) <= MOST_IMAGE_BYTES else QImage()
        if image.isNull():
            return
        width = self.reading_width()
        if image.width() > width:
            image = image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        self.browser.images[blob] = image
        self._show()

    def plain_text(self) -> str:
        return self.browser.toPlainText()

    def reading_width(self) -> int:
        """Pixels of the longest line: 72 characters of the body font, or the widget's width."""
        widest = self.browser.fontMetrics().averageCharWidth() * READING_WIDTH_CHARACTERS
        return max(120, min(widest, self.browser.viewport().width()))

    def sizeHint(self) -> QSize:
        return QSize(480, self._content_height() if self._fit_height else 200)

    # --- showing ----------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        theme, sizes = self._appearance.theme, self._appearance.sizes
        document = self.browser.document()
        document.setDefaultFont(self.browser.font())
        document.setDefaultStyleSheet(
            f"a {{ color: {theme.accent}; text-decoration: none; }}"
            f"h1 {{ font-size: {sizes.title}px; }} h2 {{ font-size: {sizes.heading}px; }}"
            f"h3, h4, h5, h6 {{ font-size: {sizes.body}px; }}"
            f"blockquote {{ color: {theme.muted}; margin-left: 16px; }}"
            f"code, pre {{ font-family: monospace; background-color: {theme.ground}; }}"
            f"pre {{ white-space: pre-wrap; }}"
            f"th {{ text-align: left; color: {theme.muted}; font-weight: normal; }}"
            f"td, th {{ padding: 4px 12px 4px 0; }}"
        )
        self.browser.setHtml(self._html)
        self._set_lines()
        self._fit()

    def _set_lines(self) -> None:
        """Line height 1.5 of the font's size, whatever leading the font itself asks for.

        Code in a line would make it higher; only headings and pictures keep a height of their own.
        """
        own = self.browser.fontMetrics().lineSpacing()
        percent = 100 * LINE_HEIGHT * self._appearance.sizes.body / max(own, 1)
        free, even = QTextBlockFormat(), QTextBlockFormat()
        free.setLineHeight(percent, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        even.setLineHeight(self._appearance.sizes.line, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        block = self.browser.document().begin()
        while block.isValid():
            heading = block.blockFormat().headingLevel() > 0
            QTextCursor(block).mergeBlockFormat(free if heading or PICTURE in block.text() else even)
            block = block.next()

    def _fit(self) -> None:
        self.browser.setLineWrapMode(QTextBrowser.LineWrapMode.FixedPixelWidth)
        self.browser.setLineWrapColumnOrWidth(self.reading_width())
        if self._fit_height:
            self.browser.setFixedHeight(self._content_height())

    def _content_height(self) -> int:
        return int(self.browser.document().size().height()) + 4

    # --- links ------------------------------------------------------------------------------------------------------

    def _blob_missed(self, blob: str) -> None:
        if blob not in self._asked:
            self._asked.add(blob)
            self.blob_wanted.emit(blob)

    def _link_clicked(self, url: QUrl) -> None:
        scheme = url.scheme().lower()
        if scheme == "terrain":
            self.item_link_clicked.emit(url.path())
        elif scheme in SCHEMES and self._appearance.confirm_links:
            self.strip.ask(url)
        elif scheme in SCHEMES:
            self._open(url)

    def _open(self, url: QUrl) -> None:
        self.strip.hide()
        QDesktopServices.openUrl(url)
        self.link_opened.emit(url.toString())

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.strip.url.toString(QUrl.ComponentFormattingOption.FullyEncoded))
        self._leave()

    def _leave(self) -> None:
        self.strip.hide()
        self.browser.setFocus()
