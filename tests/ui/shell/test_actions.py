"""The table of actions: complete, without double keys, and the source of menu, palette and tray."""

import importlib
import re
from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from desktop_app.config.resources import resource_path
from desktop_app.ui.shell.actions import (
    ACTIONS,
    EXCHANGE_VERBS,
    INTERVIEW_VERBS,
    LENS_VERBS,
    PAGES_OF,
    SECTIONS,
    shown_key,
)
from desktop_app.ui.shell.places import PLACES
from desktop_app.ui.shell.verbs import Verbs


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_every_action_can_be_done(action):
    assert action.section in SECTIONS
    if action.screen:
        assert action.screen in {place.id for place in PLACES}
        room = importlib.import_module(f"desktop_app.ui.{action.screen}")
        assert callable(getattr(getattr(room, f"{action.screen.capitalize()}Screen"), action.handler, None))
    else:
        assert callable(getattr(Verbs, action.handler, None))
    for key in action.keys:
        assert not QKeySequence(key).isEmpty()
    assert not action.icon or resource_path("icons", f"{action.icon}.svg").is_file()


def test_ids_and_keys_are_used_once():
    assert max(Counter(action.id for action in ACTIONS).values()) == 1
    keys = Counter(key for action in ACTIONS if not action.local for key in action.keys)
    assert [key for key, count in keys.items() if count > 1] == []


def test_a_key_means_one_thing_on_a_page():
    everywhere = {key for action in ACTIONS if not action.local for key in action.keys}
    for screen, page in {(action.screen, action.page) for action in ACTIONS if action.local}:
        here = [action for action in ACTIONS if action.screen == screen and action.local and action.page in ("", page)]
        keys = Counter(key for action in here for key in action.keys)
        assert [key for key, count in keys.items() if count > 1] == [], (screen, page)
        # Looking in the text in front goes before looking in the notebook.
        assert everywhere & set(keys) <= ({"Ctrl+F"} if page == "coding" else set()), (screen, page)


def test_what_is_done_on_a_page_names_it():
    for action in ACTIONS:
        assert bool(action.page) == (action.handler == "do")
        if action.page:
            assert action.page in dict(PAGES_OF[action.screen])
            assert action.id.split(".")[0] == action.argument.split(".")[0] == action.page
    for screen, verbs in (("interviews", INTERVIEW_VERBS), ("exchange", EXCHANGE_VERBS), ("lenses", LENS_VERBS)):
        assert {action.page for action in verbs} == set(dict(PAGES_OF[screen]))


TOLD_IN = {
    "documents": ("interviews", "Bringing texts in"),
    "coding": ("interviews", "Coding"),
    "codebook": ("codebook", "Changing it"),
    "quotes": ("quotes-and-matrices", "Quotes"),
    "autocode": ("quotes-and-matrices", "Coding by search"),
    "matrices": ("quotes-and-matrices", "Matrices"),
    "agreement": ("agreement", ""),
    "memos": ("memos", "One place for all"),
    "attributes": ("attributes", "The grid"),
    **{page: ("exchange", title) for page, title in PAGES_OF["exchange"]},
    **{page: ("lenses", title) for page, title in PAGES_OF["lenses"]},
}
"""The page of the manual, and the heading on it, under which the keys of a page are."""


@pytest.mark.parametrize("page", [page for pages in PAGES_OF.values() for page, _ in pages])
def test_the_manual_tells_the_keys_of_every_page(page):
    name, heading = TOLD_IN[page]
    text = resource_path("manual", f"{name}.md").read_text(encoding="utf-8")
    part = text.split(f"\n## {heading}\n")[1].split("\n## ")[0] if heading else text
    if name == "lenses":  # what holds for all of them stands above
        part = text.split("\n## ")[0] + part
    # One key alone needs no table.
    rows = part if page == "past" else " ".join(re.findall(r"^\| ([^|]+) \|", part, re.MULTILINE))
    told = set(re.findall(r"`([^`]+)`", rows))
    # Ctrl with the arrows is told in words.
    verbs = (*INTERVIEW_VERBS, *EXCHANGE_VERBS, *LENS_VERBS)
    keys = {key for action in verbs if action.page == page for key in action.keys} - {"Ctrl+Up"}
    assert keys - told == set()


def test_help_tells_the_keys_of_one_page_together(qtbot, context):
    screen = next(place for place in PLACES if place.id == "help").make(context)
    qtbot.addWidget(screen)
    rows = [row for row in screen._keys if row.place]
    assert len(rows) == sum(action.local for action in ACTIONS)
    for screen_title, screen_id in (("Interviews", "interviews"), ("Exchange", "exchange"), ("Lenses", "lenses")):
        for page, title in PAGES_OF[screen_id]:
            at = [number for number, row in enumerate(rows) if row.place == f"{screen_title}: {title}"]
            assert at == list(range(at[0], at[-1] + 1)), page


def test_every_screen_can_be_gone_to_by_an_action():
    assert {action.argument for action in ACTIONS if action.handler == "go_to"} == {place.id for place in PLACES}


def test_the_menu_holds_every_action_but_those_for_the_tray_only(window):
    menu = window.actions_by_id.menu(window)
    texts = {action.text() for action in menu.actions() if action.text()}
    assert texts == {action.text for action in ACTIONS if action.menu}
    window.actions_by_id.fill_bar(window.menuBar())
    bar = [action.text() for action in window.menuBar().actions()]
    assert bar == list(SECTIONS)
    tray = QMenu(window)
    window.actions_by_id.fill(tray, (action for action in ACTIONS if action.tray))
    assert "Write" in {action.text() for action in tray.actions()}


def test_the_first_key_is_shown():
    assert shown_key(next(action for action in ACTIONS if action.id == "history.redo")) == "Ctrl+Shift+Z"
    assert shown_key(next(action for action in ACTIONS if action.id == "notebook.new")) == ""
