"""The index as a cache: updates, rebuilds, damage, several processes, killed processes."""

import errno
import os
import pickle
import shutil
import signal
import stat
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.model.errors import Interrupted
from desktop_app.search import IndexBusy, IndexUnusable, IndexUnwritable, Position, SearchDocument, SearchIndex
from tests.search.library import OPENED, Library, entry

Make = Callable[..., Library]
ROOT = Path(__file__).parents[2]


def reopened(folder: Path, **changes: object) -> SearchIndex:
    values = {"notebook_id": "n", "language": "en", "wait": 0.05, **changes}
    index = SearchIndex(folder, **values)  # type: ignore[arg-type]
    OPENED.append(index)
    index.open()
    return index


def test_nothing_there_needs_a_rebuild(tmp_path: Path) -> None:
    index = reopened(tmp_path / "none")
    assert index.needs_rebuild
    assert index.position() is None
    assert index.documents() == 0
    with pytest.raises(IndexUnusable, match="not been built"):
        index.view()
    with pytest.raises(IndexUnusable):
        index.update([entry("a")], [], Position(1))
    assert not index.tidy()


def test_update_replaces_adds_and_removes(library: Make) -> None:
    made = library(entry("a", "first"), entry("b", "second"), entry("c", "third"))
    made.index.update(
        [entry("a", "changed"), entry("d", "fourth"), entry("d", "fifth")], ["b", "nobody"], Position(7, "t")
    )
    assert made.ids("") == {"a", "c", "d"}
    assert made.ids("first") == made.ids("second") == made.ids("fourth") == set()
    assert made.ids("changed") == {"a"}
    assert made.index.position() == Position(7, "t")
    assert made.index.documents() == 3


def test_replaying_changes_nothing(library: Make) -> None:
    made = library(entry("a", "first"))
    for _ in range(3):
        made.index.update([entry("b", "second")], ["a"], Position(4))
        assert made.ids("") == {"b"}
    made.index.update([], [], Position(5))
    assert made.index.position() == Position(5)


def test_position_survives_reopening(library: Make) -> None:
    made = library(entry("a"))
    made.index.update([entry("b")], [], Position(41, "token"))
    assert reopened(made.folder).position() == Position(41, "token")
    assert made.index.rebuild([entry("z")], 1, Position(42)) == 1
    assert reopened(made.folder).position() == Position(42)


def test_another_instance_sees_each_commit(library: Make) -> None:
    made = library(entry("a"))
    other = reopened(made.folder)
    view = other.view()
    assert other.view() is view
    made.index.update([entry("b")], [], Position(1))
    assert other.view().count == 2
    made.index.rebuild([entry("c")], 1, Position(2))
    assert other.view().count == 1


def test_thousands_of_small_updates_stay_few_segments(library: Make) -> None:
    made = library(entry("a", "start"))
    for number in range(200):
        made.index.update([entry(f"n{number % 90}", f"word{number} price")], [], Position(number))
    assert len(made.index.view().segments) < 20
    assert made.index.documents() == 91
    assert made.ids("word199") == {"n19"}
    assert made.ids("word0") == set()
    assert made.search("price").total == 90


def test_a_segment_with_nothing_left_goes(library: Make) -> None:
    made = library(entry("a"), entry("b"))
    made.index.update([entry("c")], ["a", "b"], Position(1))
    assert made.index.view().sizes() == [(1, 1)]


def test_tidy_merges_pieces_and_keeps_everything(library: Make) -> None:
    made = library(entry("keep", "kept"))
    for number in range(8):
        documents = [entry(f"{number}-{at}", f"batch{number} word{at}") for at in range(40)]
        made.index.update(documents, [], Position(number))
    made.index.update([], [f"3-{at}" for at in range(40)], Position(9, "t"))
    assert made.index.tidy()
    assert len(made.index.view().segments) == 1
    assert made.index.position() == Position(9, "t")
    assert made.index.documents() == 281
    assert made.search("batch3").total == 0
    assert made.ids('"batch5 word7"') == {"5-7"}
    assert not made.index.tidy()


