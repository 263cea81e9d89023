"""What the prompt of the day is drawn from, and putting it away."""

from desktop_app.model.entries import EntryDraft
from desktop_app.model.prompts import PromptKind
from desktop_app.model.questions import QuestionDraft
from desktop_app.services import Notebook
from tests.services.conftest import Now


def offered(notebook: Notebook) -> dict[PromptKind, list[str]]:
    found: dict[PromptKind, list[str]] = {}
    for prompt in notebook.prompts._offered():
        found.setdefault(prompt.kind, []).append(prompt.words)
    return found


def test_an_empty_notebook_is_asked_nothing(notebook: Notebook) -> None:
    notebook.questions.add(QuestionDraft(text="Why?"))
    assert notebook.prompts.today() is None


def test_it_is_drawn_from_what_is_missing_and_who_waits(notebook: Notebook) -> None:
    for day in ("2026-01-01", "2026-01-11", "2026-01-21"):
        notebook.entries.add(EntryDraft(body="talk", when=day, speaker="Ada"))
    for day in ("2026-11-01", "2026-11-11", "2026-11-21"):
        notebook.entries.add(
            EntryDraft(body="talk", when=day, speaker="Ben", scales=("day",), perspectives=("holistic",))
        )
    notebook.entries.add(EntryDraft(body="It will rain", kind="foresight", horizon="2026-10", confidence=0.6))
    notebook.entries.add(EntryDraft(body="It will snow", kind="foresight", horizon="2027"))
    open_one = notebook.questions.add(QuestionDraft(text="Why do they leave?")).result
    done = notebook.questions.add(QuestionDraft(text="Who pays?")).result
    notebook.questions.answer(done, "They do.")
    found = offered(notebook)
    assert len(found[PromptKind.BLIND_SPOT]) == 55
    assert "What else went on within a day that no tool counts?" not in found[PromptKind.BLIND_SPOT]
    assert found[PromptKind.QUESTION] == ["Why do they leave?"]
    assert found[PromptKind.FORESIGHT] == ["It will rain"]
    assert found[PromptKind.SILENCE] == ["Ada"]
    notebook.questions.answer(open_one, "Rent.")
    assert PromptKind.QUESTION not in offered(notebook)


def test_it_is_the_same_all_day_and_can_be_put_away_for_it(notebook: Notebook, now: Now) -> None:
    notebook.entries.add(EntryDraft(body="a word"))
    first = notebook.prompts.today()
    assert first is not None
    now.pass_by(hours=3)
    assert notebook.prompts.today() == first
    before = notebook.history.log(limit=1)
    notebook.prompts.put_away()
    assert notebook.prompts.today() is None
    assert notebook.history.log(limit=1) == before
    now.pass_by(days=1)
    assert notebook.prompts.today() is not None
