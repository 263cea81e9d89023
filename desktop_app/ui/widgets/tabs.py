"""Tabs over a part of a screen."""

from collections.abc import Iterable

from PySide6.QtWidgets import QTabBar, QWidget


def tab_bar(name: str, texts: Iterable[str], parent: QWidget) -> QTabBar:
    """As wide as its words, without a line below; ``name`` is what a screen reader calls it."""
    bar = QTabBar(parent)
    bar.setDrawBase(False)
    bar.setExpanding(False)
    bar.setAccessibleName(name)
    for text in texts:
        bar.addTab(text)
    return bar
