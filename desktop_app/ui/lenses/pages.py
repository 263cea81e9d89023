"""The lenses there are, in the order of their tabs; each is imported and made on its first visit."""

from typing import Any

from desktop_app.ui.lenses.page import LensPage
from desktop_app.ui.widgets import ScreenContext
from desktop_app.ui.widgets.paged import PageEntry


def _coverage(context: ScreenContext) -> LensPage[Any]:
    from desktop_app.ui.lenses.coverage import CoveragePage

    return CoveragePage(context)


def _foresight(context: ScreenContext) -> LensPage[Any]:
    from desktop_app.ui.lenses.foresight import ForesightPage

    return ForesightPage(context)


def _tempo(context: ScreenContext) -> LensPage[Any]:
    from desktop_app.ui.lenses.tempo import TempoPage

    return TempoPage(context)


def _offmap(context: ScreenContext) -> LensPage[Any]:
    from desktop_app.ui.lenses.offmap import OffMapPage

    return OffMapPage(context)


def _relationships(context: ScreenContext) -> LensPage[Any]:
    from desktop_app.ui.lenses.relationships import RelationshipsPage

    return RelationshipsPage(context)


def _why(context: ScreenContext) -> LensPage[Any]:
    from desktop_app.ui.lenses.why import WhyPage

    return WhyPage(context)


def _ways(context: ScreenContext) -> LensPage[Any]:
    from desktop_app.ui.lenses.ways import WaysPage

    return WaysPage(context)


def _totals(context: ScreenContext) -> LensPage[Any]:
    from desktop_app.ui.lenses.totals import TotalsPage

    return TotalsPage(context)


def _codes(context: ScreenContext) -> LensPage[Any]:
    from desktop_app.ui.lenses.codes import CodesPage

    return CodesPage(context)


def _questions(context: ScreenContext) -> LensPage[Any]:
    from desktop_app.ui.lenses.questions import QuestionsPage

    return QuestionsPage(context)


PAGES: tuple[PageEntry[LensPage[Any]], ...] = (
    PageEntry("coverage", "Coverage", _coverage),
    PageEntry("tempo", "Tempo", _tempo),
    PageEntry("why", "Why", _why),
    PageEntry("foresight", "Foresight", _foresight),
    PageEntry("offmap", "Random events", _offmap),
    PageEntry("relationships", "Relationships", _relationships),
    PageEntry("ways", "Ways", _ways),
    PageEntry("totals", "Totals", _totals),
    PageEntry("codes", "Codes", _codes),
    PageEntry("questions", "Questions", _questions),
)
