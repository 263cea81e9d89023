"""The prompt of the day, out of what the lenses see."""

import json
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from desktop_app.config.paths import state_dir
from desktop_app.config.settings import write_aside
from desktop_app.lenses.prompts import prompt_of
from desktop_app.model.prompts import Prompt, PromptKind
from desktop_app.model.vocabulary import question_at
from desktop_app.services.context import Context

if TYPE_CHECKING:
    from desktop_app.services.coverage import CoverageLens
    from desktop_app.services.foresight import ForesightLens
    from desktop_app.services.questions import Questions
    from desktop_app.services.relationships import RelationshipsLens

FILE = "prompt.json"
LONG_SILENCE = 2
"""Times somebody's own rhythm from which their silence is asked about."""


class Prompts:
    def __init__(
        self,
        context: Context,
        coverage: "CoverageLens",
        questions: "Questions",
        foresight: "ForesightLens",
        relationships: "RelationshipsLens",
    ) -> None:
        self._context = context
        self._coverage = coverage
        self._questions = questions
        self._foresight = foresight
        self._relationships = relationships

    def today(self) -> Prompt | None:
        """The prompt of this day; ``None`` where there is nothing to ask, or where it has been put away for today.

        A notebook without an entry is asked nothing: everything would be a blind spot.
        """
        day = self._day()
        if self._put_away() == {"notebook": self._context.file.id, "day": day}:
            return None
        return prompt_of(self._context.file.id, day, self._offered())

    def put_away(self) -> None:
        """Ask nothing more today; this installation remembers it, the notebook does not."""
        write_aside(state_dir() / FILE, json.dumps({"notebook": self._context.file.id, "day": self._day()}))

    def _put_away(self) -> object:
        try:
            return json.loads((state_dir() / FILE).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            # Without the file the prompt is only shown once more.
            return None

    def _day(self) -> str:
        day: date = self._context.now().date()
        return day.isoformat()

    def _offered(self) -> Iterator[Prompt]:
        covered = self._coverage.read()
        if not covered.scope.total:
            return
        perspectives = {term.id: term for term in covered.perspectives}
        scales = {term.id: term for term in covered.scales}
        for cell in covered.blind_spots:
            row, column = perspectives[cell.perspective], scales[cell.scale]
            item = f"{row.id}/{column.id}"
            yield Prompt(PromptKind.BLIND_SPOT, item, question_at(row, column), row, column)
        for question in self._questions.list():
            if question.is_open:
                yield Prompt(PromptKind.QUESTION, question.id, question.fields.text)
        for statement in self._foresight.read("kind:foresight is:due").statements:
            yield Prompt(PromptKind.FORESIGHT, statement.id, statement.heading)
        for person in self._relationships.read().beyond:
            usual, silent = person.rhythm.days_between or 0, person.rhythm.silent or 0
            if silent > LONG_SILENCE * usual:
                yield Prompt(PromptKind.SILENCE, person.id, person.name, days=silent)
