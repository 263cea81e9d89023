"""What an item is that was changed in several places, over graphs made by hand."""

import itertools
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from desktop_app.model.changes import Absent, Revision, canonical_json, revision_id
from desktop_app.model.merging import CONFLICTS
from desktop_app.notebook.graph import Graph
from desktop_app.notebook.threeway import Merged, ThreeWay, derived

ENTRY: dict[str, Any] = {
    "title": "Old",
    "body": "one\ntwo\nthree\nfour",
    "tags": ["a"],
    "attachments": [],
    "channel": "",
}
CODING: dict[str, Any] = {
    "target_kind": "document",
    "target": "d",
    "code": "x",
    "start": 0,
    "end": 3,
    "quote": "one",
    "coder": "Ada",
    "version": "v1",
    "weight": None,
    "settles": [],
    "review": None,
}


class NoTexts:
    def merged(
        self, base: Mapping[str, Any] | None, shown: Mapping[str, Any], other: Mapping[str, Any]
    ) -> Mapping[str, Any] | None:
        return None if base is None else {"of": sorted((shown["of"], other["of"]))}


@dataclass
class Story:
    """Revisions of one item, each written a moment after the last; an author's first letter is the device."""

    kind: str = "entry"
    revisions: dict[str, Revision] = field(default_factory=dict)
    absent: list[Absent] = field(default_factory=list)

    def write(self, author: str, fields: Mapping[str, Any], *parents: str, at: int | None = None) -> str:
        text = canonical_json(fields)
        clock = f"{at or len(self.revisions) + 1:016x}"
        revision = revision_id("item", self.kind, parents, author, author.lower(), clock, text)
        self.revisions[revision] = Revision(
            revision, "item", self.kind, tuple(sorted(parents)), author, author.lower(), clock, text
        )
        return revision

    def edit(self, author: str, parent: str, **fields: Any) -> str:
        before = json.loads(self.revisions[parent].fields)
        state = {name: value for name, value in {**before, **fields}.items() if value is not ...}
        return self.write(author, state, parent)

    def derive(self, *parents: str) -> str:
        merged = self.merge(*parents)
        made = derived("item", self.kind, [self.revisions[one] for one in parents], merged.fields)
        self.revisions[made.id] = made
        return made.id

    def graph(self) -> Graph:
        return Graph(self.revisions.values(), self.absent)

    def merge(self, *nodes: str) -> Merged:
        """Whatever order the revisions came in, and whichever of the nodes is named first."""
        given = nodes or self.graph().tips
        found = []
        for revisions in (list(self.revisions.values()), list(self.revisions.values())[::-1]):
            for order in itertools.islice(itertools.permutations(given), 6):
                graph = Graph(revisions, self.absent)
                found.append(ThreeWay(graph, self.kind, NoTexts()).merge(order))
        assert all(one == found[0] for one in found)
        return found[0]

    def fields(self, *nodes: str) -> dict[str, Any]:
        return self.merge(*nodes).fields


def values(fields: Mapping[str, Any], name: str) -> list[Any]:
    return [option["value"] for option in fields[CONFLICTS][name]]


def test_the_tips_are_what_nobody_wrote_upon() -> None:
    story = Story()
    root = story.write("Ada", ENTRY)
    one, two = story.edit("Ada", root, title="A"), story.edit("Ben", root, channel="phone")
    made = story.derive(one, two)
    assert story.graph().tips == tuple(sorted((one, two)))
    assert story.graph().ephemeral == [made]
    last = story.edit("Cy", made, title="C")
    assert (story.graph().tips, story.graph().ephemeral) == ((last,), [])


def test_criss_cross_merges_take_the_last_word_on_each_field() -> None:
    story = Story()
    root = story.write("Ada", ENTRY)
    one = story.edit("Ada", root, title="A", body="ONE\ntwo\nthree\nfour")
    two = story.edit("Ben", root, tags=["a", "b"], body="one\ntwo\nthree\nFOUR")
    # Both merged, and both went on with it: there are two last common ancestors, and what was made of them.
    left = story.edit("Ada", story.derive(one, two), channel="phone", body="ONE\nTWO\nthree\nFOUR")
    right = story.edit("Ben", story.derive(one, two), tags=["b"], body="ONE\ntwo\nTHREE\nFOUR")
    fields = story.fields(left, right)
    assert (fields["title"], fields["channel"], fields["tags"]) == ("A", "phone", ["b"])
    assert (fields["body"], CONFLICTS in fields) == ("ONE\nTWO\nTHREE\nFOUR", False)


