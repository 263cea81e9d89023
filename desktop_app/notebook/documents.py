"""Documents as they stand, and the texts and turns behind them.

A text is a blob, so that a correction keeps what stood there before, and so that it can be told from its SHA-256 which
version of it a coding was placed on. Turns are a second blob: rows of ``[start, end, speaker, begins, ends]``.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from desktop_app.model.documents import Content, Document, DocumentFields, Turn
from desktop_app.model.errors import NotFound
from desktop_app.notebook.blobs import Blobs
from desktop_app.notebook.database import Database
from desktop_app.notebook.entries import batches, holders
from desktop_app.notebook.journal import Journal, moment
from desktop_app.notebook.projections import Fields, Projection, Rows, bounds, folded, values

_DOCUMENT = """
SELECT item.id, revision.fields, item.created, item.edited, item.author, item.head, item.trashed
FROM item JOIN revision ON revision.id = item.head
"""


def _rows(item: str, fields: Fields) -> Rows:
    content = fields["content"]
    starts, ends = bounds(fields["occurred"])
    return {
        "document": [
            (
                item,
                fields["title"],
                folded(fields["title"]),
                content["blob"],
                content["turns"],
                content["characters"],
                fields["occurred"],
                starts,
                ends,
            )
        ],
        "document_person": [(item, speaker, person) for speaker, person in sorted(fields["people"].items())],
        "document_value": values(item, fields),
    }


def _codings(database: Database, item: str, fields: Fields) -> list[tuple[str, str]]:
    return database.rows("SELECT id, 'coding' FROM coding WHERE target = ?", (item,))


DOCUMENT_PROJECTION = Projection(
    {"document": "id", "document_person": "document", "document_value": "document"},
    _rows,
    indexed=True,
    dependants=_codings,
)


def content_of(text: str, turns: Sequence[Turn], put: Callable[[bytes], str]) -> Content:
    """What a document says of a text with these turns; ``put`` keeps bytes and returns their SHA-256."""
    times = [time for turn in turns for time in (turn.begins, turn.ends) if time is not None]
    return Content(
        blob=put(text.encode("utf-8", "surrogatepass")),
        turns=put(pack_turns(turns)) if turns else "",
        characters=len(text),
        speakers=tuple(dict.fromkeys(turn.speaker for turn in turns if turn.speaker)),
        count=len(turns),
        milliseconds=max(times, default=None),
    )


def pack_turns(turns: Sequence[Turn]) -> bytes:
    rows = [[turn.start, turn.end, turn.speaker, turn.begins, turn.ends] for turn in turns]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def unpack_turns(data: bytes) -> tuple[Turn, ...]:
    return tuple(Turn(*row) for row in json.loads(data.decode("utf-8", "surrogatepass")))


class Documents:
    """Reads documents; writing them is :meth:`Journal.change` with kind ``document`` after :meth:`keep`."""

    def __init__(self, database: Database, journal: Journal) -> None:
        self._database = database
        self._journal = journal
        self._blobs = Blobs(database)
        # A text is asked for again at every coding; what lies under a SHA-256 never changes.
        self._text = lru_cache(maxsize=4)(self._read_text)
        self._turns = lru_cache(maxsize=4)(self._read_turns)

    def keep(self, text: str, turns: Sequence[Turn]) -> Content:
        """Keep a text and its turns as blobs, within the caller's transaction."""
        return content_of(text, turns, lambda data: self._blobs.put(data, compress=True))

    def text(self, content: Content) -> str:
        """The text; raises :class:`NotFound` or :class:`NotebookDamaged`."""
        return self._text(content.blob)

    def _read_text(self, blob: str) -> str:
        return self._blobs.get(blob).decode("utf-8", "surrogatepass")

    def turns(self, content: Content) -> tuple[Turn, ...]:
        """The turns; raises like :meth:`text`."""
        return self._turns(content.turns) if content.turns else ()

    def _read_turns(self, blob: str) -> tuple[Turn, ...]:
        return unpack_turns(self._blobs.get(blob))

    def get(self, item: str) -> Document:
        """One document, in the trash or not; raises :class:`NotFound`."""
        found = self.many([item])
        if not found:
            raise NotFound(what="document", name=item)
        return found[0]

    def many(self, ids: Iterable[str]) -> list[Document]:
        """Documents in the order asked for, in the trash or not; what is not there is left out."""
        wanted = list(ids)
        found: dict[str, Document] = {}
        for batch in batches(wanted):
            where = f" WHERE item.kind = 'document' AND item.id IN ({holders(batch)})"
            codings = self._codings(f" WHERE target IN ({holders(batch)})", batch)
            found.update((row[0], _document(row, codings)) for row in self._database.rows(_DOCUMENT + where, batch))
        return [found[item] for item in wanted if item in found]

    def all(self) -> list[Document]:
        """Every document that is not in the trash, by title."""
        codings = self._codings("", ())
        rows = self._database.rows(
            f"{_DOCUMENT} JOIN document ON document.id = item.id ORDER BY document.folded, document.id"
        )
        return [_document(row, codings) for row in rows]

    def _codings(self, where: str, parameters: Sequence[str]) -> dict[str, tuple[dict[str, int], int]]:
        """By target: codings by coder, and how many wait for a person."""
        found: dict[str, tuple[dict[str, int], int]] = {}
        for target, coder, count, review in self._database.rows(
            f"SELECT target, coder, count(*), sum(review) FROM coding{where}"
            " GROUP BY target, coder ORDER BY target, 3 DESC, coder",
            parameters,
        ):
            by_coder, waiting = found.get(target, ({}, 0))
            by_coder[coder] = count
            found[target] = (by_coder, waiting + review)
        return found

    def named(self, title: str) -> list[str]:
        """Ids of documents called so; case does not matter."""
        rows = self._database.rows("SELECT id FROM document WHERE folded = ? ORDER BY id", (folded(title),))
        return [item for (item,) in rows]

    def same_text(self, blob: str) -> list[str]:
        """Titles of documents that have the same text already."""
        rows = self._database.rows("SELECT title FROM document WHERE blob = ? ORDER BY folded", (blob,))
        return [title for (title,) in rows]

    def titles(self) -> dict[str, str]:
        """Titles by id, in the order of the titles."""
        return dict(self._database.rows("SELECT id, title FROM document ORDER BY folded, id"))


def _document(row: Sequence[Any], codings: Mapping[str, tuple[dict[str, int], int]]) -> Document:
    item, text, created, edited, author, head, trashed = row
    fields = DocumentFields.from_json(json.loads(text))
    starts, ends = bounds(fields.occurred)
    by_coder, review = codings.get(item, ({}, 0))
    return Document(
        item, fields, starts, ends, moment(created), moment(edited), author, head, by_coder, review, bool(trashed)
    )
