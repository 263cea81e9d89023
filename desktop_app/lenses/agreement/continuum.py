"""The continuum as it was unitised: each coder divides the text into units and gaps, which need not match.

The definition of 2016 and 2019: Krippendorff, Mathet, Bouvry and Widlöcher, "On the reliability of unitizing textual
continua: further developments", Quality & Quantity 50, 2016, and Krippendorff, *Content Analysis*, 4th ed. 2019,
section 12.6, eq. 32–38. The older αᵤ of 1995 and 2004 gives other numbers and is not here. Texts are laid end to end.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from desktop_app.lenses.agreement.coefficients import NO_CODE, Sums, Table, unit_sums
from desktop_app.lenses.agreement.evidence import Continuum, Evidence, TextEvidence
from desktop_app.lenses.agreement.spans import CodedText, Track, stretches

Place = tuple[int, int]
"""A unit: whose it is, and which of theirs (from 1)."""


def evidence(text: CodedText, values: Mapping[str, int]) -> TextEvidence:
    """What a text says of each code ((k)ᵤα: the code against everything else), and of all by their ``values``."""
    codes = {
        code: measured([text.track(coder, code, 1) for coder in range(len(text.marks))], text.length) for code in values
    }
    partitions = text.partitions(values)
    return TextEvidence(codes, None if partitions is None else measured(partitions, text.length))


def measured(tracks: Sequence[Track | None], length: int) -> Evidence:
    """What units and gaps add to ᵤα, |ᵤα and cᵤα, stretch by stretch.

    Observed is ℓ_ck = Σ over ordered pairs of coders of the lengths in which their units of the values c and k
    intersect, divided by m − 1 for m coders. The correction is the sum of the squared lengths of units, and of gaps
    their length; a stretch carries its part of it. Units of one coder that touch stay two units.
    """
    numbered = [
        None if track is None else [(start, end, place) for place, (start, end, _) in enumerate(track, 1)]
        for track in tracks
    ]
    coders = [coder for coder, track in enumerate(tracks) if track is not None]
    cut = [(end - start, _units(places, coders)) for start, end, places in stretches(numbered, length)]
    pairable = _pairable(cut, len(coders))
    table: Table = Counter()
    found = Continuum()
    for size, units in cut:
        values = {coder: _value(tracks, coder, units) for coder in coders}
        table[tuple(values.get(coder) for coder in range(len(tracks)))] += size
        if len(coders) < 2:
            continue
        correction = float(sum(size * (_size(tracks, coder, units) if coder in units else 1) for coder in coders))
        found.nominal.append(replace(unit_sums(tuple(values.values()), size), correction=correction))
        binary = tuple(min(value, 1) for value in values.values())
        found.binary.append(replace(unit_sums(binary, size), correction=correction))
        if len(units) > 1:
            found.coded.append(_coded(size, tuple(values[coder] for coder in units), units, pairable, len(coders)))
    return Evidence(table, continuum=found)


def _units(places: Sequence[int | None], coders: Sequence[int]) -> dict[int, Place]:
    """The unit that each coder has here; coders with a gap are absent."""
    return {coder: (coder, place) for coder in coders if (place := places[coder])}


def _value(tracks: Sequence[Track | None], coder: int, units: Mapping[int, Place]) -> int:
    track = tracks[coder]
    return NO_CODE if track is None or coder not in units else track[units[coder][1] - 1][2]


def _size(tracks: Sequence[Track | None], coder: int, units: Mapping[int, Place]) -> int:
    start, end, _ = (tracks[coder] or ())[units[coder][1] - 1]
    return end - start


def _pairable(cut: Sequence[tuple[int, Mapping[int, Place]]], coders: int) -> dict[Place, float]:
    """The length in which each unit meets units of the others, the mean over the other coders."""
    lengths: dict[Place, float] = {}
    for size, units in cut:
        if len(units) > 1:
            for unit in units.values():
                lengths[unit] = lengths.get(unit, 0.0) + size * (len(units) - 1) / (coders - 1)
    return lengths


def _coded(
    size: int, values: tuple[int, ...], units: Mapping[int, Place], pairable: Mapping[Place, float], coders: int
) -> Sums:
    """What a stretch in which units meet adds to cᵤα: coincidences of values only, divided by m − 1 as in ᵤα, and the
    correction made of the pairable lengths, divided likewise.

    On Fig. 12.11 of Krippendorff 2019 this gives .72417, and the book prints .724. Taking the whole of what meets
    anybody as pairable would give .72835, and elsewhere values above 1.
    """
    whole = unit_sums(values, size)
    part = (len(values) - 1) / (coders - 1)
    return Sums(
        whole.disagreement * part,
        {value: given * part for value, given in whole.values.items()},
        part * sum(size * pairable[unit] for unit in units.values()),
    )
