from pathlib import Path

import pytest

from desktop_app.model.coding import CodingFilter, Stretch
from desktop_app.model.entries import EntryDraft
from desktop_app.model.errors import Invalid, NotFound
from desktop_app.services import Notebook
from tests.services.interviews import code, interview


@pytest.fixture
def document(notebook: Notebook, tmp_path: Path) -> str:
    return interview(notebook, tmp_path)


def test_a_code_is_applied_once_by_each_coder(notebook: Notebook, document: str) -> None:
    text = notebook.documents.text(document)
    made = notebook.codings.add(document, 3, 9, "Price / opaque", weight=40, version=text.version)
    assert made.label == "Code opaque"
    assert {kind: len(items) for kind, items in made.touched.items()} == {"code": 2, "coding": 1}
    again = notebook.codings.add(document, 3, 9, "opaque")
    assert (again.result, again.touched) == (made.result, {})
    other = notebook.codings.add(document, 3, 9, "opaque", coder=" M. ")
    assert other.result != made.result
    fields = notebook.codings.get(made.result[:8])
    assert (fields.quote, fields.coder, fields.weight, fields.version) == (text.text[3:9], "Ada", 40, text.version)
    assert notebook.codings.coders() == {"Ada": 1, "M.": 1}
    assert [coding.id for coding in notebook.codings.find(CodingFilter(coders=("M.",)))] == [other.result]
    assert notebook.codings.quotes([made.result]) == {made.result: text.text[3:9]}


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 3), (-1, 4), (0, 100_000)])
def test_ranges_outside_the_text_are_refused(notebook: Notebook, document: str, start: int, end: int) -> None:
    with pytest.raises(Invalid, match="is no range of “Interview 07”"):
        notebook.codings.add(document, start, end, "A")
    assert notebook.codes.list() == []


def test_codings_that_cannot_be(notebook: Notebook, document: str) -> None:
    with pytest.raises(Invalid, match="between 0 and 100"):
        notebook.codings.add(document, 0, 3, "A", weight=101)
    with pytest.raises(Invalid, match="changed meanwhile"):
        notebook.codings.add(document, 0, 3, "A", version="0" * 64)
    with pytest.raises(NotFound):
        notebook.codings.add("zzz", 0, 3, "A")
    notebook.documents.trash(document)
    with pytest.raises(Invalid, match="in the trash"):
        notebook.codings.add(document, 0, 3, "A")
    assert notebook.codes.list() == []


def test_many_at_once_are_one_step(notebook: Notebook, document: str) -> None:
    text = notebook.documents.text(document).text
    note = notebook.entries.add(EntryDraft(body="A 🙂 note")).result
    stretches = [Stretch("document", document, 0, 4, text[:4]), Stretch("entry", note, 2, 3, "🙂")]
    made = notebook.codings.add_many(stretches, "Found / here", label="Code what was found")
    assert (made.result, made.label) == (2, "Code what was found")
    assert notebook.codings.add_many(stretches, "here", label="Again").result == 0
    with pytest.raises(Invalid, match="look for the places again"):
        notebook.codings.add_many([*stretches, Stretch("document", document, 0, 4, "else")], "Other", label="x")
    assert len(notebook.codes.list()) == 2
    notebook.history.undo()
    assert notebook.codings.find() == []


def test_changing_what_was_applied(notebook: Notebook, document: str) -> None:
    one, two = code(notebook, document, "price", "A"), code(notebook, document, "opaque", "A")
    assert notebook.codings.recode([one, two], "B / c").result == 2
    assert notebook.codings.recode([one], "c").result == 0
    assert notebook.codings.weigh([one, two], 70).result == 2
    assert notebook.codings.weigh([one], None).result == 1
    start = notebook.documents.text(document).text.index("The price")
    notebook.codings.resize(one, start, start + 9)
    assert notebook.codings.get(one).quote == "The price"
    assert notebook.codings.remove([one, two]).result == 2
    assert notebook.codings.remove([one]).result == 0
    for label in ("Uncode", "Resize coding", "Weigh coding", "Weigh coding", "Recode"):
        undone = notebook.history.undo()
        assert undone is not None
        assert undone.label == label
    assert notebook.codings.get(one).quote == "price"
    assert notebook.codings.get(two).weight is None


def test_recoding_doubles_nothing(notebook: Notebook, document: str) -> None:
    one, two = code(notebook, document, "price", "A"), code(notebook, document, "price", "B")
    other = code(notebook, document, "price", "A", "M.")
    notebook.codings.recode([one, other], "B")
    assert {coding.id for coding in notebook.codings.of(document)} == {two, other}
    notebook.history.undo()
    assert {coding.id for coding in notebook.codings.of(document)} == {one, two, other}


def test_the_review_list_shows_old_and_new(notebook: Notebook, document: str) -> None:
    whole, part = code(notebook, document, "The price was opaque.", "A"), code(notebook, document, "friend", "A")
    gone = code(notebook, document, "And then?", "B")
    text = notebook.documents.text(document).text
    new = text.replace("was opaque. I felt", "I had felt").replace("And then?", "").replace("a friend", "my friend")
    done = notebook.documents.correct(document, new).result
    assert set(done.waiting) >= {whole, gone}
    waiting = {one.coding.id: one for one in notebook.codings.waiting(document)}
    assert waiting[whole].old.quote == "The price was opaque."
    assert waiting[whole].old.before.endswith("roaster? 🙂\n")
    assert waiting[whole].text in new
    assert (waiting[whole].document, waiting[whole].path) == ("Interview 07", ("A",))
    assert notebook.documents.get(document).review == len(waiting)
    assert notebook.codings.waiting("zzz") == []
    if not notebook.codings.get(gone).quote:
        with pytest.raises(Invalid, match="Nothing is left"):
            notebook.codings.confirm([whole, gone])
        assert whole in {one.coding.id for one in notebook.codings.waiting()}
    notebook.codings.confirm([whole])
    assert notebook.codings.get(whole).review is None
    start = new.index("Then")
    notebook.codings.resize(gone, start, start + 4)
    assert notebook.codings.get(gone).review is None
    assert part not in {one.coding.id for one in notebook.codings.waiting()}
    notebook.history.undo()
    notebook.history.undo()
    notebook.history.undo()
    assert notebook.codings.waiting() == []
    assert notebook.codings.get(gone).quote == "And then?"


def test_what_a_second_correction_does_keeps_the_first_words(notebook: Notebook) -> None:
    document = notebook.documents.add("A", "One two three four five six.").result
    coding = code(notebook, document, "two three", "A")
    notebook.documents.correct(document, "One two thr xxx four five six.")
    assert notebook.codings.get(coding).review is not None
    notebook.documents.correct(document, "One six.")
    review = notebook.codings.get(coding).review
    assert review is not None
    assert review.quote == "two three"


@pytest.mark.parametrize("name", ["Consensus", " consensus "])
def test_nobody_codes_under_the_name_of_the_consensus(notebook: Notebook, document: str, name: str) -> None:
    with pytest.raises(Invalid, match="nobody codes as it"):
        notebook.codings.add(document, 0, 5, "Price", coder=name)
    assert notebook.codes.list() == []
