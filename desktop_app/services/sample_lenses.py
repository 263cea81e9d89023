"""What the lenses of the sample notebook look at beside its entries, from ``resources/sample/lenses.toml``: questions
with their evidence, dismissed places, and codings of entries; each step as it would have been done.

Places in an entry are declared by its words, which have to stand in it exactly once.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from desktop_app.model.coding import TargetKind
from desktop_app.model.links import End
from desktop_app.model.questions import Amount, Option, QuestionDraft
from desktop_app.services.notebooks import Notebook
from desktop_app.services.sample_interviews import Step, place_of, taken

FindSeries = Callable[[Mapping[str, Any]], str]
"""A series reference to the id of the series."""


class SampleLenses:
    """The steps in the order of their times; ``people`` and ``entries`` are ids by key, ``series`` finds one that has
    been imported. Each has to be there when a step that needs it is taken."""

    def __init__(
        self,
        notebook: Notebook,
        file: Path,
        people: Mapping[str, str],
        entries: Mapping[str, str],
        series: FindSeries,
    ) -> None:
        self._notebook = notebook
        self._people = people
        self._entries = entries
        self._series = series
        self._questions: dict[str, str] = {}
        self._frame = tomllib.loads(file.read_text(encoding="utf-8"))
        self._waiting = sorted(self._steps(), key=lambda step: step[0], reverse=True)

    def take(self, until: datetime | None = None) -> Iterator[Step]:
        """The steps that were due by then, or all that are left; whoever asks for them takes them."""
        return taken(self._waiting, until)

    def _steps(self) -> Iterator[Step]:
        for question in self._frame["question"]:
            yield question["when"], question["author"], partial(self._ask, question)
            if answer := question.get("answer"):
                yield answer["when"], answer["author"], partial(self._answer, question["key"], answer)
            if "gathered" in question:
                yield question["gathered"], question["author"], partial(self._gather, question)
        for dismissal in self._frame["dismissal"]:
            yield dismissal["when"], dismissal["author"], partial(self._dismiss, dismissal)
        for coded in self._frame["coded"]:
            yield coded["when"], coded["author"], partial(self._code, coded["places"])

    # --- the steps --------------------------------------------------------------------------------------------------

    def _ask(self, declared: Mapping[str, Any]) -> None:
        draft = QuestionDraft(
            text=declared["text"],
            note=declared.get("note"),
            asker=self._people[declared["asker"]] if "asker" in declared else None,
            whom=self._people[declared["whom"]] if "whom" in declared else None,
            entry=self._entries[declared["entry"]] if "entry" in declared else None,
            asked=declared["asked"],
        )
        self._questions[declared["key"]] = self._notebook.questions.add(draft).result

    def _answer(self, key: str, answer: Mapping[str, Any]) -> None:
        entry = self._entries[answer["entry"]]
        self._notebook.questions.answer(self._questions[key], answer["words"], when=answer["day"], entry=entry)

    def _gather(self, declared: Mapping[str, Any]) -> None:
        question = self._questions[declared["key"]]
        for piece in declared["evidence"]:
            self._notebook.questions.gather(question, self._thing(piece), piece["relation"])
        if "option" in declared:
            options = [
                Option(option["name"], self._amount(option["gained"]), self._amount(option["spent"]))
                for option in declared["option"]
            ]
            self._notebook.questions.set_options(question, options)

    def _dismiss(self, declared: Mapping[str, Any]) -> None:
        series = self._series(declared["series"])
        for day in declared["days"]:
            after = date.fromisoformat(day) + timedelta(days=1)
            self._notebook.dismissals.add(series, day, after.isoformat(), declared["note"])

    def _code(self, places: list[Mapping[str, str]]) -> None:
        for place in places:
            entry = self._notebook.entries.get(self._entries[place["entry"]])
            start, end = place_of(place["words"], entry.fields.body, place["entry"])
            self._notebook.codings.add(entry.id, start, end, place["code"], target_kind=TargetKind.ENTRY)

    # --- what is referred to ------------------------------------------------------------------------------------------

    def _thing(self, piece: Mapping[str, Any]) -> End:
        if "entry" in piece:
            return End("entry", self._entries[piece["entry"]])
        if "document" in piece:
            return End("document", self._notebook.documents.resolve(piece["document"]))
        return End("series", self._series(piece["series"]), piece["start"], piece["end"])

    def _amount(self, declared: Mapping[str, Any]) -> Amount:
        if "series" in declared:
            return Amount(None, "", self._series(declared["series"]), declared["start"], declared["end"])
        return Amount(declared["value"], declared["unit"])
