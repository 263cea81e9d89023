"""From the text of a capture to the entry it makes."""

from datetime import datetime

import pytest

from desktop_app.model.entries import TagCount
from desktop_app.model.errors import Ambiguous
from desktop_app.model.time import BadDate
from desktop_app.services.notebooks import Notebook
from desktop_app.ui.widgets.capture_box.known import Known, read_known
from desktop_app.ui.widgets.capture_box.offers import offers_at
from desktop_app.ui.widgets.capture_box.understanding import draft_of, understand

NOW = datetime(2026, 11, 22, 15, 30)


@pytest.fixture
def known(notebook: Notebook) -> Known:
    return read_known(notebook)


def draft(text: str, known: Known):
    return draft_of(understand(text, known), NOW, day_first=True)


def test_marks_become_the_fields_of_the_entry(known):
    made = draft('“The boat did not come.” #supply/port @"Ines Vidal" =yesterday ~w ^random ^hol', known)
    assert (made.kind, made.body, made.speaker) == ("quote", "The boat did not come.", "Ines Vidal")
    assert (made.tags, made.scales, made.perspectives) == (("supply/port",), ("week",), ("random-events", "holistic"))
    assert (made.when, made.horizon, made.surprise) == ("yesterday", None, None)


def test_a_plain_note_is_of_now(known):
    made = draft("The lane smelled of tar", known)
    assert (made.kind, made.when, made.horizon, made.speaker, made.org) == ("note", None, None, None, None)


def test_a_surprise_is_an_event(known):
    made = draft("Power cut on the lane !surprise", known)
    assert (made.kind, made.surprise, made.body) == ("event", True, "Power cut on the lane")


def test_the_date_of_a_foresight_that_is_not_over_is_its_horizon(known):
    made = draft("> Invoices will win =[by June 2027]", known)
    assert (made.kind, made.horizon, made.when) == ("foresight", "by June 2027", None)


def test_the_date_of_a_foresight_that_is_over_is_when_it_was_said(known):
    made = draft("> Invoices will win =[last month]", known)
    assert (made.horizon, made.when) == (None, "last month")


def test_the_date_of_an_event_to_come_is_when_it_happens(known):
    made = draft("Harbour fair !event =[June 2027]", known)
    assert (made.when, made.horizon) == ("June 2027", None)


def test_what_comes_again_stands_beside_its_date(known):
    made = draft("Harbour fair !event =[June 2025] =yearly", known)
    assert (made.when, made.recurs) == ("June 2025", "P1Y")
    assert draft("Harbour fair", known).recurs is None


def test_a_part_of_a_name_finds_the_person(known):
    assert draft("Talked about price @ines", known).speaker == "Ines Vidal"
    assert draft("Talked about price @brophy", known).speaker == "Con Brophy"


def test_a_name_that_nobody_has_is_a_new_person(known):
    understood = understand("Talked about price @Marisela", known)
    assert (understood.speaker, understood.new) == ("Marisela", ("Marisela",))


def test_an_organisation_is_no_person(known):
    made = draft('Ordered twice @"Café Norte"', known)
    assert (made.org, made.speaker) == ("Café Norte", None)


def test_further_people_stay_in_the_text(known):
    made = draft("Price talk @ines @brophy", known)
    assert (made.speaker, made.body) == ("Ines Vidal", "Price talk\n\nAlso: Con Brophy")


def test_a_name_that_fits_several_is_asked_about(known):
    twice = Known(known.scales, known.perspectives, people=("Ines Vidal", "Ines Brandt"))
    with pytest.raises(Ambiguous, match="Ines Vidal, Ines Brandt"):
        draft("Talked @ines", twice)
    assert draft('Talked @"Ines Brandt"', twice).speaker == "Ines Brandt"


def test_a_date_that_cannot_be_read_is_an_error_only_when_it_has_to_be_read_here(known):
    with pytest.raises(BadDate):
        draft("> It will rain =[the day of the heron]", known)


# --- completion -----------------------------------------------------------------------------------------------------


def offered(text: str, known: Known) -> list[str]:
    return [offer.text for offer in offers_at(text, len(text), known, NOW)]


def test_tags_are_offered_by_any_level_the_most_used_first(known):
    assert offered("x #", known)[0] == "#pricing "
    assert offered("x #por", known) == ["#supply/port "]


def test_names_are_written_so_that_they_are_read_again(known):
    assert offered("x @vid", known) == ['@"Ines Vidal" ']
    assert offered("x @caf", known) == ['@"Café Norte" ']


def test_terms_and_dates_are_offered(known):
    assert offered("x ~mo", known) == ["~moment ", "~month "]
    assert offered("x ^cun", known) == ["^cunning-intelligence "]
    assert offered("x =yes", known) == ["=yesterday "]
    assert offered("x =last", known)[0] == "=[last week] "
    assert offered("x =[every y", known) == ["=[every year] "]
    assert offered("x =mon", known)[-2:] == ["=[every month] ", "=[every 3 months] "]
    assert offered("x !", known) == ["!surprise ", "!event "]


def test_nothing_is_offered_for_what_is_complete_or_no_mark(known):
    tags = Known(known.scales, known.perspectives, tags=(TagCount("port", 1), TagCount("port/crane", 1)))
    assert offered("x #port", tags) == []
    assert offered("a@b", known) == []
    assert offered("", known) == []


def test_at_most_eight_are_offered(known):
    many = Known(known.scales, known.perspectives, tags=tuple(TagCount(f"t{n}", n) for n in range(20)))
    assert offered("#", many) == [f"#t{n} " for n in range(19, 11, -1)]
