"""The page of coding by search on a real notebook."""

from PySide6.QtCore import Qt

from desktop_app.model.coding import CodingFilter, Extent
from desktop_app.ui.interviews.autocode.looking import By


def texts(page) -> list[str]:
    return [card.text for card in page.list.cards()]


def look(page, text: str, by: By = By.WORDS, extent: Extent = Extent.MATCH) -> None:
    page.by.setCurrentIndex(list(By).index(by))
    page.extent.setCurrentIndex(list(Extent).index(extent))
    page.text.setText(text)
    page.text.returnPressed.emit()


def coded(ask, code: str) -> list[str]:
    def find(notebook):
        return notebook.retrieval.quotes(CodingFilter(codes=(notebook.codes.resolve(code),)))

    return [quote.text for quote in ask(find)]


def test_words_are_found_with_their_context_and_all_are_ticked(page):
    look(page, "invoice")
    assert texts(page) == ["invoice"]
    assert page.list.cards()[0].before.endswith("The price was fine. The ")
    assert page.list.cards()[0].meta == "Interview 07 — café owner · Ines Vidal"
    assert page.count.text() == "1 of 1 place · 1 document"
    assert page.list.hasFocus()


def test_sentences_paragraphs_and_turns_are_taken_around_them(page):
    look(page, "invoice", extent=Extent.SENTENCE)
    assert texts(page) == ["The invoice was not."]
    page.extent.setCurrentIndex(list(Extent).index(Extent.TURN))
    assert texts(page)[0].startswith("The price was fine.")


def test_an_expression_a_speaker_and_a_section_are_looked_for_too(page):
    look(page, r"\beuros?\b", By.EXPRESSION)
    assert texts(page) == ["euros"]
    look(page, "Tomasz Wielgo", By.SPEAKER)
    assert len(texts(page)) == 2
    assert not page.extent.isVisible()
    look(page, "no such heading", By.SECTION)
    assert page.nothing.heading.text() == "Nothing found"


def test_a_broken_expression_is_told_in_a_sentence(page):
    look(page, "(", By.EXPRESSION)
    assert page.message.text()
    assert texts(page) == []
    assert page.strip.isHidden()


def test_places_are_unticked_by_key_and_the_rest_is_coded_in_one_step(qtbot, page, ask):
    look(page, "price", extent=Extent.SENTENCE)
    assert len(texts(page)) == 4
    qtbot.keyClick(page.list, Qt.Key.Key_Space)
    assert page.count.text().startswith("3 of 4 places")
    qtbot.keyClick(page.list, Qt.Key.Key_C)
    qtbot.keyClicks(page.code, "Money / price")
    assert page.apply_button.text() == "Make and code"
    qtbot.keyClick(page.code, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(coded(ask, "Money / price")) == 3
    assert page.message.text() == "3 codings made."
    assert page.text.hasFocus()
    ask(lambda notebook: notebook.history.undo())
    names = [code.label for code in ask(lambda notebook: notebook.codes.list())]
    assert "Money / price" not in names


def test_what_is_coded_already_is_not_coded_twice(page, ask):
    look(page, "invoice", extent=Extent.SENTENCE)
    page.code.setText("Price talk / opaque")
    assert page.apply_button.text() == "Code"
    page.apply()
    assert page.message.text() == "0 codings made. 1 was there already."


def test_only_some_documents_or_speakers_can_be_looked_through(page):
    look(page, "price")
    before = len(texts(page))
    page.bar.line.setText("tomasz")
    page.bar.line.returnPressed.emit()
    assert 0 < len(texts(page)) < before
    page.bar.ask_for(())
    page.bar.line.setText("document: 07")
    page.bar.line.returnPressed.emit()
    assert {card.meta.split(" · ")[0] for card in page.list.cards()} == {"Interview 07 — café owner"}


def test_enter_reads_a_place_in_its_text(qtbot, ids, page, ask):
    look(page, "invoice")
    start = ask(lambda notebook: notebook.documents.text(ids["cafe"])).text.index("invoice")
    with qtbot.waitSignal(page.open_document_requested) as asked:
        qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert asked.args == [ids["cafe"], start]


def test_speakers_are_completed(qtbot, page):
    page.by.setCurrentIndex(list(By).index(By.SPEAKER))
    page.text.setFocus()
    qtbot.keyClicks(page.text, "tom")
    qtbot.waitUntil(lambda: bool(page._speakers.offers()))
    qtbot.keyClick(page.text, Qt.Key.Key_Tab)
    assert page.text.text() == "Tomasz Wielgo"


def test_without_a_code_the_line_for_it_is_gone_to(page):
    look(page, "invoice")
    page.apply()
    assert page.code.hasFocus()


def test_a_stopped_search_says_so(page, monkeypatch, context):
    monkeypatch.setattr(page.strip, "progress", lambda *_: context.operations.stop("Look for places to code"))
    look(page, "price")
    assert page.message.text() == "Stopped; nothing is shown of it."
