"""The People screen on a real notebook."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from pytestqt.exceptions import capture_exceptions

from desktop_app.model.entries import EntryDraft
from desktop_app.model.memos import About, MemoFields
from desktop_app.services.notebooks import open_notebook
from desktop_app.ui.ops import ChangeOp
from desktop_app.ui.people.organisation_page import OrganisationView
from desktop_app.ui.people.person_page import PersonView
from desktop_app.ui.widgets import IconButton, SectionLabel


def headings(screen) -> list[str]:
    return [row.heading for row in screen.list.rows()]


def person_view(screen) -> PersonView:
    assert isinstance(screen.view, PersonView)
    return screen.view


def test_everybody_is_listed_by_name_and_the_first_is_read(ids, screen):
    assert headings(screen) == ["Ines Vidal", "Ruth Amsel", "Tomasz Wielgo"]
    assert person_view(screen).page.person.fields.name == "Ines Vidal"
    row = screen.list.rows()[0]
    assert row.aside == "loyal client"
    assert row.meta == "Café Norte · 14 December 2025 · 2 entries"


def test_typing_a_name_without_its_accents_filters_the_list(qtbot, ids, screen):
    screen.filter.setText("cafe")
    screen.filter.settle_now()
    assert headings(screen) == ["Ines Vidal"]
    screen.filter.setText("nobody at all")
    screen.filter.settle_now()
    assert headings(screen) == []
    assert screen.none_fits.isVisible()


def test_the_list_can_be_ordered_by_when_they_were_last_heard(ids, screen):
    screen.open_person(ids["ruth"])
    screen.order.click()
    assert headings(screen)[0] == "Ines Vidal"
    assert screen.list.current_id() == ids["ruth"]


def test_arrows_walk_through_people_and_e_edits(qtbot, ids, screen):
    screen.list.setFocus()
    qtbot.keyClick(screen.list, Qt.Key.Key_Down)
    assert person_view(screen).page.person.id == ids["ruth"]
    qtbot.keyClick(screen.list, Qt.Key.Key_E)
    assert screen.form is not None
    assert screen.form.values()["pseudonym"] == "R."


def test_a_persons_page_tells_their_way_and_what_they_said(qtbot, ids, screen):
    screen.open_person(ids["ines"])
    view = person_view(screen)
    assert [card.id for card in view.stack.cards()] == [ids["friend"], ids["first"]]
    assert [dot.stage for dot in view.way.dots()] == ["prospect", "customer", "loyal client"]
    assert [dot.sharp for dot in view.way.dots()] == [True, False, True]
    with qtbot.waitSignal(screen.open_entry_requested) as asked:
        view.lines.links[0].click()
    assert asked.args == [ids["friend"]]


def test_a_click_on_a_dot_of_the_way_opens_the_entry_that_shows_it(qtbot, ids, screen):
    screen.open_person(ids["ines"])
    way = person_view(screen).way
    qtbot.wait(1)
    way.grab()
    with qtbot.waitSignal(screen.open_entry_requested) as asked:
        qtbot.mouseClick(way, Qt.MouseButton.LeftButton, pos=way.point_of(way.dots()[0]).toPoint())
    assert asked.args == [ids["first"]]


def test_a_step_is_added_in_place_with_a_date_as_typed(qtbot, ids, screen, ask):
    screen.open_person(ids["tomasz"])
    screen.add_step()
    maker = person_view(screen).maker
    maker.stage.setCurrentIndex(maker.stage.findData("customer"))
    maker.when.set_text("March 2025")
    assert maker.when.telling.text() == "March 2025"
    maker.add_button.click()
    steps = ask(lambda notebook: notebook.people.get(ids["tomasz"])).fields.stages
    assert [(step.stage, step.date) for step in steps] == [("customer", "2025-03")]
    assert [dot.stage for dot in person_view(screen).way.dots()] == ["customer"]


def test_a_step_with_a_date_that_cannot_be_read_says_so_and_keeps_what_was_typed(ids, screen, ask):
    screen.open_person(ids["tomasz"])
    screen.add_step()
    view = person_view(screen)
    view.maker.when.line.setText("sometime soonish")
    view.maker.add_button.click()
    assert "sometime soonish" in view.message.text()
    assert view.maker.when.text() == "sometime soonish"
    assert ask(lambda notebook: notebook.people.get(ids["tomasz"])).fields.stages == ()


def test_a_step_is_taken_back_and_undo_brings_it_again(ids, screen, ask, context):
    screen.open_person(ids["ines"])
    person_view(screen).lines.crosses[0].click()
    assert ask(lambda notebook: notebook.people.get(ids["ines"])).stage == "customer"
    ask(lambda notebook: notebook.history.undo())
    assert ask(lambda notebook: notebook.people.get(ids["ines"])).stage == "loyal client"


def test_editing_in_place_makes_the_organisation_that_was_named(qtbot, ids, screen, ask):
    screen.open_person(ids["tomasz"])
    screen.edit()
    screen.form.set_value("org", "Brackwater Kitchen")
    screen.form.set_value("pseudonym", "The cook")
    screen.form.save()
    person = ask(lambda notebook: notebook.people.get(ids["tomasz"]))
    assert (person.org_name, person.fields.pseudonym, person.fields.consent) == (
        "Brackwater Kitchen",
        "The cook",
        "named",
    )
    assert person_view(screen).chips.texts() == ("Brackwater Kitchen", "consent: named", "stands as “The cook”")


def test_editing_keeps_the_way_and_knows_the_organisation_by_name(ids, screen, ask):
    screen.open_person(ids["ines"])
    screen.edit()
    screen.form.set_value("org", "café norte")
    screen.form.save()
    person = ask(lambda notebook: notebook.people.get(ids["ines"]))
    assert person.fields.org == ids["norte"]
    assert len(person.fields.stages) == 3


def test_a_person_without_a_name_is_not_saved_and_the_form_says_why(ids, screen):
    screen.add("person")
    screen.form.set_value("note", "met at the fair")
    screen.form.save()
    assert "needs a name" in screen.form.message.text()
    assert screen.form.values()["note"] == "met at the fair"


def test_what_was_typed_is_kept_when_the_form_is_left(qtbot, ids, screen):
    screen.open_person(ids["tomasz"])
    screen.edit()
    screen.form.set_value("note", "Half a thought")
    screen.open_person(ids["ruth"])
    assert screen.form is None
    assert person_view(screen).page.person.id == ids["ruth"]
    screen.open_person(ids["tomasz"])
    screen.edit()
    assert screen.form.values()["note"] == "Half a thought"
    screen.form.forget_button.click()
    screen.edit()
    assert screen.form.values()["note"] == "Runs kitchen and floor."


def test_escape_leaves_the_form_and_control_enter_saves(qtbot, ids, screen, ask):
    screen.open_person(ids["ruth"])
    screen.edit()
    qtbot.keyClick(screen.form, Qt.Key.Key_Escape)
    assert screen.form is None
    screen.edit()
    screen.form.set_value("name", "Ruth Amsel-Berg")
    qtbot.keyClick(screen.form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert ask(lambda notebook: notebook.people.get(ids["ruth"])).fields.name == "Ruth Amsel-Berg"
    assert "Ruth Amsel-Berg" in headings(screen)


def test_the_trash_takes_a_person_from_the_list_and_keeps_their_words(ids, screen, ask):
    screen.open_person(ids["ines"])
    screen.trash()
    assert "Ines Vidal" not in headings(screen)
    assert person_view(screen).page.person.id == ids["ruth"]
    assert ask(lambda notebook: notebook.entries.get(ids["friend"])).fields.title


def test_an_organisation_shows_its_people_and_everything_said_there(qtbot, ids, screen):
    screen.open_organisation(ids["norte"])
    assert isinstance(screen.view, OrganisationView)
    assert {card.id for card in screen.view.stack.cards()} == {ids["friend"], ids["first"], ids["table"]}
    screen.view.people[0].click()
    assert person_view(screen).page.person.id == ids["ines"]
    assert screen.tabs.currentIndex() == 0


def test_an_organisation_is_added_and_edited_in_place(ids, screen, ask):
    screen.tabs.setCurrentIndex(1)
    assert headings(screen) == ["Café Norte", "Malin Bakery"]
    screen.add_button.click()
    screen.form.set_value("name", "Daunt Forwarding")
    screen.form.save()
    assert headings(screen) == ["Café Norte", "Daunt Forwarding", "Malin Bakery"]
    assert isinstance(screen.view, OrganisationView)
    assert screen.view.page.organisation.fields.name == "Daunt Forwarding"


def test_an_empty_notebook_offers_to_add_somebody(screen):
    assert screen.stack.currentWidget() is screen.nothing
    screen.nothing.button.click()
    screen.form.set_value("name", "Con Brophy")
    screen.form.save()
    assert headings(screen) == ["Con Brophy"]
    assert screen.stack.currentIndex() == 0


@pytest.mark.parametrize("keys", ["/", "F6"])
def test_the_panes_are_reached_by_key(qtbot, ids, screen, keys):
    screen.list.setFocus()
    qtbot.keyClick(screen.list, QKeySequence(keys)[0].key())
    assert (screen.filter if keys == "/" else screen.page.area).hasFocus()


def test_the_tour_shows_whoever_came_the_longest_way(ids, screen):
    steps = dict(screen.tour_steps())
    steps["chosen"]()
    assert person_view(screen).page.person.id == ids["ines"]
    steps["step"]()
    assert person_view(screen).maker is not None
    steps["organisation"]()
    assert isinstance(screen.view, OrganisationView)


def test_somebody_who_spoke_but_whose_way_is_not_known_is_drawn(qtbot, notebook_path, screen):
    """As in a new notebook, after the first @name."""
    with open_notebook(notebook_path) as notebook:
        notebook.entries.add(EntryDraft(body="Which roast?", kind="quote", speaker="Con Brophy", when="2026-01-05"))
    screen.read()
    screen.open_person(next(row.id for row in screen.list.rows() if row.heading == "Con Brophy"))
    way = person_view(screen).way
    assert not way.dots()
    way.show()
    with capture_exceptions() as raised:
        way.grab()
    assert raised == []


def test_the_tabs_keep_their_place(ids, screen):
    before = screen.tabs.tabRect(0), screen.tabs.tabRect(1)
    screen.tabs.setCurrentIndex(1)
    assert (screen.tabs.tabRect(0), screen.tabs.tabRect(1)) == before


# --- memos -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def asked(screen) -> list[tuple[object, ...]]:
    """New memos and places that the screen has asked for."""
    found: list[tuple[object, ...]] = []
    screen.new_memo_requested.connect(lambda *about: found.append(about))
    screen.open_place_requested.connect(lambda *place: found.append(place))
    return found


def test_memos_about_somebody_stand_on_their_page_and_open_from_there(qtbot, ids, notebook, screen, asked):
    assert person_view(screen).memos == []
    assert "Memos" not in [label.text() for label in screen.view.findChildren(SectionLabel)]
    memo = notebook.memos.add(
        MemoFields("She decides by who answers the phone.\nAsk again.", about=(About("person", ids["ines"]),))
    ).result
    screen.mark_stale()
    (line,) = person_view(screen).memos
    assert line.link.accessibleName() == "She decides by who answers the phone."
    assert line.told.text().startswith("you, ")
    line.link.setFocus()
    qtbot.keyClick(line.link, Qt.Key.Key_Return)
    assert asked == [("memo", memo, -1)]
    screen.open_person(ids["ruth"])
    assert person_view(screen).memos == []


def test_a_memo_about_an_organisation_stands_on_its_page_as_soon_as_it_is_written(ids, screen):
    screen.open_organisation(ids["norte"])
    assert isinstance(screen.view, OrganisationView)
    assert screen.view.memos == []
    fields = MemoFields("Twelve seats.", "Size", (About("organisation", ids["norte"]),))
    screen.operations.submit(ChangeOp("Write memo", lambda notebook: notebook.memos.add(fields)))
    assert [line.link.accessibleName() for line in screen.view.memos] == ["Size"]


def test_a_memo_is_begun_by_key_by_button_and_from_the_palette(qtbot, ids, screen, asked):
    qtbot.keyClick(screen.list, Qt.Key.Key_M)
    next(button for button in screen.view.findChildren(IconButton) if button.accessibleName() == "Memo").click()
    screen.write_memo()
    assert asked == [("person", ids["ines"])] * 3
    screen.open_organisation(ids["bakery"])
    qtbot.keyClick(screen.list, Qt.Key.Key_M)
    assert asked[3:] == [("organisation", ids["bakery"])]
    screen.edit()
    screen.write_memo()
    assert len(asked) == 4
