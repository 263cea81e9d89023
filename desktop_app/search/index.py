"""The index of one notebook: a cache on disk that any number of windows and commands read and one at a time writes.

Layout of its folder::

    lock              held by whoever writes (an operating system lock: it goes with a killed process)
    current           the name of the folder in use
    generation-…/     files of Whoosh with their seals (see ``storage``)

An update adds a commit to the folder in use. Building again happens in a new folder and takes effect when ``current``
is replaced; until then, and if it never comes to that, the old one is used. Whatever is missing, damaged, of another
version or another language shows as ``needs_rebuild`` and is never read further.
"""

import contextlib
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from desktop_app.model.errors import Interrupted
from desktop_app.search.analysis import stemmer, terms
from desktop_app.search.documents import SearchDocument
from desktop_app.search.errors import IndexBusy, IndexUnusable, IndexUnwritable
from desktop_app.search.merging import FULL, merge_none, merge_small, merge_worn, wants_tidying
from desktop_app.search.numbers import numbers
from desktop_app.search.view import View

if TYPE_CHECKING:
    from desktop_app.search.storage import Seal, SealedStorage
_REPORT_EVERY = 100
_POLL = 0.02
_TRIES = 50
"""How often a commit that another writer replaced while it was being opened gives way to the newer one."""


@dataclass(frozen=True, slots=True)
class Position:
    """How far the index has come: the outbox's last number, and a token that names the copy of the notebook."""

    seq: int
    token: str = ""


