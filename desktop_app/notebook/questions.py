"""Questions as they stand, with the evidence that links to them counted."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from desktop_app.model.errors import NotFound
from desktop_app.model.links import End, Relation
from desktop_app.model.questions import EVIDENCE_KINDS, EVIDENCE_RELATIONS, Question, QuestionFields
from desktop_app.notebook.database import Database
from desktop_app.notebook.entries import batches, holders
from desktop_app.notebook.journal import moment
from desktop_app.notebook.links import StoredLink
from desktop_app.notebook.projections import Fields, Projection, Rows, bounds, folded

_QUESTION = """
SELECT item.id, revision.fields, item.created, item.edited, item.author, item.trashed,
    coalesce(question.starts, ''), coalesce(question.ends, '')
FROM item JOIN revision ON revision.id = item.head
LEFT JOIN question ON question.id = item.id
"""

# What lies in the trash speaks for nothing; an end of another kind than a link says came from other hands.
_STANDING = f"""
FROM link LEFT JOIN item AS thing ON thing.id = link.source
WHERE target_kind = 'question' AND target IN ({{}})
AND source_kind IN ({",".join(f"'{kind}'" for kind in EVIDENCE_KINDS)})
AND relation IN ({",".join(f"'{relation}'" for relation in EVIDENCE_RELATIONS)})
AND CASE source_kind
    WHEN 'series' THEN EXISTS (SELECT 1 FROM series JOIN point ON series = number WHERE series.id = link.source)
    ELSE thing.kind = source_kind AND thing.trashed = 0 END
"""

_EVIDENCE = f"""
SELECT link.id, source_end, relation, target_end {_STANDING}
ORDER BY (SELECT created FROM item WHERE item.id = link.id), link.id
"""

# As many as are listed: a stretch of a series is a thing of its own, and what says the same twice is there once.
_COUNTS = f"""
SELECT target, relation, count(*) FROM (
    SELECT DISTINCT target, relation, source, CASE source_kind WHEN 'series' THEN json_array(
        coalesce(json_extract(source_end, '$.start'), ''), coalesce(json_extract(source_end, '$.end'), '')
    ) END {_STANDING}
) GROUP BY target, relation
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

    def evidence(self, ids: Iterable[str]) -> dict[str, list[StoredLink]]:
        """The links from what stands for a question, against it, or undecided, in the order they were made, of those of
        these questions that have any.

        Two people may have gathered the same thing apart: what says the same twice is there once.
        """
        found: dict[str, dict[tuple[str, ...], StoredLink]] = defaultdict(dict)
        for batch in batches(ids):
            for link, source, relation, target in self._database.rows(_EVIDENCE.format(holders(batch)), batch):
                one = StoredLink(link, End(**json.loads(source)), relation, End(**json.loads(target)))
                key = (one.source.id, one.source.start, one.source.end, relation)
                found[one.target.id].setdefault(key, one)
        return {question: list(links.values()) for question, links in found.items()}

    def _questions(self, rows: Sequence[Sequence[Any]]) -> list[Question]:
        counted = self._counts([row[0] for row in rows])
        fields = [QuestionFields.from_json(json.loads(row[1])) for row in rows]
        names = self._names({one for question in fields for one in (question.asker, question.whom) if one})
        return [
            _question(row, one, names, counted.get(row[0], Counter())) for row, one in zip(rows, fields, strict=True)
        ]

    def _counts(self, ids: Sequence[str]) -> dict[str, Counter[str]]:
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for batch in batches(ids):
            for question, relation, count in self._database.rows(_COUNTS.format(holders(batch)), batch):
                found[question][relation] = count
        return found

    def _names(self, people: Iterable[str]) -> dict[str, str]:
        """Names of people, those in the trash too: what they asked is still theirs."""
        found: dict[str, str] = {}
        for batch in batches(people):
            found |= self._database.rows(
                "SELECT item.id, json_extract(fields, '$.name') FROM item JOIN revision ON revision.id = item.head"
                f" WHERE item.kind = 'person' AND item.id IN ({holders(batch)})",
                batch,
            )
        return found


def _question(row: Sequence[Any], fields: QuestionFields, names: Mapping[str, str], counted: Counter[str]) -> Question:
    item, _, created, edited, author, trashed, starts, ends = row
    return Question(
        item,
        fields,
        moment(created),
        moment(edited),
        author,
        starts,
        ends,
        names.get(fields.asker or "", ""),
        names.get(fields.whom or "", ""),
        supporting=counted[Relation.SUPPORTS],
        contradicting=counted[Relation.CONTRADICTS],
        undecided=counted[Relation.MENTIONS],
        trashed=bool(trashed),
    )
