"""Files that cannot be read: one clear sentence each, quickly, and never anything else."""

import random
import struct
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.exchange.metrics import profiles, read_metric_file
from desktop_app.exchange.metrics.decoding import MAX_LINE
from desktop_app.exchange.metrics.errors import (
    BinaryMetricFile,
    DamagedZip,
    EmptyMetricFile,
    EncryptedZip,
    FileTooLarge,
    LineTooLong,
    MetricFileError,
    MissingMetricFile,
    NoMetricsInFolder,
    ProfileMismatch,
    UnclosedQuote,
    UnknownEncoding,
    UnknownProfile,
    UnreadableMetricFile,
    UnreadMetricFile,
    UnsafeZip,
)
from desktop_app.notebook.points import pack, unpack
from tests.exchange import twins
from tests.exchange.twins import put, reasons


def _fails(path: Path, kind: type[MetricFileError]) -> str:
    with pytest.raises(kind) as caught:
        read_metric_file(path)
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert "{" not in sentence
    return sentence


def test_a_missing_file(tmp_path: Path) -> None:
    assert "nowhere.csv" in _fails(tmp_path / "nowhere.csv", MissingMetricFile)


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path, "locked.csv", "Date,Clicks\n2026-01-01,1\n")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert "Permission denied" in _fails(path, UnreadableMetricFile)


@pytest.mark.parametrize("content", [b"", b"\n\r\n", b"\xef\xbb\xbf", b"\xff\xfe", b"   \n"])
def test_an_empty_file(tmp_path: Path, content: bytes) -> None:
    _fails(put(tmp_path, "empty.csv", content), EmptyMetricFile)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "PNG"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Excel"),
        (b"SQLite format 3\0" + bytes(50), "database"),
        (b"Date,Clicks\n2026-01-01,\x00\n", "not a text file"),
        (bytes(range(256)), "not a text file"),
    ],
)
def test_a_binary_file(tmp_path: Path, content: bytes, kind: str) -> None:
    sentence = _fails(put(tmp_path, "report.csv", content), BinaryMetricFile)
    assert kind in sentence
    assert "export it as CSV" in sentence


def test_a_workbook(tmp_path: Path) -> None:
    content = twins.zipped({"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>"})
    assert "Excel" in _fails(put(tmp_path, "report.xlsx", content), BinaryMetricFile)


def test_bytes_in_no_known_encoding(tmp_path: Path) -> None:
    text = "Date,Märkte\n2026-01-01,1\n".encode("cp1252") + b"\x81\x8d\n"
    assert "line" in _fails(put(tmp_path, "odd.csv", text), UnknownEncoding)


def test_a_line_of_fifty_megabytes(tmp_path: Path) -> None:
    content = b"Date,Clicks\n2026-01-01,1\n" + b"x" * 50_000_000
    sentence = _fails(put(tmp_path, "long.csv", content), LineTooLong)
    assert sentence.startswith("Line 3 of “long.csv”")


def test_a_line_at_the_limit_is_measured_exactly(tmp_path: Path) -> None:
    note = "n" * 100_000
    just = "Date,Clicks" + f",{note}" * 9 + "\n2026-01-01,1" + ",x" * 9 + "\n"
    read_metric_file(put(tmp_path, "wide.csv", just))
    over = "Date,Clicks" + f",{note}" * 12 + "\n2026-01-01,1" + ",x" * 12 + "\n"
    assert len(over.split("\n", 1)[0]) > MAX_LINE
    _fails(put(tmp_path, "wider.csv", over), LineTooLong)


def test_a_file_over_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.exchange.metrics.sources.MAX_FILE", 10)
    _fails(put(tmp_path, "big.csv", "Date,Clicks\n2026-01-01,1\n"), FileTooLarge)


def test_an_open_quote_names_its_line(tmp_path: Path) -> None:
    text = 'Date,Page,Clicks\n2026-01-01,"a",1\n2026-01-02,"b,2\n2026-01-03,c,3\n'
    assert "line 3" in _fails(put(tmp_path, "cut.csv", text), UnclosedQuote)


