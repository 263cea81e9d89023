"""Matrices: codes against codes, documents, speakers, attributes and time, with the codings behind each cell."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.lenses.cooccurrence import NEAR, code_by, code_by_code, over_time
from desktop_app.model.attributes import Value, shown
from desktop_app.model.coding import Code, Coding, CodingFilter
from desktop_app.model.documents import Turn
from desktop_app.model.errors import Invalid
from desktop_app.model.matrices import Heading, Matrix, Measure, PlacedCoding, Relation
from desktop_app.model.metrics import Grain
from desktop_app.model.samples import bucket_end, days, iso
from desktop_app.model.time import OPEN_START
from desktop_app.services.coded import Source, sources
from desktop_app.services.codes import Codes
from desktop_app.services.codings import EVERY, Codings
from desktop_app.services.context import Context
from desktop_app.services.metrics import Metrics, SeriesStretch
from desktop_app.services.retrieval import Wanted
from desktop_app.services.spoken import Spoken

NOT_SAID = {"speaker": "no speaker", "coder": "no coder"}


@dataclass(frozen=True, slots=True)
class CodesOverTime:
    """Codings by period (columns are first days of periods), and metric series over the same stretch of time.

    ``start`` and ``end`` bound that stretch as ISO dates, empty where no coding has a date.
    """

    matrix: Matrix
    grain: Grain
    start: str
    end: str
    series: tuple[SeriesStretch, ...]


@dataclass(slots=True)
class Placed:
    """Codings with all that matrices ask of them, in reading order, and of their texts titles and turns."""

    codings: list[PlacedCoding]
    titles: dict[str, str]
    turns: dict[str, Sequence[Turn]]
    values: dict[str, dict[str, Value]]
    """By variable: what it is shown as, and the value itself, which numbers and dates are put in order by."""


class Matrices:
    def __init__(self, context: Context, codes: Codes, codings: Codings, metrics: Metrics) -> None:
        self._context = context
        self._file = context.file
        self._codes = codes
        self._codings = codings
        self._metrics = metrics

    def codes_by_codes(
        self,
        wanted: CodingFilter = EVERY,
        relation: str = Relation.OVERLAP,
        measure: str = Measure.COUNT,
        distance: int = NEAR,
    ) -> Matrix:
        """How often each two codes come together: overlapping, in one turn, or no further apart than ``distance``."""
        placed = self.placed(wanted)
        if distance < 0:
            raise Invalid(message=f"A distance of {distance} cannot be; give the characters between two codings.")
        return code_by_code(
            placed.codings, self._rows(wanted), Relation(relation), Measure(measure), distance, placed.turns
        )

    def codes_by(self, wanted: CodingFilter = EVERY, by: str = "document", measure: str = Measure.COUNT) -> Matrix:
        """Codes against ``document``, ``speaker`` (the person where one is matched), ``coder``, or a variable.

        A variable is given by id; its value is that of the document, else of whoever speaks. Documents come by title,
        choices in the order of the variable, numbers and dates by size. Raises :class:`NotFound`.
        """
        placed = self.placed(wanted)
        columns = self._columns(by, placed)
        return code_by(placed.codings, self._rows(wanted), by, columns, Measure(measure))

    def over_time(
        self, wanted: CodingFilter = EVERY, grain: str = Grain.MONTH, series: Sequence[str] = ()
    ) -> CodesOverTime:
        """Codings by when their document or entry began, in periods of a grain, beside metric series (ids or names)."""
        try:
            size = Grain(grain)
        except ValueError as error:
            raise Invalid(message=f"“{grain}” is no grain; use one of day, week, month, quarter, year.") from error
        ids = [self._metrics.resolve(name) for name in series]
        matrix = over_time(self.placed(wanted).codings, self._rows(wanted), size)
        if not matrix.columns:
            return CodesOverTime(matrix, size, "", "", ())
        start, end = matrix.columns[0][0], iso(bucket_end(int(days(matrix.columns[-1][0])), size))
        return CodesOverTime(matrix, size, start, end, tuple(self._metrics.overview(ids, start, end)))

    def csv(self, matrix: Matrix) -> bytes:
        """A matrix as CSV, without totals."""
        from desktop_app.exchange.grids import write_csv

        header, *rows = matrix.table()
        return write_csv([str(name) for name in header], rows)

    def xlsx(self, matrices: Sequence[tuple[str, Matrix]]) -> bytes:
        """Matrices by name as an Excel workbook, one on each sheet, without totals."""
        from desktop_app.exchange.grids import Sheet, write_xlsx

        sheets = []
        for title, matrix in matrices:
            header, *rows = matrix.table()
            sheets.append(Sheet(title, [str(name) for name in header], rows))
        return write_xlsx(sheets)

    # --- what goes in -----------------------------------------------------------------------------------------------

    def _rows(self, wanted: CodingFilter) -> list[Code]:
        """The codes asked for, or all, in the order of the tree."""
        known = self._codes.list()
        if not wanted.codes:
            return known
        chosen = self._codes.below(wanted.codes) if wanted.deep else set(wanted.codes)
        return [code for code in known if code.id in chosen]

    def placed(self, wanted: CodingFilter = EVERY) -> Placed:
        """The codings asked for, text by text, with their texts' titles and turns."""
        chosen = Wanted(self._context, wanted)
        found = self._codings.find(wanted)
        by_target: dict[str, list[Coding]] = {}
        for coding in found:
            by_target.setdefault(coding.target, []).append(coding)
        names = self._file.people.names("person")
        theirs = self._file.attributes.values("person")
        placed = Placed([], {}, {}, {})
        for source in sources(self._context, ((coding.target_kind, coding.target) for coding in found)):
            if not chosen.fits(source):
                continue
            text, spoken = source.text, Spoken(source.text)
            placed.titles[text.id], placed.turns[text.id] = text.title, text.turns
            for coding in by_target[text.id]:
                turn = spoken.turn(coding.start, coding.end)
                speaker = turn.speaker if turn else ""
                person = spoken.person(speaker)
                if chosen.said_by(source, speaker, person):
                    values = {**theirs.get(person or "", {}), **source.values}
                    placed.codings.append(_place(source, coding, names.get(person or "", speaker), values))
                    for variable, value in values.items():
                        placed.values.setdefault(variable, {})[shown(value)] = value
        return placed

    def _columns(self, by: str, placed: Placed) -> tuple[Heading, ...]:
        if by == "document":
            return tuple(placed.titles.items())
        if by in NOT_SAID:
            found = {getattr(coding, by) for coding in placed.codings}
            ordered = sorted(found - {""}, key=lambda name: (name.casefold(), name))
            return (*((name, name) for name in ordered), *([("", NOT_SAID[by])] if "" in found else ()))
        subjects = {variable.id: variable.fields for variable in self._file.attributes.variables()}
        if by not in subjects:
            raise Invalid(
                message=f"“{by}” is nothing to set codes against; use document, speaker, coder or an attribute."
            )
        values = placed.values.get(by, {})
        choices = {choice: at for at, choice in enumerate(subjects[by].choices)}

        def order(name: str) -> tuple[int, float, str]:
            value = values[name]
            return choices.get(name, len(choices)), 0.0 if isinstance(value, str) else float(value), name.casefold()

        without = any(by not in coding.attributes for coding in placed.codings)
        return (*((name, name) for name in sorted(values, key=order)), *([("", "no value")] if without else ()))


def _place(source: Source, coding: Coding, speaker: str, values: dict[str, Value]) -> PlacedCoding:
    return PlacedCoding(
        id=coding.id,
        target=coding.target,
        start=coding.start,
        end=coding.end,
        code=coding.code,
        coder=coding.coder,
        speaker=speaker,
        when=source.start if source.start != OPEN_START else "",
        attributes={variable: shown(value) for variable, value in values.items()},
    )
