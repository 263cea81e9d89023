"""Foreign notebooks changed by chance: whatever is taken of them can be merged, checked and read."""

import os
import random
import shutil
from hashlib import sha256
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.model.coding import tree
from desktop_app.model.errors import KnownError
from desktop_app.notebook import points
from desktop_app.notebook.file import NotebookFile
from desktop_app.notebook.foreign import foreign
from tests.model.fields import GOOD, mutated
from tests.notebook.hostile import GOOD_TURNS, LATEST, adding, document, keeping, read, revision, spoil
from tests.notebook.replicas import merge
from tests.notebook.writing import check, rewrite, write


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_is_taken_can_be_merged_checked_and_read(data: st.DataObject, template: Path, tmp_path: Path) -> None:
    made, texts = [], (b"a", b"b")
    for kind in data.draw(st.lists(st.sampled_from(sorted(GOOD)), min_size=8, max_size=8)):
        fields = {name: value for name, value in GOOD[kind].items() if kind not in ("document", "import")}
        if kind == "document":
            fields = {**GOOD[kind], "content": {**document(b"Tell me more", GOOD_TURNS)["content"]}}
        elif kind == "import":
            fields = {**GOOD[kind], "points": sha256(points.pack(())).hexdigest()}
        changed = mutated(data, fields)
        try:
            made.append(revision(changed, kind=kind))
        except (ValueError, TypeError):
            continue
    there = shutil.copyfile(template, tmp_path / "there.terrain")
    here = NotebookFile.open(shutil.copyfile(template, tmp_path / "here.terrain"), author="Ada", device="one")
    try:
        kept = (*texts, b"Tell me more", GOOD_TURNS, points.pack(()))
        spoil(there, *(keeping(one) for one in kept), *(adding(one) for one in made if is_utf8(one.fields)))
        with foreign(there, here.database, latest=LATEST) as incoming:
            merge(here, incoming)
        assert check(here).ok, check(here).problems
        read_everything(here)
    finally:
        here.close()


def is_utf8(text: str) -> bool:
    return not any("\ud800" <= mark <= "\udfff" for mark in text)


def read_everything(file: NotebookFile) -> None:
    """What the screens ask for."""
    entries = file.entries.many(file.entries.newest(50))
    assert all(entry.heading is not None for entry in entries)
    for found in file.documents.all():
        file.documents.text(found.fields.content)
        file.documents.turns(found.fields.content)
    ids = [item for (item,) in file.database.rows("SELECT id FROM item")]
    file.codings.some(ids)
    for (item,) in file.database.rows("SELECT id FROM coding"):
        file.codings.full(item)
    tree(file.codes.fields(), {})
    file.memos.some(ids)
    file.attributes.variables()
    file.metrics.imports()
    file.metrics.series()
    file.log.changes(50)
    for item in ids:
        file.log.history(item)


def test_bytes_changed_by_chance_end_in_a_sentence_or_in_refusals(
    file: NotebookFile, template: Path, tmp_path: Path
) -> None:
    theirs = tmp_path / "theirs" / "copy.terrain"
    theirs.parent.mkdir()
    shutil.copyfile(template, theirs)
    there = NotebookFile.open(theirs, author="Ben", device="two")
    for number in range(30):
        rewrite(there, write(there, f"Note {number} " * 20), body="Changed")
    with there.database.transaction():
        there.blobs.put(b"words and " * 9_000, compress=True)
    there.close()
    good, chance = theirs.read_bytes(), random.Random(4)
    ours = {one.id: one for one in read(file, theirs).revisions}
    for number in range(int(os.environ.get("TERRAIN_MUTATIONS", "200"))):
        data = bytearray(good)
        for _ in range(chance.choice((1, 1, 2, 8, 64))):
            data[chance.randrange(len(data) if chance.random() < 0.7 else 4096)] = chance.randrange(256)
        if chance.random() < 0.1:
            del data[chance.randrange(100, len(data)) :]
        try:
            if number % 2:
                theirs.write_bytes(data)
                incoming = read(file, theirs)
            else:
                incoming = read(file, bytes(data))
        except KnownError:
            continue
        assert all(ours.get(one.id) == one for one in incoming.revisions)
