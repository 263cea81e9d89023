"""Notebooks that say of things what they are not: merged they are taken or refused, and everything can be read then."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from desktop_app.model.changes import Revision
from desktop_app.model.entries import EntryDraft
from desktop_app.model.exchange import Outcome
from desktop_app.model.ids import new_id
from desktop_app.services import Identity, Notebook, create_notebook, open_notebook
from tests.notebook.hostile import adding, entry, revision, spoil

Attack = Callable[[str], Sequence[Revision]]


def _end(kind: str, item: str) -> dict[str, str]:
    return {"kind": kind, "id": item}


def _link(source: dict[str, str], target: dict[str, str], item: str) -> Revision:
    return revision({"source": source, "relation": "supports", "target": target}, kind="link", item=item)


def _code(parent: str | None = None, item: str = "", clock: int = 1, **fields: Any) -> Revision:
    fields = {"name": "Price", "parent": parent, "colour": "", **fields}
    return revision(fields, kind="code", item=item, clock=f"018000000000{clock:04x}")


def _coding(target: str, code: str, item: str = "", **fields: Any) -> Revision:
    placed = {"target_kind": "entry", "target": target, "code": code, "start": 0, "end": 1, "quote": "A"}
    rest: dict[str, Any] = {"coder": "Mallory", "version": "", "weight": None, "settles": [], "review": None}
    return revision({**placed, **rest, **fields}, kind="coding", item=item)


def _link_of_itself(note: str) -> list[Revision]:
    item = new_id()
    return [_link(_end("link", item), _end("link", item), item)]


def _links_of_links(note: str) -> list[Revision]:
    links: list[Revision] = []
    ends = _end("entry", note), _end("entry", note)
    for _ in range(40):
        pair = new_id(), new_id()
        links += [_link(*ends, pair[0]), _link(*ends, pair[1])]
        ends = _end("link", pair[0]), _end("link", pair[1])
    return links


def _coding_with_itself(note: str) -> list[Revision]:
    item = new_id()
    return [_coding(note, item, item)]


def _codings_with_each_other(note: str) -> list[Revision]:
    one, other = new_id(), new_id()
    return [_coding(note, other, one), _coding(note, one, other)]


def _code_below_a_note(note: str) -> list[Revision]:
    return [_code(note)]


def _code_below_a_note_in_the_trash(note: str) -> list[Revision]:
    gone, code = new_id(), new_id()
    return [revision(entry(trashed=True), item=gone), _code(gone, code), _coding(note, code)]


def _coding_with_a_note(note: str) -> list[Revision]:
    gone = new_id()
    return [revision(entry(trashed=True, merged_into=[1]), item=gone), _coding(note, gone)]


def _coding_of_what_cannot_be_coded(note: str) -> list[Revision]:
    code = new_id()
    coding = new_id()
    strange = [_coding(coding, code, coding), _coding(code, code), _coding(note, code, target_kind="document")]
    return [_code(item=code), *strange, _coding(new_id(), code, target_kind="document", review={"quote": "A"})]


def _trash_that_names_no_text(note: str) -> list[Revision]:
    code, item = new_id(), new_id()
    return [_code(item=code), _coding(note, code, item, trashed=True, trashed_with={"a": 1})]


def _circle_of_codes(note: str) -> list[Revision]:
    items = [new_id() for _ in range(300)]
    return [_code(items[at - 1], item, at) for at, item in enumerate(items)]


def _codes_merged_in_a_circle(note: str) -> list[Revision]:
    items = [new_id() for _ in range(300)]
    codes = [_code(None, item, at, trashed=True, merged_into=items[at - 1]) for at, item in enumerate(items)]
    return [*codes, _coding(note, items[7])]


def _ladder(width: int, levels: int) -> list[Revision]:
    """Everybody merges what everybody wrote, again and again."""
    item = new_id()
    before: list[Revision] = []
    made: list[Revision] = []
    for level in range(levels):
        lines = [f"line {at}" for at in range(8)]
        parents = tuple(sorted(one.id for one in before))
        before = [
            revision(
                entry("\n".join([*lines[:at], f"line {at}, {level}", *lines[at + 1 :]])),
                item=item,
                parents=parents,
                clock=f"018000000000{level * 4 + at:04x}",
            )
            for at in range(width)
        ]
        made += before
    return made


ATTACKS: dict[str, Attack] = {
    "a link of itself": _link_of_itself,
    "links of links": _links_of_links,
    "a coding with itself": _coding_with_itself,
    "codings with each other": _codings_with_each_other,
    "a code below a note": _code_below_a_note,
    "a code below a note in the trash": _code_below_a_note_in_the_trash,
    "a coding with a note": _coding_with_a_note,
    "codings of what cannot be coded": _coding_of_what_cannot_be_coded,
    "a trash that names no text": _trash_that_names_no_text,
    "a circle of codes": _circle_of_codes,
    "codes merged in a circle": _codes_merged_in_a_circle,
    "two who merged each other six hundred times": lambda note: _ladder(2, 600),
    "three who merged each other thirty times": lambda note: _ladder(3, 30),
}


@pytest.fixture
def notebook(tmp_path: Path) -> Any:
    with create_notebook(tmp_path / "mine.terrain", identity=Identity("Ada", "ada")) as made:
        made.entries.add(EntryDraft(body="A note"))
        yield made


def _evil(notebook: Notebook, attack: Attack) -> Path:
    path = notebook.maintenance.backup(notebook.path.with_name("evil.terrain"))
    (note,) = (one.id for one in notebook.entries.recent())
    return spoil(path, adding(*attack(note)))


def _read_everything(notebook: Notebook) -> None:
    for item, kind, trashed in notebook._file.database.rows("SELECT id, kind, trashed FROM item"):
        notebook.history.of(item)
        notebook.history.provenance(item)
        notebook.links.of(item)
        notebook.memos.of(item)
        if kind in ("entry", "document") and not trashed:
            notebook.codings.of(item)
    notebook.codes.list()
    notebook.codings.waiting()
    notebook.retrieval.quotes()
    notebook.matrices.codes_by()
    notebook.agreement.report()
    notebook.entries.tags()
    notebook.search.run("note")
    assert notebook.maintenance.check().problems == ()


def test_what_went_more_ways_than_can_be_merged_is_refused(notebook: Notebook) -> None:
    first = revision(entry())
    heads = [
        revision(entry(str(at)), item=first.item, parents=(first.id,), clock=f"018000000000{at:04x}")
        for at in range(1_001)
    ]
    evil = _evil(notebook, lambda note: [first, *heads])

    report = notebook.merging.merge(evil).result

    assert report.counts[Outcome.REJECTED] == 1
    assert not report.changes_something
    assert "too many ways" in report.losses[0].why
    _read_everything(notebook)


def test_a_long_history_of_many_parents_is_refused(notebook: Notebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.notebook.threeway._MOST_HELD", 1_000)
    evil = _evil(notebook, lambda note: _ladder(2, 30))

    assert notebook.merging.merge(evil).result.counts[Outcome.REJECTED] == 1


@pytest.mark.parametrize("name", ATTACKS)
def test_what_cannot_be_so_is_lived_with(notebook: Notebook, name: str) -> None:
    evil = _evil(notebook, ATTACKS[name])

    notebook.merging.preview(evil)
    notebook.merging.merge(evil)

    _read_everything(notebook)
    assert not notebook.merging.merge(evil).result.changes_something
    with open_notebook(notebook.path, identity=Identity("Ben", "ben")) as again:
        assert again.entries.recent()
