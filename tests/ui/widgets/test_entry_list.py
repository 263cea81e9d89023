"""The list of cards: choosing, keys, hovering, and what a card says."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desktop_app.model.entries import Entry, EntryFields
from desktop_app.model.queries import Hit
from desktop_app.ui.widgets import EntryCard, EntryList, card_of_entry, card_of_hit


def cards(count: int) -> list[EntryCard]:
    return [EntryCard(str(number), f"Heading {number}", "Note", "week #tag", ("holistic",)) for number in range(count)]


@pytest.fixture
def shown(qtbot, look):
    made = EntryList(look, "Hits")
    qtbot.addWidget(made)
    made.resize(400, 500)
    made.show()
    return made


def entry(**fields) -> Entry:
    return Entry("id1", EntryFields(**fields), "", "", "", "", "Ada", "head")


def hit(**values) -> Hit:
    given = {
        "id": "h1",
        "type": "entry",
        "kind": "quote",
        "title": "",
        "snippet": "the invoice stopped making sense",
        "spans": ((4, 11),),
        "occurred": "",
        "start": "",
        "end": "",
        "scales": ("week",),
        "perspectives": (),
        "tags": ("pricing",),
        "score": 1.0,
    }
    return Hit(**{**given, **values})


def test_keys_choose_and_enter_opens(qtbot, shown):
    shown.set_cards(cards(5))
    chosen, opened = [], []
    shown.entry_chosen.connect(chosen.append)
    shown.entry_opened.connect(opened.append)
    shown.choose_first()
    qtbot.keyClick(shown, Qt.Key.Key_Down)
    qtbot.keyClick(shown, Qt.Key.Key_End)
    qtbot.keyClick(shown, Qt.Key.Key_Return)
    assert chosen == ["0", "1", "4"]
    assert opened == ["4"]


def test_new_cards_keep_the_chosen_one_without_a_signal(qtbot, shown):
    shown.set_cards(cards(9))
    shown.choose("7")
    with qtbot.assertNotEmitted(shown.entry_chosen):
        shown.set_cards(list(reversed(cards(9))))
    assert shown.current_id() == "7"
    shown.set_cards(cards(3))
    assert shown.current_id() == ""


def test_hovering_is_told_once_and_ends(qtbot, shown):
    shown.set_cards(cards(3))
    told = []
    shown.entry_hovered.connect(told.append)
    first = shown.visualRect(shown.model().index(0, 0)).center()
    QTest.mouseMove(shown.viewport(), first)
    QTest.mouseMove(shown.viewport(), first + QPoint(3, 0))
    QTest.mouseMove(shown.viewport(), shown.visualRect(shown.model().index(1, 0)).center())
    assert told == ["0", "1"]


def test_more_is_wanted_near_the_end(qtbot, shown):
    shown.set_cards(cards(60))
    shown.grab()
    with qtbot.waitSignal(shown.more_wanted):
        shown.verticalScrollBar().setValue(shown.verticalScrollBar().maximum())
    shown.append_cards(cards(70)[60:])
    assert len(shown.cards()) == 70


def test_letters_go_to_the_screen(qtbot, shown):
    shown.set_cards([EntryCard("a", "Alpha"), EntryCard("e", "Echo")])
    shown.choose("a")
    qtbot.keyClicks(shown, "e")
    assert shown.current_id() == "a"


def test_a_card_is_spoken_whole(shown):
    shown.set_cards([EntryCard("a", "Alpha", "Note · 3 May", "week #tag", snippet="words")])
    spoken = shown.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Alpha. Note · 3 May. words. week #tag"


def test_many_cards_of_all_kinds_are_painted(shown):
    kinds = [
        EntryCard(
            "1", "🙂 " * 80, "m" * 200, "f" * 200, ("holistic", "x", "random-events", "y"), "s🙂 " * 80, ((1, 3),)
        ),
        EntryCard("2", ""),
        EntryCard("3", "person", "Person", type="person"),
        EntryCard("4", "beyond", snippet="short", spans=((2, 99),)),
    ]
    shown.set_cards(kinds + cards(5000))
    shown.choose("1")
    assert not shown.grab().isNull()


def test_the_card_of_an_entry():
    fields = {"kind": "quote", "body": "We left.\nFor good.", "basis": "told", "occurred": "2019-12-14"}
    card = card_of_entry(entry(**fields, scales=("week", "month"), tags=("a/b",)))
    assert card.heading == "“We left.”"
    assert card.meta == "Quote · told · 14 December 2019"
    assert card.faint == "week month #a/b"


@pytest.mark.parametrize(
    ("fields", "meta"),
    [
        ({"kind": "event", "surprise": True}, "Event · surprise"),
        ({"kind": "event"}, "Event · planned"),
        ({"kind": "note", "basis": "observed"}, "Note · observed"),
        ({"kind": "foresight"}, "Foresight"),
    ],
)
def test_the_second_line_says_kind_and_basis(fields, meta):
    assert card_of_entry(entry(title="x", **fields)).meta == meta


def test_the_card_of_a_hit_keeps_its_matches():
    card = card_of_hit(hit(title="Invoices"))
    assert card.heading == "“Invoices”"
    assert card.snippet[4:11] == "invoice"
    assert card.spans == ((4, 11),)


def test_a_hit_without_a_title_says_its_words_once():
    card = card_of_hit(hit())
    assert card.heading == "“the invoice stopped making sense”"
    assert card.snippet == ""


def test_a_found_person_has_no_mark():
    card = card_of_hit(hit(type="person", kind="", title="Ines Vidal"))
    assert (card.heading, card.meta, card.type) == ("Ines Vidal", "Person", "person")
