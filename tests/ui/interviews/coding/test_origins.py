"""A coding that came from elsewhere, in the panel: who wrote it, which file brought it, and what a merge made of it."""

from desktop_app.ui.widgets import FaintLabel
from tests.notebook.arriving import Arriving

JUNE = 1_780_315_200_000


def faint(page):
    return [label.text() for label in page.frame.chosen.findChildren(FaintLabel) if label.text()]


def test_the_panel_says_who_wrote_a_coding_and_which_file_brought_it(page, ids, notebook):
    file = notebook._file
    own = next(coding.id for coding in notebook.codings.of(ids["cafe"]) if coding.coder == notebook.author)
    fields = file.journal.fields(own)
    merge = Arriving(file, by="Carla")
    first = merge.revision({**fields, "coder": "Ben"}, "Ben", JUNE, kind="coding")
    theirs = merge.item_of(first)
    merge.arrive()
    notebook.codings.weigh([theirs], 40)
    ours = file.log.history(theirs)[0].id
    again = Arriving(file, "second.terrain")
    moved = {**fields, "coder": "Ben", "end": fields["end"] - 1, "quote": fields["quote"][:-1]}
    bens = again.revision(moved, "Ben", JUNE + 1, item=theirs, kind="coding", parents=[first])
    again.revision({**moved, "weight": 40}, "", JUNE + 1, item=theirs, kind="coding", parents=[ours, bens])
    again.arrive()
    page.open_coding(theirs)
    origin, *history = faint(page)
    assert origin == "Written by Ben, on device ben-, 1 June, came with “team.terrain” from Carla"
    names = " and ".join(sorted(["Ben", notebook.author]))
    assert [line.partition(" · ")[2] for line in history] == [
        f"Merged: {names} · came with “second.terrain”",
        f"{notebook.author}: weight 40",
        "Ben: resized · came with “second.terrain”",
        f"Ben: coded “{notebook.codes.get(fields['code']).fields.name}”",
    ]


def test_a_coding_made_here_says_no_more_than_it_did(page, ids, notebook):
    own = next(coding.id for coding in notebook.codings.of(ids["cafe"]) if coding.coder == notebook.author)
    page.open_coding(own)
    assert not [line for line in faint(page) if line.startswith("Written by") or "came with" in line]