def test_criss_cross_merges_that_were_written_down_by_two_people() -> None:
    story = Story()
    root = story.write("Ada", ENTRY)
    one, two = story.edit("Ada", root, title="A"), story.edit("Ben", root, title="B")
    left = story.write("Ada", {**ENTRY, "title": "A"}, one, two)
    right = story.write("Ben", {**ENTRY, "title": "B"}, one, two)
    assert values(story.fields(left, right), "title") == ["B", "A"]
    last = story.write("Cy", {**ENTRY, "title": "C"}, left, right)
    assert story.graph().tips == (last,)


def test_five_heads_of_one_item() -> None:
    story = Story()
    root = story.write("Ada", ENTRY)
    heads = [story.edit(name, root, title=name, tags=["a", name]) for name in ("Ada", "Ben", "Cy", "Dee")]
    heads.append(story.edit("Eve", root, channel="mail", tags=[]))
    fields = story.fields(*heads)
    assert values(fields, "title") == ["Dee", "Cy", "Ben", "Ada"]
    assert (fields["title"], fields["channel"]) == ("Dee", "mail")
    assert fields["tags"] == ["Ada", "Ben", "Cy", "Dee"]


def test_a_merge_of_several_at_once_is_what_merging_one_after_the_other_gives() -> None:
    story = Story()
    root = story.write("Ada", ENTRY)
    one = story.edit("Ada", root, body="ONE\ntwo\nthree\nfour")
    two = story.edit("Ben", root, body="one\ntwo\nthree\nFOUR")
    three = story.edit("Cy", root, body="one\ntwo\nthree\nfour\nfive")
    at_once = story.fields(one, two, three)
    step = story.edit("Dee", story.derive(one, two), channel="phone")
    assert story.fields(step, three) == {**at_once, "channel": "phone"}
    assert at_once["body"] == "ONE\ntwo\nthree\nFOUR\nfive"


def test_what_is_missing_in_the_middle_still_says_who_came_after_whom() -> None:
    story = Story()
    root = story.write("Ada", ENTRY)
    gone = story.edit("Ada", root, title="A", body="ONE\ntwo\nthree\nfour")
    late = story.edit("Ada", gone, channel="phone")
    other = story.edit("Ben", root, body="one\ntwo\nthree\nFOUR")
    whole = story.fields(late, other)
    del story.revisions[gone]
    assert "body" in story.fields(late, other)[CONFLICTS]
    story.absent = [Absent(gone, "item", (root,))]
    assert story.graph().tips == tuple(sorted((late, other)))
    assert story.fields(late, other) == whole


def test_what_claims_a_circle_of_missing_revisions_is_not_believed() -> None:
    story = Story()
    one, two = "1" * 64, "2" * 64
    story.absent = [Absent(one, "item", (two,)), Absent(two, "item", (one,))]
    tip = story.write("Ada", ENTRY, one)
    assert story.graph().tips == (tip,)


def test_a_conflict_that_one_has_settled_and_the_other_never_knew_of_is_settled() -> None:
    story = Story()
    root = story.write("Ada", ENTRY)
    one, two = story.edit("Ada", root, title="A"), story.edit("Ben", root, title="B")
    made = story.derive(one, two)
    settled = story.edit("Ada", made, **{CONFLICTS: ...})
    meanwhile = story.edit("Ben", two, channel="phone")
    fields = story.fields(settled, meanwhile)
    assert (fields["title"], fields["channel"], CONFLICTS in fields) == ("B", "phone", False)
    again = story.edit("Ben", two, title="B again")
    assert values(story.fields(settled, again), "title") == ["B again", "B"]


def test_whoever_edits_another_field_leaves_a_conflict_open() -> None:
    story = Story()
    root = story.write("Ada", ENTRY)
    made = story.derive(story.edit("Ada", root, title="A"), story.edit("Ben", root, title="B"))
    on, late = story.edit("Cy", made, channel="phone"), story.edit("Dee", root, tags=[])
    assert values(story.fields(on, late), "title") == ["B", "A"]


