"""Comparing coders: which texts and codes are compared, in which unit, and what had to be left out."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from desktop_app.lenses.agreement import characters, continuum, segments
from desktop_app.lenses.agreement.evidence import Evidence, Reading, TextEvidence, figures
from desktop_app.lenses.agreement.spans import CodedText, Span, united
from desktop_app.model.agreement import Agreement, Applied, CodeAgreement, Coefficients, Unit
from desktop_app.model.errors import Interrupted, Invalid

Progress = Callable[[float, str], None]
ShouldStop = Callable[[], bool]

OVERLAP = 0.9
RESAMPLES = 1000
CATEGORIES, POOLED = "categories", "pooled"

_DRAWN = {Unit.CHARACTER: "characters", Unit.SEGMENT: "segments", Unit.CONTINUUM: "stretches"}


def agreement(
    applied: Sequence[Applied],
    lengths: Mapping[str, int],
    coders: Sequence[str],
    unit: Unit,
    *,
    codes: Collection[str] | None = None,
    overlap: float = OVERLAP,
    resamples: int = RESAMPLES,
    seed: int = 0,
    should_stop: ShouldStop | None = None,
    progress: Progress | None = None,
) -> Agreement:
    """Agreement of ``coders`` on what they have ``applied``, by code, by document and overall.

    ``lengths`` are those of the texts in code points; documents come back in its order, codes sorted. Compared are the
    documents in which two of the coders or more have applied anything; who has applied nothing there is absent from
    that document, which is missing data and no agreement. ``codes`` are those that are compared; who has only applied
    others was there all the same, though the segments of those are no units then. ``overlap`` (above 0, up to 1) is
    how much of their union two segments must share to be one unit. Intervals are drawn ``resamples`` times (0: none),
    the same for the same ``seed``; one code in one of several documents has none. Raises :class:`Invalid` for another
    ``overlap``, :class:`Interrupted` when stopped. It takes about a second for 40 documents of 60,000 characters, 50
    codes and 3 coders (``tests/lenses/agreement/texts.py`` makes such a study).
    """
    if not 0 < overlap <= 1:
        raise Invalid(message=f"An overlap of {overlap:g} cannot be asked for; use a share above 0 and up to 1.")
    names = tuple(dict.fromkeys(coders))
    texts, notes = _texts(applied, lengths, names, codes)
    every = sorted({code for text in texts for marks in text.marks for code in marks or ()})
    if not every:
        known = sorted({one.code for one in applied if one.coder in names and (codes is None or one.code in codes)})
        empty = tuple(CodeAgreement(code, Coefficients()) for code in known)
        return Agreement(names, unit, (), empty, (), Coefficients(), POOLED, Coefficients(), notes)
    heard = []
    for done, text in enumerate(texts):
        _step("Comparing texts", done / len(texts) / 2, should_stop, progress)
        heard.append(_evidence(text, {code: value for value, code in enumerate(every, 1)}, unit, overlap))
    binary = Reading(_DRAWN[unit], 2, True, resamples, seed)
    rows = []
    for done, code in enumerate(every):
        _step("Comparing codes", 0.5 + done / len(every) / 2, should_stop, progress)
        rows.append(_row(code, texts, [text.codes[code] for text in heard], binary))
    parts = [text.pooled() for text in heard]
    pooled = figures(parts, binary)
    method, overall, by_document = _overall(heard, parts, pooled, binary, unit)
    return Agreement(
        coders=names,
        unit=unit,
        documents=tuple(text.target for text in texts),
        codes=tuple(rows),
        by_document=tuple((text.target, row) for text, row in zip(texts, by_document, strict=True)),
        overall=overall,
        method=method,
        pooled=pooled,
        notes=(*notes, *_remarks(heard, every, names, unit, overlap)),
    )


def _step(what: str, share: float, should_stop: ShouldStop | None, progress: Progress | None) -> None:
    if should_stop and should_stop():
        raise Interrupted(what="The comparison of coders")
    if progress:
        progress(share, what)


def _texts(
    applied: Sequence[Applied], lengths: Mapping[str, int], coders: Sequence[str], codes: Collection[str] | None
) -> tuple[list[CodedText], tuple[str, ...]]:
    """The texts to be compared, with the codes that are, and sentences about what is not."""
    marks: dict[str, dict[str, dict[str, list[Span]]]] = {}
    outside = 0
    for one in applied:
        if one.coder not in coders:
            continue
        start, end = max(one.start, 0), min(one.end, lengths.get(one.target, 0))
        outside += (start, end) != (one.start, one.end)
        if start < end:
            marks.setdefault(one.target, {}).setdefault(one.coder, {}).setdefault(one.code, []).append((start, end))
    texts = []
    for target, length in lengths.items():
        if len(by_coder := marks.get(target, {})) > 1:
            of = [by_coder.get(coder) for coder in coders]
            texts.append(CodedText(target, length, tuple(_united(found, codes) for found in of)))
    notes = []
    if len(coders) < 2:
        notes.append("Agreement needs two coders or more.")
    if outside:
        notes.append(
            f"{_count(outside, 'coding reaches', 'codings reach')} beyond the text; only what lies in it counts."
        )
    if left := len(marks) - len(texts):
        notes.append(f"{_count(left, 'document', 'documents')} left out: fewer than two of the coders coded it.")
    return texts, (*notes, *_absences(texts, coders))


def _united(
    found: Mapping[str, Sequence[Span]] | None, codes: Collection[str] | None
) -> Mapping[str, Sequence[Span]] | None:
    if found is None:
        return None
    return {code: united(spans) for code, spans in found.items() if codes is None or code in codes}


def _absences(texts: Sequence[CodedText], coders: Sequence[str]) -> list[str]:
    found = []
    for place, coder in enumerate(coders):
        missing = sum(text.marks[place] is None for text in texts)
        if missing == len(texts) and texts:
            found.append(f"{coder} has coded none of the documents compared, and so has no part in the figures.")
        elif missing:
            found.append(
                f"{coder} has coded nothing in {missing} of {len(texts)} documents; "
                "that is missing there, not agreement."
            )
    return found


def _evidence(text: CodedText, values: Mapping[str, int], unit: Unit, overlap: float) -> TextEvidence:
    match unit:
        case Unit.CHARACTER:
            return characters.evidence(text, values)
        case Unit.SEGMENT:
            return segments.evidence(text, values, overlap)
        case Unit.CONTINUUM:
            return continuum.evidence(text, values)


def _row(code: str, texts: Sequence[CodedText], parts: Sequence[Evidence], reading: Reading) -> CodeAgreement:
    whole = figures(parts, reading)
    if len(parts) == 1:
        return CodeAgreement(code, whole, ((texts[0].target, whole),))
    cell = replace(reading, resamples=0)
    return CodeAgreement(
        code, whole, tuple((text.target, figures([part], cell)) for text, part in zip(texts, parts, strict=True))
    )


def _overall(
    heard: Sequence[TextEvidence],
    pooled_parts: Sequence[Evidence],
    pooled: Coefficients,
    binary: Reading,
    unit: Unit,
) -> tuple[str, Coefficients, list[Coefficients]]:
    """The method, the figures over all texts, and those of each text.

    A continuum cannot be pooled honestly over codes that overlap, so its overall figures are those of categories or
    none at all.
    """
    whole = [text.categories for text in heard if text.categories is not None]
    if len(heard[0].codes) < 2 or (len(whole) < len(heard) and unit != Unit.CONTINUUM):
        return POOLED, pooled, [figures([part], binary) for part in pooled_parts]
    used = {value for part in whole for values in part.table for value in values if value is not None}
    reading = Reading(binary.units, len(used), unit != Unit.SEGMENT, binary.resamples, binary.seed)
    each = [Coefficients() if text.categories is None else figures([text.categories], reading) for text in heard]
    return CATEGORIES, figures(whole, reading) if len(whole) == len(heard) else Coefficients(), each


def _remarks(
    heard: Sequence[TextEvidence], codes: Sequence[str], coders: Sequence[str], unit: Unit, overlap: float
) -> list[str]:
    """Sentences about how the figures were made."""
    found = []
    two = sum(text.categories is None for text in heard)
    if two and len(codes) > 1:
        place = "one segment" if unit == Unit.SEGMENT else "one character"
        where = f"In {_count(two, 'document', 'documents')} a coder gave two codes to {place}, so"
        result = (
            "there is no overall figure of the continuum; see each code."
            if unit == Unit.CONTINUUM
            else "the overall figures are pooled over codes."
        )
        found.append(f"{where} {result}")
    if len(coders) > 2 and unit != Unit.CONTINUUM:
        found.append(
            "With three coders or more Cohen's κ, Scott's π and Holsti are means over pairs of coders; the other "
            "figures are of all at once."
        )
    if unit == Unit.SEGMENT:
        found.append(f"Segments are one unit when they share {100 * overlap:g} % of their union or more.")
    if len(heard) == 1 and unit == Unit.CHARACTER:
        found.append(
            "Intervals of a single document draw its characters; neighbours are alike, so they are too narrow."
        )
    return found


def _count(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"
