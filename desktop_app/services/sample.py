"""The sample notebook, made from ``resources/sample`` by the same services that people's own notebooks are made by.

Its history reads as if it had been written over two years: each entry is dated to when it would have been written down,
by whoever would have written it. None of it can be undone, so that Ctrl+Z takes back what the newcomer did.
"""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from desktop_app.config.paths import data_dir
from desktop_app.config.resources import resource_path
from desktop_app.model.entries import Check, EntryDraft, Outcome
from desktop_app.model.ids import new_id
from desktop_app.model.links import End, LinkFields
from desktop_app.model.metrics import Grain, ImportedFile
from desktop_app.model.people import OrganisationFields, PersonFields, StageStep
from desktop_app.model.time import parse_edtf
from desktop_app.notebook.errors import NotebookExists
from desktop_app.services.notebooks import SUFFIX, Identity, Notebook, create_notebook
from desktop_app.services.sample_interviews import SampleInterviews
from desktop_app.services.sample_lenses import SampleLenses

Progress = Callable[[float, str], None]

DEVICE = "sample"
FILE = "Harbour Lane Coffee.terrain"
_BEGUN = datetime(2024, 11, 18, 8, 0)
_FINEST = {grain: place for place, grain in enumerate(Grain)}


def sample_path() -> Path:
    """Where the sample lies that the program opens for a newcomer."""
    return data_dir() / "sample" / FILE


def ensure_sample(progress: Progress | None = None) -> Path:
    """The sample at :func:`sample_path`, made if it is not there yet."""
    path = sample_path()
    return path if path.exists() else build_sample(path, progress)


def build_sample(path: Path | str, progress: Progress | None = None) -> Path:
    """Make the sample at a path where nothing is yet; a build that is stopped leaves nothing there.

    Raises a :class:`~desktop_app.notebook.errors.NotebookError` where it cannot be written.
    """
    target = Path(path).expanduser().absolute()
    if not target.suffix:
        target = target.with_suffix(SUFFIX)
    if target.exists():
        raise NotebookExists(path=target)
    sources = resource_path("sample")
    frame = tomllib.loads((sources / "notebook.toml").read_text(encoding="utf-8"))
    aside = target.with_name(f".{new_id()[:8]}-{target.name}")
    identity = Identity(frame["authors"][0], DEVICE)
    try:
        with create_notebook(
            aside, title=frame["title"], language=frame["language"], identity=identity, now=lambda: _BEGUN
        ) as notebook:
            _Builder(notebook, frame, sources, progress or (lambda part, text: None)).build()
        if target.exists():
            raise NotebookExists(path=target)
        aside.rename(target)
    finally:
        aside.unlink(missing_ok=True)
    return target


