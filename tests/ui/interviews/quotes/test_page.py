"""The page of quotes on a real notebook."""

import csv
import io

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desktop_app.ui.interviews.quotes import QuotesPage
from desktop_app.ui.interviews.quotes.filtering import Kind
from desktop_app.ui.interviews.quotes.quote_card import QuoteCard
from desktop_app.ui.interviews.quotes.quote_delegate import MOST_CHARACTERS
from desktop_app.ui.interviews.quotes.quote_list import BATCH, QuoteList
from desktop_app.ui.interviews.quotes.telling import Grouping
from desktop_app.ui.ops import ChangeOp
from tests.notebook.arriving import Arriving
from tests.ui.conftest import seen


def texts(page) -> list[str]:
    return [card.text for card in page.list.cards() if card.id]


def ask_for(page, typed: str) -> None:
    page.bar.line.setText(typed)
    page.bar.line.returnPressed.emit()


def test_every_quote_is_there_by_document_with_what_stands_around(page):
    cards = page.list.cards()
    assert [card.heading for card in cards if not card.id] == [
        "Interview 07 — café owner  ·  8 quotes",
        "Interview 08 — roaster  ·  3 quotes",
    ]
    becoming = next(card for card in cards if card.text == "what I am becoming")
    assert becoming.heading == "Becoming / being taken seriously"
    assert becoming.before.endswith("When someone asks me ")
    assert becoming.after.startswith("\ninstead of")
    assert becoming.meta == "Ines Vidal · 20 November 2025 · you"
    assert page.count.text() == "11 quotes · 2 documents"


def test_what_is_typed_asks_for_a_code_and_those_below(page):
    ask_for(page, "price talk")
    assert page.bar.chips.texts() == ("Price talk",)
    assert len(texts(page)) == 5
    page.bar.deep.setChecked(False)
    assert texts(page) == []
    assert page.none_fits.heading.text() == "No quote fits"
    page.none_fits.button.click()
    assert len(texts(page)) == 11


def test_parts_of_several_kinds_are_joined_and_taken_away_again(qtbot, page):
    ask_for(page, "coder: m")
    ask_for(page, "tomasz")
    assert page.bar.chips.texts() == ("coder: M.", "speaker: Tomasz Wielgo")
    assert texts(page) == ["it is fair most years", "Nobody explains a price in an email."]
    qtbot.keyClick(page.bar.line, Qt.Key.Key_Backspace)
    assert len(texts(page)) == 5


def test_an_attribute_and_a_time_can_be_asked_for(qtbot, page):
    ask_for(page, "café owner")
    page.bar.ask_for(())
    ask_for(page, "role: cafe owner")
    assert [part.kind for part in page.bar.parts()] == [Kind.ATTRIBUTE]
    assert len(texts(page)) == 8
    page.bar.ask_for(())
    page.bar.line.setFocus()
    qtbot.keyClicks(page.bar.line, "December 2025")
    qtbot.waitUntil(lambda: bool(page.bar._popup.offers()))
    qtbot.keyClick(page.bar.line, Qt.Key.Key_Return)
    assert page.bar.chips.texts() == ("time: December 2025",)
    assert len(texts(page)) == 3


def test_enter_jumps_to_the_spot(qtbot, ids, page):
    coding = ids["My sister.|A. Author"]
    page.list.choose(coding)
    with qtbot.waitSignal(page.open_coding_requested) as asked:
        qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert asked.args == [coding]


