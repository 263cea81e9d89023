"""Questions as they stand, with the evidence that links to them counted."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from desktop_app.model.errors import NotFound
from desktop_app.model.questions import Question, QuestionFields
from desktop_app.notebook.database import Database
from desktop_app.notebook.entries import batches, holders
from desktop_app.notebook.journal import moment
from desktop_app.notebook.projections import Fields, Projection, Rows, bounds, folded

_QUESTION = """
SELECT item.id, revision.fields, item.created, item.edited, item.author, item.trashed,
    coalesce(question.starts, ''), coalesce(question.ends, ''), asker.name, whom.name
FROM item JOIN revision ON revision.id = item.head
LEFT JOIN question ON question.id = item.id
LEFT JOIN person AS asker ON asker.id = question.asker
LEFT JOIN person AS whom ON whom.id = question.whom
"""


def _rows(item: str, fields: Fields) -> Rows:
    starts, ends = bounds(fields["asked"])
    return {
        "question": [
            (
                item,
                fields["text"],
                folded(fields["text"]),
                fields["asker"],
                fields["whom"],
                fields["entry"],
                fields["asked"],
                starts,
                ends,
                fields["answered"],
            )
        ]
    }


QUESTION_PROJECTION = Projection({"question": "id"}, _rows, indexed=True)


class Questions:
    """Reads questions; writing them is :meth:`Journal.change` with kind ``question``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Question]:
        """Every question that is not in the trash, open ones first, then the newest first."""
        rows = self._database.rows(
            f"{_QUESTION} WHERE question.id IS NOT NULL ORDER BY question.answered <> '', item.created DESC, item.id"
        )
        return self._questions(rows)

    def asked_by(self, person: str) -> list[Question]:
        """What somebody asked, oldest first."""
        rows = self._database.rows(f"{_QUESTION} WHERE question.asker = ? ORDER BY question.starts, item.id", (person,))
        return self._questions(rows)

    def many(self, ids: Iterable[str]) -> list[Question]:
        """Questions in the order asked for, in the trash or not; what is not there is left out."""
        wanted = list(ids)
        found: dict[str, Question] = {}
        for batch in batches(wanted):
            sql = f"{_QUESTION} WHERE item.kind = 'question' AND item.id IN ({holders(batch)})"
            found.update((question.id, question) for question in self._questions(self._database.rows(sql, batch)))
        return [found[item] for item in wanted if item in found]

    def get(self, item: str) -> Question:
        """One question, in the trash or not; raises :class:`NotFound`."""
        found = self.many([item])
        if not found:
            raise NotFound(what="question", name=item)
        return found[0]

    def _questions(self, rows: Sequence[Sequence[Any]]) -> list[Question]:
        counted = self._evidence([row[0] for row in rows])
        return [_question(row, counted[row[0]]) for row in rows]

    def _evidence(self, ids: Sequence[str]) -> dict[str, Counter[str]]:
        counted: dict[str, Counter[str]] = defaultdict(Counter)
        for batch in batches(ids):
            rows = self._database.rows(
                f"SELECT target, relation, count(*) FROM link WHERE target IN ({holders(batch)})"
                " GROUP BY target, relation",
                batch,
            )
            for question, relation, count in rows:
                counted[question][relation] = count
        return counted


def _question(row: Sequence[Any], counted: Counter[str]) -> Question:
    item, text, created, edited, author, trashed, starts, ends, asker, whom = row
    return Question(
        item,
        QuestionFields.from_json(json.loads(text)),
        moment(created),
        moment(edited),
        author,
        starts,
        ends,
        asker or "",
        whom or "",
        supporting=counted["supports"],
        contradicting=counted["contradicts"],
        undecided=counted["mentions"],
        trashed=bool(trashed),
    )
