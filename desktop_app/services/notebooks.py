"""Opening and making notebooks, and the one object through which everything else is reached."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from desktop_app.config.settings import Settings, device_id
from desktop_app.model.changes import Changes
from desktop_app.model.errors import Invalid
from desktop_app.notebook.file import NotebookFile
from desktop_app.notebook.journal import wall_clock
from desktop_app.services.context import Context
from desktop_app.services.devices import Devices
from desktop_app.services.drafts import Drafts
from desktop_app.services.entries import Entries
from desktop_app.services.history import History
from desktop_app.services.links import Links
from desktop_app.services.maintenance import Maintenance, back_up_file
from desktop_app.services.metrics import Metrics
from desktop_app.services.people import People
from desktop_app.services.saved_searches import SavedSearches
from desktop_app.services.vocabulary import Vocabularies

if TYPE_CHECKING:
    from desktop_app.services.agreement import Agreement
    from desktop_app.services.attributes import Attributes
    from desktop_app.services.briefs import Briefs
    from desktop_app.services.code_lens import CodeLens
    from desktop_app.services.codebook_files import CodebookFiles
    from desktop_app.services.codes import Codes
    from desktop_app.services.codings import Codings
    from desktop_app.services.conflicts import Conflicts
    from desktop_app.services.coverage import CoverageLens
    from desktop_app.services.dismissals import Dismissals
    from desktop_app.services.documents import Documents
    from desktop_app.services.exporting import Exporting
    from desktop_app.services.foresight import ForesightLens
    from desktop_app.services.lens_scope import LensScope
    from desktop_app.services.matrices import Matrices
    from desktop_app.services.memos import Memos
    from desktop_app.services.merging import Merging
    from desktop_app.services.offmap import OffMapLens
    from desktop_app.services.prompts import Prompts
    from desktop_app.services.questions import Questions
    from desktop_app.services.relationships import RelationshipsLens
    from desktop_app.services.retrieval import Retrieval
    from desktop_app.services.search import Search
    from desktop_app.services.series_places import SeriesPlaces
    from desktop_app.services.shared_folder import SharedFolder
    from desktop_app.services.tempo import TempoLens
    from desktop_app.services.totals import TotalsLens
    from desktop_app.services.ways import WaysLens
    from desktop_app.services.why import WhyLens

SUFFIX = ".terrain"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who writes, and on which installation: both stand in every revision."""

    author: str
    device: str

    @classmethod
    def of_this_machine(cls) -> "Identity":
        """From the settings and this installation's device id."""
        return cls(Settings.load().author(), device_id())