def test_a_cut_row_is_skipped_and_told(tmp_path: Path) -> None:
    path = put(tmp_path, "cut.csv", "Date,Clicks,Impressions\n2026-01-01,1,2\n2026-01-02,3")
    (found,) = read_metric_file(path).tables
    assert "cut off" in reasons(found)[3]
    assert [point.start for point in found.series[0].points] == ["2026-01-01"]


def test_a_utf_16_file_cut_between_two_bytes(tmp_path: Path) -> None:
    whole = twins.ads_excel(twins.ADS.split("Total:")[0].rstrip("\n"))
    (found,) = read_metric_file(put(tmp_path, "cut.csv", whole[:-1])).tables
    assert found.rows == 2
    assert "cut off" in reasons(found)[6]


def test_a_utf_8_file_cut_within_a_letter(tmp_path: Path) -> None:
    whole = "Date,Clicks,Ort\n2026-01-01,1,Köln\n2026-01-02,1,Kö".encode()
    (found,) = read_metric_file(put(tmp_path, "cut.csv", whole[:-1])).tables
    assert "cut off" in reasons(found)[3]


def test_a_cut_snapshot(tmp_path: Path) -> None:
    whole = twins.ga4_snapshot()
    parsed = read_metric_file(put(tmp_path, "cut.csv", whole[: whole.index(b"0014,") + 6]))
    assert "cut off" in " ".join(reasons(parsed.tables[-1]).values())


# --- zips and folders -----------------------------------------------------------------------------------------------


def test_a_truncated_zip(tmp_path: Path) -> None:
    _fails(put(tmp_path, "cut.zip", twins.zipped(twins.SEARCH_CONSOLE)[:-40]), DamagedZip)


def test_a_zip_with_a_flipped_byte(tmp_path: Path) -> None:
    data = bytearray(twins.zipped({"Chart.csv": twins.SEARCH_CONSOLE["Chart.csv"]}))
    data[45] ^= 0xFF
    _fails(put(tmp_path, "flipped.zip", bytes(data)), DamagedZip)


def test_an_encrypted_zip(tmp_path: Path) -> None:
    data = bytearray(twins.zipped({"Chart.csv": "Date,Clicks\n"}))
    central = data.index(b"PK\x01\x02")
    data[central + 8 : central + 10] = struct.pack("<H", 1)
    data[6:8] = struct.pack("<H", 1)
    _fails(put(tmp_path, "locked.zip", bytes(data)), EncryptedZip)


@pytest.mark.parametrize("name", ["../Chart.csv", "/etc/Chart.csv", "a/../../Chart.csv", "C:\\Chart.csv"])
def test_a_zip_that_points_outside(tmp_path: Path, name: str) -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), "Date,Clicks\n")
    _fails(put(tmp_path, "tricky.zip", out.getvalue()), UnsafeZip)


def test_a_zip_that_unpacks_to_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.exchange.metrics.sources.MAX_FILE", 100_000)
    _fails(put(tmp_path, "bomb.zip", twins.zipped({"a.csv": "0" * 200_000})), FileTooLarge)


def test_a_zip_that_lies_about_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = bytearray(twins.zipped({"a.csv": "0" * 200_000}))
    central = data.index(b"PK\x01\x02")
    data[central + 24 : central + 28] = struct.pack("<I", 10)
    monkeypatch.setattr("desktop_app.exchange.metrics.sources.MAX_FILE", 100_000)
    with pytest.raises(MetricFileError):
        read_metric_file(put(tmp_path, "liar.zip", bytes(data)))


def test_an_empty_zip_and_folders_without_metrics(tmp_path: Path) -> None:
    _fails(put(tmp_path, "none.zip", twins.zipped({})), EmptyMetricFile)
    _fails(put(tmp_path, "words.zip", twins.zipped({"a.md": "# hello"})), NoMetricsInFolder)
    folder = tmp_path / "folder"
    folder.mkdir()
    _fails(folder, NoMetricsInFolder)
    put(folder, "people.csv", "name,town\nfoo,bar\n")
    _fails(folder, NoMetricsInFolder)


# --- no profile -----------------------------------------------------------------------------------------------------


