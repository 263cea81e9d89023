"""The interviews of the sample notebook, from ``resources/sample/interviews``: each step as it would have been done.

Places in a text are declared by its words, which have to stand in it exactly once when the step is taken, so that no
source can drift from its text.
"""

import csv
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from desktop_app.model.attributes import VariableFields
from desktop_app.model.coding import PATH_SEPARATOR, CodeFields
from desktop_app.model.memos import About, MemoFields
from desktop_app.services.documents import Reading
from desktop_app.services.notebooks import Notebook

Step = tuple[datetime, str, Callable[[], object]]
"""When, by whom, and what."""


class SampleInterviews:
    """The steps in the order of their times; ``people`` are ids by key, complete when the first step is taken."""

    def __init__(self, notebook: Notebook, sources: Path, people: Mapping[str, str]) -> None:
        self._notebook = notebook
        self._sources = sources
        self._people = people
        self._documents: dict[str, str] = {}
        self._answered: dict[str, list[str]] = {}
        self._frame = tomllib.loads((sources / "interviews.toml").read_text(encoding="utf-8"))
        self._codings = self._rows("codings.csv")
        self._waiting = sorted(self._steps(), key=lambda step: step[0], reverse=True)

    def take(self, until: datetime | None = None) -> Iterator[Step]:
        """The steps that were due by then, or all that are left; whoever asks for them takes them."""
        return taken(self._waiting, until)

    def _rows(self, name: str) -> list[dict[str, str]]:
        with (self._sources / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def _steps(self) -> Iterator[Step]:
        frame = self._frame
        book = frame["codebook"]
        yield book["when"], book["author"], partial(self._codebook, book["file"])
        for document in frame["document"]:
            yield document["imported"], document["author"], partial(self._document, document)
            for coder, when in document["coded"].items():
                yield when, coder, partial(self._code, document["file"], coder)
        for answers in frame["answers"]:
            yield answers["imported"], answers["author"], partial(self._answers, answers)
            for coder, when in answers["coded"].items():
                yield when, coder, partial(self._code, answers["file"], coder)
        for name, do in (("correction", self._correct), ("consensus", self._agree), ("memo", self._remember)):
            for declared in frame[name]:
                yield declared["when"], declared["author"], partial(do, declared)

    # --- the steps --------------------------------------------------------------------------------------------------

    def _codebook(self, file: str) -> None:
        for row in self._rows(file):
            fields = CodeFields(
                name=PATH_SEPARATOR.join(filter(None, (row["parent"], row["code"]))),
                definition=row["definition"],
                include=row["when to use"],
                exclude=row["when not to use"],
                examples=(row["example"],),
                colour=row["colour"],
            )
            self._notebook.codes.add(fields)
        for variable in self._frame["variable"]:
            declared = {**variable, "choices": tuple(variable.get("choices", ()))}
            self._notebook.attributes.add(VariableFields(**declared))
        for case in self._frame["case"]:
            for name, value in case["values"].items():
                self._notebook.attributes.set("person", [self._people[case["person"]]], name, value)

    def _document(self, declared: Mapping[str, Any]) -> None:
        documents = self._notebook.documents
        done = documents.import_files([self._sources / declared["file"]], backup=False).result
        (taken,) = done.documents
        self._documents[declared["file"]] = taken.id
        documents.edit(taken.id, title=declared["title"], when=declared["occurred"], note=declared["note"])
        for name, value in declared["attributes"].items():
            self._notebook.attributes.set("document", [taken.id], name, value)

    def _answers(self, declared: Mapping[str, Any]) -> None:
        documents = self._notebook.documents
        reading = Reading(column=declared["column"], id_column=declared["id_column"])
        for taken in documents.import_files([self._sources / declared["file"]], reading, backup=False).result.documents:
            documents.edit(taken.id, when=declared["occurred"])
            self._documents[taken.parsed.title] = taken.id
            self._answered.setdefault(declared["file"], []).append(taken.parsed.title)

    def _code(self, file: str, coder: str) -> None:
        """What a coder applied to a document, or to all answers of a table."""
        names = self._answered.get(file, [file])
        for row in self._codings:
            if row["document"] in names and row["coder"] == coder:
                start, end = self._place(row["document"], row["words"])
                weight = int(row["weight"]) if row["weight"] else None
                item = self._documents[row["document"]]
                self._notebook.codings.add(item, start, end, row["code"], weight=weight)

    def _correct(self, declared: Mapping[str, Any]) -> None:
        file = declared["document"]
        start, end = self._place(file, declared["find"])
        text = self._notebook.documents.text(self._documents[file]).text
        self._notebook.documents.correct(self._documents[file], text[:start] + declared["replace"] + text[end:])

    def _agree(self, declared: Mapping[str, Any]) -> None:
        place = self._place(declared["document"], declared["words"])
        code = self._notebook.codes.resolve(declared["code"])
        differences = self._notebook.agreement.disagreements(document=self._documents[declared["document"]])
        difference = next(one for one in differences if (one.start, one.end) == place and one.code == code)
        self._notebook.agreement.settle(difference, code, memo=declared["memo"])

    def _remember(self, declared: Mapping[str, Any]) -> None:
        about = tuple(self._about(*reference.split(":", 1)) for reference in declared["about"])
        self._notebook.memos.add(MemoFields(body=declared["body"], title=declared["title"], about=about))

    # --- what is referred to ------------------------------------------------------------------------------------------

    def _about(self, kind: str, name: str = "") -> About:
        match kind:
            case "notebook":
                return About(kind, self._notebook.id)
            case "code":
                return About(kind, self._notebook.codes.resolve(name))
            case "document":
                return About(kind, self._documents[name])
            case "person":
                return About(kind, self._people[name])
        file, coder, words = name.split(":", 2)
        wanted = (*self._place(file, words), coder)
        codings = self._notebook.codings.of(self._documents[file])
        return About("coding", next(one.id for one in codings if (one.start, one.end, one.coder) == wanted))

    def _place(self, file: str, words: str) -> tuple[int, int]:
        """Where words stand in a document, as :func:`place_of` has it."""
        return place_of(words, self._notebook.documents.text(self._documents[file]).text, file)


def taken(waiting: list[Step], until: datetime | None) -> Iterator[Step]:
    """Takes from the end of a list of steps, the last first, those that were due by then, or all that are left."""
    while waiting and (until is None or waiting[-1][0] <= until):
        yield waiting.pop()


def place_of(words: str, text: str, name: str) -> tuple[int, int]:
    """Where words stand in the text of that name; raises :class:`ValueError` unless they stand there exactly once."""
    if text.count(words) != 1:
        raise ValueError(f"“{words}” stands in {name} {text.count(words)} times, not once")
    start = text.index(words)
    return start, start + len(words)
