"""An entry that came from elsewhere, as it is read: who wrote it, which file brought it, and its history as a graph."""

from dataclasses import replace

from desktop_app.model.entries import EntryFields
from desktop_app.services.notebooks import Notebook
from desktop_app.ui.browse import BrowseScreen
from desktop_app.ui.widgets import FaintLabel, MutedLabel, SmallLink
from tests.notebook.arriving import Arriving

JUNE = 1_780_315_200_000
BODY = "Berth 4 is empty"


def said(widget, kind: type) -> list[str]:
    return [label.text() for label in widget.findChildren(kind)]


def test_an_entry_says_who_wrote_it_and_which_file_brought_it(screen: BrowseScreen, notebook: Notebook) -> None:
    merge = Arriving(notebook._file, by="Carla")
    entry = merge.item_of(merge.revision(EntryFields(body=BODY).to_json(), "Ben", JUNE))
    merge.arrive()
    own = notebook.codings.add(entry, 0, 5, "Berths", target_kind="entry").result
    codings = Arriving(notebook._file, "codings.terrain")
    fields = {**notebook._file.journal.fields(own), "coder": "Ben", "start": 6, "end": 7, "quote": "4"}
    codings.revision(fields, "Ben", JUNE, kind="coding")
    codings.arrive()
    screen.open_entry(entry)
    (origin,) = [text for text in said(screen.reader.page, FaintLabel) if text.startswith("Written by")]
    assert origin.startswith("Written by Ben, on device ben-, 1 June")
    assert origin.endswith("came with “team.terrain” from Carla")
    tips = [link.toolTip() for link in screen.reader.page.findChildren(SmallLink)]
    assert tips == ["“Berth”", "“4”\ncame with “codings.terrain”"]


def test_each_version_is_told_by_what_it_changed_itself(screen: BrowseScreen, notebook: Notebook) -> None:
    file = notebook._file
    fields = EntryFields(body=BODY)
    with file.journal.change("Write note") as recorder:
        entry = "0" * 26
        recorder.record("entry", entry, fields.to_json(), new=True)
    (first,) = file.log.history(entry)
    with file.journal.change("Edit note") as recorder:
        recorder.record("entry", entry, replace(fields, title="Berths").to_json())
    ours = file.log.history(entry)[0].id
    merge = Arriving(file)
    theirs = replace(fields, tags=("port",)).to_json()
    bens = merge.revision(theirs, "Ben", 4_000_000_000_000, item=entry, parents=[first.id])
    both = replace(fields, title="Berths", tags=("port",)).to_json()
    merge.revision(both, "", 4_000_000_000_000, item=entry, parents=[ours, bens])
    merge.arrive()
    screen.open_entry(entry)
    screen.reader.toggle_history()
    lines = said(screen.reader._history, MutedLabel)
    author = notebook.author
    names = " and ".join(sorted(["Ben", author]))
    assert lines == [
        f"what {names} wrote: tags, title · came with “team.terrain”",
        "tags +port · came with “team.terrain”",
        "title",
        "written",
    ]
    whos = [text.rpartition(" · ")[2] for text in said(screen.reader._history, FaintLabel) if " · " in text]
    assert whos == ["Merged", "Ben", author, author]
