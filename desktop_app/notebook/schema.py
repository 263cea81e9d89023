"""The schema, one migration per step. A migration that has been released is never edited again.

Journal tables (``change``, ``revision``, ``blob``) are the truth and only grow (the revisions of a change are among
those numbered ``first`` to ``last``; ``absent`` names revisions known not to be here); ``item`` says which revision of
an item stands; topic tables hold the current state of what is not in the trash and can be rebuilt from revisions;
``draft``, ``outbox`` and ``meta`` are the notebook's own housekeeping.

What a merge derives from other revisions leaves ``revision`` when a later merge derives something else, for
``superseded``, where undo finds it. ``exchange`` is the history of what came in and went out, ``turned`` says from
which revision to which a merge turned an item, ``stand_in`` which revision of a redacted copy stands for which one
here. These four are of this copy alone, and never travel.

Every index costs each capture a page written to disk, so there are none but those that a read needs. For the same
reason ``revision.change`` is no declared foreign key: it would have to be indexed to be cheap, and ``check`` looks at
it.
"""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from desktop_app.notebook.database import Database
from desktop_app.notebook.errors import NewerNotebook

if TYPE_CHECKING:
    from sqlite_utils import Database as SqliteUtils
    from sqlite_utils import Migrations

VERSION = 4
"""The newest format this Terrain reads, kept in ``PRAGMA user_version``."""

