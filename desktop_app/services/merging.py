"""Taking in what another copy holds: looking first, then one step that can be undone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from desktop_app.model.changes import Changes, Clock
from desktop_app.model.errors import KnownError
from desktop_app.model.exchange import Exchange, MergeReport, Unseal
from desktop_app.notebook.exchanges import Exchanges
from desktop_app.notebook.incoming import Incoming
from desktop_app.notebook.stand_ins import StandIns
from desktop_app.services.context import Context
from desktop_app.services.maintenance import Maintenance
from desktop_app.services.merge_reports import MergeReports
from desktop_app.services.progress import Progress, ShouldStop, Told

SKEW = timedelta(hours=24)
"""How far ahead of this computer's clock another's may be: a wrong time zone is, a wrong year is not."""


class Sealed(KnownError):
    """``needs`` is ``passphrase`` or ``identity``."""

    template = "{path} is encrypted; give its {needs} to open it."


class OwnFile(KnownError):
    template = "{path} is this very notebook; choose the copy that somebody else has written in."


class Merging:
    def __init__(self, context: Context, maintenance: Maintenance) -> None:
        self._context = context
        self._file = context.file
        self._maintenance = maintenance
        self._exchanges = Exchanges(self._file.database, self._file.journal)

    def preview(
        self,
        path: Path,
        *,
        unseal: Unseal | None = None,
        progress: Progress | None = None,
        should_stop: ShouldStop | None = None,
    ) -> MergeReport:
        """What merging a notebook would do; nothing is written. Raises a known error for a file that cannot be read or
        trusted, :class:`Sealed` for an encrypted one without what opens it."""
        told = Told("The merge", progress, should_stop)
        with self._opened(path, unseal, told) as incoming, self._file.database.snapshot():
            plan = self._file.union.plan(incoming, told.part(0.6, 0.9, "merging"))
            return MergeReports(self._context, plan).report()

    def merge(
        self,
        path: Path,
        *,
        unseal: Unseal | None = None,
        progress: Progress | None = None,
        should_stop: ShouldStop | None = None,
    ) -> Changes[MergeReport]:
        """Take in a notebook as one step that can be undone, after a backup. Raises like :meth:`preview`."""
        told = Told("The merge", progress, should_stop)
        with self._opened(path, unseal, told) as incoming:
            return self._take(incoming, "file", f"Merge {path.name}", told, self._maintenance.backup)

    def take(
        self, incoming: Incoming, *, progress: Progress | None = None, should_stop: ShouldStop | None = None
    ) -> Changes[MergeReport]:
        """Take in what a shared folder brought; a backup is made where the last one is half an hour old.

        It comes in by itself while a person is writing, so undo passes over it: it takes back what they did last.
        """
        from desktop_app.services.homecoming import come_home

        told = Told("The merge", progress, should_stop)
        home = come_home(self._file, incoming)
        return self._take(home, "folder", f"Read {incoming.source}", told, self._maintenance.backup_if_due)

    def history(self) -> list[Exchange]:
        """What came in and went out, newest first."""
        return self._exchanges.all()

    # --- reading ----------------------------------------------------------------------------------------------------

    @contextmanager
    def _opened(self, path: Path, unseal: Unseal | None, told: Told) -> Iterator[Incoming]:
        from desktop_app.notebook.foreign import foreign
        from desktop_app.services.homecoming import come_home

        file = self._file
        source = self._unsealed(path, unseal, told)
        if source is path and path.exists() and path.resolve() == file.path.resolve():
            raise OwnFile(path=path)
        with foreign(
            source,
            file.database,
            latest=self.latest(),
            name=path.name,
            progress=lambda part, text: told(0.6 * part, text),
            should_stop=told.should_stop,
        ) as incoming:
            yield come_home(file, incoming)

    def latest(self) -> str:
        """The clock beyond which nobody's word is taken."""
        return str(Clock(self._file.journal.wall() + int(SKEW.total_seconds() * 1000), 0xFFFF))

    def _unsealed(self, path: Path, unseal: Unseal | None, told: Told) -> Path | bytes:
        from desktop_app.exchange.encryption import is_sealed, needs
        from desktop_app.services.sealing import opened

        try:
            if not path.is_file():
                return path
            with path.open("rb") as file:
                if not is_sealed(file.read(256)):
                    return path
            data = path.read_bytes()
        except OSError:
            # Whoever opens it says what is wrong with it.
            return path
        if unseal is None:
            raise Sealed(path=path, needs=needs(data))
        return opened(data, unseal, told)

    # --- writing ----------------------------------------------------------------------------------------------------

    def _take(
        self, incoming: Incoming, way: str, label: str, told: Told, back_up: Callable[[], object]
    ) -> Changes[MergeReport]:
        from desktop_app.services.homecoming import Homecoming

        union = self._file.union
        with self._file.database.snapshot():
            at = self._file.outbox.position()
            plan = union.plan(incoming, told.part(0.6, 0.75, "merging"))
        if plan.standing:
            told(0.75, "backing up")
            back_up()
        with self._file.journal.change(label, kind="do" if way == "file" else "base") as recorder:
            if self._file.outbox.position() != at:
                # Somebody has written meanwhile.
                plan = union.plan(incoming)
            report = MergeReports(self._context, plan).report()
            union.apply(recorder, plan, told.part(0.8, 1.0, "writing"))
            if plan.standing:
                number = self._exchanges.add("in", way, incoming.source, report.to_json(), change=recorder.change)
                if isinstance(incoming, Homecoming):
                    StandIns(self._file.database).add(incoming.stand_ins, number)
        return self._context.changes(recorder, report)
