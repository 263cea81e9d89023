"""A small study to test pages with: two interviews, two coders who differ here and there, attributes and a memo."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from desktop_app.model.attributes import VariableFields, VariableType
from desktop_app.model.coding import CodeFields
from desktop_app.model.memos import About, MemoFields
from desktop_app.services.notebooks import Notebook, open_notebook

NOW = datetime(2026, 1, 10, 12, 0)

CAFE = """Interviewer: What made you stay after the first week?

Ines Vidal: Honestly? It felt like a friend showing me round, not a vendor. I had a list of three roasters 🫘 and I
simply never called the other two.

Interviewer: You said something about what you were trying to build.

Ines Vidal: I want a place people cross town for. Not a chain, not cheap. When someone asks me what I am becoming
instead of what I am buying, I listen.

Interviewer: And the price?

Ines Vidal: The price was fine. The invoice was not. In November it stopped making sense and I nearly left over eleven
euros because nobody could tell me what they were for.

Interviewer: Who told you about us in the first place?

Ines Vidal: My sister. She set it up before I even saw a page.
"""

ROASTER = """Interviewer: What do you look at before you buy green coffee?

Tomasz Wielgo: The hands of the farmer. Then the moisture. The price comes after that, and it is fair most years.

Interviewer: And when it is not fair?

Tomasz Wielgo: Then I call and ask. Nobody explains a price in an email.
"""

CODED = (
    ("cafe", "It felt like a friend showing me round, not a vendor.", "Help, not selling", "A. Author"),
    ("cafe", "It felt like a friend showing me round", "Help, not selling", "M."),
    ("cafe", "a place people cross town for", "Becoming / a place people cross town for", "A. Author"),
    ("cafe", "a place people cross town for", "Becoming / a place people cross town for", "M."),
    ("cafe", "what I am becoming", "Becoming / being taken seriously", "A. Author"),
    ("cafe", "The invoice was not.", "Price talk / opaque", "A. Author"),
    ("cafe", "The invoice was not.", "Price talk / fair", "M."),
    ("cafe", "My sister.", "Family as channel", "A. Author"),
    ("roaster", "it is fair most years", "Price talk / fair", "A. Author"),
    ("roaster", "it is fair most years", "Price talk / fair", "M."),
    ("roaster", "Nobody explains a price in an email.", "Price talk / opaque", "M."),
)


def fill(notebook: Notebook, folder: Path) -> dict[str, str]:
    """Ids by a short name: ``cafe``, ``roaster``, ``role``, ``years``, ``memo``, and codings by their words."""
    ids: dict[str, str] = {}
    for name, title, text in (
        ("cafe", "Interview 07 — café owner", CAFE),
        ("roaster", "Interview 08 — roaster", ROASTER),
    ):
        path = folder / f"{title}.txt"
        path.write_text(text, encoding="utf-8")
        intake = notebook.documents.import_files([path]).result
        assert not intake.rejected
        ids[name] = intake.documents[0].id
    notebook.documents.edit(ids["cafe"], when="2025-11-20")
    notebook.documents.edit(ids["roaster"], when="2025-12-03")
    notebook.documents.match_speaker(ids["cafe"], "Ines Vidal", "Ines Vidal")
    notebook.codes.add(CodeFields("Price talk", definition="Whatever is said about the price.", colour="#CF6573"))
    for target, words, code, coder in CODED:
        start = notebook.documents.text(ids[target]).text.index(words)
        who = notebook.author if coder == "A. Author" else coder
        added = notebook.codings.add(ids[target], start, start + len(words), code, coder=who)
        ids[f"{words}|{coder}"] = added.result
    ids["role"] = notebook.attributes.add(VariableFields("Role")).result
    ids["years"] = notebook.attributes.add(VariableFields("Years in trade", VariableType.INTEGER)).result
    notebook.attributes.set("document", [ids["cafe"]], "Role", "café owner")
    notebook.attributes.set("document", [ids["roaster"]], "Role", "roaster")
    notebook.attributes.set("document", [ids["cafe"]], "Years in trade", "6")
    ids["memo"] = notebook.memos.add(
        MemoFields(
            "What she calls fine is the *price*; what she cannot bear is not knowing.",
            "Price and invoice",
            (About("code", notebook.codes.resolve("Price talk / opaque")), About("document", ids["cafe"])),
        )
    ).result
    return ids


@pytest.fixture
def clock() -> Callable[[], datetime]:
    return lambda: NOW


@pytest.fixture
def ids(notebook_path: Path, tmp_path: Path) -> Iterator[dict[str, str]]:
    folder = tmp_path / "sources"
    folder.mkdir()
    with open_notebook(notebook_path, now=lambda: NOW) as notebook:
        yield fill(notebook, folder)
