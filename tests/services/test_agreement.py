from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.model.agreement import Unit
from desktop_app.model.coding import CONSENSUS, CodingFilter
from desktop_app.model.entries import EntryDraft
from desktop_app.model.errors import Interrupted, Invalid
from desktop_app.services import Notebook
from desktop_app.services.agreement import Difference, rated
from tests.services.interviews import code, interview


@pytest.fixture
def document(notebook: Notebook, tmp_path: Path) -> str:
    return interview(notebook, tmp_path)


def laid_out(notebook: Notebook, table: list[list[int]], codes: str) -> str:
    """A text of one-character units that two coders coded as a table counts them; its id."""
    cells = [
        (a, b) for a, row in zip(codes, table, strict=True) for b, n in zip(codes, row, strict=True) for _ in range(n)
    ]
    target = notebook.documents.add("Units", "x" * len(cells)).result
    for at, (one, other) in enumerate(cells):
        notebook.codings.add(target, at, at + 1, one, coder="A")
        notebook.codings.add(target, at, at + 1, other, coder="B")
    return target


def test_a_published_table(notebook: Notebook) -> None:
    # Cohen 1960, table 1.
    laid_out(notebook, [[88, 14, 18], [10, 40, 10], [2, 6, 12]], "xyz")
    report = notebook.agreement.report()
    assert report.overall.cohen_kappa == pytest.approx(0.491525, abs=1e-6)
    assert (report.coders, report.method, report.overall.n) == (("A", "B"), "categories", 200)
    assert [notebook.codes.get(row.code).label for row in report.codes] == ["x", "y", "z"]
    table = notebook.agreement.csv(report).decode("utf-8-sig").splitlines()
    assert table[0].startswith("code,document,n,percent,cohen_kappa")
    assert table[1].startswith("x,,200,")
    assert [line.split(",")[0] for line in table[-2:]] == ["categories", "pooled"]


def test_documents_and_codes_are_chosen_and_in_order(notebook: Notebook, tmp_path: Path, document: str) -> None:
    other = interview(notebook, tmp_path, "Before it")
    for target in (document, other):
        for coder in ("A", "B"):
            code(notebook, target, "opaque", "Price / opaque", coder)
            code(notebook, target, "friend", "Friend", coder)
    code(notebook, other, "seriously", "Becoming", "A")
    note = notebook.entries.add(EntryDraft(body="An opaque note")).result
    for coder in ("A", "B"):
        code(notebook, note, "opaque", "Price / opaque", coder, kind="entry")
    report = notebook.agreement.report()
    assert report.documents == (note, other, document)
    assert notebook.agreement.titles(report.documents) == {
        note: "An opaque note",
        other: "Before it",
        document: "Interview 07",
    }
    labels = [notebook.codes.get(row.code).label for row in report.codes]
    assert labels == ["Becoming", "Friend", "Price / opaque"]
    assert report.codes[2].coefficients.cohen_kappa == 1
    assert report.codes[0].coefficients.krippendorff_alpha is not None
    report = notebook.agreement.report(codes=[notebook.codes.resolve("Price")], documents=[document])
    assert (report.documents, len(report.codes)) == ((document,), 1)


def test_the_consensus_is_no_coder_unless_named(notebook: Notebook, document: str) -> None:
    code(notebook, document, "opaque", "Price", "A")
    text = notebook.codings.text("document", document)
    start = text.text.index("opaque")
    with notebook._context.change("Agree") as recorder:
        notebook.codings.agree(recorder, text, start, start + len("opaque"), "Price")
    assert notebook.agreement.coders() == ("A",)
    report = notebook.agreement.report()
    assert report.overall.cohen_kappa is None
    assert notebook.agreement.disagreements() == []
    assert notebook.agreement.report(["A", CONSENSUS]).documents == (document,)


def test_codings_under_review_count_where_they_are(notebook: Notebook, document: str) -> None:
    for coder in ("A", "B"):
        code(notebook, document, "The price was opaque.", "Price", coder)
        code(notebook, document, "And then?", "Probe", coder)
    text = notebook.documents.text(document).text
    waiting = notebook.documents.correct(
        document, text.replace("And then?", "").replace("price was", "")
    ).result.waiting
    assert waiting
    notes = " ".join(notebook.agreement.report().notes)
    left = [coding for coding in notebook.codings.of(document) if coding.start == coding.end]
    assert ("nothing of their words is left: 2" in notes) == bool(left)
    assert ("waiting for review" in notes) == (len(waiting) > len(left))


def test_a_long_comparison_can_be_stopped(notebook: Notebook, document: str) -> None:
    code(notebook, document, "opaque", "Price", "A")
    code(notebook, document, "opaque", "Price", "B")
    told: list[float] = []
    notebook.agreement.report(unit=Unit.SEGMENT, progress=lambda part, text: told.append(part))
    assert told == sorted(told)
    with pytest.raises(Interrupted):
        notebook.agreement.report(should_stop=lambda: True)


# --- differences ---------------------------------------------------------------------------------------------------


@pytest.fixture
def differ(notebook: Notebook, document: str) -> Callable[[], list[Difference]]:
    """A codes “opaque” as Price and B as Fair; A alone codes “friend”; both code “And then?”."""
    code(notebook, document, "opaque", "Price", "A")
    code(notebook, document, "opaque", "Fair", "B")
    code(notebook, document, "friend", "Friend", "A")
    for coder in ("A", "B"):
        code(notebook, document, "And then?", "Probe", coder)
    return notebook.agreement.disagreements


