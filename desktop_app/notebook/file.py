"""One open notebook file: the repositories over one connection, for one thread."""

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from desktop_app.model.ids import new_id
from desktop_app.notebook import schema
from desktop_app.notebook.attributes import VARIABLE_PROJECTION, Attributes
from desktop_app.notebook.blobs import Blobs
from desktop_app.notebook.coding import CODE_PROJECTION, CODING_PROJECTION, Codes, Codings
from desktop_app.notebook.database import Database, make_way
from desktop_app.notebook.dismissals import DISMISSAL_PROJECTION, Dismissals
from desktop_app.notebook.documents import DOCUMENT_PROJECTION, Documents
from desktop_app.notebook.drafts import Drafts
from desktop_app.notebook.entries import Entries
from desktop_app.notebook.errors import (
    DiskError,
    NotebookDamaged,
    NotebookError,
    NotebookExists,
    NotebookMissing,
    NotebookReadOnly,
)
from desktop_app.notebook.journal import Journal, wall_clock
from desktop_app.notebook.lineage import Lineage
from desktop_app.notebook.links import Links
from desktop_app.notebook.log import Log
from desktop_app.notebook.memos import MEMO_PROJECTION, Memos
from desktop_app.notebook.metrics import IMPORT_PROJECTION, Metrics
from desktop_app.notebook.outbox import Outbox
from desktop_app.notebook.people import People
from desktop_app.notebook.projections import PROJECTIONS
from desktop_app.notebook.questions import QUESTION_PROJECTION, Questions
from desktop_app.notebook.searches import SavedSearches
from desktop_app.notebook.undo import Undo
from desktop_app.notebook.union import Union
from desktop_app.notebook.vocabulary import Terms

ALL_PROJECTIONS = {
    **PROJECTIONS,
    "import": IMPORT_PROJECTION,
    "document": DOCUMENT_PROJECTION,
    "code": CODE_PROJECTION,
    "coding": CODING_PROJECTION,
    "memo": MEMO_PROJECTION,
    "variable": VARIABLE_PROJECTION,
    "question": QUESTION_PROJECTION,
    "dismissal": DISMISSAL_PROJECTION,
}


class NotebookFile:
    """Everything that can be read from and written to one notebook. Use it from the thread that opened it."""

    def __init__(self, database: Database, author: str, device: str) -> None:
        self.database = database
        self.path = database.path
        self.journal = Journal(database, ALL_PROJECTIONS, author, device)
        self.log = Log(database)
        self.undo = Undo(self.journal)
        self.lineage = Lineage(database)
        self.union = Union(database)
        self.blobs = Blobs(database)
        self.drafts = Drafts(database)
        self.outbox = Outbox(database)
        self.entries = Entries(database, self.journal)
        self.people = People(database, self.journal)
        self.links = Links(database)
        self.metrics = Metrics(database)
        self.searches = SavedSearches(database)
        self.terms = Terms(database)
        self.documents = Documents(database, self.journal)
        self.codes = Codes(database, self.journal)
        self.codings = Codings(database, self.journal)
        self.memos = Memos(database)
        self.attributes = Attributes(database)
        self.questions = Questions(database)
        self.dismissals = Dismissals(database)
        try:
            row = database.one("SELECT value FROM meta WHERE key = 'id'")
        except sqlite3.OperationalError as error:
            raise NotebookDamaged(path=database.path, reason=str(error)) from error
        if row is None:
            raise NotebookDamaged(path=database.path, reason="it has lost its own id")
        self.id: str = row[0]

    @classmethod
    def open(
        cls, path: Path, *, author: str, device: str, before_migration: Callable[[Path], object] | None = None
    ) -> "NotebookFile":
        """Open an existing notebook, bringing an older format up to date; raises a :class:`NotebookError`."""
        database = Database.open(path)
        try:
            schema.migrate(database, before_migration)
            return cls(database, author, device)
        except BaseException:
            database.close()
            raise

    @classmethod
    def create(
        cls, path: Path, *, title: str, language: str, author: str, device: str, wall: Callable[[], int] = wall_clock
    ) -> "NotebookFile":
        """Make a notebook at a path where nothing is yet; raises a :class:`NotebookError`.

        ``wall`` gives the milliseconds at which it is made. It is made aside and renamed, so that a crash leaves either
        no notebook or a whole one.
        """
        if path.exists():
            raise NotebookExists(path=path)
        aside = path.with_name(f".{path.name}.{new_id()[:8]}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            database = Database.open(aside, create=True)
            try:
                schema.migrate(database)
                notebook = new_id()
                created = datetime.now(UTC).isoformat()
                database.execute("INSERT INTO meta VALUES ('id', ?), ('created', ?)", (notebook, created))
                journal = Journal(database, ALL_PROJECTIONS, author, device)
                journal.wall = wall
                with journal.change("New notebook", kind="base") as recorder:
                    recorder.record("notebook", notebook, {"title": title, "language": language}, new=True)
            finally:
                database.close()
            if path.exists():
                raise NotebookExists(path=path)
            make_way(path)
            aside.rename(path)
        except (PermissionError, NotebookMissing) as error:
            raise NotebookReadOnly(path=path) from error
        except NotebookError as error:
            # What went wrong aside went wrong here, as far as a person can see.
            raise type(error)(**{**error.parts, "path": path}) from error
        except OSError as error:
            raise DiskError(path=path, reason=error.strerror or str(error)) from error
        finally:
            aside.unlink(missing_ok=True)
        return cls.open(path, author=author, device=device)

    def about(self) -> tuple[str, str]:
        """Title and language."""
        fields = self.journal.fields(self.id)
        return fields["title"], fields["language"]

    def close(self) -> None:
        self.database.close()
