"""What is true of several items at once is true again where two copies met: texts, codes, the tree, codings."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop_app.model.coding import CodeFields
from desktop_app.model.entries import EntryDraft
from desktop_app.model.merging import CONFLICTS
from desktop_app.services import Identity, Notebook, open_notebook
from tests.notebook.replicas import all_of, copy_of, merge, part_of, state, topics
from tests.notebook.writing import check

TALK = "Ana: How did you choose?\nInes: The price was opaque.\nAna: And then?\nInes: A friend asked me to stay."


class Desk:
    """What one person has of it."""

    def __init__(self, path: Path, name: str, ahead: int) -> None:
        self.notebook: Notebook = open_notebook(path, identity=Identity(name, name.lower()))
        self.file = self.notebook._file
        wall = self.file.journal.wall
        self.file.journal.wall = lambda: wall() + ahead

    def fields(self, item: str) -> dict[str, Any]:
        return self.file.journal.fields(item)

    def is_trashed(self, item: str) -> bool:
        return bool(self.fields(item).get("trashed"))

    def code(self, words: str, code: str, *, target: str = "", coder: str = "") -> str:
        """Code these words of the document, or of an entry."""
        document = self.notebook.documents.list()[0].id if not target else ""
        kind = "document" if document else "entry"
        start = self.notebook.codings.text(kind, document or target).text.index(words)
        made = self.notebook.codings.add(
            document or target, start, start + len(words), code, target_kind=kind, coder=coder
        )
        return made.result

    def correct(self, old: str, new: str) -> None:
        document = self.notebook.documents.list()[0].id
        self.notebook.documents.correct(document, self.notebook.documents.text(document).text.replace(old, new))


class Pair:
    """Ada and Ben, who is a little later, with copies of one notebook: a transcript, and codes named in ``codes``."""

    def __init__(self, ada: Desk, ben: Desk, document: str, codes: dict[str, str]) -> None:
        self.ada, self.ben, self.document, self.codes = ada, ben, document, codes

    def meet(self) -> dict[str, Any]:
        """Both take in what the other has, whoever begins; returns the fields of every item then."""
        ours, theirs = all_of(self.ada.file), all_of(self.ben.file)
        merge(self.ada.file, theirs)
        merge(self.ben.file, ours)
        assert state(self.ada.file) == state(self.ben.file)
        assert topics(self.ada.file) == topics(self.ben.file)
        assert merge(self.ada.file, self.ben.file).standing == {}
        for desk in (self.ada, self.ben):
            assert check(desk.file).problems == ()
        rows = self.ada.file.database.rows(
            "SELECT item.id, fields FROM item JOIN revision ON revision.id = item.head WHERE item.kind IN"
            " ('document', 'entry', 'code', 'coding')"
        )
        found = {item: json.loads(text) for item, text in rows}
        for fields in found.values():
            if "quote" in fields and not fields.get("trashed"):
                text = self.ada.notebook.codings.text(fields["target_kind"], fields["target"])
                assert (text.text[fields["start"] : fields["end"]], text.version) == (
                    fields["quote"],
                    fields["version"],
                )
                assert not found[fields["code"]].get("trashed")
        return found


@pytest.fixture
def pair(path: Path) -> Iterator[Pair]:
    with open_notebook(path, identity=Identity("Ada", "one")) as notebook:
        document = notebook.documents.add("Talk", TALK).result
        codes = {name: notebook.codes.add(CodeFields(name)).result for name in ("Price", "Help", "Trust")}
    desks = []
    for ahead, name in enumerate(("Ada", "Ben")):
        own = path.with_name(f"{name.lower()}.terrain")
        shutil.copyfile(path, own)
        desks.append(Desk(own, name, 1_000 * ahead))
    yield Pair(desks[0], desks[1], document, codes)
    for desk in desks:
        desk.notebook.close()


# --- texts that two correct ------------------------------------------------------------------------------------------


def test_corrections_of_different_lines_are_both_made_and_codings_of_both_fit(pair: Pair) -> None:
    one, two = pair.ada.code("opaque", "Price"), pair.ben.code("A friend", "Help")
    pair.ada.correct("How did you choose?", "So, how did you choose your roaster?")
    pair.ben.correct("asked me to stay.", "asked me to stay, and I did.\nAna: Thank you.")
    late = pair.ben.code("Thank you", "Trust")
    found = pair.meet()
    text = pair.ada.notebook.documents.text(pair.document).text
    assert text.startswith("Ana: So, how did you choose your roaster?\n")
    assert text.endswith("asked me to stay, and I did.\nAna: Thank you.")
    assert [found[item]["quote"] for item in (one, two, late)] == ["opaque", "A friend", "Thank you"]
    assert all(found[item]["review"] is None for item in (one, two, late))


def test_turns_go_with_the_corrections_of_both(pair: Pair, tmp_path: Path) -> None:
    path = tmp_path / "talk.vtt"
    said = "\n\n".join(
        f"00:00:0{at}.000 --> 00:00:0{at + 1}.000\n{line}" for at, line in enumerate(TALK.split("\n"), start=1)
    )
    path.write_text(f"WEBVTT\n\n{said}\n", encoding="utf-8")
    talk = pair.ada.notebook.documents.import_files([path], backup=False).result.documents[0].id
    merge(pair.ben.file, pair.ada.file)
    for desk, old, new in ((pair.ada, "choose", "choose your roaster"), (pair.ben, "stay", "stay on")):
        text = desk.notebook.documents.text(talk).text
        desk.notebook.documents.correct(talk, text.replace(old, new))
    pair.ben.notebook.documents.rename_speaker(talk, "Ines", "Ines Vidal")
    found = pair.meet()
    merged = pair.ben.notebook.documents.text(talk)
    assert CONFLICTS not in found[talk]
    assert [(turn.speaker, turn.begins) for turn in merged.turns] == [
        ("Ana", 1000),
        ("Ines Vidal", 2000),
        ("Ana", 3000),
        ("Ines Vidal", 4000),
    ]
    assert [merged.text[turn.start : turn.end].rstrip("?.")[-6:] for turn in merged.turns] == [
        "oaster",
        "opaque",
        "d then",
        "tay on",
    ]


def test_corrections_of_the_same_line_wait_and_codings_come_back_when_the_other_text_is_chosen(pair: Pair) -> None:
    pair.ada.correct("The price was opaque.", "The whole price list was opaque to me.")
    one = pair.ada.code("price list", "Price")
    pair.ben.correct("The price was opaque.", "The costs were hidden.")
    two = pair.ben.code("costs", "Help")
    found = pair.meet()
    assert len(found[pair.document][CONFLICTS]["content"]) == 2
    assert (found[two]["quote"], found[two]["review"]) == ("costs", None)
    assert found[one]["review"]["quote"] == "price list"
    ada_s = next(
        option for option in pair.ada.notebook.conflicts.of(pair.document)[0].options if option.author == "Ada"
    )
    pair.ada.notebook.conflicts.settle(pair.document, "content", ada_s.revision)
    found = pair.meet()
    assert CONFLICTS not in found[pair.document]
    assert (found[one]["quote"], found[one]["review"]) == ("price list", None)
    assert found[two]["review"]["quote"] == "costs"


def test_the_body_of_an_entry_that_both_edited_keeps_its_codings(pair: Pair) -> None:
    entry = pair.ada.notebook.entries.add(EntryDraft(body="First line\nsecond line\nthird line")).result
    merge(pair.ben.file, pair.ada.file)
    one, two = pair.ada.code("second", "Price", target=entry), pair.ben.code("third", "Help", target=entry)
    pair.ada.notebook.entries.edit(entry, EntryDraft(body="The very first line\nsecond line\nthird line"))
    pair.ben.notebook.entries.edit(entry, EntryDraft(body="First line\nsecond line\nthird line\nand more"))
    found = pair.meet()
    assert found[entry]["body"] == "The very first line\nsecond line\nthird line\nand more"
    assert [found[item]["quote"] for item in (one, two)] == ["second", "third"]
    # What is coded on a body that only the merge has made is understood elsewhere.
    three = pair.ada.code("and more", "Trust", target=entry)
    pair.ben.notebook.entries.edit(entry, EntryDraft(body="Before\n" + found[entry]["body"]))
    found = pair.meet()
    assert (found[three]["quote"], found[three]["review"]) == ("and more", None)


def test_a_coding_on_a_text_that_only_a_merge_made_is_placed_by_those_who_get_it_from_others(
    pair: Pair, path: Path
) -> None:
    pair.ada.correct("And then?", "And what then?")
    pair.ben.correct("How did you", "How would you")
    merge(pair.ada.file, pair.ben.file)
    coding = pair.ada.code("what then", "Trust")
    pair.ben.correct("asked me", "begged me")
    found = pair.meet()
    assert (found[coding]["quote"], found[coding]["review"]) == ("what then", None)
    third = copy_of(path, "cy")
    merge(third, pair.ben.file)
    assert state(third) == state(pair.ben.file)
    third.close()


# --- the trash -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["document", "entry"])
def test_a_text_that_one_threw_away_and_the_other_coded_is_kept_with_all_its_codings(pair: Pair, kind: str) -> None:
    entry = pair.ada.notebook.entries.add(EntryDraft(body=TALK)).result
    one = pair.ada.code("opaque", "Price", target=entry if kind == "entry" else "")
    merge(pair.ben.file, pair.ada.file)
    if kind == "entry":
        pair.ada.notebook.entries.trash([entry])
    else:
        pair.ada.notebook.documents.trash(pair.document)
    assert pair.ada.is_trashed(one)
    two = pair.ben.code("friend", "Help", target=entry if kind == "entry" else "")
    found = pair.meet()
    target = entry if kind == "entry" else pair.document
    assert not any(found[item].get("trashed") for item in (target, one, two))
    assert "trashed_with" not in found[one]
    # It goes again with all of them.
    if kind == "entry":
        pair.ben.notebook.entries.trash([target])
    else:
        pair.ben.notebook.documents.trash(target)
    found = pair.meet()
    assert all(found[item].get("trashed") for item in (target, one, two))


def test_an_entry_thrown_away_with_its_codings_and_edited_elsewhere_comes_back_with_them(pair: Pair) -> None:
    entry = pair.ada.notebook.entries.add(EntryDraft(body="one two three")).result
    merge(pair.ben.file, pair.ada.file)
    coding = pair.ada.code("two", "Price", target=entry)
    pair.ada.notebook.entries.trash([entry])
    pair.ben.notebook.entries.edit(entry, EntryDraft(body="zero one two three"))
    found = pair.meet()
    assert (found[entry].get("trashed"), found[entry]["body"]) == (None, "zero one two three")
    assert (found[coding].get("trashed"), found[coding]["start"]) == (None, 9)
    # Editing something else of it lets them stay.
    pair.ben.notebook.entries.edit(entry, EntryDraft(title="Numbers"))
    assert not pair.meet()[coding].get("trashed")


def test_a_coding_that_was_removed_before_its_text_went_does_not_come_back_with_it(pair: Pair) -> None:
    one, two = pair.ada.code("opaque", "Price"), pair.ada.code("friend", "Help")
    pair.ada.notebook.codings.remove([one])
    pair.ada.notebook.documents.trash(pair.document)
    found = pair.meet()
    pair.ben.notebook.documents.restore(pair.document)
    found = pair.meet()
    assert [bool(found[item].get("trashed")) for item in (pair.document, one, two)] == [False, True, False]


def test_a_code_that_one_threw_away_and_the_other_coded_with_is_kept(pair: Pair) -> None:
    pair.ada.notebook.codes.trash(pair.codes["Price"])
    coding = pair.ben.code("opaque", "Price")
    found = pair.meet()
    assert (found[coding]["code"], found[pair.codes["Price"]].get("trashed")) == (pair.codes["Price"], None)
    # It is gone as it was meant to be when nobody codes with it.
    pair.ben.notebook.codings.remove([coding])
    assert pair.meet()[pair.codes["Price"]]["trashed"] is True


def test_a_code_stays_while_others_move_about_if_somebody_still_codes_with_it(pair: Pair) -> None:
    pair.ada.notebook.codes.trash(pair.codes["Price"])
    pair.ben.code("opaque", "Price")
    pair.meet()
    pair.ben.notebook.codes.move(pair.codes["Help"], pair.codes["Trust"])
    assert not pair.meet()[pair.codes["Price"]].get("trashed")


# --- codes -----------------------------------------------------------------------------------------------------------


def test_a_code_merged_here_and_used_there_hands_over_what_was_coded_with_it(pair: Pair) -> None:
    pair.ada.notebook.codes.merge([pair.codes["Price"]], pair.codes["Trust"])
    coding = pair.ben.code("opaque", "Price")
    found = pair.meet()
    assert (found[coding]["code"], found[pair.codes["Price"]]["trashed"]) == (pair.codes["Trust"], True)
    # Whoever undoes the merge has it back.
    pair.ada.notebook.history.undo()
    pair.ada.notebook.history.undo()
    assert pair.meet()[coding].get("trashed") or pair.meet()[coding]["code"] in pair.codes.values()


def test_a_code_merged_into_one_that_was_thrown_away_elsewhere_keeps_that_one(pair: Pair) -> None:
    coding = pair.ada.code("opaque", "Price")
    merge(pair.ben.file, pair.ada.file)
    pair.ada.notebook.codes.merge([pair.codes["Price"]], pair.codes["Trust"])
    pair.ben.notebook.codes.trash(pair.codes["Trust"])
    found = pair.meet()
    assert (found[coding]["code"], found[pair.codes["Trust"]].get("trashed")) == (pair.codes["Trust"], None)


def test_codes_merged_into_each_other_leave_one(pair: Pair) -> None:
    codings = [pair.ada.code("opaque", "Price"), pair.ada.code("friend", "Help")]
    merge(pair.ben.file, pair.ada.file)
    pair.ada.notebook.codes.merge([pair.codes["Price"]], pair.codes["Help"])
    pair.ben.notebook.codes.merge([pair.codes["Help"]], pair.codes["Price"])
    found = pair.meet()
    assert [found[pair.codes[name]].get("trashed") for name in ("Price", "Help")] == [None, True]
    assert found[pair.codes["Price"]]["merged_into"] is None
    assert {found[coding]["code"] for coding in codings} == {pair.codes["Price"]}


def test_a_code_under_one_that_is_gone_moves_up(pair: Pair) -> None:
    low = pair.ada.notebook.codes.add(CodeFields("Low", parent=pair.codes["Price"])).result
    pair.ben.notebook.codes.move(pair.codes["Price"], pair.codes["Trust"])
    merge(pair.ben.file, pair.ada.file)
    lower = pair.ada.notebook.codes.add(CodeFields("Lower", parent=low)).result
    pair.ben.notebook.codes.trash(low)
    found = pair.meet()
    assert (found[low]["trashed"], found[lower]["parent"]) == (True, pair.codes["Price"])


def test_a_code_under_one_that_was_merged_moves_to_what_took_over(pair: Pair) -> None:
    pair.ada.notebook.codes.merge([pair.codes["Price"]], pair.codes["Trust"])
    low = pair.ben.notebook.codes.add(CodeFields("Low", parent=pair.codes["Price"])).result
    assert pair.meet()[low]["parent"] == pair.codes["Trust"]


def test_two_codes_moved_below_each_other_make_no_circle(pair: Pair) -> None:
    pair.ada.notebook.codes.move(pair.codes["Price"], pair.codes["Help"])
    pair.ben.notebook.codes.move(pair.codes["Help"], pair.codes["Price"])
    found = pair.meet()
    assert [found[pair.codes[name]]["parent"] for name in ("Price", "Help")] == [pair.codes["Help"], None]
    # The move stands as soon as nothing speaks against it.
    pair.ada.notebook.codes.move(pair.codes["Price"], None)
    found = pair.meet()
    assert [found[pair.codes[name]]["parent"] for name in ("Price", "Help")] == [None, pair.codes["Price"]]


def test_three_codes_moved_in_a_circle_leave_the_newest_at_the_top(pair: Pair) -> None:
    codes = pair.codes
    pair.ada.notebook.codes.move(codes["Price"], codes["Help"])
    pair.ada.notebook.codes.move(codes["Help"], codes["Trust"])
    pair.ben.notebook.codes.move(codes["Trust"], codes["Price"])
    found = pair.meet()
    parents = [found[codes[name]]["parent"] for name in ("Price", "Help", "Trust")]
    assert parents == [codes["Help"], codes["Trust"], None]


# --- codings ---------------------------------------------------------------------------------------------------------


def test_the_same_words_coded_twice_by_one_coder_are_coded_once(pair: Pair) -> None:
    one, two = (desk.code("opaque", "Price", coder="Team") for desk in (pair.ada, pair.ben))
    other = pair.ben.code("opaque", "Price", coder="Ben")
    found = pair.meet()
    assert sorted(bool(found[item].get("trashed")) for item in (one, two)) == [False, True]
    assert not found[other].get("trashed")
    stays, gone = (one, two) if found[two].get("trashed") else (two, one)
    pair.ada.notebook.codings.recode([stays], "Help")
    found = pair.meet()
    assert [bool(found[item].get("trashed")) for item in (stays, gone)] == [False, False]


def test_a_coding_whose_text_or_code_comes_later_finds_its_place_then(pair: Pair) -> None:
    pair.ada.correct("opaque", "very opaque")
    code = pair.ada.notebook.codes.add(CodeFields("New")).result
    coding = pair.ada.code("very opaque", code)
    pair.ben.correct("And then?", "And later?")
    incoming = all_of(pair.ada.file)
    early = [one.id for one in incoming.revisions if one.item == coding]
    merge(pair.ben.file, replace(part_of(incoming, early), blob=lambda name: None))
    assert pair.ben.fields(coding)["review"]["quote"] == "very opaque"
    found = pair.meet()
    assert (found[coding]["quote"], found[coding]["review"]) == ("very opaque", None)