def test_every_difference_side_by_side(
    notebook: Notebook, document: str, differ: Callable[[], list[Difference]]
) -> None:
    fair, price, friend = differ()
    if fair.path == ("Price",):
        fair, price = price, fair
    assert (price.text, price.document, price.path) == ("opaque", "Interview 07", ("Price",))
    assert (price.coders_with, price.coders_without) == (("A",), ("B",))
    assert (price.speaker, price.begins) == ("Ines Vidal", 5000)
    assert price.before.endswith("The price was ")
    assert price.rivals == fair.codings
    assert [(coder, len(codings)) for coder, codings in price.said] == [("A", 1), ("B", 1)]
    assert (friend.text, friend.rivals, friend.settled) == ("friend", (), False)
    assert notebook.agreement.disagreements(code=price.code) == [price]
    assert notebook.agreement.disagreements(document=document) == [*notebook.agreement.disagreements()]
    assert notebook.agreement.disagreements(coders=["A"]) == []


def test_a_difference_is_settled_by_a_code(notebook: Notebook, differ: Callable[[], list[Difference]]) -> None:
    price = next(one for one in differ() if one.path == ("Price",))
    made = notebook.agreement.settle(price, price.code, memo="It is about money.")
    consensus = notebook.codings.get(made.result)
    assert (consensus.coder, consensus.quote, set(consensus.settles)) == (
        CONSENSUS,
        "opaque",
        {*price.codings, *price.rivals},
    )
    by_path = {one.path[0]: one for one in differ()}
    assert {path: one.settled for path, one in by_path.items()} == {"Price": True, "Fair": True, "Friend": False}
    assert by_path["Price"].agreed == (price.code,)
    (memo,) = notebook.memos.of(made.result)
    assert (memo.fields.body, memo.fields.settles) == ("It is about money.", ())
    notebook.history.undo()
    assert not any(one.settled for one in differ())
    assert notebook.memos.list() == []


def test_a_difference_is_settled_by_no_code(notebook: Notebook, differ: Callable[[], list[Difference]]) -> None:
    friend = differ()[-1]
    memo = notebook.memos.get(notebook.agreement.settle(friend, None).result)
    assert memo.fields.body == "Agreed: not “Friend” for “friend”."
    assert memo.fields.settles == friend.codings
    settled = differ()[-1]
    assert (settled.settled_by, settled.agreed) == ((("memo", memo.id),), ())
    again = notebook.agreement.settle(settled, "Family", memo="")
    assert notebook.memos.get(memo.id).trashed
    (found,) = notebook.retrieval.quotes(CodingFilter(coders=(CONSENSUS,)))
    assert (found.coding.id, found.path, found.text) == (again.result, ("Family",), "friend")
    assert notebook.agreement.unsettle(differ()[-1]).result == 1
    assert not differ()[-1].settled


def test_the_words_of_a_consensus_can_be_others(
    notebook: Notebook, document: str, differ: Callable[[], list[Difference]]
) -> None:
    friend = differ()[-1]
    made = notebook.agreement.settle(friend, friend.code, start=friend.start - 2, end=friend.end)
    assert notebook.codings.get(made.result).quote == "a friend"
    assert differ()[-1].settled


def test_a_consensus_elsewhere_settles_nothing_here(notebook: Notebook, document: str) -> None:
    code(notebook, document, "The price was opaque. I felt", "Price", "A")
    code(notebook, document, "was opaque.", "Price", "B")
    before, after = notebook.agreement.disagreements()
    assert (before.text, after.text) == ("The price ", " I felt")
    assert before.codings == after.codings
    notebook.agreement.settle(before, before.code)
    assert [one.settled for one in notebook.agreement.disagreements()] == [True, False]


def test_what_was_changed_meanwhile_is_not_settled(notebook: Notebook, differ: Callable[[], list[Difference]]) -> None:
    friend = differ()[-1]
    notebook.codings.remove(friend.codings)
    with pytest.raises(Invalid, match="meanwhile"):
        notebook.agreement.settle(friend, None)
    assert notebook.memos.list() == []


# --- tables ----------------------------------------------------------------------------------------------------------


def test_a_table_of_ratings(tmp_path: Path) -> None:
    # Krippendorff 2011, section C, the columns turned.
    rows = ["1,1,,1", "2,2,3,2", "3,3,3,3", "3,3,3,3", "2,2,2,2", "1,2,3,4", "4,4,4,4", "1,1,2,1", "2,2,2,2", ",5,5,5"]
    path = tmp_path / "ratings.csv"
    lines = ["unit,A,B,C,D", *(f"{at},{row}" for at, row in enumerate([*rows, ",,1,1", ",,3,"], 1))]
    path.write_text("\n".join(lines), encoding="utf-8")
    coders, found = rated(path)
    assert coders == ("A", "B", "C", "D")
    assert found.krippendorff_alpha == pytest.approx(0.743421, abs=1e-6)
    assert rated(path, "interval")[1].krippendorff_alpha == pytest.approx(0.849107, abs=1e-6)
    with pytest.raises(Invalid, match="no level"):
        rated(path, "circular")
    path.write_text("unit,A\n1,2\n", encoding="utf-8")
    with pytest.raises(Invalid, match="two coders or more"):
        rated(path)
