from pathlib import Path

import pytest

from desktop_app.model.errors import Interrupted, KnownError
from desktop_app.model.links import End, LinkFields
from desktop_app.services import Notebook
from tests.services.conftest import Now

CSV = "Date,Clicks,Impressions\n2026-03-01,4,100\n2026-03-02,6,100\n2026-03-03,10,300\n"


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "web.csv"
    path.write_text(CSV)
    return path


def test_the_same_file_twice_adds_nothing(notebook: Notebook, export: Path, tmp_path: Path) -> None:
    first = notebook.metrics.import_files([export]).result[0]
    assert (first.added, first.restated, first.unchanged) == (6, 0, 0)
    again = notebook.metrics.import_files([export])
    assert (again.result[0].added, again.result[0].unchanged) == (0, 6)
    assert again.touched == {}
    copy = tmp_path / "web (1).csv"
    copy.write_bytes(export.read_bytes())
    notebook.metrics.import_files([copy])
    assert [record.file for record in notebook.metrics.imports()] == ["web.csv"]


def test_a_restated_point_keeps_both(notebook: Notebook, export: Path, tmp_path: Path, now: Now) -> None:
    notebook.metrics.import_files([export])
    later = tmp_path / "later.csv"
    later.write_text("Date,Clicks,Impressions\n2026-03-03,11,300\n2026-03-04,1,50\n")
    found = notebook.metrics.import_files([later]).result[0]
    assert (found.added, found.restated, found.unchanged) == (2, 1, 1)
    assert [point.value for point in notebook.metrics.show("clicks").points] == [4, 6, 11, 1]
    notebook.history.undo()
    assert [point.value for point in notebook.metrics.show("Clicks").points] == [4, 6, 10]


def test_a_dry_run_counts_and_writes_nothing(notebook: Notebook, export: Path) -> None:
    found = notebook.metrics.import_files([export], dry_run=True)
    assert found.result[0].added == 6
    assert found.result[0].import_id == ""
    assert notebook.metrics.list() == []
    assert notebook.history.can_undo() == ""


def test_one_bad_file_keeps_all_of_them_out(notebook: Notebook, export: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_bytes(b"\x00\x01\x02" * 50)
    with pytest.raises(KnownError):
        notebook.metrics.import_files([export, bad])
    assert notebook.metrics.list() == []


def test_stopping_keeps_nothing(notebook: Notebook, export: Path) -> None:
    answers = iter([False, True])
    with pytest.raises(Interrupted, match="nothing was changed"):
        notebook.metrics.import_files([export], should_stop=lambda: next(answers))
    assert notebook.metrics.list() == []


def test_the_original_comes_back_byte_for_byte(notebook: Notebook, export: Path) -> None:
    made = notebook.metrics.import_files([export]).result[0]
    assert notebook.metrics.original(made.import_id) == {"web.csv": CSV.encode()}
    report = notebook.metrics.report(made.import_id)
    assert [table.rows for table in report.parsed.tables] == [3]


def test_an_import_is_backed_up_before(notebook: Notebook, export: Path) -> None:
    notebook.metrics.import_files([export])
    assert len(notebook.maintenance.backups()) == 1


def test_a_stretch_is_summed_and_a_ratio_divided(notebook: Notebook, tmp_path: Path) -> None:
    path = tmp_path / "rate.csv"
    path.write_text("Date,Clicks,Impressions,CTR\n2026-03-01,4,100,4%\n2026-03-02,6,300,2%\n2026-03-03,0,0,\n")
    notebook.metrics.import_files([path])
    ids = {series.name: series.id for series in notebook.metrics.list()}
    notebook.metrics.edit_series(ids["CTR"], numerator="Clicks", denominator="Impressions")
    clicks, rate = notebook.metrics.overview([ids["Clicks"], ids["CTR"]], "2026-03-01T00:00", "2026-03-03T00:00")
    assert clicks.value == 10
    assert rate.value == pytest.approx(10 / 400)
    assert (rate.numerator, rate.denominator) == (10, 400)


def test_a_link_to_a_stretch_keeps_what_it_said_then(notebook: Notebook, export: Path, tmp_path: Path) -> None:
    from desktop_app.model.entries import EntryDraft

    notebook.metrics.import_files([export])
    entry = notebook.entries.add(EntryDraft(body="A worksheet named us")).result
    target = End("series", "Clicks", "2026-03-02", "2026-03-04")
    notebook.links.add(LinkFields(End("entry", entry), "explains", target))
    later = tmp_path / "later.csv"
    later.write_text("Date,Clicks,Impressions\n2026-03-03,12,300\n2026-03-04,1,50\n")
    notebook.metrics.import_files([later])
    link = notebook.links.of(entry)[0]
    assert (link.relation, link.label, link.other.then, link.now) == ("explains", "Clicks", 16, 18)
    with pytest.raises(KnownError, match="a start and a later end"):
        notebook.links.add(LinkFields(End("entry", entry), "explains", End("series", "Clicks")))


def test_what_it_said_then(notebook: Notebook, export: Path, tmp_path: Path) -> None:
    notebook.metrics.import_files([export])
    assert [point.value for point in notebook.metrics.show("Clicks", as_of="2020").points] == []
    assert len(notebook.metrics.show("Clicks", from_="2026-03-02", to="2026-03-02").points) == 1
