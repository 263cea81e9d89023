"""The sources of the sample notebook: they hang together, and the story in them agrees with its own numbers."""

import csv
import itertools
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop_app.config.resources import resource_path
from desktop_app.model.entries import COMPARISONS, Act, Basis, Consent, EntryKind, Result, tag
from desktop_app.model.links import Relation
from desktop_app.model.people import Stage
from desktop_app.model.questions import EVIDENCE_RELATIONS
from desktop_app.model.time import parse_edtf, parse_recurrence
from desktop_app.model.vocabulary import Vocabulary

Record = dict[str, Any]

ROOT = resource_path("sample")
METRICS = ROOT / "metrics"
TODAY = "2026-11-22"
MARKS = {"disc", "diamond", "triangle-up", "star", "pentagon", "triangle-right", "square"}


def _toml(path: Path) -> Record:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _vocabulary(name: str) -> Vocabulary:
    return Vocabulary.from_toml(
        "perspective" if name == "perspectives" else "scale",
        _toml(resource_path("vocabulary", f"{name}.toml")),
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _blocks() -> list[tuple[list[str], list[list[str]]]]:
    """Header and rows of every table of the GA4 snapshot."""
    text = (METRICS / "Reports_snapshot.csv").read_bytes().decode("utf-8")
    tables: list[tuple[list[str], list[list[str]]]] = []
    for is_table, lines in itertools.groupby(text.split("\r\n"), lambda line: bool(line) and not line.startswith("#")):
        if is_table:
            header, *rows = csv.reader(lines)
            tables.append((header, rows))
    return tables


@pytest.fixture(scope="module")
def notebook() -> Record:
    return _toml(ROOT / "notebook.toml")


@pytest.fixture(scope="module")
def entries() -> list[Record]:
    files = sorted((ROOT / "entries").glob("*.toml"))
    assert [path.stem for path in files][::8] == ["2024-Q4", "2026-Q4"]
    return [entry for path in files for entry in _toml(path)["entry"]]


@pytest.fixture(scope="module")
def daily() -> dict[tuple[str, str], dict[str, float]]:
    """Values by day of the series that foresights are checked on and links point at, by (source, name)."""
    found: dict[tuple[str, str], dict[str, float]] = {}
    for row in _rows(METRICS / "subscriptions.csv"):
        found.setdefault(("Subscriptions", row["Metric"]), {})[row["Date"]] = float(row["Value"])
    for row in _rows(METRICS / "search_console" / "Chart.csv"):
        for name in ("Clicks", "Impressions"):
            found.setdefault(("Search Console", name), {})[row["Date"]] = float(row[name])
    return found


def _series_names() -> set[tuple[str, str]]:
    names = {("Subscriptions", row["Metric"]) for row in _rows(METRICS / "subscriptions.csv")}
    names |= {("Search Console", name) for name in _rows(METRICS / "search_console" / "Chart.csv")[0]}
    names |= {("Google Analytics", name) for header, _ in _blocks() for name in header[1:]}
    names |= {("Google Ads", name) for name in _ads()[0]}
    return names


def _ads() -> tuple[list[str], list[dict[str, str]]]:
    text = (METRICS / "Campaign report.csv").read_text(encoding="utf-8")
    header, *rows = csv.reader(text.splitlines()[2:])
    return header, [dict(zip(header, row, strict=True)) for row in rows]


def _references(entries: list[Record], notebook: Record) -> Iterator[Record]:
    for entry in entries:
        yield from entry.get("series", [])
        if check := entry.get("check"):
            yield {"source": check["source"], "name": check["series"]}
    yield from (link["to_series"] for link in notebook["link"] if "to_series" in link)


def _total(points: dict[str, float], start: str, end: str) -> float:
    return sum(value for day, value in points.items() if start <= day < end)


# --- vocabulary -----------------------------------------------------------------------------------------------------


def test_vocabularies_are_the_ones_of_the_design() -> None:
    perspectives, scales = _vocabulary("perspectives"), _vocabulary("scales")
    assert [term.short for term in perspectives] == [
        "Holistic",
        "Multi-temporal",
        "Broad foresight",
        "Random events",
        "Cunning",
        "Aspirational",
        "Value",
    ]
    assert {term.mark for term in perspectives} == MARKS
    assert " ".join(term.id for term in scales) == "moment day week month quarter year decade generation"
    for term in (*perspectives, *scales):
        assert term.question.endswith("?")
        assert len(term.description) > 60


# --- references -----------------------------------------------------------------------------------------------------


def test_keys_are_unique_and_people_organisations_and_stages_resolve(notebook: Record, entries: list[Record]) -> None:
    keys = [entry["key"] for entry in entries]
    people = [person["key"] for person in notebook["person"]]
    organisations = [organisation["key"] for organisation in notebook["organisation"]]
    for names in (keys, people, organisations):
        assert not [name for name, times in Counter(names).items() if times > 1]
    for entry in entries:
        assert entry.get("speaker", people[0]) in people, entry["key"]
        assert entry.get("org", organisations[0]) in organisations, entry["key"]
        assert entry.get("author", notebook["authors"][0]) in notebook["authors"], entry["key"]
    speakers = {entry["key"]: entry.get("speaker") for entry in entries}
    for person in notebook["person"]:
        assert person.get("org", organisations[0]) in organisations
        assert person["consent"] in ("", *Consent)
        dates = [parse_edtf(step["date"]).start for step in person.get("stages", [])]
        assert dates == sorted(dates), person["key"]
        for step in person.get("stages", []):
            assert step["stage"] in list(Stage)
            assert "entry" not in step or step["entry"] in speakers, step
    assert {speaker for speaker in speakers.values() if speaker} == set(people), "everyone in the list has a voice"


def test_values_come_from_their_lists(entries: list[Record]) -> None:
    perspectives, scales = _vocabulary("perspectives"), _vocabulary("scales")
    always = {"key", "kind", "body", "occurred", "tags"}
    known = always | {"title", "scales", "perspectives", "speaker", "org", "channel", "basis", "consent", "surprise"}
    known |= {"author", "attachments", "series", "horizon", "confidence", "check", "outcome", "act", "recurs"}
    for entry in entries:
        assert always <= set(entry) <= known, entry["key"]
        assert entry["kind"] in list(EntryKind)
        assert entry["body"].strip()
        assert entry.get("basis", "told") in list(Basis), entry["key"]
        assert entry.get("consent", "named") in list(Consent), entry["key"]
        assert entry.get("act", "listened") in list(Act), entry["key"]
        assert "act" not in entry or "speaker" in entry, entry["key"]
        assert "recurs" not in entry or parse_recurrence(entry["recurs"]) == entry["recurs"], entry["key"]
        assert all(name in scales for name in entry.get("scales", [])), entry["key"]
        assert all(name in perspectives for name in entry.get("perspectives", [])), entry["key"]
        assert all(tag(name) == name for name in entry["tags"]), entry["key"]
        assert ("horizon" in entry) == ("confidence" in entry) == (entry["kind"] == "foresight"), entry["key"]
        assert "surprise" not in entry or entry["kind"] == "event", entry["key"]
        assert all((ROOT / "files" / name).is_file() for name in entry.get("attachments", [])), entry["key"]


def test_links_and_series_resolve(notebook: Record, entries: list[Record]) -> None:
    keys = {entry["key"] for entry in entries}
    names, labels = _series_names(), {record["source"] for record in notebook["import"]}
    for link in notebook["link"]:
        assert link["relation"] in list(Relation)
        assert link["from"] in keys, link
        assert ("to" in link) != ("to_series" in link)
        assert link.get("to", link["from"]) in keys, link
        assert link.get("to") != link["from"]
        if stretch := link.get("to_series"):
            assert date.fromisoformat(stretch["start"]) < date.fromisoformat(stretch["end"]), link
    ends = Counter((link["from"], link.get("to"), str(link.get("to_series"))) for link in notebook["link"])
    twice = [end for end, times in ends.items() if times > 1]
    assert not [end for end in twice if end[1] is None], "a note is linked to a stretch once"
    for reference in _references(entries, notebook):
        assert (reference["source"], reference["name"]) in names, reference
        assert reference["source"] in labels
    assert all((ROOT / record["file"]).exists() for record in notebook["import"])
    assert {path.name for path in (ROOT / "files").iterdir()} == {
        name for entry in entries for name in entry.get("attachments", [])
    }


def test_what_the_lenses_look_at_refers_to_what_there_is(notebook: Record, entries: list[Record]) -> None:
    lenses = _toml(ROOT / "lenses.toml")
    bodies = {entry["key"]: entry["body"] for entry in entries}
    people, names = {person["key"] for person in notebook["person"]}, _series_names()
    references = [dismissal["series"] for dismissal in lenses["dismissal"]]
    for question in lenses["question"]:
        assert {question.get("asker"), question.get("whom")} <= {None, *people}, question["key"]
        assert parse_edtf(question["asked"]).start <= question["when"].isoformat(), question["key"]
        pieces = question.get("evidence", [])
        assert all(piece["relation"] in EVIDENCE_RELATIONS for piece in pieces)
        named = [one["entry"] for one in (question, question.get("answer", {}), *pieces) if "entry" in one]
        assert set(named) <= set(bodies), question["key"]
        amounts = [side for option in question.get("option", []) for side in (option["gained"], option["spent"])]
        references += [one["series"] for one in (*pieces, *amounts) if "series" in one]
    assert all((reference["source"], reference["name"]) in names for reference in references)
    for coded in lenses["coded"]:
        for place in coded["places"]:
            assert bodies[place["entry"]].count(place["words"]) == 1, place


def test_saved_searches_ask_for_tags_that_exist(notebook: Record, entries: list[Record]) -> None:
    tags = {"/".join(name.split("/")[:depth]) for entry in entries for name in entry["tags"] for depth in (1, 2)}
    asked = [name for search in notebook["saved_search"] for name in re.findall(r"tag:(\S+)", search["query"])]
    assert asked
    assert set(asked) <= tags


def test_every_date_is_edtf_and_nothing_lies_in_the_future(notebook: Record, entries: list[Record]) -> None:
    for entry in entries:
        assert parse_edtf(entry["occurred"]).start <= TODAY, entry["key"]
        if entry["kind"] == "foresight":
            assert parse_edtf(entry["horizon"]).end > parse_edtf(entry["occurred"]).start, entry["key"]
        if outcome := entry.get("outcome"):
            assert outcome["result"] in list(Result)
            assert parse_edtf(entry["occurred"]).start < parse_edtf(outcome["resolved"]).start <= TODAY, entry["key"]


def test_dates_show_the_whole_range_people_write(entries: list[Record]) -> None:
    texts = [entry["occurred"] for entry in entries]
    day = r"\d{4}-\d\d-\d\d"
    for shape in (
        *(rf"^{day}T\d\d:\d\d$", rf"^{day}$", r"^\d{4}-(0\d|1[0-2])$", r"^\d{4}-3[3-6]$", r"^\d{4}-2[1-4]$"),
        *(r"^\d{4}$", r"^\d{3}X$", rf"^{day}/{day}$", r"/\.\.$", r"~$", r"\?$"),
    ):
        assert any(re.search(shape, text) for text in texts), shape
    earlier = [text for text in texts if re.match(r"202[45]-11-2[0-6]", text)]
    assert len(earlier) >= 8, "this day in earlier years"
    assert any(text.startswith("2024-11-22") for text in texts)
    assert any(text.startswith("2025-11-22") for text in texts)
    assert max(text[:10] for text in texts if text[:4].isdigit()) > "2026-11-17"


# --- counts ---------------------------------------------------------------------------------------------------------


def test_there_is_enough_of_everything(notebook: Record, entries: list[Record]) -> None:
    kinds = Counter(entry["kind"] for entry in entries)
    assert len(entries) >= 100
    assert kinds["quote"] >= 30
    assert kinds["event"] >= 18
    assert kinds["foresight"] >= 10
    assert sum(entry.get("surprise", False) for entry in entries) >= 8
    results = Counter(entry["outcome"]["result"] for entry in entries if "outcome" in entry)
    assert results.total() >= 5
    assert results["no"] >= 2
    by_perspective = Counter(name for entry in entries for name in entry.get("perspectives", []))
    assert all(by_perspective[term.id] >= 8 for term in _vocabulary("perspectives")), by_perspective
    by_scale = Counter(name for entry in entries for name in entry.get("scales", []))
    assert all(by_scale[term.id] >= 5 for term in _vocabulary("scales")), by_scale
    assert len(notebook["person"]) >= 12
    assert len(notebook["organisation"]) >= 7
    assert {entry.get("basis") for entry in entries} == {None, *Basis}


# --- numbers --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Chart", "Queries", "Pages", "Countries", "Devices"])
def test_ctr_is_clicks_over_impressions(name: str) -> None:
    rows = _rows(METRICS / "search_console" / f"{name}.csv")
    assert rows
    for row in rows:
        clicks, impressions = int(row["Clicks"]), int(row["Impressions"])
        assert clicks <= impressions
        expected = f"{clicks / impressions * 100:.2f}".rstrip("0").rstrip(".") + "%" if impressions else ""
        assert row["CTR"] == expected, row


def test_search_console_totals_agree_over_its_files() -> None:
    def total(name: str) -> tuple[int, int]:
        rows = _rows(METRICS / "search_console" / f"{name}.csv")
        return sum(int(row["Clicks"]) for row in rows), sum(int(row["Impressions"]) for row in rows)

    assert total("Chart") == total("Countries") == total("Devices")
    assert total("Queries") < total("Chart")
    days = [row["Date"] for row in _rows(METRICS / "search_console" / "Chart.csv")]
    assert (days[0], days[-1]) == ("2025-07-20", "2026-11-19")
    assert len(days) == (date.fromisoformat(days[-1]) - date.fromisoformat(days[0])).days + 1
    for path in (METRICS / "search_console").iterdir():
        data = path.read_bytes()
        assert b"\r" not in data
        assert not data.endswith(b"\n")


def test_snapshot_has_offsets_its_own_dates_and_an_unfinished_retention() -> None:
    data = (METRICS / "Reports_snapshot.csv").read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n")
    tables = _blocks()
    weekly = [(header, rows) for header, rows in tables if header[0] == "Nth week"]
    assert [header[1] for header, _ in weekly] == ["Active users", "New users"]
    for _, rows in weekly:
        assert [row[0] for row in rows] == [f"{week:04d}" for week in range(104)]
    assert sum(not rows for _, rows in tables) == 2
    totals = next(rows[0] for header, rows in tables if header[:2] == ["Active users", "New users"])
    assert int(totals[1]) == sum(int(row[1]) for row in weekly[1][1])
    for header, rows in tables:
        assert header[0] == "Date" or all(len(row) == len(header) for row in rows), header
    retention = next(rows for header, rows in tables if header[0] == "Date")
    assert {row[-1] for row in retention[1:]} == {"-1"}
    assert len({len(row) for row in retention}) > 1


def test_ads_totals_are_the_sums_of_their_campaigns() -> None:
    header, rows = _ads()

    def number(row: dict[str, str], name: str) -> float:
        return float(row[name].replace(",", ""))

    campaigns = [row for row in rows if not row["Campaign status"].startswith("Total:")]
    totals = {row["Campaign status"]: row for row in rows if row["Campaign status"].startswith("Total:")}
    assert len(totals) == 4
    assert "Campaign" in header
    for name in ("Impr.", "Clicks", "Cost", "Conversions"):
        expected = sum(number(row, name) for row in campaigns)
        for total in ("Total: Campaigns", "Total: Account"):
            assert number(totals[total], name) == pytest.approx(expected)
    for row in rows:
        rate = number(row, "Interactions") / number(row, "Impr.") * 100
        assert row["Interaction rate"] == f"{rate:.2f}%"
        assert row["Budget name"] == " --"


def test_the_numbers_the_notes_quote_are_in_the_files(daily: dict[tuple[str, str], dict[str, float]]) -> None:
    trials, paid = daily["Subscriptions", "Trials started"], daily["Subscriptions", "Paid conversions"]
    assert (_total(trials, "2025-10-01", "2026-01-01"), _total(paid, "2025-10-01", "2026-01-01")) == (1842, 311)
    assert _total(trials, "2025-12-02", "2025-12-13") == 221
    assert _total(trials, "2025-11-21", "2025-12-02") == 264
    assert _total(trials, "2024-12-02", "2024-12-13") == 191
    assert _total(trials, "2025-02-20", "2025-02-24") == 0
    assert (trials["2025-12-02"], trials["2025-12-10"], trials["2026-06-23"]) == (34, 15, 1)
    assert (paid["2026-02-11"], paid["2026-02-12"]) == (0, 7)
    assert (_total(paid, "2026-07-09", "2026-07-25"), _total(paid, "2026-06-23", "2026-07-09")) == (29, 36)
    assert _total(paid, "2025-07-09", "2025-07-25") == 35
    assert (_total(trials, "2024-11-20", "2025-11-20"), _total(trials, "2025-11-20", "2026-11-20")) == (5408, 6426)
    assert (_total(trials, "2024-11-20", "2025-02-20"), _total(trials, "2026-08-21", "2026-11-21")) == (1315, 1744)
    assert (_total(trials, "2024-12-01", "2025-01-01"), _total(trials, "2025-12-01", "2026-01-01")) == (448, 581)
    assert (_total(trials, "2026-11-01", "2026-11-21"), _total(trials, "2025-11-01", "2025-11-21")) == (429, 463)
    clicks = daily["Search Console", "Clicks"]
    assert (clicks["2026-03-09"], clicks["2026-03-10"], clicks["2026-03-14"]) == (181, 203, 30)


def test_the_earlier_export_is_restated_by_seven_trials() -> None:
    def values(path: Path) -> dict[tuple[str, str], str]:
        return {(row["Date"], row["Metric"]): row["Value"] for row in _rows(path)}

    then = values(METRICS / "2025-12-15" / "subscriptions.csv")
    now = values(METRICS / "subscriptions.csv")
    changed = {key: int(now[key]) - int(value) for key, value in then.items() if now[key] != value}
    assert {metric for _, metric in changed} == {"Trials started"}
    assert sum(changed.values()) == 7
    assert all("2025-12-02" <= day <= "2025-12-12" for day, _ in changed)


def test_outcomes_agree_with_the_series_they_are_checked_on(
    entries: list[Record], daily: dict[tuple[str, str], dict[str, float]]
) -> None:
    checked = [entry for entry in entries if "check" in entry]
    assert len(checked) >= 5
    waiting: list[str] = []
    for entry in checked:
        check, period = entry["check"], parse_edtf(entry["check"]["period"])
        assert check["comparison"] in COMPARISONS
        if "outcome" not in entry:
            waiting.append(entry["key"] if period.end <= TODAY else "")
            continue
        total = _total(daily[check["source"], check["series"]], period.start[:10], period.end[:10])
        came_true = {">=": total >= check["value"], "<": total < check["value"]}[check["comparison"]]
        assert entry["outcome"]["result"] == ("yes" if came_true else "no"), (entry["key"], total)
        assert f"{total:,.0f}" in entry["outcome"]["note"], (entry["key"], total)
    assert [key for key in waiting if key] == ["october-600"], "one is due, so that its check can be read"


def test_links_remember_the_total_of_their_day(
    notebook: Record, daily: dict[tuple[str, str], dict[str, float]]
) -> None:
    then = {link["to_series"]["then"] for link in notebook["link"] if "then" in link.get("to_series", {})}
    trials = daily["Subscriptions", "Trials started"]
    assert then == {214, _total(trials, "2025-12-02", "2025-12-13")}


def test_tables_of_the_attachments_add_up() -> None:
    with (ROOT / "files" / "nine-euros-forty.csv").open(encoding="utf-8", newline="") as file:
        _, *parts, whole = csv.reader(file)
    for column in (1, 2):
        assert sum(round(float(part[column]) * 100) for part in parts) == round(float(whole[column]) * 100)


# --- text -----------------------------------------------------------------------------------------------------------


def test_nothing_looks_like_a_real_address() -> None:
    for path in ROOT.rglob("*"):
        if not path.is_file():
            continue
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"[\w.+-]+@[\w-]+\.\w+", text), path.name
        assert not re.search(r"\+\d{2}[\d ()/-]{6,}|\b0\d{2,4}[ /-]\d{3}[ -]?\d{3,}", text), path.name
        for host in re.findall(r"https?://([^/\s\"<)]+)", text):
            assert host == "www.w3.org" or host.endswith(".example"), (path.name, host)


def test_texts_are_set_as_they_are_to_be_shown(entries: list[Record]) -> None:
    for entry in entries:
        text = entry.get("title", "") + entry["body"]
        assert "'" not in text, entry["key"]
        assert '"' not in text, entry["key"]
        assert not re.search(r"[ \t]+$", text, re.MULTILINE), entry["key"]
        assert text.count("“") == text.count("”"), entry["key"]
        assert not entry.get("title", "").startswith("“"), entry["key"]
    titles = [entry["title"] for entry in entries if "title" in entry]
    assert len(titles) == len(set(titles))
