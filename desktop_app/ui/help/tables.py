"""The tables of the manual that the program knows itself: keys, settings, search fields.

A page asks for one by a line ``<!-- table: NAME -->``; it is put there as Markdown.
"""

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from desktop_app.config.resources import resource_path
from desktop_app.config.settings import SETTINGS, Setting
from desktop_app.model.queries import DATE_FIELDS, FIELDS, HAS_VALUES, IS_VALUES
from desktop_app.ui.i18n import tr

PLACE = re.compile(r"^<!-- table: ([a-z-]+) -->$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One action for the page of keys: where it stands in the menu, its words, its keys as the platform writes them.

    ``place`` is the screen that the keys are bound to, or empty where they work everywhere.
    """

    section: str
    text: str
    keys: tuple[str, ...]
    place: str = ""


def with_tables(page: str, keys: Sequence[KeyRow]) -> str:
    """A page's Markdown with its tables in it; ``KeyError`` for a table that does not exist."""
    made: dict[str, Callable[[], str]] = {
        "keys": lambda: keys_table([row for row in keys if row.keys and not row.place]),
        "without-keys": lambda: keys_table([row for row in keys if not row.keys]),
        "keys-of-screens": lambda: keys_table([row for row in keys if row.keys and row.place]),
        "settings": settings_tables,
        "fields": lambda: _fields(FIELDS),
        "date-fields": lambda: _fields(DATE_FIELDS),
        "perspectives": lambda: _terms("perspectives"),
        "scales": lambda: _terms("scales"),
        "has-values": lambda: _values("has", HAS_VALUES),
        "is-values": lambda: _values("is", IS_VALUES),
    }
    return PLACE.sub(lambda found: made[found[1]](), page)


def keys_table(rows: Sequence[KeyRow]) -> str:
    """Actions with their keys and where they stand: the part of the menu, or the screen."""
    place = tr("Screen") if rows and rows[0].place else tr("Menu")
    lines = [f"| {_keys(row)} | {tr(row.text)} | {tr(row.place or row.section)} |" for row in rows]
    return f"| {tr('Keys')} | {tr('Action')} | {place} |\n|---|---|---|\n" + "\n".join(lines)


def _keys(row: KeyRow) -> str:
    return " ".join(f"`{key}`" for key in row.keys) or "–"


def settings_tables() -> str:
    """The table of settings, section by section."""
    blocks = []
    for heading, group in groupby(SETTINGS, key=lambda setting: setting.section):
        head = f"| {tr('Setting')} | {tr('What it does')} | {tr('Unless you change it')} |\n|---|---|---|\n"
        blocks.append(f"## {tr(heading)}\n\n{head}" + "\n".join(map(_setting_row, group)))
    return "\n\n".join(blocks)


def _setting_row(setting: Setting) -> str:
    words = tr(setting.description)
    if setting.choices and setting.kind == "choice":
        words += " " + tr("One of: {names}.", names=", ".join(tr(name) for _, name in setting.choices))
    return f"| {tr(setting.title)} | {words} | {default_in_words(setting)} |"


def default_in_words(setting: Setting) -> str:
    """The value that holds until a person changes it, as the form shows it."""
    if setting.kind == "flag":
        return tr("on") if setting.default else tr("off")
    for value, name in setting.choices:
        if value == setting.default:
            return tr(name)
    return str(setting.default) or tr("empty")


def _terms(vocabulary: str) -> str:
    """The built-in terms as headings, each with what it asks and when it is used."""
    text = resource_path("vocabulary", f"{vocabulary}.toml").read_text(encoding="utf-8")
    terms = tomllib.loads(text)["term"]
    return "\n\n".join(
        f"### {term['name']}\n\n`{term['id']}` · *{term['question']}*\n\n{term['description']}" for term in terms
    )


def _fields(fields: dict[str, str]) -> str:
    lines = [f"| [`{name}:`](search.md#{name}) | {tr(words)} |" for name, words in fields.items()]
    return f"| {tr('Field')} | {tr('Finds')} |\n|---|---|\n" + "\n".join(lines)


def _values(field: str, values: dict[str, str]) -> str:
    lines = [f"| `{field}:{value}` | {tr(words)} |" for value, words in values.items()]
    return f"| {tr('You type')} | {tr('Finds')} |\n|---|---|\n" + "\n".join(lines)
