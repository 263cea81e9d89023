from io import BytesIO
from pathlib import Path

import pytest

from desktop_app.model.attributes import VariableFields
from desktop_app.model.errors import Invalid, KnownError, NotFound
from desktop_app.model.people import PersonFields
from desktop_app.services import Notebook
from tests.services.interviews import interview


@pytest.fixture
def documents(notebook: Notebook) -> list[str]:
    return [notebook.documents.add(title, f"Words of {title}.").result for title in ("One", "Two", "Three")]


def table(folder: Path, text: str, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def by_name(notebook: Notebook, subject: str = "document") -> dict[str, dict[str, object]]:
    """Values by title or name, and by the variable's name."""
    variables = {variable.id: variable.fields.name for variable in notebook.attributes.variables(subject)}
    people = {person.id: person.fields.name for person in notebook.people.list()}
    titles = {document.id: document.fields.title for document in notebook.documents.list()} | people
    return {
        titles[item]: {variables[key]: value for key, value in values.items() if key in variables}
        for item, values in notebook.attributes.values(subject).items()
    }


def test_variables_are_made_changed_and_found(notebook: Notebook, documents: list[str]) -> None:
    years = notebook.attributes.add(VariableFields("Years in trade")).result
    notebook.attributes.set("document", documents[:2], "years IN trade", "12")
    with pytest.raises(Invalid, match="already"):
        notebook.attributes.add(VariableFields("years in  trade"))
    made = notebook.attributes.edit(years, VariableFields("Years", "integer"))
    assert made.label == "Edit attribute Years in trade"
    assert by_name(notebook) == {"One": {"Years": 12}, "Two": {"Years": 12}}
    (variable,) = notebook.attributes.variables()
    assert (variable.values, variable.fields.type) == (2, "integer")
    notebook.history.undo()
    assert by_name(notebook) == {"One": {"Years in trade": "12"}, "Two": {"Years in trade": "12"}}
    with pytest.raises(Invalid, match="stays with documents"):
        notebook.attributes.edit(years, VariableFields("Years", subject="person"))
    notebook.attributes.set("document", documents[1:2], years, "a dozen")
    with pytest.raises(Invalid, match="Two: “a dozen” is no whole number"):
        notebook.attributes.edit(years, VariableFields("Years", "integer"))
    assert by_name(notebook)["One"] == {"Years in trade": "12"}
    with pytest.raises(NotFound):
        notebook.attributes.edit("zzz", VariableFields("x"))


def test_a_trashed_variable_takes_its_values_along_and_back(notebook: Notebook, documents: list[str]) -> None:
    city = notebook.attributes.add(VariableFields("City")).result
    notebook.attributes.set("document", documents, city, "Porto")
    assert notebook.attributes.trash(city).result
    assert notebook.attributes.variables() == []
    notebook.attributes.add(VariableFields("City"))
    with pytest.raises(Invalid, match="already"):
        notebook.attributes.restore(city)
    notebook.history.undo()
    notebook.attributes.restore(city)
    assert by_name(notebook)["One"] == {"City": "Porto"}


def test_a_block_of_values_is_all_or_nothing(notebook: Notebook, documents: list[str]) -> None:
    city = notebook.attributes.add(VariableFields("City")).result
    years = notebook.attributes.add(VariableFields("Years", "integer")).result
    cells = [(documents[0], city, "Porto"), (documents[0], years, "3"), (documents[1], years, " ")]
    assert notebook.attributes.set_cells("document", cells).result == 1
    assert by_name(notebook) == {"One": {"City": "Porto", "Years": 3}}
    with pytest.raises(Invalid, match="no whole number"):
        notebook.attributes.set_cells("document", [(documents[1], city, "Lisbon"), (documents[1], years, "x")])
    with pytest.raises(NotFound):
        notebook.attributes.set_cells("document", [(documents[1], "zzz", "Lisbon")])
    person = notebook.people.add(PersonFields("Ines")).result
    with pytest.raises(NotFound, match="no document"):
        notebook.attributes.set("document", [person], city, "Porto")
    assert by_name(notebook) == {"One": {"City": "Porto", "Years": 3}}
    notebook.people.trash(person)
    notebook.history.undo()
    notebook.history.undo()
    notebook.history.undo()
    assert by_name(notebook) == {}


def test_long_numbers_lose_nothing(notebook: Notebook, documents: list[str]) -> None:
    whole = notebook.attributes.add(VariableFields("Account", "integer")).result
    part = notebook.attributes.add(VariableFields("Turnover", "number")).result
    notebook.attributes.set("document", documents[:1], whole, "12345678901234567")
    notebook.attributes.set("document", documents[:1], part, "1234567.5")
    assert by_name(notebook)["One"] == {"Account": 12345678901234567, "Turnover": 1234567.5}
    assert b"One,12345678901234567,1234567.5" in notebook.attributes.export()


def test_a_table_is_previewed_and_taken_in(notebook: Notebook, documents: list[str], tmp_path: Path) -> None:
    known = notebook.attributes.add(VariableFields("Years", "integer")).result
    path = table(
        tmp_path,
        "City,Title,years,Code,Share,Met,Regular\n"
        "Porto,one,12,0123,0.50,2026-03-14,yes\n"
        "Lisbon,TWO,many,9000,1,2026-03-15,No\n"
        "Faro,Four,1,1,1,2026-03-16,no\n"
        "Braga,One,1,1,1,2026-03-16,no\n"
        ",,,,2,,\n",
    )
    preview = notebook.attributes.read_file(path)
    assert (preview.key, preview.matched, preview.values) == ("Title", 2, 11)
    assert [(column.name, column.type, column.variable) for column in preview.columns] == [
        ("City", "text", None),
        ("years", "integer", known),
        ("Code", "text", None),
        ("Share", "number", None),
        ("Met", "date", None),
        ("Regular", "boolean", None),
    ]
    assert preview.notices == (
        "Row 3: “many” is no whole number for Years; write one such as 3.",
        "Row 4: there is no document “Four” in this notebook.",
        "Row 5: “One” comes a second time; the first row was taken.",
        "Row 6 does not say which document it is about.",
    )
    assert by_name(notebook) == {}
    made = notebook.attributes.import_file(path)
    assert made.result == preview
    assert by_name(notebook) == {
        "One": {"City": "Porto", "Years": 12, "Code": "0123", "Share": 0.5, "Met": "2026-03-14", "Regular": True},
        "Two": {"City": "Lisbon", "Code": "9000", "Share": 1.0, "Met": "2026-03-15", "Regular": False},
    }
    notebook.history.undo()
    assert by_name(notebook) == {}
    assert [variable.fields.name for variable in notebook.attributes.variables()] == ["Years"]


def test_the_key_may_be_the_name_of_a_file_or_a_chosen_column(notebook: Notebook, tmp_path: Path) -> None:
    document = interview(notebook, tmp_path)
    notebook.documents.edit(document, title="The café owner")
    for key in ("Interview 07", "interview 07.vtt", "the CAFÉ owner"):
        assert notebook.attributes.read_file(table(tmp_path, f"City,Which\nPorto,{key}\n"), key="which").matched == 1
    with pytest.raises(Invalid, match="has no column “who”; its columns are City, Which"):
        notebook.attributes.read_file(table(tmp_path, "City,Which\nPorto,x\n"), key="who")


def test_attributes_of_people(notebook: Notebook, tmp_path: Path) -> None:
    for name in ("Ines", "Bo", "Bo"):
        notebook.people.add(PersonFields(name))
    report = notebook.attributes.import_file(table(tmp_path, "Name,Role\nines,Owner\nBo,Barista\n"), "person").result
    assert report.notices == ("Row 3: “Bo” fits 2 people.",)
    assert by_name(notebook, "person") == {"Ines": {"Role": "Owner"}}


def test_tables_come_back_as_they_went(notebook: Notebook, documents: list[str], tmp_path: Path) -> None:
    path = table(tmp_path, "title,City,Years,Regular\nOne,=1+1,3,yes\nTwo,Porto,,no\n")
    notebook.attributes.import_file(path)
    values = by_name(notebook)
    assert values["One"] == {"City": "=1+1", "Years": 3, "Regular": True}
    for ending in ("csv", "xlsx"):
        (tmp_path / f"out.{ending}").write_bytes(notebook.attributes.export(ending=ending))
        notebook.attributes.set_cells(
            "document",
            [(item, one.id, "") for item in documents for one in notebook.attributes.variables()],
        )
        assert by_name(notebook) == {}
        report = notebook.attributes.import_file(tmp_path / f"out.{ending}").result
        assert (report.key, report.notices) == ("document", ())
        assert by_name(notebook) == values
    with pytest.raises(Invalid, match="no format"):
        notebook.attributes.export(ending="pdf")


@pytest.mark.parametrize(
    ("text", "told"),
    [("title,City\n", "no rows"), ("title,city,City\nOne,a,b\n", "two columns"), ("title,\nOne,a\n", "has no name")],
)
def test_tables_that_cannot_be(notebook: Notebook, tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(KnownError, match=told):
        notebook.attributes.import_file(table(tmp_path, text))
    assert notebook.attributes.variables() == []


def test_answers_bring_typed_attributes(notebook: Notebook, tmp_path: Path) -> None:
    answers = (
        "id,age,code,answer\n1,34,007,The price was never quite clear to me.\n2,41,100,They called me back at once.\n"
    )
    done = notebook.documents.import_files([table(tmp_path, answers, "survey.csv")]).result
    assert len(done.documents) == 2
    assert [(one.fields.name, one.fields.type) for one in notebook.attributes.variables()] == [
        ("id", "integer"),
        ("age", "integer"),
        ("code", "text"),
    ]
    again = table(tmp_path, answers.replace("34", "young").replace("never", "ever"), "more.csv")
    done = notebook.documents.import_files([again]).result
    assert done.rejected == ()
    assert any("“young” is no whole number for age" in notice for notice in done.documents[0].parsed.notices)
    assert by_name(notebook)["more 1"] == {"id": 1, "code": "007"}
    assert by_name(notebook)["more 2"] == {"id": 2, "age": 41, "code": "100"}


def test_an_excel_table(notebook: Notebook, documents: list[str], tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for row in (("title", "Years", None), ("One", 3, None), ("Three", 4, None)):
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    (tmp_path / "table.xlsx").write_bytes(out.getvalue())
    notebook.attributes.import_file(tmp_path / "table.xlsx")
    assert by_name(notebook) == {"One": {"Years": 3}, "Three": {"Years": 4}}
