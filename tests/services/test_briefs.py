"""Questions through a lens, and briefs: every figure finds its entries, and nobody is told who must not be."""

import re
from pathlib import Path

import pytest

from desktop_app.model.entries import EntryDraft
from desktop_app.model.errors import Invalid
from desktop_app.model.links import End, Relation
from desktop_app.model.people import PersonFields
from desktop_app.model.questions import Amount, Option, QuestionDraft
from desktop_app.services import Notebook
from tests.services.interviews import ZOOM, code, interview


def write(notebook: Notebook, body: str, **more: object) -> str:
    return notebook.entries.add(EntryDraft(body=body, **more)).result  # type: ignore[arg-type]


@pytest.fixture
def question(notebook: Notebook) -> str:
    return notebook.questions.add(QuestionDraft("Why did trials fall?", asked="2026-03-02")).result


def gather(
    notebook: Notebook, question: str, item: str, relation: str = Relation.SUPPORTS, kind: str = "entry"
) -> None:
    notebook.questions.gather(question, End(kind, item), relation)


def brief(notebook: Notebook, question: str, ending: str = ".md") -> str:
    return notebook.briefs.write(question, ending).decode("utf-8")


# --- the lens ---------------------------------------------------------------------------------------------------------


def test_the_entries_behind_each_figure_are_what_its_query_finds(notebook: Notebook, question: str) -> None:
    told = write(notebook, "Too dear", kind="quote", scales=("week",), perspectives=("holistic",), tags=("price",))
    guess = write(notebook, "The weather", scales=("month", "week"), perspectives=("holistic",))
    open_ = write(notebook, "A fair", perspectives=("random-events",))
    other = write(notebook, "Something else")
    gather(notebook, question, told)
    gather(notebook, question, guess, Relation.CONTRADICTS)
    gather(notebook, question, open_, Relation.MENTIONS)
    second = notebook.questions.add(QuestionDraft("And why in May?")).result
    gather(notebook, second, other, Relation.MENTIONS)
    gather(notebook, second, told, Relation.CONTRADICTS)
    wanted = {
        question: ({told}, {guess}, {open_}, {told, guess, open_}),
        second: (set(), {told}, {other}, {told, other}),
    }
    found = notebook.briefs.read()
    assert {one.question.id for one in found.questions} == wanted.keys()
    for one in found.questions:
        figures = (one.supporting.entries, one.contradicting.entries, one.undecided.entries, one.entries)
        for figure, items in zip(figures, wanted[one.question.id], strict=True):
            assert figure.value == len(items)
            assert set(notebook.search.matches(figure.query)) == {("entry", item) for item in items}
    by_id = {one.question.id: one for one in found.questions}
    assert (by_id[question].filled, by_id[question].cells, by_id[question].blind_spots) == (2, 56, 54)
    narrowed = {one.question.id: one for one in notebook.briefs.read("tag:price").questions}
    assert narrowed[question].entries.value == 1
    assert set(notebook.search.matches(narrowed[question].entries.query)) == {("entry", told)}
    assert b"Why did trials fall?" in notebook.briefs.csv(found)


def test_each_cell_of_a_question_finds_its_entries_alone(notebook: Notebook, question: str) -> None:
    told = write(notebook, "Too dear", scales=("week",), perspectives=("holistic",))
    write(notebook, "Elsewhere", scales=("week",), perspectives=("holistic",))
    gather(notebook, question, told)
    found = notebook.briefs.study(question[:10])
    assert [piece.id for piece in found.pieces] == [told]
    cells = {(cell.perspective, cell.scale): cell for cell in found.coverage.cells}
    assert cells["holistic", "week"].count == 1
    assert notebook.search.matches(cells["holistic", "week"].query) == [("entry", told)]
    assert len(found.coverage.blind_spots) == 55


# --- briefs -----------------------------------------------------------------------------------------------------------


def test_a_brief_tells_what_was_said_before_what_was_guessed(notebook: Notebook, question: str) -> None:
    guess = write(notebook, "Perhaps the weather", basis="guessed")
    quote = write(notebook, "It is too dear", kind="quote", speaker="Ines Vidal", when="2026-03-14", basis="told")
    seen = write(notebook, "They left at the price", basis="observed")
    for item in (guess, quote, seen):
        gather(notebook, question, item)
    made = notebook.briefs.brief(question)
    assert [(claim.number, claim.piece.id) for claim in made.claims] == [(1, quote), (2, seen), (3, guess)]
    text = brief(notebook, question)
    assert text.startswith("# Why did trials fall?\n\nAsked 2 March 2026.")
    assert "- “It is too dear” – Ines Vidal, 14 March 2026 [\\[1\\]](#e1)" in text
    assert f'<a id="e1"></a>**\\[1\\]** Ines Vidal, quote, 14 March 2026, basis: told – `terrain:entry/{quote}`' in text
    assert "Open: nobody has answered it yet." in text
    assert text == brief(notebook, question)


