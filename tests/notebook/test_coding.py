"""Codes and codings below the services: what is read back, and what the index is told to read again."""

import pytest

from desktop_app.model.coding import CodeFields, CodingFields, Review
from desktop_app.model.errors import NotFound
from desktop_app.model.ids import new_id
from desktop_app.notebook.file import NotebookFile
from tests.notebook.writing import check, write


def record(file: NotebookFile, kind: str, fields: CodeFields | CodingFields, item: str = "") -> str:
    made = item or new_id()
    with file.journal.change("Write") as recorder:
        recorder.record(kind, made, fields.to_json(), new=not item)
    return made


def coding(target: str, code: str, start: int, end: int, coder: str = "Ada", **fields: object) -> CodingFields:
    kind = "entry" if target.startswith("e") else "document"
    return CodingFields(kind, target, code, start, end, "x" * (end - start), coder, "v", **fields)  # type: ignore[arg-type]


@pytest.fixture
def codings(file: NotebookFile) -> list[str]:
    made = [
        coding("d1", "price", 5, 9),
        coding("d1", "price", 0, 9, "M.", weight=30),
        coding("d2", "help", 2, 2, review=Review("gone", "a", "b")),
    ]
    return [record(file, "coding", fields) for fields in made]


def test_codings_come_in_the_order_of_the_text(file: NotebookFile, codings: list[str]) -> None:
    first, second, third = codings
    assert [found.id for found in file.codings.of("d1")] == [second, first]
    assert [found.id for found in file.codings.find()] == [second, first, third]
    assert [found.id for found in file.codings.some([third, "zzz", first])] == [third, first]
    assert [found.id for found in file.codings.at("d1", 0, 9)] == [second]
    (found,) = file.codings.find(codes=["price"], coders=["M."], targets=["d1", "d2"])
    assert (found.weight, found.review, found.memos) == (30, False, 0)
    assert file.codings.find(codes=[]) == []
    assert [one.id for one in file.codings.find(review=True)] == [third]
    assert file.codings.quotes(codings) == {first: "xxxx", second: "x" * 9, third: ""}


def test_a_coding_is_whole_again(file: NotebookFile, codings: list[str]) -> None:
    assert file.codings.full(codings[2]).review == Review("gone", "a", "b")
    assert file.codings.coders() == {"Ada": 2, "M.": 1}
    with file.journal.change("Uncode") as recorder:
        file.journal.trash(recorder, "coding", codings[2])
    with pytest.raises(NotFound):
        file.codings.full(codings[2])
    assert check(file).problems == ()


def test_what_settles_is_told_of_each_coding(file: NotebookFile, codings: list[str]) -> None:
    agreed = record(file, "coding", coding("d1", "price", 0, 9, "Consensus", settles=(codings[1], codings[0])))
    assert sorted(file.codings.settlements()) == sorted(("coding", agreed, one) for one in codings[:2])


def test_a_renamed_code_is_read_again_with_all_below(file: NotebookFile) -> None:
    top = record(file, "code", CodeFields("A"))
    below = record(file, "code", CodeFields("B", parent=top))
    note = write(file, "Some words")
    applied = record(file, "coding", CodingFields("entry", note, below, 0, 4, "Some", "Ada", "v"))
    assert file.codes.counts() == {below: 1}
    assert file.codes.counts([]) == {}
    last = file.database.one("SELECT max(change) FROM outbox")[0]
    record(file, "code", CodeFields("Z"), top)
    again = file.database.rows("SELECT item, kind FROM outbox WHERE change > ?", (last,))
    assert {(top, "code"), (below, "code"), (applied, "coding")} <= set(again)