def test_tidy_leaves_full_segments_alone(library: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.search.index.FULL", 100)
    monkeypatch.setattr("desktop_app.search.merging.FULL", 100)
    made = library(*(entry(f"{number:04}", "price") for number in range(900)))
    assert len(made.index.view().segments) == 9
    assert not made.index.tidy()
    made.index.update([], [f"{number:04}" for number in range(900) if number % 5 > 1], Position(1))
    rounds = 0
    while made.index.tidy():
        rounds += 1
    assert 1 <= rounds <= 8
    assert made.search("price").total == 360
    assert max(held for _, held in made.index.view().sizes()) == 100
    assert sum(held for _, held in made.index.view().sizes()) < 600


# --- building again ---------------------------------------------------------------------------------------------------


def test_rebuild_reports_and_can_be_stopped(library: Make) -> None:
    made = library(entry("old"))
    seen: list[tuple[int, int]] = []
    documents = [entry(f"{number}") for number in range(350)]
    made.index.rebuild(documents, 350, Position(1), progress=lambda done, total: seen.append((done, total)))
    assert seen == [(100, 350), (200, 350), (300, 350), (350, 350)]
    with pytest.raises(Interrupted):
        made.index.rebuild(documents, 350, Position(2), should_stop=lambda: True)
    assert made.index.documents() == 350
    assert made.index.position() == Position(1)
    assert len(list(made.folder.glob("generation-*"))) == 1
    made.index.update([entry("new")], [], Position(3))
    assert made.index.documents() == 351


def test_a_rebuild_that_fails_leaves_the_old_index(library: Make) -> None:
    made = library(entry("old"))

    def broken() -> object:
        yield entry("a")
        raise OSError("disk full")

    with pytest.raises(IndexUnwritable, match="disk full"):
        made.index.rebuild(broken(), 2, Position(2))  # type: ignore[arg-type]
    assert made.ids("") == {"old"}
    assert made.index.rebuild([], 0, Position(3)) == 0
    assert made.index.documents() == 0


def test_a_failed_update_leaves_everything_as_it_was(library: Make) -> None:
    made = library(entry("old", "word"))

    def broken() -> object:
        yield entry("a", "word")
        raise OSError("disk full")

    with pytest.raises(IndexUnwritable, match="disk full"):
        made.index.update(broken(), ["old"], Position(2))  # type: ignore[arg-type]
    assert made.ids("word") == {"old"}
    made.index.update([entry("b", "word")], [], Position(2))
    assert made.ids("word") == {"old", "b"}


def test_a_large_index_has_several_segments(library: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.search.index.FULL", 50)
    made = library(
        *(entry(f"{number:03}", f"price word{number}", added=f"2020-01-{number % 28 + 1:02}") for number in range(160))
    )
    assert len(made.index.view().segments) == 4
    assert made.search("price").total == 160
    assert made.ids("word159") == {"159"}
    assert made.search("-price").total == 0
    assert len(made.order("price", limit=200)) == 160


@pytest.mark.parametrize("change", [{"language": "de"}, {"notebook_id": "m"}])
def test_an_index_of_something_else_is_built_again(library: Make, change: dict[str, str]) -> None:
    made = library(entry("a"))
    index = reopened(made.folder, **change)
    assert index.needs_rebuild
    assert "another version" in index.reason
    index.rebuild([entry("b")], 1, Position(1))
    assert not index.needs_rebuild


def test_an_index_of_another_version_is_built_again(library: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    made = library(entry("a"))
    monkeypatch.setattr("desktop_app.search.schema.VERSION", 999)
    assert reopened(made.folder).needs_rebuild


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps other people out of a profile by itself")
def test_the_folder_is_private(library: Make) -> None:
    made = library(entry("a"))
    for folder in (made.folder, *made.folder.glob("generation-*")):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_full_disk_leaves_the_last_commit(library: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    made = library(entry("old", "word"))

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    for place in ("desktop_app.search.storage.json.dumps", "desktop_app.search.storage.SealedStorage.rename_file"):
        with monkeypatch.context() as patch:
            patch.setattr(place, full)
            with pytest.raises(IndexUnwritable, match="No space left"):
                made.index.update([entry("a", "word")], ["old"], Position(2))
            with pytest.raises(IndexUnwritable, match="No space left"):
                made.index.rebuild([entry("a", "word")], 1, Position(2))
        assert made.ids("word") == {"old"}
    made.index.update([entry("b", "word")], [], Position(2))
    assert made.ids("word") == {"old", "b"}


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    index = reopened(tmp_path / "file" / "index")
    assert index.needs_rebuild
    with pytest.raises(IndexUnwritable):
        index.rebuild([], 0, Position(1))


# --- damage -----------------------------------------------------------------------------------------------------------


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and "lock" not in path.name.lower())


def _check(folder: Path, whole: bool | None) -> None:
    """The index answers rightly or needs a rebuild, which works; ``whole`` says which where only one is right."""
    index = reopened(folder)
    if whole is not None:
        assert index.needs_rebuild != whole
    if not index.needs_rebuild:
        assert index.documents() == 3
        assert index.view().term("exact", "price").bit_count() == 2
    index.rebuild([entry("z", "price")], 1, Position(9))
    assert index.documents() == 1
    index.close()


def _dated(key: str, body: str) -> SearchDocument:
    return entry(key, body, added="2026-01-01T10:00")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = Library(tmp_path_factory.mktemp("sound") / "index", [_dated("a", "price one"), _dated("b", "two")])
    made.index.update([_dated("c", "price three")], [], Position(1))
    made.index.close()
    assert len(_files(made.folder)) >= 4
    return made.folder


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda data: data[: len(data) // 2],
    "emptied": lambda data: b"",
    "first byte flipped": lambda data: bytes([data[0] ^ 0xFF]) + data[1:],
    "a byte in the middle flipped": lambda data: (
        data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 1]) + data[len(data) // 2 + 1 :]
    ),
    "longer": lambda data: data + b"\0",
    "other bytes": lambda data: b"\xff" * len(data),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_every_damaged_file_is_noticed(sound: Path, tmp_path: Path, damage: str) -> None:
    for number, path in enumerate(_files(sound)):
        folder = tmp_path / str(number)
        shutil.copytree(sound, folder)
        target = folder / path.relative_to(sound)
        target.write_bytes(DAMAGES[damage](path.read_bytes()))
        # A longer name of the folder in use, or a flipped digit of it, leads nowhere; everything else is sealed.
        _check(folder, whole=False)


def test_a_changed_seal_is_noticed(sound: Path, tmp_path: Path) -> None:
    shutil.copytree(sound, tmp_path / "index")
    seal = next((tmp_path / "index").rglob("seal_*.json"))
    text = seal.read_text()
    assert '"seq": 1' in text
    seal.write_text(text.replace('"seq": 1', '"seq": 9'))
    _check(tmp_path / "index", whole=False)


def test_every_missing_file_is_noticed(sound: Path, tmp_path: Path) -> None:
    for number, path in enumerate(_files(sound)):
        folder = tmp_path / str(number)
        shutil.copytree(sound, folder)
        (folder / path.relative_to(sound)).unlink()
        _check(folder, whole=False)


@given(data=st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_damage_is_noticed_or_harmless(
    sound: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("damaged") / "index"
    shutil.copytree(sound, folder)
    target = data.draw(st.sampled_from(_files(folder)))
    content = bytearray(target.read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    match data.draw(st.sampled_from(["flip", "cut", "insert"])):
        case "flip":
            content[at] ^= data.draw(st.integers(1, 255))
        case "cut":
            del content[at:]
        case _:
            content[at:at] = data.draw(st.binary(min_size=1, max_size=9))
    target.write_bytes(content)
    _check(folder, None)
    shutil.rmtree(folder.parent)


class _Bomb:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (Path.touch, (Path(os.environ["TERRAIN_TEST_BOMB"]),))


def test_a_foreign_pickle_is_never_opened(sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trace = tmp_path / "trace"
    monkeypatch.setenv("TERRAIN_TEST_BOMB", str(trace))
    for number, path in enumerate(path for path in _files(sound) if path.suffix in (".toc", ".trm", ".pst")):
        folder = tmp_path / f"copy{number}"
        shutil.copytree(sound, folder)
        (folder / path.relative_to(sound)).write_bytes(path.read_bytes()[:20] + pickle.dumps(_Bomb()))
        assert reopened(folder).needs_rebuild
        newer = folder / path.relative_to(sound).parent / "_MAIN_99.toc"
        newer.write_bytes(pickle.dumps(_Bomb()))
        assert reopened(folder).needs_rebuild
    assert not trace.exists()


def test_rubbish_in_the_folder_is_no_obstacle(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    (folder / "generation-1").mkdir(parents=True)
    (folder / "generation-1" / "_MAIN_x.toc").write_text("rubbish")
    (folder / "generation-7").mkdir()
    for current in ("", "generation-1", "generation-2", "../../etc", "generation-x", "\udcff"):
        (folder / "current").write_bytes(current.encode("utf-8", "surrogateescape"))
        assert reopened(folder).needs_rebuild
    index = reopened(folder)
    assert index.rebuild([entry("a")], 1, Position(1)) == 1
    assert [path.name for path in folder.glob("generation-*")] == [index._current()]


def test_damage_while_open_shows_with_the_next_commit(library: Make) -> None:
    made = library(entry("a", "price"))
    other = reopened(made.folder)
    segment = next(made.folder.rglob("*.trm"))
    made.index.close()
    segment.unlink()
    assert reopened(made.folder).needs_rebuild
    made.index.rebuild([entry("b")], 1, Position(1))
    assert other.view().count == 1


# --- several processes ------------------------------------------------------------------------------------------------

_WRITER = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from desktop_app.search import Position, SearchDocument, SearchIndex
    index = SearchIndex(Path(sys.argv[1]), notebook_id="n", language="en", wait=30)
    for number in range(int(sys.argv[3])):
        document = SearchDocument(f"{sys.argv[2]}-{number}", "entry", body=f"price {sys.argv[2]}{number}")
        index.update([document], [], Position(number))
        print(document.id, flush=True)
    """
)


def _writer(folder: Path, name: str, count: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", _WRITER, str(folder), name, str(count)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_two_processes_write_while_a_third_reads(library: Make) -> None:
    made = library(entry("a", "price"))
    writers = [_writer(made.folder, name, 25) for name in ("one", "two")]
    counts = [0]
    while any(writer.poll() is None for writer in writers):
        counts.append(made.search("price").total)
    for writer in writers:
        output, errors = writer.communicate()
        assert (writer.returncode, errors) == (0, "")
        assert len(output.split()) == 25
    assert counts == sorted(counts)
    assert made.search("price").total == 51
    assert made.ids("two24") == {"two-24"}


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a POSIX signal")
def test_a_killed_writer_leaves_no_lock_and_loses_nothing(library: Make) -> None:
    made = library(entry("a", "price"))
    for round_ in range(4):
        writer = _writer(made.folder, f"k{round_}", 1000)
        assert writer.stdout is not None
        written = [writer.stdout.readline().strip() for _ in range(3 + 2 * round_)]
        writer.send_signal(signal.SIGKILL)
        rest, _ = writer.communicate()
        written += [line for line in rest.split("\n") if line]
        index = reopened(made.folder)
        assert not index.needs_rebuild, index.reason
        for key in written:
            assert made.ids(key.replace("-", "")) == {key}
        index.update([entry(f"after{round_}", "price")], [], Position(1))
        assert made.search("price").total == index.documents()


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a POSIX signal")
def test_a_killed_rebuild_leaves_the_old_index(library: Make) -> None:
    made = library(entry("a", "price"))
    script = _WRITER.split("for number")[0] + textwrap.dedent(
        """
        def documents():
            number = 0
            while True:
                number += 1
                if number == 300:
                    print("under way", flush=True)
                yield SearchDocument(str(number), "entry", body="price")
        index.rebuild(documents(), 0, Position(1))
        """
    )
    builder = subprocess.Popen(
        [sys.executable, "-c", script, str(made.folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert builder.stdout is not None
    assert builder.stdout.readline() == "under way\n"
    with pytest.raises(IndexBusy):
        reopened(made.folder).update([entry("b")], [], Position(1))
    builder.send_signal(signal.SIGKILL)
    builder.communicate()
    assert made.ids("") == {"a"}
    made.index.rebuild([entry("c")], 1, Position(1))
    assert made.ids("") == {"c"}
    assert len(list(made.folder.glob("generation-*"))) == 1


def test_importing_the_room_loads_no_whoosh() -> None:
    script = "import sys, desktop_app.search; sys.exit('whoosh' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False).returncode == 0