class Notebook:
    """One open notebook for one thread. Two may be open on one file, in one process or in several."""

    def __init__(self, file: NotebookFile, *, now: Callable[[], datetime], day_first: bool) -> None:
        self._file = file
        self.path = file.path
        self.id = file.id
        context = Context(file, now, day_first=day_first)
        self._context = context
        self.entries = Entries(context)
        self.people = People(context)
        self.links = Links(context)
        self.history = History(context)
        self.devices = Devices(context)
        self.metrics = Metrics(context)
        self.drafts = Drafts(context)
        self.vocabulary = Vocabularies(context)
        self.saved_searches = SavedSearches(context)
        self.maintenance = Maintenance(context)

    @cached_property
    def search(self) -> "Search":
        """Made on first use, because the index takes a moment to load."""
        from desktop_app.services.search import Search

        return Search(self._context)

    # What belongs to interviews is loaded when it is first asked for: the window opens on other things.

    @cached_property
    def documents(self) -> "Documents":
        from desktop_app.services.documents import Documents

        return Documents(self._context)

    @cached_property
    def codes(self) -> "Codes":
        from desktop_app.services.codes import Codes

        return Codes(self._context)

    @cached_property
    def codebook(self) -> "CodebookFiles":
        from desktop_app.services.codebook_files import CodebookFiles

        return CodebookFiles(self._context, self.codes)

    @cached_property
    def codings(self) -> "Codings":
        from desktop_app.services.codings import Codings

        return Codings(self._context, self.codes)

    @cached_property
    def attributes(self) -> "Attributes":
        from desktop_app.services.attributes import Attributes

        return Attributes(self._context)

    @cached_property
    def agreement(self) -> "Agreement":
        from desktop_app.services.agreement import Agreement

        return Agreement(self._context, self.codes, self.codings)

    @cached_property
    def matrices(self) -> "Matrices":
        from desktop_app.services.matrices import Matrices

        return Matrices(self._context, self.codes, self.codings, self.metrics)

    @cached_property
    def memos(self) -> "Memos":
        from desktop_app.services.memos import Memos

        return Memos(self._context)

    @cached_property
    def questions(self) -> "Questions":
        from desktop_app.services.questions import Questions

        return Questions(self._context)

    # So is what belongs to exchanging notebooks.

    @cached_property
    def merging(self) -> "Merging":
        from desktop_app.services.merging import Merging

        return Merging(self._context, self.maintenance)

    @cached_property
    def folder(self) -> "SharedFolder":
        from desktop_app.services.shared_folder import SharedFolder

        return SharedFolder(self._context, self.merging)

    @cached_property
    def exporting(self) -> "Exporting":
        from desktop_app.services.exporting import Exporting

        return Exporting(self._context, self.search)

    @cached_property
    def conflicts(self) -> "Conflicts":
        from desktop_app.services.conflicts import Conflicts

        return Conflicts(self._context)

    @cached_property
    def retrieval(self) -> "Retrieval":
        from desktop_app.services.retrieval import Retrieval

        return Retrieval(self._context, self.codes, self.codings)

    # And so are the lenses.

    @cached_property
    def lens_scope(self) -> "LensScope":
        from desktop_app.services.lens_scope import LensScope

        return LensScope(self._context, self.search)

    @cached_property
    def coverage(self) -> "CoverageLens":
        from desktop_app.services.coverage import CoverageLens

        return CoverageLens(self._context, self.lens_scope)

    @cached_property
    def foresight(self) -> "ForesightLens":
        from desktop_app.services.foresight import ForesightLens

        return ForesightLens(self._context, self.lens_scope, self.entries, self.series_places)

    @cached_property
    def tempo(self) -> "TempoLens":
        from desktop_app.services.tempo import TempoLens

        return TempoLens(self._context, self.lens_scope)

    @cached_property
    def relationships(self) -> "RelationshipsLens":
        from desktop_app.services.relationships import RelationshipsLens

        return RelationshipsLens(self._context, self.lens_scope)

    @cached_property
    def offmap(self) -> "OffMapLens":
        from desktop_app.services.offmap import OffMapLens

        return OffMapLens(self._context, self.lens_scope, self.links)

    @cached_property
    def why(self) -> "WhyLens":
        from desktop_app.services.why import WhyLens

        return WhyLens(
            self._context,
            self.lens_scope,
            self.entries,
            self.links,
            self.questions,
            self.dismissals,
            self.series_places,
        )

    @cached_property
    def totals(self) -> "TotalsLens":
        from desktop_app.services.totals import TotalsLens

        return TotalsLens(self._context, self.lens_scope, self.questions)

    @cached_property
    def code_lens(self) -> "CodeLens":
        from desktop_app.services.code_lens import CodeLens

        return CodeLens(self._context, self.lens_scope, self.codes, self.matrices)

    @cached_property
    def ways(self) -> "WaysLens":
        from desktop_app.services.ways import WaysLens

        return WaysLens(self._context, self.lens_scope)

    @cached_property
    def dismissals(self) -> "Dismissals":
        from desktop_app.services.dismissals import Dismissals

        return Dismissals(self._context)

    @cached_property
    def series_places(self) -> "SeriesPlaces":
        from desktop_app.services.series_places import SeriesPlaces

        return SeriesPlaces(self._context)

    @cached_property
    def prompts(self) -> "Prompts":
        from desktop_app.services.prompts import Prompts

        return Prompts(self._context, self.coverage, self.questions, self.foresight, self.relationships)

    @cached_property
    def briefs(self) -> "Briefs":
        from desktop_app.services.briefs import Briefs

        return Briefs(self._context, self.lens_scope)

    @property
    def title(self) -> str:
        """The notebook's title, or its file's name."""
        return self._file.about()[0] or self.path.stem

    @property
    def language(self) -> str:
        return self._file.about()[1]

    @property
    def author(self) -> str:
        """Who writes here: the name under which changes and codings are signed."""
        return self._file.journal.author

    def rename(self, title: str) -> Changes[str]:
        """Give the notebook another title; raises :class:`Invalid` for an empty one."""
        clean = " ".join(title.split())
        if not clean:
            raise Invalid(message="A notebook needs a title; type one.")
        with self._context.change("Rename notebook") as recorder:
            recorder.record("notebook", self.id, {**self._file.journal.fields(self.id), "title": clean})
        return self._context.changes(recorder, clean)

    def follow_settings(self) -> None:
        """Sign and read dates from now on as the settings say that were saved since the notebook was opened."""
        settings = Settings.load()
        self._file.journal.author = settings.author()
        self._context.day_first = settings.flag("day_first")

    @contextmanager
    def as_of(self, now: Callable[[], datetime]) -> Iterator[Callable[[str], None]]:
        """Write as if it were another time, and whoever the given function is told; such changes cannot be undone.

        For notebooks that are made from sources, such as the sample.
        """
        journal, author, usual = self._file.journal, self._file.journal.author, self._context.now
        journal.wall = _wall(now)
        journal.undoable = False
        self._context.now = now
        try:
            yield lambda name: setattr(journal, "author", name)
        finally:
            journal.wall, journal.undoable, journal.author = wall_clock, True, author
            self._context.now = usual

    def data_version(self) -> int:
        """A number that changes when another connection or process has written; cheap to ask for every second."""
        return self._file.database.data_version()

    def close(self) -> None:
        """Give the file back; a closed notebook is exactly one file."""
        if "search" in self.__dict__:
            self.search.close()
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _now() -> datetime:
    return datetime.now()  # what people type is meant in their own time


def open_notebook(
    path: Path | str, *, identity: Identity | None = None, now: Callable[[], datetime] = _now
) -> Notebook:
    """Open an existing notebook; raises a :class:`~desktop_app.notebook.errors.NotebookError`."""
    who = identity or Identity.of_this_machine()
    file = NotebookFile.open(
        Path(path).expanduser().absolute(), author=who.author, device=who.device, before_migration=back_up_file
    )
    return Notebook(file, now=now, day_first=_day_first())


def create_notebook(
    path: Path | str,
    *,
    title: str = "",
    language: str = "en",
    identity: Identity | None = None,
    now: Callable[[], datetime] = _now,
) -> Notebook:
    """Make a notebook where nothing is yet; ``.terrain`` is added to a name without a suffix."""
    target = Path(path).expanduser().absolute()
    if not target.suffix:
        target = target.with_suffix(SUFFIX)
    who = identity or Identity.of_this_machine()
    file = NotebookFile.create(
        target, title=title or target.stem, language=language, author=who.author, device=who.device, wall=_wall(now)
    )
    return Notebook(file, now=now, day_first=_day_first())


def _wall(now: Callable[[], datetime]) -> Callable[[], int]:
    return lambda: int(now().timestamp() * 1000)


def _day_first() -> bool:
    return bool(Settings.load().get("day_first"))
