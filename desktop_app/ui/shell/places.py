"""The screens there are, in the order of the sidebar; each is imported and made on its first visit."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop_app.ui.shell.actions import ACTIONS, PAGES_OF, SECTIONS, Action, shown_keys
from desktop_app.ui.widgets import Screen, ScreenContext


def _today(context: ScreenContext) -> Screen:
    from desktop_app.ui.today import TodayScreen

    return TodayScreen(context)


def _browse(context: ScreenContext) -> Screen:
    from desktop_app.ui.browse import BrowseScreen

    return BrowseScreen(context)


def _interviews(context: ScreenContext) -> Screen:
    from desktop_app.ui.interviews import InterviewsScreen

    return InterviewsScreen(context)


def _metrics(context: ScreenContext) -> Screen:
    from desktop_app.ui.metrics import MetricsScreen

    return MetricsScreen(context)


def _lenses(context: ScreenContext) -> Screen:
    from desktop_app.ui.lenses import LensesScreen

    return LensesScreen(context)


def _people(context: ScreenContext) -> Screen:
    from desktop_app.ui.people import PeopleScreen

    return PeopleScreen(context)


def _exchange(context: ScreenContext) -> Screen:
    from desktop_app.ui.exchange import ExchangeScreen

    return ExchangeScreen(context)


def _help(context: ScreenContext) -> Screen:
    from desktop_app.ui.help import HelpScreen, KeyRow

    # Screens do not know the shell: its table of actions is handed to the one that shows it.
    # As in the menu; what is bound to a screen or a page stands together with what else is done there.
    in_order = sorted(ACTIONS, key=lambda action: (action.local, 0 if action.local else SECTIONS.index(action.section)))
    keys = [KeyRow(action.section, action.text, shown_keys(action), _bound_to(action)) for action in in_order]
    return HelpScreen(context, keys=keys)


def _bound_to(action: Action) -> str:
    """The screen, and the page of it, that the keys of an action are bound to; empty where they work everywhere."""
    if not action.local:
        return ""
    title = next(place.title for place in PLACES if place.id == action.screen)
    return f"{title}: {dict(PAGES_OF[action.screen])[action.page]}" if action.page else title


def _preferences(context: ScreenContext) -> Screen:
    from desktop_app.ui.preferences import PreferencesScreen

    return PreferencesScreen(context)


@dataclass(frozen=True, slots=True)
class Place:
    """One screen: its id, its name and icon in the sidebar, how it is made. ``foot``: a small button below."""

    id: str
    title: str
    icon: str
    make: Callable[[ScreenContext], Screen]
    foot: bool = False


PLACES: tuple[Place, ...] = (
    Place("today", "Today", "today", _today),
    Place("browse", "Browse", "browse", _browse),
    Place("interviews", "Interviews", "interviews", _interviews),
    Place("metrics", "Metrics", "metrics", _metrics),
    Place("lenses", "Lenses", "lenses", _lenses),
    Place("people", "People", "people", _people),
    Place("exchange", "Exchange", "exchange", _exchange),
    Place("help", "Help", "help", _help, foot=True),
    Place("preferences", "Preferences", "settings", _preferences, foot=True),
)