def test_several_are_ticked_by_keys_and_become_entries_in_one_step(qtbot, ids, page, ask):
    ask_for(page, "family")
    page.bar.ask_for(())
    page.list.setFocus()
    page.list.choose_first()
    qtbot.keyClick(page.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert len(page.list.ticked()) == 2
    assert page.entries_button.text() == "Turn 2 into entries"
    qtbot.keyClick(page.list, Qt.Key.Key_E)
    entries = ask(lambda notebook: notebook.entries.recent())
    assert sorted(entry.fields.body for entry in entries) == [
        "It felt like a friend showing me round",
        "It felt like a friend showing me round, not a vendor.",
    ]
    assert [card.mark for card in page.list.cards() if card.id][:3] == ["entry", "entry", ""]
    assert page.list.ticked() == []
    ask(lambda notebook: notebook.history.undo())
    page.mark_stale()
    assert ask(lambda notebook: notebook.entries.recent()) == []
    assert [card.mark for card in page.list.cards() if card.id][:2] == ["", ""]


def test_the_entry_of_a_quote_is_opened_from_it(qtbot, ids, page, ask):
    coding = ids["My sister.|A. Author"]
    page.list.choose(coding)
    page.make_entries()
    entry = ask(lambda notebook: notebook.retrieval.some([coding])[0].entry)
    page.list.choose(coding)
    with qtbot.waitSignal(page.open_entry_requested) as asked:
        page.open_entry()
    assert asked.args == [entry]
    assert not page.entries_button.isEnabled()


def test_quotes_are_put_together_by_code_and_copied(qtbot, page):
    page.group.setCurrentIndex(list(Grouping).index(Grouping.CODE))
    headings = [card.heading for card in page.list.cards() if not card.id]
    assert headings[:2] == [
        "Becoming / a place people cross town for  ·  2 quotes",
        "Becoming / being taken seriously  ·  1 quote",
    ]
    page.list.choose_first()
    page.copy()
    assert QGuiApplication.clipboard().text() == (
        "“a place people cross town for”\n— Ines Vidal, Interview 07 — café owner, 20 November 2025 "
        "[Becoming / a place people cross town for]"
    )


def test_what_is_shown_is_saved_as_a_table_in_its_order(tmp_path, page):
    ask_for(page, "opaque")
    page.saver.save(tmp_path / "quotes.csv", page.csv_maker())
    rows = list(csv.DictReader(io.StringIO((tmp_path / "quotes.csv").read_text(encoding="utf-8-sig"))))
    assert [row["Quote"] for row in rows] == ["The invoice was not.", "Nobody explains a price in an email."]
    assert rows[0]["Code"] == "Price talk / opaque"
    assert not list(tmp_path.glob("*.part"))


def test_a_place_that_cannot_be_written_is_told_in_a_sentence(tmp_path, page):
    page.saver.save(tmp_path / "nowhere" / "quotes.csv", page.csv_maker())
    assert "quotes.csv" in page.message.text()
    assert "choose another place" in page.message.text()


def test_a_change_of_codes_is_followed(page, ask, context):
    ask_for(page, "family")
    code = page.bar.parts()[0].value
    context.operations.submit(ChangeOp("Trash", lambda notebook: notebook.codes.trash(code)))
    assert page.bar.parts() == ()
    assert len(texts(page)) == 10


def test_show_code_asks_for_it_by_name_although_nothing_was_read_yet(qtbot, ids, context, ask):
    fresh = QuotesPage(context)
    code = ask(lambda notebook: notebook.codes.resolve("Family as channel"))
    fresh.show_code(code)
    seen(qtbot, fresh)
    assert fresh.bar.chips.texts() == ("Family as channel",)
    assert texts(fresh) == ["My sister."]


def test_where_nothing_is_coded_the_page_says_what_goes_there(qtbot, context):
    empty = seen(qtbot, QuotesPage(context))
    assert empty.none_fits.heading.text() == "No quotes yet"
    with qtbot.waitSignal(empty.page_requested) as asked:
        empty.none_fits.button.click()
    assert asked.args == ["documents"]


def test_thousands_of_quotes_are_laid_out_in_batches(qtbot, look):
    many = QuoteList(look, "Many")
    qtbot.addWidget(many)
    many.resize(600, 400)
    many.show()
    cards = [QuoteCard(str(at), "A code", f"words of quote {at} " * 8) for at in range(3000)]
    many.set_cards(cards)
    many.doItemsLayout()
    assert len(many._delegate._heights) <= 2 * BATCH
    many.choose("2900")

    def in_sight() -> bool:
        return many.viewport().rect().intersects(many.visualRect(many.currentIndex()))

    qtbot.waitUntil(in_sight)
    many.set_cards(cards[:-1])
    assert many.current_id() == "2900"
    assert in_sight()


def test_arrows_pass_over_headings_and_leave_the_list_upwards(qtbot, ids, page):
    page.list.setFocus()
    page.list.choose(ids["My sister.|A. Author"])
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    following = [card.id for card in page.list.cards() if card.id]
    assert page.list.current_id() == following[following.index(ids["My sister.|A. Author"]) + 1]
    page.list.choose_first()
    qtbot.keyClick(page.list, Qt.Key.Key_Up)
    assert page.bar.line.hasFocus()


def test_a_quote_as_long_as_a_book_is_cut_in_the_list_and_never_in_what_is_copied(qtbot, look):
    one = QuoteList(look, "One")
    qtbot.addWidget(one)
    one.resize(600, 400)
    one.show()
    one.set_cards([QuoteCard("a", "A code", "word 🫘 " * 200_000, "before ", " after")])
    laid = one._delegate._laid_out(one.cards()[0])
    assert len(laid.text()) < 2 * MOST_CHARACTERS
    assert laid.text().endswith("…")
    one.grab()


def test_a_quote_says_which_file_brought_its_coding(page, notebook):
    own = notebook.codings.find()[0].id
    merge = Arriving(notebook._file)
    theirs = {**notebook._file.journal.fields(own), "coder": "Ben", "start": 0, "end": 4}
    merge.revision(theirs, "Ben", 1_780_315_200_000, kind="coding")
    merge.arrive()
    page.mark_stale()
    metas = [card.meta for card in page.list.cards() if card.id and "Ben" in card.meta]
    assert [meta.rpartition("Ben · ")[2] for meta in metas] == ["came with “team.terrain”"]
