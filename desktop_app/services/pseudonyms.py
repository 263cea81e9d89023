"""Who is called what in a redacted copy: the same pseudonym in every copy, and one that nothing else here is called."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from desktop_app.model.changes import Revision
from desktop_app.notebook.file import NotebookFile
from desktop_app.notebook.stand_ins import StandIns
from desktop_app.text.names import name_words
from desktop_app.text.redaction import Redactor
from desktop_app.text.tokens import fold

WORD = "Person"
"""What people without a pseudonym of their own are called, with a number."""


@dataclass(frozen=True, slots=True)
class Known:
    """A person with every name that they have had here, and what a transcript calls them; the present name first."""

    item: str
    pseudonym: str
    forms: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.forms[0]


class Pseudonyms:
    """Worked out once, for everybody of a notebook, in the trash or not; :meth:`keep` makes them last."""

    def __init__(self, file: NotebookFile) -> None:
        self._file = file
        self._kept = StandIns(file.database).pseudonyms()
        lineage = file.lineage
        heads = lineage.heads(lineage.of_kinds(["person"]))
        histories = lineage.before(heads.values())[0]
        self.speakers = self._speakers()
        forms = {item: self._forms(item, head, histories[item]) for item, head in heads.items()}
        firsts = {item: min(one.clock for one in histories[item]) for item in heads}
        own = self._own({item: json.loads(head.fields) for item, head in heads.items()}, forms)
        ordered = sorted(heads, key=lambda item: (firsts[item], item))
        self._numbers = self._numbered([item for item in ordered if item not in own])
        self.people = {
            item: Known(item, own.get(item) or f"{WORD} {self._numbers[item]}", forms[item]) for item in ordered
        }

    def _speakers(self) -> dict[str, dict[str, str]]:
        """By document the ids of those who speak, by what the text calls them; of every version of it."""
        lineage = self._file.lineage
        histories = lineage.before(lineage.heads(lineage.of_kinds(["document"])).values())[0]
        found: dict[str, dict[str, str]] = {}
        for item, revisions in histories.items():
            found[item] = {}
            for one in sorted(revisions, key=lambda it: it.clock):
                found[item].update(json.loads(one.fields).get("people", {}))
        return found

    def _forms(self, item: str, head: Revision, history: Iterable[Revision]) -> tuple[str, ...]:
        earlier = [json.loads(one.fields)["name"] for one in sorted(history, key=lambda it: it.clock)]
        called = [
            speaker
            for speakers in self.speakers.values()
            for speaker, person in speakers.items()
            if person == item and any(len(word) > 2 for word in name_words(speaker).alone)
        ]
        return tuple(dict.fromkeys((json.loads(head.fields)["name"], *earlier[::-1], *sorted(called))))

    def _own(self, fields: Mapping[str, Mapping[str, Any]], forms: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
        """Pseudonyms that a person has chosen, where they are one person's and nobody's name."""
        given = {item: str(one.get("pseudonym", "")).strip() for item, one in fields.items()}
        names = Redactor({f"\0{item}": found for item, found in forms.items()})
        times: dict[str, int] = {}
        for pseudonym in given.values():
            times[fold(pseudonym)] = times.get(fold(pseudonym), 0) + 1
        numbered = re.compile(rf"{WORD} [0-9]+", re.IGNORECASE)
        return {
            item: pseudonym
            for item, pseudonym in given.items()
            if pseudonym
            and times[fold(pseudonym)] == 1
            and not numbered.fullmatch(pseudonym)
            and not names.text(pseudonym).spans
        }

    def _numbered(self, people: Iterable[str]) -> dict[str, int]:
        """The number that each has had before, else the next that nothing here is called by."""
        numbers = {item: number for item, (number, _) in self._kept.items() if number}
        taken = set(numbers.values())
        waiting = [item for item in people if item not in numbers]
        if waiting:
            taken |= StandIns(self._file.database).numbers_written(WORD) | self._numbers_in_texts()
        at = 0
        for item in waiting:
            at = next(number for number in range(at + 1, at + len(taken) + 2) if number not in taken)
            numbers[item] = at
        return numbers

    def _numbers_in_texts(self) -> set[int]:
        pattern = re.compile(rf"\b{WORD} ([1-9][0-9]{{0,8}})\b")
        found: set[int] = set()
        for document in self._file.documents.all():
            found.update(map(int, pattern.findall(self._file.documents.text(document.fields.content))))
        return found

    # --- what follows -----------------------------------------------------------------------------------------------

    def names(self, without: Iterable[str] = ()) -> dict[str, tuple[str, ...]]:
        """Every way to call somebody, by pseudonym."""
        left = set(without)
        return {one.pseudonym: one.forms for item, one in self.people.items() if item not in left}

    def former(self) -> dict[str, str]:
        """Names by the pseudonyms that earlier copies have, and later ones do not."""
        now = {one.pseudonym for one in self.people.values()}
        return {
            pseudonym: self.people[item].name
            for item, (_, used) in self._kept.items()
            if item in self.people
            for pseudonym in used
            if pseudonym not in now
        }

    def key(self) -> dict[str, tuple[str, str]]:
        """Name and id by pseudonym."""
        return {one.pseudonym: (one.name, one.item) for one in self.people.values()}

    def keep(self) -> None:
        """What has been given stays given, whoever comes or goes."""
        given = dict(self._kept)
        for item, one in self.people.items():
            used = given.get(item, (0, []))[1]
            number = self._numbers.get(item, 0)
            given[item] = number, list(dict.fromkeys((*used, one.pseudonym)))
        if given != self._kept:
            with self._file.database.transaction():
                StandIns(self._file.database).keep_pseudonyms(given)
