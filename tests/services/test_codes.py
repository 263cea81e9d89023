from pathlib import Path

import pytest

from desktop_app.model.coding import COLOURS, CodeFields, CodingFields, tree
from desktop_app.model.errors import Ambiguous, Invalid, NotFound
from desktop_app.services import Notebook
from tests.services.interviews import code, interview


@pytest.fixture
def document(notebook: Notebook, tmp_path: Path) -> str:
    return interview(notebook, tmp_path)


def labels(notebook: Notebook) -> list[str]:
    return [one.label for one in notebook.codes.list()]


def counts(notebook: Notebook) -> dict[str, tuple[int, int]]:
    return {one.label: (one.count, one.below) for one in notebook.codes.list()}


def test_a_path_makes_the_codes_above_it(notebook: Notebook) -> None:
    made = notebook.codes.add(CodeFields(" Price  talk / opaque ", definition="d"))
    assert made.label == "Add code Price  talk / opaque"
    notebook.codes.add(CodeFields("Help"))
    notebook.codes.add(CodeFields("price talk / fair"))
    assert labels(notebook) == ["Help", "Price talk", "Price talk / fair", "Price talk / opaque"]
    help_, price, fair, opaque = notebook.codes.list()
    assert (price.fields.colour, help_.fields.colour) == (COLOURS[0], COLOURS[1])
    assert (fair.fields.colour, fair.colour, fair.depth) == ("", COLOURS[0], 1)
    assert opaque.fields.definition == "d"
    assert [notebook.codes.resolve(text) for text in (opaque.id, opaque.id[:8], "OPAQUE", "price talk / Opaque")] == [
        opaque.id
    ] * 4


def test_names_that_do_not_do(notebook: Notebook) -> None:
    notebook.codes.add(CodeFields("A / x"))
    notebook.codes.add(CodeFields("B / x"))
    with pytest.raises(Ambiguous, match="A / x, B / x"):
        notebook.codes.resolve("x")
    with pytest.raises(NotFound):
        notebook.codes.resolve("y")
    with pytest.raises(Invalid, match="already"):
        notebook.codes.add(CodeFields("a / X"))
    with pytest.raises(Invalid, match="needs a name"):
        notebook.codes.add(CodeFields("A / "))
    with pytest.raises(NotFound):
        notebook.codes.add(CodeFields("y", parent="zzz"))
    assert labels(notebook) == ["A", "A / x", "B", "B / x"]


def test_codes_are_moved_but_not_below_themselves(notebook: Notebook) -> None:
    for path in ("A / B / C", "D"):
        notebook.codes.add(CodeFields(path))
    assert notebook.codes.move("C", "D").label == "Move code C"
    assert notebook.history.can_undo() == "Move code C"
    assert labels(notebook) == ["A", "A / B", "D", "D / C"]
    notebook.codes.move("D", "B")
    assert labels(notebook) == ["A", "A / B", "A / B / D", "A / B / D / C"]
    with pytest.raises(Invalid, match="below itself"):
        notebook.codes.move("A", "C")
    colour = notebook.codes.get("C").colour
    notebook.codes.move("C", None)
    assert (notebook.codes.get("C").label, notebook.codes.get("C").colour) == ("C", colour)
    for _ in range(3):
        notebook.history.undo()
    assert labels(notebook) == ["A", "A / B", "A / B / C", "D"]


def test_edits_stand_in_the_history(notebook: Notebook) -> None:
    item = notebook.codes.add(CodeFields("A")).result
    fields = notebook.codes.get("A").fields
    assert notebook.codes.edit(item, CodeFields("B", definition="d", colour=fields.colour)).label == "Edit code A"
    assert [info.label for info in notebook.codes.history("B")] == ["Edit code A", "Add code A"]
    with pytest.raises(Invalid, match="no colour"):
        notebook.codes.edit(item, CodeFields("B", colour="red"))


def test_merging_gives_codings_over_and_doubles_none(notebook: Notebook, document: str) -> None:
    first = code(notebook, document, "opaque", "Murky / very", "A")
    double = code(notebook, document, "opaque", "Price", "A")
    other = code(notebook, document, "opaque", "Murky", "B")
    code(notebook, document, "friend", "Murky", "A")
    before = counts(notebook)
    notebook.codes.add(CodeFields("Price / very"))
    assert notebook.codes.merge(["Murky"], "Price").result == 2
    assert counts(notebook) == {"Price": (3, 1), "Price / very": (1, 0)}
    very = notebook.codes.get("Price / very")
    assert notebook.codings.get(first).code == very.id
    assert notebook.codings.get(other).code == notebook.codes.resolve("Price")
    assert notebook.codings.get(double).code == notebook.codes.resolve("Price")
    notebook.history.undo()
    notebook.history.undo()
    assert counts(notebook) == before
    code(notebook, document, "opaque", "Murky", "A")
    notebook.codes.merge(["Murky"], "Price")
    assert counts(notebook)["Price"] == (3, 1)
    with pytest.raises(Invalid, match="two different codes"):
        notebook.codes.merge(["Price"], "Price")


