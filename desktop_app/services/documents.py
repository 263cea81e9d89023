"""Documents: taking texts in, reading them, correcting them without losing a coding."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop_app.model.changes import Changes
from desktop_app.model.documents import Document, DocumentFields, Origin, ParsedDocument, Text
from desktop_app.model.errors import Ambiguous, Interrupted, Invalid, KnownError, NotFound
from desktop_app.model.ids import new_id
from desktop_app.notebook.journal import Recorder
from desktop_app.services.attributes import declare, take_values
from desktop_app.services.coded import Corrected, document_text, follow, restore_codings, trash_codings
from desktop_app.services.context import Context
from desktop_app.services.maintenance import back_up
from desktop_app.services.naming import Naming
from desktop_app.text.anchors import Correction
from desktop_app.text.turns import moved_turns

Progress = Callable[[float, str], None]
TABLES = (".csv", ".tsv", ".xlsx")
"""Suffixes of tables of answers."""
MAXIMUM = 100 * 1024 * 1024
"""Bytes of a file; longer ones are recordings or scans rather than texts."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A file that could not be taken in, and the sentence that says why."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class Taken:
    """A document that was taken in: its id and what the reader made of the file."""

    id: str
    parsed: ParsedDocument
    file: str


@dataclass(frozen=True, slots=True)
class Intake:
    """What came of a batch: the documents, and the files that could not be read."""

    documents: tuple[Taken, ...]
    rejected: tuple[Rejected, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are read: a speaker pattern, and of tables the column of answers and the one that names respondents."""

    pattern: str = ""
    column: str = ""
    id_column: str = ""


AS_FOUND = Reading()


@dataclass(frozen=True, slots=True)
class FilePreview:
    """What one file would become, or the sentence that says why nothing (``problem``).

    ``columns`` are those of a table, ``column`` and ``id_column`` the ones that were taken.
    """

    path: Path
    documents: tuple[ParsedDocument, ...] = ()
    problem: str = ""
    columns: tuple[str, ...] = ()
    column: str = ""
    id_column: str = ""


class Documents:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._file = context.file
        self._naming = Naming(context)

    # --- taking in --------------------------------------------------------------------------------------------------

    def preview(self, path: Path, reading: Reading = AS_FOUND) -> tuple[ParsedDocument, ...]:
        """What a file would become, without keeping anything; raises a sentence for one that cannot be read."""
        return _read(path.name, read_bytes(path), reading)

    def preview_files(self, paths: Sequence[Path], reading: Reading = AS_FOUND) -> Intake:
        """What files would become, those that cannot be read with their sentences; nothing is kept."""
        rejected: list[Rejected] = []
        read = [(path, data, parsed) for path, data, parsed in self._each(_files(paths, rejected), reading, rejected)]
        return Intake(tuple(Taken("", parsed, path.name) for path, _, parsed in read), tuple(rejected))

    def files(self, paths: Sequence[Path]) -> tuple[tuple[Path, ...], tuple[Rejected, ...]]:
        """The files that an import of these files and folders would read, and the folders that hold none."""
        rejected: list[Rejected] = []
        return tuple(_files(paths, rejected)), tuple(rejected)

    def look(self, path: Path, reading: Reading = AS_FOUND) -> FilePreview:
        """What one file would become, with what can be chosen of a table; nothing is kept and nothing raised."""
        from desktop_app.exchange.documents import read_answers

        try:
            data = read_bytes(path)
            if path.suffix.lower() not in TABLES:
                return FilePreview(path, _read(path.name, data, reading))
            answers = read_answers(path.name, data, column=reading.column, id_column=reading.id_column)
        except KnownError as error:
            return FilePreview(path, problem=str(error))
        documents = _told(answers.documents, answers.skipped)
        return FilePreview(path, documents, "", answers.columns, answers.column, answers.id_column)

    def _each(
        self, files: Sequence[Path], reading: Reading, rejected: list[Rejected]
    ) -> Iterator[tuple[Path, bytes, ParsedDocument]]:
        """What each file has in it; the sentence of one that cannot be read goes to ``rejected``."""
        for path in files:
            try:
                data = read_bytes(path)
                parsed = _read(path.name, data, reading)
            except KnownError as error:
                rejected.append(Rejected(path.name, str(error)))
            else:
                yield from ((path, data, one) for one in parsed)

    def import_files(
        self,
        paths: Sequence[Path],
        reading: Reading = AS_FOUND,
        *,
        backup: bool = True,
        progress: Progress | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> Changes[Intake]:
        """Take in files, and the readable files of folders, in one undoable step after a backup.

        A file that cannot be read is told and the rest goes on. Raises :class:`Interrupted` when stopped; nothing is
        kept then.
        """
        return self.import_each({reading: paths}, backup=backup, progress=progress, should_stop=should_stop)

    def import_each(
        self,
        groups: Mapping[Reading, Sequence[Path]],
        *,
        backup: bool = True,
        progress: Progress | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> Changes[Intake]:
        """As :meth:`import_files`, for files that are to be read in several ways."""
        tell = progress or (lambda part, text: None)
        read: list[tuple[str, bytes, ParsedDocument]] = []
        rejected: list[Rejected] = []
        files = [(path, reading) for reading, paths in groups.items() for path in _files(paths, rejected)]
        for number, (path, reading) in enumerate(files):
            tell(0.8 * number / len(files), f"Reading {path.name}")
            if should_stop and should_stop():
                raise Interrupted(what="The import")
            read += [(path.name, data, parsed) for _, data, parsed in self._each([path], reading, rejected)]
        if read and backup:
            tell(0.8, "Making a backup")
            back_up(self._file, self._context.now())
        taken = []
        with self._context.change(_label(len(read))) as recorder:
            for columns in _tables(read):
                declare(self._file, recorder, "document", columns)
            blobs: dict[int, str] = {}
            for number, (name, data, parsed) in enumerate(read):
                tell(0.85 + 0.15 * number / len(read), f"Keeping {parsed.title}")
                if should_stop and should_stop():
                    raise Interrupted(what="The import")
                if id(data) not in blobs:
                    blobs[id(data)] = self._file.blobs.put(data, compress=True)
                taken.append(self._keep(recorder, name, blobs[id(data)], parsed))
        return self._context.changes(recorder, Intake(tuple(taken), tuple(rejected)))

    def _keep(self, recorder: Recorder, file: str, blob: str, parsed: ParsedDocument) -> Taken:
        content = self._file.documents.keep(parsed.text, parsed.turns)
        same = self._file.documents.same_text(content.blob)
        if same:
            parsed = replace(parsed, notices=(*parsed.notices, f"The same text is here already as “{same[0]}”."))
        values, told = take_values(self._file, recorder, "document", parsed.attributes)
        parsed = replace(parsed, notices=(*parsed.notices, *told))
        fields = DocumentFields(
            title=parsed.title or Path(file).stem,
            content=content,
            people=self._known(content.speakers),
            attributes=values,
            occurred=parsed.occurred,
            origin=Origin(file, parsed.format, blob),
        )
        item = new_id()
        recorder.record("document", item, fields.checked().to_json(), new=True)
        return Taken(item, parsed, file)

    def _known(self, speakers: Sequence[str]) -> dict[str, str]:
        """Those speakers whose name is the name of exactly one person."""
        found = {}
        for speaker in speakers:
            people = self._file.people.named("person", speaker)
            if len(people) == 1:
                found[speaker] = people[0]
        return found

    def add(self, title: str, text: str) -> Changes[str]:
        """Make a document by hand; raises :class:`Invalid` without a title or words."""
        clean = _clean(text)
        with self._context.change("Add document") as recorder:
            fields = DocumentFields(title=title, content=self._file.documents.keep(clean, ())).checked()
            item = new_id()
            recorder.record("document", item, fields.to_json(), new=True)
        return self._context.changes(recorder, item)

    # --- reading ----------------------------------------------------------------------------------------------------

    def resolve(self, name: str) -> str:
        """The id of a document given by id, unique beginning of it, or title; raises :class:`NotFound` and others."""
        named = self._file.documents.named(name)
        if len(named) > 1:
            raise Ambiguous(
                name=name, what="document", count=len(named), examples=", ".join(item[:8] for item in named[:3])
            )
        return named[0] if named else self._file.journal.resolve("document", name)

    def get(self, document: str) -> Document:
        """One document by id, beginning of it or title, in the trash or not."""
        return self._file.documents.get(self.resolve(document))

    def text(self, document: str) -> Text:
        """What is read and coded of a document."""
        return document_text(self._context, self.resolve(document))

    # --- changing ---------------------------------------------------------------------------------------------------

    def edit(
        self, document: str, *, title: str | None = None, when: str | None = None, note: str | None = None
    ) -> Changes[str]:
        """Change what is given and nothing else; ``when`` is typed as anywhere, empty clears it."""
        item = self.resolve(document)
        with self._context.change("Edit document") as recorder:
            before = self._file.journal.fields(item)
            fields = DocumentFields.from_json(before)
            fields = replace(
                fields,
                title=fields.title if title is None else title,
                occurred=fields.occurred if when is None else (self._context.when(when).edtf if when.strip() else ""),
                note=fields.note if note is None else note.strip(),
            ).checked()
            recorder.record("document", item, {**before, **fields.to_json()})
        return self._context.changes(recorder, item)

    def match_speaker(self, document: str, speaker: str, person: str) -> Changes[str]:
        """Say that a speaker is a person, by name or id; an unknown name makes one, an empty one takes the match back.

        Raises :class:`NotFound` for somebody who does not speak in the document.
        """
        item = self.resolve(document)
        with self._context.change(f"Match speaker {speaker}") as recorder:
            before = self._file.journal.fields(item)
            fields = DocumentFields.from_json(before)
            if speaker not in fields.content.speakers:
                raise NotFound(what="speaker", name=speaker)
            people = {name: known for name, known in fields.people.items() if name != speaker}
            found = self._naming.person(recorder, person, None)
            if found:
                people[speaker] = found
            recorder.record("document", item, {**before, "people": people})
        return self._context.changes(recorder, item)

    def rename_speaker(self, document: str, speaker: str, name: str) -> Changes[str]:
        """Give a speaker another name in every turn; naming somebody like another one makes them one speaker."""
        item = self.resolve(document)
        new = " ".join(name.split())
        if not new:
            raise Invalid(message="A speaker needs a name; type one.")
        with self._context.change(f"Rename speaker {speaker}") as recorder:
            before = self._file.journal.fields(item)
            fields = DocumentFields.from_json(before)
            if speaker not in fields.content.speakers:
                raise NotFound(what="speaker", name=speaker)
            turns = self._file.documents.turns(fields.content)
            renamed = [replace(turn, speaker=new) if turn.speaker == speaker else turn for turn in turns]
            people = dict(fields.people)
            known = people.pop(speaker, None)
            if known:
                people.setdefault(new, known)
            content = self._file.documents.keep(self._file.documents.text(fields.content), renamed)
            recorder.record("document", item, {**before, "content": content.to_json(), "people": people})
        return self._context.changes(recorder, item)

    def correct(self, document: str, text: str, *, version_before: str = "") -> Changes[Corrected]:
        """Give a document another text; turns and codings follow their words.

        A coding that cannot follow for certain is put on the review list with what it quoted before. Raises
        :class:`Invalid` when the text is no longer the version the correction began with.
        """
        item = self.resolve(document)
        clean = _clean(text)
        with self._context.change("Correct text") as recorder:
            before = self._file.journal.fields(item)
            fields = DocumentFields.from_json(before)
            if version_before and version_before != fields.content.blob:
                raise Invalid(
                    message=f"“{fields.title}” has been changed meanwhile; copy your text, open it again and correct it"
                    " there."
                )
            old = self._file.documents.text(fields.content)
            correction = Correction(old, clean)
            turns = moved_turns(correction, self._file.documents.turns(fields.content))
            content = self._file.documents.keep(clean, turns)
            recorder.record("document", item, {**before, "content": content.to_json()})
            done = follow(self._context, recorder, item, old, clean, correction)
        return self._context.changes(recorder, done)

    def trash(self, document: str) -> Changes[str]:
        """Put a document and its codings into the trash."""
        item = self.resolve(document)
        with self._context.change("Move document to trash") as recorder:
            self._file.journal.trash(recorder, "document", item)
            trash_codings(self._context, recorder, item)
        return self._context.changes(recorder, item)

    def trash_all(self, documents: Sequence[str]) -> Changes[int]:
        """As :meth:`trash`, for several in one step; returns how many were not there yet."""
        items = dict.fromkeys(self.resolve(document) for document in documents)
        label = "Move document to trash" if len(items) == 1 else f"Move {len(items)} documents to trash"
        with self._context.change(label) as recorder:
            before = set(self._file.documents.titles())
            for item in items:
                self.trash(item)
        return self._context.changes(recorder, len(before & items.keys()))

    def restore(self, document: str) -> Changes[str]:
        """Take a document out of the trash, with the codings that went there with it."""
        item = self.resolve(document)
        with self._context.change("Restore from trash") as recorder:
            restore_codings(self._context, recorder, item)
            self._file.journal.trash(recorder, "document", item, trashed=False)
        return self._context.changes(recorder, item)

    # Last in the class: below it, ``list`` would name this method.
    def list(self) -> list[Document]:
        """Every document, by title."""
        return self._file.documents.all()


def _clean(text: str) -> str:
    clean = text.replace("\r\n", "\n").replace("\r", "\n")
    if not clean.strip():
        raise Invalid(message="A document needs some words; write or paste some.")
    if "\0" in clean:
        raise Invalid(message="A text cannot hold NUL characters (a binary file was given perhaps); leave them out.")
    return clean


def style_name(style: str) -> str:
    """What people call a format or a style of transcript, given its id; the id itself where it has no name."""
    from desktop_app.exchange.documents.styles import STYLES

    return STYLES.get(style, style)


# --- files ------------------------------------------------------------------------------------------------------------


def _files(paths: Sequence[Path], rejected: list[Rejected]) -> list[Path]:
    """The files that were named, and those of the folders that were, by name; hidden ones are left alone."""
    from desktop_app.exchange.documents import SUFFIXES

    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        inside = sorted(
            file
            for file in path.rglob("*")
            if file.is_file() and file.suffix.lower() in SUFFIXES and not file.name.startswith((".", "~$"))
        )
        if not inside:
            rejected.append(Rejected(path.name, f"{path.name} has no documents in it; choose another folder."))
        found += inside
    return list(dict.fromkeys(found))


def read_bytes(path: Path) -> bytes:
    """A file's bytes; raises :class:`Invalid` for one that cannot be read, is no file or is larger than a text gets."""
    try:
        if path.exists() and not path.is_file():
            # A pipe or a device may never end.
            raise Invalid(message=f"{path.name} is no file; save what it gives and import that.")
        if path.stat().st_size > MAXIMUM:
            raise Invalid(message=f"{path.name} is larger than 100 MB; export its text and import that.")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Invalid(message=f"{path} cannot be read ({reason}); check the name and try again.") from error


def _read(name: str, data: bytes, reading: Reading) -> tuple[ParsedDocument, ...]:
    from desktop_app.exchange.documents import read_answers, read_document

    if Path(name).suffix.lower() in TABLES:
        answers = read_answers(name, data, column=reading.column, id_column=reading.id_column)
        return _told(answers.documents, answers.skipped)
    return (read_document(name, data, pattern=reading.pattern),)


def _told(documents: Sequence[ParsedDocument], skipped: Sequence[str]) -> tuple[ParsedDocument, ...]:
    """What was skipped of a table is told with its first document."""
    return tuple(
        replace(parsed, notices=(*parsed.notices, *skipped)) if number == 0 else parsed
        for number, parsed in enumerate(documents)
    )


def _tables(read: Sequence[tuple[str, bytes, ParsedDocument]]) -> list[dict[str, list[str]]]:
    """The columns of attributes of each file that several documents came from: a table of respondents."""
    found: dict[int, list[ParsedDocument]] = {}
    for _, data, parsed in read:
        found.setdefault(id(data), []).append(parsed)
    tables = []
    for documents in found.values():
        if len(documents) > 1:
            columns: dict[str, list[str]] = {}
            for name, value in (pair for parsed in documents for pair in parsed.attributes):
                columns.setdefault(name, []).append(value)
            tables.append(columns)
    return tables


def _label(count: int) -> str:
    return "Import document" if count == 1 else f"Import {count} documents"