def test_whoever_writes_a_field_and_leaves_its_conflict_open_as_undo_does_is_followed() -> None:
    story = Story()
    root = story.write("Ada", ENTRY)
    one, two, three = (story.edit(name, root, title=name) for name in ("Ada", "Ben", "Cy"))
    before = json.loads(story.revisions[story.derive(one, two)].fields)
    undone = story.write("Ada", before, story.derive(one, two, three))
    late = story.edit("Dee", three, channel="phone")
    fields = story.fields(undone, late)
    assert (fields["title"], values(fields, "title"), fields["channel"]) == ("Ben", ["Ben", "Ada"], "phone")


@pytest.mark.parametrize("kind", ["person", "document"])
def test_a_value_that_one_took_away_and_the_other_changed_stays(kind: str) -> None:
    story = Story(kind)
    root = story.write("Ada", {"note": "", "attributes": {"age": 3, "place": "x"}})
    gone = story.edit("Ada", root, attributes={"place": "x"})
    changed = story.edit("Ben", root, attributes={"age": 4, "place": "x"})
    fields = story.fields(gone, changed)
    assert (fields["attributes"], CONFLICTS in fields) == ({"age": 4, "place": "x"}, False)
    other = story.edit("Cy", root, attributes={"age": 5, "place": "x"})
    fields = story.fields(gone, changed, other)
    assert (fields["attributes"]["age"], values(fields, "attributes/age")) == (5, [5, 4])
    assert story.fields(gone, story.edit("Ben", root, note="n"))["attributes"] == {"place": "x"}


def test_lists_keep_the_order_of_the_newest_and_drop_what_one_took_out() -> None:
    story = Story("code")
    root = story.write("Ada", {"name": "Price", "parent": None, "examples": ["a", "b", "c"]})
    one = story.edit("Ada", root, examples=["c", "b", "a", "d"])
    two = story.edit("Ben", root, examples=["b", "e", "c"])
    assert story.fields(one, two)["examples"] == ["b", "e", "c", "d"]


def test_what_was_taken_out_of_a_set_and_put_in_again_elsewhere_is_in_it() -> None:
    story = Story()
    root = story.write("Ada", ENTRY)
    out = story.edit("Ada", root, tags=[])
    again = story.edit("Ben", story.edit("Ben", root, tags=[]), tags=["a"])
    assert story.fields(out, again)["tags"] == ["a"]
    assert story.fields(out, story.edit("Cy", root, title="C"))["tags"] == []


def test_sets_are_in_the_order_in_which_people_write_them() -> None:
    story = Story()
    root = story.write("Ada", {**ENTRY, "tags": []})
    fields = story.fields(story.edit("Ada", root, tags=["d", "d!"]), story.edit("Ben", root, tags=["ü"]))
    assert fields["tags"] == sorted(["d", "d!", "ü"])


def test_what_a_later_terrain_wrote_merges_as_a_value() -> None:
    story = Story()
    root = story.write("Ada", ENTRY)
    one = story.edit("Ada", root, mood={"colour": "red"})
    assert story.fields(one, story.edit("Ben", root, title="B"))["mood"] == {"colour": "red"}
    two = story.edit("Ben", root, mood=[1, 2])
    assert values(story.fields(one, two), "mood") == [[1, 2], {"colour": "red"}]
    assert "mood" not in story.fields(story.edit("Cy", one, mood=...), story.edit("Dee", one, title="D"))


def test_a_coding_that_only_went_along_with_its_text_is_where_somebody_put_it() -> None:
    story = Story("coding")
    root = story.write("Ada", CODING)
    along = story.edit("Ada", root, start=10, end=13, version="v2")
    resized = story.edit("Ben", root, start=0, end=7, quote="one two")
    fields = story.fields(along, resized)
    assert (fields["start"], fields["end"], fields["version"], CONFLICTS in fields) == (0, 7, "v1", False)
    assert story.fields(along, story.edit("Cy", root, weight=50))["version"] == "v1"


def test_a_coding_that_two_put_elsewhere_waits_with_both_places_whole() -> None:
    story = Story("coding")
    root = story.write("Ada", CODING)
    one = story.edit("Ada", root, start=4, end=7, quote="two")
    two = story.edit("Ben", root, start=0, end=7, quote="one two")
    fields = story.fields(one, two)
    assert [(place["start"], place["quote"]) for place in values(fields, "start")] == [(0, "one two"), (4, "two")]
    assert (fields["start"], fields["end"], fields["quote"]) == (0, 7, "one two")


