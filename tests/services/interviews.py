"""An interview to be coded, and the shortest ways to code it, for tests of several services."""

from pathlib import Path

from desktop_app.model.coding import TargetKind
from desktop_app.services import Notebook

ZOOM = """WEBVTT

1
00:00:01.000 --> 00:00:04.000
Ana: So, how did you choose your roaster? 🙂

2
00:00:05.000 --> 00:00:15.000
Ines Vidal: The price was opaque. I felt they took me seriously.

3
00:00:16.000 --> 00:00:18.000
Ana: And then?

4
00:00:19.500 --> 00:00:30.000
Ines Vidal: Then a friend — étage du café — asked me to stay.
"""


def interview(notebook: Notebook, folder: Path, name: str = "Interview 07", text: str = ZOOM) -> str:
    """Take in a transcript of two speakers; the document's id."""
    path = folder / f"{name}.vtt"
    path.write_text(text, encoding="utf-8")
    return notebook.documents.import_files([path]).result.documents[0].id


def code(notebook: Notebook, target: str, words: str, name: str, coder: str = "", kind: str = "document") -> str:
    """Apply a code to these words where they first stand; the coding's id."""
    text = notebook.codings.text(TargetKind(kind), target).text
    start = text.index(words)
    made = notebook.codings.add(target, start, start + len(words), name, coder=coder, target_kind=kind)
    return made.result
