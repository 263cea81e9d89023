"""Everything Qt: the window, its screens and what they are made of.

Refuses any work on the notebook on the window's thread: screens hand :mod:`desktop_app.ui.ops` a call and get frozen
dataclasses back. Screens do not know each other; they ask the shell by signals. Visible text goes through
:func:`desktop_app.ui.i18n.tr`.
"""
