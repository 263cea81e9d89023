"""The prompt of the day: the same all day, another on other days, and nothing learnt."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.lenses.prompts import prompt_of
from desktop_app.model.prompts import Prompt, PromptKind

OFFERED = [Prompt(PromptKind.BLIND_SPOT, f"holistic/{n}", f"spot {n}") for n in range(40)]
OFFERED += [Prompt(PromptKind.QUESTION, "q", "Why?"), Prompt(PromptKind.SILENCE, "p", "Ada", days=90)]


def test_nothing_to_ask_is_no_prompt() -> None:
    assert prompt_of("n", "2026-11-22", []) is None


def test_every_kind_has_its_days() -> None:
    days = [(date(2026, 1, 1) + timedelta(days=n)).isoformat() for n in range(300)]
    kinds = [prompt.kind for day in days if (prompt := prompt_of("n", day, OFFERED))]
    # Forty blind spots do not outnumber one question.
    assert all(
        70 <= kinds.count(kind) <= 130 for kind in (PromptKind.BLIND_SPOT, PromptKind.QUESTION, PromptKind.SILENCE)
    )
    assert [prompt_of("n", day, OFFERED) for day in days] != [prompt_of("m", day, OFFERED) for day in days]


@settings(max_examples=50, deadline=None)
@given(st.permutations(OFFERED), st.dates())
def test_the_order_in_which_it_is_offered_does_not_matter(offered: list[Prompt], day: date) -> None:
    assert prompt_of("n", day.isoformat(), offered) == prompt_of("n", day.isoformat(), OFFERED)


@settings(max_examples=50, deadline=None)
@given(st.dates(), st.integers(0, len(OFFERED) - 1))
def test_what_goes_during_the_day_leaves_the_choice_as_it_was(day: date, gone: int) -> None:
    chosen = prompt_of("n", day.isoformat(), OFFERED)
    rest = [prompt for at, prompt in enumerate(OFFERED) if at != gone]
    if chosen != OFFERED[gone] and any(prompt.kind == OFFERED[gone].kind for prompt in rest):
        assert prompt_of("n", day.isoformat(), rest) == chosen
