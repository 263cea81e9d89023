"""What Preferences shows of the open notebook, read in one go on the read lane; and its words."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.config.settings import LANGUAGES
from desktop_app.model.changes import Change
from desktop_app.model.numbers import plain
from desktop_app.model.time import describe
from desktop_app.model.vocabulary import Vocabulary
from desktop_app.ui.i18n import tr

if TYPE_CHECKING:
    from desktop_app.services.maintenance import BackupInfo
    from desktop_app.services.notebooks import Notebook


@dataclass(frozen=True, slots=True)
class NotebookFacts:
    """``folder`` is where backups lie, whether it is there yet or not."""

    path: Path
    title: str
    language: str
    perspectives: Vocabulary
    scales: Vocabulary
    backups: "tuple[BackupInfo, ...]"
    folder: Path


def read_facts(notebook: "Notebook") -> NotebookFacts:
    from desktop_app.services.maintenance import backup_folder

    return NotebookFacts(
        path=notebook.path,
        title=notebook.title,
        language=notebook.language,
        perspectives=notebook.vocabulary.perspectives(),
        scales=notebook.vocabulary.scales(),
        backups=tuple(notebook.maintenance.backups()),
        folder=backup_folder(notebook.path),
    )


@dataclass(frozen=True, slots=True)
class LogPage:
    """The newest changes of ``person`` (empty: of everybody); ``people`` are all who can be asked for, and ``more``
    says whether there are older changes."""

    person: str
    people: tuple[str, ...]
    changes: tuple[Change, ...]
    more: bool


def read_log(notebook: "Notebook", person: str, count: int) -> LogPage:
    found = notebook.history.log(count + 1, author=person)
    return LogPage(person, tuple(notebook.history.authors()), tuple(found[:count]), len(found) > count)


def language_name(language: str) -> str:
    return tr(dict(LANGUAGES).get(language, language))


def backup_when(info: "BackupInfo") -> str:
    """``22 November 2026, 14:05``."""
    return describe(info.at.isoformat(timespec="minutes"))


def size_in_words(count: int) -> str:
    """Bytes as people say them."""
    for limit, unit in ((1_000_000_000, "GB"), (1_000_000, "MB"), (1000, "kB")):
        if count >= limit:
            return f"{plain(count / limit, 1)} {unit}"
    return tr("{count} bytes", count=count)
