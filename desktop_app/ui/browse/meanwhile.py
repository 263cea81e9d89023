"""An entry that others changed while it is being edited here: both changes are put together, or the person is asked.

A form holds what its fields were when editing began. What only the others changed is taken; what both changed is merged
as a notebook is, and where that contradicts itself nothing is saved before the person has read the others' value.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from desktop_app.model.changes import Changes
from desktop_app.model.entries import Entry
from desktop_app.model.errors import KnownError
from desktop_app.ui.browse.drafting import SETS, changes_between, draft_of
from desktop_app.ui.browse.fields import FIELDS, values_of
from desktop_app.ui.browse.reads import Choices, read_choices, surface
from desktop_app.ui.i18n import tr

if TYPE_CHECKING:
    from desktop_app.services.notebooks import Notebook

BEFORE = "before"
"""Among the kept values of a form: what those fields were when editing began."""
MOST_TOLD = 300
"""Characters of the others' value that are told."""


class ChangedMeanwhile(KnownError):
    """Several people gave one field different values. ``now``: what the entry's fields are meanwhile."""

    template = (
        "{who} changed the {fields} too while you were writing: {theirs} Nothing is saved yet. Take what you need of "
        "it into yours; then save, and the other version stays in the history."
    )

    @property
    def now(self) -> dict[str, Any]:
        found = self.parts["now"]
        return found if isinstance(found, dict) else {}


def save_edit(notebook: "Notebook", entry_id: str, values: Mapping[str, Any]) -> Changes[str]:
    """Saves the changed ``values`` of a form (with :data:`BEFORE`) on top of what the entry is now, and forgets the
    draft. Raises :class:`ChangedMeanwhile`."""
    from json import dumps, loads

    entry = notebook.entries.get(entry_id)
    now = loads(dumps(values_of(entry, read_choices(notebook))))
    before = {**now, **values.get(BEFORE, {})}
    together, contradicting = {}, []
    for name, mine in values.items():
        if name != BEFORE:
            together[name], contradicts = _together(name, before[name], mine, now[name])
            contradicting += [name] if contradicts else []
    if contradicting:
        theirs = " ".join(_told(name, before[name], now[name]) for name in contradicting)
        who = last_author(notebook, entry_id)
        raise ChangedMeanwhile(who=who, fields=field_names(contradicting), theirs=theirs, now=now)
    return notebook.entries.edit(entry_id, draft_of(together), draft_of=surface(entry_id))


def _together(name: str, before: Any, mine: Any, theirs: Any) -> tuple[Any, bool]:
    """What becomes of one field, and whether both contradict each other in it."""
    if not changes_between({name: before}, {name: theirs}) or not changes_between({name: theirs}, {name: mine}):
        return mine, False
    if name in SETS:
        kept = [one for one in theirs if one in mine or one not in before]
        return [*kept, *(one for one in mine if one not in before and one not in kept)], False
    if name == "body":
        from desktop_app.text.merging import merge_lines

        merged = merge_lines(before, mine, theirs)
        return (mine, True) if merged.conflicts else (merged.text, False)
    return mine, True


def changed_since(before: Mapping[str, Any], entry: Entry, choices: Choices) -> dict[str, Any]:
    """The fields that are other than the form has them from the beginning, with what they are now."""
    now = values_of(entry, choices)
    return changes_between(before, {name: now[name] for name in before if name in now})


def last_author(notebook: "Notebook", entry_id: str) -> str:
    """Whoever wrote the newest version; of a merge all whose words are in it."""
    newest = next(iter(notebook.history.of(entry_id)), None)
    names = (newest.authors or (newest.author,)) if newest is not None else ()
    others = [name for name in names if name and name != notebook.author]
    return ", ".join(others) or tr("Somebody")


def field_names(names: list[str]) -> str:
    """``text, tags`` as the form calls them."""
    labels = {"title": tr("Title"), "body": tr("Text"), **{field.name: tr(field.label) for field in FIELDS}}
    return ", ".join(labels[name].lower() for name in names)


def _told(name: str, before: Any, value: Any) -> str:
    """The others' value in quotation marks, of a text only the lines that are new in it; cut where it is long."""
    parts = value if isinstance(value, list) else [value]
    if name == "body":
        known = set(str(before or "").split("\n"))
        parts = [line for line in str(value).split("\n") if line not in known]
    words = ", ".join(str(part) for part in parts if part not in (None, ""))
    return f"“{words}”" if len(words) <= MOST_TOLD else f"“{words[: MOST_TOLD - 1]}…”"
