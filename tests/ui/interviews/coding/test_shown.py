"""Codings that are drawn ahead of the notebook's answer."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.model.coding import Coding
from desktop_app.ui.interviews.coding.shown import ShownCodings


def coding(item: str, start: int = 0, code: str = "c") -> Coding:
    return Coding(item, "document", "d", code, start, start + 5, "A.")


def shown(*codings: Coding) -> ShownCodings:
    made = ShownCodings()
    made.reset(codings)
    return made


def test_what_is_applied_gives_way_to_what_the_notebook_made_of_it():
    codings = shown()
    token, difference = codings.put(coding(""))
    (pending,) = difference.changed
    assert codings.all() == [pending]
    codings.done(token)
    after = codings.reconcile([coding("real")], [])
    assert after.changed == [coding("real")]
    assert after.removed == [pending.id]
    assert codings.all() == [coding("real")]


def test_what_is_refused_is_as_it_was():
    codings = shown(coding("a"), coding("b"))
    token, _ = codings.remove(["a"])
    other, _ = codings.alter([coding("b", code="other")])
    assert codings.take_back(token).changed == [coding("a")]
    assert codings.take_back(other).changed == [coding("b")]
    token, difference = codings.put(coding(""))
    assert codings.take_back(token).removed == [difference.changed[0].id]
    assert sorted(one.id for one in codings.all()) == ["a", "b"]


def test_an_old_answer_does_not_undo_what_is_still_being_asked_for():
    codings = shown(coding("a"), coding("b"))
    token, _ = codings.remove(["a"])
    codings.alter([coding("b", code="other")])
    late = codings.reconcile([replace(coding("a"), memos=1), replace(coding("b"), memos=1)], [])
    assert late.changed == []
    assert [one.code for one in codings.all()] == ["other"]
    codings.done(token)
    assert codings.reconcile([], ["a"]).removed == []
    assert codings.get("a") is None


def test_what_is_done_twice_at_once_comes_out_as_the_notebook_says():
    codings = shown(coding("a"))
    first, _ = codings.alter([coding("a", code="x")])
    second, _ = codings.alter([coding("a", code="y")])
    codings.done(first)
    assert codings.reconcile([coding("a", code="x")], []).changed == []
    assert codings.get("a").code == "y"
    codings.done(second)
    codings.reconcile([coding("a", code="y")], [])
    assert codings.all() == [coding("a", code="y")]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["put", "alter", "remove"]), st.integers(0, 5), st.booleans()), max_size=14))
def test_once_all_is_answered_what_is_drawn_is_what_the_notebook_has(steps):
    notebook = {f"n{number}": coding(f"n{number}", number) for number in range(4)}
    codings = shown(*notebook.values())
    tokens = []
    for at, (step, which, granted) in enumerate(steps):
        item = f"n{which}"
        if step == "put":
            token, _ = codings.put(coding("", which, f"new{at}"))
            made = coding(f"made{at}", which, f"new{at}")
            notebook.update({made.id: made} if granted else {})
        elif codings.get(item) is None:
            continue
        elif step == "alter":
            token, _ = codings.alter([replace(codings.get(item), code=f"code{at}")])
            notebook.update({item: coding(item, which, f"code{at}")} if granted and item in notebook else {})
        else:
            token, _ = codings.remove([item])
            if granted:
                notebook.pop(item, None)
        tokens.append((token, granted))
    for token, granted in tokens:
        if granted:
            codings.done(token)
        else:
            codings.take_back(token)
    before = codings.snapshot()
    codings.reconcile(
        [one for item, one in notebook.items() if before.get(item) != one],
        [item for item in before if item not in notebook],
    )
    assert {one.id: one for one in codings.all()} == notebook
