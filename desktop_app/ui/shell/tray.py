"""The tray icon, where the desktop has a tray: writing from anywhere. Its menu is the table's tray actions."""

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from desktop_app.config.resources import resource_path
from desktop_app.ui.i18n import tr
from desktop_app.ui.shell.actions import ACTIONS, ActionSet


def build_tray(actions: ActionSet, window: QWidget) -> QSystemTrayIcon | None:
    """The icon, shown; ``None`` where there is no tray."""
    if not QSystemTrayIcon.isSystemTrayAvailable():
        return None
    tray = QSystemTrayIcon(program_icon(), window)
    menu = QMenu(window)
    actions.fill(menu, (action for action in ACTIONS if action.tray))
    tray.setContextMenu(menu)
    tray.setToolTip(tr("Terrain"))
    write = actions.by_id["entry.write"]
    tray.activated.connect(
        lambda reason: write.trigger() if reason == QSystemTrayIcon.ActivationReason.Trigger else None
    )
    tray.show()
    return tray


def program_icon() -> QIcon:
    return QIcon(str(resource_path("icons", "terrain.svg")))