def test_a_code_is_merged_into_one_below_it(notebook: Notebook, document: str) -> None:
    code(notebook, document, "opaque", "A / B / C")
    code(notebook, document, "friend", "A")
    code(notebook, document, "price", "A / D")
    notebook.codes.merge(["A"], "C")
    assert counts(notebook) == {"C": (2, 1), "C / B": (0, 0), "C / D": (1, 0)}


def test_splitting_gives_each_chosen_coding_a_part(notebook: Notebook, document: str) -> None:
    one, two, three = (code(notebook, document, words, "Price") for words in ("price", "opaque", "friend"))
    with pytest.raises(Invalid, match="can be given to its parts"):
        notebook.codes.split("Price", ["dear"], {one: "cheap"})
    assert counts(notebook) == {"Price": (3, 0)}
    made = notebook.codes.split("Price", ["dear", "fair"], {one: "dear", two: "fair"})
    assert made.label == "Split code Price"
    assert counts(notebook) == {"Price": (1, 2), "Price / dear": (1, 0), "Price / fair": (1, 0)}
    assert notebook.codings.get(three).code == notebook.codes.resolve("Price")
    notebook.history.undo()
    assert counts(notebook) == {"Price": (3, 0)}


def test_trashing_takes_what_is_below_and_their_codings(notebook: Notebook, document: str) -> None:
    code(notebook, document, "price", "A")
    kept = code(notebook, document, "opaque", "A / B")
    gone = notebook.codes.resolve("A")
    assert notebook.codes.trash("A").result == 2
    assert (labels(notebook), notebook.codings.of(document)) == ([], [])
    with pytest.raises(NotFound):
        notebook.codings.add(document, 0, 3, gone)
    assert labels(notebook) == []
    notebook.history.undo()
    assert counts(notebook) == {"A": (1, 1), "A / B": (1, 0)}
    assert isinstance(notebook.codings.get(kept), CodingFields)


def test_counts_of_some_coders(notebook: Notebook, document: str) -> None:
    code(notebook, document, "price", "A", "M.")
    code(notebook, document, "opaque", "A", "Ada")
    assert [one.count for one in notebook.codes.list(["M."])] == [1]
    assert [one.count for one in notebook.codes.list([])] == [0]


def test_a_code_in_the_trash_takes_nothing_in(notebook: Notebook, document: str) -> None:
    code(notebook, document, "opaque", "Kept")
    gone = notebook.codes.add(CodeFields("Gone")).result
    notebook.codes.trash(gone)
    for attempt in (
        lambda: notebook.codes.get(gone),
        lambda: notebook.codes.edit(gone, CodeFields("Other")),
        lambda: notebook.codes.merge(["Kept"], gone),
        lambda: notebook.codes.merge([gone], "Kept"),
        lambda: notebook.codes.move("Kept", gone),
        lambda: notebook.codes.split(gone, ["A"], {}),
        lambda: notebook.codes.trash(gone),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert [info.changed[-1] for info in notebook.codes.history(gone)][:1] == ["trashed"]
    assert notebook.codes.get("Kept").count == 1


def test_a_code_lifted_by_a_merge_doubles_no_name(notebook: Notebook) -> None:
    notebook.codes.add(CodeFields("Price"))
    notebook.codes.add(CodeFields("A / Price"))
    with pytest.raises(Invalid, match="There is a code “Price” at that place"):
        notebook.codes.merge(["A"], "A / Price")
    assert [found.label for found in notebook.codes.list()] == ["A", "A / Price", "Price"]


def test_codes_lie_only_so_deep_and_deeper_ones_are_listed(notebook: Notebook) -> None:
    with pytest.raises(Invalid, match="at most 100 deep"):
        notebook.codes.add(CodeFields(" / ".join("a" * 101)))
    assert notebook.codes.list() == []
    fields = {str(at): CodeFields(f"n{at}", str(at - 1) if at else None) for at in range(3000)}
    listed = tree(fields, {"2999": 2, "0": 1})
    assert [found.id for found in listed] == [str(at) for at in range(3000)]
    assert (listed[0].count, listed[0].below, listed[1].below, listed[-1].below) == (1, 2, 2, 0)


def test_merging_many_codes_does_not_read_all_again_for_each(
    notebook: Notebook, document: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = [notebook.codes.add(CodeFields(f"code {number}")).result for number in range(20)]
    for at, item in enumerate(codes):
        notebook.codings.add(document, at, at + 1, item)
    repository, asked = notebook._context.file.codes, []
    fields = repository.fields
    monkeypatch.setattr(repository, "fields", lambda: asked.append(1) or fields())
    assert notebook.codes.merge(codes[1:], codes[0]).result == 19
    assert len(asked) < 5