@dataclass
class _Builder:
    notebook: Notebook
    frame: Mapping[str, Any]
    sources: Path
    progress: Progress
    organisations: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    entries: dict[str, str] = field(default_factory=dict)
    imported: dict[str, list[ImportedFile]] = field(default_factory=dict)
    written: datetime = _BEGUN
    waiting: list[Mapping[str, Any]] = field(default_factory=list)
    interviews: SampleInterviews = field(init=False)
    lenses: SampleLenses = field(init=False)

    def build(self) -> None:
        quarters = sorted((self.sources / "entries").glob("*.toml"))
        documents = [(path.stem, tomllib.loads(path.read_text(encoding="utf-8"))["entry"]) for path in quarters]
        self.waiting = list(self.frame["import"])
        self.interviews = SampleInterviews(self.notebook, self.sources / "interviews", self.people)
        self.lenses = SampleLenses(self.notebook, self.sources / "lenses.toml", self.people, self.entries, self._series)
        with self.notebook.as_of(lambda: self.written) as sign:
            self._introduce()
            for number, (quarter, entries) in enumerate(documents):
                self.progress(0.5 * number / len(documents), f"Writing {quarter}")
                for entry in entries:
                    moment = self._moment(entry, quarter)
                    sign(self.frame["authors"][-1])
                    self._import_metrics(moment)
                    self._do(self.interviews, sign, moment)
                    self._do(self.lenses, sign, moment)
                    sign(entry.get("author", self.frame["authors"][0]))
                    self._later(moment)
                    self._write(entry)
            sign(self.frame["authors"][-1])
            self._import_metrics()
            self._do(self.interviews, sign)
            sign(self.frame["authors"][-1])
            self._relate([entry for _, entries in documents for entry in entries])
            self._do(self.lenses, sign)

    def _later(self, moment: datetime) -> None:
        self.written = max(moment, self.written + timedelta(minutes=7))

    def _introduce(self) -> None:
        for organisation in self.frame["organisation"]:
            fields = OrganisationFields(organisation["name"], organisation.get("note", ""))
            self.organisations[organisation["key"]] = self.notebook.people.add_organisation(fields).result
        for person in self.frame["person"]:
            self.people[person["key"]] = self.notebook.people.add(self._person(person)).result

    def _person(self, person: Mapping[str, Any]) -> PersonFields:
        return PersonFields(
            name=person["name"],
            org=self.organisations.get(person.get("org", "")),
            consent=person.get("consent", ""),
            pseudonym=person.get("pseudonym", ""),
            note=person.get("note", ""),
            stages=tuple(
                StageStep(step["stage"], step["date"], self.entries.get(step.get("entry", "")))
                for step in person.get("stages", ())
            ),
        )

    def _moment(self, entry: Mapping[str, Any], quarter: str) -> datetime:
        """When an entry was written: when it happened if that is in its file's quarter, else after the one before."""
        happened = datetime.fromisoformat(parse_edtf(entry["occurred"]).start)
        if _quarter(happened) != quarter:
            return self.written
        # What is dated to a day was written down towards its end.
        return happened if "T" in entry["occurred"] else happened + timedelta(hours=17)

    def _write(self, entry: Mapping[str, Any]) -> None:
        draft = EntryDraft(
            body=entry["body"],
            kind=entry["kind"],
            title=entry.get("title", ""),
            when=entry["occurred"],
            scales=tuple(entry.get("scales", ())),
            perspectives=tuple(entry.get("perspectives", ())),
            tags=tuple(entry.get("tags", ())),
            org=self.organisations.get(entry.get("org", "")),
            speaker=self.people.get(entry.get("speaker", "")),
            channel=entry.get("channel"),
            basis=entry.get("basis"),
            consent=entry.get("consent"),
            surprise=entry.get("surprise"),
            act=entry.get("act"),
            recurs=entry.get("recurs"),
            horizon=entry.get("horizon"),
            confidence=entry.get("confidence"),
            outcome=Outcome(**entry["outcome"]) if "outcome" in entry else None,
            attach=tuple(str(self.sources / "files" / name) for name in entry.get("attachments", ())),
        )
        self.entries[entry["key"]] = self.notebook.entries.add(draft).result

    def _import_metrics(self, until: datetime | None = None) -> None:
        """What was imported by then; without a time all that is left, an hour apart."""
        while self.waiting and (until is None or self.waiting[0].get("when", datetime.max) <= until):
            item = self.waiting.pop(0)
            self.progress(0.5 + 0.4 * (1 - len(self.waiting) / len(self.frame["import"])), f"Importing {item['file']}")
            self._later(item.get("when", self.written + timedelta(hours=1)))
            done = self.notebook.metrics.import_files(
                [self.sources / item["file"]], timezone=self.frame["timezone"], backup=False
            )
            self.imported.setdefault(item["source"], []).extend(done.result)

    def _do(
        self, steps: SampleInterviews | SampleLenses, sign: Callable[[str], None], until: datetime | None = None
    ) -> None:
        """What was done by then; without a time all that is left."""
        for when, author, act in steps.take(until):
            self._later(when)
            sign(author)
            act()

    def _relate(self, entries: Sequence[Mapping[str, Any]]) -> None:
        self.progress(0.95, "Linking")
        for person in self.frame["person"]:
            self.notebook.people.edit(self.people[person["key"]], self._person(person))
        for entry in entries:
            if "series" in entry or "check" in entry:
                draft = EntryDraft(
                    series=tuple(self._series(reference) for reference in entry.get("series", ())),
                    check=self._check(entry["check"]) if "check" in entry else None,
                )
                self.notebook.entries.edit(self.entries[entry["key"]], draft)
        for link in self.frame["link"]:
            source = End("entry", self.entries[link["from"]])
            self.notebook.links.add(LinkFields(source, link["relation"], self._target(link)))
        for search in self.frame["saved_search"]:
            self.notebook.saved_searches.add(search["name"], search["query"])

    def _target(self, link: Mapping[str, Any]) -> End:
        if "to" in link:
            return End("entry", self.entries[link["to"]])
        stretch = link["to_series"]
        return End("series", self._series(stretch), stretch["start"], stretch["end"], stretch.get("then"))

    def _check(self, check: Mapping[str, Any]) -> Check:
        series = self._series({"source": check["source"], "name": check["series"]})
        return Check(series, check["comparison"], check["value"], check["period"])

    def _series(self, reference: Mapping[str, Any]) -> str:
        """The id of the finest series of that name which has at least the dimensions asked for, or none."""
        wanted = set(reference.get("dimensions", {}).items())
        found = [
            (_FINEST[series.grain], done.series[place, number])
            for done in self.imported[reference["source"]]
            for place, table in enumerate(done.parsed.tables)
            for number, series in enumerate(table.series)
            if series.name == reference["name"]
            and (wanted <= set(series.dimensions) if wanted else not series.dimensions)
        ]
        return min(found)[1]


def _quarter(moment: datetime) -> str:
    return f"{moment.year}-Q{(moment.month + 2) // 3}"
