import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.text.redaction import Redactor

NAMES = {
    "Person 1": ["Anna Berg"],
    "Person 2": ["Ines Vídal"],
    "Person 3": ["Mark Will"],
    "Person 4": ["山田太郎"],
    "Person 5": ["Anna-Lena Müller-Lang"],
    "Person 6": ["Patrick O'Brien"],
    "Zoe": ["Olena Sokil"],
}
REDACTOR = Redactor(NAMES, {"order@norte.example": "[mail]"})


@pytest.mark.parametrize(
    "text",
    [
        "Anna Berg",
        "ANNA BERG",
        "anna",
        "Berg",
        "Berg, Anna",
        "A. Berg",
        "Anna B.",
        "anna_berg",
        "anna-berg",
        "AnnaBerg",
        "annaberg",
        "A\u00adnna",
    ],
)
def test_every_way_to_write_a_name_is_found(text: str) -> None:
    assert REDACTOR.text(f"so {text} and").text == "so Person 1 and"


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("Anna’s, Annas, Dr. Berg, Ms Berg", "Person 1’s, Person 1s, Dr. Person 1, Ms Person 1"),
        ("anna.berg@x.example, aberg78@x.example", "Person 1@x.example, Person 1@x.example"),
        ("Ines Vi\u0301dal, ines vidal", "Person 2, Person 2"),
        ("Frau Mueller und MÜLLER-LANG", "Frau Person 5 und Person 5"),
        ("OBrien and O’Brien", "Person 6 and Person 6"),
        ("今日は山田太郎さんと太郎が", "今日はPerson 4さんとPerson 4が"),
        ("icebergs, market, Berger", "icebergs, market, Berger"),
        ("AnnaBergNotes2.txt", "Person 1Notes2.txt"),
        ("to Order@Norte.example now", "to [mail] now"),
        ("Ines\u200b, Vídal\u200b came", "Person 2\u200b, Person 2\u200b came"),
        ("/team/anna-lena-m%C3%BCller-lang", "/team/Person 5"),
        ("In%C3%ABs, 100%C3, V%C3%ADdal%20Ines", "Person 2, 100%C3, Person 2"),
        ("to al.müller-lang@x.example, j-berg.x@y.example", "to Person 5@x.example, Person 1@y.example"),
        ("CallVídalNow", "CallPerson 2Now"),
    ],
)
def test_what_belongs_to_a_name_goes_and_nothing_else(text: str, redacted: str) -> None:
    assert REDACTOR.text(text).text == redacted


def test_everyday_words_are_names_only_where_they_cannot_be_words() -> None:
    text = "Will you come? He will ask Mark and Mark Will. Mark it on the market."
    assert REDACTOR.text(text).text == "Will you come? He will ask Person 3 and Person 3. Mark it on the market."
    assert [text[start:end] for start, end in REDACTOR.doubtful(text)] == ["Will", "Mark"]
    assert Redactor({"P1": ["Peg Malin"]}).text("Peg hangs it on a peg.").text == "P1 hangs it on a peg."
    assert REDACTOR.text("Will").text == REDACTOR.text("Mr Will").text[3:] == "Person 3"


def test_names_that_are_numbers_are_found_as_they_are_written() -> None:
    redactor = Redactor({"Person 1": ["P01"], "Person 2": ["Customer 12"]})
    assert redactor.text("P01, p01, P02, plan P, a customer, customer 12").text == (
        "Person 1, Person 1, P02, plan P, a customer, Person 2"
    )


def test_two_of_one_name_are_told_apart_by_who_was_named_last() -> None:
    redactor = Redactor({"P1": ["Anna Berg"], "P2": ["Anna Klarin"]})
    assert redactor.text("Anna. Anna Klarin came; then Anna went.").text == "P1. P2 came; then P2 went."
    assert redactor.shared == {"P1": ("anna",), "P2": ("anna",)}


def test_names_of_files_tags_and_searches() -> None:
    assert REDACTOR.file_name("aberg_notes.docx") == "Person 1_notes.docx"
    assert REDACTOR.label("visits/anna-berg") == "visits/Person-1"
    assert REDACTOR.named_label("Person-1") == "Anna-Berg"
    assert REDACTOR.query('speaker:Anna "Ines said"') == 'speaker:"Person 1" "Person 2 said"'
    assert REDACTOR.bears("Dr. Anna Berg")
    assert not REDACTOR.bears("Anna Somebody")


def test_ranges_go_with_their_words_and_take_in_whole_names() -> None:
    text = "So Anna Berg pays."
    redacted = REDACTOR.text(text)
    assert redacted.map_range(3, 12) == (3, 11)
    assert redacted.map_range(5, 14) == (3, 13)
    assert redacted.map_range(13, 17) == (12, 16)
    assert redacted.unmap(12, 16) == (13, 17)
    assert redacted.unmap(0, 5) == (0, 12)