def test_references_in_an_answer_become_marks(notebook: Notebook, question: str) -> None:
    told, beside = write(notebook, "Too dear"), write(notebook, "A fair in town")
    gather(notebook, question, told)
    words = f"It was the price [[{told}]], not [the fair](terrain:entry/{beside}). ⟦7⟧ [[nothing here]]"
    notebook.questions.answer(question, words, when="2026-04-01")
    text = brief(notebook, question)
    assert "> It was the price [\\[1\\]](#e1), not the fair [\\[2\\]](#e2). [7] [[nothing here]]" in text
    assert "referred to, not gathered" in text
    assert "Answered 1 April 2026." in text
    assert 'the price <a href="#e1">[1]</a>' in brief(notebook, question, ".html")


def test_consent_is_honoured(notebook: Notebook, question: str) -> None:
    shy = write(notebook, "Ines says it is dear", kind="quote", speaker="Ines Vidal", consent="anonymous")
    gone = write(notebook, "a secret of ours", kind="quote", speaker="Jonas Weber", consent="withdrawn")
    gather(notebook, question, shy)
    gather(notebook, question, gone)
    notebook.questions.answer(question, f"Ines Vidal told us [[{shy}]], and somebody else [[{gone}]].")
    for ending in (".md", ".html"):
        text = brief(notebook, question, ending)
        assert "Ines" not in text
        assert "Vidal" not in text
        assert "secret" not in text
        assert "Jonas" not in text
        assert gone not in text
        assert "1 piece of evidence is left out" in text


def test_nobody_in_the_trash_is_named_who_may_not_be(notebook: Notebook) -> None:
    for name, consent in (("Ines Vidal", "withdrawn"), ("Omar Said", "anonymous")):
        person = notebook.people.add(PersonFields(name, consent=consent)).result
        notebook.people.trash(person)
    item = notebook.questions.add(QuestionDraft("Why did Ines Vidal leave, and Omar Said?")).result
    gather(notebook, item, write(notebook, "Ines Vidal was sad, Omar was not"))
    for ending in (".md", ".html"):
        assert not re.search("Ines|Vidal|Omar|Said", brief(notebook, item, ending))


@pytest.mark.parametrize(
    "words",
    ["**In**es left", "I&#110;es left", "[x](https://e.org/%49nes)", "[x](https://e.org/I&#110;es)", "V<b>id</b>al"],
)
def test_marks_and_escapes_do_not_tell_a_name(notebook: Notebook, words: str) -> None:
    notebook.people.add(PersonFields("Ines Vidal", consent="anonymous"))
    item = notebook.questions.add(QuestionDraft("Why?", note=f"{words}, and *others* did")).result
    gather(notebook, item, (beside := write(notebook, "A fair")))
    notebook.questions.answer(item, f"{words} [[{beside}]]")
    page = brief(notebook, item, ".html")
    for text in (page, re.sub("<[^>]*>", "", page), brief(notebook, item)):
        assert not re.search("Ines|Vidal|I&#110;es|%49nes|[*]es", text)
    assert page.count('<a href="#e1">[1]</a>') == 2


def test_a_speaker_who_is_not_named_is_not_called_as_in_the_text_either(notebook: Notebook, tmp_path: Path) -> None:
    document = interview(notebook, tmp_path, text=ZOOM.replace("Ines Vidal", "IV"))
    notebook.people.add(PersonFields("Ines Vidal", consent="anonymous"))
    notebook.documents.match_speaker(document, "IV", "Ines Vidal")
    item = notebook.questions.add(QuestionDraft("Why?")).result
    gather(notebook, item, code(notebook, document, "The price was opaque", "price"), kind="coding")
    assert "“The price was opaque” – someone" in brief(notebook, item)
    assert "IV" not in brief(notebook, item)


