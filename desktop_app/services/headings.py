"""What things are called where memos and links name them."""

from collections.abc import Callable, Mapping
from typing import Any

from desktop_app.model.coding import PATH_SEPARATOR
from desktop_app.model.errors import NotFound
from desktop_app.services.context import Context

WORDS = 60
"""Characters of a quote that name its coding."""


class Headings:
    """Names of things by kind and id, those in the trash too; each is read once, so make one for each list."""

    def __init__(self, context: Context) -> None:
        self._file = context.file
        self._known: dict[str, str] = {}
        self._told: Mapping[str, Callable[[str], str]] = {
            "entry": lambda item: self._file.entries.get(item).heading,
            "code": self._path,
            "coding": self._coding,
            "question": lambda item: str(self._fields("question", item)["text"]),
            "series": self._series,
            "dismissal": lambda item: self.of("series", self._fields("dismissal", item)["series"]),
        }

    def of(self, kind: str, item: str) -> str:
        """The name, or an empty text for what is not in this notebook."""
        if item not in self._known:
            try:
                self._known[item] = self._told.get(kind, self._named)(item)
            except NotFound:
                # The thing did not come along with an exchanged notebook.
                self._known[item] = ""
        return self._known[item]

    def _named(self, item: str) -> str:
        fields = self._file.journal.fields(item)
        named = fields.get("name") or fields.get("title") or fields.get("text")
        return str(named or first_words(fields.get("body", "")))

    def _series(self, item: str) -> str:
        found = self._file.metrics.series([item])
        return found[0].label if found else ""

    def _path(self, item: str) -> str:
        names: list[str] = []
        above: str | None = item
        passed: set[str] = set()
        while above and above not in passed:
            passed.add(above)
            try:
                fields = self._fields("code", above)
            except NotFound:
                break
            names.insert(0, fields["name"])
            above = fields["parent"]
        if not names:
            raise NotFound(what="code", name=item)
        return PATH_SEPARATOR.join(names)

    def _fields(self, kind: str, item: str) -> Mapping[str, Any]:
        """Raises :class:`NotFound` for what is of another kind than an exchanged notebook says, too."""
        return self._file.journal.fields(self._file.journal.resolve(kind, item))

    def _coding(self, item: str) -> str:
        fields = self._fields("coding", item)
        words = fields["quote"] or (fields["review"] or {}).get("quote", "")
        return f"{self.of('code', fields['code'])}: “{first_words(words)}”"


def first_words(text: str, limit: int = WORDS) -> str:
    """A text on one line, cut between words with ``…`` where it is longer than ``limit`` characters."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:–—-") + "…"
