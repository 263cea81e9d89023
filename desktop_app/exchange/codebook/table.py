"""Codebooks as CSV: the table that we write, and those of other programs and of people.

Ours has the names of a code and of its parents, its texts, a column for each example, its colour and two GUIDs, by
which it is read back exactly. Others name a code by ``code``, ``name`` or the like, and what is above it by ``parent``
or within a ``path`` (``A / B``, ``A > B``, ``A\\B``). A parent that has no row of its own becomes a code.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from desktop_app.exchange.codebook.errors import AmbiguousParent, NamelessCode, NoCodes, NoNameColumn, TooDeep, shown
from desktop_app.exchange.codebook.parsed import MAX_DEPTH, Draft, in_order
from desktop_app.exchange.codebook.refi import colour_of, guid_of, known_guid
from desktop_app.exchange.grids import unguarded, write_csv
from desktop_app.exchange.metrics.decoding import decode
from desktop_app.exchange.metrics.rows import split_rows
from desktop_app.model.codebook import ParsedCode
from desktop_app.model.coding import PATH_SEPARATOR, Code

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("code", "name", "code name", "tag", "node", "theme", "label", "category"),
    "path": ("path", "code path", "full path", "hierarchical name", "hierarchy"),
    "parent": ("parent", "parent code", "parent name", "parent path", "code group", "supercode"),
    "definition": ("definition", "description", "meaning", "code memo", "memo", "comment", "note", "notes"),
    "include": ("when to use", "include", "inclusion", "inclusion criteria", "use when"),
    "exclude": ("when not to use", "exclude", "exclusion", "exclusion criteria", "do not use when", "when not"),
    "colour": ("colour", "color"),
    "guid": ("guid", "id", "uuid"),
    "parent guid": ("parent guid", "parent id"),
}
_ROLES = {name: role for role, names in _COLUMNS.items() for name in names}
_EXAMPLE = re.compile(r"(?:example|quote|example quote|typical example)s?(?: \d+)?")
_STEP = re.compile(r" / | > | ?\\ ?| ?» ?| :: ")

Path = tuple[str, ...]


# --- writing ---------------------------------------------------------------------------------------------------------


def write_codebook_csv(codes: Sequence[Code]) -> bytes:
    """The codes as a table, a row each, in the order given. Colours are the codes' own: one below has its parent's.

    How many codings each has is written for people; reading back leaves it out.
    """
    examples = max((len(code.fields.examples) for code in codes), default=0)
    header = [
        "code", "parent", "definition", "when to use", "when not to use",
        *(f"example {number}" for number in range(1, examples + 1)), "colour", "codings", "guid",
        "parent guid",
    ]  # fmt: skip
    present = {code.id for code in codes}
    return write_csv(header, (_row(code, examples, present) for code in codes))


def _row(code: Code, examples: int, present: set[str]) -> list[str | int]:
    fields = code.fields
    # A code of a circle stands at the top of what is shown, though it has a parent.
    parent = fields.parent if fields.parent in present and code.depth else None
    return [
        fields.name, PATH_SEPARATOR.join(code.path[:-1]) if parent else "",
        fields.definition, fields.include, fields.exclude,
        *fields.examples, *[""] * (examples - len(fields.examples)),
        fields.colour, code.count, guid_of(code.id), guid_of(parent) if parent else "",
    ]  # fmt: skip


# --- reading ---------------------------------------------------------------------------------------------------------


def read_table(file: str, data: bytes) -> tuple[ParsedCode, ...]:
    """The codes of a table with a header; raises a :class:`KnownError` for what is none."""
    decoded = decode(data, file)
    rows = split_rows(decoded.text, file, cut=decoded.cut)
    lines = [(line, row) for line, row in zip(rows.lines, rows.cells, strict=True) if any(map(str.strip, row))]
    if not lines:
        raise NoCodes(file=file)
    header = [_plain(name) for name in lines[0][1]]
    roles: dict[str, int] = {}
    for at, name in enumerate(header):
        roles.setdefault(_ROLES.get(name, ""), at)
    if "name" not in roles and "path" not in roles:
        raise NoNameColumn(file=file, columns=", ".join(f"“{name}”" for name in header if name) or "none")
    examples = [at for at, name in enumerate(header) if _EXAMPLE.fullmatch(name)]
    read = [_Row(line, [_lines(unguarded(cell)) for cell in row], roles, examples) for line, row in lines[1:]]
    return in_order(_Tying(file, read).drafts(), file)


def _lines(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\r", "\n")


def _plain(name: str) -> str:
    return " ".join(re.sub(r"[_\-.:*]+", " ", unguarded(name)).split()).casefold()


class _Row:
    """One row: its line in the file, the code it tells, and what it tells of the one above."""

    __slots__ = ("above", "code", "key", "line", "parent", "parent_key")

    def __init__(self, line: int, cells: Sequence[str], roles: Mapping[str, int], examples: Sequence[int]) -> None:
        def cell(role: str) -> str:
            at = roles.get(role, -1)
            return cells[at] if 0 <= at < len(cells) else ""

        self.line = line
        self.parent = " ".join(cell("parent").split())
        self.key, self.parent_key = _key(cell("guid")), _key(cell("parent guid"))
        name, path = " ".join(cell("name").split()), _steps(cell("path"))
        if "parent" in roles:
            self.above = _steps(cell("parent"))
        elif "path" in roles:
            self.above = path if name and path[-1:] != (name,) else path[:-1]
            name = name or (path[-1] if path else "")
        else:
            *above, name = _steps(name) or ("",)
            self.above = tuple(above)
        told = tuple(dict.fromkeys(cells[at].strip() for at in examples if at < len(cells) and cells[at].strip()))
        self.code = ParsedCode(
            name,
            None,
            cell("definition"),
            cell("include"),
            cell("exclude"),
            told,
            colour_of(cell("colour")),
            known_guid(cell("guid")),
        )


def _key(text: str) -> str:
    """A GUID, or the number that a program gives its codes, as it is compared."""
    return known_guid(text) or text.strip().casefold()


def _steps(text: str) -> Path:
    return tuple(step.strip() for step in _STEP.split(" ".join(text.split())) if step.strip())


class _Tying:
    """Rows to drafts: under the parent with the GUID or number that is told, else with the path, or the only one of
    that name."""

    def __init__(self, file: str, rows: Sequence[_Row]) -> None:
        self._file = file
        self._rows = rows
        self._own = [Draft(row.code, f"line {row.line}") for row in rows]
        self._by_key = {row.key: draft for row, draft in zip(rows, self._own, strict=True) if row.key}
        self._by_path: dict[Path, Draft] = {}
        self._by_name: dict[str, list[Draft]] = {}
        self._made: list[Draft] = []

    def drafts(self) -> Iterator[Draft]:
        """All of them, those of parents without a row after the others."""
        for row, draft in zip(self._rows, self._own, strict=True):
            if not row.code.name:
                raise NamelessCode(file=self._file, where=f"line {row.line}")
            if len(row.above) >= MAX_DEPTH:
                raise TooDeep(file=self._file, limit=MAX_DEPTH)
            self._by_path.setdefault((*row.above, row.code.name), draft)
            self._by_name.setdefault(row.code.name, []).append(draft)
        for row, draft in zip(self._rows, self._own, strict=True):
            by_key = self._by_key.get(row.parent_key) if row.parent_key else None
            draft.put_under(by_key or self._above(row))
        return iter((*self._own, *self._made))

    def _above(self, row: _Row) -> Draft | None:
        if not row.above:
            return None
        found = self._by_path.get(row.above)
        if found is None:
            named = self._by_name.get(row.parent, [])
            if len(named) > 1:
                raise AmbiguousParent(file=self._file, name=shown(row.parent), line=row.line)
            found = named[0] if named else None
        return found or self._make(row.above)

    def _make(self, path: Path) -> Draft:
        """A code for a parent that has no row, and for those above it."""
        above: Draft | None = None
        for depth in range(1, len(path) + 1):
            found = self._by_path.get(path[:depth])
            if found is None:
                found = Draft(ParsedCode(path[depth - 1]), f"“{PATH_SEPARATOR.join(path[:depth])}”")
                found.put_under(above)
                self._by_path[path[:depth]] = found
                self._made.append(found)
            above = found
        assert above is not None
        return above
