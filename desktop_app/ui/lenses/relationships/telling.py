"""What the page says in words: the rows of its list, and the figures of a relationship, each with its query."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from desktop_app.model.relationships import Relationship, Relationships, Share
from desktop_app.text.tokens import fold
from desktop_app.ui.i18n import count_text, tr
from desktop_app.ui.lenses.relationships.way_drawing import when_words
from desktop_app.ui.widgets import Row

EVERYBODY = "everybody"
Shown = Literal["people", "organisations", "silent"]
Order = Literal["name", "last"]


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure in words; ``query`` finds what it counts, and is empty where there is nothing to show."""

    words: str
    query: str


def rows(found: Relationships, shown: Shown, wanted: str, order: Order) -> list[Row]:
    """Those whose name, organisation or stage holds each word of ``wanted``: by name, or the newest contact first.

    Above all people stands everybody.
    """
    some = {"people": found.people, "organisations": found.organisations, "silent": found.beyond}[shown]
    words = fold(wanted).split()
    fitting = [one for one in some if all(word in fold(f"{one.name} {one.org_name} {one.stage}") for word in words)]
    if order == "last":
        fitting.sort(key=lambda one: one.rhythm.last, reverse=True)
    made = [
        Row(one.id, one.name, _silence(one) if shown == "silent" else _about(one), tr(one.stage)) for one in fitting
    ]
    everybody = Row(EVERYBODY, tr("Everybody"), tr("steps and rhythms"))
    return [everybody, *made] if shown == "people" and not words else made


def _about(one: Relationship) -> str:
    last = when_words(one.rhythm.last) if one.rhythm.last else tr("no day known")
    return " · ".join(part for part in (one.org_name, last) if part)


def _silence(one: Relationship) -> str:
    rhythm = one.rhythm
    return tr("every {rhythm}, silent for {silent}", rhythm=_days(rhythm.days_between), silent=_days(rhythm.silent))


def silent_words(one: Relationship) -> str:
    """``Ines Vidal: every 14 days, silent for 83 days``."""
    return tr("{name}: {silence}", name=one.name, silence=_silence(one))


def _days(count: float | None) -> str:
    if count is None:
        return "–"
    return tr("1 day") if count == 1 else tr("{number} days", number=f"{count:,g}")


def about_words(one: Relationship) -> str:
    """Where they belong and where they stand."""
    stage = tr("{stage} since {date}", stage=tr(one.stage), date=when_words(one.steps[-1].date)) if one.steps else ""
    return " · ".join(part for part in (one.org_name, stage) if part)


def figures(one: Relationship) -> Sequence[FigureLine]:
    """Every figure of a relationship: totals beside each share, and what counts for neither."""
    conversations, rhythm = int(one.conversations.value or 0), one.rhythm
    made = [
        _line(
            count_text(conversations, "{number} conversation", "{number} conversations"),
            one.conversations.query,
            conversations,
        ),
        _line(_contact_words(one), rhythm.contacts.query, rhythm.days),
        _line(_last_words(one), rhythm.last_contact.query, rhythm.days),
    ]
    if left := int(rhythm.left_out.value or 0):
        words = "{number} conversation without a day up to today: not part of the rhythm"
        many = "{number} conversations without a day up to today: not part of the rhythm"
        made.append(_line(count_text(left, words, many), rhythm.left_out.query, left))
    made += [
        _share_line(tr("Listened"), one.listening, tr("of those that say which")),
        _share_line(tr("Told"), one.telling, tr("of those that say which")),
        _count_line(tr("Helped"), one.helped.value, one.helped.query),
        _count_line(tr("Nobody has said which"), one.unsaid.value, one.unsaid.query),
    ]
    if one.spoken.of:
        made.append(_share_line(tr("In transcripts"), one.spoken, tr("characters are theirs")))
    asked, still_open = int(one.asked.value or 0), int(one.unanswered.value or 0)
    made.append(_line(count_text(asked, "{number} question asked", "{number} questions asked"), one.asked.query, asked))
    if still_open:
        words = count_text(still_open, "{number} question still open", "{number} questions still open")
        made.append(_line(words, one.unanswered.query, still_open))
    return made


def _line(words: str, query: str, count: int) -> FigureLine:
    return FigureLine(words, query if count else "")


def _count_line(name: str, value: float | None, query: str) -> FigureLine:
    count = int(value or 0)
    return _line(f"{name}: {count:,}", query, count)


def _share_line(name: str, share: Share, of: str) -> FigureLine:
    percent = f"{share.share:.0%}" if share.share is not None else "–"
    words = tr(
        "{name}: {part} of {all} {of} ({percent})",
        name=name,
        part=f"{share.part:,}",
        all=f"{share.of:,}",
        of=of,
        percent=percent,
    )
    return _line(words, share.query, share.part)


def _contact_words(one: Relationship) -> str:
    rhythm = one.rhythm
    days = count_text(rhythm.days, "talked with on {number} day", "talked with on {number} days")
    if rhythm.days_between is None:
        return tr("{days}: no rhythm yet, that takes three", days=days)
    return tr("{days}, usually every {rhythm}", days=days, rhythm=_days(rhythm.days_between))


def _last_words(one: Relationship) -> str:
    rhythm = one.rhythm
    if not rhythm.last:
        return tr("not talked with on any day that is known")
    words = tr("last on {date}, {silent} ago", date=when_words(rhythm.last), silent=_days(rhythm.silent))
    return tr("{words}: longer than their own rhythm", words=words) if rhythm.is_beyond else words