def test_a_file_no_profile_reads_shows_its_first_lines(tmp_path: Path) -> None:
    path = put(tmp_path, "crm.csv", "name,town\nfoo,bar\n")
    sentence = _fails(path, UnreadMetricFile)
    assert "name,town" in sentence
    assert "foo,bar" in sentence
    with pytest.raises(UnreadMetricFile) as caught:
        read_metric_file(path)
    assert caught.value.parts["file"] == "crm.csv"
    assert caught.value.parts["first_lines"] == ("name,town", "foo,bar")


def test_a_profile_asked_for_must_fit_and_exist(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", "Date,Clicks\n2026-01-01,1\n")
    with pytest.raises(ProfileMismatch):
        read_metric_file(path, profile="ga4-snapshot")
    with pytest.raises(UnknownProfile) as caught:
        read_metric_file(path, profile="ga3")
    assert all(info.id in str(caught.value) for info in profiles())


# --- anything at all ------------------------------------------------------------------------------------------------

_GOOD: tuple[tuple[str, bytes], ...] = (
    ("snapshot.csv", twins.ga4_snapshot()),
    ("download.csv", twins.EXPLORATION.encode()),
    ("Campaign report.csv", twins.ADS.encode()),
    ("Excel.csv", twins.ads_excel()),
    ("Chart.csv", twins.SEARCH_CONSOLE["Chart.csv"].encode()),
    ("export.zip", twins.zipped(twins.SEARCH_CONSOLE)),
    ("imported_visitors_20260101_20260131.csv", next(iter(twins.PLAUSIBLE.values())).encode()),
    ("Time_series(2026.02.05).csv", b"Hour,Clicks\n00 - 01,0\n09 - 10,4\n"),
    ("plain.csv", "Datum;Kosten;Quote\n14.03.2026;1.234,56 €;62,5 %\nGesamt;1.234,56 €;\n".encode()),
    ("wide.csv", b"Metric,2026-01,2026-02,2026-03\nOrders,10,20,\nTotal,1,2,3\n"),
)
_FRAGMENTS: tuple[bytes, ...] = (
    *b'" \n \r , ; \t \x00 # % -1 -- Total nan inf 1e999 2026-02-31 9999-12-31 0000-00-00 ""'.split(b" "),
    *(b"\xff", b"\xc3\xa4", b"\xe2\x80\xa8", b"\n\n", b"# Start date: 00010101\n", b"# End date: 99991231\n"),
    *(b"1" * 5000, b"9" * 400, b",,,,,,"),
)


def _mutate(data: bytes, chance: random.Random) -> bytes:
    mutated = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(mutated) + 1)
        how = chance.randrange(5)
        if how == 0:
            del mutated[at:]
        elif how == 1 and at < len(mutated):
            mutated[at] ^= 1 << chance.randrange(8)
        elif how == 2:
            mutated[at:at] = chance.choice(_FRAGMENTS)
        elif how == 3:
            mutated[at:at] = mutated[at : at + chance.randrange(80)]
        else:
            del mutated[at : at + chance.randrange(80)]
    return bytes(mutated)


def _reads_or_refuses(path: Path) -> None:
    try:
        parsed = read_metric_file(path)
    except MetricFileError:
        return
    assert unpack(pack(parsed.tables)) == parsed.tables
    for found in parsed.tables:
        for series in found.series:
            assert series.points
            assert all(point.start < point.end for point in series.points)
            assert len({point.start for point in series.points}) == len(series.points)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(which=st.sampled_from(_GOOD), chance=st.randoms(use_true_random=False))
def test_mutated_exports_parse_or_are_refused(tmp_path: Path, which: tuple[str, bytes], chance: random.Random) -> None:
    name, data = which
    _reads_or_refuses(put(tmp_path, name, _mutate(data, chance)))


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.binary(max_size=400)
    | st.text(alphabet='",;\t\n\r#%.-0123456789Date TotalMA:é', max_size=400).map(str.encode)
)
def test_random_bytes_parse_or_are_refused(tmp_path: Path, data: bytes) -> None:
    _reads_or_refuses(put(tmp_path, "random.csv", data))
