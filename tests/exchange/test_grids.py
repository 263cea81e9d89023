"""Tables as CSV and XLSX."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from desktop_app.exchange import grids
from desktop_app.exchange.grids import GridTooLarge, Sheet, unguarded, write_csv, write_xlsx

FORMULA = '=HYPERLINK("https://example.org","x")'


def read_back(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def read_workbook(data: bytes) -> dict[str, list[tuple[object, ...]]]:
    book = load_workbook(io.BytesIO(data))
    return {page.title: [tuple(cell.value for cell in row) for row in page.iter_rows()] for page in book}


def test_csv_is_utf_8_that_excel_knows() -> None:
    assert write_csv(["code", "n"], [["Café 😀", 3], ["two\nlines", 2.5]]) == (
        "\ufeffcode,n\r\nCafé 😀,3\r\n\"two\nlines\",2.5\r\n".encode()
    )  # fmt: skip


@pytest.mark.parametrize("text", [FORMULA, "+1", "-2 days", "@SUM(A1)", "\t=1", "\r=1"])
def test_text_that_looks_like_a_formula_is_guarded_in_csv(text: str) -> None:
    assert read_back(write_csv([text], [[text]])) == [["'" + text], ["'" + text]]


def test_numbers_are_no_text() -> None:
    row = [-3, -2.5, 4.0, 1e300, float("nan"), float("inf"), True, None]
    assert read_back(write_csv(["a"], [row]))[1] == ["-3", "-2.5", "4", str(int(1e300)), "", "", "yes", ""]


@given(st.lists(st.text(alphabet=st.sampled_from("a'=-@+\t\r\n,\"; é😀"), max_size=8), min_size=2, max_size=2))
def test_every_text_comes_back_from_csv(row: list[str]) -> None:
    assert [unguarded(text) for text in read_back(write_csv(["a", "b"], [row]))[1]] == row


def test_what_is_no_text_is_left_out() -> None:
    assert read_back(write_csv(["a"], [["x\ud800\x01\x7f"], ["\x00=1"]]))[1:] == [["x"], ["'=1"]]
    assert read_workbook(write_xlsx([Sheet("s", ["a"], [["x\ud800\x01\uffff"]])]))["s"][1] == ("x",)


def test_a_workbook_holds_texts_as_texts_and_numbers_as_numbers() -> None:
    data = write_xlsx([Sheet("Codes", ["=code", "n"], [[FORMULA, 3], ["#N/A", 2.5], ["", None], ["-2", False]])])
    assert read_workbook(data) == {
        "Codes": [("=code", "n"), (FORMULA, 3), ("#N/A", 2.5), (None, None), ("-2", "no")],
    }
    page = load_workbook(io.BytesIO(data))["Codes"]
    assert {page[place].data_type for place in ("A1", "A2", "A3", "A5")} == {"s"}
    assert page["A1"].font.b
    assert page.freeze_panes == "A2"


def test_a_text_longer_than_a_cell_ends_in_an_ellipsis() -> None:
    rows = [["x" * 32_767], ["x" * 32_768], ["😀" * 20_000]]
    cells = [row[0] for row in read_workbook(write_xlsx([Sheet("s", ["a"], rows)]))["s"][1:]]
    assert cells == ["x" * 32_767, "x" * 32_766 + "…", "😀" * 16_383 + "…"]


def test_titles_fit_excel_and_are_told_apart() -> None:
    long = "Codes by speaker and by document, all"
    data = write_xlsx([Sheet(title, ["a"], []) for title in (long, long, "a/b: c?", "A B  C", "'", "")])
    assert list(read_workbook(data)) == [
        "Codes by speaker and by documen", "Codes by speaker and by doc (2)", "a b  c", "A B  C (2)", "Sheet",
        "Sheet (2)",
    ]  # fmt: skip


def test_what_no_sheet_holds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grids, "MAX_ROWS", 3)
    write_xlsx([Sheet("s", ["a"], [["1"], ["2"]])])
    with pytest.raises(GridTooLarge, match="“s” has 3 rows"):
        write_xlsx([Sheet("s", ["a"], [["1"], ["2"], ["3"]])])
