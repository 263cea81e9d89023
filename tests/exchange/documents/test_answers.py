"""Tables of answers: a document per respondent, from CSV and from Excel."""

import io
import zipfile
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook

from desktop_app.exchange import spreadsheets
from desktop_app.exchange.documents.answers import (
    NoAnswers,
    NoAnswerTable,
    NoHead,
    UnclearColumn,
    UnknownColumn,
    read_answers,
)
from desktop_app.exchange.metrics import MetricFileError
from desktop_app.exchange.spreadsheets import (
    DamagedWorkbook,
    EmptyWorkbook,
    LockedWorkbook,
    NoSuchSheet,
    SwollenWorkbook,
    WorkbookError,
    read_workbook,
)
from desktop_app.model.errors import KnownError

CSV = (
    "Respondent ID;Age;What did you like, and why?;Age\r\n"
    'p1;34;"The colours, they are\r\nso  bright \U0001f600";1\r\n'
    "p2;35;;2\r\n"
    "p3;;Nothing at all, to be honest;\r\n"
)


def _workbook(*rows: list[object], more: tuple[str, ...] = ()) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for title in more:
        book.create_sheet(title).append(["other"])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_an_answer_is_a_document_and_the_other_columns_its_attributes() -> None:
    answers = read_answers("survey.csv", CSV.encode("utf-8-sig"))
    assert answers.columns == ("Respondent ID", "Age", "What did you like, and why?", "Age (2)")
    assert (answers.column, answers.id_column) == ("What did you like, and why?", "Respondent ID")
    first, second = answers.documents
    assert (first.title, first.text, first.format) == (
        "survey p1",
        "The colours, they are\nso  bright \U0001f600",
        "answers",
    )
    assert first.attributes == (("Respondent ID", "p1"), ("Age", "34"), ("Age (2)", "1"))
    assert (second.title, second.attributes) == ("survey p3", (("Respondent ID", "p3"),))
    assert answers.skipped == ("row 3: no answer",)


@pytest.mark.parametrize("column", ["age", " AGE ", "2"])
def test_a_column_is_given_by_its_name_or_number(column: str) -> None:
    answers = read_answers("survey.csv", CSV.encode(), column=column, id_column="1")
    assert answers.column == "Age"
    assert [document.text for document in answers.documents] == ["34", "35"]
    assert answers.skipped == ("row 4: no answer",)


def test_rows_have_numbers_where_nothing_tells_respondents_apart() -> None:
    table = "Id,Say\nx,I like it very much indeed\nx,I do not like it at all\n,It leaves me cold as it is\n"
    answers = read_answers("s.csv", table.encode())
    assert answers.id_column == ""
    assert [document.title for document in answers.documents] == ["s 2", "s 3", "s 4"]
    given = read_answers("s.csv", table.encode(), id_column="id")
    assert [document.title for document in given.documents] == ["s x", "s x (2)", "s row 4"]


def test_excel_gives_what_a_person_sees() -> None:
    data = _workbook(
        ["When", "At", "N", "Said", "", "Yes"],
        [datetime(2026, 3, 4), time(9, 30), 3.0, "This is _x000D_\na long enough answer", None, True],
        [],
        [date(2026, 3, 5), None, 3.25, "This is a long enough answer too", "x", None],
        [datetime(2026, 3, 4, 10, 2), None, 10**17, "=1+1", None, None],
        more=("Codes", "Notes"),
    )
    answers = read_answers("s.xlsx", data)
    assert answers.columns == ("When", "At", "N", "Said", "Column 5", "Yes")
    first, second = answers.documents
    assert first.text == "This is \na long enough answer"
    assert first.attributes == (("When", "2026-03-04"), ("At", "09:30:00"), ("N", "3"), ("Yes", "true"))
    assert second.attributes == (("When", "2026-03-05"), ("N", "3.25"), ("Column 5", "x"))
    assert answers.skipped == ("Only the sheet “Sheet” was read, not “Codes”, “Notes”.", "row 5: no answer")


def test_what_qualtrics_writes_below_its_head_is_no_answer() -> None:
    table = (
        "ResponseId,Q1\nResponse ID,What do you think of all this?\n"
        '"{""ImportId"":""_recordId""}","{""ImportId"":""QID1_TEXT""}"\nR_1,I think it is very good\n'
    )
    answers = read_answers("q.csv", table.encode())
    assert [document.title for document in answers.documents] == ["q R_1"]
    assert answers.skipped == (
        "row 2: Qualtrics' description of the columns",
        "row 3: Qualtrics' description of the columns",
    )