@pytest.mark.parametrize(
    ("before", "after", "restored"),
    [
        ("May", "June", "I met Anna in June. Berg’s idea. Ines too."),
        ("Person 1’s", "Person 1 and Person 2’s", "I met Anna in May. Berg and Ines Vídal’s idea. Ines too."),
        ("Person 2 too", "Person 3 too", "I met Anna in May. Berg’s idea. Mark Will too."),
        ("Person 2 too", "Person 21 too", "I met Anna in May. Berg’s idea. Person 21 too."),
        ("Person 2 too", "A neighbour too", "I met Anna in May. Berg’s idea. A neighbour too."),
        ("I met", "Zoe says: I met", "Olena Sokil says: I met Anna in May. Berg’s idea. Ines too."),
        ("Person 1’s idea.", "Person 1s idea.", "I met Anna in May. Bergs idea. Ines too."),
    ],
)
def test_what_was_edited_comes_home(before: str, after: str, restored: str) -> None:
    original = "I met Anna in May. Berg’s idea. Ines too."
    redacted = REDACTOR.text(original).text
    assert redacted == "I met Person 1 in May. Person 1’s idea. Person 2 too."
    found = REDACTOR.restore(original, redacted, redacted.replace(before, after))
    assert found.text == restored
    assert all(found.text[one.to_start : one.to_end] in restored for one in found.spans)


def test_a_word_that_reads_like_a_pseudonym_means_itself() -> None:
    original = "Zoe saw Olena."
    redacted = REDACTOR.text(original).text
    assert redacted == "Zoe saw Zoe."
    assert (
        REDACTOR.restore(original, redacted, "At noon Zoe heard and saw Zoe.").text
        == "At noon Zoe heard and saw Olena."
    )


PIECES = st.sampled_from(
    [
        "Anna",
        "anna_berg",
        "Berg, Anna",
        "Vi\u0301dal",
        "山田太郎",
        "Person 1",
        "Zoe",
        "😀",
        "e\u0301",
        ".",
        "\n",
        "1",
        "s",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=3), max_size=12).map(" ".join)


@given(TEXTS)
def test_left_alone_everything_comes_back(text: str) -> None:
    redacted = REDACTOR.text(text).text
    assert REDACTOR.restore(text, redacted, redacted).text == text


@given(TEXTS)
def test_what_is_added_at_the_end_changes_nothing_before_it(text: str) -> None:
    redacted = REDACTOR.text(text).text
    found = REDACTOR.restore(text, redacted, redacted + "\n\n— " + "nothing more —" * 3)
    assert found.text == text + "\n\n— " + "nothing more —" * 3


@given(TEXTS, st.data())
def test_ranges_outside_of_names_keep_their_words(text: str, data: st.DataObject) -> None:
    redacted = REDACTOR.text(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    there = redacted.map_range(start, end)
    assert 0 <= there[0] <= there[1] <= len(redacted.text)
    if all(end <= span.start or span.end <= start for span in redacted.spans):
        assert redacted.text[slice(*there)] == text[start:end]
        if start < end:
            assert redacted.unmap(*there) == (start, end)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ({"Person 1": ["Anna Berg"]}, {"Heron": ["Anna Berg"]}),
        ({"Person 1": ["Anna Berg"]}, {"Person 12": ["Anna Berg"], "Person 2": ["Anna Zorn"]}),
        ({"Anna Z.": ["Anna Berg"]}, {"Person 3": ["Anna Berg"], "Person 4": ["Uwe Preis"]}),
    ],
)
def test_what_went_out_under_other_pseudonyms_comes_back_as_it_was(
    before: dict[str, list[str]], now: dict[str, list[str]]
) -> None:
    original = "Anna said the price was a Berg of costs, Berg, Anna!\nSo Anna and Berg had a Preis."
    redacted = Redactor(before).text(original).text
    redactor = Redactor(now, former={one: forms[0] for one, forms in before.items()})
    assert redactor.restore(original, redacted, redacted).text == original
    assert redactor.restore(original, redacted, redacted.replace("costs", "x")).text == original.replace("costs", "x")
    longer = redacted.replace(" a ", " so very much a ")
    assert redactor.restore(original, redacted, longer).text == original.replace(" a ", " so very much a ")


def test_all_words_of_a_former_name_are_one() -> None:
    redactor = Redactor({"Person 1": ["Ines Novak", "Ines Vidal"], "Person 2": ["Ines Amsel"]})
    assert redactor.text("Ines Vidal, Ines Novak; Vidal, Ines; Ines").text == "Person 1, Person 1; Person 1; Person 1"
