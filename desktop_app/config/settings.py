"""The one table of settings: it makes the file, the preferences page and the manual.

The file is ``settings.toml`` in the config folder, written aside and then moved into place. A file that cannot be read
is told about, kept beside as ``settings.broken.toml``, and the defaults are used. Refuses anything about one notebook
(its title, its language, its saved searches): that lives in the notebook.
"""

import getpass
import json
import os
import secrets
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop_app.config.paths import config_dir

Value = str | bool | int

FILE = "settings.toml"
BROKEN = "settings.broken.toml"
DEVICE = "device"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. ``choices`` are ``(value, label)`` pairs, empty where any value of the type will do.

    ``kind`` is ``choice``, ``flag``, ``text`` or ``folder`` and decides how the preferences page shows it.
    """

    key: str
    kind: str
    default: Value
    title: str
    description: str
    section: str
    choices: tuple[tuple[Value, str], ...] = ()

    def accepts(self, value: object) -> bool:
        """Whether ``value`` has the setting's type and, where there are choices, is one of them."""
        if type(value) is not type(self.default):
            return False
        return not self.choices or value in [choice for choice, _ in self.choices]


LANGUAGES = (
    ("en", "English"),
    ("da", "Danish"),
    ("de", "German"),
    ("es", "Spanish"),
    ("fi", "Finnish"),
    ("fr", "French"),
    ("it", "Italian"),
    ("nl", "Dutch"),
    ("no", "Norwegian"),
    ("pt", "Portuguese"),
    ("sv", "Swedish"),
)

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "theme",
        "choice",
        "system",
        "Theme",
        "Light, dark, or as the desktop is set.",
        "Look",
        (("system", "As the desktop"), ("light", "Light"), ("dark", "Dark")),
    ),
    Setting(
        "text_size",
        "choice",
        100,
        "Text size",
        "Of all that is written in the window.",
        "Look",
        ((90, "Small"), (100, "Normal"), (115, "Large"), (130, "Larger"), (150, "Largest")),
    ),
    Setting(
        "start_screen",
        "choice",
        "today",
        "Start with",
        "The screen that Terrain opens on.",
        "Start",
        (
            ("today", "Today"),
            ("browse", "Browse"),
            ("interviews", "Interviews"),
            ("metrics", "Metrics"),
            ("lenses", "Lenses"),
            ("people", "People"),
        ),
    ),
    Setting(
        "prompt",
        "flag",
        True,
        "One question a day",
        "Today asks about one thing that has not been looked at, or that somebody waits for. It learns nothing.",
        "Start",
    ),
    Setting(
        "author",
        "text",
        "",
        "Your name",
        "Written into every revision you make. Left empty, it is your login name. Another name counts from then on; "
        "what you have written before keeps the one it has.",
        "Writing",
    ),
    Setting(
        "device_name",
        "text",
        "",
        "Name of this device",
        "Goes with the notebooks that you hand out, so that others know on which device you wrote something. "
        "Left empty, they see the beginning of a number: your computer’s own name is told to nobody.",
        "Writing",
    ),
    Setting(
        "language",
        "choice",
        "en",
        "Language of new notebooks",
        "The language you write in; search finds other forms of a word in it.",
        "Writing",
        LANGUAGES,
    ),
    Setting(
        "blind",
        "flag",
        False,
        "Code blind",
        "Interviews show nothing of other coders while you code: no stripes, no counts, no hints.",
        "Writing",
    ),
    Setting(
        "day_first",
        "flag",
        True,
        "Day before month",
        "3/4/2026 is the third of April; switched off, it is the fourth of March.",
        "Dates",
    ),
    Setting(
        "backup_folder",
        "folder",
        "",
        "Backup folder",
        "Where backups are kept. Left empty, it is a folder among Terrain’s own data.",
        "Safety",
    ),
    Setting(
        "confirm_links",
        "flag",
        True,
        "Ask before opening a link",
        "Shows the whole address in place before the browser opens.",
        "Safety",
    ),
)

BY_KEY: Mapping[str, Setting] = {setting.key: setting for setting in SETTINGS}


