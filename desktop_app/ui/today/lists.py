"""What Today shows, read in one go on the read lane; and the words for days and years."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from desktop_app.model.entries import Entry, EntryKind
from desktop_app.model.foresight import Reading, Verdict
from desktop_app.model.time import describe
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.widgets import EntryCard, card_of_entry
from desktop_app.ui.widgets.checks import reading_words

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook

LATELY = 10
EARLIER = 12
DUE = 6
DUE_QUERY = "is:due"
SNIPPET = 240

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NUMBERS = ("", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


@dataclass(frozen=True, slots=True)
class YearGroup:
    """What happened about this day in one earlier year."""

    heading: str
    cards: tuple[EntryCard, ...]


@dataclass(frozen=True, slots=True)
class TodayLists:
    """``total`` and ``foresights`` are counts of entries outside the trash."""

    total: int
    foresights: int
    lately: tuple[EntryCard, ...]
    earlier: tuple[YearGroup, ...]


@dataclass(frozen=True, slots=True)
class DueForesight:
    """A foresight past its horizon that nobody has resolved; ``told`` says until when and how sure one was, ``check``
    what its check says now (empty without one), ``decided`` whether that can be taken."""

    id: str
    heading: str
    told: str
    check: str = ""
    decided: bool = False


def read_lists(notebook: "Notebook", day: date) -> TodayLists:
    counts = notebook.entries.counts()
    return TodayLists(
        total=counts.total,
        foresights=counts.by_kind.get(EntryKind.FORESIGHT, 0),
        lately=tuple(_card(entry) for entry in notebook.entries.recent(LATELY)),
        earlier=_by_year(notebook.entries.on_this_day(day, EARLIER), day),
    )


def read_due(notebook: "Notebook") -> tuple[DueForesight, ...]:
    """Asked of the search index, then held against the notebook, which the index follows a moment later.

    Nothing while there is no index yet: building one takes its time and is the background's work.
    """
    if not notebook.search.status().usable:
        return ()
    hits = notebook.search.run(DUE_QUERY, limit=DUE, sort="occurred").hits
    entries = notebook.entries.many([hit.id for hit in hits])
    open_ones = [entry for entry in entries if entry.fields.outcome is None and not entry.trashed]
    readings = notebook.foresight.checks([entry.id for entry in open_ones if entry.fields.check])
    return tuple(_due(entry, readings.get(entry.id)) for entry in open_ones)


def _due(entry: Entry, reading: Reading | None) -> DueForesight:
    check = reading_words(reading) if reading else ""
    decided = reading is not None and reading.verdict is not Verdict.UNSAID
    return DueForesight(entry.id, to_plain(entry.heading), _told(entry), check, decided)


def day_in_words(day: date) -> str:
    """``Sunday, 22 November 2026``."""
    return tr("{weekday}, {date}", weekday=tr(WEEKDAYS[day.weekday()]), date=describe(day.isoformat()))


def year_heading(year: int, day: date) -> str:
    """``One year ago · 22 November 2025``; the 29th of February is the 28th where there is none."""
    number = day.year - year
    words = tr(NUMBERS[number]) if number < len(NUMBERS) else str(number)
    ago = count_text(number, "One year ago", "{words} years ago".replace("{words}", words))
    that_day = day.replace(year=year, day=min(day.day, 28)) if day.month == 2 else day.replace(year=year)
    return f"{ago} · {describe(that_day.isoformat())}"


def _by_year(entries: list[Entry], day: date) -> tuple[YearGroup, ...]:
    groups: dict[int, list[EntryCard]] = {}
    for entry in entries:
        # Three days about New Year's Day lie in two years: the nearer anniversary counts.
        begun = date.fromisoformat(entry.start[:10])
        year = min(range(begun.year - 1, begun.year + 2), key=lambda year: abs((_moved(day, year) - begun).days))
        groups.setdefault(year, []).append(_card(entry))
    return tuple(YearGroup(year_heading(year, day), tuple(cards)) for year, cards in groups.items())


def _moved(day: date, year: int) -> date:
    return day.replace(year=year, day=min(day.day, 28)) if day.month == 2 else day.replace(year=year)


def _card(entry: Entry) -> EntryCard:
    """The card with the beginning of what the heading does not say already."""
    plain = " ".join(to_plain(entry.fields.body).split())
    heading = " ".join(to_plain(entry.heading).split())
    rest = plain.removeprefix(heading).strip() if not entry.fields.title else plain
    return card_of_entry(entry, snippet=rest[:SNIPPET])


def to_plain(text: str) -> str:
    """Called on the read lane: the window does not wait for the parser to be loaded."""
    from desktop_app.text import markdown

    return markdown.to_plain(text)


def _told(entry: Entry) -> str:
    fields = entry.fields
    parts = [tr("by {when}", when=describe(fields.horizon).removeprefix("until "))]
    if fields.confidence is not None:
        parts.append(tr("{percent} % sure", percent=round(100 * fields.confidence)))
    if entry.speaker_name:
        parts.append(entry.speaker_name)
    if fields.occurred:
        written = describe(fields.occurred[:10]) if "T" in fields.occurred else describe(fields.occurred)
        parts.append(tr("said {when}", when=written))
    return " · ".join(parts)


def today() -> date:
    return datetime.now().date()
