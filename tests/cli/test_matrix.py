"""matrix: codes against codes and what else there is, printed and written."""

from pathlib import Path

import pytest

from tests.cli.terminal import done, terrain

pytestmark = pytest.mark.usefixtures("notebook")


@pytest.fixture
def talk(tmp_path: Path, notebook: Path) -> str:
    path = tmp_path / "talk.txt"
    path.write_text("Ada: The price was fine.\nBen: The invoice was not.\nAda: No.\nBen: No.\n", encoding="utf-8")
    item = str(done("documents", "import", path, "--json").json["documents"][0]["id"])
    done("codings", "add", item, 4, 9, "price", "--coder", "M.")
    done("codings", "add", item, 4, 18, "fair", "--coder", "Ada")
    done("codings", "add", item, 24, 31, "invoice", "--coder", "Ada")
    return item


def cells(*words: str) -> dict[tuple[str, str], float]:
    matrix = done("matrix", *words, "--json").json
    labels = {one["id"]: one["label"] for one in [*matrix["rows"], *matrix["columns"]]}
    return {(labels[cell["row"]], labels[cell["column"]]): cell["value"] for cell in matrix["cells"]}


@pytest.mark.usefixtures("talk")
def test_codes_are_set_against_what_is_asked_for() -> None:
    assert cells() == {("fair", "price"): 1, ("price", "fair"): 1}
    assert cells("code", "--measure", "characters")["fair", "price"] == 5
    assert cells("speaker") == {("price", "Ada"): 1, ("fair", "Ada"): 1, ("invoice", "Ben"): 1}
    assert cells("coder", "--code", "price") == {("price", "M."): 1}
    assert cells("document")["invoice", "talk"] == 1
    assert cells("month") == {}
    done("documents", "edit", "talk", "--when", "2026-03-14")
    assert list(cells("month").values()) == [1, 1, 1]
    assert "invoice" in done("matrix", "speaker").out
    assert "leave out --measure" in terrain("matrix", "month", "--measure", "percent").sentence
    assert "is nothing to set codes against" in terrain("matrix", "weather").sentence


@pytest.mark.usefixtures("talk")
def test_a_matrix_is_written(tmp_path: Path) -> None:
    done("matrix", "speaker", "--out", tmp_path / "m.csv")
    assert "price,1,0" in (tmp_path / "m.csv").read_text(encoding="utf-8-sig")
    done("matrix", "--out", tmp_path / "m.xlsx")
    assert (tmp_path / "m.xlsx").read_bytes().startswith(b"PK")
    assert "written as .csv or .xlsx" in terrain("matrix", "--out", tmp_path / "m.txt").sentence


@pytest.mark.parametrize("ending", ["csv", "qdc"])
def test_a_codebook_goes_out_and_comes_home(tmp_path: Path, ending: str) -> None:
    done("codes", "add", "Price talk / opaque", "--definition", "Understood too late.", "--use", "Unseen.")
    path = tmp_path / f"codes.{ending}"
    assert done("codes", "export", path, "--json").json == {"codes": 2}
    other = tmp_path / "other.terrain"
    done("new", other)
    dry = done("codes", "import", path, "--dry-run", "--notebook", other, "--json").json
    assert (dry["new"], dry["known"]) == (2, 0)
    assert done("codes", "list", "--notebook", other, "--json").json == []
    done("codes", "import", path, "--notebook", other)
    codes = done("codes", "list", "--notebook", other, "--json").json
    assert [(code["path"], code["definition"], code["include"]) for code in codes] == [
        ("Price talk", "", ""),
        ("Price talk / opaque", "Understood too late.", "Unseen."),
    ]
    assert done("codes", "import", path, "--notebook", other, "--json").json["new"] == 0
    assert terrain("codes", "import", tmp_path / "nothing.csv").code == 1


@pytest.mark.usefixtures("talk")
def test_what_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    for words in (("matrix", "--out"), ("attributes", "export"), ("codes", "export")):
        assert "cannot be written" in terrain(*words, tmp_path / "folder.csv").sentence
        assert "cannot be written" in terrain(*words, tmp_path / "missing" / "m.csv").sentence
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []
