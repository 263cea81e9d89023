"""Copies to hand out: all of a notebook or what a query selects, whole or as it stands, redacted, encrypted.

Whatever is chosen, consent is honoured: words that were withdrawn never leave, not in an earlier version either, and
anonymous ones leave without their speaker. What leaves in another state than it has here is remembered
(``notebook/stand_ins.py``), so that it can come home.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.model.changes import Clock
from desktop_app.model.errors import Invalid
from desktop_app.model.exchange import ExportChoice, LeftOut, Manifest, Seal
from desktop_app.notebook.copying import Contents, Copying, WrittenMeanwhile, written_aside
from desktop_app.notebook.exchanges import Exchanges
from desktop_app.notebook.file import ALL_PROJECTIONS, NotebookFile
from desktop_app.notebook.journal import moment
from desktop_app.notebook.outbox import Position
from desktop_app.services.context import Context
from desktop_app.services.detaching import attached, detached
from desktop_app.services.devices import Devices
from desktop_app.services.progress import Progress, ShouldStop, Told
from desktop_app.services.search import Search
from desktop_app.services.selection import Selecting, Selection

if TYPE_CHECKING:
    from desktop_app.model.redaction import RedactionPreview
    from desktop_app.services.redaction import RedactedCopy

SUFFIX, SEALED = ".terrain", ".age"
KEY = "-key.json"

_WORDS = {
    "entry": ("entry", "entries"),
    "dismissal": ("dismissed place", "dismissed places"),
    "search": ("saved search", "saved searches"),
    "series": ("setting of a series", "settings of series"),
}
"""Kinds whose names are others than their ids, one and several."""

_ATTEMPTS = 5
"""Times that a copy is begun anew because somebody has written in the notebook meanwhile."""


@dataclass(frozen=True, slots=True)
class ExportPreview:
    """What a copy would hold: how many ``items`` of each kind, what it would not, for a redacted one what is replaced,
    and about how many bytes it would have."""

    items: Mapping[str, int]
    left_out: tuple[LeftOut, ...]
    redaction: "RedactionPreview | None"
    size: int


@dataclass(frozen=True, slots=True)
class Exported:
    """A copy that was written; ``key_path`` is where it stands who has which pseudonym, for a redacted one."""

    path: Path
    key_path: Path | None
    manifest: Manifest


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What may leave of a selection, and what may not; ``at`` is where the notebook stood then."""

    at: Position
    items: frozenset[str]
    left_out: tuple[LeftOut, ...]


class Exporting:
    def __init__(self, context: Context, search: Search) -> None:
        self._context = context
        self._file = context.file
        self._selecting = Selecting(context, search)
        self._copying = Copying(context.file.database, ALL_PROJECTIONS)
        self._exchanges = Exchanges(context.file.database, context.file.journal)

    # --- looking ----------------------------------------------------------------------------------------------------

    def preview(self, choice: ExportChoice) -> ExportPreview:
        """What a copy would hold; writes nothing. Raises :class:`~desktop_app.search.errors.QueryError`."""
        from desktop_app.services.redaction import Redaction

        chosen = self._choose(choice)
        redaction = Redaction(self._context).preview(chosen.items, choice.hide) if choice.redact else None
        return ExportPreview(
            self._counted(chosen.items),
            (*chosen.left_out, *(redaction.left_out if redaction is not None else ())),
            redaction,
            self._copying.size(chosen.items, choice.history),
        )

    def _choose(self, choice: ExportChoice) -> _Chosen:
        from desktop_app.services.redaction import withheld

        at = self._file.outbox.position()
        selection = self._selecting.select(choice.query)
        gone = withheld(self._file, selection.items)
        gone |= self._linked(selection.items, gone)
        items = selection.items - gone
        files = [] if choice.attachments else attached(self._file, items)
        return _Chosen(at, items, (*self._withdrawn(gone), *files, *self._not_selected(selection)))

    def _linked(self, items: AbstractSet[str], gone: AbstractSet[str]) -> set[str]:
        """The links to what may not leave: they would end nowhere."""
        if not gone:
            return set()
        return {link.id for item in gone for link in self._file.links.of(item) if link.id in items}

    def _withdrawn(self, gone: AbstractSet[str]) -> list[LeftOut]:
        why = "those whose words they are have withdrawn their consent"
        return [LeftOut(_word(kind, count), count, why) for kind, count in self._counted(gone).items()]

    def _not_selected(self, selection: Selection) -> list[LeftOut]:
        others = sum(self._counted(self._selecting.select("").items).values()) - sum(selection.by_kind.values())
        what, why = ("other thing", "it") if others == 1 else ("other things", "them")
        return [LeftOut(what, others, f"the query does not ask for {why}")] if others else []

    def _counted(self, items: Iterable[str]) -> dict[str, int]:
        return _sorted(Counter(self._file.lineage.kinds(items).values()))

    # --- writing ----------------------------------------------------------------------------------------------------

    def export(
        self,
        path: Path,
        choice: ExportChoice,
        *,
        seal: Seal | None = None,
        key_path: Path | None = None,
        replace: bool = False,
        progress: Progress | None = None,
        should_stop: ShouldStop | None = None,
    ) -> Exported:
        """Write a copy to ``path``, which gets its suffix where it has none; an encrypted one ends in ``.age``.

        The key of a redacted one is written to ``key_path``, or beside the copy. Raises
        :class:`~desktop_app.notebook.errors.NotebookExists` for files that are there unless ``replace``, other known
        errors, and :class:`Interrupted`; then nothing was written.
        """
        told = Told("The export", progress, should_stop)
        target = _target(path, sealed=seal is not None)
        key = (_full(key_path) if key_path else _beside(target)) if choice.redact else None
        self._copying.refuse(target, replace=replace)
        if key is not None:
            self._copying.refuse(key, replace=replace)
            if key.resolve() == target.resolve():
                raise Invalid(message=f"{key} cannot be both the copy and its key; choose another name for the key.")
        for _ in range(_ATTEMPTS):
            try:
                manifest = self._attempt(target, choice, seal, key, told, replace=replace)
            except WrittenMeanwhile:
                continue
            return Exported(target, key, manifest)
        raise WrittenMeanwhile(path=self._file.path)

    def _attempt(
        self, target: Path, choice: ExportChoice, seal: Seal | None, key: Path | None, told: Told, *, replace: bool
    ) -> Manifest:
        told(0.0, "choosing")
        chosen = self._choose(choice)
        other = self._in_another_state(chosen, choice, told)
        contents = _contents(chosen, choice, other)
        manifest = self._manifest(chosen, choice, other)
        noting = _Noting(self._file, self._exchanges, other, key, replace=replace)
        options = {"attachments": choice.attachments, "encrypted": seal is not None, "hidden": sorted(choice.hide)}
        report = {"manifest": manifest.to_json(), **options}
        with noting.unless_it_fails():
            if seal is None:
                self._copying.write(
                    target,
                    contents,
                    manifest,
                    replace=replace,
                    ready=lambda: noting.note(target.name, report),
                    progress=told.part(0.4, 1.0, "writing"),
                    should_stop=told.should_stop,
                )
            else:
                data = self._sealed(contents, manifest, seal, told)
                with written_aside(target, replace=replace) as aside:
                    aside.write_bytes(data)
                    noting.note(target.name, report)
        return manifest

    def _sealed(self, contents: Contents, manifest: Manifest, how: Seal, told: Told) -> bytes:
        """Made in memory, so that nothing readable ever touches the disk."""
        from desktop_app.services.sealing import sealed

        progress = told.part(0.4, 0.8, "writing")
        plain = self._copying.packed(contents, manifest, progress=progress, should_stop=told.should_stop)
        told(0.8, "encrypting")
        data = sealed(plain, how, told)
        told(0.95, "writing")
        return data

    def _in_another_state(self, chosen: _Chosen, choice: ExportChoice, told: Told) -> "RedactedCopy":
        """What leaves otherwise than it stands here: everything of a redacted copy, else what is anonymous."""
        from desktop_app.services.redaction import Redaction

        redaction = Redaction(self._context)
        if choice.redact:
            progress = told.part(0.05, 0.4, "replacing names")
            other = redaction.redact(chosen.items, choice.history, choice.hide, progress, told.should_stop)
        else:
            other = redaction.substitutes(chosen.items)
        if choice.attachments:
            return other
        return detached(self._file, frozenset() if choice.redact else chosen.items, choice.history, other)

    def _manifest(self, chosen: _Chosen, choice: ExportChoice, other: "RedactedCopy") -> Manifest:
        file = self._file
        label = other.labels if choice.redact else str
        title, _ = file.about()
        going = {one.item: one.kind for one in other.revisions}
        if not choice.redact:
            going |= file.lineage.kinds(chosen.items - going.keys())
        return Manifest(
            notebook=file.id,
            title=label(title),
            author=label(file.journal.author),
            device=file.journal.device,
            device_name=label(Devices(self._context).own_name()),
            at=moment(str(Clock(file.journal.wall(), 0))),
            query=label(choice.query),
            history=choice.history,
            redacted=choice.redact,
            items=_sorted(Counter(going.values())),
            left_out=(*chosen.left_out, *other.left_out),
        )


