"""The window around the screens: sidebar, status line, actions, palette, tray, one running instance, and the tour.

Refuses to read or change a notebook by itself except for what the frame shows: titles, saved searches, undo and redo.
"""
