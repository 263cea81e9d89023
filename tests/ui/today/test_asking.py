"""The question of the day on Today: one card, one thing to do, and two ways to be rid of it."""

import pytest

from desktop_app.model.entries import EntryDraft
from desktop_app.model.prompts import Prompt, PromptKind
from desktop_app.model.vocabulary import Term
from desktop_app.services.prompts import Prompts
from desktop_app.ui.today import TodayScreen
from tests.ui.conftest import seen

HOLISTIC, WEEK = Term("holistic", "Holistic", "Holistic", "?"), Term("week", "Week", "week", "?")
SPOT = Prompt(PromptKind.BLIND_SPOT, "holistic/week", "What else went on within a week?", HOLISTIC, WEEK)
QUESTION = Prompt(PromptKind.QUESTION, "q" * 26, "Why do they leave?")
FORESIGHT = Prompt(PromptKind.FORESIGHT, "f" * 26, "It will rain")
SILENCE = Prompt(PromptKind.SILENCE, "p" * 26, "Ada Moss", days=90)


@pytest.fixture
def asked(monkeypatch):
    """What the day asks; the list counts how often it was looked for."""
    looked = []

    class Day:
        prompt = SPOT

    monkeypatch.setattr(Prompts, "today", lambda prompts: looked.append(1) or Day.prompt)
    Day.looked = looked
    return Day


@pytest.fixture
def screen(qtbot, context, notebook, asked, monkeypatch):
    monkeypatch.setattr("desktop_app.ui.today.asking.AFTER_MILLISECONDS", 0)
    notebook.entries.add(EntryDraft(body="a word"))
    made = seen(qtbot, TodayScreen(context))
    qtbot.waitUntil(lambda: made.asking.card is not None)
    return made


def test_a_blind_spot_is_written_into(qtbot, screen):
    assert "Holistic, week" in screen.asking.card.accessibleName()
    with qtbot.waitSignal(screen.capture_requested) as wanted:
        screen.asking.card.step.click()
    assert wanted.args == ["^holistic ~week ", "What else went on within a week?"]


@pytest.mark.parametrize(
    ("prompt", "signal", "given"),
    [
        (QUESTION, "open_place_requested", ["question", "q" * 26, -1]),
        (FORESIGHT, "open_entry_requested", ["f" * 26]),
        (SILENCE, "capture_requested", ["@[Ada Moss] ", "What was said with Ada Moss?"]),
    ],
)
def test_each_kind_leads_to_its_step(qtbot, screen, prompt, signal, given):
    screen.asking._show(prompt)
    with qtbot.waitSignal(getattr(screen, signal)) as wanted:
        screen.asking.card.step.click()
    assert wanted.args == given


def test_silence_is_told_in_days(screen):
    screen.asking._show(SILENCE)
    assert "90 days" in screen.asking.card.accessibleName()


def test_it_can_be_put_away_for_today(screen, notebook):
    before = notebook.history.log(limit=1)
    screen.asking.card.later.click()
    assert screen.asking.isHidden()
    assert notebook.prompts._put_away() is not None
    assert notebook.history.log(limit=1) == before


def test_turned_off_it_is_not_even_looked_for(qtbot, screen, asked, context):
    screen.asking.card.off.click()
    assert screen.asking.isHidden()
    assert context.settings.flag("prompt") is False
    looked = len(asked.looked)
    screen.mark_stale()
    qtbot.wait(20)
    assert len(asked.looked) == looked


def test_nothing_to_ask_shows_nothing(qtbot, screen, asked):
    asked.prompt = None
    screen.mark_stale()
    qtbot.waitUntil(lambda: screen.asking.card is None)
    assert screen.asking.isHidden()


def test_an_empty_notebook_is_not_asked(qtbot, context, asked, monkeypatch):
    monkeypatch.setattr("desktop_app.ui.today.asking.AFTER_MILLISECONDS", 0)
    made = seen(qtbot, TodayScreen(context))
    qtbot.wait(20)
    assert made.asking.isHidden()
    assert asked.looked == []


@pytest.mark.parametrize("button", ["later", "off"])
def test_the_focus_goes_to_the_box_with_the_card(screen, button):
    link = getattr(screen.asking.card, button)
    link.setFocus()
    link.click()
    assert screen.box.editor.hasFocus()


def test_what_preferences_turn_on_again_is_asked_at_the_next_visit(qtbot, screen, context):
    screen.asking.card.off.click()
    screen.activate()
    assert screen.asking.card is None
    context.settings.set("prompt", True)
    screen.activate()
    qtbot.waitUntil(lambda: screen.asking.card is not None)


def test_what_was_still_being_looked_for_is_not_asked_once_it_is_turned_off(screen):
    screen.asking.card.off.click()
    screen.asking._show(QUESTION)
    assert screen.asking.card is None