def test_an_edit_counts_more_than_the_trash_unless_it_was_known_there() -> None:
    story = Story()
    root = story.write("Ada", ENTRY)
    trashed, edited = story.edit("Ada", root, trashed=True), story.edit("Ben", root, title="B")
    merged = story.merge(trashed, edited)
    assert ("trashed" in merged.fields, merged.kept) == (False, [(trashed, edited)])
    knowing = story.edit("Cy", edited, trashed=True)
    assert story.fields(trashed, knowing)["trashed"] is True
    brought_back = story.edit("Dee", trashed, trashed=...)
    assert "trashed" not in story.fields(brought_back, story.edit("Eve", root, trashed=True))


def test_what_two_threw_away_with_another_title_is_still_thrown_away() -> None:
    story = Story()
    root = story.write("Ada", ENTRY)
    one, two = (story.edit(name, root, title=name, trashed=True) for name in ("Ada", "Ben"))
    # Each of them wrote something that the other did not know.
    assert "trashed" not in story.fields(one, two)
    assert story.fields(story.edit("Ada", root, trashed=True), story.edit("Ben", root, trashed=True))["trashed"] is True


def test_a_coding_comes_back_with_its_text_if_nobody_threw_it_away_for_its_own_sake() -> None:
    story = Story("coding")
    root = story.write("Ada", CODING)
    one, two = (story.edit(name, root, trashed=True, trashed_with="d") for name in ("Ada", "Ben"))
    assert story.fields(one, two)["trashed_with"] == "d"
    fields = story.fields(one, story.edit("Cy", root, trashed=True))
    assert (fields["trashed"], "trashed_with" in fields, CONFLICTS in fields) == (True, False, False)
    assert "trashed_with" not in story.fields(one, story.edit("Dee", root, weight=50))


def test_the_same_written_twice_is_no_conflict() -> None:
    story = Story()
    root = story.write("Ada", ENTRY)
    one, two = (story.edit(name, root, title="Same", tags=["z"]) for name in ("Ada", "Ben"))
    fields = story.fields(one, two)
    assert (fields["title"], fields["tags"], CONFLICTS in fields) == ("Same", ["z"], False)
    three = story.edit("Cy", root, title="Other")
    assert values(story.fields(one, two, three), "title") == ["Other", "Same"]


def test_numbers_and_truths_are_told_apart() -> None:
    story = Story("person")
    root = story.write("Ada", {"note": "", "attributes": {"v": 0}})
    one, two = story.edit("Ada", root, attributes={"v": 1}), story.edit("Ben", root, attributes={"v": True})
    assert values(story.fields(one, two), "attributes/v") == [True, 1]


def test_two_beginnings_without_anything_before_are_compared_as_they_are() -> None:
    story = Story()
    one = story.write("Ada", ENTRY)
    two = story.write("Ben", {**ENTRY, "title": "New", "tags": ["b"], "body": "other"})
    fields = story.fields(one, two)
    assert (fields["tags"], values(fields, "title"), values(fields, "body")) == (
        ["a", "b"],
        ["New", "Old"],
        ["other", ENTRY["body"]],
    )
    same = Story()
    roots = [same.write(name, ENTRY) for name in ("Ada", "Ben")]
    assert same.fields(*roots) == ENTRY


def test_contents_of_documents_are_merged_or_wait() -> None:
    story = Story("document")
    root = story.write("Ada", {"title": "T", "content": {"of": "0"}, "people": {}})
    one, two = story.edit("Ada", root, content={"of": "1"}), story.edit("Ben", root, content={"of": "2"})
    assert story.fields(one, two)["content"] == {"of": ["1", "2"]}
    del story.revisions[root]
    assert values(story.fields(one, two), "content") == [{"of": "2"}, {"of": "1"}]


def test_what_the_merge_derived_is_the_same_whoever_does_it() -> None:
    story = Story()
    root = story.write("Ada", ENTRY)
    parents = [story.revisions[story.edit(name, root, title=name)] for name in ("Ada", "Ben")]
    one, two = (derived("item", "entry", order, ENTRY) for order in (parents, parents[::-1]))
    assert one == two
    assert (one.is_derived, one.clock) == (True, max(parent.clock for parent in parents))
