"""What the look is now: theme and type sizes, kept in step with the settings and the desktop."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QStyleFactory

from desktop_app.config.settings import Settings
from desktop_app.ui.theme.icons import icon, icon_pixmap
from desktop_app.ui.theme.palette import build_palette
from desktop_app.ui.theme.stylesheet import build_stylesheet
from desktop_app.ui.theme.themes import Theme, load_theme
from desktop_app.ui.theme.type_sizes import TypeSizes, body_font


class Appearance(QObject):
    """One per application. ``changed()`` tells painted widgets to paint again; styled ones follow by themselves."""

    changed = Signal()

    def __init__(self, application: QApplication, settings: Settings) -> None:
        super().__init__(application)
        self._application = application
        self._settings = settings
        self._scheme = application.styleHints().colorScheme()
        application.setStyle(QStyleFactory.create("Fusion"))
        application.styleHints().colorSchemeChanged.connect(self._scheme_changed)
        self.theme: Theme = load_theme(self._wanted())
        self.sizes = TypeSizes.at(settings.number("text_size"))
        self._dress()

    @property
    def confirm_links(self) -> bool:
        """Whether an address is shown before it is opened."""
        return self._settings.flag("confirm_links")

    def settings_changed(self) -> None:
        """To be called after the theme or the text size was changed."""
        theme = load_theme(self._wanted())
        sizes = TypeSizes.at(self._settings.number("text_size"))
        if (theme, sizes) != (self.theme, self.sizes):
            self.theme, self.sizes = theme, sizes
            self._dress()
        self.changed.emit()

    def icon(self, name: str, role: str = "muted", size: int = 20) -> QIcon:
        """An icon in a role's colour, as sharp as the finest screen needs; ask again on ``changed``."""
        color, ratio = str(getattr(self.theme, role)), self._application.devicePixelRatio()
        return icon(name, color, self.theme.disabled, size, ratio)

    def pixmap(self, name: str, size: int, role: str = "muted", ratio: float = 1.0) -> QPixmap:
        return icon_pixmap(name, size, str(getattr(self.theme, role)), ratio)

    def _wanted(self) -> str:
        chosen = self._settings.text("theme")
        if chosen != "system":
            return chosen
        return "dark" if self._scheme == Qt.ColorScheme.Dark else "light"

    def _scheme_changed(self, scheme: Qt.ColorScheme) -> None:
        self._scheme = scheme
        if self._settings.text("theme") == "system":
            self.settings_changed()

    def _dress(self) -> None:
        self._application.setFont(body_font(self.sizes))
        self._application.setPalette(build_palette(self.theme))
        self._application.setStyleSheet(build_stylesheet(self.theme, self.sizes))
