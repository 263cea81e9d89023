"""Characters as units: each character of a text is one, as in NVivo and QualCoder.

Counted by stretches between breakpoints. A character that a coder left alone has the value "no code".
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from desktop_app.lenses.agreement.coefficients import NO_CODE, Table
from desktop_app.lenses.agreement.evidence import Evidence, TextEvidence
from desktop_app.lenses.agreement.spans import CodedText, Track, stretches


def evidence(text: CodedText, values: Mapping[str, int]) -> TextEvidence:
    """What a text says of each code (1 where it is applied), and of all by their ``values``."""
    used = {code for marks in text.marks for code in marks or ()}
    nowhere = Counter({tuple(None if marks is None else NO_CODE for marks in text.marks): text.length})
    codes = {}
    for code in values:
        tracks = [text.track(coder, code, 1) for coder in range(len(text.marks))] if code in used else None
        codes[code] = Evidence(Counter(nowhere) if tracks is None else _counted(tracks, text.length))
    partitions = text.partitions(values)
    return TextEvidence(codes, None if partitions is None else Evidence(_counted(partitions, text.length)))


def _counted(tracks: Sequence[Track | None], length: int) -> Table:
    table: Table = Counter()
    for start, end, values in stretches(tracks, length):
        table[values] += end - start
    return table