@pytest.mark.parametrize(
    ("table", "column", "kind", "sentence"),
    [
        ("a,b\n", "", NoAnswerTable, "“s.csv” has no rows below its head"),
        ("1,2\n3,4\n", "", NoHead, "cannot be its head (“1”, “2”)"),
        ("a,b\nx,y\n", "c", UnknownColumn, "has no column “c”; its columns are “a”, “b”."),
        ("a,b\nx,y\n", "3", UnknownColumn, "has no column “3”"),
        ("a,b\nx,y\n", "", UnclearColumn, "name one of “a”, “b”."),
        ("a,b\nit is a long answer here,it is a long answer there\n", "", UnclearColumn, "It is not clear"),
        ("a,b\nx,\n", "b", NoAnswers, "The column “b” of “s.csv” is empty"),
    ],
)
def test_a_table_that_cannot_be_read_is_told(table: str, column: str, kind: type[KnownError], sentence: str) -> None:
    with pytest.raises(kind) as caught:
        read_answers("s.csv", table.encode(), column=column)
    assert sentence in str(caught.value)


def test_links_are_no_answers_however_long() -> None:
    link = "https://example.org/" + "x" * 200
    table = f"Link,Said\n{link}1,It is good as it is now\n{link}2,It was better before that\n"
    assert read_answers("s.csv", table.encode()).column == "Said"


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02" * 50, b"\x89PNG" + b"x" * 50, b'a,b\n"open'])
def test_bytes_that_are_no_table(data: bytes) -> None:
    with pytest.raises(MetricFileError):
        read_answers("s.csv", data)


def test_a_sheet_is_chosen_by_its_name() -> None:
    data = _workbook(["a"], more=("Other",))
    assert read_workbook("s.xlsx", data, sheet="Other").rows == [["other"]]
    with pytest.raises(NoSuchSheet, match="its sheets are Sheet, Other"):
        read_workbook("s.xlsx", data, sheet="None")
    with pytest.raises(EmptyWorkbook):
        read_workbook("s.xlsx", _workbook())


def test_damaged_and_locked_workbooks() -> None:
    data = _workbook(["a"], ["b"])
    for cut in (data[: len(data) // 2], data[:40], b"PK\x03\x04xl/workbook"):
        with pytest.raises(DamagedWorkbook):
            read_workbook("s.xlsx", cut)
    with pytest.raises(LockedWorkbook):
        read_answers("s.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
    for part in ("xl/workbook.xml", "xl/worksheets/sheet1.xml"):
        for content in (b"", b"<a", b"<!DOCTYPE x [<!ENTITY e 'e'>]><x>&e;</x>"):
            with pytest.raises(WorkbookError):
                read_workbook("s.xlsx", _with_part(data, part, content))


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_entities_are_not_unfolded(part: str) -> None:
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    pairs = zip("abcdefgh", "bcdefghi", strict=True)
    entities = "".join(f'<!ENTITY {outer} "{inner * 10}">' for inner, outer in ((f"&{a};", b) for a, b in pairs))
    start = f'<!DOCTYPE x [<!ENTITY a "ha">{entities}]>'
    cell = (
        '<c r="A1" t="s"><v>0</v></c>' if part.endswith("Strings.xml") else '<c t="inlineStr"><is><t>&i;</t></is></c>'
    )
    sheet = f'<worksheet {space}><sheetData><row r="1">{cell}</row></sheetData></worksheet>'
    data = _with_part(_workbook(["a"]), "xl/worksheets/sheet1.xml", (start + sheet).encode())
    if part.endswith("Strings.xml"):
        data = _with_part(data, "xl/worksheets/sheet1.xml", sheet.encode())
        data = _with_part(data, part, f"{start}<sst {space}><si><t>&i;</t></si></sst>".encode())
    with pytest.raises(WorkbookError):
        read_workbook("s.xlsx", data)


def test_a_workbook_that_swells_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    data = _workbook(["a"])
    with pytest.raises(SwollenWorkbook):
        read_workbook("s.xlsx", _with_part(data, "xl/media/x.xml", b"\0" * 5_000_000))
    monkeypatch.setattr(spreadsheets, "MAX_CELLS", 10)
    with pytest.raises(SwollenWorkbook, match="10 cells"):
        read_workbook("s.xlsx", _workbook(*[["a", "b"]] * 5))


def _with_part(data: bytes, name: str, content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry.filename, old.read(entry))
        new.writestr(name, content)
    return file.getvalue()
