"""The lens of totals over a notebook: ratios with their totals, and options by total and by ratio."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import isfinite

from desktop_app.lenses.offmap import found_by
from desktop_app.lenses.totals import compared, is_ratio, ratio_of, seen_option, speaking_of, without_totals
from desktop_app.model.errors import Invalid
from desktop_app.model.facts import EntryFacts, Figure
from desktop_app.model.links import End
from desktop_app.model.metrics import Series
from desktop_app.model.questions import Amount, Option
from desktop_app.model.samples import days, iso
from desktop_app.model.time import OPEN_END, OPEN_START
from desktop_app.model.totals import AmountSeen, Comparison, RatioOver, Totals
from desktop_app.services.context import Context
from desktop_app.services.lens_scope import LensScope
from desktop_app.services.questions import Questions
from desktop_app.services.stretches import figure_of

_NUMBER = re.compile(
    r"(?P<before>[^\d\s+.,:/−-]*)\s*(?P<number>[-+−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s*(?P<after>[^\d.,:/]*)"
)
_STRETCH = re.compile(r"(?P<series>.+?)\s*:\s*(?P<from>[^:/]+?)\s*(?:/\s*(?P<to>[^:/]+?))?\s*")
_SYMBOLS = {"€": "EUR", "$": "USD", "£": "GBP"}


class TotalsLens:
    def __init__(self, context: Context, scope: LensScope, questions: Questions) -> None:
        self._context = context
        self._file = context.file
        self._scope = scope
        self._questions = questions

    def read(
        self,
        query: str = "",
        series: Sequence[str] = (),
        from_: str = "",
        to: str = "",
        over: Sequence[tuple[str, str]] = (),
        options: Sequence[Option] = (),
        question: str = "",
    ) -> Totals:
        """Ratios (ids or unique names; without any, all) over a stretch between two dates as typed, the second one
        included; those made up of two series ``over`` each other come first. With the options of a question (id or
        its beginning), and those given.

        Raises :class:`Invalid` for a series that is no ratio, or two that do not make one, :class:`NotFound`,
        :class:`Ambiguous`, :class:`BadDate`, and :class:`~desktop_app.search.errors.QueryError`.
        """
        scope, found = self._scope.read(query)
        entries = _Entries(found)
        start, end = self._stretch(from_, to)
        known = {one.id: one for one in self._file.metrics.series()}
        wanted = [known[self._file.metrics.resolve(name)] for name in series]
        if other := next((one for one in wanted if not is_ratio(one)), None):
            raise Invalid(message=f"“{other.label}” is no ratio; make one of it with another series that adds up.")
        if not wanted and not over:
            wanted = [one for one in known.values() if is_ratio(one)]
        made = [
            self._ratio(
                known[self._file.metrics.resolve(above)], known[self._file.metrics.resolve(below)], entries, start, end
            )
            for above, below in over
        ]
        made += [self._known(one, known, entries, start, end) for one in wanted]
        return Totals(scope, start, end, tuple(made), self.compare(options, question, entries))

    def series(self) -> list[Series]:
        """The series that a ratio can be made of: those that add up."""
        return [one for one in self._file.metrics.series() if one.additive and not is_ratio(one)]

    def _stretch(self, from_: str, to: str) -> tuple[str, str]:
        start = self._context.when(from_).start if from_.strip() else OPEN_START
        end = self._context.when(to).end if to.strip() else OPEN_END
        bounds = "" if start <= OPEN_START else iso(days(start)), "" if end >= OPEN_END else iso(days(end))
        if all(bounds) and days(bounds[0]) >= days(bounds[1]):
            raise Invalid(message=f"“{to}” is over before “{from_}” begins; give the earlier date first.")
        return bounds

    def _known(self, series: Series, known: dict[str, Series], entries: "_Entries", start: str, end: str) -> RatioOver:
        above, below = known.get(series.numerator or ""), known.get(series.denominator or "")
        if above is None or below is None:
            return without_totals(series, self._entries({series.id}, entries, start, end))
        return self._ratio(above, below, entries, start, end, series)

    def _ratio(
        self,
        above: Series,
        below: Series,
        entries: "_Entries",
        start: str,
        end: str,
        series: Series | None = None,
    ) -> RatioOver:
        upper, lower = ((one, self._file.metrics.points(one.id, start, end)) for one in (above, below))
        speaking = {above.id, below.id, *([series.id] if series else [])}
        return ratio_of(upper, lower, start, end, self._entries(speaking, entries, start, end), series)

    def _entries(self, series: set[str], entries: "_Entries", start: str, end: str) -> Figure:
        """The entries that pin one of these series or are linked to it, within the stretch."""
        linked = []
        for link in (link for one in series for link in self._file.links.of(one)):
            for here, there in ((link.source, link.target), (link.target, link.source)):
                if here.kind == "series" and there.kind == "entry":
                    linked.append((there.id, here))
        found = speaking_of(entries.about(series, {entry for entry, _ in linked}), series, linked, start, end)
        return Figure(len(found), found_by(found))

    # --- options of a decision ----------------------------------------------------------------------------------------

    def amount(self, text: str, unit: str = "") -> Amount | None:
        """An amount as typed: ``1200``, ``1,200.50 EUR``, ``€ 1200``, or a stretch of a series,
        ``Revenue:2026-01/2026-03``; ``None`` for an empty text. Raises :class:`Invalid`, and like
        :meth:`Questions.stretch`."""
        text = text.strip()
        if not text:
            return None
        if number := _NUMBER.fullmatch(text):
            told = number["after"].strip() or number["before"].strip()
            value = float(number["number"].replace(",", "").replace("−", "-"))
            if not isfinite(value):
                raise Invalid(message=f"“{text}” is too large a number; write a smaller one.")
            return Amount(value, unit or _SYMBOLS.get(told, told))
        stretch = _STRETCH.fullmatch(text)
        if stretch is None:
            raise Invalid(message=f"“{text}” is no amount; write 1200, 1200 EUR, or “Revenue:2026-01/2026-03”.")
        end = self._questions.stretch(stretch["series"], stretch["from"], stretch["to"] or "")
        series = next(iter(self._file.metrics.series([end.id])), None)
        return Amount(end.then, unit or (series.unit if series else ""), end.id, end.start, end.end)

    def compare(self, options: Sequence[Option], question: str = "", entries: "_Entries | None" = None) -> Comparison:
        """The options of a question (id or its beginning), then those given, by total and by ratio."""
        told: list[Option] = []
        text = ""
        if question:
            found = self._questions.get(question)
            question, text = found.id, found.fields.text
            told += found.fields.options
        every = _Entries(self._scope.every()) if entries is None else entries
        seen = [
            seen_option(option.name, self._seen(option.gained, every), self._seen(option.spent, every))
            for option in (*told, *options)
        ]
        return compared(question, text, seen)

    def _seen(self, amount: Amount | None, entries: "_Entries") -> AmountSeen | None:
        if amount is None:
            return None
        if not amount.series:
            return AmountSeen(amount.value, amount.unit)
        series, now = figure_of(self._file, amount.series, amount.start, amount.end)
        adds_up = series is None or (series.additive and not is_ratio(series))
        end = End("series", amount.series, amount.start, amount.end)
        return AmountSeen(
            amount.value if adds_up else None,
            amount.unit,
            amount.series,
            series.label if series else "",
            end.start,
            end.end,
            now if adds_up else None,
            adds_up,
            self._entries({end.id}, entries, end.start, end.end),
        )

    # --- files --------------------------------------------------------------------------------------------------------

    def csv(self, found: Totals) -> bytes:
        """One row for each ratio over the stretch, each point of it over time, and each option."""
        header = (
            "what",
            "name",
            "start",
            "end",
            "numerator or gained",
            "denominator or spent",
            "net",
            "ratio",
            "query",
        )
        rows: list[tuple[str | float | None, ...]] = []
        for ratio in found.ratios:
            above, below = ratio.numerator, ratio.denominator
            totals = above.value if above else None, below.value if below else None
            rows.append(("ratio", ratio.name, found.start, found.end, *totals, None, ratio.value, ratio.entries.query))
            rows += [
                ("point", ratio.name, one.start, one.end, one.numerator, one.denominator, None, one.value, "")
                for one in ratio.points
            ]
        rows += _option_rows(found.comparison)
        return self._scope.table(header, rows)


class _Entries:
    """The entries of a query, found by the series that they pin without going through all of them again."""

    def __init__(self, entries: Sequence[EntryFacts]) -> None:
        self._entries = entries
        self._place = {entry.id: at for at, entry in enumerate(entries)}
        self._pinning: dict[str, list[int]] = defaultdict(list)
        for at, entry in enumerate(entries):
            for series in entry.series:
                self._pinning[series].append(at)

    def about(self, series: Iterable[str], linked: Iterable[str]) -> list[EntryFacts]:
        """Those that pin one of these series and those of these ids, in their order."""
        places = {at for one in series for at in self._pinning.get(one, ())}
        places |= {self._place[item] for item in linked if item in self._place}
        return [self._entries[at] for at in sorted(places)]


def _option_rows(found: Comparison) -> Iterable[tuple[str | float | None, ...]]:
    for option in found.options:
        gained, spent = (amount.value if amount else None for amount in (option.gained, option.spent))
        yield "option", option.name, "", "", gained, spent, option.net, option.ratio, ""