class _Noting:
    """Remembers that a copy goes out, before it takes its place: one that nobody remembers could not come home, and
    nobody could tell who is who in one whose key is not there."""

    def __init__(
        self, file: NotebookFile, exchanges: Exchanges, other: "RedactedCopy", key: Path | None, *, replace: bool
    ) -> None:
        self._file = file
        self._exchanges = exchanges
        self._other = other
        self._key = key
        self._replace = replace
        self._number: int | None = None
        self._has_made_key = False

    def note(self, name: str, report: Mapping[str, Any]) -> None:
        from desktop_app.notebook.stand_ins import StandIns

        with self._file.database.transaction():
            number = self._exchanges.add("out", "file", name, report)
            StandIns(self._file.database).add(self._other.stand_ins, number)
        self._number = number
        if self._key is not None:
            self._write_key(self._key)

    def _write_key(self, key: Path) -> None:
        from desktop_app.services.redaction import key_file

        was_there = key.exists()
        with written_aside(key, replace=self._replace) as aside:
            aside.touch(mode=0o600)
            aside.write_bytes(key_file(self._other.key))
        self._has_made_key = not was_there

    @contextmanager
    def unless_it_fails(self) -> Iterator[None]:
        """As if nothing had been noted where the copy does not come to be."""
        try:
            yield
        except BaseException:
            if self._number is not None:
                with self._file.database.transaction():
                    self._exchanges.forget(self._number)
            if self._has_made_key and self._key is not None:
                self._key.unlink(missing_ok=True)
            raise


def _contents(chosen: _Chosen, choice: ExportChoice, other: "RedactedCopy") -> Contents:
    """What goes as it is, and beside it what goes in another state."""
    instead = {one.item for one in other.revisions}
    return Contents(
        at=chosen.at,
        items=frozenset() if choice.redact else chosen.items - instead,
        history=choice.history,
        written=other.revisions,
        originals=other.stand_ins,
        blobs=other.blobs,
        absent=other.absent,
        label=other.labels if choice.redact else str,
    )


def _word(kind: str, count: int) -> str:
    one, several = _WORDS.get(kind, (kind, f"{kind}s"))
    return one if count == 1 else several


def _sorted(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items()))


def _full(path: Path) -> Path:
    return path.expanduser().absolute()


def _target(path: Path, *, sealed: bool) -> Path:
    full = _full(path)
    named = full if full.suffix else full.with_suffix(SUFFIX)
    return named.with_name(named.name + SEALED) if sealed and named.suffix != SEALED else named


def _beside(target: Path) -> Path:
    """The usual place of the key of a copy."""
    stem = target.name.removesuffix(SEALED).removesuffix(SUFFIX)
    return target.with_name(stem + KEY)