class Settings:
    """The values of all settings. ``problems`` says in sentences what was wrong with the file that was loaded."""

    def __init__(self, values: Mapping[str, Value] | None = None, folder: Path | None = None) -> None:
        self._values: dict[str, Value] = {}
        self._kept: dict[str, object] = {}
        self._folder = folder
        self.problems: tuple[str, ...] = ()
        for key, value in (values or {}).items():
            self.set(key, value)

    @classmethod
    def load(cls, folder: Path | None = None) -> "Settings":
        """Reads the file in ``folder`` (the config folder by default); never raises for what the file holds."""
        settings = cls(folder=folder)
        path = settings.path
        try:
            document = tomllib.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return settings
        except OSError as error:
            settings.problems = (f"The settings file {path} could not be read ({error.strerror}); defaults are used.",)
            return settings
        except (tomllib.TOMLDecodeError, UnicodeDecodeError):
            settings.problems = (settings._set_aside(),)
            return settings
        settings._take(document)
        return settings

    def _take(self, document: Mapping[str, object]) -> None:
        problems = []
        for key, value in document.items():
            setting = BY_KEY.get(key)
            if setting is None:
                # A later version wrote it: keep it, so that going back and forth between versions loses nothing.
                self._kept[key] = value
            elif isinstance(value, str | bool | int) and setting.accepts(value):
                self._values[key] = value
            else:
                problems.append(f"The setting “{key}” cannot be {value!r}; “{setting.default}” is used instead.")
        self.problems = tuple(problems)

    def _set_aside(self) -> str:
        aside = self.path.with_name(BROKEN)
        try:
            self.path.replace(aside)
        except OSError:
            return f"The settings file {self.path} is not valid TOML; defaults are used."
        return f"The settings file is not valid TOML; it was set aside as {aside} and defaults are used."

    @property
    def path(self) -> Path:
        return (self._folder or config_dir()) / FILE

    def get(self, key: str) -> Value:
        """The value, or the default; ``KeyError`` for a key that is not in the table."""
        return self._values.get(key, BY_KEY[key].default)

    def text(self, key: str) -> str:
        return str(self.get(key))

    def flag(self, key: str) -> bool:
        return bool(self.get(key))

    def number(self, key: str) -> int:
        return int(self.get(key))

    def set(self, key: str, value: Value) -> None:
        """Sets without saving; raises ``KeyError`` for an unknown key, ``ValueError`` for a value it does not take."""
        if not BY_KEY[key].accepts(value):
            raise ValueError(f"the setting {key} does not take {value!r}")
        self._values[key] = value

    def reset(self, key: str) -> None:
        """Back to the default, without saving; the file then follows the default of later versions too."""
        self._values.pop(BY_KEY[key].key, None)

    def author(self) -> str:
        """The name to sign revisions with: the setting, else the login name, else ``me``."""
        return self.text("author").strip() or login_name()

    def save(self) -> None:
        """Writes the file aside and moves it into place; raises ``OSError`` where the folder cannot be written."""
        write_aside(self.path, self._as_toml())

    def _as_toml(self) -> str:
        blocks = []
        for setting in SETTINGS:
            line = f"{setting.key} = {_toml(self.get(setting.key))}"
            if setting.key not in self._values:
                line = f"# {line}"
            blocks.append(f"# {setting.title}. {setting.description}\n{line}\n")
        kept = [f"{key} = {_toml(value)}\n" for key, value in self._kept.items() if isinstance(value, str | bool | int)]
        return "\n".join(blocks + kept)


def write_aside(path: Path, text: str) -> None:
    """Writes ``text`` to a temporary file beside ``path``, then moves it there, so that no half file is ever seen."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    aside = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def login_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        # No login database (a bare container, a frozen Windows service): any steady name will do.
        return "me"


def device_id(folder: Path | None = None) -> str:
    """The id of this installation: 16 hex digits, made once and kept in the config folder.

    Where the folder cannot be written the id holds for this process only.
    """
    path = (folder or config_dir()) / DEVICE
    for _ in range(2):
        try:
            found = path.read_text(encoding="ascii").strip()
        except (FileNotFoundError, UnicodeDecodeError):
            found = ""
        except OSError:
            break
        if len(found) == 16:
            return found
        try:
            write_aside(path, secrets.token_hex(8) + "\n")
        except OSError:
            break
    return _process_device


_process_device = secrets.token_hex(8)


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    # A JSON string is a TOML basic string, but for DEL, which TOML wants escaped.
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
