"""Services as the Exchange screen knows them, without files: what they are asked is kept, what they answer is given."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop_app.model.changes import Changes
from desktop_app.model.errors import Interrupted, KnownError
from desktop_app.model.exchange import (
    Arrival,
    Conflict,
    Exchange,
    ExportChoice,
    LeftOut,
    Loss,
    Manifest,
    MergeReport,
    Option,
    Outcome,
    Unseal,
)
from desktop_app.model.folder import DeviceStatus, FolderStatus, SyncReport
from desktop_app.model.redaction import RedactionPreview, Replacement, Suspect
from desktop_app.services.exporting import Exported, ExportPreview

BODY = "The invoice was not clear.\nShe nearly left over eleven euros.\nNobody could tell her what they were for."
THEIRS = (
    "The invoice was not clear.\nShe left over eleven euros.\nNobody could tell her what they were for.\nAsk Malin."
)

MANIFEST = Manifest(
    "n1",
    "Harbour Lane Coffee",
    "Carla Munk",
    "d2",
    "Carla’s laptop",
    "2026-11-20T09:30:00Z",
    query="tag:pricing",
    items={"entry": 14, "person": 2, "coding": 31},
    left_out=(LeftOut("entries", 3, "their speakers have withdrawn their consent"),),
)


def entry(body: str, **given: Any) -> dict[str, Any]:
    return {"kind": "note", "title": "", "body": body, "tags": ["pricing"], "occurred": "2026-11-12", **given}


ARRIVALS = (
    Arrival("e1", "entry", Outcome.NEW, "The ferry was late again", "Carla Munk", "2026-11-19T10:00:00Z",
            after=entry("The ferry was late again.\nTwo tables waited.")),
    Arrival("e2", "entry", Outcome.FAST_FORWARD, "The invoice was not clear.", "Carla Munk", "2026-11-19T11:00:00Z",
            ("body", "tags"), entry(BODY), entry(THEIRS, tags=["pricing", "trust"])),
    Arrival("e3", "entry", Outcome.MERGED, "Trial of the new roast", "Ben Adair", "2026-11-18T08:00:00Z",
            ("channel",), entry("Trial of the new roast", channel=""), entry("Trial of the new roast", channel="call")),
    Arrival("c1", "code", Outcome.CONFLICTING, "Price talk / opaque", "Ben Adair", "2026-11-18T09:00:00Z",
            ("definition",), {"name": "opaque", "definition": "Understood too late.", "parent": None},
            {"name": "opaque", "definition": "Understood too late or not at all.", "parent": None,
             "conflicts": {"definition": [
                 {"value": "Understood too late or not at all.", "revision": "r1", "author": "Ben Adair", "clock": ""},
                 {"value": "Too late.", "revision": "r2", "author": "Carla Munk", "clock": ""}]}}),
    Arrival("x1", "entry", Outcome.REJECTED, "", "", ""),
)  # fmt: skip

REPORT = MergeReport(
    "team.terrain",
    {
        Outcome.NEW: 1,
        Outcome.IDENTICAL: 812,
        Outcome.FAST_FORWARD: 1,
        Outcome.MERGED: 1,
        Outcome.CONFLICTING: 1,
        Outcome.REJECTED: 1,
    },
    ARRIVALS,
    (Loss("x1", "A revision was not taken", "its id is not that of its content"),),
    MANIFEST,
    ("Malin Bakery",),
)
NOTHING = MergeReport("again.terrain", dict.fromkeys(Outcome, 0) | {Outcome.IDENTICAL: 815})

CONFLICTS = (
    Conflict("e2", "entry", "The invoice was not clear.", "body", (
        Option(THEIRS, "r1", "Carla Munk", "2026-11-19T11:00:00Z"),
        Option(BODY.replace("eleven", "twelve"), "r2", "Ben Adair", "2026-11-19T12:00:00Z"))),
    Conflict("e3", "entry", "Trial of the new roast", "channel", (
        Option("phone", "r3", "Carla Munk", "2026-11-19T11:00:00Z"),
        Option("at the counter", "r4", "Ben Adair", "2026-11-18T12:00:00Z"),
        Option("", "r5", "Ruth Amsel", "2026-11-17T12:00:00Z"))),
    Conflict("c1", "code", "Price talk / opaque", "parent", (
        Option(None, "r6", "Carla Munk", "2026-11-19T11:00:00Z"),
        Option("p1", "r7", "Ben Adair", "2026-11-18T12:00:00Z"))),
)  # fmt: skip


class Sealed(KnownError):
    template = "{name} is encrypted; it needs a {needs}."


class FakeMerging:
    """Answers for every file with ``report``; ``sealed`` names what opens it, by file name."""

    def __init__(self) -> None:
        self.report = REPORT
        self.sealed: dict[str, tuple[str, str]] = {}
        self.stop = False
        self.asked: list[tuple[str, str]] = []
        self.past: list[Exchange] = []
        self.merge_with: Callable[[], Changes[MergeReport]] | None = None

    def _look(self, path: Path, unseal: Unseal | None, progress: Any) -> MergeReport:
        if path.name in self.sealed:
            needs, secret = self.sealed[path.name]
            if unseal is None:
                raise Sealed(name=path.name, needs=needs)
            if secret not in (unseal.passphrase, unseal.identity):
                raise KnownError(message=f"This does not open {path.name}.")
        if self.stop:
            raise Interrupted(what="Merging")
        if progress:
            progress(0.5, "revisions")
        return NOTHING if path.name == "again.terrain" else self.report

    def preview(
        self, path: Path, *, unseal: Unseal | None = None, progress: Any = None, should_stop: Any = None
    ) -> MergeReport:
        self.asked.append(("preview", path.name))
        return self._look(path, unseal, progress)

    def merge(
        self, path: Path, *, unseal: Unseal | None = None, progress: Any = None, should_stop: Any = None
    ) -> Changes[MergeReport]:
        self.asked.append(("merge", path.name))
        report = self._look(path, unseal, progress)
        return Changes(f"Merge {path.name}", {"entry": frozenset({"e1", "e2"})}, report)

    def history(self) -> list[Exchange]:
        return self.past


class FakeConflicts:
    def __init__(self) -> None:
        self.waiting = list(CONFLICTS)
        self.settled: list[tuple[str, str, Any]] = []

    def count(self) -> int:
        return len({one.item for one in self.waiting})

    def of(self, item: str) -> list[Conflict]:
        return [one for one in self.waiting if one.item == item]

    def all(self) -> list[Conflict]:
        return list(self.waiting)

    def settle(self, item: str, field: str, revision: str) -> Changes[str]:
        return self._settle(item, field, revision)

    def settle_with(self, item: str, field: str, value: object) -> Changes[str]:
        return self._settle(item, field, value)

    def _settle(self, item: str, field: str, given: object) -> Changes[str]:
        self.settled.append((item, field, given))
        self.waiting = [one for one in self.waiting if (one.item, one.field) != (item, field)]
        return Changes("Settle a conflict", {"entry": frozenset({item})}, item)


REDACTION = RedactionPreview(
    replacements=(
        Replacement("Ines Vidal", "Person 1", "p1", 12, ("entries", "documents", "codings")),
        Replacement("Tomasz Wielgo", "T.", "p2", 0, ()),
    ),
    suspects=(
        Suspect("name", "Frau Amsel", 30, 40, "and then Frau Amsel said\nthat the invoice"),
        Suspect("mail", "order@norte.example", 3, 22, "to order@norte.example by noon"),
        Suspect("name", "Frau Amsel", 80, 90, "so Frau Amsel left"),
    ),
)
WITHHELD = (LeftOut("entries", 3, "their speakers have withdrawn their consent"),)


class FakeExporting:
    def __init__(self) -> None:
        self.asked: list[ExportChoice] = []
        self.written: list[dict[str, Any]] = []
        self.error: Exception | None = None

    def preview(self, choice: ExportChoice) -> ExportPreview:
        self.asked.append(choice)
        count = 14 if choice.query else 812
        return ExportPreview({"entry": count, "person": 2}, WITHHELD, REDACTION if choice.redact else None, 123_000)

    def export(self, path: Path, choice: ExportChoice, **given: Any) -> Exported:
        if self.error is not None:
            raise self.error
        self.written.append({"path": path, "choice": choice, **given})
        return Exported(path, path.with_name("key.json") if choice.redact else None, MANIFEST)


STATUS = FolderStatus(
    "/home/me/Sync/harbour",
    (
        DeviceStatus("a1cccc", "My desk", "A. Author", "2026-11-21T09:30:00Z", 5, 5, 0, 5, is_own=True),
        DeviceStatus("d2aaaa", "Carla’s laptop", "Carla Munk", "2026-11-20T09:30:00Z", 14, 12, 2, 3),
        DeviceStatus("3fa2bb", "", "Ben Adair", "", 3, 3, 0, 5),
    ),
    ("Pack 13 of Carla’s laptop is not here yet.",),
    4,
)


class FakeFolder:
    def __init__(self, standing: FolderStatus | None = STATUS) -> None:
        self.standing = standing
        self.asked: list[object] = []
        self.error: Exception | None = None

    def status(self) -> FolderStatus | None:
        return self.standing

    def attach(self, path: Path) -> None:
        self.asked.append(path)
        if self.error is not None:
            raise self.error
        self.standing = FolderStatus(str(path), (), (), 0)

    def detach(self) -> None:
        self.standing = None

    def sync(self, progress: Any, should_stop: Any) -> Changes[SyncReport]:
        self.asked.append("sync")
        if self.error is not None:
            raise self.error
        progress(0.5, "")
        return Changes("Read packs", {"entry": frozenset({"e1"})}, SyncReport(took=12, sent=3, conflicts=1))


PAST = (
    Exchange(3, "out", "file", "2026-11-21T10:00:00Z", "A. Author", "for-carla.terrain.age",
             {"manifest": MANIFEST.to_json(), "encrypted": True, "attachments": False}),
    Exchange(2, "in", "file", "2026-11-20T10:00:00Z", "A. Author", "team.terrain", REPORT.to_json(), change=1),
    Exchange(1, "in", "folder", "2026-11-19T10:00:00Z", "A. Author", "Ben’s laptop", {"new": "many"}, change=9,
             undone=True),
)  # fmt: skip
