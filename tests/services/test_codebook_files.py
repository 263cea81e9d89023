import csv
from pathlib import Path

import pytest

from desktop_app.model.coding import COLOURS, CodeFields
from desktop_app.model.errors import Invalid, KnownError
from desktop_app.services import Identity, Notebook, create_notebook
from desktop_app.services.writing import CannotWrite

TREE = ["Help", "Price talk", "Price talk / fair", "Price talk / opaque"]


def fill(notebook: Notebook) -> None:
    fields = CodeFields("Price talk / opaque", definition="Nobody knows what is paid for.\nNot even “we”.")
    notebook.codes.add(CodeFields("Help", include="When offered", colour="#123456", examples=("“Call me”", "=1+1")))
    notebook.codes.add(fields)
    notebook.codes.add(CodeFields("Price talk / fair", exclude="Jokes"))


def labels(notebook: Notebook) -> list[str]:
    return [code.label for code in notebook.codes.list()]


@pytest.mark.parametrize("ending", ["csv", "qdc"])
def test_a_codebook_goes_to_another_notebook_whole(notebook: Notebook, tmp_path: Path, ending: str) -> None:
    fill(notebook)
    path = tmp_path / f"book.{ending}"
    assert notebook.codebook.export_file(path) == 4
    with create_notebook(tmp_path / "other.terrain", identity=Identity("M.", "two")) as other:
        preview = other.codebook.preview(path)
        assert (list(preview.new), preview.known, labels(other)) == (TREE, (), [])
        made = other.codebook.import_file(path)
        assert made.result == preview
        assert made.label == f"Import codebook book.{ending}"
        assert labels(other) == TREE
        for mine, theirs in zip(notebook.codes.list(), other.codes.list(), strict=True):
            for name in ("definition", "include", "exclude", "examples"):
                assert getattr(mine.fields, name) == getattr(theirs.fields, name)
            assert mine.colour == theirs.colour
        again = other.codebook.import_file(path)
        assert (list(again.result.known), again.result.new, again.touched) == (TREE, (), {})
        other.history.undo()
        assert labels(other) == []


def test_what_is_here_already_is_kept_and_told(notebook: Notebook, tmp_path: Path) -> None:
    fill(notebook)
    path = tmp_path / "book.csv"
    path.write_text(
        "code,parent,definition,colour\nhelp,,Something else,#000000\nfair,Price  Talk,,\ndear,Price talk,Too much,\n"
        "New,,,\n",
        encoding="utf-8",
    )
    report = notebook.codebook.import_file(path).result
    assert report.new == ("New", "Price talk / dear")
    assert "help" in report.known
    assert report.changed == ("help",)
    assert report.notices == (
        "“help” is here already and was kept as it is; the file has another definition and colour.",
    )
    assert labels(notebook) == [
        "Help",
        "New",
        "Price talk",
        "Price talk / dear",
        "Price talk / fair",
        "Price talk / opaque",
    ]
    assert notebook.codes.get("Help").fields.definition == ""
    assert notebook.codes.get("New").colour == COLOURS[2]


def test_the_table_tells_how_often_each_code_was_applied(notebook: Notebook) -> None:
    fill(notebook)
    document = notebook.documents.add("A", "Some words").result
    notebook.codings.add(document, 0, 4, "fair")
    rows = list(csv.DictReader(notebook.codebook.export().decode("utf-8-sig").splitlines(keepends=True)))
    assert [(row["code"], row["codings"]) for row in rows if row["codings"] in ("0", "1")] == [
        ("Help", "0"),
        ("Price talk", "0"),
        ("fair", "1"),
        ("opaque", "0"),
    ]


def test_files_that_cannot_be(notebook: Notebook, tmp_path: Path) -> None:
    fill(notebook)
    with pytest.raises(Invalid, match="no format of codebooks"):
        notebook.codebook.export_file(tmp_path / "book.docx")
    with pytest.raises(CannotWrite, match="cannot be written"):
        notebook.codebook.export_file(tmp_path / "missing" / "book.csv")
    bad = tmp_path / "bad.qdc"
    bad.write_text("<CodeBook", encoding="utf-8")
    with pytest.raises(KnownError, match=r"“bad.qdc” is no whole XML"):
        notebook.codebook.import_file(bad)
    with pytest.raises(Invalid, match="cannot be read"):
        notebook.codebook.preview(tmp_path / "none.csv")
    assert labels(notebook) == TREE
    assert not list(tmp_path.glob(".*.part"))