_JOURNAL = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE change (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('base', 'do', 'undo', 'redo')),
    label TEXT NOT NULL,
    clock TEXT NOT NULL,
    author TEXT NOT NULL,
    device TEXT NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    target INTEGER REFERENCES change (id),
    undone INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE item (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    head TEXT NOT NULL,
    trashed INTEGER NOT NULL,
    created TEXT NOT NULL,
    edited TEXT NOT NULL,
    author TEXT NOT NULL,
    revisions INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE revision (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    item TEXT NOT NULL REFERENCES item (id),
    kind TEXT NOT NULL,
    parents TEXT NOT NULL,
    author TEXT NOT NULL,
    device TEXT NOT NULL,
    clock TEXT NOT NULL,
    fields TEXT NOT NULL,
    change INTEGER NOT NULL
);

CREATE TABLE absent (revision TEXT PRIMARY KEY, reason TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE blob (
    sha256 TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    packing TEXT NOT NULL CHECK (packing IN ('plain', 'zlib')),
    data BLOB NOT NULL
);

CREATE TABLE outbox (
    change INTEGER NOT NULL, item TEXT NOT NULL, kind TEXT NOT NULL, PRIMARY KEY (change, item)
) WITHOUT ROWID;

CREATE TABLE draft (surface TEXT PRIMARY KEY, content TEXT NOT NULL, updated TEXT NOT NULL) WITHOUT ROWID;
"""

_TOPICS = """
CREATE TABLE entry (
    id TEXT PRIMARY KEY REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL,
    occurred TEXT NOT NULL, starts TEXT NOT NULL, ends TEXT NOT NULL,
    speaker TEXT, org TEXT, channel TEXT NOT NULL, basis TEXT NOT NULL, consent TEXT NOT NULL,
    surprise INTEGER NOT NULL, horizon TEXT NOT NULL, confidence REAL, test TEXT, outcome TEXT
) WITHOUT ROWID;
CREATE INDEX entry_starts ON entry (starts);
CREATE INDEX entry_speaker ON entry (speaker) WHERE speaker IS NOT NULL;
CREATE TABLE entry_label (
    entry TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (entry, field, value)
) WITHOUT ROWID;
CREATE TABLE entry_attachment (
    entry TEXT NOT NULL, place INTEGER NOT NULL, name TEXT NOT NULL, blob TEXT NOT NULL,
    media_type TEXT NOT NULL, size INTEGER NOT NULL, PRIMARY KEY (entry, place)
) WITHOUT ROWID;

CREATE TABLE organisation (
    id TEXT PRIMARY KEY REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL, folded TEXT NOT NULL, note TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX organisation_folded ON organisation (folded);
CREATE TABLE person (
    id TEXT PRIMARY KEY REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL, folded TEXT NOT NULL, org TEXT, consent TEXT NOT NULL, pseudonym TEXT NOT NULL,
    note TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX person_folded ON person (folded);
CREATE TABLE stage (
    person TEXT NOT NULL, place INTEGER NOT NULL, stage TEXT NOT NULL, date TEXT NOT NULL, starts TEXT NOT NULL,
    entry TEXT, PRIMARY KEY (person, place)
) WITHOUT ROWID;

CREATE TABLE link (
    id TEXT PRIMARY KEY REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED,
    source_kind TEXT NOT NULL, source TEXT NOT NULL, relation TEXT NOT NULL,
    target_kind TEXT NOT NULL, target TEXT NOT NULL,
    source_end TEXT NOT NULL, target_end TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX link_source ON link (source);
CREATE INDEX link_target ON link (target);

CREATE TABLE saved_search (
    id TEXT PRIMARY KEY REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED, name TEXT NOT NULL, query TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE term (
    id TEXT PRIMARY KEY REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED,
    vocabulary TEXT NOT NULL, term TEXT NOT NULL, name TEXT NOT NULL, question TEXT NOT NULL, description TEXT NOT NULL
) WITHOUT ROWID;
"""

_METRICS = """
CREATE TABLE import (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED,
    file TEXT NOT NULL, profile TEXT NOT NULL, source TEXT NOT NULL, clock TEXT NOT NULL, points INTEGER NOT NULL
);
CREATE TABLE series (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL, folded TEXT NOT NULL, source TEXT NOT NULL, account TEXT NOT NULL, dimensions TEXT NOT NULL,
    unit TEXT NOT NULL, grain TEXT NOT NULL, additive INTEGER NOT NULL, numerator TEXT, denominator TEXT
);
CREATE INDEX series_folded ON series (folded);
CREATE TABLE point (
    series INTEGER NOT NULL REFERENCES series (number), starts TEXT NOT NULL, ends TEXT NOT NULL,
    import INTEGER NOT NULL REFERENCES import (number), value REAL NOT NULL,
    PRIMARY KEY (series, starts, ends, import)
) WITHOUT ROWID;
CREATE INDEX point_import ON point (import);
CREATE TABLE series_setting (
    id TEXT PRIMARY KEY REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED,
    additive INTEGER, numerator TEXT, denominator TEXT
) WITHOUT ROWID;
"""

_INTERVIEWS = """
CREATE TABLE document (
    id TEXT PRIMARY KEY REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED,
    title TEXT NOT NULL, folded TEXT NOT NULL, blob TEXT NOT NULL, turns TEXT NOT NULL, characters INTEGER NOT NULL,
    occurred TEXT NOT NULL, starts TEXT NOT NULL, ends TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE document_person (
    document TEXT NOT NULL, speaker TEXT NOT NULL, person TEXT NOT NULL, PRIMARY KEY (document, speaker)
) WITHOUT ROWID;
CREATE INDEX document_person_person ON document_person (person);
CREATE TABLE document_value (
    document TEXT NOT NULL, variable TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (document, variable)
) WITHOUT ROWID;
CREATE TABLE person_value (
    person TEXT NOT NULL, variable TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (person, variable)
) WITHOUT ROWID;
CREATE TABLE variable (
    id TEXT PRIMARY KEY REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL, folded TEXT NOT NULL, type TEXT NOT NULL, subject TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE code (
    id TEXT PRIMARY KEY REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL, folded TEXT NOT NULL, parent TEXT, colour TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE coding (
    id TEXT PRIMARY KEY REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED,
    target_kind TEXT NOT NULL, target TEXT NOT NULL, code TEXT NOT NULL,
    range_start INTEGER NOT NULL, range_end INTEGER NOT NULL, quote TEXT NOT NULL, coder TEXT NOT NULL,
    version TEXT NOT NULL, weight INTEGER, review INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX coding_target ON coding (target, range_start);
CREATE INDEX coding_code ON coding (code);
CREATE TABLE coding_settled (
    coding TEXT NOT NULL, settled TEXT NOT NULL, PRIMARY KEY (coding, settled)
) WITHOUT ROWID;

CREATE TABLE memo (
    id TEXT PRIMARY KEY REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED, title TEXT NOT NULL, body TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE memo_about (
    memo TEXT NOT NULL, place INTEGER NOT NULL, kind TEXT NOT NULL, about TEXT NOT NULL, PRIMARY KEY (memo, place)
) WITHOUT ROWID;
CREATE INDEX memo_about_about ON memo_about (about);
CREATE TABLE memo_settled (memo TEXT NOT NULL, settled TEXT NOT NULL, PRIMARY KEY (memo, settled)) WITHOUT ROWID;
"""


_EXCHANGE = """
ALTER TABLE item ADD COLUMN conflicting INTEGER NOT NULL DEFAULT 0;
CREATE INDEX item_conflicting ON item (id) WHERE conflicting = 1;
ALTER TABLE absent ADD COLUMN item TEXT NOT NULL DEFAULT '';
ALTER TABLE absent ADD COLUMN parents TEXT NOT NULL DEFAULT '[]';

CREATE TABLE superseded (id TEXT PRIMARY KEY, item TEXT NOT NULL, fields TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE exchange (
    number INTEGER PRIMARY KEY,
    direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
    way TEXT NOT NULL CHECK (way IN ('file', 'folder')),
    clock TEXT NOT NULL, author TEXT NOT NULL, file TEXT NOT NULL, report TEXT NOT NULL,
    change INTEGER REFERENCES change (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX exchange_change ON exchange (change);
CREATE TABLE turned (
    change INTEGER NOT NULL, item TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL, PRIMARY KEY (change, item)
) WITHOUT ROWID;
CREATE TABLE stand_in (revision TEXT PRIMARY KEY, original TEXT NOT NULL, exchange INTEGER NOT NULL) WITHOUT ROWID;
"""

_LENSES = """
ALTER TABLE entry ADD COLUMN act TEXT NOT NULL DEFAULT '';
ALTER TABLE entry ADD COLUMN recurs TEXT NOT NULL DEFAULT '';

CREATE TABLE question (
    id TEXT PRIMARY KEY REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED,
    text TEXT NOT NULL, folded TEXT NOT NULL, asker TEXT, whom TEXT, entry TEXT,
    asked TEXT NOT NULL, starts TEXT NOT NULL, ends TEXT NOT NULL, answered TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE dismissal (
    id TEXT PRIMARY KEY REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED,
    series TEXT NOT NULL, starts TEXT NOT NULL, ends TEXT NOT NULL, note TEXT NOT NULL
) WITHOUT ROWID;
"""


def _statements(script: str) -> list[str]:
    return [statement for statement in script.split(";") if statement.strip()]


def _migrations() -> "Migrations":
    from sqlite_utils import Migrations

    terrain = Migrations("terrain")

    @terrain(name="0001 journal, entries, people, links, metrics")
    def first(db: "SqliteUtils") -> None:
        for statement in _statements(_JOURNAL) + _statements(_TOPICS) + _statements(_METRICS):
            db.conn.execute(statement)
        db.conn.execute("PRAGMA user_version = 1")

    @terrain(name="0002 documents, codes, codings, memos, attributes")
    def second(db: "SqliteUtils") -> None:
        for statement in _statements(_INTERVIEWS):
            db.conn.execute(statement)
        db.conn.execute("PRAGMA user_version = 2")

    @terrain(name="0003 exchanges, conflicts")
    def third(db: "SqliteUtils") -> None:
        for statement in _statements(_EXCHANGE):
            db.conn.execute(statement)
        db.conn.execute("PRAGMA user_version = 3")

    @terrain(name="0004 questions, dismissals, what was done and what comes again")
    def fourth(db: "SqliteUtils") -> None:
        for statement in _statements(_LENSES):
            db.conn.execute(statement)
        db.conn.execute("PRAGMA user_version = 4")

    return terrain


@cache
def definitions(version: int = VERSION) -> Mapping[str, str]:
    """How each table and index of a format is defined, by its name."""
    from sqlite_utils import Database as SqliteUtils

    fresh = SqliteUtils(memory=True, execute_plugins=False)
    try:
        migrations = _migrations()
        following = [migration.name for migration in migrations.pending(fresh)][version:]
        migrations.apply(fresh, stop_before=following[:1] or None)
        rows = fresh.conn.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE '_sqlite%'"
        )
        return MappingProxyType(dict(rows.fetchall()))
    finally:
        fresh.close()


def version_of(database: Database) -> int:
    (version,) = database.one("PRAGMA user_version")
    return int(version)


def migrate(database: Database, before: Callable[[Path], object] | None = None) -> None:
    """Bring a notebook to :data:`VERSION`, each step in a transaction of its own; ``before`` is called with its path.

    Raises :class:`NewerNotebook` for a format this Terrain does not know. sqlite-utils is only loaded when there is
    something to do, because it takes longer to import than the window takes to open.
    """
    found = version_of(database)
    if found > VERSION:
        raise NewerNotebook(path=database.path, found=found, known=VERSION)
    if found == VERSION:
        return
    from sqlite_utils import Database as SqliteUtils

    if before is not None:
        before(database.path)
    _migrations().apply(SqliteUtils(database.connection, execute_plugins=False))
