"""The application's style sheet, made from a theme's roles.

Widgets say what they are by the dynamic property ``role`` (``card``, ``muted``, ``primary``…); screens write no style
sheets of their own.
"""

from string import Template

from desktop_app.config.resources import resource_path
from desktop_app.ui.theme.themes import ROLES, Theme
from desktop_app.ui.theme.type_sizes import TypeSizes

TEMPLATE = Template("""
QMainWindow, QWidget[role="ground"] { background: $ground; }
QFrame[role="side"] { background: $side; border: none; border-right: 1px solid $line; }
QFrame[role="card"] { background: $surface; border: 1px solid $line; border-radius: 8px; }
QFrame[role="card"][chosen="true"] { background: $accent_ground; border-color: $accent; }
QFrame[role="line"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QFrame[role="popup"] { background: $surface; border: 1px solid $line_strong; border-radius: 8px; }

QLabel { background: transparent; }
QLabel[role="title"] { font-size: ${title}px; font-weight: 600; }
QLabel[role="heading"] { font-size: ${heading}px; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="muted"] { color: $muted; font-size: ${small}px; }
QLabel[role="faint"] { color: $faint; font-size: ${tiny}px; }
QLabel[role="section"] { color: $muted_strong; font-size: ${tiny}px; }
QLabel[role="side-muted"] { color: $muted_strong; font-size: ${small}px; }
QLabel[role="error"] { color: $error; font-size: ${small}px; }
QLabel[role="warning"] { color: $warning; font-size: ${small}px; }
QLabel:disabled { color: $disabled; }

QFrame[role="message"] { border-radius: 8px; border: 1px solid $line; background: $surface; }
QFrame[role="message"][level="info"] { background: $accent_ground; border-color: $accent_ground; }
QFrame[role="message"][level="warning"] { background: $warning_ground; border-color: $warning_ground; }
QFrame[role="message"][level="error"] { background: $error_ground; border-color: $error_ground; }

QPushButton { background: $surface; border: 1px solid $line_strong; border-radius: 6px; padding: 5px 12px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $line; }
QPushButton:focus { border-color: $focus; }
QPushButton:disabled { color: $disabled; border-color: $line; }
QPushButton[role="primary"] { background: $accent; border-color: $accent; color: $on_accent; font-weight: 600; }
QPushButton[role="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[role="primary"]:focus { border-color: $text; }
QPushButton[role="primary"]:disabled { background: $line; border-color: $line; color: $disabled; }
QPushButton[role="link"] { background: transparent; border: 1px solid transparent; color: $accent; padding: 2px 4px;
    text-align: left; }
QPushButton[role="link"][small="true"] { font-size: ${small}px; }
QPushButton[role="link"]:hover { text-decoration: underline; color: $accent_hover; }
QPushButton[role="link"]:focus { border-color: $focus; }
QPushButton[role="link"]:disabled { color: $disabled; }
QPushButton[role="count"]:checked { background: $accent_ground; border-color: $accent; color: $accent; }
QPushButton[role="nav"] { background: transparent; border: 1px solid transparent; border-radius: 6px; text-align: left;
    padding: 5px 12px; min-height: 18px; }
QPushButton[role="nav"]:hover { background: $side_hover; }
QPushButton[role="nav"]:checked { background: $accent_ground; color: $accent; font-weight: 600; }
QPushButton[role="nav"]:disabled { color: $disabled; }
QPushButton[role="nav"]:focus { border-color: $focus; }
QPushButton[role="side-link"] { background: transparent; border: 1px solid transparent; border-radius: 6px;
    text-align: left; padding: 2px 12px; font-size: ${small}px; color: $muted_strong; }
QPushButton[role="side-link"]:hover { background: $side_hover; color: $text; }
QPushButton[role="side-link"]:focus { border-color: $focus; }

QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 4px; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $accent_ground; }
QToolButton:focus { border-color: $focus; }
QToolButton::menu-indicator { image: none; }
QFrame[role="side"] QToolButton:hover { background: $side_hover; }

QFrame[role="chip"] { background: $accent_ground; border: 1px solid $accent_ground; border-radius: 13px; }
QFrame[role="chip"]:focus { border-color: $focus; }
QFrame[role="chip"] QLabel { color: $accent; font-size: ${small}px; }
QFrame[role="chip"] QToolButton { padding: 0px; border-radius: 8px; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QDateEdit, QComboBox {
    background: $surface; border: 1px solid $line_strong; border-radius: 6px; padding: 5px 8px;
    selection-background-color: $selection; selection-color: $selection_text; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QDateEdit:focus,
    QComboBox:focus { border-color: $focus; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QSpinBox:disabled { color: $disabled;
    border-color: $line; }
QLineEdit[role="bare"], QPlainTextEdit[role="bare"], QTextEdit[role="bare"], QTextBrowser[role="bare"] {
    background: transparent; border: none; padding: 0px; }
QTextBrowser:focus[role="bare"] { border: none; }
QLineEdit[role="search"] { border-radius: 8px; padding: 8px 8px 8px 4px; border-color: $line; }
QLineEdit[role="search"]:focus { border-color: $focus; }
QLineEdit[problem="true"], QLineEdit[problem="true"]:focus { border-color: $error; }

QAbstractItemView { background: $surface; border: 1px solid $line; border-radius: 8px; outline: none;
    selection-background-color: $accent_ground; selection-color: $text; }
QAbstractItemView[role="bare"] { background: transparent; border: none; }
QListView[role="menu"] { border: none; background: transparent; }
QListView[role="menu"]::item { padding: 5px 8px; border-radius: 6px; }
QListView[role="menu"]::item:selected { background: $accent_ground; color: $text; }
QTableView, QTreeView { gridline-color: $line; alternate-background-color: $hover; }
QTableView::item, QTreeView::item { padding: 4px 8px; }
QTableView::item:selected, QTreeView::item:selected { background: $accent_ground; color: $text; }
QTableView::item:focus { border: 1px solid $focus; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: transparent; color: $muted; border: none; border-bottom: 1px solid $line;
    padding: 6px 8px; font-size: ${small}px; font-weight: 400; }
QTableCornerButton::section { background: transparent; border: none; }

QMenu { background: $surface; border: 1px solid $line_strong; border-radius: 8px; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 6px; }
QMenu::item:selected { background: $accent_ground; color: $text; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }
QToolTip { background: $surface; color: $text; border: 1px solid $line_strong; padding: 4px 8px; }

QTabBar { background: transparent; border: none; }
QTabBar::tab { background: transparent; color: $muted; border: none; border-bottom: 2px solid transparent;
    padding: 6px 2px; margin-right: 24px; }
QTabBar[role="pages"]::tab { margin-right: 14px; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $accent; border-bottom-color: $accent; }
QTabBar::tab:focus { color: $accent_hover; }
QTabWidget::pane { border: none; }

QProgressBar { background: $line; border: none; border-radius: 2px; max-height: 4px; min-height: 4px; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }

QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: $line; }
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget[role="page"] { background: transparent; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 2px; }
QScrollBar::handle { background: $line_strong; border-radius: 3px; min-height: 24px; min-width: 24px; }
QScrollBar::handle:hover { background: $disabled; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page { background: none; width: 0px;
    height: 0px; }

QComboBox::drop-down, QDateEdit::drop-down { border: none; width: 24px; }
QComboBox::down-arrow, QDateEdit::down-arrow { image: url("$icons/arrow-down.svg"); width: 14px; height: 14px; }
QComboBox QAbstractItemView { border-radius: 6px; padding: 4px; }
QComboBox QAbstractItemView::item { min-height: 26px; padding: 0px 8px; border-radius: 4px; }
QSpinBox::up-button, QDoubleSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::down-button { border: none;
    width: 18px; background: transparent; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url("$icons/arrow-up.svg"); width: 10px; height: 10px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url("$icons/arrow-down.svg"); width: 10px; height: 10px; }

QCheckBox::indicator, QRadioButton::indicator { width: 16px; height: 16px; border: 1px solid $line_strong;
    border-radius: 4px; background: $surface; }
QRadioButton::indicator { border-radius: 9px; }
QCheckBox::indicator:hover, QCheckBox::indicator:focus, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent;
    image: url("$icons/check-on-accent-$name.svg"); }
QRadioButton::indicator:checked { width: 8px; height: 8px; background: $on_accent; border: 5px solid $accent; }
QCheckBox, QRadioButton { spacing: 8px; background: transparent; }
QCheckBox:focus, QRadioButton:focus { color: $accent; }
QStatusBar { background: $ground; border: none; }
QStatusBar::item { border: none; }
""")


def build_stylesheet(theme: Theme, sizes: TypeSizes) -> str:
    colors = {role: getattr(theme, role) for role in ROLES}
    return TEMPLATE.substitute(
        colors,
        name=theme.name,
        icons=resource_path("icons").as_posix(),
        title=sizes.title,
        heading=sizes.heading,
        small=sizes.small,
        tiny=sizes.tiny,
        body=sizes.body,
    )
