"""Codebooks in and out: REFI-QDA (.qdc) and CSV, merged into the tree by the paths of their codes.

A code that is here already keeps everything that it says; what the file says otherwise is told. Nothing is ever taken
away by an import.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app.model.changes import Changes
from desktop_app.model.codebook import ParsedCode
from desktop_app.model.coding import PATH_SEPARATOR, CodeFields
from desktop_app.model.errors import Invalid
from desktop_app.model.ids import new_id
from desktop_app.notebook.projections import folded
from desktop_app.services.codes import Codes, with_colour
from desktop_app.services.context import Context
from desktop_app.services.documents import read_bytes
from desktop_app.services.writing import write_whole

FORMATS = {"csv": "CSV", "qdc": "REFI-QDA codebook"}
"""Formats by the ending of a file."""

_COMPARED = {
    "definition": "definition",
    "include": "when to use",
    "exclude": "when not to use",
    "examples": "examples",
    "colour": "colour",
}


@dataclass(frozen=True, slots=True)
class CodebookReport:
    """What an import does, by the paths of codes: ``new`` are made, ``known`` are here already, ``changed`` are those
    of them of which the file says something else, told in ``notices``."""

    new: tuple[str, ...]
    known: tuple[str, ...]
    changed: tuple[str, ...]
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A code of a file: where it belongs, and the code that is there already."""

    parsed: ParsedCode
    path: tuple[str, ...]
    known: str | None


class CodebookFiles:
    def __init__(self, context: Context, codes: Codes) -> None:
        self._context = context
        self._file = context.file
        self._codes = codes

    def preview(self, path: Path) -> CodebookReport:
        """What importing a file would do; raises one sentence for a file that cannot be read."""
        return self._report(self._placed(_read(path)))

    def import_file(self, path: Path) -> Changes[CodebookReport]:
        """Make the codes of a file that are not here yet, in one step; raises like :meth:`preview`."""
        parsed = _read(path)
        with self._context.change(f"Import codebook {path.name}") as recorder:
            placed = self._placed(parsed)
            report = self._report(placed)
            tops = sum(code.parent is None for code in self._file.codes.fields().values())
            ids: list[str] = []
            for one in placed:
                above = None if one.parsed.parent is None else ids[one.parsed.parent]
                ids.append(one.known or new_id())
                if one.known is None:
                    fields = with_colour(_fields(one.parsed, above).checked(), tops)
                    recorder.record("code", ids[-1], fields.to_json(), new=True)
                    tops += above is None
        return self._context.changes(recorder, report)

    def _placed(self, parsed: Sequence[ParsedCode]) -> list[_Placed]:
        here = {(code.parent, folded(code.name)): item for item, code in self._file.codes.fields().items()}
        placed: list[_Placed] = []
        for one in parsed:
            above = None if one.parent is None else placed[one.parent]
            path = (*(above.path if above else ()), " ".join(one.name.split()))
            known = None
            if above is None or above.known:
                known = here.get((above.known if above else None, folded(one.name)))
            placed.append(_Placed(one, path, known))
        return placed

    def _report(self, placed: Sequence[_Placed]) -> CodebookReport:
        here = self._file.codes.fields()
        new: list[str] = []
        known: list[str] = []
        changed: list[str] = []
        notices: list[str] = []
        for one in placed:
            label = PATH_SEPARATOR.join(one.path)
            if one.known is None:
                new.append(label)
                continue
            known.append(label)
            fields = _fields(one.parsed, None).checked()
            other = [
                what
                for name, what in _COMPARED.items()
                if getattr(fields, name) and getattr(fields, name) != getattr(here[one.known], name)
            ]
            if other:
                changed.append(label)
                notices.append(f"“{label}” is here already and was kept as it is; the file has another {_and(other)}.")
        return CodebookReport(tuple(new), tuple(known), tuple(changed), tuple(notices))

    def export(self, ending: str = "csv") -> bytes:
        """The codebook in the order of its tree, as ``csv`` or ``qdc``; raises one sentence for another format."""
        from desktop_app.exchange.codebook import write_codebook_csv, write_qdc

        if ending not in FORMATS:
            raise Invalid(message=f"“{ending}” is no format of codebooks; use one of {', '.join(FORMATS)}.")
        codes = self._codes.list()
        return write_qdc(codes) if ending == "qdc" else write_codebook_csv(codes)

    def export_file(self, path: Path) -> int:
        """Write the codebook to a file, in the format that its ending names; returns how many codes there are.

        What was there before is replaced once the new one is whole.
        """
        data = self.export(path.suffix.lstrip(".").lower())
        write_whole(path, data)
        return len(self._codes.list())


def _read(path: Path) -> tuple[ParsedCode, ...]:
    from desktop_app.exchange.codebook import read_codebook

    return read_codebook(path.name, read_bytes(path))


def _fields(parsed: ParsedCode, parent: str | None) -> CodeFields:
    return CodeFields(
        parsed.name,
        parent,
        parsed.definition,
        parsed.include,
        parsed.exclude,
        parsed.examples,
        parsed.colour,
    )


def _and(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
