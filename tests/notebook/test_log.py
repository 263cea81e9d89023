"""The log, histories and provenance, of what was written here and of what came from elsewhere."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.model.changes import RevisionInfo
from desktop_app.model.entries import EntryFields
from desktop_app.notebook.file import NotebookFile
from desktop_app.notebook.log import device_item, newest_first
from tests.notebook.arriving import Arriving
from tests.notebook.writing import rewrite, write

JUNE = 1_780_315_200_000


def entry(body: str, **fields: object) -> dict[str, object]:
    return replace(EntryFields(body=body), **fields).to_json()  # type: ignore[arg-type]


def by_id(infos: list[RevisionInfo]) -> dict[str, RevisionInfo]:
    return {info.id: info for info in infos}


def test_what_was_written_here_has_no_source(file: NotebookFile) -> None:
    item = write(file, "Harbour closed")
    rewrite(file, item, title="Strike")
    infos = file.log.history(item)
    assert [(info.source, info.authors, info.shallow, info.is_derived) for info in infos] == [
        ("", ("Ada",), False, False)
    ] * 2
    told = file.log.provenance(item)
    assert told is not None
    assert (told.author, told.device, told.device_name, told.at) == ("Ada", "one", "", infos[-1].at)
    assert (told.source, told.source_by, told.source_at, told.shallow) == ("", "", "", False)
    assert file.log.provenance("nothing") is None


def test_the_file_that_brought_it_and_whoever_handed_it_out_are_told(file: NotebookFile) -> None:
    merge = Arriving(file, by="Carla")
    item = merge.item_of(merge.revision(entry("Berth 4 is empty"), "Ben", JUNE))
    merge.arrive()
    rewrite(file, item, title="Berths")
    told = file.log.provenance(item)
    assert told is not None
    assert (told.author, told.device, told.at) == ("Ben", "ben-device", "2026-06-01T12:00:00Z")
    assert (told.source, told.source_by, told.source_at) == ("team.terrain", "Carla", "2027-01-15T08:00:00Z")
    assert [(info.author, info.source) for info in file.log.history(item)] == [("Ada", ""), ("Ben", "team.terrain")]
    assert file.log.sources([item, write(file, "own")]) == {item: "team.terrain"}


def test_versions_written_apart_are_told_by_what_they_changed_themselves(file: NotebookFile) -> None:
    item = write(file, "one")
    (first,) = file.log.history(item)
    rewrite(file, item, title="Ours")
    ours = file.log.history(item)[0]
    merge = Arriving(file)
    # By Ben's clock his edit came long after what was derived of it, and Carla's long before there was anything.
    bens = merge.revision(entry("one", tags=("port",)), "Ben", 4_000_000_000_000, item=item, parents=[first.id])
    carlas = merge.revision(entry("one", channel="phone"), "Carla", 1_000, item=item, parents=[first.id])
    merged = entry("one", title="Ours", tags=("port",), channel="phone")
    derived = merge.revision(merged, "", JUNE, item=item, parents=[ours.id, bens, carlas])
    merge.arrive()
    infos = file.log.history(item)
    assert [info.id for info in infos] == [derived, bens, ours.id, carlas, first.id]
    changed = {info.id: info.changed for info in infos}
    assert (changed[bens], changed[ours.id], changed[carlas]) == (("tags",), ("title",), ("channel",))
    assert changed[derived] == ("channel", "tags", "title")
    assert infos[0].is_derived
    assert infos[0].authors == ("Ada", "Ben", "Carla")
    assert infos[0].parents == tuple(sorted([ours.id, bens, carlas]))
    told = file.log.provenance(item)
    assert told is not None
    assert (told.author, told.source) == ("Ada", ""), "what was first is first, whatever clocks say"
    assert file.log.sources([item]) == {}
    rewrite(file, item, body="two")
    assert file.log.history(item)[0].changed == ("body",)
    assert file.log.history(item)[0].authors == ("Ada",)


def test_a_version_whose_parent_is_not_here_says_so(file: NotebookFile) -> None:
    merge = Arriving(file)
    known = merge.revision(entry("later"), "Ben", JUNE, parents=["f" * 64])
    item = merge.item_of(known)
    merge.absent("f" * 64, item)
    merge.revision(entry("latest"), "Ben", JUNE + 1, item=item, parents=[known])
    merge.arrive()
    latest, oldest = file.log.history(item)
    assert (oldest.shallow, oldest.changed) == (True, ())
    assert (latest.shallow, latest.changed) == (False, ("body",))
    told = file.log.provenance(item)
    assert told is not None
    assert (told.author, told.shallow, told.at) == ("Ben", True, oldest.at)
    assert file.log.sources([item]) == {item: "team.terrain"}


def test_what_only_a_merge_has_made_is_still_told_of(file: NotebookFile) -> None:
    merge = Arriving(file)
    made = merge.revision(entry("both"), "", JUNE, parents=["f" * 64, "e" * 64])
    item = merge.item_of(made)
    merge.arrive()
    told = file.log.provenance(item)
    assert told is not None
    assert (told.author, told.source, told.shallow) == ("", "team.terrain", True)
    (info,) = file.log.history(item)
    assert (info.authors, info.shallow, info.is_derived) == ((), True, True)


def test_the_log_of_one_person_has_what_they_did_and_what_was_brought_of_them(file: NotebookFile) -> None:
    write(file, "own")
    merge = Arriving(file)
    bens = [merge.revision(entry(f"Ben {number}"), "Ben", JUNE + number) for number in range(3)]
    again = merge.revision(entry("again"), "Ben", JUNE + 9, item=merge.item_of(bens[0]), parents=bens[:1])
    merge.revision(entry("derived"), "", JUNE + 9, item=merge.item_of(bens[0]), parents=[again])
    merge.revision(entry("Carla"), "Carla", JUNE)
    number = merge.arrive()
    file.journal.author = "BEN "
    write(file, "by Ben on this device")
    file.journal.author = "Ada"
    write(file, "last")
    assert [change.label for change in file.log.changes(10, author="ben")] == ["Write note", "Merge team.terrain"]
    assert [change.author for change in file.log.changes(1, author="ben")] == ["BEN "]
    (found,) = file.log.changes(1, 1, author="ben")
    assert (found.id, found.source, found.items) == (number, "team.terrain", 4)
    assert found.authors == {"Ben": 4, "Carla": 1}
    assert [change.label for change in file.log.changes(10, author="Ada")][0:2] == ["Write note", "Merge team.terrain"]
    assert file.log.changes(10, author="nobody of that name") == []
    assert [name.strip().casefold() for name in file.log.authors()] == ["ada", "ben", "carla"]
    assert [change.authors for change in file.log.changes(1)] == [{}]
    newest = file.log.newest()
    assert newest is not None
    assert newest == (file.log.changes(1)[0].id, file.log.changes(1)[0].at)


def test_after_a_merge_the_newest_entries_are_those_written_last(file: NotebookFile) -> None:
    now = 2_000_000_000_000
    file.journal.wall = lambda: now
    own = write(file, "own")
    merge = Arriving(file)
    old = merge.item_of(merge.revision(entry("long ago"), "Ben", now - 1_000_000))
    new = merge.item_of(merge.revision(entry("just now"), "Ben", now + 1_000_000))
    merge.arrive()
    assert file.entries.newest(10) == [new, own, old]
    assert file.entries.newest(1) == [new]


def test_names_of_devices(file: NotebookFile) -> None:
    merge = Arriving(file)
    merge.revision(
        {"device": "ben-device", "name": "Ben’s laptop"}, "Ben", JUNE, item=device_item("ben-device"), kind="device"
    )
    merge.revision({"device": "d2", "name": ""}, "Carla", JUNE, item=device_item("d2"), kind="device")
    item = merge.item_of(merge.revision(entry("x"), "Ben", JUNE))
    merge.arrive()
    assert file.log.device_names() == {"ben-device": "Ben’s laptop"}
    assert file.log.device_name("d2") == ""
    told = file.log.provenance(item)
    assert told is not None
    assert told.device_name == "Ben’s laptop"
    with file.journal.change("Trash") as recorder:
        file.journal.trash(recorder, "device", device_item("ben-device"))
    assert file.log.device_names() == {}
    assert file.log.device_name("ben-device") == ""


@given(st.lists(st.tuples(st.integers(0, 9), st.sets(st.integers(0, 30), max_size=3)), max_size=20))
def test_no_version_comes_before_what_was_made_of_it(drawn: list[tuple[int, set[int]]]) -> None:
    nodes = {
        str(number): (tuple(str(parent) for parent in parents if parent < number or parent > 20), f"{clock:016x}")
        for number, (clock, parents) in enumerate(drawn)
    }
    order = newest_first(nodes)
    assert sorted(order) == sorted(nodes)
    places = {node: place for place, node in enumerate(order)}
    for node, (parents, _) in nodes.items():
        assert all(places[node] < places[parent] for parent in parents if parent in nodes)
    if not any(parents for parents, _ in nodes.values()):
        assert [nodes[node][1] for node in order] == sorted((clock for _, clock in nodes.values()), reverse=True)
