"""Whatever is done to a text and its codings, every coding still quotes its words, and history restores exactly."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.model.coding import CodingFields
from desktop_app.model.entries import EntryDraft
from desktop_app.services import Identity, Notebook, create_notebook, open_notebook

ADA = Identity("Ada", "one")
PIECES = st.sampled_from(
    [
        "price ",
        "opaque",
        "the ",
        "🙂",
        "👩‍👩‍👧",
        "é",
        "e\u0301",
        "\u0301",
        "سلام ",
        "שלום",
        "値段",
        "\r\n",
        "\r",
        "\n",
        " ",
        ".",
        "a",
    ]
)
WORDS = st.lists(PIECES, min_size=1, max_size=25).map("".join).filter(lambda text: bool(text.strip()))
EDIT = st.tuples(st.just("correct"), st.integers(0, 200), st.integers(0, 12), st.lists(PIECES, max_size=3).map("".join))
CODE = st.tuples(
    st.just("code"), st.integers(0, 200), st.integers(1, 40), st.sampled_from(["Price", "Help / not selling"])
)
RESIZE = st.tuples(st.just("resize"), st.integers(0, 20), st.integers(0, 200), st.integers(1, 40))
PLAIN = st.sampled_from([("undo",), ("undo",), ("redo",), ("restart",), ("uncode", 0), ("away",)])
STEPS = st.lists(st.one_of(CODE, CODE, EDIT, EDIT, RESIZE, PLAIN), min_size=3, max_size=12)


class Desk:
    """One notebook with one document, what was done to it, and what stood after each step that can be undone."""

    def __init__(self, folder: Path, words: str) -> None:
        self.notebook = create_notebook(folder / "notes.terrain", identity=ADA)
        self.document = self.notebook.documents.add("Text", words).result
        self.states = [self.state()]
        self.at = 0

    @property
    def text(self) -> str:
        return self.notebook.documents.text(self.document).text

    def state(self) -> tuple[str, dict[str, CodingFields]]:
        codings = self.notebook.codings.of(self.document)
        return self.text, {coding.id: self.notebook.codings.get(coding.id) for coding in codings}

    def do(self, step: tuple[Any, ...]) -> None:
        before = self.state()
        getattr(self, step[0])(*step[1:])
        if step[0] not in ("undo", "redo", "restart") and self.state() != before:
            self.states = [*self.states[: self.at + 1], self.state()]
            self.at += 1
        assert self.state() == self.states[self.at]
        self.check()

    def check(self) -> None:
        text = self.notebook.documents.text(self.document)
        for fields in self.state()[1].values():
            assert 0 <= fields.start <= fields.end <= len(text.text)
            assert fields.quote == text.text[fields.start : fields.end]
            assert fields.version == text.version
            assert fields.review is not None or fields.start < fields.end

    def code(self, start: int, length: int, name: str) -> None:
        low = start % len(self.text)
        self.notebook.codings.add(self.document, low, min(low + length, len(self.text)), name)

    def correct(self, start: int, length: int, words: str) -> None:
        low = start % (len(self.text) + 1)
        new = self.text[:low] + words + self.text[low + length :]
        if new.strip():
            self.notebook.documents.correct(self.document, new)

    def resize(self, which: int, start: int, length: int) -> None:
        codings = self.notebook.codings.of(self.document)
        if codings:
            low = start % len(self.text)
            self.notebook.codings.resize(codings[which % len(codings)].id, low, min(low + length, len(self.text)))

    def uncode(self, which: int) -> None:
        codings = self.notebook.codings.of(self.document)
        if codings:
            self.notebook.codings.remove([codings[which % len(codings)].id])

    def away(self) -> None:
        """Into the trash and back, which are two steps that end where they began."""
        before = self.state()
        self.notebook.documents.trash(self.document)
        assert self.notebook.codings.of(self.document) == []
        self.notebook.documents.restore(self.document)
        assert self.state() == before
        self.notebook.history.undo()
        self.notebook.history.undo()
        assert self.state() == before
        self.states, self.at = self.states[: self.at + 1], self.at

    def undo(self) -> None:
        if self.at:
            self.notebook.history.undo()
            self.at -= 1

    def redo(self) -> None:
        if self.at < len(self.states) - 1:
            self.notebook.history.redo()
            self.at += 1

    def restart(self) -> None:
        self.notebook.close()
        self.notebook = open_notebook(self.notebook.path, identity=ADA)


@settings(max_examples=40)
@given(WORDS, STEPS)
def test_every_coding_quotes_its_words_and_history_restores_exactly(words: str, steps: list[tuple[Any, ...]]) -> None:
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder), words)
        try:
            for step in steps:
                desk.do(step)
            while desk.at:
                desk.do(("undo",))
            while desk.at < len(desk.states) - 1:
                desk.do(("redo",))
            assert desk.notebook.maintenance.check().problems == ()
        finally:
            desk.notebook.close()


def _quotes(notebook: Notebook, entry: str) -> list[CodingFields]:
    body = notebook.entries.get(entry).fields.body
    found = [notebook.codings.get(coding.id) for coding in notebook.codings.of(entry)]
    assert all(fields.quote == body[fields.start : fields.end] for fields in found)
    return found


@settings(max_examples=25)
@given(WORDS, st.integers(0, 200), st.integers(1, 20), WORDS)
def test_codings_of_an_entry_follow_its_body(words: str, start: int, length: int, added: str) -> None:
    with TemporaryDirectory() as folder, create_notebook(Path(folder) / "notes.terrain", identity=ADA) as notebook:
        entry = notebook.entries.add(EntryDraft(body=words)).result
        body = notebook.entries.get(entry).fields.body
        low = start % len(body)
        notebook.codings.add(entry, low, min(low + length, len(body)), "Code", target_kind="entry")
        before = _quotes(notebook, entry)
        notebook.entries.edit(entry, EntryDraft(body=f"{added}\n\n{body}"))
        (after,) = _quotes(notebook, entry)
        assert after.review or after.quote == before[0].quote
        notebook.history.undo()
        assert _quotes(notebook, entry) == before