class SearchIndex:
    """The index in ``folder``; open it once and keep it. One instance is used by one thread.

    ``wait`` is how many seconds to wait for another writer before :class:`IndexBusy`.
    """

    def __init__(self, folder: Path, *, notebook_id: str, language: str, wait: float = 10.0) -> None:
        self.folder = folder
        self.notebook_id = notebook_id
        self.language = language
        self.wait = wait
        self.reason = "it has not been opened"
        self._view: View | None = None
        self._seal: Seal | None = None
        self._opened: tuple[str, int] | None = None

    # --- reading ------------------------------------------------------------------------------------------------------

    def open(self) -> bool:
        """Open the last commit; False where there is none that can be used, with the reason in ``reason``."""
        return self.refresh()

    @property
    def needs_rebuild(self) -> bool:
        return self._view is None

    def refresh(self) -> bool:
        """Take up what has been committed since; cheap when nothing was. False where the index has to be rebuilt."""
        name = self._current()
        newest = self._newest(name)
        if self._view is not None and self._opened == (name, newest):
            return True
        for _ in range(_TRIES):
            try:
                self._open(name, newest)
            except IndexUnusable as error:
                self.reason = str(error.parts["reason"])
            else:
                return True
            # A writer may have committed in between and removed what was about to be read.
            again = self._current(), self._newest(self._current())
            if again == (name, newest):
                break
            name, newest = again
        self.close()
        return False

    def view(self) -> View:
        """What can be searched now; raises :class:`IndexUnusable` where there is nothing."""
        if not self.refresh() or self._view is None:
            raise IndexUnusable(reason=self.reason)
        return self._view

    def position(self) -> Position | None:
        """What the index as it is on disk has consumed; None where it needs a rebuild."""
        if not self.refresh() or self._seal is None:
            return None
        consumed = self._seal.consumed
        return Position(int(consumed["seq"]), str(consumed["token"]))

    def documents(self) -> int:
        """How many documents can be found; 0 where the index needs a rebuild."""
        return self._view.count if self._view else 0

    def close(self) -> None:
        if self._view is not None:
            self._view.close()
        self._view = self._seal = self._opened = None

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    # --- writing ------------------------------------------------------------------------------------------------------

    def update(self, documents: Iterable[SearchDocument], deleted: Iterable[str], position: Position) -> None:
        """Put documents in place of all those with their ids, take out deleted ids, and note the position.

        Up to :data:`FULL` of them are one commit; of more, the position is noted with the last, so that what was
        stopped on the way is done again. Doing it twice changes nothing. Raises :class:`IndexBusy`,
        :class:`IndexUnwritable`, and :class:`IndexUnusable` where only a rebuild helps; the last commit then stays.
        """
        waiting = _with_next(documents)
        gone = set(deleted)
        seen: set[str] = set()
        with self._locked():
            last = False
            while not last:
                view, before = self.view(), self.position()
                assert before is not None
                taken = list(islice(waiting, FULL))
                last = not taken or not taken[-1][1]
                fresh = {(document.id, document.at): document for document, _ in taken}
                ids = {key for key, _ in fresh}
                with self._writer(self.folder / self._current(), position if last else before, merge_small) as writer:
                    for key in (ids | gone) - seen:
                        for number in view.numbers(key):
                            writer.delete_document(number)
                    for document in fresh.values():
                        self._add(writer, document)
                seen |= ids | gone
                self.refresh()

    def rebuild(
        self,
        documents: Iterable[SearchDocument],
        total: int,
        position: Position,
        progress: Callable[[int, int], None] | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> int:
        """Build a new index from all documents and put it in place of the old one; returns how many there are.

        ``progress(done, total)`` is called now and then. Raises :class:`Interrupted` when ``should_stop`` says so, and
        :class:`IndexBusy` or :class:`IndexUnwritable`; the index is then as it was.
        """
        with self._locked():
            name = _following(self._current())
            self._remove_others(self._current())
            folder = self.folder / name
            try:
                folder.mkdir(mode=0o700)
                count = self._build(folder, documents, total, position, progress, should_stop)
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                raise
            temporary = self.folder / "current.tmp"
            temporary.write_text(name, encoding="ascii")
            temporary.replace(self.folder / "current")
            self.refresh()
            self._remove_others(name)
        return count

    def tidy(self) -> bool:
        """Merge the pieces that many small updates leave, when there is time: True if anything was done.

        Takes some seconds for thousands of entries, during which others wait to write, not to read. Worth calling after
        each catch-up while nothing else is waiting.
        """
        with self._locked():
            position = self.position()
            if position is None or not wants_tidying(self.view().sizes()):
                return False
            with self._writer(self.folder / self._current(), position, merge_worn):
                pass
        self.refresh()
        return True

    # --- the parts ----------------------------------------------------------------------------------------------------

    def _current(self) -> str:
        try:
            name = (self.folder / "current").read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return ""
        return name if name.startswith("generation-") and name.removeprefix("generation-").isdigit() else ""

    def _newest(self, name: str) -> int:
        from desktop_app.search.storage import newest_generation

        return newest_generation(self.folder / name) if name else -1

    def _about(self) -> dict[str, Any]:
        from whoosh import __version__

        from desktop_app.search.schema import VERSION

        return {
            "version": VERSION,
            "whoosh": ".".join(map(str, __version__)),
            "language": self.language,
            "notebook": self.notebook_id,
        }

    def _storage(self, folder: Path, position: Position) -> "SealedStorage":
        from desktop_app.search.storage import SealedStorage

        storage = SealedStorage(folder)
        storage.about = self._about()
        storage.consumed = asdict(position)
        storage.known = self._seal.files if self._seal and self._opened and self._opened[0] == folder.name else {}
        return storage

    def _open(self, name: str, newest: int) -> None:
        """Verify and open one commit; raises :class:`IndexUnusable`."""
        from whoosh.index import TOC, EmptyIndexError, FileIndex

        from desktop_app.search.schema import schema
        from desktop_app.search.storage import SealedStorage, contents_name, read_seal, verify

        if not name or newest < 0:
            raise IndexUnusable(reason="it has not been built yet")
        folder = self.folder / name
        seal = read_seal(folder, newest)
        if seal.about != self._about():
            raise IndexUnusable(reason="it was built by another version, or in another language")
        trusted = self._seal.files if self._seal and self._opened and self._opened[0] == name else {}
        verify(folder, [contents_name(newest)], seal, {})
        try:
            storage = SealedStorage(folder)
            segments = {segment.segment_id() for segment in TOC.read(storage, "MAIN", newest, schema()).segments}
            verify(folder, [file for file in seal.files if file.partition(".")[0] in segments], seal, trusted)
            with storage.trying():
                reader = FileIndex(storage, schema=schema()).reader()
        except (OSError, ValueError, EOFError, EmptyIndexError) as error:
            raise IndexUnusable(reason="a file of it is missing or damaged") from error
        if self._newest(name) != newest:
            reader.close()
            raise IndexUnusable(reason="it is being written")
        try:
            view = View(reader, self.language, self._view)
        except OSError as error:
            reader.close()
            raise IndexUnusable(reason="it is being written") from error
        previous, self._view = self._view, view
        if previous is not None:
            previous.close()
        self._seal, self._opened = seal, (name, newest)

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold the lock of all writers.

        Raises :class:`IndexBusy` after waiting for it, and :class:`IndexUnwritable` where writing fails.
        """
        from whoosh.util.filelock import FileLock, try_for

        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = FileLock(str(self.folder / "lock"))
            if not try_for(lock.acquire, timeout=self.wait, delay=_POLL):
                raise IndexBusy
            try:
                yield
            finally:
                lock.release()
        except OSError as error:
            raise IndexUnwritable(folder=self.folder, why=error.strerror or str(error)) from error

    @contextlib.contextmanager
    def _writer(self, folder: Path, position: Position, merge: Callable[..., Any]) -> Iterator[Any]:
        """A writer that commits at the end, together with its seal, or leaves everything as it was."""
        from whoosh.index import FileIndex

        from desktop_app.search.pool import Pool
        from desktop_app.search.schema import schema

        storage = self._storage(folder, position)
        # Whoosh copies a compound segment into memory as a whole; separate files are mapped.
        writer = FileIndex(storage, schema=schema()).writer(compound=False)
        writer.pool = Pool()
        try:
            yield writer
            writer.commit(mergetype=merge)
        except BaseException:
            if not writer.is_closed:
                writer.cancel()
            raise
        storage.sweep()

    def _build(
        self,
        folder: Path,
        documents: Iterable[SearchDocument],
        total: int,
        position: Position,
        progress: Callable[[int, int], None] | None,
        should_stop: Callable[[], bool] | None,
    ) -> int:
        from whoosh.index import FileIndex

        from desktop_app.search.schema import schema

        FileIndex.create(self._storage(folder, position), schema())
        done = 0
        waiting = iter(documents)
        while True:
            before = done
            with self._writer(folder, position, merge_none) as writer:
                for document in islice(waiting, FULL):
                    self._add(writer, document)
                    done += 1
                    if done % _REPORT_EVERY == 0:
                        if should_stop and should_stop():
                            raise Interrupted(what="Building the search index")
                        if progress:
                            progress(done, total)
            if done - before < FULL:
                break
        if progress:
            progress(done, max(done, total))
        return done

    def _add(self, writer: Any, document: SearchDocument) -> None:
        found = terms(document, stemmer(self.language))
        writer.add_document(
            key=[document.id],
            exact=found.exact,
            stem=found.stem,
            begin=found.begin,
            facet=found.facet,
            name=f"{document.type} {document.id} {document.at} {document.until}".encode(),
            numbers=numbers(document),
        )

    def _remove_others(self, name: str) -> None:
        """Remove folders that are not in use; one that another process still reads goes another time."""
        for folder in self.folder.glob("generation-*"):
            if folder.name != name:
                shutil.rmtree(folder, ignore_errors=True)


def _with_next(documents: Iterable[SearchDocument]) -> Iterator[tuple[SearchDocument, bool]]:
    """Each document, and whether another one follows."""
    waiting = iter(documents)
    ahead = next(waiting, None)
    while ahead is not None:
        document, ahead = ahead, next(waiting, None)
        yield document, ahead is not None


def _following(name: str) -> str:
    return f"generation-{int(name.removeprefix('generation-')) + 1 if name else 1}"
