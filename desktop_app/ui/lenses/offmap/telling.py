"""What a surprise touched, as a page to read: every figure a link to the entries behind it."""

from html import escape

from desktop_app.model.links import Link
from desktop_app.model.numbers import MISSING, figure
from desktop_app.model.offmap import Around, Moved, Surprise, Touched, last_day
from desktop_app.model.time import describe
from desktop_app.model.vocabulary import Term
from desktop_app.ui.i18n import count_text, tr

MOST = 40
"""Entries that are named; the rest is behind a link."""

FORTH = {
    "supports": "supports",
    "contradicts": "contradicts",
    "explains": "explains",
    "follows": "follows",
    "mentions": "mentions",
}
BACK = {
    "supports": "supported by",
    "contradicts": "contradicted by",
    "explains": "explained by",
    "follows": "followed by",
    "mentions": "mentioned by",
}
READINGS = {"total": "total", "mean": "mean", "ratio": "ratio, from its totals"}


class Telling:
    """The page of one surprise. ``queries`` are those that its links ``terrain:query/N`` stand for, by N; a link
    ``terrain:entry/ID`` opens an entry."""

    def __init__(self, surprise: Surprise, touched: Touched, reach: str, scales: dict[str, Term]) -> None:
        self._surprise, self._touched = surprise, touched
        self._reach, self._scales = reach, scales
        self.queries: list[str] = []
        self.html = self._head() + self._ties() + self._metrics() + self._entries() + self._people()

    def _asks(self, words: str, query: str) -> str:
        if not query:
            return escape(words)
        self.queries.append(query)
        return f'<a href="terrain:query/{len(self.queries) - 1}">{escape(words)}</a>'

    def _opens(self, words: str, entry: str) -> str:
        return f'<a href="terrain:entry/{escape(entry)}">{escape(words or tr("(no words)"))}</a>'

    def _head(self) -> str:
        one = self._surprise
        scales = [self._scales[scale].short if scale in self._scales else scale for scale in one.scales]
        said = " · ".join(filter(None, (describe(one.occurred) or tr("no date"), ", ".join(scales))))
        return f"<h2>{self._opens(one.heading, one.id)}</h2><p>{escape(said)}</p>"

    def _entries(self) -> str:
        found = self._touched
        if found.entries.value is None:
            words = tr("Without a day on which it began, nothing can be said about what came after it.")
            return f"<p>{escape(words)}</p>"
        count = count_text(len(found.found), "{number} entry", "{number} entries")
        title = tr("{count} began within {reach}", count=count, reach=self._reach)
        rows = "".join(
            f"<li>{self._opens(entry.heading, entry.id)} – {escape(describe(entry.occurred))}</li>"
            for entry in found.found[:MOST]
        )
        more = len(found.found) - MOST
        rest = tr("and {count} more", count=f"{more:,}") if more > 0 else ""
        rest = f"<p>{self._asks(rest, found.entries.query)}</p>" if rest else ""
        asked = self._asks(title, found.entries.query if found.found else "")
        return f"<h3>{asked}</h3>" + (f"<ul>{rows}</ul>{rest}" if rows else "")

    def _people(self) -> str:
        rows = [
            f"<li>{self._asks(tr('{name}: {count}', name=one.name, count=_entries(one.count)), one.query)}</li>"
            for one in self._touched.people
        ]
        return f"<h3>{escape(tr('Who spoke in them'))}</h3><ul>{''.join(rows)}</ul>" if rows else ""

    def _ties(self) -> str:
        rows = []
        for tie in self._touched.ties:
            link = tie.link
            label = link.label or tr("something that is not in this notebook")
            named = self._opens(label, link.other.id) if tie.query and link.other.kind == "entry" else ""
            rows.append(f"<li>{escape(_relation(link))} {named or self._asks(label, tie.query)}{_then(link)}</li>")
        return f"<h3>{escape(tr('Linked to it'))}</h3><ul>{''.join(rows)}</ul>" if rows else ""

    def _metrics(self) -> str:
        if not self._touched.metrics:
            return ""
        rows = "".join(self._metric(one) for one in self._touched.metrics)
        head = "".join(f"<th>{escape(words)}</th>" for words in (tr("Series"), tr("Before"), tr("From then on")))
        note = tr("That a number is another one after it does not say that this made it so.")
        title = escape(tr("Its series, before and from then on"))
        return f"<h3>{title}</h3><table><tr>{head}</tr>{rows}</table><p>{escape(note)}</p>"

    def _metric(self, one: Moved) -> str:
        sides = "".join(f"<td>{self._side(side, one.unit)}</td>" for side in (one.before, one.after))
        return f"<tr><td>{escape(one.name)}<br/>{escape(tr(READINGS[one.reading]))}</td>{sides}</tr>"

    def _side(self, side: Around | None, unit: str) -> str:
        if side is None:
            return MISSING
        if side.value is None:
            return escape(tr("{missing} points do not cover it", missing=MISSING))
        shown = self._asks(figure(side.value, unit), side.query)
        if side.numerator is not None and side.denominator is not None:
            totals = tr("{part} of {whole}", part=figure(side.numerator), whole=figure(side.denominator))
            shown += f"<br/>{escape(totals)}"
        return f"{shown}<br/>{escape(_days(side))}"


def _entries(count: int) -> str:
    return count_text(count, "{number} entry", "{number} entries")


def _relation(link: Link) -> str:
    words = (FORTH if link.outgoing else BACK).get(link.relation, link.relation)
    return tr(words)


def _then(link: Link) -> str:
    """Of a stretch of a series: when it is, and its total as it stood and as it stands."""
    if link.other.kind != "series":
        return ""
    totals = tr("then {then}, now {now}", then=figure(link.other.then, link.unit), now=figure(link.now, link.unit))
    return escape(f", {link.other.start} – {link.other.end}: {totals}")


def _days(side: Around) -> str:
    points = count_text(side.points, "{number} point", "{number} points")
    stretch = describe(f"{side.start[:10]}/{last_day(side.end)}")
    return tr("{points}, {stretch}", points=points, stretch=stretch)
