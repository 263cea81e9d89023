"""Agreement between coders: the figures, the stretches where they differ, and how a difference is settled.

A difference is settled by a coding of the coder :data:`~desktop_app.model.coding.CONSENSUS`, or by a memo where no code
is to stand; both name the codings about which they say the last word, and can be undone or taken back.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from desktop_app.lenses.agreement import agreement, disagreements, reliability
from desktop_app.model.agreement import Agreement as Report
from desktop_app.model.agreement import Applied, Coefficients, Difference, Disagreement, Unit
from desktop_app.model.changes import Changes
from desktop_app.model.coding import CONSENSUS, PATH_SEPARATOR, Code, Coding, CodingFields
from desktop_app.model.errors import Invalid
from desktop_app.model.ids import new_id
from desktop_app.model.memos import About, MemoFields
from desktop_app.notebook.journal import Recorder
from desktop_app.notebook.projections import folded
from desktop_app.services.coded import Source, sources
from desktop_app.services.codes import Codes
from desktop_app.services.codings import WIDTH, Codings
from desktop_app.services.context import Context
from desktop_app.services.headings import first_words
from desktop_app.services.spoken import Spoken
from desktop_app.text.anchors import surroundings

__all__ = ["LEVELS", "Agreement", "Difference", "rated"]

Progress = Callable[[float, str], None]

LEVELS = ("nominal", "ordinal", "interval", "ratio")
"""Levels of measurement of a table of ratings."""


class Agreement:
    def __init__(self, context: Context, codes: Codes, codings: Codings) -> None:
        self._context = context
        self._file = context.file
        self._codes = codes
        self._codings = codings

    # --- figures ----------------------------------------------------------------------------------------------------

    def coders(self) -> tuple[str, ...]:
        """Everybody whose codings are compared unless some are named: all who have coded, but not the consensus."""
        return tuple(coder for coder in self._file.codings.coders() if coder != CONSENSUS)

    def report(
        self,
        coders: Sequence[str] | None = None,
        unit: str = Unit.CHARACTER,
        *,
        codes: Sequence[str] | None = None,
        documents: Sequence[str] | None = None,
        overlap: float = 0.9,
        progress: Progress | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> Report:
        """How far coders agree, codes in the order of the tree and documents (and coded entries) by title.

        ``codes`` are ids and mean those below them too, ``documents`` ids of documents or entries. Raises
        :class:`Interrupted` when stopped.
        """
        compared = self.coders() if coders is None else tuple(coders)
        found = self._file.codings.find(coders=compared, targets=documents)
        report = agreement(
            [applied for _, applied in _applied(found)],
            self._lengths(found),
            compared,
            Unit(unit),
            codes=None if codes is None else self._codes.below(codes),
            overlap=overlap,
            progress=progress,
            should_stop=should_stop,
        )
        place = {code.id: at for at, code in enumerate(self._codes.list())}
        ordered = sorted(report.codes, key=lambda row: place.get(row.code, len(place)))
        return replace(report, codes=tuple(ordered), notes=(*report.notes, *_remarks(found)))

    def _lengths(self, codings: Iterable[Coding]) -> dict[str, int]:
        """How many characters each coded text has, by title."""
        targets = dict.fromkeys(coding.target for coding in codings)
        documents, entries = self._file.documents.many(targets), self._file.entries.many(list(targets))
        found = {item.id: (item.fields.title, item.fields.content.characters) for item in documents}
        found |= {entry.id: (entry.heading, len(entry.fields.body)) for entry in entries}
        ordered = sorted(found, key=lambda item: (folded(found[item][0]), item))
        return {item: found[item][1] for item in ordered}

    def titles(self, targets: Iterable[str]) -> dict[str, str]:
        """What the texts of a report are called, by id."""
        wanted = list(targets)
        found = {document.id: document.fields.title for document in self._file.documents.many(wanted)}
        return found | {entry.id: entry.heading for entry in self._file.entries.many(wanted)}

    def csv(self, report: Report) -> bytes:
        """A report as a table: a row for each code, in all and in each document, and the overall rows; n/a is empty."""
        from desktop_app.exchange.grids import write_csv

        labels = {code.id: code.label for code in self._codes.list()}
        titles = self.titles(report.documents)
        rows: list[list[str | int | float | None]] = []
        for row in report.codes:
            label = labels.get(row.code, row.code)
            rows.append([label, "", *_figures(row.coefficients)])
            rows += [[label, titles.get(target, target), *_figures(found)] for target, found in row.by_document]
        rows += [[report.method, titles.get(target, target), *_figures(found)] for target, found in report.by_document]
        rows.append([report.method, "", *_figures(report.overall)])
        if report.method != "pooled":
            rows.append(["pooled", "", *_figures(report.pooled)])
        return write_csv(["code", "document", *FIGURES], rows)

    # --- differences ------------------------------------------------------------------------------------------------

    def disagreements(
        self, coders: Sequence[str] | None = None, document: str | None = None, code: str | None = None
    ) -> list[Difference]:
        """Every stretch to which some have applied a code and others have not, settled ones too, in reading order.

        Only who has coded a text can differ about it. ``document`` is the id of a document or entry, ``code`` of a
        code, which means those below it too.
        """
        compared = self.coders() if coders is None else tuple(coders)
        found = self._file.codings.find(coders=compared, targets=[document] if document else None)
        wanted = self._codes.below([code]) if code else None
        by_target: dict[str, list[Disagreement]] = {}
        for one in disagreements(_applied(found), compared):
            by_target.setdefault(one.target, []).append(one)
        codings: dict[str, list[Coding]] = {}
        for coding in found:
            codings.setdefault(coding.target, []).append(coding)
        known = {one.id: one for one in self._codes.list()}
        settled = self._settlements()
        listed: list[Difference] = []
        kinds = {coding.target: coding.target_kind for coding in found if coding.target in by_target}
        for source in sources(self._context, ((kind, target) for target, kind in kinds.items())):
            target = source.text.id
            differing = [one for one in by_target[target] if wanted is None or one.code in wanted]
            rivals = _rivals(by_target[target])
            spoken = Spoken(source.text)
            for one, said in _said(differing, codings[target]):
                difference = _difference(source, spoken, one, known.get(one.code))
                listed.append(_settled(replace(difference, said=said, rivals=rivals[one]), settled))
        return listed

    def _settlements(self) -> dict[str, list[tuple[str, str, Coding | None]]]:
        """By coding: kind and id of what has said the last word about it, and the consensus coding where it is one."""
        rows = self._file.codings.settlements()
        consensus = {
            coding.id: coding for coding in self._file.codings.some(item for kind, item, _ in rows if kind == "coding")
        }
        found: dict[str, list[tuple[str, str, Coding | None]]] = {}
        for kind, item, settled in rows:
            found.setdefault(settled, []).append((kind, item, consensus.get(item)))
        return found

    # --- settling ---------------------------------------------------------------------------------------------------

    def settle(
        self,
        difference: Difference,
        code: str | None,
        *,
        memo: str = "",
        start: int | None = None,
        end: int | None = None,
    ) -> Changes[str]:
        """Say the last word about a difference; returns the id of the consensus coding, or of the memo without a code.

        ``code`` (an id or a path) is what the team agreed on, ``None`` that the code does not apply. The stretch is the
        difference's own unless ``start`` and ``end`` say otherwise. ``memo`` is why; it is written beside the coding,
        or is the last word itself. What had settled it before goes to the trash. Raises :class:`Invalid` when the
        codings have been changed since they were listed.
        """
        with self._context.change("Settle difference") as recorder:
            self._check(difference)
            self._take_back(recorder, difference)
            if code is None:
                return self._context.changes(recorder, self._without_code(recorder, difference, memo))
            low = difference.start if start is None else start
            high = difference.end if end is None else end
            item = self._agree(recorder, difference, code, low, high)
            if memo.strip():
                about = [About("coding", item), *(About("coding", coding) for coding in difference.codings)]
                recorder.record("memo", new_id(), MemoFields(memo, about=tuple(about)).checked().to_json(), new=True)
        return self._context.changes(recorder, item)

    def _check(self, difference: Difference) -> None:
        standing = {coding.id for coding in self._file.codings.some(difference.codings)}
        text = self._codings.text(difference.target_kind, difference.target).text
        if standing != set(difference.codings) or text[difference.start : difference.end] != difference.text:
            raise Invalid(message=f"“{difference.document}” has been coded or changed meanwhile; look at it again.")

    def _agree(self, recorder: Recorder, difference: Difference, code: str, start: int, end: int) -> str:
        text = self._codings.text(difference.target_kind, difference.target)
        made = self._codings.agree(recorder, text, start, end, code)
        before = self._file.codings.fields(made)
        settles = {*before["settles"], *difference.codings, *difference.rivals}
        fields = replace(CodingFields.from_json(before), settles=tuple(settles))
        recorder.record("coding", made, {**before, **fields.to_json()})
        return made

    def _without_code(self, recorder: Recorder, difference: Difference, memo: str) -> str:
        told = f"Agreed: not “{PATH_SEPARATOR.join(difference.path)}” for “{first_words(difference.text)}”."
        about = tuple(About("coding", coding) for coding in difference.codings)
        item = new_id()
        fields = MemoFields(memo.strip() or told, about=about, settles=difference.codings).checked()
        recorder.record("memo", item, fields.to_json(), new=True)
        return item

    def unsettle(self, difference: Difference) -> Changes[int]:
        """Open a difference again: what settled it goes to the trash; returns how many things went.

        A consensus coding that settled other differences opens those too.
        """
        with self._context.change("Open difference again") as recorder:
            gone = self._take_back(recorder, difference)
        return self._context.changes(recorder, gone)

    def _take_back(self, recorder: Recorder, difference: Difference) -> int:
        return sum(self._file.journal.trash(recorder, kind, item) for kind, item in difference.settled_by)


# --- what the lens is given and gives ---------------------------------------------------------------------------------

FIGURES = (
    "n", "percent", "cohen_kappa", "scott_pi", "brennan_prediger", "gwet_ac1", "fleiss_kappa", "krippendorff_alpha",
    "prevalence", "interval_low", "interval_high", "holsti", "u_alpha", "u_alpha_binary", "cu_alpha",
)  # fmt: skip
"""Columns of a report, as :class:`Coefficients` names them."""


def _figures(found: Coefficients) -> Iterator[int | float | None]:
    low, high = found.interval or (None, None)
    bounds = {"interval_low": low, "interval_high": high}
    for name in FIGURES:
        yield bounds[name] if name in bounds else getattr(found, name)


def _applied(codings: Iterable[Coding]) -> list[tuple[str, Applied]]:
    """Codings as the lens takes them; those of which nothing is left are nowhere."""
    return [
        (coding.id, Applied(coding.target, coding.code, coding.coder, coding.start, coding.end))
        for coding in codings
        if coding.start < coding.end
    ]


def _remarks(codings: Sequence[Coding]) -> Iterator[str]:
    empty = sum(coding.start == coding.end for coding in codings)
    waiting = sum(coding.review for coding in codings) - empty
    if waiting:
        yield f"Counted where they are guessed to be, waiting for review: {waiting}."
    if empty:
        yield f"Left out, as nothing of their words is left: {empty}."


def _rivals(differing: Sequence[Disagreement]) -> Mapping[Disagreement, tuple[str, ...]]:
    """For each, what its other coders have applied to the very same words instead, and its own have not."""
    beside: dict[tuple[int, int], list[Disagreement]] = {}
    for one in differing:
        beside.setdefault((one.start, one.end), []).append(one)
    return {
        one: tuple(
            coding
            for other in beside[one.start, one.end]
            if set(other.coders_with) == set(one.coders_without)
            for coding in other.codings
        )
        for one in differing
    }


def _said(
    differing: Iterable[Disagreement], codings: Iterable[Coding]
) -> Iterator[tuple[Disagreement, tuple[tuple[str, tuple[Coding, ...]], ...]]]:
    """Each with what the coders of the text have applied there; both come in the order of the text."""
    waiting = sorted(codings, key=lambda coding: (coding.start, coding.end, coding.id), reverse=True)
    open_here: list[Coding] = []
    for one in differing:
        while waiting and waiting[-1].start < one.end:
            open_here.append(waiting.pop())
        open_here = [coding for coding in open_here if coding.end > one.start]
        there = [coding for coding in open_here if coding.start < one.end]
        coders = (*one.coders_with, *one.coders_without)
        yield one, tuple((coder, tuple(coding for coding in there if coding.coder == coder)) for coder in coders)


def _difference(source: Source, spoken: Spoken, one: Disagreement, code: Code | None) -> Difference:
    text = source.text
    before, after = surroundings(text.text, one.start, one.end, WIDTH)
    turn = spoken.turn(one.start, one.end)
    return Difference(
        target_kind=text.kind,
        target=text.id,
        document=text.title,
        code=one.code,
        path=code.path if code else (),
        colour=code.colour if code else "",
        start=one.start,
        end=one.end,
        text=text.text[one.start : one.end],
        before=before,
        after=after,
        speaker=turn.speaker if turn else "",
        begins=turn.begins if turn else None,
        coders_with=one.coders_with,
        coders_without=one.coders_without,
        codings=one.codings,
    )


def _settled(difference: Difference, settled: Mapping[str, list[tuple[str, str, Coding | None]]]) -> Difference:
    """With what has said the last word: a consensus coding about one of its codings that lies over it, or a memo about
    all of them."""
    by: dict[tuple[str, str], Coding | None] = {}
    memos = [{item for kind, item, _ in settled.get(coding, ()) if kind == "memo"} for coding in difference.codings]
    for coding in difference.codings:
        for kind, item, consensus in settled.get(coding, ()):
            if kind == "memo" and all(item in told for told in memos):
                by[kind, item] = None
            elif consensus and consensus.start < difference.end and consensus.end > difference.start:
                by[kind, item] = consensus
    agreed = tuple(dict.fromkeys(consensus.code for consensus in by.values() if consensus))
    return replace(difference, settled_by=tuple(by), agreed=agreed)


# --- tables of ratings ------------------------------------------------------------------------------------------------


_UNITS = frozenset({"unit", "units", "item", "segment", "case", "id", "no", "nr", "number", "subject", "document"})
"""Names of a column that says which unit a row is."""
_MISSING = frozenset({"", "*", "."})


def rated(path: Path, level: str = "nominal") -> tuple[tuple[str, ...], Coefficients]:
    """The coders of a CSV or XLSX table, a column for each and a row for each unit, and how far they agree.

    Empty cells, ``*`` and ``.`` are missing values; a column called “unit” or the like is nobody's. Raises a
    sentence for a file that cannot be read, :class:`Invalid` for fewer than two columns or values that the level does
    not take.
    """
    from desktop_app.services.tables import read_table

    table = read_table(path)
    if level not in LEVELS:
        raise Invalid(message=f"“{level}” is no level of measurement; use one of {', '.join(LEVELS)}.")
    coders = [at for at, name in enumerate(table.columns) if name.casefold() not in _UNITS]
    if len(coders) < 2:
        raise Invalid(message=f"Agreement needs a column for each of two coders or more; {path.name} has fewer.")
    ratings = {table.columns[at]: [None if row[at] in _MISSING else row[at] for row in table.rows] for at in coders}
    return tuple(ratings), reliability(ratings, level)  # type: ignore[arg-type]