@pytest.mark.parametrize("mark", ["\u202e", "\u2067", "&#8238;", "&#x0202E;"])
def test_words_do_not_turn_round_who_said_them(notebook: Notebook, mark: str) -> None:
    item = notebook.questions.add(QuestionDraft("Why?", note=f"{mark}note")).result
    gather(notebook, item, write(notebook, f"{mark}too dear", kind="quote", speaker="Ines Vidal"))
    for ending in (".md", ".html"):
        text = brief(notebook, item, ending)
        assert mark not in text
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", text)
        assert "too dear” – Ines Vidal" in text


def test_there_is_no_brief_of_what_was_withdrawn(notebook: Notebook) -> None:
    person = notebook.people.add(PersonFields("Jonas Weber", consent="withdrawn")).result
    assert person
    item = notebook.questions.add(QuestionDraft("May I ask?", asker="Jonas Weber")).result
    with pytest.raises(Invalid, match="withdrawn their consent"):
        notebook.briefs.brief(item)


def test_numbers_are_told_as_they_stood(notebook: Notebook, question: str, tmp_path: Path) -> None:
    path = tmp_path / "visits.csv"
    path.write_text("Date,Visits\n2026-01-01,5\n2026-01-02,7\n2026-01-03,9\n", encoding="utf-8")
    notebook.metrics.import_files([path], backup=False)
    end = notebook.questions.stretch("Visits", "2026-01-01", "2026-01-03")
    notebook.questions.gather(question, end)
    assert "Visits, 1–3 January 2026: 21 as it stood when it was gathered" in brief(notebook, question)
    path.write_text("Date,Visits\n2026-01-01,5\n2026-01-02,8\n2026-01-03,9\n", encoding="utf-8")
    notebook.metrics.import_files([path], backup=False)
    assert "21 as it stood when it was gathered; restated since, now 22" in brief(notebook, question)


def test_options_stand_by_total_and_by_ratio(notebook: Notebook, question: str) -> None:
    options = [
        Option("Fair", Amount(1200, "EUR"), Amount(400, "EUR")),
        Option("Print", Amount(300, "EUR"), Amount(0, "EUR")),
        Option("Wait", None, Amount(5, "h")),
    ]
    notebook.questions.set_options(question, options)
    text = brief(notebook, question)
    assert "| Fair | € 1,200 | € 400 | € 800 | 3 |" in text
    assert "| Print | € 300 | € 0 | € 300 | – |" in text
    assert "| Wait | – | 5 h | – | – |" in text


def test_nothing_breaks_out(notebook: Notebook) -> None:
    bad = '<script>alert("x")</script>\n# Top [a](javascript:alert(1)) ![i](http://x.invalid/i.png) | `c` ]( '
    item = notebook.questions.add(QuestionDraft(bad, note=bad, answer=bad)).result
    gather(notebook, item, write(notebook, f"{bad}\n\n## Mine", kind="quote", speaker="<b>Bo</b>"))
    page = brief(notebook, item, ".html")
    assert "<script" not in page
    assert "<img" not in page
    assert "<b>Bo" not in page
    assert 'href="javascript' not in page
    text = brief(notebook, item)
    assert "<script" not in text
    assert re.search(r"(?<!\\)\]\((?!#e|http)", text) is None
    assert sum(line.startswith("# ") for line in text.splitlines()) == 1
    assert "## Mine" not in text.splitlines()


def test_a_pdf_is_made_of_the_page(notebook: Notebook, question: str) -> None:
    pages: list[str] = []

    def render(page: str) -> bytes:
        pages.append(page)
        return b"%PDF"

    assert notebook.briefs.write(question, ".pdf", render) == b"%PDF"
    assert pages == [brief(notebook, question, ".html")]
    with pytest.raises(Invalid, match=r"not \.docx"):
        notebook.briefs.write(question, ".docx", render)
    with pytest.raises(Invalid):
        notebook.briefs.write(question, ".pdf")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("[a [b] c](javascript:x)", "[a [b] c] (javascript:x)"),
        ("[a\nb](\tdata:x)", "[a\n> b] (\tdata:x)"),
        ("[a]: file:///x", "[a] : file:///x"),
        ("![a](https://x.invalid/a.png)", "! [a](https://x.invalid/a.png)"),
        ("[a](https://x.invalid)", "[a](https://x.invalid)"),
    ],
)
def test_a_note_has_no_addresses_but_of_the_web(notebook: Notebook, typed: str, shown: str) -> None:
    item = notebook.questions.add(QuestionDraft("Why?", note=typed)).result
    assert f"\n\n> {shown}\n" in brief(notebook, item)
