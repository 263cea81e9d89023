from io import BytesIO
from pathlib import Path

import pytest

from desktop_app.model.attributes import VariableFields
from desktop_app.model.coding import CodingFilter
from desktop_app.model.entries import EntryDraft
from desktop_app.model.errors import Invalid, NotFound
from desktop_app.model.matrices import Matrix, Measure, Relation
from desktop_app.model.people import PersonFields
from desktop_app.services import Notebook
from tests.services.interviews import ZOOM, code, interview


@pytest.fixture
def documents(notebook: Notebook, tmp_path: Path) -> tuple[str, str]:
    """Two interviews, the second with Bo instead of Ines; Price and its part overlap Becoming in the first."""
    first = interview(notebook, tmp_path)
    second = interview(notebook, tmp_path, "Interview 12", ZOOM.replace("Ines Vidal", "Bo"))
    code(notebook, first, "opaque. I felt", "Price / opaque", "A")
    code(notebook, first, "I felt they took me seriously", "Becoming", "A")
    code(notebook, first, "friend", "Becoming", "M.")
    code(notebook, second, "And then?", "Price", "M.")
    return first, second


def cells(matrix: Matrix) -> dict[tuple[str, str], float]:
    rows, columns = dict(matrix.rows), dict(matrix.columns)
    return {(rows[row], columns[column]): cell.value for (row, column), cell in matrix.cells.items() if cell.value}


def test_codes_by_codes(notebook: Notebook, documents: tuple[str, str]) -> None:
    matrix = notebook.matrices.codes_by_codes()
    assert [label for _, label in matrix.rows] == ["Becoming", "Price", "Price / opaque"]
    assert cells(matrix) == {("Becoming", "Price / opaque"): 1, ("Price / opaque", "Becoming"): 1}
    (pair,) = {cell.codings for cell in matrix.cells.values()}
    assert [quote.text for quote in notebook.retrieval.some(pair)] == [
        "opaque. I felt",
        "I felt they took me seriously",
    ]
    characters = notebook.matrices.codes_by_codes(measure=Measure.CHARACTERS)
    assert cells(characters)["Becoming", "Price / opaque"] == len("I felt")
    near = notebook.matrices.codes_by_codes(relation=Relation.NEAR, distance=5)
    turn = notebook.matrices.codes_by_codes(relation=Relation.SAME_TURN)
    assert cells(near) == cells(turn) == cells(matrix)
    assert (
        cells(notebook.matrices.codes_by_codes(relation=Relation.NEAR, distance=500))["Becoming", "Price / opaque"] == 2
    )
    with pytest.raises(Invalid, match="distance of -1"):
        notebook.matrices.codes_by_codes(distance=-1)


def test_codes_by_document_speaker_and_coder(notebook: Notebook, documents: tuple[str, str]) -> None:
    bo = notebook.people.add(PersonFields("Bo Amsel")).result
    notebook.documents.match_speaker(documents[1], "Ana", bo)
    by_document = notebook.matrices.codes_by()
    assert by_document.columns == ((documents[0], "Interview 07"), (documents[1], "Interview 12"))
    assert cells(by_document) == {
        ("Becoming", "Interview 07"): 2,
        ("Price / opaque", "Interview 07"): 1,
        ("Price", "Interview 12"): 1,
    }
    assert [name for name, _ in notebook.matrices.codes_by(by="speaker").columns] == ["Bo Amsel", "Ines Vidal"]
    assert cells(notebook.matrices.codes_by(by="coder", measure=Measure.PERCENT))["Becoming", "M."] == 50
    price = CodingFilter(codes=(notebook.codes.resolve("Price"),), speakers=("Ines Vidal",))
    assert cells(notebook.matrices.codes_by(price, "speaker")) == {("Price / opaque", "Ines Vidal"): 1}


def test_codes_by_an_attribute(notebook: Notebook, documents: tuple[str, str]) -> None:
    ines = notebook.people.add(PersonFields("Ines V.")).result
    notebook.documents.match_speaker(documents[0], "Ines Vidal", ines)
    years = notebook.attributes.add(VariableFields("Years", "integer", "person")).result
    notebook.attributes.set("person", [ines], years, "12")
    rounds = notebook.attributes.add(VariableFields("Round", "integer")).result
    notebook.attributes.set("document", [documents[0]], rounds, "10")
    notebook.attributes.set("document", [documents[1]], rounds, "9")
    assert cells(notebook.matrices.codes_by(by=years)) == {
        ("Becoming", "12"): 2,
        ("Price / opaque", "12"): 1,
        ("Price", "no value"): 1,
    }
    assert [label for _, label in notebook.matrices.codes_by(by=rounds).columns] == ["9", "10"]
    wave = notebook.attributes.add(VariableFields("Wave", choices=("second", "first"))).result
    notebook.attributes.set("document", [documents[0]], wave, "first")
    notebook.attributes.set("document", [documents[1]], wave, "second")
    assert [label for _, label in notebook.matrices.codes_by(by=wave).columns] == ["second", "first"]
    with pytest.raises(Invalid, match="nothing to set codes against"):
        notebook.matrices.codes_by(by="weather")


def test_codes_over_time(notebook: Notebook, documents: tuple[str, str]) -> None:
    assert notebook.matrices.over_time().matrix.columns == ()
    notebook.documents.edit(documents[0], when="2026-01-14")
    notebook.documents.edit(documents[1], when="../2026")
    note = notebook.entries.add(EntryDraft(body="Opaque again", when="2026-03-02")).result
    code(notebook, note, "Opaque", "Price", kind="entry")
    found = notebook.matrices.over_time(grain="month")
    assert (found.start, found.end, found.series) == ("2026-01-01", "2026-04-01", ())
    assert cells(found.matrix) == {
        ("Becoming", "2026-01-01"): 2,
        ("Price / opaque", "2026-01-01"): 1,
        ("Price", "2026-03-01"): 1,
    }
    assert "no date: 1" in found.matrix.note
    with pytest.raises(Invalid, match="no grain"):
        notebook.matrices.over_time(grain="fortnight")
    with pytest.raises(NotFound):
        notebook.matrices.over_time(series=["Trials"])


def test_series_beside_codes(notebook: Notebook, documents: tuple[str, str], tmp_path: Path) -> None:
    notebook.documents.edit(documents[0], when="2026-01-14")
    rows = "\n".join(f"2026-0{month}-0{day},{day}" for month in (1, 2) for day in range(1, 10))
    (tmp_path / "trials.csv").write_text(f"Date,Trials\n{rows}\n", encoding="utf-8")
    notebook.metrics.import_files([tmp_path / "trials.csv"])
    (series,) = notebook.matrices.over_time(series=["Trials"]).series
    assert (series.series.name, len(series.points), series.value) == ("Trials", 9, 45)


def test_exports(notebook: Notebook, documents: tuple[str, str]) -> None:
    from openpyxl import load_workbook

    matrix = notebook.matrices.codes_by(by="coder")
    lines = notebook.matrices.csv(matrix).decode("utf-8-sig").splitlines()
    assert lines == [",A,M.", "Becoming,1,1", "Price,0,1", "Price / opaque,1,0"]
    book = load_workbook(BytesIO(notebook.matrices.xlsx([("By coder", matrix), ("Again", matrix)])))
    assert book.sheetnames == ["By coder", "Again"]
    assert [cell.value for cell in book["Again"][2]] == ["Becoming", 1, 1]
