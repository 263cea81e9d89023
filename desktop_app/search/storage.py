"""The files of one index folder, and the proof that they are whole.

A commit of Whoosh ends with the renaming of its table of contents. Right before it this storage writes a *seal* of the
same generation: what the index has consumed, and size and CRC-32 of every file. An index is opened only when its newest
table of contents has a seal and every file fits it, so that nothing torn, cut, flipped or foreign is ever unpickled.
Because seal and table of contents take effect together, a process killed at any moment leaves either the last commit or
this one.
"""

import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage

from desktop_app.search.errors import IndexUnusable

_CONTENTS = re.compile(r"_MAIN_(\d+)\.toc")
_UNNAMED = re.compile(r"_MAIN_\d+\.toc\.")
_SEAL = re.compile(r"seal_(\d+)\.json")
_DATA = re.compile(r"(MAIN_[0-9a-z]+)\.")
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Seal:
    """What is true of one generation. ``about`` identifies the kind of index, ``consumed`` how far it has come."""

    about: Mapping[str, Any]
    consumed: Mapping[str, Any]
    files: Mapping[str, tuple[int, int]] = field(repr=False)


class SealedStorage(FileStorage):  # type: ignore[misc]
    """Whoosh's folder of files; set ``about`` and ``consumed`` before committing."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self.place = folder
        self.about: Mapping[str, Any] = {}
        self.consumed: Mapping[str, Any] = {}
        self.known: Mapping[str, tuple[int, int]] = {}
        self._tried: list[Any] | None = None

    @contextmanager
    def trying(self) -> Iterator[None]:
        """A reader is being opened. Where a file is missing, as a writer of another process has taken it away, Whoosh
        tries anew and leaves those open that it had opened: they are closed here."""
        self._tried = []
        try:
            yield
        except BaseException:
            self._give_up()
            raise
        finally:
            self._tried = None

    def _give_up(self) -> None:
        for file in self._tried or ():
            file.close()

    def open_file(self, name: str, **options: Any) -> Any:
        """Called by Whoosh; every attempt begins with the table of contents."""
        opened = super().open_file(name, **options)
        if self._tried is not None:
            if _CONTENTS.fullmatch(name):
                self._give_up()
                self._tried = []
            else:
                self._tried.append(opened)
        return opened

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Called by Whoosh; the table of contents is sealed before it gets its name."""
        if match := _CONTENTS.fullmatch(newname):
            self._seal(int(match[1]), oldname, newname)
        super().rename_file(oldname, newname, safe=safe)

    def _seal(self, generation: int, oldname: str, newname: str) -> None:
        files = {newname: fingerprint(self.place / oldname)}
        for path in self.place.iterdir():
            if _DATA.match(path.name) and path.is_file():
                files[path.name] = self.known.get(path.name) or fingerprint(path)
        self.known = files
        text = json.dumps({"about": self.about, "consumed": self.consumed, "files": files}, sort_keys=True)
        temporary = self.place / "seal.tmp"
        temporary.write_text(f"{zlib.crc32(text.encode()):08x}\n{text}", encoding="utf-8")
        temporary.replace(self.place / f"seal_{generation}.json")

    def sweep(self) -> None:
        """Remove the seals of earlier generations, and what killed writers left."""
        newest = newest_generation(self.place)
        for path in self.place.iterdir():
            seal = _SEAL.fullmatch(path.name)
            if (seal and int(seal[1]) != newest) or _UNNAMED.match(path.name):
                path.unlink(missing_ok=True)


def newest_generation(folder: Path) -> int:
    """The generation of the last commit, -1 without one."""
    try:
        names = [path.name for path in folder.iterdir()]
    except OSError:
        return -1
    return max((int(match[1]) for name in names if (match := _CONTENTS.fullmatch(name))), default=-1)


def read_seal(folder: Path, generation: int) -> Seal:
    """The seal of a generation; raises :class:`IndexUnusable` for a missing or broken one."""
    try:
        stated, _, text = (folder / f"seal_{generation}.json").read_text(encoding="utf-8").partition("\n")
        if f"{zlib.crc32(text.encode()):08x}" != stated:
            raise IndexUnusable(reason="its seal is damaged")
        data = json.loads(text)
        files = {name: (int(size), int(check)) for name, (size, check) in data["files"].items()}
        return Seal(data["about"], data["consumed"], files)
    except FileNotFoundError:
        raise IndexUnusable(reason="its seal is missing") from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexUnusable(reason="its seal cannot be read") from error


def verify(folder: Path, names: Iterable[str], seal: Seal, trusted: Mapping[str, tuple[int, int]]) -> None:
    """Compare files with their seal; raises :class:`IndexUnusable`. Those in ``trusted`` were read before."""
    for name in names:
        stated = seal.files.get(name)
        try:
            size = (folder / name).stat().st_size
            whole = stated is not None and size == stated[0]
            whole = whole and (trusted.get(name) == stated or fingerprint(folder / name) == stated)
        except OSError:
            whole = False
        if not whole:
            raise IndexUnusable(reason="a file of it is missing or damaged")


def fingerprint(path: Path) -> tuple[int, int]:
    """Size in bytes and CRC-32 of a file."""
    size = check = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            size += len(chunk)
            check = zlib.crc32(chunk, check)
    return size, check


def contents_name(generation: int) -> str:
    return f"_MAIN_{generation}.toc"
